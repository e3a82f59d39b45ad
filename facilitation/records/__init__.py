"""The nouns of a session: frozen, flat records with an id, and the one wire form of each.

A record never holds what fewer people may know than the record itself: that is another record with its
own scope (`Authorship` beside `Note`, `Profile` beside `Seat`, `Script` beside `Block`, `SiteTally` beside
`Tally`). Times are milliseconds since the epoch, board coordinates are board units (see `Board.width`),
ranks are floats that order siblings. Who sees a record is decided in `sight.py`, how it changes in the
module of its noun.
"""

from __future__ import annotations

from typing import Any

import msgspec

from facilitation.records.base import Mix, Nature, Record, Role, Scope, SheetType, Tint, View
from facilitation.records.board import Authorship, Board, Cluster, Note, Sheet, Zone
from facilitation.records.grouping import Group, Partition, Placement, Shortfall
from facilitation.records.people import Call, Occupant, Practical, Profile, Seat, Site
from facilitation.records.plan import Block, GroupPlan, RoundPlan, Script, Takeaway
from facilitation.records.run import Announcement, Approval, Archive, Excused, Purge, Session, Timer, Wall
from facilitation.records.vote import Ballot, BallotBox, OpenedBallot, Option, Receipt, Round, Row, SiteTally, Tally

__all__ = [
    "KINDS",
    "Announcement",
    "Approval",
    "Archive",
    "Authorship",
    "Ballot",
    "BallotBox",
    "Block",
    "Board",
    "Call",
    "Cluster",
    "Excused",
    "Group",
    "GroupPlan",
    "Mix",
    "Nature",
    "Note",
    "Occupant",
    "OpenedBallot",
    "Option",
    "Partition",
    "Placement",
    "Practical",
    "Profile",
    "Purge",
    "Receipt",
    "Record",
    "Role",
    "Round",
    "RoundPlan",
    "Row",
    "Scope",
    "Script",
    "Seat",
    "Session",
    "Sheet",
    "SheetType",
    "Shortfall",
    "Site",
    "SiteTally",
    "Takeaway",
    "Tally",
    "Timer",
    "Tint",
    "View",
    "Wall",
    "Zone",
    "from_wire",
    "kind_of",
    "register",
    "to_wire",
]

KINDS: dict[str, type[Record]] = {str(cls.__struct_config__.tag): cls for cls in Record.__subclasses__()}
"""Record classes by kind, as written on the wire and in the log."""


def register(*classes: type[Record]) -> None:
    """Add the record classes of another log, such as the lab's, to those that can be read back."""
    KINDS.update({str(cls.__struct_config__.tag): cls for cls in classes})


def kind_of(record: Record) -> str:
    """The `kind` of a record, as on the wire: "note", "site_tally"…"""
    return str(record.__struct_config__.tag)


def to_wire(record: Record) -> dict[str, Any]:
    """The one wire form: `kind`, then every field with its default, in snake case."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain


def from_wire(plain: dict[str, Any]) -> Record:
    """The record of a wire form. Unknown fields (a newer minor version) are dropped.

    Raises ValueError when the kind is unknown, msgspec.ValidationError (a ValueError) when a field has the wrong type.
    """
    kind = plain.get("kind")
    if kind not in KINDS:
        raise ValueError(f"expected a record of a known kind, got {kind!r}")
    return msgspec.convert(plain, KINDS[kind])
