"""A copy of a workshop holds its plan, and nothing of anybody."""

from __future__ import annotations

import hashlib
from random import Random

import pytest

from facilitation import agenda
from facilitation import commands as ask
from facilitation.context import Context
from facilitation.copying import DESCRIBED, PLANNED, copied
from facilitation.records import (
    Authorship,
    Block,
    Board,
    Cluster,
    GroupPlan,
    Note,
    Practical,
    Record,
    Script,
    Seat,
    Session,
    Sheet,
    Site,
    Zone,
    kind_of,
)
from facilitation.state import Put, State
from tests.facilitation.storm import Storm
from tests.facilitation.workshop import START, prepared, voting

LATER = Context(at=START + 1, seed=hashlib.sha256(b"copy").digest())
PEOPLE: tuple[type[Record], ...] = (Seat, Note, Authorship, Cluster, Sheet)
STRUCTURE = {"session", "site", "practical", "block", "script", "board", "zone"}


def copy(state: State, **fields: object) -> State:
    """The state that a new session starts with."""
    return State().apply(copied(state, LATER, **fields))


def told(state: State) -> str:
    """Every text and id of a state, as one string."""
    return " ".join(str(record) for record in state.records())


def test_Y1_the_plan_its_boards_sites_and_texts_are_copied() -> None:
    workshop = prepared()
    toulouse = workshop.site("Toulouse")
    writing = workshop.block("ecrire").id
    workshop.do("nadia", ask.PutPractical(site=toulouse, room="Salle Garonne", wifi="invites", phone="05 61"))
    workshop.do("nadia", ask.PutPractical(video="https://visio.example/abc"))
    workshop.do("nadia", ask.WriteScript(block=writing, text="Laissez le silence."))
    workshop.do("nadia", ask.EditBlock(block=writing, groups=GroupPlan(mode="balanced", size=4, mix=("service",)), wall="Au mur"))
    workshop.do(
        "nadia", ask.DescribeSession(purpose="Mieux accueillir", stays_open="Tout", not_decided="Le budget", axis="Axe 1")
    )
    state = copy(workshop.state, title="Atelier (copie)", code="ABCD2345")

    assert state.session.title == "Atelier (copie)"
    assert state.session.code == "ABCD2345"
    assert state.session.created_at == LATER.at
    for name in DESCRIBED:
        assert name == "title" or getattr(state.session, name) == getattr(workshop.state.session, name), name
    for cls in (Site, Practical, Board, Zone, Script):
        assert list(state.all(cls)) == list(workshop.state.all(cls)), cls
    before, after = agenda.ordered(workshop.state), agenda.ordered(state)
    assert [[getattr(one, name) for name in PLANNED] for one in before] == [
        [getattr(one, name) for name in PLANNED] for one in after
    ]
    assert [one.board for one in before] == [one.board for one in after]


def test_Y2_a_copy_of_what_has_run_starts_from_nothing() -> None:
    workshop = voting()
    workshop.open_round()
    workshop.do("nadia", ask.DescribeSession(date="2026-10-14", start="09:30", reference="2026-44", list_present=True))
    workshop.do("nadia", ask.RevokeLink(role="participant"))
    state = copy(workshop.state)
    fresh = Session(title=state.session.title, created_at=LATER.at)
    for name in Session.__struct_fields__:
        assert name in DESCRIBED or getattr(state.session, name) == getattr(fresh, name), name
    plain = Block(id="", title="", rank=0, minutes=0, nature="pause", view="fin")
    for block in state.all(Block):
        for name in ("status", "revealed", "revealed_at", "started_at", "left_at", "spent", "entered_at"):
            assert getattr(block, name) == getattr(plain, name), name
    assert {kind_of(record) for record in state.records()} <= STRUCTURE


def test_Y2_a_group_s_board_stays_behind_and_the_plan_does_not_point_at_it() -> None:
    workshop = prepared()
    own, block = workshop.board, workshop.block("ecrire")
    theirs = Board(id="apart", title="Groupe 1", group="g1", scope="group:g1")
    zone = Zone(id="z-apart", board="apart", title="Zone", rank=1, x=0, y=0, width=10, height=10, scope="group:g1")
    state = workshop.state.apply([Put(theirs), Put(zone)])
    state = state.apply(
        [Put(Block(id="strange", title="Étrange", rank=99, minutes=1, nature="pause", view="lire", board="apart"))]
    )
    made = copy(state)
    assert [board.id for board in made.all(Board)] == [own.id]
    assert made.find(Zone, "z-apart") is None
    assert (strange := made.find(Block, "strange"))
    assert strange.board == ""
    assert (kept := made.find(Block, block.id))
    assert kept.board == own.id


@pytest.mark.parametrize("seed", range(6))
def test_Y3_nothing_of_a_person_survives_in_a_copy(seed: int) -> None:
    storm = Storm(Random(seed))
    for _ in range(200):
        storm.blow()
    state = storm.workshop.state
    made = copy(state, title="Copie")
    words = told(made)
    for cls in PEOPLE:
        for record in state.all(cls):
            assert record.id not in words, record
    for seat in state.all(Seat):
        assert repr(seat.name) not in words
    assert "canari" not in words
    assert {kind_of(record) for record in made.records()} <= STRUCTURE


def test_Y4_a_copy_of_a_copy_is_the_same() -> None:
    once = copy(voting().state, title="Copie")
    assert copy(once, title="Copie") == once


def test_Y4_a_copy_can_be_opened_at_once_for_a_rehearsal() -> None:
    workshop = prepared()
    workshop.state = copy(workshop.state, rehearsal=True)
    workshop.log = []
    workshop.join("nadia", "facilitator")
    workshop.do("nadia", ask.OpenSession())
    assert workshop.state.session.rehearsal
    assert workshop.state.session.block == agenda.ordered(workshop.state)[0].id
