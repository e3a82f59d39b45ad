"""Seats, shared devices and calls."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation import heads, people
from facilitation.records import Occupant, Profile
from tests.facilitation.workshop import Workshop, opened, prepared


def letters(workshop: Workshop) -> list[str]:
    """The letters of who is before the shared device."""
    return [one.letter for one in workshop.state.all(Occupant) if not one.gone]


def test_P1_a_name_is_all_that_is_needed() -> None:
    workshop = prepared()
    workshop.do("", ask.Join(seat="s", name=" Anaïs ", role="participant"))
    assert workshop.get("seat", "s").name == "Anaïs"
    assert workshop.get("profile", "s") == Profile(id="s")
    assert workshop.refused("", ask.Join(seat="t", name=" ", role="participant")) == "empty_text"
    assert workshop.refused("", ask.Join(seat="t", name="T", role="participant", site="no")) == "unknown_record"


def test_P1_only_who_writes_has_a_ballot_and_a_projector_has_no_profile() -> None:
    workshop = opened()
    assert [workshop.seat(who).heads for who in ("claire", "guest", "wall", "table")] == [1, 0, 0, 4]
    assert workshop.get("profile", "seat-wall") is None


def test_P1_joining_twice_is_joining_once_and_a_full_workshop_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = opened()
    assert workshop.do("", ask.Join(seat="seat-claire", name="Claire", role="participant")) == ()
    monkeypatch.setattr(people, "SEATS", 8)
    assert workshop.refused("", ask.Join(seat="new", name="Neuf", role="participant")) == "seats_full"


def test_P1_nobody_joins_by_command() -> None:
    workshop = opened()
    for who in ("nadia", "claire"):
        assert workshop.refused(who, ask.Join(seat="x", name="X", role="facilitator")) == "not_allowed"


def test_P2_one_renames_oneself_and_facilitators_rename_anyone() -> None:
    workshop = opened()
    workshop.do("claire", ask.RenameSeat(seat="seat-claire", name="Claire D."))
    workshop.do("nadia", ask.RenameSeat(seat="seat-loic", name="Loïc"))
    assert workshop.refused("claire", ask.RenameSeat(seat="seat-loic", name="X")) == "not_allowed"
    assert workshop.refused("nadia", ask.RenameSeat(seat="no", name="X")) == "unknown_record"


def test_P3_what_one_said_at_the_door_can_be_taken_back() -> None:
    workshop = opened()
    workshop.do("claire", ask.EditProfile(service="DSDEN", department="11", manages=True, site=workshop.site("Toulouse")))
    assert workshop.get("profile", "seat-claire") == Profile(id="seat-claire", service="DSDEN", department="11", manages=True)
    workshop.do("claire", ask.EditProfile(service="", manages=False))
    assert workshop.get("profile", "seat-claire").department == "11"
    assert workshop.refused("claire", ask.EditProfile(site="no")) == "unknown_record"


def test_P4_a_removed_seat_may_ask_nothing_more() -> None:
    workshop = opened()
    workshop.do("claire", ask.RaiseHand())
    workshop.do("nadia", ask.RemoveSeat(seat="seat-claire"))
    assert workshop.seat("claire").generation == 1
    assert workshop.get("call", "seat-claire") is None
    assert workshop.refused("claire", ask.RaiseHand()) == "unknown_seat"
    assert workshop.refused("loic", ask.RemoveSeat(seat="seat-table")) == "not_allowed"


def test_P4_the_last_facilitator_stays() -> None:
    workshop = opened()
    workshop.do("nadia", ask.RemoveSeat(seat="seat-etienne"))
    assert workshop.refused("nadia", ask.RemoveSeat(seat="seat-nadia")) == "last_facilitator"


def test_P5_heads_come_and_go_unnamed_first() -> None:
    workshop = opened()
    assert letters(workshop) == ["A", "B", "C", "D"]
    first = next(iter(workshop.state.all(Occupant)))
    workshop.do("table", ask.NameOccupant(occupant=first.id, name="Paul"))
    workshop.do("table", ask.SetHeads(seat="seat-table", heads=2))
    assert letters(workshop) == ["A", "B"]
    workshop.do("nadia", ask.SetHeads(seat="seat-table", heads=3))
    assert letters(workshop) == ["A", "B", "E"]
    assert workshop.refused("table", ask.SetHeads(seat="seat-table", heads=0)) == "bad_number"
    assert workshop.refused("claire", ask.SetHeads(seat="seat-claire", heads=2)) == "not_a_room"
    assert workshop.refused("claire", ask.SetHeads(seat="seat-table", heads=2)) == "not_allowed"


def test_P6_a_head_has_a_letter_until_it_has_a_name() -> None:
    workshop = opened()
    first = next(iter(workshop.state.all(Occupant))).id
    workshop.do("table", ask.NameOccupant(occupant=first, name="Paul"))
    workshop.do("table", ask.NameOccupant(occupant=first, name=" "))
    assert workshop.get("occupant", first).name == ""
    assert workshop.refused("claire", ask.NameOccupant(occupant=first, name="Moi")) == "not_allowed"
    assert workshop.refused("table", ask.NameOccupant(occupant="no", name="X")) == "unknown_record"


def test_P6_a_head_says_its_service_for_the_attendance() -> None:
    workshop = opened()
    first = next(iter(workshop.state.all(Occupant))).id
    workshop.do("table", ask.NameOccupant(occupant=first, name="Paul", service=" DSDEN de l’Aude "))
    workshop.do("table", ask.NameOccupant(occupant=first, name="Paul B."))
    assert (workshop.get("occupant", first).name, workshop.get("occupant", first).service) == ("Paul B.", "DSDEN de l’Aude")
    assert ("occupant", first) in workshop.sees("nadia")
    assert ("occupant", first) not in workshop.sees("claire")
    workshop.do("nadia", ask.NameOccupant(occupant=first, name="Paul B.", service=""))
    assert workshop.get("occupant", first).service == ""


def test_P10_facilitators_move_anyone_to_another_site() -> None:
    workshop = opened()
    workshop.do("nadia", ask.PlaceSeat(seat="seat-claire", site=workshop.site("Toulouse")))
    assert workshop.seat("claire").site == workshop.site("Toulouse")
    workshop.do("etienne", ask.PlaceSeat(seat="seat-claire"))
    assert workshop.seat("claire").site == ""
    assert workshop.do("nadia", ask.PlaceSeat(seat="seat-claire")) == ()
    assert workshop.refused("claire", ask.PlaceSeat(seat="seat-claire", site=workshop.site("Toulouse"))) == "not_allowed"
    for wrong in (ask.PlaceSeat(seat="no"), ask.PlaceSeat(seat="seat-claire", site="no")):
        assert workshop.refused("nadia", wrong) == "unknown_record"


def test_P7_dismissing_a_head_is_one_head_less() -> None:
    workshop = opened()
    second = list(workshop.state.all(Occupant))[1].id
    workshop.do("table", ask.DismissOccupant(occupant=second))
    assert (workshop.seat("table").heads, letters(workshop)) == (3, ["A", "C", "D"])
    assert workshop.refused("table", ask.DismissOccupant(occupant=second)) == "unknown_record"


def test_P8_a_call_keeps_its_place_in_the_queue() -> None:
    workshop = opened()
    workshop.do("claire", ask.RaiseHand(reason="help"))
    first = workshop.get("call", "seat-claire").at
    workshop.do("claire", ask.RaiseHand(reason="hand"), after=5)
    assert (workshop.get("call", "seat-claire").at, workshop.get("call", "seat-claire").reason) == (first, "hand")
    assert workshop.do("claire", ask.RaiseHand()) == ()


def test_P9_one_s_own_call_or_anyone_s_as_facilitator_comes_down() -> None:
    workshop = opened()
    workshop.do("claire", ask.RaiseHand())
    assert workshop.refused("loic", ask.LowerHand(seat="seat-claire")) == "not_allowed"
    workshop.do("nadia", ask.LowerHand(seat="seat-claire"))
    assert workshop.do("claire", ask.LowerHand(seat="seat-claire")) == ()


def test_P6_letters_go_on_after_z() -> None:
    assert [heads.letter(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
