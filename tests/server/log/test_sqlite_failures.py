"""Full disks and I/O errors under the SQLite log: named refusals, nothing acknowledged, back without restart."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import apsw
import pytest

from server.log import Commit, SealPut, StorageBroken, StorageFull
from server.log.sqlite import SqliteLog
from server.log.tables import Tables
from tests.server.log.disks import FailingDisk, failing_disk
from tests.server.log.engines import asked, ballot, commit, everything, grow, ids


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    with failing_disk() as disk:
        yield disk


@pytest.fixture
async def log(disk: FailingDisk, tmp_path: Path) -> AsyncIterator[SqliteLog]:
    log = SqliteLog.open(tmp_path / "pasdecote.db", vfs="failing")
    yield log
    disk.heal()
    await log.close()


async def limit(log: SqliteLog, pages: int) -> None:
    """Let the file grow to so many pages only: a true SQLITE_FULL beyond."""

    def set_limit(tables: Tables) -> None:
        tables.connection.execute(f"PRAGMA max_page_count={pages}").fetchall()

    await log._ask(set_limit)


async def test_full_disk_refuses_saves_nothing_and_recovers_by_itself(log: SqliteLog) -> None:
    kept = await grow(log, "a", 3)
    await limit(log, 20)
    one = asked("s1")
    with pytest.raises(StorageFull, match="nothing of this was saved"):
        await log.append("a", kept[-1].id, commit(b"x" * 500_000, one), (ballot("s1"),))
    assert await everything(log, "a") == kept
    assert await log.sealed("a") == []
    assert not await log.known("a", "s1", one.id)
    await limit(log, 1_000_000)
    again = await log.append("a", kept[-1].id, commit(b"x" * 500_000, one), (ballot("s1"),))
    assert await everything(log, "a") == [*kept, again]


async def test_full_disk_answers_everyone_in_the_group(log: SqliteLog) -> None:
    (first,) = await grow(log, "a", 1)
    await limit(log, 20)
    answers = await asyncio.gather(
        log.append("b", None, commit()),
        log.append("a", first.id, commit(b"x" * 500_000)),
        log.append("c", None, commit()),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [StorageFull] * 3
    assert await log.sessions() == ["a"]
    assert isinstance(await log.append("b", None, commit()), Commit)


async def test_the_disk_full_while_committing_saves_nothing(log: SqliteLog, disk: FailingDisk) -> None:
    (first,) = await grow(log, "a", 1)
    disk.fail("write wal", apsw.FullError)
    with pytest.raises(StorageFull):
        await log.append("a", first.id, commit())
    assert await everything(log, "a") == [first]
    disk.heal()
    await log.append("a", first.id, commit())


@pytest.mark.parametrize("operation", ["write wal", "write db"])
async def test_a_failed_write_is_never_acknowledged(log: SqliteLog, disk: FailingDisk, operation: str) -> None:
    kept = await grow(log, "a", 1)
    disk.fail(operation, apsw.IOError)
    refused = 0
    for _ in range(3):
        try:
            saved = await log.append("a", kept[-1].id, commit())
        except StorageBroken:
            refused += 1
        else:
            assert saved is not None
            kept.append(saved)
    assert refused == (3 if operation == "write wal" else 0)
    disk.heal()
    assert await everything(log, "a") == kept
    await grow(log, "a", 2)


async def test_after_a_failed_flush_the_file_is_reopened_and_searched(log: SqliteLog, disk: FailingDisk) -> None:
    """The bytes reached the file but the flush failed: found again and flushed anew, the append stands, once."""
    (first,) = await grow(log, "a", 1)
    disk.fail("sync wal", apsw.IOError)
    before = disk.seen["sync db"]

    appending = asyncio.create_task(log.append("a", first.id, commit(b"doubtful")))
    # The reopened file cannot be flushed either: nobody is told that it is saved.
    with pytest.raises(StorageBroken):
        await appending
    # While the fate of that append is unknown, nothing is shown.
    with pytest.raises(StorageBroken):
        await everything(log, "a")
    disk.heal()
    found = await everything(log, "a")
    assert [one.changes for one in found] == [first.changes, b"doubtful"]
    assert disk.seen["sync db"] > before
    await log.append("a", found[-1].id, commit())


async def test_an_append_found_on_disk_after_a_failed_flush_is_acknowledged(log: SqliteLog, disk: FailingDisk) -> None:
    (first,) = await grow(log, "a", 1)
    # Once while committing, once while closing; then the reopened file holds the commit and can be flushed.
    disk.fail("sync wal", apsw.IOError, times=2)
    second = await log.append("a", first.id, commit(), (ballot("s1"),))
    assert second is not None
    assert ids(await everything(log, "a")) == [first.id, second.id]
    assert [put.seat for put in await log.sealed("a")] == ["s1"]


async def test_an_append_not_found_after_a_failed_flush_may_be_asked_again(log: SqliteLog, disk: FailingDisk) -> None:
    (first,) = await grow(log, "a", 1)
    vote = ballot("s1")
    disk.fail("sync wal", apsw.IOError, times=1)
    with pytest.raises(StorageBroken):
        await log.append("a", None, None, (vote,))
    assert await log.sealed("a") == []
    await log.append("a", first.id, None, (vote,))
    assert await log.sealed("a") == [vote]


async def test_while_the_file_cannot_be_opened_everyone_is_told(log: SqliteLog, disk: FailingDisk) -> None:
    (first,) = await grow(log, "a", 1)
    disk.fail("write wal", apsw.IOError)
    disk.fail("open db", apsw.CantOpenError)
    for _ in range(2):
        with pytest.raises(StorageBroken):
            await log.append("a", first.id, commit())
        with pytest.raises(StorageBroken):
            await everything(log, "a")
    disk.heal()
    assert await everything(log, "a") == [first]
    await grow(log, "a", 1)


async def test_a_failed_truncation_is_tried_again(log: SqliteLog, disk: FailingDisk, tmp_path: Path) -> None:
    await grow(log, "a", 1)
    await log.append("a", None, None, (ballot("s1", b"a very secret ballot"),))
    disk.fail("write db", apsw.FullError)
    await log.append("a", None, None, destroy=("round:r1",))
    assert b"a very secret ballot" in (tmp_path / "pasdecote.db-wal").read_bytes()
    disk.heal()
    await log.sessions()  # any turn; the truncation follows it
    await log.sessions()
    assert b"a very secret ballot" not in (tmp_path / "pasdecote.db-wal").read_bytes()


async def test_a_value_of_a_wrong_type_harms_nobody_else(log: SqliteLog) -> None:
    wrong = SealPut("round:r1", "k", "text", b"c" * 16, "s1")  # type: ignore[arg-type]
    answers = await asyncio.gather(
        log.append("a", None, commit()), log.append("a2", None, commit(), (wrong,)), return_exceptions=True
    )
    assert isinstance(answers[0], Commit)
    assert isinstance(answers[1], apsw.Error)
    assert await log.sessions() == ["a"]


async def test_a_fault_of_the_writer_leaves_nobody_waiting(log: SqliteLog, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = await grow(log, "a", 1)

    def fault(self: Tables, turn: bytes) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patched:
        patched.setattr(Tables, "mark", fault)
        with pytest.raises(StorageBroken, match="fault in the writer"):
            await log.append("a", first.id, commit())
    assert await everything(log, "a") == [first]
    await grow(log, "a", 1)


async def test_a_closed_log_says_so(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "other.db")
    await log.close()
    await log.close()
    with pytest.raises(StorageBroken, match="closed"):
        await log.append("a", None, commit())


def test_answers_for_a_loop_that_ended_harm_nobody(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "other.db")
    first = commit()

    async def ask_and_leave() -> None:
        asyncio.create_task(log.append("a", None, first))  # noqa: RUF006
        await asyncio.sleep(0)

    async def read_and_close() -> list[bytes]:
        try:
            return ids(await everything(log, "a"))
        finally:
            await log.close()

    asyncio.run(ask_and_leave())
    assert asyncio.run(read_and_close()) == [first.id]
