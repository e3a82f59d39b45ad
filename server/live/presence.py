"""Who is there: the connections of each seat, and from time to time the gauges. None of it is ever in the log."""

from __future__ import annotations

import asyncio
import math

from server.live import gauges
from server.live.publishing import Publisher
from server.live.writers import Writers
from server.wire.connection import Connection
from server.wire.frames import Write

EVERY = 5.0
"""Seconds between gauges, whether anything changed or not: their times and sizes tell nothing."""


class Presence:
    """Seats with a connection, and the clock of the gauges, which runs while anyone listens."""

    def __init__(self, publisher: Publisher, writers: Writers) -> None:
        self._publisher = publisher
        self._writers = writers
        self._timer: asyncio.TimerHandle | None = None

    def entered(self, connection: Connection) -> None:
        """Someone listens: have the clock run."""
        if self._timer is None:
            self._schedule()

    def left(self, connection: Connection) -> None:
        """Nobody may be listening any more: let the clock stop."""
        if not self._publisher.connections:
            self.stop()

    def stop(self) -> None:
        """Stop the clock."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @property
    def here(self) -> frozenset[str]:
        """Ids of the seats that have a connection."""
        return frozenset(connection.seat for connection in self._publisher.connections)

    def _schedule(self) -> None:
        loop = asyncio.get_running_loop()
        due = (math.floor(loop.time() / EVERY + 1e-9) + 1) * EVERY
        self._timer = loop.call_at(due, self._send)

    def _send(self) -> None:
        publisher = self._publisher
        publisher.gauges = gauges.frames_of(publisher.state, self.here, self._writers.seats)
        publisher.ring.trim(asyncio.get_running_loop().time())
        shared = {audience: Write((frame,)) for audience, frame in publisher.gauges.items()}
        for connection, audiences in publisher.connections.items():
            connection.send(shared["facilitators" if "facilitators" in audiences else "everyone"])
        self._schedule()
