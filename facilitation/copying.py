"""A workshop made again from another's plan: what was prepared is copied, what people did and said is not.

« Dupliquer » and « Répéter » start a session's log with these changes. What may be copied is named here, kind by
kind and field by field: a record or a field that nobody thought of stays behind.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from facilitation import agenda
from facilitation.context import Context
from facilitation.records import Block, Board, Practical, Script, Session, Site, Zone
from facilitation.state import Change, Put, State

DESCRIBED = ("title", "purpose", "stays_open", "not_decided", "axis", "method", "timezone", "retention")
"""What a session says of the workshop itself. Its reference, its date and its code are of one occasion."""

PLANNED = (
    "id", "title", "minutes", "nature", "view", "instruction", "wall", "notes", "authors", "rights", "round", "groups",
    "sheets", "end", "warn",
)  # fmt: skip
"""What of a block was decided beforehand: not when it ran, nor what was revealed."""


def copied(state: State, context: Context, **fields: Any) -> tuple[Change, ...]:
    """The first commit of a new session with the plan, boards, sites and texts of this one, and nobody in it.

    `fields` are the new session's own: its code, its title, that it is a rehearsal. Ids stay as they were, as each
    session has its own log: a site has the same id in a rehearsal as in what is rehearsed.
    """
    described = {name: getattr(state.session, name) for name in DESCRIBED}
    session = Session(**{**described, "created_at": context.at, **fields})
    boards = [_board(board) for board in state.all(Board) if not board.group]
    kept = {board.id for board in boards}
    places = [Site(id=one.id, name=one.name, room=one.room, heads=one.heads, rank=one.rank) for one in state.all(Site)]
    zones = [replace(zone, scope="everyone") for zone in state.all(Zone) if zone.board in kept]
    return tuple(Put(one) for one in (session, *places, *_practical(state), *boards, *zones, *_plan(state, kept)))


def _board(board: Board) -> Board:
    return replace(board, scope="everyone")


def _practical(state: State) -> list[Practical]:
    """Where to come and how to connect: of the sites that are there, and of the video call."""
    sites = {site.id for site in state.all(Site)} | {"session"}
    return [one for one in state.all(Practical) if one.id in sites]


def _plan(state: State, boards: set[str]) -> list[Block | Script]:
    """The blocks in their order, as if none had run, and what facilitators read about each."""
    plan: list[Block | Script] = []
    for place, block in enumerate(agenda.ordered(state), 1):
        board = block.board if block.board in boards else ""
        plan.append(Block(rank=float(place), board=board, **{name: getattr(block, name) for name in PLANNED}))
        if script := state.find(Script, block.id):
            plan.append(script)
    return plan
