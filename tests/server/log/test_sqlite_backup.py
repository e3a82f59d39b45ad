"""A backup while appends go on: a whole prefix, at least as long as what was acknowledged before it began."""

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.log import StorageBroken
from server.log.sqlite import SqliteLog
from tests.server.log.engines import commit, everything, grow, ids


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    yield log
    await log.close()


async def test_backups_under_load_are_whole_prefixes(log: SqliteLog, tmp_path: Path) -> None:
    (first,) = await grow(log, "a", 1)
    last = await log.rewrite("a", first.id, [commit(bytes(3_000)) for _ in range(3_000)])
    appended = ids(await everything(log, "a"))
    done = asyncio.Event()

    async def load() -> None:
        after = last.id
        while not done.is_set():
            one = await log.append("a", after, commit(bytes(500)))
            assert one is not None
            after = one.id
            appended.append(after)

    loading = asyncio.create_task(load())
    for n in range(3):
        acknowledged = len(appended)
        await log.backup(tmp_path / f"copy{n}.db")
        copy = SqliteLog.open(tmp_path / f"copy{n}.db")
        found = ids(await everything(copy, "a"))
        await copy.close()
        assert found == appended[: len(found)]
        assert len(found) >= acknowledged
    done.set()
    await loading
    assert len(appended) > 3_010  # appends passed in between


async def test_two_backups_at_once_and_one_over_another(log: SqliteLog, tmp_path: Path) -> None:
    await grow(log, "a", 5)
    await asyncio.gather(log.backup(tmp_path / "one"), log.backup(tmp_path / "two"))
    await grow(log, "a", 5)
    await log.backup(tmp_path / "two")
    for name, count in (("one", 5), ("two", 10)):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        copy = SqliteLog.open(tmp_path / name)
        assert len(await everything(copy, "a")) == count
        await copy.close()


async def test_a_backup_that_cannot_be_written_says_so_and_leaves_no_file(log: SqliteLog, tmp_path: Path) -> None:
    await grow(log, "a", 1)
    with pytest.raises(StorageBroken, match="the backup stopped"):
        await log.backup(tmp_path / "nowhere" / "copy.db")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").touch()
    with pytest.raises(StorageBroken, match="could not be finished"):
        await log.backup(tmp_path / "folder")
    assert not (tmp_path / "folder.part").exists()
    await grow(log, "a", 1)


async def test_closing_waits_for_a_backup_under_way(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    (first,) = await grow(log, "a", 1)
    await log.rewrite("a", first.id, [commit(bytes(3_000)) for _ in range(2_000)])
    backing_up = asyncio.create_task(log.backup(tmp_path / "copy.db"))
    await asyncio.sleep(0)  # let it ask
    await log.close()
    await backing_up
    assert (tmp_path / "copy.db").exists()
