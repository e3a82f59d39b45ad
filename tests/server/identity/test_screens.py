"""Screens that wait: codes that serve once and expire, and a memory that stays bounded."""

from __future__ import annotations

import asyncio

from server.identity import codes
from server.identity.screens import LIFE, MOST, MOST_AT_ADDRESS, Screens


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_code_is_six_symbols_read_aloud_in_threes() -> None:
    screen = Screens(Clock()).waiting("", "a")
    assert len(screen.code) == codes.SCREEN
    assert set(screen.code) <= set(codes.ALPHABET)
    assert codes.shown(screen.code) == f"{screen.code[:3]}\u00a0{screen.code[3:]}"
    assert codes.normalise(f" {screen.code[:2].lower()}-{screen.code[2:]}", codes.SCREEN) == screen.code
    assert codes.normalise(screen.code) == ""


def test_asking_again_keeps_the_code_until_it_expires() -> None:
    clock = Clock()
    screens = Screens(clock)
    screen = screens.waiting("", "a")
    first = screen.code
    clock.now += LIFE - 1
    assert screens.waiting(screen.secret, "a").code == first
    assert screens.left(screen) == 1
    clock.now += 1
    assert screens.claim(first) is None
    assert screens.waiting(screen.secret, "a").code != first
    assert screens.left(screen) == LIFE
    assert screens.claim(first) is None
    assert len(screens._codes) == 1


def test_a_code_serves_once_and_again_only_where_it_was_released() -> None:
    screens = Screens(Clock())
    screen = screens.waiting("", "a")
    code = screen.code
    assert screens.claim(code) is screen
    assert screens.claim(code) is None
    screens.release(screen)
    assert screens.claim(code) is screen
    screens.place(screen, "s1", "seat")
    assert screen.told.is_set()
    assert screens.claim(code) is None
    screens.release(screen)
    assert screens.claim(code) is None
    assert screens.waiting(screen.secret, "a").place == ("s1", "seat")
    again = screens.fresh(screen.secret, "a")
    assert again.place is None
    assert again.code


def test_a_secret_that_nobody_knows_gets_a_screen_of_its_own() -> None:
    screens = Screens(Clock())
    assert screens.waiting("guessed", "a").secret != "guessed"
    assert len(screens) == 1


def test_one_address_pushes_out_its_own_screens_only() -> None:
    screens = Screens(Clock())
    other = screens.waiting("", "b")
    first = screens.waiting("", "a")
    for _ in range(MOST_AT_ADDRESS + 10):
        screens.waiting("", "a")
    assert len(screens) == MOST_AT_ADDRESS + 1
    assert screens.claim(other.code) is other
    assert screens.claim(first.code) is None
    assert first.told.is_set()


def test_memory_is_bounded() -> None:
    screens = Screens(Clock())
    for number in range(MOST + 50):
        screens.waiting("", f"10.0.{number // 250}.{number % 250}")
    assert len(screens) == MOST
    assert len(screens._codes) == MOST


async def test_a_server_that_leaves_answers_every_page_at_once() -> None:
    screens = Screens(Clock())
    screen = screens.waiting("", "a")
    waiting = asyncio.ensure_future(screens.told(screen))

    async def leave() -> None:
        assert not waiting.done()
        screens.stop()

    await asyncio.wait_for(asyncio.gather(waiting, leave()), 1)
    await asyncio.wait_for(screens.told(screens.waiting("", "b")), 1)
