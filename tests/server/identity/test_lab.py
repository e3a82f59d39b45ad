"""The lab's log as a service: codes, the key, and two processes writing at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.identity.lab import Lab
from server.log.sqlite import SqliteLog


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    opened = SqliteLog.open(tmp_path / "lab.db")
    yield opened
    await opened.close()


async def test_the_key_is_made_once_then_only_its_hash_is_known(log: SqliteLog) -> None:
    key = await Lab(log).start()
    again = Lab(log)
    assert await again.start() == ""
    assert await again.key_opens(key)
    assert not await again.key_opens(key + "X")
    commits = [commit async for commit in log.read("lab")]
    assert all(key.encode() not in commit.changes for commit in commits)


async def test_renewing_the_key_ends_the_earlier_one(log: SqliteLog) -> None:
    lab = Lab(log)
    first = await lab.start()
    generation = lab.generation
    second = await lab.renew_key()
    assert lab.generation == generation + 1
    assert not await lab.key_opens(first)
    assert await lab.key_opens(second)


async def test_a_key_from_the_environment_wins_and_changes_the_generation_only_when_it_differs(log: SqliteLog) -> None:
    lab = Lab(log)
    assert await lab.start("une clé de laboratoire") == ""
    assert await lab.key_opens("une clé de laboratoire")
    generation = lab.generation
    await lab.start("une clé de laboratoire")
    assert lab.generation == generation
    await lab.start("une autre clé encore")
    assert lab.generation == generation + 1


async def test_sessions_are_listed_and_found_by_code(log: SqliteLog) -> None:
    lab, other = Lab(log), Lab(log)
    await lab.start("une clé de laboratoire")
    first = await lab.add("s1", "Un", created_at=1)
    second = await other.add("s2", "Deux", created_at=2)
    assert [entry.id for entry in await lab.entries()] == ["s2", "s1"]
    assert await lab.with_code(first.code) == first
    assert await lab.with_code("") is None
    await other.follow("s2", status="closed", title="Deux, archivé")
    assert await lab.with_code(second.code) is None
    entry = await lab.entry("s2")
    assert entry is not None
    assert entry.title == "Deux, archivé"


async def test_nothing_is_written_when_nothing_differs(log: SqliteLog) -> None:
    lab = Lab(log)
    await lab.start("une clé de laboratoire")
    await lab.add("s1", "Un")
    before = len([commit async for commit in log.read("lab")])
    await lab.follow("s1", title="Un")
    await lab.follow("unknown", title="Un")
    assert len([commit async for commit in log.read("lab")]) == before
