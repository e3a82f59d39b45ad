"""Going on at a shared device: one head there instead of one here, and never a ballot more or fewer."""

from __future__ import annotations

from random import Random

import pytest

from facilitation import commands as ask
from facilitation import rounds
from facilitation.records import Ballot, Occupant, Receipt, Tally
from facilitation.rejections import Rejection
from tests.facilitation.workshop import Workshop, voting

TABLE = "seat-table"


def polling(seed: str = "seed") -> Workshop:
    """A vote is open on two groups of notes; Claire, Loïc and Maïwenn have phones, four people share the table's tablet."""
    workshop = voting(seed=seed)
    workshop.open_round()
    return workshop


def move(workshop: Workshop, who: str, device: str = TABLE, asker: str = "nadia") -> None:
    """Somebody goes on at a device, "" for their own."""
    workshop.do(asker, ask.MoveToDevice(seat=workshop.id(who), device=device))


def vote(workshop: Workshop, who: str, head: int = 1, *, final: bool = False) -> None:
    """A mark for the first choice."""
    workshop.cast(who, {workshop.round.options[0].id: 1}, head=head, final=final)


def answered(workshop: Workshop, who: str) -> tuple[int, ...]:
    """Which heads of a seat have answered the round, as it alone sees."""
    receipt = workshop.state.find(Receipt, f"{workshop.round.id}:{workshop.id(who)}")
    return receipt.heads if receipt else ()


def guest(workshop: Workshop, who: str) -> Occupant:
    """Somebody among the heads of the table."""
    return next(one for one in workshop.state.all(Occupant) if one.person == workshop.id(who))


def close(workshop: Workshop) -> Tally:
    """The round closed, and counted."""
    workshop.do("nadia", ask.CloseRound(round=workshop.round.id))
    tally = workshop.state.find(Tally, workshop.round.id)
    assert tally
    return tally


