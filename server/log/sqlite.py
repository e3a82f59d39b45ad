"""The embedded log: one SQLite file, owned by one process, written by one thread. Saved means on disk.

This is the asyncio side; the thread is writer.py, the statements tables.py.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Self, TypeVar, cast

import apsw

from server.log.contract import Commit, Seal, SealPut
from server.log.copying import Copy
from server.log.errors import StorageBroken
from server.log.lock import FileLock
from server.log.tables import Tables
from server.log.writer import Job, Stop, Writer
from server.log.writes import Append, Question, Rewrite, Write

Result = TypeVar("Result")


class SqliteLog:
    """A `Log` (contract.py) in one file. Make it with `open`, use it from one event loop at a time."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._closed = False

    @classmethod
    def open(cls, path: Path, *, synchronous: str = "FULL", vfs: str = "") -> Self:
        """Take the file (made with its folder if missing) for this process.

        `synchronous` and `vfs` are for tests: they show what a weaker setting or a failing disk does.
        Raises `Locked`, `TooNew`, `StorageBroken`.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path)
        except OSError as error:
            raise StorageBroken(f"{path}: {error.strerror}") from error
        try:
            writer = _open_writer(path, synchronous, vfs)
        except BaseException:
            lock.release()
            raise
        writer.serve(lock.release)
        return cls(writer)

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
        saved = await self._give(Append(session, after, commit, puts, open, shut, destroy))
        return cast(Commit | None, saved)

    async def read(self, session: str, after: bytes | None = None) -> AsyncIterator[Commit]:
        """See `Log.read`."""
        last = False
        while not last:
            page = await self._ask(partial(Tables.page, session=session, after=after))
            for commit in page.commits:
                yield commit
                after = commit.id
            if page.broken is not None:
                raise page.broken
            last = page.last

    async def sealed(self, session: str, seal: str | None = None) -> list[SealPut]:
        """See `Log.sealed`."""
        return await self._ask(lambda tables: tables.sealed(session, seal))

    async def seals(self, session: str) -> list[Seal]:
        """See `Log.seals`."""
        return await self._ask(lambda tables: tables.seals(session))

    async def accepted(self, session: str, seal: str) -> list[bytes]:
        """See `Log.accepted`."""
        return await self._ask(lambda tables: tables.accepted(session, seal))

    async def shut(self, session: str, seal: str) -> None:
        """See `Log.shut`."""
        await self.append(session, None, None, shut=(seal,))

    async def known(self, session: str, seat: str, command: bytes) -> bool:
        """See `Log.known`."""
        return await self._ask(lambda tables: tables.known(session, seat, command))

    async def sessions(self) -> list[str]:
        """See `Log.sessions`."""
        return await self._ask(lambda tables: tables.sessions())

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
        return cast(Commit, await self._give(Rewrite(session, after, commits, forget, destroy)))

    async def backup(self, path: Path) -> None:
        """See `Log.backup`. The copy is made under `<path>.part` first."""
        copy = Copy(path)
        await self._give(copy)
        try:
            await asyncio.to_thread(copy.finish)
        except (apsw.Error, OSError) as error:
            raise StorageBroken(f"the backup {path} could not be finished: {error}") from error

    async def close(self) -> None:
        """See `Log.close`."""
        if self._closed:
            return
        self._closed = True
        stopped = asyncio.get_running_loop().create_future()
        self._writer.jobs.put(Stop(stopped))
        await stopped

    async def _ask(self, question: Callable[[Tables], Result]) -> Result:
        return cast(Result, await self._give(question))

    async def _give(self, task: Write | Question | Copy) -> object:
        if self._closed:
            raise StorageBroken("the log is closed")
        future = asyncio.get_running_loop().create_future()
        self._writer.jobs.put(Job(task, future))
        return await future


def _open_writer(path: Path, synchronous: str, vfs: str) -> Writer:
    try:
        # Made by hand: SQLite would let other accounts of the machine read it.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        return Writer(path, synchronous, vfs)
    except (apsw.Error, UnicodeDecodeError) as error:
        raise StorageBroken(f"{path}: {type(error).__name__}: {error}") from error
    except OSError as error:
        raise StorageBroken(f"{path}: {error.strerror}") from error
