"""A demonstration session made ready in the store: laid out, opened, its links at hand. Asked for again, it is found again."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import msgspec

from facilitation.commands import Command, DescribeSession, EnterBlock, LoadMethod, OpenSession, PutSite
from facilitation.records import Block, Role, Session, Site
from server.app import Application
from server.cli.demonstration import Demonstration
from server.live.session import LiveSession

ID_SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz"
SHOWN: tuple[Role, ...] = ("facilitator", "cofacilitator", "participant", "projector")


class Link(msgspec.Struct, frozen=True):
    """One way in: what for, and its whole address."""

    role: Role
    site: str
    url: str


class Ready(msgspec.Struct, frozen=True):
    """The session to demonstrate: its id, its join code and its links."""

    session: str
    code: str
    links: tuple[Link, ...]

    def url(self, role: Role, site: str = "") -> str:
        """The address of a role's link; a room's one is bound to its site."""
        return next(link.url for link in self.links if link.role == role and (role != "room" or link.site == site))


class Unready(RuntimeError):
    """The demonstration could not be laid out: a rule refused a step of it. The message is its sentence."""


async def made_ready(app: Application, shown: Demonstration) -> Ready:
    """The demonstration session of this store: the newest one still open, or a new one."""
    for entry in await app.lab.entries():
        if entry.title == shown.titre and entry.status in ("preparing", "open"):
            live = await app.directory.open(entry.id)
            if live.state.session.status == "open":
                return ready(app, live)
    return ready(app, await _laid_out(app, shown))


def ready(app: Application, live: LiveSession) -> Ready:
    """The links of a session."""
    session, base = live.state.session, app.settings.url
    links = [
        Link(role, "", base + app.web.links.role_path(live.id, role, session.generations)) for role in SHOWN
    ] + [
        Link("room", site.id, base + app.web.links.role_path(live.id, "room", session.generations, site.id))
        for site in sorted(live.state.all(Site), key=lambda site: site.rank)
        if site.room
    ]  # fmt: skip
    return Ready(live.id, session.code, tuple(links))


async def _laid_out(app: Application, shown: Demonstration) -> LiveSession:
    sid = "".join(secrets.choice(ID_SYMBOLS) for _ in range(16))
    at = app.directory.now()
    days = app.settings.retention_days
    entry = await app.lab.add(sid, shown.titre, created_at=at, retention=days)
    start = Session(title=shown.titre, code=entry.code, created_at=at, timezone=shown.fuseau, retention=days)
    live = await app.directory.create(sid, start)
    today = datetime.now(UTC).date().isoformat()
    await _ask(live, DescribeSession(purpose=shown.objet, axis=shown.axe, date=today))
    for place in shown.sites:
        await _ask(live, PutSite(name=place.nom, room=place.salle, heads=place.tetes))
    await _ask(live, LoadMethod(method=shown.methode))
    await _ask(live, OpenSession())
    first = min(live.state.all(Block), key=lambda block: block.rank)
    if live.state.session.block != first.id:
        await _ask(live, EnterBlock(block=first.id))
    await app.lab.follow(sid, status=live.state.session.status, date=today)
    return live


async def _ask(live: LiveSession, command: Command) -> None:
    rejection = await live.ask(command)
    if rejection is not None:
        raise Unready(f"{type(command).__name__}: {rejection.sentence}")