class TestComing:
    def test_P11_somebody_without_a_ballot_yet_is_one_more_to_pass(self) -> None:
        workshop = polling()
        workshop.do("claire", ask.EditProfile(service="DSDEN de l’Aude"))
        before = rounds.heads(workshop.state, workshop.round)
        move(workshop, "claire")
        claire, table = workshop.seat("claire"), workshop.seat("table")
        assert (claire.heads, claire.device, table.heads) == (0, TABLE, 5)
        here = guest(workshop, "claire")
        assert (here.letter, here.name, here.service) == ("E", "Claire", "DSDEN de l’Aude")
        assert rounds.heads(workshop.state, workshop.round) == before
        vote(workshop, "table", 5, final=True)
        assert answered(workshop, "table") == (5,)

    def test_P11_a_ballot_already_cast_moves_along_deposited(self) -> None:
        workshop = polling()
        vote(workshop, "table", 1, final=True)
        vote(workshop, "claire")
        move(workshop, "claire")
        assert (answered(workshop, "claire"), answered(workshop, "table")) == ((), (1, 2))
        moved = next(one for one in workshop.state.all(Ballot) if one.head == 2)
        assert (moved.seat, moved.final) == (TABLE, True)
        assert not any(kind == "ballot" for who in ("claire", "table", "nadia") for kind, _ in workshop.sees(who))
        assert workshop.folded() == workshop.state
        again = ask.CastBallot(round=workshop.round.id, head=2, marks={})
        assert workshop.refused("table", again) == "already_deposited"
        tally = close(workshop)
        assert (tally.ballots, tally.heads) == (2, 7)

    def test_P11_who_moved_votes_from_the_shared_device_only(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        assert workshop.refused("claire", ask.CastBallot(round=workshop.round.id, marks={})) == "on_device"
        workshop.do("claire", ask.RaiseHand())

    def test_P11_only_participants_move_and_only_to_a_shared_device(self) -> None:
        workshop = polling()
        for who, device, code in (
            ("etienne", TABLE, "not_allowed"), ("guest", TABLE, "not_allowed"), ("table", TABLE, "not_allowed"),
            ("claire", "seat-loic", "not_a_room"), ("claire", "no", "unknown_record"), ("nobody", TABLE, "unknown_record"),
        ):  # fmt: skip
            assert workshop.refused("nadia", ask.MoveToDevice(seat=workshop.id(who), device=device)) == code
        assert workshop.refused("claire", ask.MoveToDevice(seat="seat-claire", device=TABLE)) == "not_allowed"
        assert workshop.refused("table", ask.MoveToDevice(seat="seat-claire", device=TABLE)) == "not_allowed"

    def test_P11_moving_twice_is_moving_once_and_sixty_heads_are_enough(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        assert workshop.do("nadia", ask.MoveToDevice(seat="seat-claire", device=TABLE)) == ()
        workshop.do("table", ask.SetHeads(seat=TABLE, heads=60))
        assert workshop.refused("nadia", ask.MoveToDevice(seat="seat-loic", device=TABLE)) == "bad_number"

    def test_P11_the_log_holds_neither_the_ballot_nor_whether_there_was_one(self) -> None:
        workshop = polling()
        other = polling()
        vote(workshop, "claire")
        logged = len(workshop.log)
        move(workshop, "claire")
        move(other, "claire")
        assert workshop.log[logged:] == other.log[-1:]
        assert workshop.sent[-1]["facilitators"] == other.sent[-1]["facilitators"]


class TestGoingBack:
    def test_P11_one_goes_back_by_oneself_and_finds_one_s_ballot_again(self) -> None:
        workshop = polling()
        vote(workshop, "claire")
        before = workshop.state
        move(workshop, "claire")
        move(workshop, "claire", "", "claire")
        assert workshop.seat("claire") == before.get("seat", "seat-claire")
        assert workshop.get("ballot", f"{workshop.round.id}:seat-claire:1") == next(before.all(Ballot))
        assert (answered(workshop, "claire"), answered(workshop, "table"), workshop.seat("table").heads) == ((1,), (), 4)
        assert guest(workshop, "claire").gone
        workshop.cast("claire", {})

    def test_P11_nobody_goes_back_while_every_head_there_has_deposited(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        for head in range(1, 6):
            vote(workshop, "table", head, final=True)
        back = ask.MoveToDevice(seat="seat-claire")
        assert workshop.refused("claire", back) == "heads_below_ballots"
        assert close(workshop).ballots == 5
        workshop.do("claire", back)
        assert workshop.seat("claire").heads == 1

    def test_P11_coming_again_one_has_the_same_letter(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        first = guest(workshop, "claire").id
        move(workshop, "claire", "")
        workshop.do("claire", ask.RenameSeat(seat="seat-claire", name="Claire D."))
        move(workshop, "claire")
        assert (guest(workshop, "claire").id, guest(workshop, "claire").letter) == (first, "E")
        assert (guest(workshop, "claire").name, guest(workshop, "claire").gone) == ("Claire D.", False)

    def test_P11_from_one_device_to_another_with_the_ballot(self) -> None:
        workshop = polling()
        workshop.join("autre", "room", heads=2)
        vote(workshop, "claire")
        move(workshop, "claire")
        move(workshop, "claire", "seat-autre")
        assert (workshop.seat("table").heads, workshop.seat("autre").heads) == (4, 3)
        assert (answered(workshop, "table"), answered(workshop, "autre")) == ((), (1,))

    @pytest.mark.parametrize("voted", [True, False])
    def test_P7_P11_a_guest_dismissed_has_one_s_own_place_back(self, voted: bool) -> None:
        workshop = polling()
        if voted:
            vote(workshop, "claire")
        move(workshop, "claire")
        workshop.do("table", ask.DismissOccupant(occupant=guest(workshop, "claire").id))
        assert (workshop.seat("claire").heads, workshop.seat("claire").device, workshop.seat("table").heads) == (1, "", 4)
        assert answered(workshop, "claire") == ((1,) if voted else ())

    def test_P5_P11_guests_leave_last(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        workshop.do("table", ask.SetHeads(seat=TABLE, heads=1))
        assert (workshop.seat("table").heads, guest(workshop, "claire").gone) == (1, False)
        move(workshop, "loic")
        vote(workshop, "table", 1, final=True)
        workshop.do("table", ask.SetHeads(seat=TABLE, heads=1))
        assert (workshop.seat("claire").heads, workshop.seat("loic").heads) == (0, 1)
        move(workshop, "maiwenn")
        vote(workshop, "table", 2, final=True)
        assert workshop.refused("table", ask.SetHeads(seat=TABLE, heads=1)) == "heads_below_ballots"

    def test_P4_P11_a_device_removed_sends_its_guests_back_and_their_ballots(self) -> None:
        workshop = polling()
        vote(workshop, "claire")
        move(workshop, "claire")
        vote(workshop, "table", 2, final=True)
        workshop.do("nadia", ask.RemoveSeat(seat=TABLE))
        assert (workshop.seat("claire").heads, answered(workshop, "claire")) == (1, (1,))
        assert close(workshop).ballots == 2

    def test_P4_P11_a_removed_person_stays_a_head_until_dismissed(self) -> None:
        workshop = polling()
        move(workshop, "claire")
        workshop.do("nadia", ask.RemoveSeat(seat="seat-claire"))
        assert (workshop.seat("table").heads, guest(workshop, "claire").gone) == (5, False)
        assert workshop.refused("nadia", ask.MoveToDevice(seat="seat-claire")) == "unknown_record"
        workshop.do("nadia", ask.DismissOccupant(occupant=guest(workshop, "claire").id))
        assert rounds.heads(workshop.state, workshop.round) == 6


def people(workshop: Workshop) -> int:
    """Distinct people who may vote: three with phones, four at the table, counted without looking at any ballot."""
    return sum(seat.heads for seat in (workshop.seat(who) for who in ("claire", "loic", "maiwenn", "table", "autre")))


@pytest.mark.parametrize("chance", range(60))
def test_P11_whatever_the_order_as_many_ballots_as_people(chance: int) -> None:
    rng = Random(chance)
    workshop = polling(seed=str(chance))
    workshop.join("autre", "room", heads=2)
    own = {"table": 4, "autre": 2}
    phones = ("claire", "loic", "maiwenn")
    for _ in range(40):
        match rng.randrange(6):
            case 0 | 1:
                device = rng.choice(("", TABLE, "seat-autre"))
                workshop.when("nadia", ask.MoveToDevice(seat=workshop.id(rng.choice(phones)), device=device))
            case 2:
                workshop.when(rng.choice(phones), _marks(workshop, 1, final=False))
            case 3:
                workshop.when(rng.choice(tuple(own)), _marks(workshop, rng.randint(1, 8), final=rng.random() < 0.8))
            case 4:
                who = rng.choice(tuple(own))
                own[who] += _heads_changed(workshop, who, workshop.seat(who).heads + rng.choice((-1, 1)))
            case _:
                _dismissed(workshop, rng, own)
        assert people(workshop) == len(phones) + sum(own.values())
        assert rounds.heads(workshop.state, workshop.round) == people(workshop)
        assert workshop.folded() == workshop.state
        _receipts_tell_the_ballots(workshop)
    ballots = sum(1 for _ in workshop.state.all(Ballot))
    tally = close(workshop)
    assert tally.heads == len(phones) + sum(own.values())
    assert tally.ballots <= min(ballots, tally.heads)
    assert workshop.seal == {key: one for key, one in workshop.seal.items() if key[0] == "authorship"}


def _marks(workshop: Workshop, head: int, *, final: bool) -> ask.CastBallot:
    return ask.CastBallot(round=workshop.round.id, head=head, marks={workshop.round.options[0].id: 1}, final=final)


def _heads_changed(workshop: Workshop, who: str, heads: int) -> int:
    """Set the heads of a device; by how many the table's own people changed (a guest sent back is no person less)."""
    guests, before = _guests(workshop, who), workshop.seat(who).heads
    workshop.when(who, ask.SetHeads(seat=workshop.id(who), heads=heads))
    return workshop.seat(who).heads - before + guests - _guests(workshop, who)


def _guests(workshop: Workshop, who: str) -> int:
    return sum(1 for one in workshop.state.all(Occupant) if one.seat == workshop.id(who) and one.person and not one.gone)


def _dismissed(workshop: Workshop, rng: Random, own: dict[str, int]) -> None:
    here = [one for one in workshop.state.all(Occupant) if not one.gone]
    one = rng.choice(here)
    decided = workshop.when("nadia", ask.DismissOccupant(occupant=one.id))
    if not isinstance(decided, Rejection) and not one.person:
        own[one.seat.removeprefix("seat-")] -= 1


def _receipts_tell_the_ballots(workshop: Workshop) -> None:
    """A receipt names the heads whose ballots are there, no more and no fewer."""
    told = {(one.seat, head) for one in workshop.state.all(Receipt) for head in one.heads}
    assert told == {(one.seat, one.head) for one in workshop.state.all(Ballot)}
