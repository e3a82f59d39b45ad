"""Destroyed and erased bytes are in no file any more: not in the database, not in the WAL, not in a backup."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.log.sqlite import SqliteLog
from tests.server.log.engines import ballot, commit, everything, grow

SECRET = b"Camille vote contre"


def traces(folder: Path, needle: bytes = SECRET) -> list[str]:
    """The files that hold the bytes."""
    return sorted(file.name for file in folder.iterdir() if needle in file.read_bytes())


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    await grow(log, "a", 3)
    yield log
    await log.close()


async def test_a_destroyed_seal_leaves_no_bytes(log: SqliteLog, tmp_path: Path) -> None:
    votes = [ballot(f"s{n}", SECRET + bytes([n]) * 100) for n in range(200)]
    for vote in votes[:50]:
        await log.append("a", None, None, (vote,))
    await log.append("a", None, None, votes[50:])
    assert traces(tmp_path) == ["pasdecote.db-wal"]
    await log.append("a", None, None, shut=("round:r1",), destroy=("round:r1",))
    assert traces(tmp_path) == []
    assert traces(tmp_path, votes[3].command) == []
    assert (tmp_path / "pasdecote.db-wal").stat().st_size == 0


async def test_a_replaced_ballot_leaves_no_bytes_either(log: SqliteLog, tmp_path: Path) -> None:
    await log.append("a", None, None, (ballot("s1", SECRET),))
    await log.append("a", None, None, (ballot("s1", b"changed their mind"),))
    await log.append("a", None, None, (ballot("s2"),), destroy=("round:r1",))
    assert traces(tmp_path) == []


async def test_the_control_sees_what_is_not_destroyed(log: SqliteLog, tmp_path: Path) -> None:
    await log.append("a", None, None, (ballot("s1", SECRET),))
    await log.append("a", None, None, destroy=("authors",))  # flushes the WAL into the file
    assert traces(tmp_path) == ["pasdecote.db"]


async def test_a_rewritten_log_leaves_no_bytes_of_the_erased(log: SqliteLog, tmp_path: Path) -> None:
    commits = await everything(log, "a")
    for n in range(50):
        one = await log.append("a", commits[-1].id, commit(SECRET + bytes(n * 40)))
        assert one is not None
        commits.append(one)
    await log.append("a", None, None, (ballot("s1", SECRET), ballot("s2")))
    await log.rewrite("a", commits[-1].id, [*commits[:3], commit(b"erased")], forget=("s1",))
    assert traces(tmp_path) == []
    assert [put.seat for put in await log.sealed("a")] == ["s2"]


async def test_traces_left_by_a_crash_are_removed_at_the_next_start(tmp_path: Path) -> None:
    """A process killed between the destruction and the truncation leaves a WAL; opening the file cuts it."""
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    await grow(log, "a", 1)
    await log.append("a", None, None, (ballot("s1", SECRET),))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("pasdecote.db", "pasdecote.db-wal"):
        (crashed / name).write_bytes((tmp_path / name).read_bytes())
    await log.close()
    again = SqliteLog.open(crashed / "pasdecote.db")
    assert len(await again.sealed("a")) == 1
    await again.append("a", None, None, destroy=("round:r1",))
    assert traces(crashed) == []
    await again.close()


async def test_a_backup_leaves_open_seals_out_and_keeps_the_rest(log: SqliteLog, tmp_path: Path) -> None:
    secret = ballot("s1", SECRET)
    await log.append("a", None, None, (secret, ballot("s2", b"closing", seal="round:r2")), shut=("round:r2",))
    kept = await everything(log, "a")
    copy = tmp_path / "copies" / "copy.db"
    copy.parent.mkdir()
    await log.backup(copy)
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]
    assert traces(copy.parent) == []
    assert traces(copy.parent, secret.command) == []
    restored = SqliteLog.open(copy)
    assert await everything(restored, "a") == kept
    assert await restored.seals("a") == [("round:r2", "shut")]
    assert [put.value for put in await restored.sealed("a")] == [b"closing"]
    assert not await restored.known("a", "s1", secret.command)
    await restored.close()
