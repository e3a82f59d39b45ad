"""Working apart: each group on its own board, latecomers, stepping in, coming back. Nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from facilitation import commands as ask
from facilitation.records import Authorship, Board, Cluster, GroupPlan, Note, Timer, Zone
from facilitation.sight import parts
from facilitation.state import Remove
from tests.facilitation.workshop import MINUTE, SECOND, Workshop, apart, opened

OPEN_HOUSE: dict[str, Any] = {"notes": "everyone", "authors": "shown"}
RIGHTS = {"participant": ("add", "edit", "move", "cluster", "sheet", "park")}


def board_of(workshop: Workshop, who: str) -> Board:
    """The board of somebody's group."""
    board: Board = workshop.get("board", workshop.group(who).board)
    return board


# --- starting ----------------------------------------------------------------------------------------------------


def test_G9_each_group_gets_its_own_copy_of_the_board_and_its_members_the_sight_of_it() -> None:
    workshop = apart()
    mine, theirs = workshop.group("claire"), workshop.group("maiwenn")
    assert workshop.group("loic") == mine
    assert workshop.group("table") == theirs != mine
    plenary, copy = workshop.board, board_of(workshop, "claire")
    assert (copy.title, copy.group, copy.scope) == ("Groupe 1", mine.id, f"group:{mine.id}")
    assert (copy.width, copy.background, copy.tints) == (plenary.width, plenary.background, plenary.tints)
    zones = [(zone.title, zone.rank, zone.x, zone.tint) for zone in workshop.state.all(Zone) if zone.board == plenary.id]
    copies = [zone for zone in workshop.state.all(Zone) if zone.board == copy.id]
    assert sorted((zone.title, zone.rank, zone.x, zone.tint) for zone in copies) == sorted(zones)
    assert {zone.scope for zone in copies} == {copy.scope}
    people = ("claire", "maiwenn", "guest", "wall", "nadia")
    seen = {who: {id for kind, id in workshop.sees(who) if kind == "board"} for who in people}
    assert seen["claire"] == {plenary.id, copy.id}
    assert seen["maiwenn"] == {plenary.id, theirs.board}
    assert seen["guest"] == seen["wall"] == {plenary.id}
    assert seen["nadia"] == {plenary.id, copy.id, theirs.board}


def test_G9_members_know_each_other_by_name_and_everyone_knows_which_groups_there_are() -> None:
    workshop = apart()
    assert ("seat", "seat-loic") in workshop.sees("claire")
    assert ("seat", "seat-maiwenn") not in workshop.sees("claire")
    assert {name for kind, name in workshop.sees("wall") if kind == "group"} == {group.id for group in workshop.groups()}
    assert not [kind for kind, _ in workshop.sees("claire") if kind == "placement"]
    assert parts(workshop.seat("claire")) == ("everyone", f"group:{workshop.group('claire').id}", "seat:seat-claire")


def test_G9_groups_start_once_in_their_own_step_with_someone_in_them() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.part("claire loic", start=False)
    late = workshop.partition.id
    workshop.do("nadia", ask.EditBlock(block=workshop.block("ecrire").id, view="resultat"))
    assert workshop.refused("nadia", ask.StartGroups(partition=late)) == "no_groups_here"
    workshop.do("nadia", ask.EditBlock(block=workshop.block("resultat").id, view="ecrire"))
    assert workshop.refused("nadia", ask.StartGroups(partition="ghost")) == "unknown_record"
    workshop.enter("lire")
    assert workshop.refused("nadia", ask.StartGroups(partition=late)) == "changed_meanwhile"
    workshop.part(start=False)
    assert workshop.refused("nadia", ask.StartGroups(partition=workshop.partition.id)) == "nobody_to_group"
    workshop.part("claire", "loic")
    assert workshop.do("etienne", ask.StartGroups(partition=workshop.partition.id)) == ()


