"""What is true of every workshop whatever people do: seeded storms, and hypothesis looking for a worse one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from facilitation import sight
from facilitation.records import Authorship, Ballot, BallotBox, Note, Partition, Receipt, Record
from tests.facilitation.storm import Storm


def weathered(storm: Storm, commands: int) -> None:
    """Let a storm blow for that many commands."""
    for _ in range(commands):
        storm.blow()


@pytest.mark.parametrize("seed", range(8))
def test_V3_V4_V6_a_storm_leaves_every_view_patched_as_computed_and_no_secret_told(seed: int) -> None:
    storm = Storm(Random(seed))
    weathered(storm, 250)
    storm.settle()
    granted = sum(not code for _, code in storm.workshop.answers)
    assert granted > 60, "a storm that is refused everything proves nothing"


def test_G3_G12_G19_storms_send_people_apart_and_bring_their_notes_back() -> None:
    """What the storm checks after each command is checked while groups work, and once notes were carried and harvested."""
    storms = [Storm(Random(seed)) for seed in range(20, 30)]
    for storm in storms:
        weathered(storm, 150)
        storm.settle()
    partitions = [one for storm in storms for one in storm.workshop.state.all(Partition)]
    notes = [one for storm in storms for one in storm.workshop.state.all(Note)]
    assert len({one.mode for one in partitions if one.started_at}) >= 3
    assert any(one.scope.startswith("group:") for one in notes)
    assert any(one.group for one in notes)


class Weather(RuleBasedStateMachine):
    """Gusts of commands, of which hypothesis keeps the shortest that breaks something."""

    @initialize(chance=st.integers(0, 2**32))
    def begin(self, chance: int) -> None:
        self.storm = Storm(Random(chance))

    @rule(chance=st.integers(0, 2**32))
    def gust(self, chance: int) -> None:
        self.storm.rng = Random(chance)
        for _ in range(4):
            self.storm.blow()

    def teardown(self) -> None:
        if hasattr(self, "storm"):
            self.storm.settle()


TestWeather = Weather.TestCase
TestWeather.settings = settings(
    max_examples=40,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


def everyone_reads(kind: type[Record]) -> Callable[[Record], frozenset[str]]:
    """A sight with a fault: records of this kind go to everyone."""
    return lambda record: sight.EVERYONE if isinstance(record, kind) else honest(record)


honest = sight.audiences


@pytest.mark.parametrize("kind", [Note, Ballot, Receipt, Authorship, BallotBox])
def test_V4_a_leak_planted_in_sight_is_caught_by_the_storm(kind: type[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "audiences", everyone_reads(kind))
    with pytest.raises(AssertionError):
        weathered(Storm(Random(1)), 400)


def test_V6_a_ballot_planted_in_the_log_is_caught_by_the_storm(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = Storm(Random(1))
    monkeypatch.setattr("tests.facilitation.workshop.seal_of", lambda record: "")
    weathered(storm, 250)
    with pytest.raises(AssertionError):
        storm.settle()
