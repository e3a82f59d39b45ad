"""A child process that works on a log until it is killed, telling on its output what it asked and what was acknowledged.

`python -m tests.chaos.appender <file> <sessions> [early]` works in one session per letter of <sessions> at once: commits,
ballots, rounds that close, and backups. Lines: "asked <session> <commit>", "acked <session> <commit>", "cast <session>
<key>", "closed <session> <seal>". "early" plants the defect that the harness must catch: answering before the flush.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from server.log import Asked, Commit, SealPut
from server.log.sqlite import SqliteLog
from server.log.tables import Tables
from server.log.writer import Answer, Job, Writer

STEPS = 120
"""Rounds of work per session; a child that comes to the end was not killed, and the test fails."""


class EarlyWriter(Writer):
    """Answers as soon as the statement ran, before COMMIT, and lets the answer be heard."""

    def _attempt(self, tables: Tables, job: Job) -> Answer:
        answer = super()._attempt(tables, job)
        self._answers.append(answer)
        self._deliver()
        # Two turns of the loop: one wakes who waited, the next comes after they told it.
        heard, loop = threading.Event(), job.future.get_loop()
        loop.call_soon_threadsafe(loop.call_soon, loop.call_soon, heard.set)
        heard.wait()
        return answer


def tell(*words: str) -> None:
    """One line straight to the pipe: what is written there survives this process."""
    os.write(1, (" ".join(words) + "\n").encode())


class Worker:
    """One session's work."""

    def __init__(self, log: SqliteLog, session: str) -> None:
        self.log = log
        self.session = session
        self.last: bytes | None = None

    async def commit(self, puts: Sequence[SealPut] = (), destroy: Sequence[str] = ()) -> None:
        id = os.urandom(16)
        one = Commit(id, 1, 0, (Asked(os.urandom(16), "s1", "work"),), os.urandom(200))
        tell("asked", self.session, id.hex())
        await self.log.append(self.session, self.last, one, puts, destroy=destroy)
        self.last = id
        tell("acked", self.session, id.hex())

    async def round(self, number: int) -> None:
        """Two ballots, one of them with a commit; every second round is closed, the others stay open."""
        seal = f"round:{number}"
        for key in ("x", "y"):
            put = SealPut(seal, key, b"vote" * 20, os.urandom(16), "s1")
            if key == "x":
                await self.log.append(self.session, None, None, (put,))
            else:
                await self.commit((put,))
            tell("cast", self.session, f"{seal}/{key}")
        if number % 2:
            await self.log.shut(self.session, seal)
            await self.commit(destroy=(seal,))
            tell("closed", self.session, seal)

    async def work(self) -> None:
        await self.commit()
        for number in range(STEPS):
            await self.commit()
            await self.round(number)


async def back_up(log: SqliteLog, path: Path) -> None:
    while True:
        await log.backup(path)


async def main(path: Path, sessions: str) -> None:
    """Work in all sessions to the end."""
    log = SqliteLog.open(path)
    copying = asyncio.create_task(back_up(log, path.with_name("copy.db")))
    await asyncio.gather(*(Worker(log, session).work() for session in sessions))
    copying.cancel()
    tell("end")


if __name__ == "__main__":
    with patch("server.log.sqlite.Writer", EarlyWriter if "early" in sys.argv else Writer):
        asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
