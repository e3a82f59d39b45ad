"""The lab's own log: which sessions exist, under which code, and the key that facilitators hold.

It is one more log of records (session id "lab"): the lab is written first, then the session. The key is kept as
a salted hash only; its generation ends earlier sign-ins.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from facilitation.records import Record, register
from facilitation.state import Change, Put, State, change

LAB = "lab"
"""The session id under which the lab's log is kept."""


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


register(Entry, KeyHolder, Erasure)


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
    """Closed sessions whose retention is over at `now` (ms) and that were not purged yet."""
    day = 86_400_000
    return [
        entry for entry in state.all(Entry)
        if entry.status == "closed" and not entry.purged_at and entry.closed_at + entry.retention * day <= now
    ]  # fmt: skip
