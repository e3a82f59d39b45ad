"""What is left of a session once personal data are erased: the work, without the people.

Retention rewrites the log as these changes alone (DESIGN.md 4). What a decision put into the minutes stays:
the person in charge of an action is part of the minutes, which the public archives rule keeps.
"""

from __future__ import annotations

import msgspec

from facilitation.records import (
    Authorship,
    Ballot,
    Call,
    Note,
    Occupant,
    Profile,
    Purge,
    Receipt,
    Record,
    Seat,
)
from facilitation.state import Change, Put, State

GONE = (Profile, Occupant, Call, Authorship, Ballot, Receipt)
"""Records that say only who did or was what."""

NOBODY = "Personne retirée"


def without_persons(state: State, *, at: int, rule: str) -> tuple[Change, ...]:
    """The whole of a session as one batch of puts, without names, authors, profiles or withdrawn texts, then the `Purge`.

    `at`: ms since the epoch; `rule`: which promise is being kept, such as "retention 30 days". A seat keeps its
    site, role and heads, so that attendance still adds up, and nothing that tells who sat there.
    """
    kept = [_faceless(record) for record in state.records() if not _is_personal(record)]
    return (*(Put(record) for record in kept), Put(Purge(id=f"purge-{at}", at=at, rule=rule)))


def _is_personal(record: Record) -> bool:
    if isinstance(record, Note):
        return record.withdrawn or record.aside or record.scope != "everyone"
    return isinstance(record, GONE)


def _faceless(record: Record) -> Record:
    if isinstance(record, Seat):
        return msgspec.structs.replace(record, name=NOBODY, scope="facilitators", joined_at=0)
    return record
