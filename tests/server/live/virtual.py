"""Virtual time: an event loop whose clock jumps to the next timer, so that minutes pass in milliseconds, always alike."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

START = 1_791_963_000_000
"""Wall clock at virtual time 0, ms: 14 October 2026, 9:30 in Paris."""


class _Jumping(selectors.SelectSelector):
    now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("nothing is left that could happen: something waits for ever")
        self.now += max(timeout, 0.0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` advances only when nothing is ready. Tests wait by `until` or by `loop.time()`, never by real time."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def wall() -> int:
    """The wall clock that goes with the running virtual loop, ms since the epoch."""
    return START + round((asyncio.get_running_loop().time() - 1000.0) * 1000)


def played(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene to its end in virtual time."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(scene)
    finally:
        loop.close()


async def at(seconds: float) -> None:
    """Wait until that many virtual seconds after the start."""
    loop = asyncio.get_running_loop()
    reached = loop.create_future()
    loop.call_at(1000.0 + seconds, reached.set_result, None)
    await reached


async def later(seconds: float) -> None:
    """Wait that many virtual seconds."""
    await at(asyncio.get_running_loop().time() - 1000.0 + seconds)
