"""The log in memory: what only it does. The contract suite runs on it like on any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.log import StorageBroken, UnknownCommit
from server.log.memory import MemoryLog
from server.log.sqlite import SqliteLog
from tests.server.log.engines import asked, ballot, commit, everything, grow


async def test_dropping_a_session_leaves_nothing_of_it(tmp_path: Path) -> None:
    log = MemoryLog()
    one, vote = asked("s1"), ballot("s1")
    first = await log.append("a", None, commit(b"words", one), (vote,), shut=("round:r0",))
    assert first is not None
    await grow(log, "b", 2)
    await log.drop("a")
    assert await log.sessions() == ["b"]
    assert await everything(log, "a") == []
    assert (await log.sealed("a"), await log.seals("a")) == ([], [])
    assert not await log.known("a", "s1", one.id)
    assert not await log.known("a", "s1", vote.command)
    with pytest.raises(UnknownCommit):
        await everything(log, "a", first.id)
    await log.append("a", None, commit(b"", one), (vote,))
    await log.drop("nowhere")


async def test_it_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    log = MemoryLog()
    await grow(log, "a", 50, size=100_000)
    await log.append("a", None, None, (ballot("s1"),))
    await log.append("a", None, None, destroy=("round:r1",))
    assert list(tmp_path.rglob("*")) == []
    await log.close()
    with pytest.raises(StorageBroken):
        await log.sessions()


async def test_a_backup_opens_as_a_log_of_its_own(tmp_path: Path) -> None:
    log = MemoryLog()
    grown = await grow(log, "a", 3)
    await log.append("a", None, None, (ballot("s1"),))
    await log.backup(tmp_path / "copy.db")
    copy = SqliteLog.open(tmp_path / "copy.db")
    assert await everything(copy, "a") == grown
    assert await copy.sealed("a") == []
    await copy.close()
    with pytest.raises(StorageBroken):
        await log.backup(tmp_path / "nowhere" / "copy.db")
