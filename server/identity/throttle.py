"""Limits on guessing: only failures count, so that a whole room behind one address is never shut out.

Per address: `minute` failures a minute, then refusals until the minute has passed. In all: `hour` failures an hour, then
slow mode, where every answer waits: those who know their code lose a moment, those who guess lose the hour.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

ADDRESSES = 10_000  # remembered at once; the least recent go first
SLOW = 2.0  # seconds that an answer waits in slow mode


class Throttle:
    """Counts failures. `clock` gives seconds that only grow."""

    def __init__(self, *, minute: int = 10, hour: int = 1000, clock: Callable[[], float] = time.monotonic) -> None:
        self._minute = minute
        self._hour = hour
        self._clock = clock
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=hour)

    def retry_after(self, address: str) -> int:
        """Seconds before this address may try again; 0 = now."""
        failures = self._recent(address)
        if len(failures) < self._minute:
            return 0
        return max(1, round(failures[0] + 60 - self._clock()))

    def delay(self) -> float:
        """Seconds that any answer should wait: 0 unless the hour's failures are spent."""
        spent = len(self._all) == self._hour and self._all[0] > self._clock() - 3600
        return SLOW if spent else 0.0

    def failed(self, address: str) -> None:
        """Count one failure of this address."""
        now = self._clock()
        self._all.append(now)
        self._recent(address).append(now)
        self._by_address.move_to_end(address)
        while len(self._by_address) > ADDRESSES:
            self._by_address.popitem(last=False)

    def _recent(self, address: str) -> deque[float]:
        failures = self._by_address.setdefault(address, deque(maxlen=self._minute))
        while failures and failures[0] <= self._clock() - 60:
            failures.popleft()
        return failures
