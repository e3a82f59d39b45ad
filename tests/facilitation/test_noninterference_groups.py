"""G13. What one group does on its board is neither seen nor felt by anyone else but the facilitators: two runs that differ
only in that are the same, byte for byte. Planted faults show that the comparison can fail.
"""

from __future__ import annotations

from random import Random
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import authors, clusters, notes, reach, sight
from facilitation import commands as ask
from facilitation.records import Cluster, Note, Record, Seat
from facilitation.rejections import Refused
from facilitation.sight import view
from facilitation.state import Change, Set, State, to_stored
from tests.facilitation.storm import ALL_RIGHTS
from tests.facilitation.workshop import SECOND, Workshop, apart

GROUP = ("claire", "loic")
STEPS = 8

Doings = list[list[tuple[str, str, int]]]

ACTS = ("add", "edit", "move", "gather", "split", "dissolve", "rename", "withdraw", "restore", "propose", "call", "plenary")
DOINGS: st.SearchStrategy[Doings] = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(GROUP),
            st.sampled_from(ACTS),
            st.integers(0, 400),
        ),
        max_size=4,
    ),
    min_size=STEPS,
    max_size=STEPS,
)


def work_apart(workshop: Workshop, who: str, what: str, number: int) -> None:
    """Something that a member of the group does on its board; `number` chooses the text's length, the note or the place."""
    board = workshop.group(who).board
    zone = ("", workshop.zone("Le vent", board), workshop.zone("L’île", board))[number % 3]
    seen = workshop.sees(who).values()
    shown = [one.id for one in seen if isinstance(one, Note) and one.board == board] or ["none"]
    note = shown[number % len(shown)]
    piles = [one.id for one in seen if isinstance(one, Cluster) and one.board == board] or ["none"]
    cluster = piles[number % len(piles)]
    new = (ask.NewNote(text="g" * (1 + number), zone=zone),) * (1 + number % 3)
    commands: dict[str, ask.Command] = {
        "add": ask.AddNotes(board=board, block=workshop.state.session.block, notes=new),
        "plenary": ask.AddNotes(board=workshop.board.id, notes=new),
        "edit": ask.EditNote(note=note, text="t" * (1 + number), edition=number % 3),
        "move": ask.MoveNotes(moves=(ask.NoteMove(note=note, zone=zone, x=float(number), y=90.0),)),
        "gather": ask.GatherNotes(notes=(note,), title="t" * (number % 9)),
        "split": ask.SplitCluster(cluster=cluster, notes=(note,)),
        "dissolve": ask.DissolveCluster(cluster=cluster),
        "rename": ask.RenameCluster(cluster=cluster, title="t" * (number % 9)),
        "withdraw": ask.WithdrawNotes(notes=(note,)),
        "restore": ask.RestoreNotes(notes=(note,)),
        "propose": ask.ProposeNote(board=board, text="p", zone=zone),
        "call": ask.RaiseHand(reason="help"),
    }
    workshop.when(who, commands[what])


def meanwhile(workshop: Workshop, rng: Random) -> None:
    """Something that someone else does, chosen from what they see; facilitators only what is about everyone."""
    who = rng.choice(("maiwenn", "table", "maiwenn", "table", "anna", "nadia"))
    seen = () if who == "nadia" else workshop.sees(who).values()
    shown = [one.id for one in seen if isinstance(one, Note)] or ["none"]
    piles = [one.id for one in seen if isinstance(one, Cluster)] or ["none"]
    board, note = workshop.desk(who), rng.choice(shown)
    zone = rng.choice(("", workshop.zone("Le vent", board)))
    theirs: tuple[ask.Command, ...] = (
        ask.AddNotes(board=board, notes=(ask.NewNote(text="o", zone=zone),) * rng.randint(1, 3)),
        ask.EditNote(note=note, text="autre", edition=1), ask.MoveNotes(moves=(ask.NoteMove(note=note, zone=zone),)),
        ask.GatherNotes(notes=(note, rng.choice(shown))), ask.ReleaseNotes(notes=(note,)), ask.WithdrawNotes(notes=(note,)),
        ask.SplitCluster(cluster=rng.choice(piles), notes=(note,)), ask.AddSheet(type="parking", what="p"), ask.RaiseHand(),
    )  # fmt: skip
    everyone_s: tuple[ask.Command, ...] = (
        ask.AdjustTimer(seconds=60), ask.Announce(text="a"), ask.StepIn(group=workshop.group("maiwenn").id),
        ask.AddGroup(partition=workshop.partition.id), ask.LockSession(locked=rng.random() < 0.2),
        ask.Join(seat=f"seat-late{rng.randint(0, 2)}", name="Tard", role="participant"),
    )  # fmt: skip
    command = rng.choice(everyone_s if who == "nadia" else theirs)
    workshop.when("" if isinstance(command, ask.Join) else who, command)