def test_G9_an_empty_group_does_not_start_and_who_is_in_none_stays_in_the_plenary() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("ecrire").id, mode="hand", size=2))
    one = workshop.groups()[0].id
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-claire", group=one))
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
    assert [group.id for group in workshop.groups()] == [one]
    assert workshop.seat("loic").group == ""
    workshop.write("loic", "en plénière")
    assert workshop.note("en plénière").board == workshop.board.id


def test_G9_votes_and_groups_wait_for_each_other() -> None:
    workshop = opened()
    workshop.enter("voter", 1)
    workshop.open_round(nth=1)
    block = workshop.block("voter", 1)
    workshop.do("nadia", ask.EditBlock(block=block.id, view="ecrire"))
    workshop.part("claire", "loic", start=False)
    assert workshop.refused("nadia", ask.StartGroups(partition=workshop.partition.id)) == "round_open"
    workshop.do("nadia", ask.CloseRound(round=workshop.round.id))
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
    assert workshop.refused("nadia", ask.OpenRound(block=block.id)) == "groups_running"


def test_G9_other_groups_start_only_once_these_are_back() -> None:
    workshop = apart()
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="random"))
    following = workshop.partition.id
    workshop.enter("lire")
    workshop.do("nadia", ask.StartGroups(partition=following))
    assert workshop.get("partition", following).status == "running"


def test_G9_a_step_at_work_in_groups_keeps_its_board() -> None:
    workshop = apart(**OPEN_HOUSE)
    assert workshop.refused("nadia", ask.EditBlock(block=workshop.block("ecrire").id, board="")) == "groups_running"
    mine = workshop.group("claire").board
    assert workshop.refused("nadia", ask.EditBlock(block=workshop.block("lire").id, board=mine)) == "bad_choice"
    workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id))
    workshop.do("nadia", ask.EditBlock(block=workshop.block("lire").id, board=mine))


@pytest.mark.parametrize(("seconds", "total"), [({"seconds": 240}, 240), ({}, 600)])
def test_G10_the_one_timer_starts_anew_for_the_groups(seconds: dict[str, int], total: int) -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.part("claire", "loic", start=False)
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id, **seconds), after=MINUTE)
    timer = workshop.state.find(Timer, "timer")
    assert timer
    assert (timer.total, timer.deadline) == (total * SECOND, workshop.at + total * SECOND)


def test_G10_a_step_without_minutes_runs_its_groups_without_a_timer() -> None:
    workshop = opened()
    workshop.do("nadia", ask.EditBlock(block=workshop.block("ecrire").id, minutes=0))
    workshop.enter("ecrire")
    workshop.do("nadia", ask.StartTimer(seconds=60))
    workshop.part("claire", "loic", start=False)
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
    assert workshop.state.find(Timer, "timer") is None


# --- carrying ----------------------------------------------------------------------------------------------------


def alone_then_in_pairs(**plan: Any) -> Workshop:
    """Everyone wrote for themselves; the next step, in the open, takes notes along to the groups."""
    workshop = opened()
    lire = workshop.block("lire").id
    carry = GroupPlan(carry=True, **plan)
    workshop.do("nadia", ask.EditBlock(block=lire, view="ecrire", groups=carry, rights=RIGHTS))  # type: ignore[arg-type]
    workshop.enter("ecrire")
    workshop.write("claire", "à moi", zone=workshop.zone("L’ancre"))
    workshop.write("loic", "à lui")
    workshop.write("maiwenn", "à elle")
    workshop.do("nadia", ask.EnterBlock(block=lire), after=MINUTE)
    workshop.part("claire loic", "table")
    return workshop


def test_G11_what_members_wrote_for_themselves_goes_along_and_shows_itself_to_the_group() -> None:
    workshop = alone_then_in_pairs()
    note = workshop.note("à moi")
    assert note.board == board_of(workshop, "claire").id
    assert workshop.get("zone", note.zone).title.startswith("L’ancre")
    assert (note.zone, note.scope) == (workshop.zone("L’ancre", note.board), board_of(workshop, "claire").scope)
    assert workshop.reads("claire") == workshop.reads("loic") == ["à lui", "à moi"]
    assert workshop.reads("maiwenn") == ["à elle"], "who is in no group keeps theirs for later"
    assert workshop.reads("table") == workshop.reads("wall") == []
    assert workshop.reads("nadia") == ["à lui", "à moi"]
    assert workshop.get("authorship", note.id).scope == "author", "hidden authors stay hidden in the group too"


