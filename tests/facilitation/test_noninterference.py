"""P1 of the privacy rules, at the level of decisions: two runs that differ only in what one person keeps secret are
the same, byte for byte, for everybody else. Frames and times are the live session's to prove.

Planted faults show that the comparison can fail: each must be caught.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from random import Random
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as ask
from facilitation import notes, sight
from facilitation.context import Context
from facilitation.records import Note, Receipt, Record
from facilitation.rejections import Refused
from facilitation.sight import view
from facilitation.state import State, to_stored
from tests.facilitation.storm import ALL_RIGHTS
from tests.facilitation.workshop import SECOND, Workshop, opened, voting

SECRET = "claire"
STEPS = 10

Secrets = list[list[tuple[str, int]]]
Transcript = dict[str, bytes]

SECRETS: st.SearchStrategy[Secrets] = st.lists(
    st.lists(st.tuples(st.sampled_from(("add", "edit", "move", "withdraw", "restore", "tint")), st.integers(0, 400)), max_size=4),
    min_size=STEPS,
    max_size=STEPS,
)
BALLOTS: st.SearchStrategy[Secrets] = st.lists(
    st.lists(st.tuples(st.sampled_from(("first", "second", "both", "none", "abstain")), st.integers(0, 2)), max_size=3),
    min_size=STEPS,
    max_size=STEPS,
)


# --- what the one keeps secret -----------------------------------------------------------------------------------


def write_in_secret(workshop: Workshop, what: str, number: int) -> None:
    """One secret act of writing; `number` chooses its text's length, its note or its place."""
    zone = ("", workshop.zone("Le vent"), workshop.zone("L’île"))[number % 3]
    if what == "add":
        texts = (ask.NewNote(text="s" * (1 + number), zone=zone),) * (1 + number % 3)
        workshop.when(SECRET, ask.AddNotes(board=workshop.board.id, block=workshop.state.session.block, notes=texts))
        return
    mine = [id for kind, id in view(workshop.state, f"seat:seat-{SECRET}") if kind == "note"]
    if not mine:
        return
    note = mine[number % len(mine)]
    commands: dict[str, ask.Command] = {
        "edit": ask.EditNote(note=note, text="t" * (1 + number), edition=number % 3),
        "move": ask.MoveNotes(moves=(ask.NoteMove(note=note, zone=zone, x=float(number), y=90.0),)),
        "withdraw": ask.WithdrawNotes(notes=(note,)),
        "restore": ask.RestoreNotes(notes=(note,)),
        "tint": ask.TintNotes(notes=(note,), tint=""),
    }
    workshop.when(SECRET, commands[what])


def vote_in_secret(workshop: Workshop, what: str, number: int) -> None:
    """One secret act of voting."""
    first, second = (option.id for option in workshop.round.options)
    marks = {"first": {first: 1 + number % 2}, "second": {second: 1}, "both": {first: 1, second: 2}}.get(what, {})
    workshop.when(SECRET, ask.CastBallot(round=workshop.round.id, marks=marks, abstains=what == "abstain"))


# --- what everybody else does ------------------------------------------------------------------------------------


def work(workshop: Workshop, rng: Random) -> None:
    """Something that someone else does, chosen from what they see."""
    who = rng.choice(("nadia", "etienne", "loic", "maiwenn", "table"))
    seen = [id for kind, id in workshop.sees(who) if kind == "note"] or ["none"]
    zone = rng.choice(("", workshop.zone("Le vent"), workshop.zone("L’île")))
    note = rng.choice(seen)
    lire = workshop.block("lire").id
    command: ask.Command = rng.choice((
        ask.AddNotes(board=workshop.board.id, notes=(ask.NewNote(text="o", zone=zone),) * rng.randint(1, 3)),
        ask.AddNotes(board=workshop.board.id, block=lire, notes=(ask.NewNote(text="o", zone=zone),)),
        ask.ProposeNote(board=workshop.board.id, text="tard", zone=zone), ask.EditNote(note=note, text="autre", edition=1),
        ask.MoveNotes(moves=(ask.NoteMove(note=note, zone=zone),)), ask.SetAside(notes=(note,), aside=rng.random() < 0.5),
        ask.GatherNotes(notes=(note, rng.choice(seen))), ask.ReleaseNotes(notes=(note,)), ask.WithdrawNotes(notes=(note,)),
        ask.RestoreNotes(notes=(note,)), ask.AddSheet(type="parking", what="p"), ask.RaiseHand(), ask.Announce(text="a"),
    ))  # fmt: skip
    workshop.when(who, command)


def vote(workshop: Workshop, rng: Random) -> None:
    """A ballot from someone else."""
    who = rng.choice(("loic", "maiwenn", "table"))
    marks = {rng.choice(workshop.round.options).id: 1}
    head = rng.randint(1, 4) if who == "table" else 1
    workshop.when(who, ask.CastBallot(round=workshop.round.id, head=head, marks=marks, final=rng.random() < 0.5))


# --- the two runs ------------------------------------------------------------------------------------------------


