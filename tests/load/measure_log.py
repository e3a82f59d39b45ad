"""Figures of the SQLite log on this machine, by hand: `python -m tests.load.measure_log [folder]`.

Appends per second one after another and many at once, the time of one append, loading a long session, a backup, and
appends during that backup.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from server.log import Asked, Commit, SealPut
from server.log.sqlite import SqliteLog

CHANGES = os.urandom(300)
"""About what moving a note with its authorship weighs."""


def commit() -> Commit:
    return Commit(os.urandom(16), 1, 0, (Asked(os.urandom(16), "seat-0001", "move_note"),), CHANGES)


def say(what: str, seconds: Iterable[float], total: float) -> None:
    times = sorted(seconds)
    p50, p99 = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
    print(f"{what:<44} {len(times) / total:>9,.0f}/s   p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   max {times[-1] * 1000:7.2f} ms")


async def follow_one(log: SqliteLog, session: str, count: int) -> list[float]:
    """Append after append to one session; the time of each."""
    times, last = [], None
    for _ in range(count):
        one, start = commit(), time.perf_counter()
        await log.append(session, last, one)
        times.append(time.perf_counter() - start)
        last = one.id
    return times


async def cast(log: SqliteLog, session: str, count: int) -> list[float]:
    """As many ballots at once, each an append of its own."""

    async def one(number: int) -> float:
        put = SealPut("round:1", f"ballot {number}", CHANGES, os.urandom(16), f"seat {number}")
        start = time.perf_counter()
        await log.append(session, None, None, (put,))
        return time.perf_counter() - start

    return list(await asyncio.gather(*(one(number) for number in range(count))))


async def timed(what: str, work: "asyncio.Future[list[float]] | asyncio.Task[list[float]]") -> None:
    start = time.perf_counter()
    times = await work
    say(what, times, time.perf_counter() - start)


async def main(folder: Path) -> None:
    """Print one line per figure."""
    log = SqliteLog.open(folder / "measure.db")
    await timed("one session, one append at a time", asyncio.ensure_future(follow_one(log, "single", 3_000)))
    for sessions in (10, 100, 500):
        works = asyncio.gather(*(follow_one(log, f"{sessions} {n}", 20_000 // sessions) for n in range(sessions)))
        start = time.perf_counter()
        times = [one for times in await works for one in times]
        say(f"{sessions} sessions at once", times, time.perf_counter() - start)
    await log.append("vote", None, commit())
    await timed("500 ballots at once", asyncio.ensure_future(cast(log, "vote", 500)))
    await load(log, folder)
    await log.close()


async def load(log: SqliteLog, folder: Path) -> None:
    first = await log.append("long", None, commit())
    assert first is not None
    start = time.perf_counter()
    last = await log.rewrite("long", first.id, [commit() for _ in range(100_000)])
    print(f"rewriting 100 000 commits: {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    count = len([one async for one in log.read("long")])
    print(f"reading {count} commits, chain verified: {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    await anext(log.read("long", last.id), None)
    print(f"resuming at the end: {(time.perf_counter() - start) * 1000:.2f} ms")
    start = time.perf_counter()
    copying = asyncio.create_task(log.backup(folder / "copy.db"))
    await timed("one session during a backup", asyncio.ensure_future(follow_one(log, "meanwhile", 500)))
    await copying
    size = (folder / "copy.db").stat().st_size / 1e6
    print(f"backup of {size:.0f} MB under that load: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as temporary:
        asyncio.run(main(Path(temporary)))
