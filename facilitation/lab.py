"""The lab's own log: which sessions exist, under which code, the key that facilitators hold, and the lab's axes.

It is one more log of records (session id "lab"): the lab is written first, then the session. The key is kept as
a salted hash only; its generation ends earlier sign-ins.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from facilitation import texts
from facilitation.bounds import date, within
from facilitation.records import Record, register
from facilitation.rejections import Refused
from facilitation.state import Change, Put, Remove, State, change

LAB = "lab"
"""The session id under which the lab's log is kept."""
AXES = 40


class Entry(Record, tag="entry", frozen=True, kw_only=True):
    """One session of the lab, id = the session's. `status` and `title` follow the session's own, for the list."""

    code: str
    title: str
    date: str = ""
    status: Literal["preparing", "open", "ended", "closing", "closed"] = "preparing"
    created_at: int = 0
    closed_at: int = 0
    retention: int = 30
    purged_at: int = 0


class KeyHolder(Record, tag="key_holder", frozen=True, kw_only=True):
    """The facilitation key: an argon2 hash, and how many times it was renewed."""

    id: str = "key"
    hash: str
    generation: int = 1


class Erasure(Record, tag="erasure", frozen=True, kw_only=True):
    """That a session was purged, so that a restored backup is purged again. `id` = session id."""

    at: int
    rule: str


class Axis(Record, tag="axis", frozen=True, kw_only=True):
    """One axis of the lab's programme, offered to sessions dated within it; "" = without end on that side."""

    label: str
    from_: str = ""  # ISO date of the first day
    until: str = ""  # ISO date of the last day
    rank: float


register(Entry, KeyHolder, Erasure, Axis)


def entries(state: State) -> list[Entry]:
    """The lab's sessions, newest first."""
    return sorted(state.all(Entry), key=lambda entry: (-entry.created_at, entry.id))


def with_code(state: State, code: str) -> Entry | None:
    """The session that a join code opens; an archived one's code has died."""
    return next((entry for entry in state.all(Entry) if entry.code == code and entry.status != "closed"), None)


def enter(entry: Entry) -> tuple[Change, ...]:
    """A session is made known to the lab, before its own first commit."""
    return (Put(entry),)


def follow(state: State, session: str, **fields: object) -> tuple[Change, ...]:
    """The lab's list follows a session's title, date, status or retention."""
    entry = state.find(Entry, session)
    return change(entry, **fields) if entry else ()


def renew_key(state: State, hash: str) -> tuple[Change, ...]:
    """The next generation of the facilitation key."""
    present = state.find(KeyHolder, "key")
    return (Put(KeyHolder(hash=hash, generation=present.generation + 1 if present else 1)),)


def forget(state: State, session: str, at: int, rule: str) -> tuple[Change, ...]:
    """A purge, on record where it outlives the session's log."""
    return (Put(Erasure(id=session, at=at, rule=rule)), *follow(state, session, purged_at=at))


def expired(state: State, now: int) -> Iterable[Entry]:
    """Sessions closed once, even if revised since, whose retention is over at `now` (ms) and that were not purged yet."""
    day = 86_400_000
    return [
        entry for entry in state.all(Entry)
        if entry.closed_at and not entry.purged_at and entry.closed_at + entry.retention * day <= now
    ]  # fmt: skip


# --- axes ------------------------------------------------------------------------------------------------------------


def axes(state: State) -> list[Axis]:
    """Every axis, in the lab's order, those of the past too."""
    return sorted(state.all(Axis), key=lambda axis: (axis.rank, axis.id))


def holds(axis: Axis, day: str) -> bool:
    """Whether an axis is in force on a day (ISO date)."""
    return axis.from_ <= day and (not axis.until or day <= axis.until)


def put_axis(state: State, id: str, *, label: str, from_: str, until: str) -> tuple[Change, ...]:
    """Add an axis at the end, or change one. Sessions keep the label that they copied. Raises Refused."""
    label = texts.title(label)
    from_, until = date(from_), date(until)
    if until and until < from_:
        raise Refused("bad_period", start=from_, end=until)
    if any(one.id != id and _same(one, label) and _meet(one, from_, until) for one in axes(state)):
        raise Refused("already_listed", value=label)
    present = state.find(Axis, id)
    if present:
        return change(present, label=label, from_=from_, until=until)
    ranks = [axis.rank for axis in axes(state)]
    within(len(ranks) + 1, 1, AXES)
    return (Put(Axis(id=id, label=label, from_=from_, until=until, rank=max(ranks, default=0.0) + 1)),)


def _same(axis: Axis, label: str) -> bool:
    return axis.label.casefold() == label.casefold()


def _meet(axis: Axis, from_: str, until: str) -> bool:
    """Whether an axis and a period share a day."""
    return (not until or axis.from_ <= until) and (not axis.until or from_ <= axis.until)


def retire_axis(state: State, id: str, last: str) -> tuple[Change, ...]:
    """The day `last` (ISO date) is the axis's last one. One that had not begun by then is taken off the list."""
    axis = state.find(Axis, id)
    if axis is None:
        return ()
    return (Remove("axis", id),) if axis.from_ > last else change(axis, until=last)


def move_axis(state: State, id: str, step: int, day: str) -> tuple[Change, ...]:
    """Change places with the axis before (`step` -1) or after (1) among those not over on `day`."""
    listed = [axis for axis in axes(state) if not axis.until or day <= axis.until]
    place = next((place for place, axis in enumerate(listed) if axis.id == id), None)
    if place is None or not 0 <= place + step < len(listed):
        return ()
    one, other = listed[place], listed[place + step]
    return (*change(one, rank=other.rank), *change(other, rank=one.rank))
