"""What every log promises of seals: what is put, who may put it until when, and that destroyed means gone."""

import asyncio

import pytest

from server.log import Asked, Conflict, Log, Repeated, SealPut, SealShut
from tests.server.log.engines import asked, ballot, commit, everything, ids


@pytest.fixture
async def first(log: Log) -> bytes:
    """The session "a" exists; the id of its commit."""
    one = await log.append("a", None, commit())
    assert one is not None
    return one.id


async def test_the_first_put_opens_a_seal(log: Log, first: bytes) -> None:
    vote = ballot("s1")
    assert await log.append("a", None, None, (vote,)) is None
    assert await log.seals("a") == [("round:r1", "open")]
    assert await log.sealed("a") == [vote]


async def test_a_seal_may_be_opened_empty_and_again(log: Log, first: bytes) -> None:
    await log.append("a", first, commit(), open=("round:r1",))
    await log.append("a", None, None, open=("round:r1",))
    assert await log.seals("a") == [("round:r1", "open")]
    assert await log.sealed("a") == []


async def test_a_later_put_replaces_and_an_empty_one_removes(log: Log, first: bytes) -> None:
    await log.append("a", None, None, (ballot("s1", b"one"), ballot("s2", b"two")))
    await log.append("a", None, None, (ballot("s1", b"three"),))
    assert [put.value for put in await log.sealed("a", "round:r1")] == [b"three", b"two"]
    await log.append("a", None, None, (ballot("s2", b""),))
    assert [put.value for put in await log.sealed("a", "round:r1")] == [b"three"]


async def test_sealed_values_come_sorted_by_key_not_by_time(log: Log, first: bytes) -> None:
    for seat in ("s3", "s1", "s2"):
        await log.append("a", None, None, (ballot(seat),))
    await log.append("a", None, None, (ballot("s0", seal="authors"),))
    assert [put.seat for put in await log.sealed("a")] == ["s0", "s1", "s2", "s3"]
    assert [put.seat for put in await log.sealed("a", "authors")] == ["s0"]


async def test_a_put_fails_by_itself_on_a_shut_seal(log: Log, first: bytes) -> None:
    await log.append("a", None, None, (ballot("s1"),))
    await log.shut("a", "round:r1")
    late = ballot("s2")
    with pytest.raises(SealShut):
        await log.append("a", None, None, (late,))
    assert not await log.known("a", "s2", late.command)
    assert [put.seat for put in await log.sealed("a")] == ["s1"]
    with pytest.raises(SealShut):
        await log.append("a", None, None, open=("round:r1",))


async def test_every_put_is_either_under_the_shut_seal_or_refused(log: Log, first: bytes) -> None:
    puts = [log.append("a", None, None, (ballot(f"s{n:02}"),)) for n in range(40)]
    answers = await asyncio.gather(*puts[:20], log.shut("a", "round:r1"), *puts[20:], return_exceptions=True)
    accepted = {f"s{n:02}" for n, answer in enumerate(answers[:20] + answers[21:]) if answer is None}
    assert {put.seat for put in await log.sealed("a")} == accepted


async def test_shutting_twice_and_shutting_what_was_never_opened_is_no_error(log: Log, first: bytes) -> None:
    await log.shut("a", "round:r1")
    await log.shut("a", "round:r1")
    assert await log.seals("a") == [("round:r1", "shut")]


async def test_whoever_finds_a_shut_seal_finishes_the_closing(log: Log, first: bytes) -> None:
    vote = ballot("s1", b"three dots")
    await log.append("a", None, None, (vote,))
    await log.shut("a", "round:r1")
    # Somebody else loads the session, reads the seal and closes; the slower one meets a conflict.
    assert ("round:r1", "shut") in await log.seals("a")
    values = b"".join(put.value for put in await log.sealed("a", "round:r1"))
    tally = commit(values)
    await log.append("a", first, tally, destroy=("round:r1",))
    with pytest.raises(Conflict):
        await log.append("a", first, commit(values), destroy=("round:r1",))
    assert ids(await everything(log, "a")) == [first, tally.id]
    assert await log.seals("a") == []
    assert await log.sealed("a") == []


