"""Allowances at their limit, one above, and far above."""

from __future__ import annotations

from server.wire.allowances import Bucket, Places, Strikes


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    bucket = Bucket(20, 60, 0.0)
    assert [bucket.take(0.0) for _ in range(61)] == [True] * 60 + [False]
    assert [bucket.take(0.5) for _ in range(11)] == [True] * 10 + [False]
    assert sum(bucket.take(10.0 + second) for second in range(100) for _ in range(2000)) == 60 + 99 * 20


def test_a_bucket_says_how_long_to_wait() -> None:
    bucket = Bucket(100, 600, 0.0)
    assert bucket.wait(0.0) == 0.0
    bucket.take(0.0, 600)
    assert bucket.wait(0.0) == 0.01
    assert bucket.left(0.01) == 1


def test_excesses_of_one_second_are_one_strike() -> None:
    strikes = Strikes(3)
    assert not any(strikes.out(0.5) for _ in range(1000))
    assert not strikes.out(1.6)
    assert strikes.out(2.7)


def test_strikes_are_forgotten_after_a_minute() -> None:
    strikes = Strikes(3)
    assert not any(strikes.out(moment) for moment in range(0, 600, 31))


def test_places_at_and_above_each_limit() -> None:
    places = Places(seat=6, session=10, process=12)
    assert [places.take("s", "a") for _ in range(7)] == [""] * 6 + ["too_many"]
    assert [places.take("s", f"b{number}") for number in range(5)] == [""] * 4 + ["session_full"]
    assert [places.take("t", f"c{number}") for number in range(3)] == ["", "", "server_full"]
    assert places.full
    places.give("s", "a")
    assert not places.full
    assert places.take("s", "a") == ""


def test_given_places_leave_nothing_behind() -> None:
    places = Places(6, 600, 6000)
    for number in range(1000):
        assert places.take("s", f"a{number % 7}") == ""
        places.give("s", f"a{number % 7}")
    assert places.taken == 0
    assert places.take("s", "a1") == ""
