"""D1 at the log: killed at each named point, and at any moment, the log keeps every acknowledged append, once."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from server.log.failpoints import NAMES, VARIABLE
from server.log.sqlite import SqliteLog
from tests.server.log.engines import everything

POINTS = ["before-begin", "after-insert", "before-commit", "after-commit", "before-checkpoint", "during-backup"]
SEEDS = [1, 2]


@dataclass
class Told:
    """What the child told before it died."""

    asked: dict[str, list[str]] = field(default_factory=dict)
    acked: dict[str, list[str]] = field(default_factory=dict)
    cast: dict[str, list[str]] = field(default_factory=dict)
    closed: dict[str, list[str]] = field(default_factory=dict)
    ended: bool = False

    def hear(self, line: str) -> None:
        kind, *words = line.split()
        if kind == "end":
            self.ended = True
        else:
            session, what = words
            getattr(self, kind).setdefault(session, []).append(what)


def work_until_killed(path: Path, failpoint: str = "", *, sessions: str = "abcd", kill_after: int = 0, defect: str = "") -> Told:
    """Run a child on the file; it dies at the failpoint, or by our hand after so many lines."""
    environment = {**os.environ, VARIABLE: failpoint}
    told = Told()
    command = [sys.executable, "-m", "tests.chaos.appender", str(path), sessions, *([defect] if defect else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as child:
        assert child.stdout is not None
        for count, line in enumerate(child.stdout, 1):
            told.hear(line)
            if count == kill_after:
                child.kill()
    assert not told.ended, "the child was never killed: this run proves nothing"
    assert child.returncode == -signal.SIGKILL
    return told


async def losses(path: Path, told: Told) -> list[str]:
    """Everything that the file, opened again, does not keep of what was told."""
    log = SqliteLog.open(path)
    wrong: list[str] = []
    try:
        for session, asked in told.asked.items():
            # Reading verifies the chain; a broken one raises.
            found = Counter(one.id.hex() for one in await everything(log, session))
            wrong += [f"{session}: acked {id} is lost" for id in told.acked.get(session, []) if id not in found]
            wrong += [f"{session}: {id} is there {n} times" for id, n in found.items() if n > 1]
            wrong += [f"{session}: {id} was never asked" for id in found if id not in asked]
            wrong += await seal_losses(log, session, told)
    finally:
        await log.close()
    return wrong


async def seal_losses(log: SqliteLog, session: str, told: Told) -> list[str]:
    kept = {f"{put.seal}/{put.key}" for put in await log.sealed(session)}
    alive = {seal for seal, _ in await log.seals(session)}
    closed = told.closed.get(session, [])
    last = max((int(place.split(":")[1].split("/")[0]) for place in told.cast.get(session, [])), default=0)
    wrong = [f"{session}: destroyed {seal} is back" for seal in closed if seal in alive]
    for place in told.cast.get(session, []):
        seal = place.split("/")[0]
        # The last round may have been destroyed without a word of it.
        if seal not in closed and seal != f"round:{last}" and place not in kept:
            wrong.append(f"{session}: acked {place} is lost")
    return wrong


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_named_point_nothing_acknowledged_is_lost(point: str, seed: int, tmp_path: Path) -> None:
    assert point in NAMES
    passage = random.Random(f"{point} {seed}").randrange(2, 40)
    told = work_until_killed(tmp_path / "pasdecote.db", f"{point}:{passage}")
    assert await losses(tmp_path / "pasdecote.db", told) == [], f"passage {passage}"


@pytest.mark.parametrize("seed", SEEDS)
async def test_killed_at_any_moment_nothing_acknowledged_is_lost(seed: int, tmp_path: Path) -> None:
    told = work_until_killed(tmp_path / "pasdecote.db", kill_after=random.Random(seed).randrange(20, 600))
    assert await losses(tmp_path / "pasdecote.db", told) == []


async def test_a_file_killed_again_and_again_still_holds_everything(tmp_path: Path) -> None:
    """What one process left, the next one works on (in sessions of its own), and all of it stays."""
    path = tmp_path / "pasdecote.db"
    runs = [work_until_killed(path, "after-commit:9")]
    # The first turn of a process that recovers the WAL of the one before, then one well after.
    for point, sessions in (("before-checkpoint:1", "efg"), ("before-begin:1", "hij"), ("after-insert:50", "klm")):
        runs.append(work_until_killed(path, point, sessions=sessions))
        for told in runs:
            assert await losses(path, told) == []


@pytest.mark.parametrize("point", ["before-commit:4", "before-commit:12"])
async def test_the_harness_catches_a_log_that_answers_before_the_flush(point: str, tmp_path: Path) -> None:
    told = work_until_killed(tmp_path / "pasdecote.db", point, defect="early")
    assert [loss for loss in await losses(tmp_path / "pasdecote.db", told) if "is lost" in loss]


def test_an_unknown_point_is_refused_at_start() -> None:
    child = subprocess.run(
        [sys.executable, "-c", "import server.log.failpoints"],
        env={**os.environ, VARIABLE: "after-lunch"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "expected one of" in child.stderr