def test_G11_without_the_plan_to_carry_them_notes_stay_where_they_hide() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.write("claire", "à moi")
    workshop.part("claire", "loic")
    assert workshop.note("à moi").board == workshop.board.id
    assert workshop.reads("loic") == []


def test_G11_a_withdrawn_note_goes_along_and_can_still_come_back() -> None:
    workshop = opened()
    workshop.do("nadia", ask.EditBlock(block=workshop.block("lire").id, view="ecrire", groups=GroupPlan(carry=True)))
    workshop.enter("ecrire")
    note = workshop.write("claire", "reprise")[0].id
    workshop.do("claire", ask.WithdrawNotes(notes=(note,)))
    workshop.enter("ecrire", 1)
    workshop.part("claire loic")
    assert workshop.reads("loic") == []
    workshop.do("claire", ask.RestoreNotes(notes=(note,)))
    assert workshop.reads("loic") == ["reprise"]


def test_G11_what_a_moved_person_wrote_goes_with_the_shared_device() -> None:
    workshop = opened()
    workshop.do("nadia", ask.EditBlock(block=workshop.block("lire").id, view="ecrire", groups=GroupPlan(carry=True)))
    workshop.enter("ecrire")
    workshop.write("claire", "sur mon téléphone")
    workshop.do("nadia", ask.MoveToDevice(seat="seat-claire", device="seat-table"))
    workshop.enter("ecrire", 1)
    workshop.part("table", "loic")
    assert workshop.seat("claire").group == workshop.seat("table").group
    assert workshop.reads("table") == ["sur mon téléphone"]


def test_G11_merging_pours_the_boards_of_those_who_join_into_one_and_loses_nothing() -> None:
    workshop = alone_then_in_pairs()
    plan = GroupPlan(mode="merge", carry=True)
    workshop.do("nadia", ask.EditBlock(block=workshop.block("regrouper").id, view="ecrire", groups=plan))
    workshop.do("claire", ask.GatherNotes(notes=(workshop.note("à moi").id, workshop.note("à lui").id), title="Ensemble"))
    workshop.write("table", "à nous", "de côté")
    workshop.do("nadia", ask.SetAside(notes=(workshop.note("de côté").id,), aside=True))
    former = {workshop.group(who).board for who in ("claire", "table")}
    before = {(note.id, note.text) for note in workshop.state.all(Note)}
    workshop.do("nadia", ask.EnterBlock(block=workshop.block("ecrire", 2).id))
    workshop.part(mode="merge")
    board = board_of(workshop, "claire")
    assert board.id not in former
    assert workshop.seat("claire").group == workshop.seat("table").group == workshop.seat("maiwenn").group
    assert {(note.id, note.text) for note in workshop.state.all(Note)} == before
    here = {note.text: note for note in workshop.state.all(Note) if note.board == board.id}
    assert set(here) == {"à moi", "à lui", "à nous", "de côté"}
    assert {note.scope for note in here.values()} == {board.scope}
    cluster = workshop.get("cluster", here["à moi"].cluster)
    assert (cluster.title, cluster.board, cluster.scope) == ("Ensemble", board.id, board.scope)
    assert here["à lui"].cluster == cluster.id
    assert here["de côté"].aside
    assert workshop.reads("claire") == ["à lui", "à moi", "à nous"]


# --- writing apart -----------------------------------------------------------------------------------------------


def test_G12_while_groups_run_each_writes_on_its_own_board_and_sees_no_other() -> None:
    workshop = apart(notes="everyone")
    workshop.write("claire", "chez nous")
    assert workshop.reads("loic") == workshop.reads("nadia") == ["chez nous"]
    assert workshop.reads("maiwenn") == workshop.reads("guest") == workshop.reads("wall") == []
    one = (ask.NewNote(text="x"),)
    theirs = ask.AddNotes(board=workshop.group("maiwenn").board, notes=one)
    assert workshop.refused("claire", theirs) == "unknown_record"
    assert workshop.refused("claire", ask.AddNotes(board=workshop.board.id, notes=one)) == "not_allowed"
    workshop.do("nadia", theirs)
    assert workshop.reads("maiwenn") == ["x"]


