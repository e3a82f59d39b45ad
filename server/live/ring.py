"""Frames already sent, by audience, so that a connection that was cut resumes where it stopped.

Two minutes or 1,000 frames an audience, whichever is less. A cursor that is not here, or older than what is kept, is
answered by one fresh view, never by a merge.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import NamedTuple

SPAN = 120.0
"""Seconds: a train's tunnel, a laptop carried to another room."""
FRAMES = 1_000
CURSORS = 4_000


class _Kept(NamedTuple):
    turn: int
    at: float
    frame: bytes


class Ring:
    """Turns are numbers of publications, in order, never on the wire; a cursor names one."""

    def __init__(self, cursor: bytes) -> None:
        self._frames: dict[str, deque[_Kept]] = {}
        self._lost: dict[str, int] = {}
        self._turns: OrderedDict[bytes, int] = OrderedDict({cursor: 0})
        self._last: dict[str, tuple[int, bytes]] = {}
        self._first = (0, cursor)

    def keep(self, turn: int, at: float, audience: str, frame: bytes, cursor: bytes) -> None:
        """Keep a frame that was sent to an audience; `cursor` is the last commit that gave it something."""
        kept = self._frames.setdefault(audience, deque())
        kept.append(_Kept(turn, at, frame))
        self._last[audience] = (turn, cursor)
        self._turns[cursor] = turn
        while len(self._turns) > CURSORS:
            self._turns.popitem(last=False)
        self._trim(audience, at)

    def _trim(self, audience: str, now: float) -> None:
        kept = self._frames[audience]
        while kept and (len(kept) > FRAMES or now - kept[0].at > SPAN):
            self._lost[audience] = kept.popleft().turn

    def trim(self, now: float) -> None:
        """Forget what is too old, for every audience."""
        for audience in list(self._frames):
            self._trim(audience, now)
            if not self._frames[audience]:
                del self._frames[audience]

    def cut(self, audience: str, turn: int) -> None:
        """Whatever this audience was sent up to a turn is no place to resume from any more."""
        self._frames.pop(audience, None)
        self._lost[audience] = turn

    def cursor(self, audiences: Iterable[str]) -> bytes:
        """The last commit that gave any of these audiences something."""
        return max((self._last[one] for one in audiences if one in self._last), default=self._first)[1]

    def since(self, cursor: bytes, audiences: Iterable[str]) -> list[bytes] | None:
        """The frames that came after a cursor for these audiences, in order; None when they are no more all here.

        `audiences` are in the order of `sight.parts`: within a turn the widest comes last, as it carries the cursor.
        """
        turn = self._turns.get(cursor)
        audiences = tuple(reversed(tuple(audiences)))
        if turn is None or any(self._lost.get(one, 0) > turn for one in audiences):
            return None
        missed = [
            (kept.turn, place, kept.frame)
            for place, one in enumerate(audiences)
            for kept in self._frames.get(one, ())
            if kept.turn > turn
        ]
        return [frame for _, _, frame in sorted(missed, key=lambda item: item[:2])]
