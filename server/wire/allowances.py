"""How much one connection, one session and the process may ask for: token buckets and counts, never by address.

A lecture hall is one address behind its router, so nothing here counts by address.
"""

from __future__ import annotations

from collections import Counter

STRIKE_SPAN = 60.0
"""Seconds after which a strike is forgotten."""


class Bucket:
    """Tokens that come back at `rate` a second, at most `burst` of them. Times are seconds of one clock."""

    __slots__ = ("_at", "_left", "burst", "rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate = rate
        self.burst = burst
        self._left = float(burst)
        self._at = now

    def left(self, now: float) -> int:
        """Whole tokens there at that time."""
        self._left = min(self.burst, self._left + (now - self._at) * self.rate)
        self._at = now
        return int(self._left + 1e-9)

    def take(self, now: float, tokens: int = 1) -> bool:
        """Take tokens if there are enough; nothing is taken otherwise."""
        if self.left(now) < tokens:
            return False
        self._left -= tokens
        return True

    def wait(self, now: float) -> float:
        """Seconds until one token is there."""
        return 0.0 if self.left(now) >= 1 else (1 - self._left) / self.rate


class Strikes:
    """Excesses of one connection: at most one a second counts, and the last `limit` of them within a minute are too many."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._times: list[float] = []

    def out(self, now: float) -> bool:
        """Count an excess; whether it was one too many."""
        self._times = [at for at in self._times if now - at < STRIKE_SPAN]
        if not self._times or now - self._times[-1] >= 1.0:
            self._times.append(now)
        return len(self._times) >= self.limit


class Places:
    """How many connections there are: of a seat, of a session, of the process."""

    def __init__(self, seat: int, session: int, process: int) -> None:
        self._limits = (seat, session, process)
        self._seats: Counter[tuple[str, str]] = Counter()
        self._sessions: Counter[str] = Counter()
        self.taken = 0

    @property
    def full(self) -> bool:
        """Whether the process takes no more."""
        return self.taken >= self._limits[2]

    def take(self, session: str, seat: str) -> str:
        """Take a place: "" when it is taken, else the code of the limit met."""
        if self._seats[session, seat] >= self._limits[0]:
            return "too_many"
        if self._sessions[session] >= self._limits[1]:
            return "session_full"
        if self.full:
            return "server_full"
        self._seats[session, seat] += 1
        self._sessions[session] += 1
        self.taken += 1
        return ""

    def give(self, session: str, seat: str) -> None:
        """Give a place back."""
        self._seats[session, seat] -= 1
        if self._seats[session, seat] <= 0:
            del self._seats[session, seat]
        self._sessions[session] -= 1
        if self._sessions[session] <= 0:
            del self._sessions[session]
        self.taken -= 1
