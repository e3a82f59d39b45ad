"""Plugging a screen in: the page that shows its code, the question it keeps open, and the facilitator's answer to it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from facilitation import texts
from facilitation.commands import Join
from facilitation.records import Role, Seat, Site
from facilitation.state import State
from server.identity import codes
from server.identity.screens import Screen
from server.live.session import LiveSession
from server.web.i18n import Words
from server.web.join import OVER, landing
from server.web.pages import Web, address_of, slowed

COOKIE = "pdc-ecran"
KEPT = 24 * 3600
ROLES: tuple[Role, ...] = ("projector", "room")
HEADS = 4


class Ask(msgspec.Struct, kw_only=True):
    """What a facilitator says of a screen."""

    code: str
    role: str = "projector"
    site: str = ""
    heads: int = 0


class Pairing:
    """Handlers of /ecran, /ecran/suite and /s/{sid}/ecrans."""

    def __init__(self, web: Web) -> None:
        self._web = web

    # --- the screen's side -----------------------------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        """GET /ecran: a code, large, and what to do with it."""
        web = self._web
        screen = web.screens.fresh(self._secret(request), address_of(request))
        minutes = max(1, round(web.screens.left(screen) / 60))
        answer = web.page(request, "ecran.html", code=screen.code, minutes=minutes, left=web.screens.left(screen))
        web.keep(answer, COOKIE, screen.secret, KEPT)
        return answer

    async def follow(self, request: Request) -> Response:
        """POST /ecran: without a script, « the code was typed »: on to the screen's place, or back to its code."""
        screen = self._web.screens.waiting(self._secret(request), address_of(request))
        state, seat = await self._placed(screen)
        if state is None or seat is None or screen.place is None:
            return RedirectResponse("/ecran", 303)
        sid = screen.place[0]
        answer = RedirectResponse(landing(sid, seat.role, state), 303)
        self._web.seats.give(answer, sid, seat)
        return answer

    async def wait(self, request: Request) -> Response:
        """POST /ecran/suite {code}: answered once there is news of the screen that shows this code: a new one, or its place."""
        web = self._web
        secret, seen = self._secret(request), str((await request.form()).get("code", ""))
        screen = web.screens.waiting(secret, address_of(request))
        if screen.code == seen:
            await web.screens.told(screen)
            screen = web.screens.waiting(screen.secret, address_of(request))
        state, seat = await self._placed(screen)
        if state is None or seat is None or screen.place is None:
            answer = JSONResponse({"code": screen.code, "shown": codes.shown(screen.code), "left": web.screens.left(screen)})
            web.keep(answer, COOKIE, screen.secret, KEPT)
            return answer
        sid = screen.place[0]
        answer = JSONResponse({"to": landing(sid, seat.role, state)})
        web.seats.give(answer, sid, seat)
        return answer

    def _secret(self, request: Request) -> str:
        return request.cookies.get(self._web.cookie_name(COOKIE), "")

    async def _placed(self, screen: Screen) -> tuple[State | None, Seat | None]:
        """The session's state and the screen's seat, where it was given one and still has it."""
        if screen.place is None:
            return None, None
        sid, id = screen.place
        try:
            state = (await self._web.open(sid)).state
        except HTTPException:
            return None, None
        seat = state.find(Seat, id)
        return state, None if seat is None or seat.removed else seat

    # --- the facilitator's side --------------------------------------------------------------------------------------

    async def plug(self, request: Request) -> Response:
        """POST /s/{sid}/ecrans {code, role, site, heads?}: {"ok": true}, or {"error": a sentence}."""
        web, sid = self._web, request.path_params["sid"]
        live = await web.session(request)
        if web.seat(request, live.state, "animer") is None:
            raise HTTPException(404)
        said = web.words(request)
        wait = max(web.screen_throttle.retry_after(key) for key in _counted(request, sid))
        if wait:
            error = said("Trop de codes essayés. Réessayez dans {seconds} secondes.", seconds=wait)
            return JSONResponse({"error": error}, 429, headers={"Retry-After": str(wait)})
        await slowed(web.screen_throttle)
        asked = await _asked(request)
        screen = web.screens.claim(codes.normalise(asked.code, codes.SCREEN)) if asked is not None else None
        if asked is None or screen is None:
            for key in _counted(request, sid):
                web.screen_throttle.failed(key)
            return _no(said("Aucun écran n’attend sous ce code. Relisez-le sur l’écran\u202f: il change toutes les dix minutes."))
        problem = await self._seated(live, sid, screen, asked, said)
        if problem:
            web.screens.release(screen)
            return _no(problem)
        return JSONResponse({"ok": True})

    async def _seated(self, live: LiveSession, sid: str, screen: Screen, asked: Ask, said: Words) -> str:
        """Give a screen its seat; a sentence where it cannot have one, and then its code still serves."""
        if live.state.session.status in OVER:
            return said("Cet atelier est archivé\u202f: il n’accueille plus d’écran.")
        if asked.role not in ROLES:
            return said("Choisissez ce que cet écran devient\u202f: le mur, ou l’appareil d’une salle.")
        seat = self._web.links.drawn_seat(sid, f"{screen.secret} {screen.code}")
        rejection = await live.ask(_join(seat, asked, live.state, said), id=self._web.links.command_id("screen", sid, seat))
        if rejection is not None:
            return said.refusal(rejection)
        self._web.screens.place(screen, sid, seat)
        return ""


def _join(seat: str, asked: Ask, state: State, said: Words) -> Join:
    """The command that seats a screen, named after its site."""
    site = state.find(Site, asked.site)
    if asked.role == "room":
        name = site.name if site else said("Appareil de la salle")
        heads = asked.heads or (site.heads if site else 0) or HEADS
        return Join(seat=seat, name=name, role="room", site=asked.site, heads=heads)
    name = said("Écran {site}", site=site.name) if site else said("Écran")
    return Join(seat=seat, name=name[: texts.NAME], role="projector", site=asked.site)


async def _asked(request: Request) -> Ask | None:
    """What came, as JSON or as a form; None where it cannot be read."""
    try:
        if "json" in request.headers.get("content-type", ""):
            plain: Any = await request.json()
        else:
            plain = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return msgspec.convert(plain, Ask, strict=False)
    except (json.JSONDecodeError, UnicodeDecodeError, msgspec.ValidationError):
        return None


def _counted(request: Request, sid: str) -> tuple[str, str]:
    """Under what wrong codes are counted: who guesses, from where or in which session."""
    return f"from {address_of(request)}", f"in {sid}"


def _no(sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, 422)
