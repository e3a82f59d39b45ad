"""What every page needs: the services behind the site, and rendering a template in the request's language."""

from __future__ import annotations

import secrets
import time
from typing import Any

import anyio
import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from facilitation import wording
from facilitation.lab import Entry
from facilitation.records import Role, Seat
from facilitation.state import State
from server.config import Settings, resource
from server.identity import codes
from server.identity.keys import SignIn
from server.identity.lab import Lab
from server.identity.links import Links
from server.identity.screens import Screens
from server.identity.seats import Seats
from server.identity.throttle import Throttle
from server.live.directory import REHEARSAL, Directory, is_rehearsal
from server.live.session import LiveSession
from server.log import UnknownSession
from server.web import i18n
from server.web.assets import Assets
from server.web.i18n import Words

SIGN_IN = "pdc-cle"


class Web:
    """The services behind the pages: one instance a server."""

    def __init__(self, settings: Settings, *, key: bytes, lab: Lab, directory: Directory) -> None:
        self.settings = settings
        self.lab = lab
        self.directory = directory
        self.links = Links(key)
        self.seats = Seats(self.links, secure=settings.secure)
        self.sign_in = SignIn(key)
        self.bundles = settings.bundles
        self.assets = Assets(resource("static"))
        self.languages = i18n.load(resource("locale"))
        self.code_throttle = Throttle(minute=settings.join_failures_minute, hour=settings.join_failures_hour)
        self.key_throttle = Throttle(minute=settings.join_failures_minute, hour=settings.join_failures_hour)
        self.screen_throttle = Throttle(minute=settings.join_failures_minute, hour=settings.join_failures_hour)
        self.screens = Screens()
        self._templates = {language: self._environment(said) for language, said in self.languages.items()}

    def _environment(self, said: Words) -> jinja2.Environment:
        made = jinja2.Environment(
            loader=jinja2.FileSystemLoader(resource("templates")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.install_gettext_callables(  # type: ignore[attr-defined]
            said.catalogue.gettext, said.catalogue.ngettext, newstyle=True
        )
        language = said.language
        made.filters.update(
            day=lambda iso, **how: wording.day_of(iso, language, **how),
            size=lambda count: wording.size(count, language),
            number=lambda value: wording.number(value, language),
            percent=lambda share: wording.percent(share, language),
            duration=lambda count: wording.duration(count, language),
            code=codes.shown,
        )
        made.globals.update(
            language=language,
            languages=i18n.LANGUAGES,
            static=self.assets.url,
            modules=self.assets.modules,
            static_base=self.assets.base,
            settings=self.settings,
        )
        return made

    # --- requests ------------------------------------------------------------------------------------------------

    def words(self, request: Request) -> Words:
        """The words of the request's language."""
        accept = request.headers.get("accept-language", "")
        return self.languages[i18n.chosen(request.cookies, accept, self.settings.default_language)]

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        """A template rendered in the request's language. `context` names its values."""
        said = self.words(request)
        context.setdefault("holder", self.key_holder(request))
        body = self._templates[said.language].get_template(template).render(path=_path(request), **context)
        return HTMLResponse(body, status, headers={"Vary": "Accept-Language, Cookie", "Content-Language": said.language})

    def key_holder(self, request: Request) -> str | None:
        """The name of whoever gave the facilitation key in this browser ("" if unnamed), None for anyone else."""
        kept = request.cookies.get(self.cookie_name(SIGN_IN), "")
        return self.sign_in.name(kept, self.lab.generation) if kept else None

    def cookie_name(self, name: str) -> str:
        """A cookie's name under this installation's scheme."""
        return f"__Host-{name}" if self.settings.secure else name

    def keep(self, response: Response, name: str, value: str, age: int) -> None:
        """Set a cookie with every safety; an empty value takes it away."""
        response.set_cookie(
            self.cookie_name(name), value, max_age=age if value else 0, path="/", secure=self.settings.secure,
            httponly=True, samesite="lax",
        )  # fmt: skip

    # --- sessions ------------------------------------------------------------------------------------------------

    async def session(self, request: Request) -> LiveSession:
        """The live session that the address names. Raises a 404."""
        return await self.open(request.path_params["sid"])

    async def open(self, sid: str) -> LiveSession:
        """The live session of that id, or the rehearsal of a listed one. Raises a 404 for one that is not there."""
        if await self.lab.entry(sid.removesuffix(REHEARSAL)) is None:
            raise HTTPException(404)
        try:
            return await self.directory.open(sid)
        except UnknownSession as gone:
            raise HTTPException(404, "rehearsal" if is_rehearsal(sid) else None) from gone

    def rehearsal_door(self, sid: str, state: State, role: Role, site: str = "") -> str:
        """The same door in the rehearsal of a session that is not open yet; "" where none is under way."""
        within = self.directory.rehearsal(sid)
        if within is None or state.session.status != "preparing":
            return ""
        return self.links.role_path(sid + REHEARSAL, role, within.session.generations, site)

    def seat(self, request: Request, state: State, page: str) -> Seat | None:
        """The seat that this browser holds for a page of the session in the address."""
        return self.seats.find(request.cookies, request.path_params["sid"], page, state)

    async def followed(self, entry: Entry) -> State | None:
        """The state of a listed session, its entry brought up to date on the way; None where the log has no such session."""
        try:
            state = (await self.directory.open(entry.id)).state
        except UnknownSession:
            return None
        session = state.session
        await self.lab.follow(
            entry.id, title=session.title, date=session.date, status=session.status,
            closed_at=session.closed_at, retention=session.retention,
        )  # fmt: skip
        return state

    def address(self) -> str:
        """The public address as read aloud: without its scheme."""
        return self.settings.url.partition("://")[2]


def _path(request: Request) -> str:
    """Where the page stands, to come back to it: path and query."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


async def slowed(throttle: Throttle) -> None:
    """Wait as the throttle's slow mode asks."""
    delay = throttle.delay()
    if delay:
        await anyio.sleep(delay)


def address_of(request: Request) -> str:
    """The network address that failures are counted under; never kept, never logged."""
    return request.client.host if request.client else ""


def nonce() -> str:
    """What names one rendered form, so that sending it twice has one effect."""
    return secrets.token_urlsafe(18)


def now() -> int:
    """Milliseconds since the epoch."""
    return int(time.time() * 1000)
