"""What the tools ask of whoever owns the store: the running server, through its socket, or this process when none runs."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from facilitation.commands import CloseSession, EndSession
from facilitation.records import Archive
from facilitation.sessions import latest
from server import __version__
from server.app import Application, create_app
from server.cli import control
from server.cli.control import Failed, NoServer, Operation
from server.config import Settings
from server.live.session import LiveSession
from server.log import Locked, UnknownSession

CLOSING = 120.0
"""Seconds that writing a bundle may take before the tool gives up waiting; the server goes on."""


class Operations:
    """The operations on one application. Results are plain values, as they travel over the socket."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._said = app.web.languages[app.settings.default_language]

    def table(self) -> dict[str, Operation]:
        """Every operation by name."""
        return {
            "about": self.about, "sessions": self.sessions, "archive": self.archive, "purge": self.purge,
            "key": self.key, "backup": self.backup,
        }  # fmt: skip

    async def about(self) -> dict[str, Any]:
        """Version, process id and number of sessions of the owner."""
        return {"version": __version__, "pid": os.getpid(), "sessions": len(await self._app.lab.entries())}

    async def sessions(self) -> list[dict[str, Any]]:
        """The sessions of the lab, newest first, as their entries stand in the list, brought up to date."""
        await self._app.retention.follow()
        return [msgspec.to_builtins(entry) for entry in await self._app.lab.entries()]

    async def archive(self, session: str, folder: str, close: bool = False) -> list[str]:
        """Copy both parts of a session's bundle into a folder; with `close`, end and close the session first."""
        try:
            live = await self._app.directory.open(session)
        except UnknownSession:
            raise Failed(self._said("Aucun atelier {id}. «\u00a0pasdecote sessions\u00a0» les liste.", id=session)) from None
        if close:
            await self._close(live)
        archive = await self._archived(live)
        made = []
        for name in (archive.shared, archive.reserved):
            source = self._app.settings.bundles / name
            if source.is_file():
                made.append(await asyncio.to_thread(shutil.copy2, source, Path(folder) / name))
        if not made:
            where = self._app.settings.bundles
            raise Failed(self._said("L’atelier est clos, mais son dossier n’est plus dans {folder}.", folder=where))
        return [str(path) for path in made]

    async def _close(self, live: LiveSession) -> None:
        for command in (EndSession(), CloseSession()):
            if live.state.session.status in ("closing", "closed"):
                return
            rejection = await live.ask(command)
            if rejection is not None and rejection.code not in ("ended",):
                raise Failed(self._said.refusal(rejection))

    async def _archived(self, live: LiveSession) -> Archive:
        """The archive record, waited for while the session is closing."""
        if live.state.session.status not in ("closing", "closed"):
            raise Failed(self._said("L’atelier n’est pas clos. Fermez-le sur sa page d’archive, ou ajoutez --close."))
        async with asyncio.timeout(CLOSING):
            while live.state.session.status == "closing":  # noqa: ASYNC110 (whoever writes the bundle is another task)
                await asyncio.sleep(0.05)
        archive = latest(live.state)
        if archive is None:
            raise Failed(self._said("L’atelier est clos sans dossier."))
        return archive

    async def purge(self) -> list[dict[str, Any]]:
        """Erase the personal data that are due; what was purged."""
        return [msgspec.to_builtins(one) for one in await self._app.retention.purge()]

    async def key(self) -> str:
        """Renew the facilitation key; the new one."""
        if self._app.settings.facilitation_key:
            raise Failed(self._said("FACILITATION_KEY vient de l’environnement. Changez-la là, puis redémarrez."))
        return await self._app.lab.renew_key()

    async def backup(self, path: str) -> int:
        """Copy the store to a file that must not exist yet; its size in bytes."""
        target = Path(path)
        if await asyncio.to_thread(target.exists):
            raise Failed(self._said("{file} existe déjà. Choisissez un autre nom.", file=target))
        await self._app.log.backup(target)
        return (await asyncio.to_thread(target.stat)).st_size


async def perform(settings: Settings, do: str, /, **given: Any) -> Any:
    """Have an operation done by the running server, or here when none runs. Raises Failed."""
    try:
        return await control.ask(settings.data, do, **given)
    except NoServer:
        async with _opened(settings) as app:
            return await Operations(app).table()[do](**given)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Application]:
    try:
        app = create_app(settings)
    except Locked as locked:
        raise Failed(str(locked)) from locked
    try:
        await app.lab.refresh()
        yield app
    finally:
        await app.directory.close()
        await app.log.close()
