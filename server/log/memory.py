"""A log that is nowhere but in this process: for rehearsals, of which nothing may be kept.

It is the tables of the embedded log (tables.py) in a database that SQLite holds in memory, temporary pages included, so
that every promise of the contract is kept by the same statements; only surviving the process is not promised.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import cast

import apsw

from server.log.contract import Commit, Seal, SealPut
from server.log.copying import Copy
from server.log.errors import StorageBroken
from server.log.tables import Tables
from server.log.writes import Append, Rewrite, Write


def made() -> Tables:
    """Empty tables in memory."""
    return Tables(Path(":memory:"))


class MemoryLog:
    """A `Log` (contract.py) in memory. Use it from one thread. `tables`: those of an earlier one, to find what it held."""

    def __init__(self, tables: Tables | None = None) -> None:
        self._kept = tables or made()
        self._closed = False

    @property
    def _tables(self) -> Tables:
        if self._closed:
            raise StorageBroken("the log is closed")
        return self._kept

    def _save(self, write: Write) -> Commit | None:
        """All of it or nothing."""
        tables = self._tables
        saved: list[Commit | None] = []
        with tables.connection:  # a savepoint, rolled back by any exception
            saved.append(write.apply(tables))
        return saved[0]

    async def append(
        self,
        session: str,
        after: bytes | None,
        commit: Commit | None,
        puts: Sequence[SealPut] = (),
        *,
        open: Sequence[str] = (),
        shut: Sequence[str] = (),
        destroy: Sequence[str] = (),
    ) -> Commit | None:
        """See `Log.append`."""
        return self._save(Append(session, after, commit, puts, open, shut, destroy))

    async def read(self, session: str, after: bytes | None = None) -> AsyncIterator[Commit]:
        """See `Log.read`."""
        last = False
        while not last:
            page = self._tables.page(session, after)
            for commit in page.commits:
                yield commit
                after = commit.id
            if page.broken is not None:
                raise page.broken
            last = page.last

    async def sealed(self, session: str, seal: str | None = None) -> list[SealPut]:
        """See `Log.sealed`."""
        return self._tables.sealed(session, seal)

    async def seals(self, session: str) -> list[Seal]:
        """See `Log.seals`."""
        return self._tables.seals(session)

    async def accepted(self, session: str, seal: str) -> list[bytes]:
        """See `Log.accepted`."""
        return self._tables.accepted(session, seal)

    async def shut(self, session: str, seal: str) -> None:
        """See `Log.shut`."""
        await self.append(session, None, None, shut=(seal,))

    async def known(self, session: str, seat: str, command: bytes) -> bool:
        """See `Log.known`."""
        return self._tables.known(session, seat, command)

    async def sessions(self) -> list[str]:
        """See `Log.sessions`."""
        return self._tables.sessions()

    async def rewrite(
        self,
        session: str,
        after: bytes,
        commits: Sequence[Commit],
        *,
        forget: Sequence[str] = (),
        destroy: Sequence[str] = (),
    ) -> Commit:
        """See `Log.rewrite`."""
        return cast(Commit, self._save(Rewrite(session, after, commits, forget, destroy)))

    async def backup(self, path: Path) -> None:
        """See `Log.backup`. Nobody asks it of a rehearsal."""
        copy = Copy(path)
        try:
            while not copy.step(self._tables.connection):
                pass
            copy.finish()
        except (apsw.Error, OSError) as error:
            copy.abandon()
            raise StorageBroken(f"the backup {path} could not be finished: {error}") from error

    async def drop(self, session: str) -> None:
        """Forget a session whole, seals included: beyond the contract, as no other log forgets."""
        with self._tables.connection:
            self._tables.drop(session)

    async def close(self) -> None:
        """See `Log.close`."""
        self._closed = True
