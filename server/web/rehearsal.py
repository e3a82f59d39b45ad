"""« Répéter »: the workshop played for real in a copy that only memory holds, before the workshop itself is open."""

from __future__ import annotations

import asyncio
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitation.commands import Join, OpenSession
from facilitation.context import Context
from facilitation.copying import copied
from facilitation.records import Seat
from facilitation.rejections import Rejection
from facilitation.state import State
from server.identity.seats import PAGES
from server.live.directory import REHEARSAL, is_rehearsal
from server.live.session import LiveSession
from server.web.join import landing
from server.web.pages import Web, now


class Rehearsals:
    """Handlers of /s/{sid}/repeter and /s/{sid}-r/repeter/fin, for whoever has a facilitator's seat in this browser."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._turn = asyncio.Lock()

    async def start(self, request: Request) -> Response:
        """POST /s/{sid}/repeter: begin, or come into the rehearsal that is under way."""
        live, seat = await self._driver(request)
        sid = request.path_params["sid"]
        if is_rehearsal(sid) or live.state.session.status != "preparing":
            return RedirectResponse(landing(sid, seat.role, live.state), 303)
        async with self._turn:
            rehearsal = await self._begun(sid, live.state)
        return await self._into(rehearsal, seat)

    async def go(self, request: Request) -> Response:
        """GET /s/{sid}/repeter: into the rehearsal under way; where there is none, nothing begins."""
        live, seat = await self._driver(request)
        sid = request.path_params["sid"]
        if not self._web.directory.rehearsing(sid):
            return RedirectResponse(landing(sid, seat.role, live.state), 303)
        return await self._into(await self._web.directory.open(sid + REHEARSAL), seat)

    async def end(self, request: Request) -> Response:
        """POST /s/{sid}-r/repeter/fin: forget it, for everyone; asked from within, or from the preparation."""
        web, rehearsal = self._web, request.path_params["sid"]
        if not is_rehearsal(rehearsal):
            raise HTTPException(404)
        sid = rehearsal.removesuffix(REHEARSAL)
        state = (await web.open(sid)).state
        within = web.directory.rehearsal(sid)
        drives = web.seats.find(request.cookies, sid, "animer", state) is not None
        if not drives and (within is None or web.seats.find(request.cookies, rehearsal, "animer", within) is None):
            raise HTTPException(404, "seat")
        await web.directory.end_rehearsal(rehearsal)
        answer = RedirectResponse(f"/s/{sid}/preparer", 303)
        for page in dict.fromkeys(PAGES.values()):
            web.seats.take(answer, rehearsal, page)
        return answer

    async def _driver(self, request: Request) -> tuple[LiveSession, Seat]:
        live = await self._web.session(request)
        seat = self._web.seat(request, live.state, "animer")
        if seat is None:
            raise HTTPException(404, "seat")
        return live, seat

    async def _begun(self, sid: str, state: State) -> LiveSession:
        """The rehearsal, copied and opened if it is not under way: the plan, the boards and the sites, nobody and no note."""
        directory = self._web.directory
        if directory.rehearsing(sid):
            return await directory.open(sid + REHEARSAL)
        session = state.session
        context = Context(at=now(), seed=secrets.token_bytes(32))
        changes = copied(state, context, rehearsal=True, code=session.code, date=session.date, start=session.start)
        live = await directory.create(sid + REHEARSAL, changes)
        _granted(await live.ask(OpenSession()))
        return live

    async def _into(self, rehearsal: LiveSession, seat: Seat) -> Response:
        """A seat in the rehearsal for whoever has one in what is rehearsed."""
        links = self._web.links
        id = links.drawn_seat(rehearsal.id, seat.id)
        if rehearsal.state.find(Seat, id) is None:
            asked = Join(seat=id, name=seat.name, role=seat.role, site=seat.site)
            _granted(await rehearsal.ask(asked, id=links.command_id("rehearse", rehearsal.id, seat.id)))
        answer = RedirectResponse(landing(rehearsal.id, seat.role, rehearsal.state), 303)
        self._web.seats.give(answer, rehearsal.id, rehearsal.state.find(Seat, id) or seat)
        return answer


def _granted(rejection: Rejection | None) -> None:
    if rejection is not None:
        raise HTTPException(503, rejection.code)
