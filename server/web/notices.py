"""What law asks for: what is kept of people and for how long, and how accessible the service is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from facilitation.sessions import latest
from server.web.pages import Web, now
from server.web.plan import erased_on


class Notices:
    """Handlers of /donnees, /s/{sid}/donnees and /accessibilite."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def data(self, request: Request) -> Response:
        """GET /donnees: the rule for every session."""
        return self._web.page(request, "donnees.html", session=None, erased="")

    async def session_data(self, request: Request) -> Response:
        """GET /s/{sid}/donnees: the same, with this session's own retention."""
        live = await self._web.session(request)
        session = live.state.session
        erased = erased_on(live.state, self._web.words(request), now()) if session.closed_at else ""
        archived = latest(live.state) is not None
        return self._web.page(request, "donnees.html", session=session, erased=erased, archived=archived)

    async def accessibility(self, request: Request) -> Response:
        """GET /accessibilite"""
        return self._web.page(request, "accessibilite.html")
