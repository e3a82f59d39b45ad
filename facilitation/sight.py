"""Who sees a record: one function, decided by that record alone (DESIGN.md, invariant 2).

An audience is a string: "everyone" (every seat and the projector), "facilitators", "group:<id>", "seat:<id>",
or "hand:<note id>", the seat that wrote that note, whoever the authorship (perhaps sealed) says it is.
A seat receives these parts: "everyone", "facilitators" where it is one, "group" where it works in one, and
"own", into which its "seat:" and "hand:" records are folded. Facilitators hear every group.
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitation.records import (
    Approval,
    Archive,
    Authorship,
    Ballot,
    BallotBox,
    Board,
    Call,
    Cluster,
    Excused,
    Group,
    Note,
    Occupant,
    Partition,
    Placement,
    Profile,
    Purge,
    Receipt,
    Record,
    Script,
    Seat,
    Sheet,
    SiteTally,
    Takeaway,
    Tally,
    Zone,
    kind_of,
)
from facilitation.state import Change, Key, State, difference, keys_of

EVERYONE = frozenset({"everyone"})
FACILITATORS = frozenset({"facilitators"})
NOBODY: frozenset[str] = frozenset()


def audiences(record: Record) -> frozenset[str]:
    """The audiences that see this record; empty for what never leaves the server."""
    match record:
        case Note():
            return _of_note(record)
        case Authorship():
            return _of_scope(record.scope, record.id)
        case Seat():
            return _of_seat(record)
        case Profile() | Call():
            return FACILITATORS | {f"seat:{record.id}"}
        case Occupant():
            return FACILITATORS | {f"seat:{record.seat}"}
        case Ballot():
            return NOBODY if record.final else frozenset({f"seat:{record.seat}"})
        case Receipt():
            return frozenset({f"seat:{record.seat}"})
        case Tally() | SiteTally() | Board() | Zone() | Cluster() | Group():
            return _of_scope(record.scope, record.id)
        case Sheet(removed=True) | Partition(status="draft"):
            return FACILITATORS
        case Script() | Takeaway() | Excused() | Approval() | Archive() | Purge() | Placement():
            return FACILITATORS
        case BallotBox():
            return NOBODY
        case _:
            return EVERYONE


def _of_seat(seat: Seat) -> frozenset[str]:
    """Those who work in a group know each other's names; others only once an authorship shows one."""
    if seat.scope == "everyone":
        return EVERYONE
    return FACILITATORS | {f"seat:{seat.id}"} | ({f"group:{seat.group}"} if seat.group else set())


def _of_note(note: Note) -> frozenset[str]:
    hand = frozenset({f"hand:{note.id}"})
    if note.withdrawn:
        return hand
    if note.aside:
        return FACILITATORS | hand
    return _of_scope(note.scope, note.id)


def _of_scope(scope: str, id: str) -> frozenset[str]:
    if scope.startswith("group:"):
        return FACILITATORS | {scope}
    return frozenset({f"hand:{id}" if scope == "author" else scope})


def seal_of(record: Record) -> str:
    """The seal where this record waits instead of the log: "round:<id>", "authors", or "" when it belongs in the log."""
    match record:
        case Ballot() | Receipt():
            return f"round:{record.round}"
        case Authorship() if record.sealed:
            return "authors"
    return ""


def viewers(state: State, record: Record) -> frozenset[str]:
    """`audiences` with every hand resolved to the seats behind it: the author's, and the typist's."""
    seen_by: set[str] = set()
    for audience in audiences(record):
        if audience.startswith("hand:"):
            seen_by |= _behind(state, audience.removeprefix("hand:"))
        else:
            seen_by.add(audience)
    return frozenset(seen_by)


def _behind(state: State, note: str) -> set[str]:
    authorship = state.find(Authorship, note)
    if authorship is None:
        return set()
    return {f"seat:{seat}" for seat in (authorship.seat, authorship.typist) if seat}


def parts(seat: Seat) -> tuple[str, ...]:
    """The audiences whose records a seat receives, in the order in which frames are written."""
    if seat.role == "projector":
        return ("everyone",)
    if seat.role in ("facilitator", "cofacilitator"):
        return ("everyone", "facilitators", f"seat:{seat.id}")
    if seat.group:
        return ("everyone", f"group:{seat.group}", f"seat:{seat.id}")
    return ("everyone", f"seat:{seat.id}")


def view(state: State, audience: str) -> dict[Key, Record]:
    """Every record that one audience sees, by (kind, id). `audience` is one that `parts` names.

    In the order of kinds and ids: the order in which records came would tell when each hidden note was written.
    """
    seen = {(kind_of(record), record.id): record for record in state.records() if audience in viewers(state, record)}
    return dict(sorted(seen.items()))


def patches(before: State, after: State, changes: Iterable[Change]) -> dict[str, list[Change]]:
    """What each audience learns from these changes: the difference of each touched record's sight, before and after.

    A reveal comes out as a `Put` for those who now see the note; losing sight of a record is a `Remove`.
    """
    return learnt(before, after, keys_of(changes))


def learnt(before: State, after: State, keys: Iterable[Key]) -> dict[str, list[Change]]:
    """`patches` of several batches of changes at once, from the keys that they touched, in that order."""
    steps: dict[str, list[Change]] = {}
    for kind, id in _with_hands(keys):
        old, new = before.get(kind, id), after.get(kind, id)
        saw = viewers(before, old) if old else NOBODY
        sees = viewers(after, new) if new else NOBODY
        for audience in sorted(saw | sees):
            step = difference(old if audience in saw else None, new if audience in sees else None)
            if step is not None:
                steps.setdefault(audience, []).append(step)
    return steps


def _with_hands(keys: Iterable[Key]) -> dict[Key, None]:
    """The keys, and the note of every authorship among them: a hand may see it, or see it no more."""
    found = dict.fromkeys(keys)
    return found | {("note", id): None for kind, id in found if kind == "authorship"}
