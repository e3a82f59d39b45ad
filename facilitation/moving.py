"""P11. Going on at a shared device when one's own has died: one head there instead of one here, and the same ballot.

The ballot keeps its id when it moves, which says whose it was: back on one's own device, one finds it again. It is
sealed, and deposited as every ballot of a shared device that was passed on: nobody reads it there.
"""

from __future__ import annotations

from collections.abc import Iterator

from facilitation import apart
from facilitation.bounds import within
from facilitation.context import Context
from facilitation.heads import ROOM_HEADS, above_ballots, letter, open_rounds
from facilitation.records import Ballot, Occupant, Profile, Receipt, Seat
from facilitation.state import Change, Put, Remove, State, change


def arrived(state: State, person: Seat, device: Seat, context: Context) -> tuple[Change, ...]:
    """Somebody sits before a shared device: one head more there, none at their own."""
    changes = change(person, heads=0, device=device.id)
    changes += change(device, heads=within(device.heads + 1, 1, ROOM_HEADS))
    changes += _seated(state, person, device, context)
    for ballot in _own(state, person, person.id):
        changes += _handed(state, ballot, device.id, _free_head(state, ballot.round, device.id), final=True)
    return changes + apart.followed_device(state.apply(changes), person, device.id)


def returned(state: State, person: Seat) -> tuple[Change, ...]:
    """Somebody goes back to their own device: one head less there. Raises Refused where the ballots left exceed the heads."""
    device = state.find(Seat, person.device)
    if device is None:
        return ()
    changes: tuple[Change, ...] = ()
    for ballot in _own(state, person, device.id):
        changes += _handed(state, ballot, person.id, 1, final=False)
    heads = device.heads - 1
    above_ballots(state.apply(changes), device, heads)
    for one in guests(state, device.id):
        if one.person == person.id:
            changes += change(one, gone=True)
    changes += change(person, heads=1, device="") + change(device, heads=heads)
    return changes + apart.followed_device(state.apply(changes), person, "")


def guests(state: State, device: str) -> list[Occupant]:
    """The heads before a shared device that moved there from a device of their own."""
    return [one for one in state.all(Occupant) if one.seat == device and one.person and not one.gone]


def emptied(state: State, device: Seat) -> tuple[Change, ...]:
    """Every guest of a shared device back at their own, before it goes. Raises Refused as `returned` does."""
    changes: tuple[Change, ...] = ()
    for guest in guests(state, device.id):
        person = state.find(Seat, guest.person)
        if person is not None:
            changes += returned(state.apply(changes), person)
    return changes


def _own(state: State, person: Seat, seat: str) -> Iterator[Ballot]:
    """The ballots of a person in the rounds still open, as long as they are at that seat."""
    for round in open_rounds(state):
        ballot = state.find(Ballot, f"{round}:{person.id}:1")
        if ballot is not None and ballot.seat == seat:
            yield ballot


def _seated(state: State, person: Seat, device: Seat, context: Context) -> tuple[Change, ...]:
    """The person among the heads of the device, with the letter that they had there if they come back to it."""
    profile = state.find(Profile, person.id)
    service = profile.service if profile else ""
    before = [one for one in state.all(Occupant) if one.seat == device.id]
    again = next((one for one in before if one.person == person.id), None)
    if again:
        return change(again, gone=False, name=person.name, service=service)
    here = Occupant(
        id=context.new_id("occupant"), seat=device.id, letter=letter(len(before)), name=person.name, service=service,
        person=person.id,
    )  # fmt: skip
    return (Put(here),)


def _free_head(state: State, round: str, seat: str) -> int:
    """The lowest number that no ballot of this seat has in a round."""
    taken = {one.head for one in state.all(Ballot) if one.round == round and one.seat == seat}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _handed(state: State, ballot: Ballot, seat: str, head: int, *, final: bool) -> tuple[Change, ...]:
    """A ballot with its receipt, from one seat to another."""
    changes = change(ballot, seat=seat, head=head, final=final)
    left = state.find(Receipt, f"{ballot.round}:{ballot.seat}")
    if left:
        heads = tuple(one for one in left.heads if one != ballot.head)
        changes += change(left, heads=heads) if heads else (Remove("receipt", left.id),)
    there = state.find(Receipt, f"{ballot.round}:{seat}")
    if there:
        return changes + change(there, heads=tuple(sorted({*there.heads, head})))
    return (*changes, Put(Receipt(id=f"{ballot.round}:{seat}", round=ballot.round, seat=seat, heads=(head,))))
