"""Harvest: what groups found, before everyone as live notes that say where they came from, once."""

from __future__ import annotations

from typing import Any

from facilitation import commands as ask
from facilitation import notes as rules
from facilitation.records import Authorship, Note
from tests.facilitation.scenes import convocations
from tests.facilitation.workshop import MINUTE, Workshop, apart


def harvested(workshop: Workshop, *texts: str, zone: str = "", who: str = "nadia") -> list[Note]:
    """Nadia carries notes to the plenary; what they are there."""
    ids = tuple(workshop.note(text).id for text in texts)
    workshop.do(who, ask.Harvest(notes=ids, board=workshop.board.id, zone=zone))
    return [note for note in workshop.state.all(Note) if note.board == workshop.board.id and note.origin in ids]


def found(**edits: Any) -> Workshop:
    """Each group found something."""
    workshop = apart(notes="everyone", **edits)
    workshop.write("claire", "un", "deux", zone=workshop.zone("L’île", workshop.desk("claire")))
    workshop.write("maiwenn", "trois")
    workshop.recall()
    return workshop


def test_G19_a_harvested_note_lives_in_the_plenary_and_says_which_note_and_group_it_came_from() -> None:
    workshop = found()
    source = workshop.note("un")
    note = harvested(workshop, "un")[0]
    assert (note.text, note.origin, note.group, note.scope) == ("un", source.id, workshop.group("claire").id, "everyone")
    assert note.zone == workshop.zone("L’île"), "in the zone of the same name"
    assert workshop.reads("maiwenn") == ["trois", "un"]
    assert workshop.get("note", source.id) == source, "the group keeps its own"
    workshop.enter("regrouper")
    workshop.do("loic", ask.MoveNotes(moves=(ask.NoteMove(note=note.id, zone=workshop.zone("Le vent")),)))


def test_G19_notes_of_several_groups_come_in_the_order_chosen_to_the_zone_chosen() -> None:
    workshop = found()
    notes = harvested(workshop, "trois", "un", zone=workshop.zone("Le vent"))
    assert [note.text for note in sorted(notes, key=lambda note: note.rank)] == ["trois", "un"]
    assert len({(note.x, note.y) for note in notes}) == 2
    assert {note.zone for note in notes} == {workshop.zone("Le vent")}


def test_G19_a_note_already_there_is_not_carried_twice() -> None:
    workshop = found()
    harvested(workshop, "un")
    assert workshop.do("etienne", ask.Harvest(notes=(workshop.note("un").id,), board=workshop.board.id)) == ()
    assert len(harvested(workshop, "un", "deux")) == 2
    copy = next(note for note in workshop.state.all(Note) if note.origin == workshop.note("un").id)
    workshop.do("claire", ask.WithdrawNotes(notes=(copy.id,)))
    again = ask.Harvest(notes=(workshop.note("un").id,), board=workshop.board.id)
    assert workshop.do("nadia", again) == (), "taken back by its author, it stays so"


def test_G19_it_has_the_same_author_known_as_before() -> None:
    workshop = found(authors="shown")
    note = harvested(workshop, "un")[0]
    authorship = workshop.state.find(Authorship, note.id)
    assert authorship
    assert (authorship.seat, authorship.sealed, authorship.scope) == ("seat-claire", False, "everyone")
    assert ("seat", "seat-claire") in workshop.sees("maiwenn")
    workshop = found()
    note = harvested(workshop, "un")[0]
    authorship = workshop.state.find(Authorship, note.id)
    assert authorship
    assert (authorship.seat, authorship.sealed, authorship.scope) == ("seat-claire", True, "author")
    assert ("authorship", note.id) in workshop.sees("claire")
    assert ("authorship", note.id) not in workshop.sees("nadia")
    assert workshop.folded() == workshop.state


def test_G19_a_shared_device_s_named_head_stays_its_author() -> None:
    workshop = apart(notes="everyone", authors="shown")
    head = next(one.id for one in workshop.state.table("occupant").values())
    workshop.write("table", "à quatre mains", occupant=head)
    note = harvested(workshop, "à quatre mains")[0]
    assert workshop.get("authorship", note.id).occupant == head