def test_G12_a_note_written_in_secret_hides_within_the_group_until_the_reveal() -> None:
    workshop = apart()
    workshop.write("claire", "secret")
    workshop.write("maiwenn", "autre secret")
    assert workshop.reads("loic") == workshop.reads("nadia") == []
    workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
    assert workshop.reads("loic") == ["secret"]
    assert workshop.reads("table") == ["autre secret"]
    assert workshop.reads("wall") == []
    assert workshop.note("secret").scope == board_of(workshop, "claire").scope


def test_G12_where_authors_show_the_group_alone_knows_them() -> None:
    workshop = apart(**OPEN_HOUSE)
    note = workshop.write("claire", "signé")[0]
    assert set(workshop.sent[-1]) == {"facilitators", f"group:{workshop.group('claire').id}"}
    assert ("authorship", note.id) in workshop.sees("loic")
    assert ("authorship", note.id) not in workshop.sees("maiwenn")
    assert workshop.seat("claire").scope == "facilitators"


def test_G12_a_cluster_of_a_group_is_the_group_s() -> None:
    workshop = apart(notes="everyone", rights=RIGHTS)
    notes = tuple(note.id for note in workshop.write("claire", "un", "deux", "trois"))
    workshop.do("loic", ask.GatherNotes(notes=notes[:2], title="À nous"))
    workshop.do("loic", ask.SplitCluster(cluster=workshop.note("un").cluster, notes=notes[:1]))
    assert {one.scope for one in workshop.state.all(Cluster)} == {board_of(workshop, "claire").scope}
    assert set(workshop.sent[-1]) == {"facilitators", f"group:{workshop.group('claire').id}"}


def test_G12_what_is_of_another_group_answers_as_what_never_was() -> None:
    workshop = apart(notes="everyone", rights=RIGHTS)
    notes = [note.id for note in workshop.write("claire", "un", "deux")]
    workshop.do("claire", ask.GatherNotes(notes=(notes[0],), title="t"))
    cluster, board = workshop.note("un").cluster, workshop.group("claire").board
    zone = workshop.zone("L’ancre", board)
    mine = workshop.write("maiwenn", "à elle")[0].id
    commands: list[ask.Command] = [
        ask.EditNote(note=notes[0], text="x", edition=1), ask.MoveNotes(moves=(ask.NoteMove(note=notes[1]),)),
        ask.TintNotes(notes=(notes[1],), tint=""), ask.WithdrawNotes(notes=(notes[1],)), ask.RestoreNotes(notes=(notes[1],)),
        ask.GatherNotes(notes=(notes[1],)), ask.GatherNotes(notes=(mine,), cluster=cluster), ask.ReleaseNotes(notes=(notes[0],)),
        ask.RenameCluster(cluster=cluster, title="x"), ask.MoveCluster(cluster=cluster, x=0, y=0),
        ask.MergeClusters(into=cluster, clusters=(cluster,)), ask.SplitCluster(cluster=cluster, notes=(notes[0],)),
        ask.DissolveCluster(cluster=cluster), ask.ProposeNote(board=board, text="x"),
        ask.AddNotes(board=board, notes=(ask.NewNote(text="x"),)),
        ask.MoveNotes(moves=(ask.NoteMove(note=mine, cluster=cluster),)),
        ask.AddSheet(type="action", what="x", origin=notes[0]), ask.AddSheet(type="action", what="x", origin=cluster),
    ]  # fmt: skip
    assert {workshop.refused("maiwenn", command) for command in commands} == {"unknown_record"}
    assert workshop.refused("maiwenn", ask.MoveNotes(moves=(ask.NoteMove(note=mine, zone=zone),))) == "unknown_zone"


