"""Keeping the promise of the join page: when a session's days are over, the personal data go, and the purge is on record.

The session's log is rewritten as its work without its people (facilitation/erasure.py), the part of the bundle that names
them is removed, then the lab's log says when and by which rule: a backup restored later is purged again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
import msgspec

from facilitation import lab as lab_rules
from facilitation.erasure import without_persons
from facilitation.lab import Entry
from facilitation.records import Archive
from facilitation.state import State
from server import telemetry
from server.archive.write import flush_folder
from server.identity.lab import Lab
from server.live.directory import Directory
from server.live.loading import load
from server.live.saving import SHAPE, encode_changes
from server.log import Commit, Log, LogError, UnknownSession

DAY = 24 * 3600 * 1000
EVERY = 3600.0
"""Seconds between two looks: a promise in days is kept within the hour."""


class Purged(msgspec.Struct, frozen=True):
    """A session whose personal data were erased. `files` names what was removed from the bundles' folder."""

    session: str
    title: str
    rule: str
    files: tuple[str, ...] = ()


class Retention:
    """Purges what is due. `bundles` is the folder of the written bundles, `now` the clock in ms since the epoch."""

    def __init__(self, log: Log, lab: Lab, directory: Directory, bundles: Path, now: Callable[[], int]) -> None:
        self._log = log
        self._lab = lab
        self._directory = directory
        self._bundles = bundles
        self._now = now

    async def due(self) -> list[Entry]:
        """The sessions closed once, even if revised since, whose days are over and that were not purged yet, oldest first.

        Each is looked at again first: revising one may have changed its days.
        """
        await self.follow()
        for entry in self._over(await self._lab.entries()):
            await self._look_again(entry)
        return self._over(await self._lab.entries())

    def _over(self, entries: list[Entry]) -> list[Entry]:
        now = self._now()
        return [
            entry
            for entry in reversed(entries)
            if entry.closed_at and not entry.purged_at and now >= entry.closed_at + entry.retention * DAY
        ]

    async def follow(self) -> None:
        """Bring the lab's list up to date with every session that it does not know to be closed."""
        for entry in await self._lab.entries():
            if not entry.closed_at:
                await self._look_again(entry)

    async def _look_again(self, entry: Entry) -> None:
        """Let the list follow a session that it does not know to be closed. Opening one finishes a closing begun."""
        try:
            session = (await self._directory.open(entry.id)).state.session
        except (LogError, LookupError, ValueError) as error:
            telemetry.event("look_failed", level=logging.WARNING, error=error, session=entry.id)
            return
        await self._lab.follow(
            entry.id, title=session.title, date=session.date, status=session.status,
            closed_at=session.closed_at, retention=session.retention,
        )  # fmt: skip

    async def purge(self) -> list[Purged]:
        """Erase everything that is due; doing it twice is doing it once. Raises what the log raises."""
        return [await self._erase(entry) for entry in await self.due()]

    async def watch(self) -> None:
        """Purge what is due, now and every hour, until cancelled. A failure is logged and tried again."""
        while True:
            try:
                await self.purge()
            except Exception as error:
                telemetry.event("purge_failed", level=logging.ERROR, error=error)
            await asyncio.sleep(EVERY)

    async def _erase(self, entry: Entry) -> Purged:
        rule = f"retention {entry.retention} days"
        at = self._now()
        files: tuple[str, ...] = ()
        try:
            loaded = await load(self._log, entry.id)
        except UnknownSession:
            pass  # the lab knew a session that never came: there is nothing to erase
        else:
            changes = without_persons(loaded.state, at=at, rule=rule)
            commit = Commit(id=secrets.token_bytes(16), shape=SHAPE, at=at, asked=(), changes=encode_changes(changes))
            seals = [seal.id for seal in await self._log.seals(entry.id)]
            await self._log.rewrite(entry.id, loaded.last, [commit], destroy=seals)
            files = await anyio.to_thread.run_sync(self._remove_reserved, loaded.state)
            self._directory.forget(entry.id)
        await self._lab.write(lambda state: lab_rules.forget(state, entry.id, at, rule))
        telemetry.event("purged", session=entry.id, rule=rule, count=len(files))
        return Purged(entry.id, entry.title, rule, files)

    def _remove_reserved(self, state: State) -> tuple[str, ...]:
        """Remove every version of the part of the bundle that names people; the names of the files that were there."""
        there: set[Path] = set()
        for archive in state.all(Archive):
            if archive.reserved:
                named = self._bundles / Path(archive.reserved).name
                stem = named.name.rpartition("_v")[0]
                there |= {named} | (set(self._bundles.glob(f"{stem}_v*.zip")) if stem else set())
        there = {path for path in there if path.is_file()}
        for path in there:
            path.unlink(missing_ok=True)
        if there:
            flush_folder(self._bundles)
        return tuple(sorted(path.name for path in there))
