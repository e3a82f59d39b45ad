"""Hints: who is editing what, for the moment. Coalesced, last one wins, and sent only where the record itself goes.

They are about notes, clusters and sheets only: a hint about a zone or a block would tell that somebody writes in secret.
Those about a block are for `writers.py`, which tells nobody.
A hint without news is forgotten after a while, as is that of a connection that left.
"""

from __future__ import annotations

import asyncio
import math
from typing import NamedTuple

from facilitation.records import Block, Note, Record, Seat
from facilitation.sight import viewers
from server.live.publishing import GRID, Publisher
from server.wire import frames
from server.wire.connection import Connection
from server.wire.frames import Hint, Write

EVERY = 0.100
"""Seconds between two lists at the least."""
LIFE = 15.0
"""Seconds that a hint lasts without being said again."""
KINDS = ("note", "cluster", "sheet")


class _Held(NamedTuple):
    about: str
    doing: str
    until: float


class Hints:
    """One hint a connection; the lists follow the publisher's audiences."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._held: dict[Connection, _Held] = {}
        self._told: dict[Connection, bytes] = {}
        self._timer: asyncio.TimerHandle | None = None

    def take(self, connection: Connection, hint: Hint) -> None:
        """Take what a connection says it is doing; what its seat does not see is ignored."""
        if hint.doing == "idle" or not self._sees(connection, hint.about):
            self._held.pop(connection, None)
        else:
            until = asyncio.get_running_loop().time() + LIFE
            self._held[connection] = _Held(hint.about, hint.doing, until)
        self._schedule()

    def left(self, connection: Connection) -> None:
        """Forget a connection."""
        self._told.pop(connection, None)
        if self._held.pop(connection, None) is not None:
            self._schedule()

    def stop(self) -> None:
        """Tell no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _record(self, id: str) -> Record | None:
        shown = self._publisher.shown
        return next((record for kind in KINDS if (record := shown.get(kind, id)) is not None), None)

    def _sees(self, connection: Connection, id: str) -> bool:
        record = self._record(id)
        audiences = self._publisher.connections.get(connection, ())
        return record is not None and not viewers(self._publisher.shown, record).isdisjoint(audiences)

    def _schedule(self, wait: float = 0.0) -> None:
        """Tell after `wait` seconds, at the next step of the clock; sooner wins over later."""
        loop = asyncio.get_running_loop()
        step = GRID if self._publisher.secrecy.hides else EVERY
        due = (math.floor((loop.time() + wait) / step + 1e-9) + 1) * step
        if self._timer is not None and self._timer.when() <= due:
            return
        self.stop()
        self._timer = loop.call_at(due, self._send)

    def _send(self) -> None:
        """Tell every connection what it may know and does not know yet."""
        self._timer = None
        now = asyncio.get_running_loop().time()
        self._held = {connection: held for connection, held in self._held.items() if held.until > now}
        entries = self._entries()
        for connection, audiences in self._publisher.connections.items():
            seen = [entry for seat, by, entry in entries if seat != connection.seat and not by.isdisjoint(audiences)]
            frame = frames.hints(seen)
            if self._told.get(connection, _NONE) != frame:
                self._told[connection] = frame
                connection.send(Write((frame,)))
        if self._held:
            self._schedule(min(held.until for held in self._held.values()) - now)

    def _entries(self) -> list[tuple[str, frozenset[str], dict[str, str]]]:
        """Whose seat it is, who sees the record, and what is told of each hint; in an order that tells nothing."""
        found = []
        for connection, held in self._held.items():
            record = self._record(held.about)
            if record is not None:
                entry = {"about": held.about, "doing": held.doing, **self._by(connection, record)}
                found.append((connection.seat, viewers(self._publisher.shown, record), entry))
        return sorted(found, key=lambda one: (one[2]["about"], one[2]["doing"], one[2].get("by", "")))

    def _by(self, connection: Connection, record: Record) -> dict[str, str]:
        """The name of who does it, where the block shows authors."""
        shown = self._publisher.shown
        block = shown.find(Block, record.block) if isinstance(record, Note) else shown.block
        seat = shown.find(Seat, connection.seat)
        if block is None or block.authors != "shown" or seat is None:
            return {}
        return {"by": seat.name}


_NONE = frames.hints([])
