"""Counting: what a box of opened ballots gives. Pure arithmetic on a round's frozen options; the archive recounts with it.

An expressed ballot is one that does not abstain. A tally counts abstentions in `ballots`, and never as marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from facilitation.records import BallotBox, OpenedBallot, Round, Row

SITE_BALLOTS = 5
"""Expressed ballots below which a site's result would say too much of each of its people (k = 5, domain.md 4)."""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What a set of ballots gives. `median`: a level's position from 1, in halves; None for dots or without answers."""

    rows: tuple[Row, ...]
    ballots: int
    abstentions: int
    median: float | None = None


def count(round: Round, ballots: Iterable[OpenedBallot]) -> Count:
    """K1. The count of these ballots: dots from most to least, levels in their own order."""
    cast = list(ballots)
    expressed = [ballot for ballot in cast if not ballot.abstains]
    rows = ranked(round, expressed)
    if round.method == "dots":
        place = {option.id: index for index, option in enumerate(round.options)}
        rows = tuple(sorted(rows, key=lambda row: (row.rank, place[row.option])))
    median = level_median([row.points for row in rows]) if round.method == "scale" else None
    return Count(rows=rows, ballots=len(cast), abstentions=len(cast) - len(expressed), median=median)


def ranked(round: Round, expressed: Sequence[OpenedBallot]) -> tuple[Row, ...]:
    """K2. One row an option, in the options' order. Equal points share the rank that the first of them has (1, 1, 3)."""
    points = {option.id: sum(ballot.marks.get(option.id, 0) for ballot in expressed) for option in round.options}
    return tuple(
        Row(
            option=id,
            points=total,
            ballots=sum(1 for ballot in expressed if ballot.marks.get(id, 0)),
            rank=1 + sum(1 for other in points.values() if other > total),
        )
        for id, total in points.items()
    )


def level_median(answers: Sequence[int]) -> float | None:
    """K3. The middle level's position from 1, given the answers at each; between two middle ones, half-way."""
    positions = [place for place, number in enumerate(answers, start=1) for _ in range(number)]
    if not positions:
        return None
    half = len(positions) // 2
    if len(positions) % 2:
        return float(positions[half])
    return (positions[half - 1] + positions[half]) / 2


def recount(round: Round, box: BallotBox, site: str | None = None) -> Count:
    """K4. The count of a box, or of one site's ballots in it: what anyone can compute again from the archive."""
    return count(round, (ballot for ballot in box.ballots if site is None or ballot.site == site))


def sites_may_show(sites: Iterable[str], ballots: Iterable[OpenedBallot]) -> bool:
    """K5. A result by site shows only where there are several, and each has five expressed ballots."""
    numbers = dict.fromkeys(sites, 0)
    for ballot in ballots:
        if not ballot.abstains:
            numbers[ballot.site] = numbers.get(ballot.site, 0) + 1
    return len(numbers) > 1 and min(numbers.values()) >= SITE_BALLOTS


def sort_key(ballot: OpenedBallot) -> bytes:
    """K6. A ballot's own bytes, its marks in order: sorting by them leaves nothing of who voted, or when."""
    return msgspec.msgpack.encode(ballot, order="deterministic")
