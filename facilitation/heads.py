"""The heads before a shared device: their letters, how many at most, and the ballots below which they do not go."""

from __future__ import annotations

from facilitation.context import Context
from facilitation.records import Ballot, Occupant, Round, Seat
from facilitation.rejections import Refused
from facilitation.state import Change, Put, State

ROOM_HEADS = 60
"""Most heads before one shared device."""


def more_heads(seat: Seat, taken: list[str] | tuple[str, ...], more: int, context: Context) -> tuple[Change, ...]:
    """New heads before a shared device, each with the next letter."""
    return tuple(
        Put(Occupant(id=context.new_id("occupant", index), seat=seat.id, letter=letter(len(taken) + index)))
        for index in range(more)
    )


def letter(index: int) -> str:
    """A, B… Z, AA, AB…: the letter of the head number `index`, from 0."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def open_rounds(state: State) -> list[str]:
    """The ids of the rounds that still receive ballots."""
    return [one.id for one in state.all(Round) if one.status == "open"]


def deposited(state: State, seat: str) -> int:
    """How many ballots a seat has deposited for good in the rounds still open; the most of any one round."""
    counts = dict.fromkeys(open_rounds(state), 0)
    for ballot in state.all(Ballot):
        if ballot.seat == seat and ballot.final and ballot.round in counts:
            counts[ballot.round] += 1
    return max(counts.values(), default=0)


def above_ballots(state: State, seat: Seat, heads: int) -> None:
    """P5. Never fewer heads than ballots deposited. Raises Refused("heads_below_ballots")."""
    ballots = deposited(state, seat.id)
    if heads < ballots:
        raise Refused("heads_below_ballots", ballots=ballots)
