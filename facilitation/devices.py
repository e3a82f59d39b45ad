"""Shared devices: how many heads sit before one, their names, and who moves there when their own device dies."""

from __future__ import annotations

from msgspec import UNSET

from facilitation import texts
from facilitation.bounds import within
from facilitation.commands import DismissOccupant, MoveToDevice, NameOccupant, SetHeads
from facilitation.context import Context
from facilitation.heads import ROOM_HEADS, above_ballots, more_heads
from facilitation.moving import arrived, returned
from facilitation.people import own_or_driven, seat_of
from facilitation.records import Occupant, Seat
from facilitation.rejections import Refused
from facilitation.rights import drives
from facilitation.state import Change, State, change


def occupants(state: State, seat: str) -> list[Occupant]:
    """Who is before a shared device, in the order of their letters."""
    return [one for one in state.all(Occupant) if one.seat == seat and not one.gone]


def _room(seat: Seat) -> Seat:
    if seat.role != "room":
        raise Refused("not_a_room")
    return seat


def set_heads(state: State, command: SetHeads, context: Context) -> tuple[Change, ...]:
    """P5. Heads change at any time, never below the ballots deposited. First leave those without a name, last who moved in."""
    seat = _room(own_or_driven(state, command.seat, context))
    heads = within(command.heads, 1, ROOM_HEADS)
    here = occupants(state, seat.id)
    if heads >= len(here):
        above_ballots(state, seat, heads)
        taken = [one.letter for one in state.all(Occupant) if one.seat == seat.id]
        return change(seat, heads=heads) + more_heads(seat, taken, heads - len(here), context)
    order = sorted(here, key=lambda one: (one.name == "", one.person == "", len(one.letter), one.letter), reverse=True)
    changes: tuple[Change, ...] = ()
    for one in order[: len(here) - heads]:
        changes += _leaving(state.apply(changes), one)
    left = state.apply(changes)
    above_ballots(left, seat, heads)
    return changes + change(seat_of(left, seat.id), heads=heads)


def _leaving(state: State, occupant: Occupant) -> tuple[Change, ...]:
    """One head gone: who moved here has their own place and ballot back. The heads are the caller's to set."""
    person = state.find(Seat, occupant.person)
    return returned(state, person) if person and person.device == occupant.seat else change(occupant, gone=True)


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
    changes = _leaving(state, occupant)
    if occupant.person:
        return changes
    seat = seat_of(state, occupant.seat)
    heads = within(seat.heads - 1, 1, ROOM_HEADS)
    above_ballots(state, seat, heads)
    return change(seat, heads=heads) + changes


def move_to(state: State, command: MoveToDevice, context: Context) -> tuple[Change, ...]:
    """P11. Somebody whose device died goes on at a shared one without gaining or losing a ballot; one goes back by oneself."""
    person = own_or_driven(state, command.seat, context)
    actor = state.find(Seat, context.actor)
    if person.role != "participant" or (command.device and actor and not drives(actor)):
        raise Refused("not_allowed")
    if command.device == person.device:
        return ()
    device = _room(seat_of(state, command.device)) if command.device else None
    back = returned(state, person) if person.device else ()
    if device is None:
        return back
    now = state.apply(back)
    return back + arrived(now, seat_of(now, person.id), device, context)
