"""What every log promises of commits: order, one effect per command, atomic appends, a chain that covers everything."""

import asyncio
from pathlib import Path

import pytest

from server.log import Asked, Commit, Conflict, Log, Repeated, SealShut, UnknownCommit, UnknownSession, chain
from server.log.contract import PAGE
from tests.server.log.engines import Opener, asked, ballot, commit, everything, grow, ids, opened


async def test_a_session_is_created_by_the_append_after_none(log: Log) -> None:
    first = commit()
    await log.append("a", None, first)
    assert ids(await everything(log, "a")) == [first.id]
    assert await log.sessions() == ["a"]


async def test_creating_what_exists_is_a_conflict(log: Log) -> None:
    first = commit()
    await log.append("a", None, first)
    with pytest.raises(Conflict) as refusal:
        await log.append("a", None, commit())
    assert refusal.value.last == first.id
    assert refusal.value.after is None


async def test_a_session_that_does_not_exist_reads_as_nothing(log: Log) -> None:
    assert await everything(log, "nowhere") == []
    assert await log.seals("nowhere") == []
    assert await log.sealed("nowhere") == []
    assert not await log.known("nowhere", "s1", b"x" * 16)


async def test_only_the_append_after_the_last_commit_is_saved(log: Log) -> None:
    first, second = await grow(log, "a", 2)
    with pytest.raises(Conflict) as refusal:
        await log.append("a", first.id, commit())
    assert refusal.value.last == second.id
    assert ids(await everything(log, "a")) == [first.id, second.id]


async def test_of_many_appends_at_once_after_one_commit_exactly_one_is_saved(log: Log) -> None:
    (first,) = await grow(log, "a", 1)
    answers = await asyncio.gather(*(log.append("a", first.id, commit()) for _ in range(20)), return_exceptions=True)
    saved = [answer for answer in answers if isinstance(answer, Commit)]
    assert len(saved) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 19
    assert ids(await everything(log, "a")) == [first.id, saved[0].id]


