"""Shared devices: how many heads sit before one, their names, and who moves there when their own device dies."""

from __future__ import annotations

from msgspec import UNSET

from facilitation import texts
from facilitation.bounds import within
from facilitation.commands import DismissOccupant, MoveToDevice, NameOccupant, SetHeads
from facilitation.context import Context
from facilitation.people import ROOM_HEADS, more_heads, own_or_driven, seat_of
from facilitation.records import Ballot, Occupant, Round, Seat
from facilitation.rejections import Refused
from facilitation.state import Change, State, change


def occupants(state: State, seat: str) -> list[Occupant]:
    """Who is before a shared device, in the order of their letters."""
    return [one for one in state.all(Occupant) if one.seat == seat and not one.gone]


def _room(seat: Seat) -> Seat:
    if seat.role != "room":
        raise Refused("not_a_room")
    return seat


def deposited(state: State, seat: str) -> int:
    """How many ballots a seat has deposited for good in the rounds still open; the most of any one round."""
    open_rounds = {one.id for one in state.all(Round) if one.status == "open"}
    counts = dict.fromkeys(open_rounds, 0)
    for ballot in state.all(Ballot):
        if ballot.seat == seat and ballot.final and ballot.round in counts:
            counts[ballot.round] += 1
    return max(counts.values(), default=0)


def set_heads(state: State, command: SetHeads, context: Context) -> tuple[Change, ...]:
    """P5. Heads change at any time, never below the ballots deposited; who leaves first is who gave no name."""
    seat = _room(own_or_driven(state, command.seat, context))
    heads = within(command.heads, 1, ROOM_HEADS)
    _above_ballots(state, seat, heads)
    here = occupants(state, seat.id)
    changes = change(seat, heads=heads)
    if heads >= len(here):
        taken = [one.letter for one in state.all(Occupant) if one.seat == seat.id]
        return changes + more_heads(seat, taken, heads - len(here), context)
    leaving = sorted(here, key=lambda one: (one.name == "", one.letter), reverse=True)[: len(here) - heads]
    return changes + tuple(item for one in leaving for item in change(one, gone=True))


def _above_ballots(state: State, seat: Seat, heads: int) -> None:
    ballots = deposited(state, seat.id)
    if heads < ballots:
        raise Refused("heads_below_ballots", ballots=ballots)


def _occupant(state: State, id: str, context: Context) -> Occupant:
    occupant = state.find(Occupant, id)
    if occupant is None or occupant.gone:
        raise Refused("unknown_record")
    own_or_driven(state, occupant.seat, context)
    return occupant


def name_occupant(state: State, command: NameOccupant, context: Context) -> tuple[Change, ...]:
    """P6. A head before a shared device may have a name and a service; an empty name gives the letter back."""
    occupant = _occupant(state, command.occupant, context)
    given = {"name": texts.clean(command.name, 80, lines=False, empty=True)}
    if command.service is not UNSET:
        given["service"] = texts.clean(command.service, 120, lines=False, empty=True)
    return change(occupant, **given)


def dismiss_occupant(state: State, command: DismissOccupant, context: Context) -> tuple[Change, ...]:
    """P7. Naming who leaves is one head less, on P5's condition; the authorship of what they wrote stays."""
    occupant = _occupant(state, command.occupant, context)
    seat = seat_of(state, occupant.seat)
    heads = within(seat.heads - 1, 1, ROOM_HEADS)
    _above_ballots(state, seat, heads)
    return change(seat, heads=heads) + change(occupant, gone=True)


def move_to(state: State, command: MoveToDevice, context: Context) -> tuple[Change, ...]:
    """P11. Somebody whose device died goes on at a shared one without gaining or losing a ballot."""
    raise Refused("not_allowed")
