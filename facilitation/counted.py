"""The rounds of a report: what was asked, how many answered, each line with its ties, and what is withheld."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from facilitation.records import Block, Round, Row, Site, SiteTally, Tally
from facilitation.state import State


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a round and what it got. Lines that share a rank are `tied`, never ordered among themselves."""

    option: str
    title: str
    points: int
    ballots: int
    rank: int
    tied: bool


class SiteLines(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one site."""

    site: str
    ballots: int
    lines: tuple[Line, ...]


class RoundPart(msgspec.Struct, frozen=True, kw_only=True):
    """A counted round. Dots: lines by rank. Scale: lines by level, lowest first, and the `median` as a level from 1.

    `placed` of `available` marks were used. `by_site` is empty unless `sites` is "shown"; "withheld" means that a site
    had too few ballots, "single" that there was only one.
    """

    id: str
    block: str  # id
    step: str  # its title
    question: str
    method: Literal["dots", "scale"]
    target: Literal["notes", "clusters", "question"]
    secret: bool
    own: bool
    budget: int
    cap: int
    heads: int
    ballots: int
    abstentions: int
    placed: int
    available: int
    lines: tuple[Line, ...]
    median: float | None
    comments: tuple[str, ...]
    sites: Literal["shown", "withheld", "single"]
    by_site: tuple[SiteLines, ...]
    opened_at: int
    closed_at: int
    shown: bool
    runoff_of: str


def rounds_of(state: State, *, unshown: bool = False) -> tuple[RoundPart, ...]:
    """The rounds whose result everyone saw, as they followed one another; `unshown` adds those only counted."""
    found = sorted(state.all(Round), key=lambda one: (one.opened_at, one.id))
    parts = []
    for one in found:
        tally = state.find(Tally, one.id)
        if tally and (one.status == "shown" or (unshown and one.status == "closed")):
            parts.append(_round(state, one, tally))
    return tuple(parts)


def _round(state: State, one: Round, tally: Tally) -> RoundPart:
    block = state.find(Block, one.block)
    voiced = tally.ballots - tally.abstentions
    return RoundPart(
        id=one.id, block=one.block, step=block.title if block else "", question=one.question, method=one.method,
        target=one.target, secret=one.secret, own=one.own, budget=one.budget, cap=one.cap, heads=tally.heads,
        ballots=tally.ballots, abstentions=tally.abstentions, placed=sum(row.points for row in tally.rows),
        available=voiced * (one.budget if one.method == "dots" else 1), lines=_lines(one, tally.rows),
        median=tally.median, comments=tally.comments, sites=tally.sites, by_site=_by_site(state, one),
        opened_at=one.opened_at, closed_at=one.closed_at, shown=one.status == "shown", runoff_of=one.runoff_of,
    )  # fmt: skip


def _lines(one: Round, rows: tuple[Row, ...]) -> tuple[Line, ...]:
    titles = {option.id: option.title for option in one.options}
    places = {option.id: place for place, option in enumerate(one.options)}
    sharing = Counter(row.rank for row in rows if row.points)
    order = sorted(
        rows,
        key=lambda row: (0, places.get(row.option, 0)) if one.method == "scale" else (row.rank, places.get(row.option, 0)),
    )
    return tuple(
        Line(
            option=row.option, title=titles.get(row.option, ""), points=row.points, ballots=row.ballots, rank=row.rank,
            tied=one.method == "dots" and row.points > 0 and sharing[row.rank] > 1,
        )
        for row in order
    )  # fmt: skip


def _by_site(state: State, one: Round) -> tuple[SiteLines, ...]:
    names = {site.id: (site.rank, site.name) for site in state.all(Site)}
    tallies = sorted(
        (tally for tally in state.all(SiteTally) if tally.round == one.id),
        key=lambda tally: (names.get(tally.site, (1e9, "")), tally.site),
    )
    return tuple(
        SiteLines(site=names.get(tally.site, (0.0, ""))[1], ballots=tally.ballots, lines=_lines(one, tally.rows))
        for tally in tallies
    )
