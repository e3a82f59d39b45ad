"""Counting, on the scenario's own ballots and on the corners that ties, abstentions and few answers make."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.records import BallotBox, OpenedBallot, Option, Round
from facilitation.tallies import count, level_median, recount, sites_may_show, sort_key

SCENARIO = Path(__file__).parents[1] / "scenarios" / "accueil-nouvel-agent.toml"


def a_round(*options: str, method: str = "dots") -> Round:
    """A closed round on these options."""
    return Round(
        id="r", block="b", method=method, question="?", target="clusters",  # type: ignore[arg-type]
        options=tuple(Option(id=option, title=option) for option in options),
    )  # fmt: skip


def cast(*marks: dict[str, int], site: str = "") -> list[OpenedBallot]:
    """Ballots with these marks."""
    return [OpenedBallot(marks=mark, site=site) for mark in marks]


def scenario_ballots() -> list[OpenedBallot]:
    """The thirteen ballots of the scenario; a room's list is one ballot a head."""
    ballots: list[OpenedBallot] = []
    for given_ in tomllib.loads(SCENARIO.read_text(encoding="utf-8"))["vote"]["bulletins"].values():
        ballots += cast(*(given_ if isinstance(given_, list) else [given_]))
    return ballots


def test_K1_the_scenario_gives_fifteen_twelve_six_and_four() -> None:
    vote = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))["vote"]
    result = count(a_round(*vote["attendu"]["points"]), scenario_ballots())
    assert {row.option: row.points for row in result.rows} == vote["attendu"]["points"]
    assert [(row.points, row.rank) for row in result.rows] == [(15, 1), (12, 2), (6, 3), (4, 4)]
    assert (result.ballots, result.abstentions, result.median) == (13, 0, None)
    assert result.rows[0].ballots == 10


def test_K1_abstentions_are_ballots_without_marks() -> None:
    result = count(a_round("a", "b"), [*cast({"a": 2}), OpenedBallot(marks={}, abstains=True)])
    assert (result.ballots, result.abstentions) == (2, 1)
    assert [(row.option, row.points, row.ballots) for row in result.rows] == [("a", 2, 1), ("b", 0, 0)]


def test_K2_ties_share_a_rank_and_keep_the_options_order() -> None:
    result = count(a_round("a", "b", "c", "d"), cast({"b": 2, "c": 2}, {"a": 2}, {"d": 1}))
    assert [(row.option, row.rank) for row in result.rows] == [("a", 1), ("b", 1), ("c", 1), ("d", 4)]


def test_K1_no_ballot_at_all_is_a_tie_of_zeros() -> None:
    result = count(a_round("a", "b"), [])
    assert [(row.points, row.rank) for row in result.rows] == [(0, 1), (0, 1)]


def test_K3_the_scenario_s_roti_has_median_four() -> None:
    notes = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))["roti"]["notes"]
    ballots = [ballot for level, number in notes.items() for ballot in cast(*[{level: 1}] * number)]
    result = count(a_round("1", "2", "3", "4", "5", method="scale"), ballots)
    assert [row.points for row in result.rows] == [0, 0, 2, 5, 6]
    assert (result.median, result.ballots) == (4.0, 13)


@pytest.mark.parametrize(
    ("answers", "median"), [([0, 0], None), ([1, 0], 1.0), ([1, 1], 1.5), ([2, 0, 0, 2], 2.5), ([0, 3, 0, 2], 2.0)]
)
def test_K3_a_median_falls_on_a_level_or_half_way(answers: list[int], median: float | None) -> None:
    assert level_median(answers) == median


def test_K4_a_box_recounts_to_its_tally_whole_or_by_site() -> None:
    box = BallotBox(id="r", ballots=(*cast({"a": 1}, {"b": 1}, site="x"), *cast({"a": 2}, site="y")))
    assert [row.points for row in recount(a_round("a", "b"), box).rows] == [3, 1]
    assert [row.points for row in recount(a_round("a", "b"), box, "y").rows] == [2, 0]


def test_K5_sites_show_only_with_five_expressed_ballots_each() -> None:
    five, four = cast(*[{"a": 1}] * 5, site="x"), cast(*[{"a": 1}] * 4, site="y")
    silent = OpenedBallot(marks={}, abstains=True, site="y")
    assert not sites_may_show(["x", "y"], five + four)
    assert not sites_may_show(["x", "y"], [*five, *four, silent])
    assert not sites_may_show(["x", "y", "z"], five + cast(*[{"a": 1}] * 5, site="y"))
    assert not sites_may_show(["x"], five)
    assert sites_may_show(["x", "y"], five + cast(*[{"a": 1}] * 5, site="y"))


@given(st.permutations(scenario_ballots()))
def test_K6_sorted_by_their_own_bytes_ballots_forget_who_came_first(ballots: list[OpenedBallot]) -> None:
    assert sorted(ballots, key=sort_key) == sorted(scenario_ballots(), key=sort_key)
