"""The nouns of a session: frozen, flat records with an id, and the one wire form of each.

A record never holds what fewer people may know than the record itself: that is another record with its
own scope (`Authorship` beside `Note`, `Profile` beside `Seat`, `Script` beside `Block`, `SiteTally` beside
`Tally`). Times are milliseconds since the epoch, board coordinates are board units (see `Board.width`),
ranks are floats that order siblings. Who sees a record is decided in `sight.py`, how it changes in the
module of its noun.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Scope = str
"""Who sees a record that carries one: "everyone", "facilitators", "author" (the seat that wrote it) or "seat:<id>"."""

Role = Literal["facilitator", "cofacilitator", "participant", "observer", "room", "projector"]
Tint = Literal["", "paille", "pastel", "tilleul", "rose", "lavande", "abricot"]
Nature = Literal["collaborative", "top-down", "pause", "logistics"]
View = Literal["accueil", "ecrire", "lire", "regrouper", "voter", "resultat", "actions", "fin"]
SheetType = Literal["action", "decision", "parking"]


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=False):
    """What every record has: an `id`, unique within its kind and session."""

    id: str


class Session(Record, tag="session", frozen=True, kw_only=True):
    """The one record about the run itself. `status` goes preparing, open, ended, closing, closed; `ended` can be undone."""

    id: str = "session"
    title: str
    purpose: str = ""
    date: str = ""  # ISO date, local to `timezone`
    start: str = ""  # HH:MM
    timezone: str = "Europe/Paris"
    axis: str = ""
    method: str = ""  # id of the method the plan came from
    retention: int = 30  # days that personal data are kept after closing
    status: Literal["preparing", "open", "ended", "closing", "closed"] = "preparing"
    code: str = ""  # the 8-symbol join code
    block: str = ""  # id of the current block, "" before the first one
    locked: bool = False  # participants may look, not touch
    locked_at: int = 0
    list_present: bool = False  # « Faire figurer les présents »
    generations: dict[str, int] = {}  # role -> generation of its link; revoking is the next one
    created_at: int = 0
    opened_at: int = 0
    ended_at: int = 0
    closed_at: int = 0


class Site(Record, tag="site", frozen=True, kw_only=True):
    """A place people attend from; with `room`, also a physical room there and the heads expected in it."""

    name: str
    room: bool = False
    heads: int = 0
    rank: float = 0.0


class Seat(Record, tag="seat", frozen=True, kw_only=True):
    """A person's, room device's or projector's place. The name lives here only. `heads` is 0 for who has no ballot."""

    name: str
    role: Role
    site: str = ""
    heads: int = 1
    scope: Scope = "facilitators"  # "everyone" once an authorship of this seat is shown
    generation: int = 0  # of the personal link; leaving or removal is the next one
    joined_at: int = 0
    removed: bool = False


class Profile(Record, tag="profile", frozen=True, kw_only=True):
    """What a person chose to say of themselves at the door; same id as the seat."""

    service: str = ""
    department: str = ""
    manages: bool = False  # « j'encadre une équipe »


class Occupant(Record, tag="occupant", frozen=True, kw_only=True):
    """One head before a shared device: a letter, a name if given. `gone` keeps the authorship of who has left."""

    seat: str
    letter: str
    name: str = ""
    gone: bool = False


class Call(Record, tag="call", frozen=True, kw_only=True):
    """A hand raised or help asked for by a seat; same id as the seat."""

    reason: Literal["hand", "help"]
    at: int


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How a block votes, before any round is opened. For `scale`, `levels` are the labels from lowest to highest."""

    method: Literal["dots", "scale"]
    question: str = ""
    target: Literal["notes", "clusters", "question"] = "clusters"
    budget: int = 3
    cap: int = 2  # most marks on one target
    own: bool = True  # dots on one's own ideas allowed
    secret: bool = True
    levels: tuple[str, ...] = ()
    comment: bool = False  # one open comment with the answer
    facilitators_vote: bool = False


class Block(Record, tag="block", frozen=True, kw_only=True):
    """One step: instruction + rights + view + minutes. Entering it changes what every participant can see and do."""

    title: str
    rank: float
    minutes: int
    nature: Nature
    view: View
    board: str = ""
    instruction: str = ""
    wall: str = ""  # instruction for the projector, at most 90 characters; "" = `instruction`
    notes: Literal["everyone", "author"] = "everyone"  # who sees a note written here before the reveal
    authors: Literal["shown", "hidden"] = "hidden"
    rights: dict[str, tuple[str, ...]] = {}  # role -> capabilities (rights.py)
    round: RoundPlan | None = None
    sheets: tuple[SheetType, ...] = ()
    end: Literal["soft", "firm"] = "soft"  # firm: writing stops at the timer's end, 3 s of grace
    warn: int = 60  # seconds before the end when the timer warns
    status: Literal["waiting", "current", "done"] = "waiting"
    revealed: bool = False
    revealed_at: int = 0
    started_at: int = 0  # first entry
    left_at: int = 0  # last exit, 0 while current or never entered
    spent: int = 0  # ms already spent in it, past visits only
    entered_at: int = 0  # of the current visit


class Script(Record, tag="script", frozen=True, kw_only=True):
    """What only facilitators read about a block; same id as the block."""

    text: str


class Board(Record, tag="board", frozen=True, kw_only=True):
    """A canvas of `width` x `height` units. `background` names a drawing of ours; `tints` maps a tint to its meaning."""

    title: str
    width: int = 1600
    height: int = 1157
    background: str = ""
    alt: str = ""
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
    origin: str = ""  # id of the note that this one parted from


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


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One target of a round, frozen at opening: its title stays as it was voted on. `id` is the note's, cluster's or level's."""

    id: str
    title: str
    count: int = 1  # notes behind it


