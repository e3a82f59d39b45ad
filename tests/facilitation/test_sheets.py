"""Actions, decisions and parked points; what is left of a session without its people."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation import sheets
from facilitation.erasure import NOBODY, without_persons
from facilitation.records import Authorship, Note, Profile, Purge, Seat, Sheet
from facilitation.state import State
from tests.facilitation.workshop import Workshop, clustering, opened


def sheet(workshop: Workshop) -> Sheet:
    """The sheet written last."""
    return list(workshop.state.all(Sheet))[-1]


def test_H1_parking_is_open_where_actions_are_not() -> None:
    workshop = clustering()
    workshop.do("claire", ask.AddSheet(type="parking", what="Plus tard"))
    assert workshop.refused("claire", ask.AddSheet(type="action", what="Faire")) == "not_allowed"
    workshop.enter("actions")
    workshop.do("claire", ask.AddSheet(type="action", what="Faire"))
    assert workshop.refused("guest", ask.AddSheet(type="action", what="Faire")) == "not_allowed"


def test_H2_an_action_says_what_who_and_when_and_where_it_came_from() -> None:
    workshop = clustering()
    workshop.enter("actions")
    origin = workshop.note("un").id
    workshop.do("claire", ask.AddSheet(type="action", what="Ouvrir", who="Öznur", when="2026-11-30", origin=origin))
    found = sheet(workshop)
    assert (found.who, found.when, found.origin, found.at) == ("Öznur", "2026-11-30", origin, workshop.at)
    workshop.do("claire", ask.AddSheet(type="parking", what="Plus tard", who="Moi"))
    assert (sheet(workshop).who, sheet(workshop).rank) == ("", 2)
    for wrong, code in (
        (ask.AddSheet(type="action", what=" "), "empty_text"), (ask.AddSheet(type="action", what="x", when="demain"), "bad_date"),
        (ask.AddSheet(type="action", what="x", origin="no"), "unknown_record"),
    ):  # fmt: skip
        assert workshop.refused("claire", wrong) == code


def test_H2_nothing_comes_from_a_note_that_is_not_everyone_s(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = clustering()
    workshop.do("nadia", ask.SetAside(notes=(workshop.note("un").id,), aside=True))
    command = ask.AddSheet(type="parking", what="x", origin=workshop.note("un").id)
    assert workshop.refused("nadia", command) == "still_hidden"
    monkeypatch.setattr(sheets, "SHEETS", 0)
    assert workshop.refused("nadia", ask.AddSheet(type="parking", what="x")) == "bad_number"


def test_H3_a_parked_point_becomes_an_action() -> None:
    workshop = clustering()
    workshop.do("claire", ask.AddSheet(type="parking", what="Plus tard"))
    id = sheet(workshop).id
    assert workshop.refused("claire", ask.EditSheet(sheet=id, type="action")) == "not_allowed"
    workshop.do("nadia", ask.EditSheet(sheet=id, type="action", what="Maintenant", who="Loïc", when="2026-12-15"))
    assert (sheet(workshop).type, sheet(workshop).who) == ("action", "Loïc")
    assert workshop.refused("nadia", ask.EditSheet(sheet="no")) == "unknown_record"


def test_H4_a_removed_sheet_can_be_brought_back() -> None:
    workshop = clustering()
    workshop.do("claire", ask.AddSheet(type="parking", what="Plus tard"))
    id = sheet(workshop).id
    workshop.do("claire", ask.RemoveSheet(sheet=id))
    assert [who for who in ("nadia", "claire", "wall") if ("sheet", id) in workshop.sees(who)] == ["nadia"]
    workshop.do("claire", ask.RemoveSheet(sheet=id, removed=False))
    assert ("sheet", id) in workshop.sees("wall")


def test_E1_without_persons_the_work_stays_and_nobody_is_named() -> None:
    workshop = opened("tableau-libre")
    workshop.do("claire", ask.EditProfile(service="DSDEN"))
    kept, gone = workshop.write("claire", "reste", "retiré")
    workshop.do("claire", ask.WithdrawNotes(notes=(gone.id,)))
    workshop.do("nadia", ask.AddSheet(type="action", what="Faire", who="Loïc"))
    bare = State().apply(without_persons(workshop.state, at=5, rule="retention 30 days"))
    assert {seat.name for seat in bare.all(Seat)} == {NOBODY}
    assert [note.id for note in bare.all(Note)] == [kept.id]
    assert not any(True for cls in (Profile, Authorship) for _ in bare.all(cls))
    assert [one.who for one in bare.all(Sheet)] == ["Loïc"]
    assert [one.rule for one in bare.all(Purge)] == ["retention 30 days"]
    assert "Claire" not in repr(list(bare.records()))