async def test_a_conflict_answers_that_append_alone(log: Log) -> None:
    (first,) = await grow(log, "a", 1)
    answers = await asyncio.gather(
        log.append("b", None, commit()),
        log.append("a", None, commit()),
        log.append("a", first.id, commit()),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [Commit, Conflict, Commit]


async def test_a_commit_comes_back_as_it_was_given_with_its_hash(log: Log) -> None:
    given = Commit(b"i" * 16, 3, 1_764_000_000_000, (asked("s1"), asked("", "tick")), b"\x91\xc0")
    stored = await log.append("a", None, given)
    assert stored is not None
    assert stored.hash == chain.link(chain.origin("a"), chain.body(given))
    assert await everything(log, "a") == [stored]
    assert Commit(given.id, given.shape, given.at, given.asked, given.changes, stored.hash) == stored


async def test_each_hash_covers_all_before_it(log: Log) -> None:
    await grow(log, "a", 5)
    previous = chain.origin("a")
    for one in await everything(log, "a"):
        previous = chain.link(previous, chain.body(one))
        assert one.hash == previous


async def test_the_same_commits_have_other_hashes_in_another_session(log: Log) -> None:
    one = commit()
    in_a, in_b = await log.append("a", None, one), await log.append("b", None, one)
    assert in_a is not None and in_b is not None
    assert in_a.hash != in_b.hash


async def test_reading_after_a_commit_gives_what_came_since(log: Log) -> None:
    grown = await grow(log, "a", 4)
    assert await everything(log, "a", grown[1].id) == grown[2:]
    assert await everything(log, "a", grown[3].id) == []


async def test_reading_after_an_unknown_commit_says_so(log: Log) -> None:
    await grow(log, "a", 1)
    (elsewhere,) = await grow(log, "b", 1)
    for stranger in (b"?" * 16, elsewhere.id):
        with pytest.raises(UnknownCommit):
            await everything(log, "a", stranger)


async def test_a_long_log_is_read_over_several_turns(log: Log) -> None:
    appended = await log.append("a", None, commit())
    assert appended is not None
    many = [commit(bytes([n % 256])) for n in range(2 * PAGE + 1)]
    last = await log.rewrite("a", appended.id, many)
    commits = await everything(log, "a")
    assert [one.changes for one in commits] == [one.changes for one in many]
    assert commits[-1] == last


async def test_a_log_rewritten_while_it_is_read_must_be_loaded_again(log: Log) -> None:
    appended = await log.append("a", None, commit())
    assert appended is not None
    last = await log.rewrite("a", appended.id, [commit() for _ in range(PAGE + 1)])
    reading = log.read("a")
    assert isinstance(await anext(reading), Commit)
    await log.rewrite("a", last.id, [commit() for _ in range(PAGE + 1)])
    with pytest.raises(UnknownCommit):
        async for _ in reading:
            pass


async def test_a_command_is_known_once_it_had_its_effect(log: Log) -> None:
    one = asked("s1")
    assert not await log.known("a", "s1", one.id)
    await log.append("a", None, commit(b"", one))
    assert await log.known("a", "s1", one.id)
    assert not await log.known("a", "s2", one.id)
    assert not await log.known("b", "s1", one.id)


async def test_a_command_whose_seat_is_not_told_is_known_for_any_seat(log: Log) -> None:
    one = asked("")
    await log.append("a", None, commit(b"", one))
    assert await log.known("a", "s1", one.id)
    assert await log.known("a", "s2", one.id)


async def test_a_command_never_has_two_effects(log: Log) -> None:
    one, two = asked("s1"), asked("s1")
    first = await log.append("a", None, commit(b"", one))
    assert first is not None
    with pytest.raises(Repeated) as refusal:
        await log.append("a", first.id, commit(b"", one, two))
    assert refusal.value.commands == {one.id}
    assert not await log.known("a", "s1", two.id)
    assert ids(await everything(log, "a")) == [first.id]
    # The same id from another seat is another command.
    await log.append("a", first.id, commit(b"", Asked(one.id, "s2", "add_notes")))


async def test_an_append_is_saved_whole_or_not_at_all(log: Log) -> None:
    first = await log.append("a", None, commit(), shut=("round:r1",), open=("authors",))
    assert first is not None
    one = asked("s1")
    with pytest.raises(SealShut):
        await log.append(
            "a",
            first.id,
            commit(b"", one),
            (ballot("s1", seal="authors"), ballot("s1", seal="round:r1")),
            destroy=("round:r1",),
        )
    assert ids(await everything(log, "a")) == [first.id]
    assert not await log.known("a", "s1", one.id)
    assert await log.sealed("a") == []
    assert await log.seals("a") == [("authors", "open"), ("round:r1", "shut")]


async def test_a_commit_id_is_used_once(log: Log) -> None:
    first, second = await grow(log, "a", 2)
    with pytest.raises(ValueError, match="used before"):
        await log.append("a", second.id, first)
    await log.append("b", None, first)


async def test_a_cancelled_wait_breaks_nothing(log: Log) -> None:
    first = commit()
    waits = [asyncio.create_task(log.append(f"s{n}", None, commit())) for n in range(50)]
    waits.append(asyncio.create_task(log.append("a", None, first)))
    await asyncio.sleep(0)  # let them ask, not finish
    for wait in waits:
        wait.cancel()
    await asyncio.gather(*waits, return_exceptions=True)
    assert ids(await everything(log, "a")) == [first.id]
    assert len(await log.sessions()) == 51


async def test_everything_is_found_again_after_reopening(open_log: Opener, tmp_path: Path) -> None:
    one, vote = asked("s1"), ballot("s2")
    async with opened(open_log, tmp_path) as log:
        first = await log.append("a", None, commit(b"", one), (vote,), shut=("round:r0",))
    async with opened(open_log, tmp_path) as log:
        assert await everything(log, "a") == [first]
        assert await log.known("a", "s1", one.id)
        assert await log.known("a", "s2", vote.command)
        assert await log.sealed("a") == [vote]
        assert await log.seals("a") == [("round:r0", "shut"), ("round:r1", "open")]


async def test_rewriting_replaces_the_log_under_a_new_chain(log: Log) -> None:
    one, two = asked("s1"), asked("s2")
    first = await log.append("a", None, commit(b"their name", one))
    assert first is not None
    second = await log.append("a", first.id, commit(b"", two))
    assert second is not None
    last = await log.rewrite("a", second.id, [commit(b"-"), second, commit(b"erased s1")])
    kept = await everything(log, "a")
    assert [commit.changes for commit in kept] == [b"-", b"", b"erased s1"]
    assert kept[-1] == last
    assert not {first.id, second.id} & set(ids(kept))
    assert kept[0].hash == chain.link(chain.origin("a"), chain.body(kept[0]))
    assert await log.known("a", "s2", two.id)
    assert not await log.known("a", "s1", one.id)
    with pytest.raises(Conflict):
        await log.append("a", second.id, commit())
    with pytest.raises(UnknownCommit):
        await everything(log, "a", second.id)
    await log.append("a", last.id, commit())


async def test_rewriting_forgets_seats_and_destroys_seals(log: Log) -> None:
    first = await log.append("a", None, commit(), (ballot("s1"), ballot("s2"), ballot("s1", seal="authors")))
    assert first is not None
    await log.rewrite("a", first.id, [commit()], forget=("s1",), destroy=("authors",))
    assert [put.seat for put in await log.sealed("a")] == ["s2"]
    assert await log.seals("a") == [("round:r1", "open")]


async def test_rewriting_needs_the_last_commit_and_a_reason(log: Log) -> None:
    first, second = await grow(log, "a", 2)
    with pytest.raises(Conflict):
        await log.rewrite("a", first.id, [commit()])
    with pytest.raises(ValueError, match="says why"):
        await log.rewrite("a", second.id, [])
    with pytest.raises(Conflict):
        await log.rewrite("nowhere", first.id, [commit()])
    assert await everything(log, "a") == [first, second]


async def test_seals_need_a_session(log: Log) -> None:
    for attempt in (
        log.append("nowhere", None, None, (ballot("s1"),)),
        log.append("nowhere", None, None, open=("authors",)),
        log.shut("nowhere", "authors"),
    ):
        with pytest.raises(UnknownSession):
            await attempt