def before_writing(seed: int) -> Workshop:
    """Everyone writes in silence on a board where public notes already stand."""
    workshop = opened(seed=f"run {seed}")
    workshop.do("nadia", ask.EditBlock(block=workshop.block("ecrire").id, rights=ALL_RIGHTS))  # type: ignore[arg-type]
    workshop.enter("lire")
    workshop.write("loic", "un", "deux", zone=workshop.zone("Le vent"))
    workshop.write("nadia", "trois", zone=workshop.zone("L’île"))
    workshop.enter("ecrire")
    return workshop


def writing_run(secrets: Secrets, seed: int) -> Transcript:
    """What everybody but one is told while all write."""
    workshop = before_writing(seed)
    for step, acts in enumerate(secrets):
        workshop.at += SECOND
        for what, number in acts:
            write_in_secret(workshop, what, number)
        work(workshop, Random(f"{seed} {step}"))
    return transcript(workshop)


def voting_run(secrets: Secrets, seed: int) -> Transcript:
    """What everybody but one is told while all vote."""
    workshop = voting(seed=f"run {seed}")
    workshop.open_round()
    for step, acts in enumerate(secrets):
        workshop.at += SECOND
        for what, number in acts:
            vote_in_secret(workshop, what, number)
        vote(workshop, Random(f"{seed} {step}"))
    return transcript(workshop)


def transcript(workshop: Workshop) -> Transcript:
    """All that each audience but the one's own was sent and sees, in bytes; and every answer that others got."""
    others = ["everyone", "facilitators", *(f"seat:{id}" for id in workshop.state.table("seat") if id != f"seat-{SECRET}")]
    told = {}
    for audience in others:
        patches = [to_stored(sent[audience]) for sent in workshop.sent if audience in sent]
        told[audience] = packed([patches, [repr(record) for record in view(workshop.state, audience).values()]])
    told["answers"] = packed([answer for answer in workshop.answers if answer[0] != SECRET])
    return told


def packed(value: Any) -> bytes:
    """Bytes of plain values."""
    raw: bytes = msgpack.packb(value)
    return raw


@settings(max_examples=200, deadline=None, derandomize=True)
@given(one=SECRETS, other=SECRETS, seed=st.integers(0, 50))
def test_V9_what_one_writes_in_secret_changes_nothing_for_anyone_else(one: Secrets, other: Secrets, seed: int) -> None:
    assert writing_run(one, seed) == writing_run(other, seed)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(one=BALLOTS, other=BALLOTS, seed=st.integers(0, 50))
def test_V9_how_one_votes_changes_nothing_for_anyone_else_until_the_close(one: Secrets, other: Secrets, seed: int) -> None:
    assert voting_run(one, seed) == voting_run(other, seed)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(changes=st.lists(st.sampled_from(("first", "second", "both")), max_size=4), seed=st.integers(0, 50))
def test_V9_how_often_one_changed_one_s_ballot_is_told_by_no_result(changes: list[str], seed: int) -> None:
    runs = []
    for acts in ([], changes):
        workshop = voting(seed=f"run {seed}")
        workshop.open_round()
        for what in (*acts, "both"):
            vote_in_secret(workshop, what, 0)
        vote(workshop, Random(seed))
        workshop.do("nadia", ask.CloseRound(round=workshop.round.id, show=True))
        runs.append((transcript(workshop), workshop.log))
    assert runs[0] == runs[1]


# --- faults that must be caught ----------------------------------------------------------------------------------

LOUD: Secrets = [[("add", 3), ("add", 4)]] * STEPS
QUIET: Secrets = [[]] * STEPS


def caught(run: Any = writing_run, one: Secrets = LOUD, other: Secrets = QUIET) -> bool:
    """Whether the comparison tells the two runs apart for some seed."""
    return any(run(one, seed) != run(other, seed) for seed in range(6))


def test_V9_without_a_fault_even_the_loudest_secret_is_silent() -> None:
    assert not caught()
    assert not caught(voting_run, [[("first", 1)]] * STEPS)


def test_V9_places_that_feel_hidden_notes_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def every_note(state: State, board: str, seat: object = None) -> Iterable[Note]:
        return (note for note in state.all(Note) if note.board == board)

    monkeypatch.setattr(notes, "known_notes", every_note)
    assert caught()


def test_V9_a_limit_that_counts_hidden_notes_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of_them(state: State, seat: object, more: int) -> None:
        if sum(1 for _ in state.all(Note)) + more > 20:
            raise Refused("too_many_notes", limit=20)

    monkeypatch.setattr(notes, "below_limit", all_of_them)
    assert caught()


def test_V9_ids_that_count_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def counting_run(secrets: Secrets, seed: int) -> Transcript:
        made = count()
        monkeypatch.setattr(Context, "new_id", lambda self, purpose, index=0: f"{purpose}-{next(made)}")
        return writing_run(secrets, seed)

    assert caught(counting_run)
    assert not caught(counting_run, QUIET)


@pytest.mark.parametrize(("kind", "run"), [(Note, writing_run), (Receipt, voting_run)])
def test_V9_a_counter_of_private_notes_and_an_immediate_turnout_are_caught(
    kind: type[Record], run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = sight.audiences
    facilitators = sight.FACILITATORS
    monkeypatch.setattr(sight, "audiences", lambda record: facilitators if isinstance(record, kind) else honest(record))
    assert caught(run, LOUD if run is writing_run else [[("first", 1)]] * STEPS)
