"""What the page Relire reads: the minutes as they will be, derived by the same report as every document."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

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
    """Handlers of /s/{sid}/relire/…, for facilitators."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def report(self, request: Request) -> Response:
        """GET /s/{sid}/relire/rapport: the report, who made it, which version it would be, until when names are kept."""
        live = await self._allowed(request)
        return JSONResponse(self._facts(request, live.state), headers={"Cache-Control": "no-store"})

    async def preview(self, request: Request) -> Response:
        """GET /s/{sid}/relire/apercu: the minutes as a document, made from the present state and kept nowhere."""
        live = await self._allowed(request)
        name, body = await preview(self._web.directory.log, live, self._web.settings)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, media_type=ODT, headers=headers)

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
    """The names of those who led, in the order in which they came."""
    seats = sorted((seat for seat in state.all(Seat) if seat.role in DRIVERS and not seat.removed), key=lambda one: one.joined_at)
    return [seat.name for seat in seats]
