"""What the live session takes from the world: the wall clock and randomness, both replaceable by tests."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import msgspec


def _wall() -> int:
    return time.time_ns() // 1_000_000


class World(msgspec.Struct, frozen=True):
    """`now`: ms since the epoch; `draw(n)`: n random bytes. Waiting goes by the event loop's own clock."""

    now: Callable[[], int] = _wall
    draw: Callable[[int], bytes] = secrets.token_bytes
