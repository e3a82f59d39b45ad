"""What people work on: boards, zones, notes and who wrote them, clusters, sheets."""

from __future__ import annotations

from facilitation.records.base import Record, Scope, SheetType, Tint


class Board(Record, tag="board", frozen=True, kw_only=True):
    """A canvas of `width` x `height` units. `background` names a drawing of ours; `tints` maps a tint to its meaning."""

    title: str
    width: int = 1600
    height: int = 1157
    background: str = ""
    alt: str = ""
    scope: Scope = "everyone"  # "group:<id>" for a group's own copy
    group: str = ""  # the group whose copy it is, kept once shown to everyone
    tints: dict[str, str] = {}  # empty: tint means nothing here and is not offered


class Zone(Record, tag="zone", frozen=True, kw_only=True):
    """A named area of a board, in reading order."""

    board: str
    title: str
    rank: float
    x: float
    y: float
    width: float
    height: float
    tint: Tint = ""
    scope: Scope = "everyone"  # its board's


class Note(Record, tag="note", frozen=True, kw_only=True):
    """One card. `scope` "author" until revealed; `withdrawn` by its author, `aside` by a facilitator; `edition` counts texts."""

    board: str
    block: str  # where it was written
    text: str
    zone: str = ""
    cluster: str = ""
    tint: Tint = ""
    x: float = 0.0
    y: float = 0.0
    rank: float = 0.0  # order in its zone or cluster
    scope: Scope = "everyone"
    withdrawn: bool = False
    aside: bool = False
    edition: int = 1
    at: int = 0  # written in secret: the block's start
    origin: str = ""  # id of the note that this one parted from, or was harvested from
    group: str = ""  # the group that it was harvested from


class Authorship(Record, tag="authorship", frozen=True, kw_only=True):
    """Who wrote a note; same id as the note. `sealed` (hidden authors) waits in the seal and never enters the log."""

    seat: str
    occupant: str = ""  # the named person before a shared device
    typist: str = ""  # the seat that typed for someone else, "" when the same
    sealed: bool = False
    scope: Scope = "author"


class Cluster(Record, tag="cluster", frozen=True, kw_only=True):
    """Notes gathered under a title. Its notes name it; their order is their rank."""

    board: str
    title: str
    zone: str = ""
    x: float = 0.0
    y: float = 0.0
    rank: float = 0.0
    scope: Scope = "everyone"  # its board's


class Sheet(Record, tag="sheet", frozen=True, kw_only=True):
    """A decision, an action (quoi, qui, quand) or a parked point. `origin` is the note or cluster that it came from."""

    type: SheetType
    what: str
    who: str = ""  # « Ce nom figurera au compte rendu »
    when: str = ""  # ISO date, or "" when not said
    origin: str = ""
    rank: float = 0.0
    at: int = 0
    removed: bool = False
