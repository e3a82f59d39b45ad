"""Damaged files: what is wrong is found and named, the good part is read, and nothing ever looks like an empty session."""

import random
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from server.log import ChainBroken, Commit, StorageBroken
from server.log.contract import PAGE
from server.log.sqlite import SqliteLog
from tests.server.log.engines import commit, grow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pasdecote.db"


async def kept(path: Path, count: int = 10) -> list[Commit]:
    """A file with two sessions; the commits of "a"."""
    log = SqliteLog.open(path)
    commits = await grow(log, "a", count, size=300)
    await grow(log, "b", count, size=300)
    await log.close()
    return commits


def damage(path: Path, *statements: str) -> None:
    connection = apsw.Connection(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.close()


async def read_until_broken(path: Path, session: str = "a") -> tuple[list[Commit], ChainBroken | None]:
    """What can be read, and what stopped the reading."""
    log = SqliteLog.open(path)
    good: list[Commit] = []
    try:
        async for one in log.read(session):
            good.append(one)
    except ChainBroken as broken:
        return good, broken
    finally:
        await log.close()
    return good, None


async def test_one_flipped_byte_is_found_and_the_last_good_commit_named(path: Path) -> None:
    commits = await kept(path)
    stored = bytearray(path.read_bytes())
    place = stored.index(commits[6].changes)
    stored[place + 100] ^= 1
    path.write_bytes(stored)
    good, broken = await read_until_broken(path)
    assert broken is not None
    assert (broken.good, broken.count) == (commits[5].id, 6)
    assert good == commits[:6]
    assert (await read_until_broken(path, "b"))[1] is None


async def test_a_flip_in_the_first_commit_leaves_none_good(path: Path) -> None:
    commits = await kept(path)
    path.write_bytes(path.read_bytes().replace(commits[0].changes, bytes(300)))
    good, broken = await read_until_broken(path)
    assert broken is not None
    assert (good, broken.good, broken.count) == ([], None, 0)


@pytest.mark.parametrize(
    ("statement", "good"),
    [
        ("DELETE FROM commits WHERE session = 'a' AND seq > 7", 7),
        ("DELETE FROM commits WHERE session = 'a' AND seq = 4", 3),
        ("DELETE FROM commits WHERE session = 'a'", 0),
        ("DELETE FROM heads WHERE session = 'a'", 10),
        ("UPDATE heads SET hash = zeroblob(32) WHERE session = 'a'", 10),
        ("UPDATE commits SET id = randomblob(16) WHERE session = 'a' AND seq = 5", 4),
        ("UPDATE commits SET hash = zeroblob(32) WHERE session = 'a' AND seq = 5", 4),
        ("UPDATE commits SET seq = seq + 100 WHERE session = 'a'", 0),
    ],
)
async def test_lost_and_altered_rows_are_found(path: Path, statement: str, good: int) -> None:
    commits = await kept(path)
    damage(path, statement)
    found, broken = await read_until_broken(path)
    assert broken is not None
    assert found == commits[:good]
    assert broken.count == good


@pytest.mark.parametrize("value", ["'text'", "7", "NULL"])
@pytest.mark.parametrize("column", ["body", "hash", "id"])
async def test_a_value_that_changed_its_type_is_found(path: Path, column: str, value: str) -> None:
    """One flipped bit in a row's header does that, whatever the table declares."""
    commits = await kept(path)
    loosen = "sql = replace(replace(sql, 'STRICT', ''), 'NOT NULL', '')"
    damage(path, f"PRAGMA writable_schema=1; UPDATE sqlite_schema SET {loosen} WHERE name = 'commits'")
    damage(path, f"UPDATE commits SET {column} = {value} WHERE session = 'a' AND seq = 5")
    good, broken = await read_until_broken(path)
    assert broken is not None
    assert good == commits[:4]


async def test_a_text_that_is_none_any_more_is_named(path: Path) -> None:
    await kept(path)
    damage(path, "UPDATE heads SET session = CAST(x'ff' AS TEXT) WHERE session = 'a'")
    log = SqliteLog.open(path)
    with pytest.raises(StorageBroken, match="damaged text"):
        await log.sessions()
    await log.close()


async def test_two_sessions_swapped_are_both_found(path: Path) -> None:
    await kept(path)
    for table in ("commits", "heads"):
        damage(path, *(f"UPDATE {table} SET session = '{new}' WHERE session = '{old}'" for old, new in ("a-", "ba", "-b")))
    for session in "ab":
        good, broken = await read_until_broken(path, session)
        assert broken is not None
        assert good == []


async def test_a_session_without_its_head_is_still_listed_and_cannot_be_created_anew(path: Path) -> None:
    await kept(path)
    damage(path, "DELETE FROM heads WHERE session = 'a'")
    log = SqliteLog.open(path)
    assert await log.sessions() == ["a", "b"]
    with pytest.raises(ChainBroken):
        await log.append("a", None, commit())
    await log.close()


async def test_damage_is_found_beyond_the_first_page_of_reading(path: Path) -> None:
    log = SqliteLog.open(path)
    (first,) = await grow(log, "a", 1)
    await log.rewrite("a", first.id, [commit(b"n") for _ in range(PAGE + 10)])
    await log.close()
    damage(path, f"UPDATE commits SET body = zeroblob(9) WHERE session = 'a' AND seq = {PAGE + 6}")
    good, broken = await read_until_broken(path)
    assert broken is not None
    assert len(good) == broken.count == PAGE + 5


def flip(stored: bytearray, at: int) -> None:
    stored[at] ^= 1 << (at % 8)


def cut(stored: bytearray, at: int) -> None:
    del stored[-4096:]


async def outcome(path: Path, commits: list[Commit]) -> str:
    """Answer "whole", or how the damage was named; fail where a prefix is passed off as the whole."""
    try:
        good, broken = await read_until_broken(path)
    except StorageBroken as error:
        return type(error).__name__
    assert good == commits[: len(good)]
    if broken is None:
        assert good == commits
        return "whole"
    return "ChainBroken"


@pytest.mark.parametrize("harm", [flip, cut])
async def test_damage_anywhere_is_named_or_harmless(path: Path, harm: Callable[[bytearray, int], None]) -> None:
    """Never an empty session, never a shorter one without a word. (Indexes and free space may be hit in vain.)"""
    commits = await kept(path, 40)
    sound = path.read_bytes()
    chance = random.Random(7)
    outcomes = set()
    for _ in range(200 if harm is flip else 1):
        stored = bytearray(sound)
        harm(stored, chance.randrange(len(stored)))
        path.write_bytes(stored)
        outcomes.add(await outcome(path, commits))
    assert outcomes & {"ChainBroken", "StorageBroken"}


async def test_without_the_chain_the_flip_would_pass(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: SQLite alone does not see it."""
    commits = await kept(path)
    path.write_bytes(path.read_bytes().replace(commits[6].changes, bytes(300)))
    monkeypatch.setattr("server.log.tables.chain.link", lambda previous, stored: Anything())
    good, _ = await read_until_broken(path)
    assert bytes(300) in [one.changes for one in good]


class Anything(bytes):
    """A hash that equals every hash."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = bytes.__hash__
