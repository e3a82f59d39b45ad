"""Seats and who sits in them: joining, names, what one says of oneself, calls. Shared devices are in `devices.py`."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from facilitation import apart, groups, moving, texts
from facilitation.bounds import within
from facilitation.commands import (
    EditProfile,
    Join,
    LowerHand,
    PlaceSeat,
    RaiseHand,
    RemoveSeat,
    RenameSeat,
)
from facilitation.context import Context
from facilitation.heads import ROOM_HEADS, more_heads
from facilitation.records import Call, Profile, Seat, Site
from facilitation.rejections import Refused
from facilitation.rights import DRIVERS, drives
from facilitation.state import Change, Put, Remove, State, change

SEATS = 600  # reliability.md 5.1: connections a session
SHUT_OUT = ("participant", "observer")  # by a closed door; rooms, projectors and facilitators come by links of their own


def join(state: State, command: Join, context: Context) -> tuple[Change, ...]:
    """P1. A name is all that is needed. Projectors and observers have no ballot, a shared device one a head."""
    if sum(not seat.removed for seat in state.all(Seat)) >= SEATS:
        raise Refused("seats_full", limit=SEATS)
    if state.find(Seat, command.seat):
        return ()
    if state.session.door_closed and command.role in SHUT_OUT:
        raise Refused("door_closed")
    _known_site(state, command.site)
    heads = (
        within(command.heads, 1, ROOM_HEADS)
        if command.role == "room"
        else int(command.role not in ("observer", "projector"))
    )
    seat = Seat(
        id=command.seat,
        name=texts.name(command.name),
        role=command.role,
        site=command.site,
        heads=heads,
        joined_at=context.at,
    )
    joined: tuple[Change, ...] = (Put(seat),)
    if command.role == "projector":
        return joined
    profile = Profile(
        id=seat.id, service=_line(command.service), department=_line(command.department), manages=command.manages
    )
    joined += (Put(profile),)
    joined += more_heads(seat, (), heads, context) if command.role == "room" else ()
    return joined + apart.welcomed(state.apply(joined), seat)


def _known_site(state: State, site: str) -> None:
    if site and state.find(Site, site) is None:
        raise Refused("unknown_record")


def _line(text: str) -> str:
    return texts.clean(text, 120, lines=False, empty=True)


def seat_of(state: State, id: str) -> Seat:
    """The seat of that id, still there. Raises Refused("unknown_record")."""
    seat = state.find(Seat, id)
    if seat is None or seat.removed:
        raise Refused("unknown_record")
    return seat


def own_or_driven(state: State, id: str, context: Context) -> Seat:
    """P2. The seat of that id, if it is the actor's own or the actor drives. Raises Refused."""
    seat = seat_of(state, id)
    actor = state.find(Seat, context.actor)
    if context.actor and context.actor != id and not (actor and drives(actor)):
        raise Refused("not_allowed")
    return seat


def rename(state: State, command: RenameSeat, context: Context) -> tuple[Change, ...]:
    """P2. One renames oneself; facilitators rename anyone."""
    return change(own_or_driven(state, command.seat, context), name=texts.name(command.name))


def edit_profile(state: State, command: EditProfile, context: Context) -> tuple[Change, ...]:
    """P3. What one said at the door can be taken back."""
    seat = seat_of(state, context.actor)
    changes: tuple[Change, ...] = ()
    if command.site is not UNSET:
        _known_site(state, command.site)
        changes += change(seat, site=command.site)
    given: dict[str, Any] = {}
    if command.service is not UNSET:
        given["service"] = _line(command.service)
    if command.department is not UNSET:
        given["department"] = _line(command.department)
    if command.manages is not UNSET:
        given["manages"] = command.manages
    profile = state.find(Profile, seat.id)
    changes += change(profile, **given) if profile else ()
    return changes + groups.restated(state.apply(changes))


def place(state: State, command: PlaceSeat, context: Context) -> tuple[Change, ...]:
    """P10. Facilitators move anyone to another site."""
    seat = seat_of(state, command.seat)
    _known_site(state, command.site)
    moved = change(seat, site=command.site)
    return moved + groups.restated(state.apply(moved))


def remove(state: State, command: RemoveSeat, context: Context) -> tuple[Change, ...]:
    """P4. A removed seat loses its links and its call; what it wrote stays. The last facilitator stays too."""
    seat = seat_of(state, command.seat)
    if drives(seat) and sum(one.role in DRIVERS and not one.removed for one in state.all(Seat)) < 2:
        raise Refused("last_facilitator")
    back = moving.emptied(state, seat)
    gone = back + change(seat_of(state.apply(back), seat.id), removed=True, generation=seat.generation + 1)
    gone += (Remove("call", seat.id),) if state.find(Call, seat.id) else ()
    return gone + apart.departed(state.apply(gone), seat)


def raise_hand(state: State, command: RaiseHand, context: Context) -> tuple[Change, ...]:
    """P8. One call a seat: the place in the queue is that of the first time asked."""
    seat_of(state, context.actor)
    present = state.find(Call, context.actor)
    at = present.at if present else context.at
    call = Call(id=context.actor, reason=command.reason, at=at)
    return () if present == call else (Put(call),)


def lower_hand(state: State, command: LowerHand, context: Context) -> tuple[Change, ...]:
    """P9. One takes down one's own call; facilitators anyone's."""
    own_or_driven(state, command.seat, context)
    return (Remove("call", command.seat),) if state.find(Call, command.seat) else ()