def run(doings: Doings, seed: int, authors: Any = "shown", visible: Any = "everyone") -> dict[str, bytes]:
    """What everybody but one group and the facilitators is told while groups work, and after they came back."""
    workshop = apart(seed=f"run {seed}", notes=visible, authors=authors, rights=ALL_RIGHTS)
    workshop.join("anna")
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-anna", group=""))
    for step, acts in enumerate(doings):
        workshop.at += SECOND
        for who, what, number in acts:
            work_apart(workshop, who, what, number)
        meanwhile(workshop, Random(f"{seed} {step}"))
    workshop.do("nadia", ask.LockSession(locked=False))
    workshop.enter("lire")
    workshop.when("maiwenn", ask.AddNotes(board=workshop.board.id, notes=(ask.NewNote(text="ensemble"),)))
    return transcript(workshop)


def transcript(workshop: Workshop) -> dict[str, bytes]:
    """All that each audience but the group's own and the facilitators' was sent and sees; and every answer that others got."""
    apart = {f"seat:seat-{who}" for who in (*GROUP, "nadia", "etienne")} | {f"group:{workshop.group(GROUP[0]).id}"}
    groups = {f"group:{group.id}" for group in workshop.groups()}
    seats = {f"seat:{id}" for id in workshop.state.table("seat")}
    told = {}
    for audience in sorted(({"everyone"} | groups | seats) - apart):
        patches = [to_stored(sent[audience]) for sent in workshop.sent if audience in sent]
        told[audience] = packed([patches, [repr(record) for record in view(workshop.state, audience).values()]])
    told["answers"] = packed([answer for answer in workshop.answers if answer[0] not in GROUP])
    return told


def packed(value: Any) -> bytes:
    """Bytes of plain values."""
    raw: bytes = msgpack.packb(value)
    return raw


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    one=DOINGS,
    other=DOINGS,
    seed=st.integers(0, 50),
    authors=st.sampled_from(("shown", "hidden")),
    visible=st.sampled_from(("everyone", "author")),
)
def test_G13_what_one_group_does_changes_nothing_for_anyone_else(
    one: Doings, other: Doings, seed: int, authors: str, visible: str
) -> None:
    assert run(one, seed, authors, visible) == run(other, seed, authors, visible)


# --- faults that must be caught ----------------------------------------------------------------------------------

LOUD: Doings = [[("claire", "add", 3), ("loic", "add", 5), ("claire", "gather", 0)]] * STEPS
QUIET: Doings = [[]] * STEPS


def caught() -> bool:
    """Whether the comparison tells a loud group from a quiet one for some seed."""
    return any(run(LOUD, seed) != run(QUIET, seed) for seed in range(8))


def test_G13_without_a_fault_even_the_loudest_group_is_silent() -> None:
    assert not caught()


@pytest.mark.parametrize("kind", [Note, Cluster])
def test_G13_a_group_s_work_told_to_everyone_is_caught(kind: type[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    honest = sight.audiences
    monkeypatch.setattr(sight, "audiences", lambda record: sight.EVERYONE if isinstance(record, kind) else honest(record))
    assert caught()


def test_G13_a_limit_that_counts_other_groups_notes_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_them(state: State, seat: object, more: int) -> None:
        if sum(1 for _ in state.all(Note)) + more > 20:
            raise Refused("too_many_notes", limit=20)

    monkeypatch.setattr(notes, "below_limit", all_of_them)
    assert caught()


def test_G13_a_name_made_known_to_all_by_writing_in_a_group_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = authors.signed

    def named(state: State, note: Note, authorship: Any) -> tuple[Change, ...]:
        seat = state.find(Seat, authorship.seat)
        known = (Set("seat", seat.id, {"scope": "everyone"}),) if seat and seat.scope != "everyone" else ()
        return quiet(state, note, authorship) + known

    monkeypatch.setattr(notes, "signed", named)
    assert caught()


def test_G13_places_that_feel_another_board_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def everywhere(state: State, board: str, seat: Any = None) -> Any:
        return (note for note in state.all(Note) if reach.public(note))

    monkeypatch.setattr(notes, "known_notes", everywhere)
    monkeypatch.setattr(clusters, "known_notes", everywhere)
    assert caught()
