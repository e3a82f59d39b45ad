"""What the page Relire reads: the minutes as they will be, derived by the same report as every document."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from facilitation.commands import Command, PublishMinutes, ReviseSession
from facilitation.records import Seat
from facilitation.report import derive
from facilitation.rights import DRIVERS
from facilitation.sessions import latest
from facilitation.state import State
from server.archive.write import preview
from server.live.session import LiveSession
from server.web.pages import Web, now
from server.web.plan import erased_on, held

ODT = "application/vnd.oasis.opendocument.text"


class Review:
    """Handlers of /s/{sid}/relire/…, and of what is asked of an archive once made; for facilitators."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def report(self, request: Request) -> Response:
        """GET /s/{sid}/relire/rapport: the report, who made it, which version it would be, until when names are kept."""
        live = await self._allowed(request)
        return JSONResponse(self._facts(request, live.state), headers={"Cache-Control": "no-store"})

    async def preview(self, request: Request) -> Response:
        """GET /s/{sid}/relire/apercu: the minutes as a document, made from the present state and kept nowhere."""
        live = await self._allowed(request)
        name, body = await preview(self._web.directory.log_of(live.id), live, self._web.settings)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, media_type=ODT, headers=headers)

    async def revise(self, request: Request) -> Response:
        """POST /s/{sid}/archive/corriger: take an archived session up again; its bundle stays until the next one."""
        live = await self._allowed(request)
        await self._ask(request, live, ReviseSession())
        return RedirectResponse(f"/s/{request.path_params['sid']}/relire", 303)

    async def publish(self, request: Request) -> Response:
        """POST /s/{sid}/archive/publier {jour}: the day from which participants read the minutes; "" takes it back."""
        live = await self._allowed(request)
        await self._ask(request, live, PublishMinutes(on=str((await request.form()).get("jour", ""))[:40]))
        return RedirectResponse(f"/s/{request.path_params['sid']}/archive", 303)

    async def _ask(self, request: Request, live: LiveSession, command: Command) -> None:
        """Ask as the facilitator of this browser. Raises a 409 that says why it was refused."""
        seat = self._web.seat(request, live.state, "animer")
        rejection = await live.ask(command, actor=seat.id if seat else "", id=secrets.token_bytes(16))
        if rejection is not None:
            raise HTTPException(409, self._web.words(request).refusal(rejection))

    async def _allowed(self, request: Request) -> LiveSession:
        live = await self._web.session(request)
        if self._web.seat(request, live.state, "animer") is None:
            raise HTTPException(404, "seat")
        return live

    def _facts(self, request: Request, state: State) -> dict[str, Any]:
        said, archive = self._web.words(request), latest(state)
        report = derive(state, names=state.session.list_present, unshown=True)
        return {
            "lab": self._web.settings.lab_name,
            "version": archive.version + 1 if archive else 1,
            "when": held(state, said),
            "erased": erased_on(state, said, now()),
            "leading": leading(state),
            "report": msgspec.to_builtins(report),
        }


def leading(state: State) -> list[str]:
    """The names of those who led, in the order in which they came, each once."""
    seats = sorted((seat for seat in state.all(Seat) if seat.role in DRIVERS and not seat.removed), key=lambda one: one.joined_at)
    return list(dict.fromkeys(seat.name for seat in seats))
