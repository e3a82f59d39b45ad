"""One vote from open to shown: its options, ballots and count."""

from __future__ import annotations

from typing import Literal

import msgspec

from facilitation.records.base import Record, Scope


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
