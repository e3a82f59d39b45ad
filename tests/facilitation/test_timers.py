"""The timer of the current block, on the server's clock."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation.records import Timer
from tests.facilitation.workshop import MINUTE, SECOND, Workshop, opened, writing


def timer(workshop: Workshop) -> Timer:
    """The timer that runs or waits."""
    found = workshop.state.find(Timer, "timer")
    assert found
    return found


def test_T1_entering_a_block_starts_its_timer_and_going_back_does_not() -> None:
    workshop = opened()
    block = workshop.enter("ecrire")
    assert (timer(workshop).block, timer(workshop).deadline) == (block.id, workshop.at + block.minutes * MINUTE)
    workshop.enter("lire")
    workshop.enter("ecrire")
    assert workshop.state.find(Timer, "timer") is None


def test_T2_a_running_timer_is_not_started_again() -> None:
    workshop = writing()
    assert workshop.refused("nadia", ask.StartTimer()) == "timer_running"
    workshop.do("nadia", ask.StopTimer())
    workshop.do("nadia", ask.StartTimer(seconds=90))
    assert timer(workshop).deadline == workshop.at + 90 * SECOND
    workshop.do("nadia", ask.StartTimer(), after=90 * SECOND)
    assert timer(workshop).total == workshop.block("ecrire").minutes * MINUTE


def test_T2_a_timer_belongs_to_a_block() -> None:
    workshop = Workshop()
    workshop.join("nadia", "facilitator")
    workshop.do("nadia", ask.OpenSession())
    assert workshop.refused("nadia", ask.StartTimer()) == "no_block"


def test_T3_T4_pausing_keeps_what_remains_and_resuming_gives_it_back() -> None:
    workshop = writing()
    left = timer(workshop).deadline - workshop.at
    workshop.do("nadia", ask.PauseTimer())
    assert (timer(workshop).deadline, timer(workshop).remaining) == (0, left)
    assert workshop.do("nadia", ask.PauseTimer()) == ()
    workshop.do("nadia", ask.ResumeTimer(), after=7 * MINUTE)
    assert timer(workshop).deadline == workshop.at + left
    assert workshop.do("nadia", ask.ResumeTimer()) == ()
    workshop.at = timer(workshop).deadline
    assert workshop.do("nadia", ask.PauseTimer()) == ()


@pytest.mark.parametrize(("seconds", "left"), [(60, 10 * MINUTE), (-60, 8 * MINUTE), (-36000, 0), (36000, 600 * MINUTE)])
def test_T5_plus_and_minus_move_the_one_deadline(seconds: int, left: int) -> None:
    workshop = writing()
    assert timer(workshop).deadline - workshop.at == 9 * MINUTE
    workshop.do("nadia", ask.AdjustTimer(seconds=seconds))
    assert timer(workshop).deadline == workshop.at + left


def test_T5_past_zero_plus_counts_from_now_and_a_paused_timer_keeps_some_time() -> None:
    workshop = writing()
    workshop.at = timer(workshop).deadline + 5 * MINUTE
    workshop.do("nadia", ask.AdjustTimer(seconds=60))
    assert timer(workshop).deadline == workshop.at + MINUTE
    workshop.do("nadia", ask.PauseTimer())
    workshop.do("nadia", ask.AdjustTimer(seconds=-600))
    assert timer(workshop).remaining == SECOND


def test_T6_stopping_takes_it_off_every_screen() -> None:
    workshop = writing()
    workshop.do("nadia", ask.StopTimer())
    for command in (ask.StopTimer(), ask.PauseTimer(), ask.ResumeTimer(), ask.AdjustTimer(seconds=60)):
        assert workshop.refused("nadia", command) == "no_timer"
    assert workshop.refused("claire", ask.StartTimer()) == "not_allowed"
