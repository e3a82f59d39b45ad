"""What waits for one connection, bounded. A slow reader is never waited for and never slows anyone.

As long as the socket takes bytes, a write goes straight through. When it does not, writes queue up to the bounds; then
the queue is dropped, the connection is *stale*, and once the socket drains it gets one fresh view instead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Protocol

import msgspec

from server.wire.frames import Write

STALE_SPAN = 60.0
STALE_LIMIT = 3
"""So many times stale within STALE_SPAN seconds and the connection is closed: it cannot follow."""


class Channel(Protocol):
    """A socket that takes bytes without being waited for."""

    @property
    def paused(self) -> bool:
        """Whether what was written is still waiting to leave."""
        ...

    def write(self, write: Write) -> None:
        """Send, or keep to send as soon as possible."""
        ...

    def close(self, code: int, reason: str) -> None:
        """Say goodbye and end, at the latest a few seconds later."""
        ...


class Bounds(msgspec.Struct, frozen=True):
    """How much may wait: bytes and frames, seconds for the oldest; `total` bytes for all outboxes of the process."""

    bytes: int = 262_144
    frames: int = 200
    age: float = 5.0
    total: int = 67_108_864


class Pool:
    """Every outbox of the process that holds something, and the bytes they hold together."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.bytes = 0
        self._holding: set[Outbox] = set()

    def grew(self, outbox: Outbox, size: int) -> None:
        """Count bytes that wait; above the total, the outbox that holds most is emptied."""
        self._holding.add(outbox)
        self.bytes += size
        while self.bytes > self.bounds.total and self._holding:
            max(self._holding, key=lambda one: one.bytes).spoil()

    def shrank(self, outbox: Outbox, size: int) -> None:
        """Count bytes that wait no more."""
        self.bytes -= size
        if not outbox.bytes:
            self._holding.discard(outbox)


class Outbox:
    """The way out of one connection. `refresh` is asked for a fresh view, `give_up` to close."""

    def __init__(
        self,
        channel: Channel,
        pool: Pool,
        clock: Callable[[], float],
        refresh: Callable[[], None],
        give_up: Callable[[], None],
    ) -> None:
        self.channel = channel
        self.bytes = 0
        self.stale = False
        self._pool = pool
        self._clock = clock
        self._refresh = refresh
        self._give_up = give_up
        self._queue: deque[tuple[float, Write]] = deque()
        self._frames = 0
        self._viewing = False
        self._spoilt: list[float] = []

    def push(self, write: Write) -> None:
        """Send now, or queue, or drop where a fresh view will come. Never waits."""
        if not self._queue and not self.stale and not self.channel.paused:
            self.channel.write(write)
            self._viewing = write.view and self.channel.paused
            return
        if self.stale:
            return
        self._queue.append((self._clock(), write))
        self._frames += len(write.frames)
        self.bytes += write.size
        self._pool.grew(self, write.size)
        if self._over():
            self.spoil()

    def _over(self) -> bool:
        if not self._queue:
            return False
        bounds = self._pool.bounds
        return (
            self.bytes > bounds.bytes
            or self._frames > bounds.frames
            or self._clock() - self._queue[0][0] > bounds.age
        )

    def spoil(self) -> None:
        """Drop what waits: a fresh view will replace it. Too often within a minute and the connection is given up.

        While a view is still leaving, the connection cannot be expected to follow: that does not count.
        """
        self.clear()
        self.stale = True
        if self._viewing:
            return
        now = self._clock()
        self._spoilt = [at for at in self._spoilt if now - at < STALE_SPAN] + [now]
        if len(self._spoilt) >= STALE_LIMIT:
            self._give_up()

    def clear(self) -> None:
        """Forget what waits."""
        size, self.bytes, self._frames = self.bytes, 0, 0
        self._queue.clear()
        self._pool.shrank(self, size)

    def drained(self) -> None:
        """The socket takes bytes again: send what waits, or ask for a fresh view."""
        self._viewing = False
        if self.stale and not self.channel.paused:
            self.stale = False
            self._refresh()
            return
        while self._queue and not self.channel.paused:
            _, write = self._queue.popleft()
            self._frames -= len(write.frames)
            self.bytes -= write.size
            self._pool.shrank(self, write.size)
            self.channel.write(write)