def test_G19_only_what_is_shown_there_is_carried_and_to_another_board() -> None:
    workshop = found()
    aside = workshop.note("deux").id
    workshop.do("nadia", ask.SetAside(notes=(aside,), aside=True))
    to_plenary = ask.Harvest(notes=(aside,), board=workshop.board.id)
    assert workshop.refused("nadia", to_plenary) == "still_hidden"
    assert workshop.refused("claire", to_plenary) == "not_allowed"
    assert workshop.refused("nadia", ask.Harvest(notes=("ghost",), board=workshop.board.id)) == "unknown_record"
    one = workshop.note("un")
    assert workshop.refused("nadia", ask.Harvest(notes=(one.id,), board=one.board)) == "bad_choice"
    assert workshop.refused("nadia", ask.Harvest(notes=(one.id,), board="ghost")) == "unknown_record"
    elsewhere = ask.Harvest(notes=(one.id,), board=workshop.board.id, zone=workshop.zone("L’île", one.board))
    assert workshop.refused("nadia", elsewhere) == "unknown_zone"


def test_G19_a_secret_is_not_there_to_be_carried() -> None:
    workshop = apart()
    note = workshop.write("claire", "secret")[0]
    assert workshop.refused("nadia", ask.Harvest(notes=(note.id,), board=workshop.board.id)) == "unknown_record"


def test_G19_after_the_archive_let_go_of_hidden_authors_notes_are_carried_without() -> None:
    workshop = found()
    workshop.do("nadia", ask.EndSession())
    workshop.do("nadia", ask.CloseSession())
    bundle = {"shared": "a", "shared_size": 1, "shared_hash": "h", "reserved": "b", "reserved_size": 1, "reserved_hash": "h"}
    workshop.do("", ask.RecordArchive(**bundle))  # type: ignore[arg-type]
    workshop.do("nadia", ask.ReviseSession())
    note = harvested(workshop, "un")[0]
    assert workshop.state.find(Authorship, note.id) is None


def test_G19_a_harvest_counts_among_the_notes_that_a_session_holds(monkeypatch: Any) -> None:
    workshop = found()
    monkeypatch.setattr(rules, "NOTES", 3)
    harvest = ask.Harvest(notes=(workshop.note("un").id,), board=workshop.board.id)
    assert workshop.refused("nadia", harvest) == "too_many_notes"


def test_N6_what_another_group_writes_weighs_on_nobody_s_limit(monkeypatch: Any) -> None:
    workshop = apart(notes="everyone")
    workshop.write("maiwenn", *"abcdef")
    monkeypatch.setattr(rules, "NOTES", 3)
    workshop.write("claire", "un", "deux", "trois")
    one = (ask.NewNote(text="x"),)
    assert workshop.refused("loic", ask.AddNotes(board=workshop.desk("loic"), notes=one)) == "too_many_notes"


def test_N9_a_harvested_note_changes_as_any_other() -> None:
    workshop = found()
    note = harvested(workshop, "un")[0]
    workshop.do("claire", ask.EditNote(note=note.id, text="mieux dit", edition=1))
    assert workshop.note("un").text == "un"


def test_G11_G19_the_ideas_of_the_convocations_travel_from_one_to_two_to_four_to_all() -> None:
    workshop, scene = convocations()
    people = [person["nom"].lower() for person in scene["personnes"]]
    workshop.enter("ecrire")
    for who in people:
        workshop.write(who, f"seul\u00a0: {who}", zone=workshop.zone("Toutes"))
    for nth in (1, 2):
        block = workshop.block("ecrire", nth)
        assert block.groups
        workshop.do("nadia", ask.EnterBlock(block=block.id), after=MINUTE)
        plan = block.groups
        workshop.do("nadia", ask.DrawGroups(block=block.id, mode=plan.mode, size=plan.size, mix=plan.mix))
        workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
        for group in workshop.groups():
            members = sorted(workshop.members(group.id))
            mine = {f"seul\u00a0: {who}" for who in members}
            assert {who: set(workshop.reads(who)) for who in members} == dict.fromkeys(members, mine)
    for group, ideas in zip(workshop.groups(), scene["idees"], strict=True):
        workshop.write(min(workshop.members(group.id)), *ideas["notes"])
    kept = [ideas["retenue"] for ideas in scene["idees"]]
    workshop.enter("lire")
    notes = harvested(workshop, *kept)
    names = {group.id: group.name for group in workshop.groups()}
    carried = {note.text: names[note.group] for note in notes}
    assert carried == dict(zip(kept, ("Groupe 1", "Groupe 2", "Groupe 3"), strict=True))
    for who in people:
        assert set(kept) <= set(workshop.reads(who))
        others = {idea for ideas in scene["idees"] for idea in ideas["notes"]} - set(kept)
        theirs = set(scene["idees"][[group.id for group in workshop.groups()].index(workshop.group(who).id)]["notes"])
        assert set(workshop.reads(who)) & others <= theirs
    assert workshop.folded() == workshop.state
