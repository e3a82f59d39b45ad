"""Who still has a text waiting in the current block: counted for the facilitators' gauges, and told to nobody else.

Pages say so by a hint about the block itself. It is never relayed: neither its coming nor its going changes a byte, or
the moment of one, for anyone but facilitators, and for them only within the gauges' own fixed size and time.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from server.live.publishing import Publisher
from server.wire.connection import Connection
from server.wire.frames import Hint

LIFE = 10.0
"""Seconds that it lasts without being said again; pages say it every 4 s."""


class _Writing(NamedTuple):
    block: str
    until: float


class Writers:
    """One entry a connection. Only what is about the block that is current when it is counted counts."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._held: dict[Connection, _Writing] = {}

    def take(self, connection: Connection, hint: Hint) -> bool:
        """Whether this hint is about a block; then it is kept, or ended, here."""
        state = self._publisher.state
        if state.get("block", hint.about) is None:
            return False
        if hint.doing == "writing" and hint.about == state.session.block:
            self._held[connection] = _Writing(hint.about, asyncio.get_running_loop().time() + LIFE)
        else:
            self._held.pop(connection, None)
        return True

    def left(self, connection: Connection) -> None:
        """Forget a connection."""
        self._held.pop(connection, None)

    @property
    def seats(self) -> frozenset[str]:
        """Ids of the seats that write in the current block now."""
        now = asyncio.get_running_loop().time()
        self._held = {one: held for one, held in self._held.items() if held.until > now}
        block = self._publisher.state.session.block
        return frozenset(one.seat for one, held in self._held.items() if held.block == block)
