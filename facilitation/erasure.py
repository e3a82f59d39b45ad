"""What is left of a session once personal data are erased: the work, without the people.

Retention rewrites the log as these changes alone (DESIGN.md 4). What a decision put into the minutes stays:
the person in charge of an action is part of the minutes, which the public archives rule keeps.
"""

from __future__ import annotations

import msgspec

from facilitation.boarded import is_public
from facilitation.records import (
    Archive,
    Authorship,
    Ballot,
    Call,
    Excused,
    Note,
    Occupant,
    Placement,
    Practical,
    Profile,
    Purge,
    Receipt,
    Record,
    Seat,
    Session,
)
from facilitation.state import Change, Put, State

GONE = (Profile, Occupant, Call, Authorship, Ballot, Receipt, Excused, Placement, Practical)
"""Records that say only who did, was or was to be what, and what was of use on the day alone."""

NOBODY = "Personne retirée"


def without_persons(state: State, *, at: int, rule: str) -> tuple[Change, ...]:
    """The whole of a session as one batch of puts, without names, authors, profiles or withdrawn texts, then the `Purge`.

    `at`: ms since the epoch; `rule`: which promise is being kept, such as "retention 30 days". A seat keeps its
    site, role and heads, so that attendance still adds up, and nothing that tells who sat there. A group keeps its work,
    not its members.
    """
    kept = [_faceless(record) for record in state.records() if not _is_personal(record)]
    if any(state.all(Archive)):  # what was being revised stays as it was last archived
        kept = [msgspec.structs.replace(one, status="closed") if isinstance(one, Session) else one for one in kept]
    return (*(Put(record) for record in kept), Put(Purge(id=f"purge-{at}", at=at, rule=rule)))


def _is_personal(record: Record) -> bool:
    if isinstance(record, Note):
        return not is_public(record)
    return isinstance(record, GONE)


def _faceless(record: Record) -> Record:
    if isinstance(record, Seat):
        return msgspec.structs.replace(record, name=NOBODY, scope="facilitators", joined_at=0, group="", device="")
    return record