def test_G12_a_sheet_is_everyone_s_and_comes_from_no_group_s_note() -> None:
    workshop = apart(notes="everyone", rights=RIGHTS)
    note = workshop.write("claire", "un")[0].id
    for who in ("claire", "nadia"):
        assert workshop.refused(who, ask.AddSheet(type="action", what="x", origin=note)) == "still_hidden"
    workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id))
    workshop.do("claire", ask.AddSheet(type="action", what="x", origin=note))


def test_G12_a_text_begun_just_before_a_change_of_board_gets_in() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.part("claire loic")
    plenary = ask.AddNotes(board=workshop.board.id, notes=(ask.NewNote(text="juste avant"),))
    workshop.do("claire", plenary, after=3 * SECOND)
    assert workshop.refused("claire", plenary, after=1) == "not_allowed"
    own = ask.AddNotes(board=workshop.group("claire").board, notes=(ask.NewNote(text="presque"),))
    workshop.recall()
    workshop.do("claire", own, after=3 * SECOND)
    assert workshop.refused("claire", own, after=1) == "time_over"
    workshop.do("claire", plenary)
    workshop.do("claire", ask.ProposeNote(board=workshop.group("claire").board, text="trop tard"))
    assert "trop tard" in workshop.reads("nadia")
    assert "trop tard" not in workshop.reads("loic")


def test_G12_a_facilitator_types_for_who_sees_the_board() -> None:
    workshop = apart(notes="everyone")
    board = workshop.group("claire").board
    typed = (ask.NewNote(text="dit à voix haute", seat="seat-loic"),)
    workshop.do("nadia", ask.AddNotes(board=board, notes=typed))
    elsewhere = (ask.NewNote(text="x", seat="seat-maiwenn"),)
    assert workshop.refused("nadia", ask.AddNotes(board=board, notes=elsewhere)) == "unknown_record"


# --- coming back -------------------------------------------------------------------------------------------------


def test_G14_recall_brings_everyone_back_and_loses_nothing() -> None:
    workshop = apart(notes="everyone")
    workshop.write("claire", "gardé")
    before = set(workshop.state.all(Note))
    workshop.recall()
    assert (workshop.partition.status, workshop.partition.ended_at) == ("over", workshop.at)
    assert workshop.state.find(Timer, "timer") is None
    assert set(workshop.state.all(Note)) == before
    assert workshop.reads("loic") == ["gardé"], "what was seen is never narrowed"
    assert workshop.do("nadia", ask.RecallGroups(partition=workshop.partition.id)) == ()
    assert workshop.refused("nadia", ask.RecallGroups(partition="ghost")) == "unknown_record"
    workshop.do("loic", ask.WithdrawNotes(notes=(workshop.write("loic", "en plénière")[0].id,)))
    workshop.do("claire", ask.EditNote(note=workshop.note("gardé").id, text="corrigé", edition=1))


def test_G14_a_recall_that_came_too_early_is_undone_on_the_same_boards() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.part("claire", "loic")
    before = {group.id: group.board for group in workshop.groups()}
    workshop.recall()
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id, seconds=60))
    assert workshop.partition.status == "running" and not workshop.partition.ended_at
    assert {group.id: group.board for group in workshop.groups()} == before
    assert workshop.state.get("timer", "timer").total == 60_000
    workshop.recall()
    workshop.enter("lire")
    assert workshop.refused("nadia", ask.StartGroups(partition=workshop.partition.id)) == "changed_meanwhile"


def test_G14_entering_a_step_and_ending_recall_by_themselves() -> None:
    workshop = apart()
    workshop.enter("lire")
    assert workshop.partition.status == "over"
    timer = workshop.state.find(Timer, "timer")
    assert timer and timer.block == workshop.block("lire").id
    workshop = apart()
    changes = workshop.do("nadia", ask.EndSession())
    assert workshop.partition.status == "over"
    assert [item for item in changes if isinstance(item, Remove)] == [Remove("timer", "timer")]