class Round(Record, tag="round", frozen=True, kw_only=True):
    """One vote from open to shown. Between closed and shown only facilitators see the tally."""

    block: str
    method: Literal["dots", "scale"]
    question: str
    target: Literal["notes", "clusters", "question"]
    options: tuple[Option, ...]
    budget: int = 3
    cap: int = 2
    own: bool = True
    secret: bool = True
    comment: bool = False
    facilitators_vote: bool = False
    status: Literal["open", "closed", "shown"] = "open"
    opened_at: int = 0
    closed_at: int = 0
    runoff_of: str = ""  # the round whose tie this one settles


class Ballot(Record, tag="ballot", frozen=True, kw_only=True):
    """One head's choices; id "<round>:<seat>:<head>", head from 1. Sealed: never in the log, gone once tallied."""

    round: str
    seat: str
    head: int
    marks: dict[str, int]  # option id -> dots; for a scale, one option id -> 1
    abstains: bool = False
    comment: str = ""
    final: bool = False  # deposited on a shared device: nobody sees it any more


class Receipt(Record, tag="receipt", frozen=True, kw_only=True):
    """Which heads of a seat have answered a round; id "<round>:<seat>". Sealed; seen by that seat only."""

    round: str
    seat: str
    heads: tuple[int, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a tally. `rank` is shared by ties; `ballots` counts those with at least one mark here."""

    option: str
    points: int
    ballots: int
    rank: int


class Tally(Record, tag="tally", frozen=True, kw_only=True):
    """The computed result of a round, same id as the round. For a scale, `median` is a level's position from 1, in halves."""

    rows: tuple[Row, ...]
    ballots: int
    abstentions: int
    heads: int  # entitled when it closed
    median: float | None = None
    comments: tuple[str, ...] = ()
    sites: Literal["shown", "withheld", "single"] = "withheld"
    scope: Scope = "facilitators"


class SiteTally(Record, tag="site_tally", frozen=True, kw_only=True):
    """The rows of one site, only where every site has five ballots; id "<round>:<site>"."""

    round: str
    site: str
    rows: tuple[Row, ...]
    ballots: int
    scope: Scope = "facilitators"


class OpenedBallot(msgspec.Struct, frozen=True, kw_only=True):
    """A ballot out of the seal: no seat, no head, no time. `site` only where every site has five ballots."""

    marks: dict[str, int]
    abstains: bool = False
    site: str = ""


class BallotBox(Record, tag="ballot_box", frozen=True, kw_only=True):
    """The opened ballots of a round, sorted by their own bytes; same id as the round. Nobody sees it; the archive recounts it."""

    ballots: tuple[OpenedBallot, ...]


class Timer(Record, tag="timer", frozen=True, kw_only=True):
    """The countdown of the current block. Running: `deadline` on the server clock. Paused: `remaining`. `total` is its length."""

    id: str = "timer"
    block: str
    total: int
    deadline: int = 0
    remaining: int = 0


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


class Announcement(Record, tag="announcement", frozen=True, kw_only=True):
    """The last thing said to everyone by the facilitators."""

    id: str = "announcement"
    text: str
    at: int


class Wall(Record, tag="wall", frozen=True, kw_only=True):
    """What the projector does beside following the block: a page, a hold, or a view chosen instead ("" = follow)."""

    id: str = "wall"
    view: Literal["", "accueil", "ecrire", "lire", "regrouper", "voter", "resultat", "actions", "fin"] = ""
    focus: str = ""  # id of the zone, cluster or round shown
    page: int = 0
    held: bool = False


class Archive(Record, tag="archive", frozen=True, kw_only=True):
    """The bundle of a closed session: file names, sizes in bytes and SHA-256 of its two parts."""

    id: str = "archive"
    version: int
    at: int
    shared: str  # file name of the « diffusion » part
    shared_size: int
    shared_hash: str
    reserved: str  # file name of the « réserve » part
    reserved_size: int
    reserved_hash: str


class Purge(Record, tag="purge", frozen=True, kw_only=True):
    """That personal data were erased: when and by which rule."""

    at: int
    rule: str


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
