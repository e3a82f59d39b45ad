"""The home page: join by code; for whoever gave the facilitation key, the lab's sessions and a new one."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from facilitation import texts
from facilitation.commands import Join, LoadMethod
from facilitation.lab import Entry
from facilitation.records import Role, Seat, Session
from facilitation.rejections import Refused
from server.identity import codes
from server.identity.keys import SIGNED_IN
from server.live.session import LiveSession
from server.web import i18n, plan
from server.web.pages import SIGN_IN, Web, address_of, nonce, now, slowed

COLUMNS = ("open", "preparing", "ended", "closed")
SHOWN = 4  # archived sessions on the first page
ID_SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"


class Home:
    """The pages at the root."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def show(self, request: Request) -> Response:
        """GET /"""
        return await self._home(request)

    async def _home(self, request: Request, status: int = 200, **context: Any) -> Response:
        """The home page; `context` may hold code, code_error and key_error."""
        web = self._web
        holder = web.key_holder(request)
        entries = await web.lab.entries() if holder is not None else await self._held(request, "animer")
        cards = await self._cards(request, entries)
        back = await self._back(request)
        everything = request.query_params.get("tout") == "1"
        values = {"code": "", "code_error": "", "key_error": "", "drawn": nonce(), **context}
        return web.page(request, "accueil.html", status, cards=cards, back=back, everything=everything, shown=SHOWN, **values)

    async def _held(self, request: Request, page: str) -> list[Entry]:
        """The sessions where this browser has a seat for that page."""
        held = []
        for sid in self._web.seats.sessions(request.cookies, page):
            entry = await self._web.lab.entry(sid)
            if entry is not None:
                state = (await self._web.open(sid)).state
                if self._web.seats.find(request.cookies, sid, page, state):
                    held.append(entry)
        return held

    async def _back(self, request: Request) -> list[tuple[str, str]]:
        """(title, path) of the running workshops that this browser takes part in."""
        running = []
        for page in ("participer", "salle"):
            for entry in await self._held(request, page):
                session = (await self._web.open(entry.id)).state.session
                if session.status in ("preparing", "open"):
                    running.append((session.title, f"/s/{entry.id}/{page}"))
        return running

    async def _cards(self, request: Request, entries: list[Entry]) -> dict[str, list[plan.Card]]:
        said = self._web.words(request)
        columns: dict[str, list[plan.Card]] = {column: [] for column in COLUMNS}
        for entry in entries:
            if entry.status == "closed" and len(columns["closed"]) >= SHOWN:
                columns["closed"].append(plan.filed(entry, said))
                continue
            state = await self._web.followed(entry)
            if state is not None:
                status = "ended" if state.session.status == "closing" else state.session.status
                columns[status].append(plan.card(entry, state, said, now()))
        return columns

    async def join(self, request: Request) -> Response:
        """POST /rejoindre {code}"""
        web = self._web
        said = web.words(request)
        typed = str((await request.form()).get("code", ""))[:40]
        address = address_of(request)
        wait = web.code_throttle.retry_after(address)
        if wait:
            error = said("Trop d’essais depuis votre réseau. Réessayez dans {seconds} secondes.", seconds=wait)
            answer = await self._home(request, 429, code=typed, code_error=error)
            answer.headers["Retry-After"] = str(wait)
            return answer
        await slowed(web.code_throttle)
        entry = await web.lab.with_code(codes.normalise(typed))
        if entry is None:
            web.code_throttle.failed(address)
            error = said("Aucun atelier n’attend sous ce code. Vérifiez-le au mur, ou dans votre invitation.")
            return await self._home(request, 404, code=typed, code_error=error)
        session = (await web.open(entry.id)).state.session
        return _to(web.links.role_path(entry.id, "participant", session.generations))

    async def sign_in(self, request: Request) -> Response:
        """POST /cle {cle}"""
        web = self._web
        said = web.words(request)
        key = str((await request.form()).get("cle", ""))
        address = address_of(request)
        wait = web.key_throttle.retry_after(address)
        if wait:
            error = said("Trop d’essais depuis votre réseau. Réessayez dans {seconds} secondes.", seconds=wait)
            return await self._home(request, 429, key_error=error)
        await slowed(web.key_throttle)
        if not await web.lab.key_opens(key):
            web.key_throttle.failed(address)
            error = said("Cette clé n’est pas celle de ce service. La commande pasdecote key en donne une nouvelle.")
            return await self._home(request, 422, key_error=error)
        answer = _to("/")
        web.keep(answer, SIGN_IN, web.sign_in.value(web.lab.generation), SIGNED_IN)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """POST /cle/quitter"""
        answer = _to("/")
        self._web.keep(answer, SIGN_IN, "", 0)
        return answer

    async def speak(self, request: Request) -> Response:
        """POST /langue {langue, retour}: the language of this browser's pages."""
        form = await request.form()
        back = str(form.get("retour", "/"))
        answer = _to(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
        if str(form.get("langue", "")) in i18n.LANGUAGES:
            answer.set_cookie(
                i18n.COOKIE, str(form["langue"]), max_age=365 * 24 * 3600, path="/",
                secure=self._web.settings.secure, httponly=True, samesite="lax",
            )  # fmt: skip
        return answer

    async def again(self, request: Request) -> Response:
        """GET on the address of a form, by reloading or going back: the page that holds the form."""
        return _to({"/cle": "/#animer", "/seances": "/seances/nouvelle"}.get(request.url.path, "/"))

    # --- a new session -------------------------------------------------------------------------------------------

    async def blank(self, request: Request) -> Response:
        """GET /seances/nouvelle"""
        if self._web.key_holder(request) is None:
            return _to("/#animer")
        return self._creation(request)

    def _creation(self, request: Request, status: int = 200, **context: Any) -> Response:
        web = self._web
        values = {
            "title": "", "name": web.key_holder(request) or "", "method": "", "title_error": "", "name_error": "", **context,
        }  # fmt: skip
        methods = sorted(web.directory.methods.values(), key=lambda method: (method.niveau, method.titre))
        return web.page(request, "nouvelle.html", status, methods=methods, **values)

    async def create(self, request: Request) -> Response:
        """POST /seances {titre, nom, methode}"""
        web = self._web
        if web.key_holder(request) is None:
            return _to("/#animer")
        form = await request.form()
        values = {"title": str(form.get("titre", "")), "name": str(form.get("nom", "")), "method": str(form.get("methode", ""))}
        errors = self._faults(request, values)
        if errors:
            return self._creation(request, 422, **values, **errors)
        sid, seat = await self._created(texts.title(values["title"]), texts.name(values["name"]), values["method"])
        answer = _to(f"/s/{sid}/preparer")
        web.seats.give(answer, sid, seat)
        web.keep(answer, SIGN_IN, web.sign_in.value(web.lab.generation, seat.name), SIGNED_IN)
        return answer

    def _faults(self, request: Request, values: dict[str, str]) -> dict[str, str]:
        said = self._web.words(request)
        errors = {}
        for field, check in (("title", texts.title), ("name", texts.name)):
            try:
                check(values[field])
            except Refused as refused:
                errors[f"{field}_error"] = said.refusal(refused.rejection)
        return errors

    async def _created(self, title: str, name: str, method: str) -> tuple[str, Seat]:
        """A session in the lab and in its own log, its plan laid, its first facilitator seated."""
        web = self._web
        sid, at = new_id(), now()
        entry = await web.lab.add(sid, title, created_at=at, retention=web.settings.retention_days)
        live = await web.directory.create(
            sid,
            Session(
                title=title, code=entry.code, created_at=at, timezone=web.settings.timezone,
                retention=web.settings.retention_days,
            ),
        )  # fmt: skip
        seat = await first_seat(web, live, name, secrets.token_hex(16))
        if method in web.directory.methods:
            await live.ask(LoadMethod(method=method), actor="", id=secrets.token_bytes(16))
        return sid, seat


def new_id() -> str:
    """The id of a session to come."""
    return "".join(secrets.choice(ID_SYMBOLS) for _ in range(16))


async def first_seat(web: Web, live: LiveSession, name: str, drawn: str) -> Seat:
    """The seat of whoever makes a session: its first facilitator's. The same `drawn` nonce takes the same seat."""
    role: Role = "facilitator"
    seat = web.links.drawn_seat(live.id, drawn)
    await live.ask(Join(seat=seat, name=name, role=role), actor="", id=web.links.command_id("join", live.id, drawn))
    return Seat(id=seat, name=name, role=role)


def _to(path: str) -> RedirectResponse:
    """After a form: go and get that page."""
    return RedirectResponse(path, 303)
