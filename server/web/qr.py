"""QR codes of links, drawn as SVG and served from an address of ours, so that no page needs anything inline."""

from __future__ import annotations

import io

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from facilitation.records import Seat, Site
from facilitation.state import State
from server.identity.links import FIRST
from server.identity.seats import PAGES
from server.web.pages import Web

QUIET = 4  # modules of white around, without which many phones do not see the code


class Codes:
    """Handler of /s/{sid}/qr/{role}.svg"""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def show(self, request: Request) -> Response:
        """GET: the participants' code for anyone seated (the wall shows it), the others for facilitators."""
        live = await self._web.session(request)
        role, site = request.path_params["role"], request.query_params.get("site", "")
        if role == "moi":
            return self._personal(request, live.state)
        if role not in FIRST or not self._may_see(request, live.state, role):
            raise HTTPException(404)
        if site and live.state.find(Site, site) is None:
            raise HTTPException(404)
        path = self._web.links.role_path(request.path_params["sid"], role, live.state.session.generations, site)
        return Response(drawn(self._web.settings.url + path), media_type="image/svg+xml")

    def _personal(self, request: Request, state: State) -> Response:
        """The code of one seat's own link (?place), for facilitators."""
        sid, seat = request.path_params["sid"], state.find(Seat, request.query_params.get("place", ""))
        if seat is None or seat.removed or self._web.seat(request, state, "animer") is None:
            raise HTTPException(404)
        path = self._web.links.personal_path(sid, seat.id, seat.generation)
        return Response(drawn(self._web.settings.url + path), media_type="image/svg+xml")

    def _may_see(self, request: Request, state: State, role: str) -> bool:
        pages = set(PAGES.values()) if role == "participant" else {"animer"}
        return any(self._web.seat(request, state, page) is not None for page in pages)


def drawn(url: str) -> bytes:
    """The SVG of a QR code: dark ink on white, its quiet zone included, sized by whoever shows it."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=QUIET, dark="#1A1B22", light="#FFFFFF", xmldecl=False, omitsize=True, nl=False
    )
    return out.getvalue()
