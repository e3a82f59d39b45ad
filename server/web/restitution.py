"""What participants find at their own link once a workshop is over: the published minutes, or the day they will come."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from facilitation import wording
from facilitation.records import Approval
from facilitation.report import derive
from facilitation.sessions import latest
from facilitation.state import State
from server.identity.seats import PAGES
from server.web.downloads import Downloads
from server.web.pages import Web, now
from server.web.plan import held

PARTS = ("compte-rendu", "diffusion")
"""What participants may take away: never the part that holds names of authors."""


def published(state: State, at: int) -> bool:
    """Whether participants may read the minutes at `at` (ms): archived, and the promised day has come where they met."""
    on = state.session.publish_on
    return bool(on) and latest(state) is not None and wording.local(at, state.session.timezone).date().isoformat() >= on


class Restitution:
    """Handlers of /s/{sid}/restitution… and of a participant's link after the end."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._downloads = Downloads(web)

    async def show(self, request: Request) -> Response:
        """GET /s/{sid}/restitution: for whoever has a seat in this browser."""
        return self.page(request, await self._seated(request), f"/s/{request.path_params['sid']}/restitution")

    async def part(self, request: Request) -> Response:
        """GET /s/{sid}/restitution/{part}"""
        return await self._part(request, await self._seated(request))

    async def linked(self, request: Request) -> Response:
        """GET /s/{sid}/l/{token}/{part}: the same, for whoever has the link."""
        state = (await self._web.session(request)).state
        sid, token, site = request.path_params["sid"], request.path_params["token"], request.query_params.get("site", "")
        if self._web.links.read_role(sid, token, state.session.generations, site) is None:
            raise HTTPException(404, "link")
        return await self._part(request, state)

    def page(self, request: Request, state: State, base: str) -> Response:
        """The minutes, or the day they will come; `base` is the path under which their files are."""
        said, session, archive = self._web.words(request), state.session, latest(state)
        if archive is None or not published(state, now()):
            day = wording.day_of(session.publish_on, said.language) if session.publish_on else ""
            return self._web.page(request, "terminee.html", title=session.title, day=day)
        made = wording.day(wording.local(archive.at, session.timezone).date(), said.language)
        return self._web.page(
            request, "restitution.html", session=session, report=derive(state), archive=archive, base=base, made=made,
            when=held(state, said), approval=state.find(Approval, "approval"), revising=session.status != "closed",
        )  # fmt: skip

    async def _seated(self, request: Request) -> State:
        state = (await self._web.session(request)).state
        if not any(self._web.seat(request, state, page) for page in dict.fromkeys(PAGES.values())):
            raise HTTPException(404, "seat")
        return state

    async def _part(self, request: Request, state: State) -> Response:
        archive = latest(state)
        if archive is None or not published(state, now()) or request.path_params["part"] not in PARTS:
            raise HTTPException(404)
        return await self._downloads.send(archive, request.path_params["part"])
