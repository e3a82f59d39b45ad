"""Limits on guessing: failures only, per address then in all."""

from server.identity.throttle import ADDRESSES, SLOW, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_address_waits_out_its_minute() -> None:
    clock = Clock()
    throttle = Throttle(minute=10, clock=clock)
    for _ in range(9):
        throttle.failed("a")
    assert throttle.retry_after("a") == 0
    clock.now += 20
    throttle.failed("a")
    assert throttle.retry_after("a") == 40
    assert throttle.retry_after("b") == 0
    clock.now += 41
    assert throttle.retry_after("a") == 0


def test_looking_without_failing_costs_nothing() -> None:
    throttle = Throttle(minute=1)
    assert [throttle.retry_after("room") for _ in range(200)] == [0] * 200


def test_the_hour_spent_slows_everybody_and_passes() -> None:
    clock = Clock()
    throttle = Throttle(minute=10, hour=1000, clock=clock)
    for number in range(1000):
        throttle.failed(f"10.0.{number // 250}.{number % 250}")
    assert throttle.delay() == SLOW
    clock.now += 3601
    assert throttle.delay() == 0.0


def test_addresses_are_forgotten_beyond_a_bound() -> None:
    throttle = Throttle(minute=1)
    for number in range(ADDRESSES + 1):
        throttle.failed(str(number))
    assert throttle.retry_after("0") == 0
    assert throttle.retry_after(str(ADDRESSES)) > 0
