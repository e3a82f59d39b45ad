"""Screens that wait to be plugged into a workshop: a short code each, shown large, typed by a facilitator elsewhere.

A screen is known by a secret that only its own browser holds, in a cookie; the code is what people read. A code serves
once, lives ten minutes and is renewed as long as the screen asks. Kept in memory alone: a restart means a new code.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

from server.identity import codes

LIFE = 600.0
"""Seconds that a code is valid."""
MOST = 2_000
"""Screens that wait at once; the one asked about longest ago goes first."""
MOST_AT_ADDRESS = 40
"""The same behind one address, so that nobody pushes everybody else's screens out."""
WAIT = 25.0
"""Seconds that a screen's question stays open."""


class Screen:
    """One screen waiting. `place` is (session, seat) once a facilitator gave it one."""

    def __init__(self, address: str) -> None:
        self.secret = secrets.token_urlsafe(24)
        self.address = address
        self.code = ""
        self.until = 0.0
        self.place: tuple[str, str] | None = None
        self.told = asyncio.Event()


class Screens:
    """Every screen that waits. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._screens: OrderedDict[str, Screen] = OrderedDict()
        self._codes: dict[str, Screen] = {}
        self._stopped = False

    def __len__(self) -> int:
        return len(self._screens)

    def waiting(self, secret: str, address: str) -> Screen:
        """The screen of this secret, its code renewed where it is due; a new one where nobody knows the secret."""
        screen = self._screens.get(secret)
        if screen is None:
            screen = Screen(address)
            self._screens[screen.secret] = screen
            self._make_room(address)
        self._screens.move_to_end(screen.secret)
        if screen.place is None and self.left(screen) <= 0:
            self._renew(screen)
        return screen

    def fresh(self, secret: str, address: str) -> Screen:
        """The same for a page opened anew: a screen that was plugged in already waits for its next place."""
        screen = self._screens.get(secret)
        if screen is not None and screen.place is not None:
            self._drop(screen)
        return self.waiting(secret, address)

    def left(self, screen: Screen) -> int:
        """Whole seconds that the screen's code is still valid."""
        return max(0, round(screen.until - self._clock()))

    def claim(self, code: str) -> Screen | None:
        """The screen that shows this code now; nobody else can claim it until it is released."""
        screen = self._codes.get(code)
        if screen is None or self.left(screen) <= 0:
            return None
        del self._codes[code]
        return screen

    def release(self, screen: Screen) -> None:
        """The code of a screen that was claimed serves after all."""
        if screen.secret in self._screens and screen.place is None:
            self._codes[screen.code] = screen

    def place(self, screen: Screen, session: str, seat: str) -> None:
        """Give a claimed screen its place: its code has served, and its page is told."""
        self._codes.pop(screen.code, None)
        screen.code, screen.place = "", (session, seat)
        screen.told.set()

    async def told(self, screen: Screen) -> None:
        """Wait until the screen has a place or a new code is due, at most WAIT seconds."""
        if screen.place is not None or self._stopped:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(min(WAIT, self.left(screen))):
                await screen.told.wait()

    def stop(self) -> None:
        """Answer every page at once: the server is about to leave."""
        self._stopped = True
        for screen in self._screens.values():
            screen.told.set()

    def _renew(self, screen: Screen) -> None:
        self._codes.pop(screen.code, None)
        code = codes.new_code(codes.SCREEN)
        while code in self._codes:
            code = codes.new_code(codes.SCREEN)
        screen.code, screen.until = code, self._clock() + LIFE
        self._codes[code] = screen

    def _make_room(self, address: str) -> None:
        near = [screen for screen in self._screens.values() if screen.address == address]
        for screen in near[:-MOST_AT_ADDRESS]:
            self._drop(screen)
        while len(self._screens) > MOST:
            self._drop(next(iter(self._screens.values())))

    def _drop(self, screen: Screen) -> None:
        self._screens.pop(screen.secret, None)
        self._codes.pop(screen.code, None)
        screen.told.set()
