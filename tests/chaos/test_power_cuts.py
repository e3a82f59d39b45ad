"""D2: the power is cut at every write of a working log, and what is left holds all that was acknowledged.

The real log runs on a recording disk; for every prefix of what reached that disk, a disk is rebuilt from the flushed
bytes and a random part of the rest, and opened by the real code. NORMAL and OFF are the controls: NORMAL must lose
acknowledged appends and OFF must leave damage, or the harness sees nothing.
"""

import os
import random
from collections import Counter
from pathlib import Path

import apsw
import pytest

from server.log import Commit, LogError
from server.log.sqlite import SqliteLog
from server.log.tables import Tables
from tests.chaos.power import Event, Platter, RecordingDisk, recording_disk
from tests.server.log.engines import ballot, commit

FILE = "pasdecote.db"
OPERATIONS = 36
PARTS = 3
"""Tests that share the cuts: each takes every third place, with chances of its own."""

Content = tuple[object, ...]
"""All that a log says of a session: its commits, seals and sealed values."""


class Recorded:
    """One run on a recording disk: the events, and what the log held after each operation."""

    def __init__(self, disk: RecordingDisk) -> None:
        self.events: list[Event] = disk.events
        self.contents: list[Content] = [((), (), ())]

    async def note(self, log: SqliteLog) -> None:
        """An operation was answered."""
        self.events.append(Event("ack", ""))
        self.contents.append(await log._ask(content))


def content(tables: Tables) -> Content:
    """Raises what reading raises; a damaged chain is raised as well."""
    page = tables.page("a", None)
    if page.broken is not None:
        raise page.broken
    return tuple(page.commits), tuple(tables.seals("a")), tuple(tables.sealed("a", None))


async def operate(log: SqliteLog, number: int, last: Commit | None) -> Commit | None:
    """One operation: mostly a commit with a ballot; at times a round closed (the WAL is cut) or a log rewritten."""
    after = last.id if last else None
    seal = f"round:{number // 6}"
    if number % 6 == 5:
        await log.shut("a", seal)
        return last
    if last and number % 6 == 0:
        return await log.append("a", after, commit(os.urandom(50)), destroy=(f"round:{number // 6 - 1}",))
    if last and number == 20:
        return await log.rewrite("a", last.id, [commit(b"purged"), last, commit(b"why")])
    return await log.append("a", after, commit(os.urandom(900)), (ballot(f"s{number}", os.urandom(60), seal),))


async def record(folder: Path, synchronous: str) -> Recorded:
    """Run the operations; the folder's own files are thrown away, only the recording counts."""
    with recording_disk() as disk:
        log = SqliteLog.open(folder / FILE, synchronous=synchronous, vfs="recording")
        recorded = Recorded(disk)
        last: Commit | None = None
        for number in range(OPERATIONS):
            last = await operate(log, number, last)
            await recorded.note(log)
        await log.close()
    return recorded


def judge(folder: Path, contents: list[Content], acknowledged: int) -> str:
    """Answer "kept", "LOST" (acknowledged operations are missing) or "CORRUPT" (what is there was never there before)."""
    try:
        tables = Tables(folder / FILE)
    except (apsw.Error, LogError, UnicodeDecodeError):
        return "CORRUPT"
    try:
        if tables.connection.pragma("integrity_check") != "ok":
            return "CORRUPT"
        found = content(tables)
    except (apsw.Error, LogError, UnicodeDecodeError):
        return "CORRUPT"
    finally:
        tables.connection.close(True)
    # One operation may be on disk without its answer; shutting twice leaves the same content twice.
    if found in contents[acknowledged : acknowledged + 2]:
        return "kept"
    return "LOST" if found in contents else "CORRUPT"


def cut_everywhere(folder: Path, recorded: Recorded, every: int, seed: int) -> Counter[str]:
    """Verdicts over cuts after every n-th event, from the seed-th on."""
    verdicts: Counter[str] = Counter()
    platter, acknowledged, chance = Platter(), 0, random.Random(seed)
    for number, event in enumerate(recorded.events):
        platter.take(event)
        acknowledged += event.kind == "ack"
        if number % every == seed % every:
            platter.cut(chance, folder)
            verdicts[judge(folder, recorded.contents, acknowledged)] += 1
    return verdicts


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "cut"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("seed", range(PARTS))
async def test_no_power_cut_loses_what_was_acknowledged(seed: int, tmp_path: Path, disk: Path) -> None:
    recorded = await record(tmp_path, "FULL")
    verdicts = cut_everywhere(disk, recorded, PARTS, seed)
    assert set(verdicts) == {"kept"}, f"seed {seed}: {verdicts}"
    assert verdicts["kept"] > 500 / PARTS


async def test_the_harness_sees_normal_lose_what_was_acknowledged(tmp_path: Path, disk: Path) -> None:
    verdicts = cut_everywhere(disk, await record(tmp_path, "NORMAL"), 5, 1)
    assert verdicts["LOST"] > verdicts["kept"]
    assert not verdicts["CORRUPT"]


async def test_the_harness_sees_off_leave_damage(tmp_path: Path, disk: Path) -> None:
    verdicts = cut_everywhere(disk, await record(tmp_path, "OFF"), 5, 1)
    assert verdicts["CORRUPT"]
