"""Every log that the contract suite runs on, and short ways to make what is appended."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from server.log import Asked, Commit, Log, SealPut
from server.log.memory import MemoryLog, made
from server.log.sqlite import SqliteLog
from server.log.tables import Tables

Opener = Callable[[Path], Log]

KEPT: dict[Path, Tables] = {}
"""What the log in memory held, by folder: its process, for a test, is the whole run."""


def _in_memory(folder: Path) -> Log:
    return MemoryLog(KEPT.setdefault(folder, made()))


ENGINES: dict[str, Opener] = {
    "memory": _in_memory,
    "sqlite": lambda folder: SqliteLog.open(folder / "pasdecote.db"),
}
"""Name -> how to open the log kept in a folder; opening it again after `close` finds what was saved."""


@asynccontextmanager
async def opened(open_log: Opener, folder: Path) -> AsyncIterator[Log]:
    log = open_log(folder)
    try:
        yield log
    finally:
        await log.close()


def commit(changes: bytes = b"\x90", *asked: Asked, at: int = 1_000) -> Commit:
    return Commit(id=os.urandom(16), shape=1, at=at, asked=asked, changes=changes)


def asked(seat: str = "s1", name: str = "add_notes") -> Asked:
    return Asked(id=os.urandom(16), seat=seat, name=name)


def ballot(seat: str, value: bytes = b"ballot", seal: str = "round:r1", command: bytes | None = None) -> SealPut:
    return SealPut(seal=seal, key=f"ballot {seat}", value=value, command=command or os.urandom(16), seat=seat)


async def grow(log: Log, session: str, count: int, size: int = 20) -> list[Commit]:
    """Append `count` commits at the end of a session and return them as stored."""
    stored = [one async for one in log.read(session)]
    last = stored[-1].id if stored else None
    grown: list[Commit] = []
    for _ in range(count):
        one = await log.append(session, last, commit(os.urandom(size)))
        assert one is not None
        grown.append(one)
        last = one.id
    return grown


async def everything(log: Log, session: str, after: bytes | None = None) -> list[Commit]:
    return [one async for one in log.read(session, after)]


def ids(commits: Sequence[Commit]) -> list[bytes]:
    return [one.id for one in commits]