def test_G14_other_groups_take_the_place_of_the_first() -> None:
    workshop = apart(notes="everyone")
    workshop.write("claire", "d’abord")
    workshop.recall()
    workshop.part("claire maiwenn", "loic")
    assert workshop.reads("loic") == workshop.reads("maiwenn") == []
    assert workshop.seat("table").group == ""
    assert workshop.reads("nadia") == ["d’abord"]


# --- stepping in, showing ----------------------------------------------------------------------------------------


def test_G16_a_facilitator_steps_in_and_the_members_see_so() -> None:
    workshop = apart()
    group = workshop.group("claire")
    assert ("seat", "seat-nadia") not in workshop.sees("claire")
    workshop.do("nadia", ask.StepIn(group=group.id))
    assert workshop.sees("claire")["seat", "seat-nadia"].group == group.id  # type: ignore[attr-defined]
    assert ("seat", "seat-nadia") not in workshop.sees("maiwenn")
    assert parts(workshop.seat("nadia")) == ("everyone", "facilitators", "seat:seat-nadia")
    workshop.do("nadia", ask.StepIn())
    assert ("seat", "seat-nadia") not in workshop.sees("claire")
    assert workshop.refused("nadia", ask.StepIn(group="ghost")) == "unknown_record"
    assert workshop.refused("claire", ask.StepIn(group=group.id)) == "not_allowed"
    workshop.recall()
    assert workshop.refused("nadia", ask.StepIn(group=group.id)) == "groups_over"


def test_G17_a_group_s_board_goes_before_everyone_with_its_authors_as_signed_and_never_back() -> None:
    workshop = apart(**OPEN_HOUSE, rights=RIGHTS)
    note, aside = (one.id for one in workshop.write("claire", "montré", "de côté"))
    workshop.do("claire", ask.GatherNotes(notes=(note,), title="Groupe de notes"))
    workshop.do("nadia", ask.SetAside(notes=(aside,), aside=True))
    workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id))
    assert workshop.reads("maiwenn") == workshop.reads("wall") == ["montré"]
    seen = workshop.sees("wall")
    board, cluster = workshop.group("claire").board, workshop.note("montré").cluster
    assert {("board", board), ("cluster", cluster), ("authorship", note)} <= set(seen)
    assert seen["seat", "seat-claire"].name == "Claire"  # type: ignore[attr-defined]
    assert {zone.scope for zone in workshop.state.all(Zone) if zone.board == workshop.group("claire").board} == {"everyone"}
    assert workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id)) == ()
    workshop.do("nadia", ask.SetAside(notes=(aside,), aside=False))
    assert "de côté" in workshop.reads("maiwenn")
    workshop.write("loic", "depuis")
    assert "depuis" in workshop.reads("maiwenn")


def test_G17_what_still_hides_there_goes_on_hiding() -> None:
    workshop = apart()
    workshop.write("claire", "secret")
    workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id))
    assert workshop.reads("loic") == workshop.reads("wall") == []
    workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
    assert workshop.reads("wall") == ["secret"]


def test_G17_a_draft_has_nothing_to_show() -> None:
    workshop = opened()
    workshop.enter("ecrire")
    workshop.part("claire", start=False)
    assert workshop.refused("nadia", ask.ShowGroup(group=workshop.groups()[0].id)) == "unknown_record"
    assert workshop.refused("nadia", ask.ShowGroup(group="ghost")) == "unknown_record"
    assert workshop.refused("nadia", ask.StepIn(group=workshop.groups()[0].id)) == "unknown_record"


def test_G9_a_step_without_a_board_lets_people_talk_apart() -> None:
    workshop = opened()
    workshop.part("claire", "loic")
    assert {group.board for group in workshop.groups()} == {""}
    assert workshop.seat("claire").group == workshop.groups()[0].id


def test_G14_what_was_written_apart_is_the_log_s_too() -> None:
    workshop = apart()
    workshop.write("claire", "secret")
    workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
    workshop.do("nadia", ask.ShowGroup(group=workshop.group("claire").id))
    workshop.recall()
    assert workshop.folded() == workshop.state
    sealed = [one for one in workshop.state.all(Authorship) if one.sealed]
    assert len(sealed) == 1