async def test_a_seal_destroyed_after_it_was_shut_stays_shut(log: Log, first: bytes) -> None:
    await log.append("a", None, None, (ballot("s1"),), shut=("round:r1",))
    await log.append("a", None, None, destroy=("round:r1",))
    await log.shut("a", "round:r1")
    await log.append("a", None, None, destroy=("round:r1",))
    assert await log.seals("a") == []
    with pytest.raises(SealShut):
        await log.append("a", None, None, (ballot("s2"),))
    assert await log.sealed("a") == []


async def test_a_seal_destroyed_while_open_may_be_opened_anew(log: Log, first: bytes) -> None:
    await log.append("a", None, None, (ballot("s1", seal="authors"),))
    revealed = commit()
    await log.append("a", first, revealed, destroy=("authors",))
    assert await log.seals("a") == []
    await log.append("a", None, None, (ballot("s2", seal="authors"),))
    assert [put.seat for put in await log.sealed("a")] == ["s2"]


async def test_destroying_what_does_not_exist_is_no_error(log: Log, first: bytes) -> None:
    await log.append("a", None, None, destroy=("round:r9",))
    assert await log.seals("a") == []


async def test_a_seal_remembers_the_commands_it_accepted_while_it_lives(log: Log, first: bytes) -> None:
    vote = ballot("s1")
    await log.append("a", None, None, (vote,))
    assert await log.known("a", "s1", vote.command)
    with pytest.raises(Repeated):
        await log.append("a", None, None, (ballot("s1", b"again", command=vote.command),))
    # Removing a value does not forget the command that put it.
    await log.append("a", None, None, (ballot("s1", b""),))
    assert await log.known("a", "s1", vote.command)
    await log.append("a", first, commit(), destroy=("round:r1",))
    assert not await log.known("a", "s1", vote.command)


async def test_one_command_may_put_several_values_and_stand_in_the_commit(log: Log, first: bytes) -> None:
    one = asked("s1")
    puts = [SealPut("authors", f"authorship {n}", b"v", one.id, "s1") for n in range(3)]
    puts.append(SealPut("round:r1", "ballot", b"v", one.id, "s1"))
    await log.append("a", first, commit(b"", one), puts)
    assert len(await log.sealed("a")) == 4
    await log.append("a", None, None, destroy=("authors", "round:r1"))
    assert await log.known("a", "s1", one.id)


async def test_the_commands_of_a_secret_round_keep_their_one_effect_after_it(log: Log, first: bytes) -> None:
    """Closing destroys the (seat, command id) pairs; the commit keeps the ids alone, of replaced ballots too."""
    before, after = ballot("s1", b"before"), ballot("s1", b"after")
    for vote in (before, after):
        await log.append("a", None, None, (vote,))
    await log.append("a", None, None, (ballot("s1", seal="authors"),), shut=("round:r1",))
    accepted = await log.accepted("a", "round:r1")
    assert accepted == sorted([before.command, after.command])
    closing = commit(b"", *(Asked(id, "", "cast_ballot") for id in accepted))
    await log.append("a", first, closing, destroy=("round:r1",))
    assert await log.accepted("a", "round:r1") == []
    assert await log.known("a", "s1", before.command)
    assert await log.known("a", "s1", after.command)


async def test_the_servers_own_puts_are_not_remembered(log: Log, first: bytes) -> None:
    own = SealPut("authors", "k", b"v", b"", "")
    await log.append("a", None, None, (own,))
    await log.append("a", None, None, (own,))
    assert not await log.known("a", "", b"")


async def test_a_put_may_name_the_commit_it_was_decided_on(log: Log, first: bytes) -> None:
    await log.append("a", first, None, (ballot("s1"),))
    second = commit()
    await log.append("a", first, second)
    with pytest.raises(Conflict):
        await log.append("a", first, None, (ballot("s2"),))
    assert [put.seat for put in await log.sealed("a")] == ["s1"]


async def test_seals_of_two_sessions_do_not_touch(log: Log, first: bytes) -> None:
    await log.append("b", None, commit(), (ballot("s1", b"in b"),))
    await log.append("a", None, None, (ballot("s1", b"in a"),), shut=("round:r1",))
    await log.append("a", None, None, destroy=("round:r1",))
    assert [put.value for put in await log.sealed("b")] == [b"in b"]
    assert await log.seals("b") == [("round:r1", "open")]
