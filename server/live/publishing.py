"""Publishing: on a tick, what each audience learnt since the last one, encoded once, one write for each connection.

Normally a short tick with a leading edge. While anything is hidden, a fixed grid without one: the times and numbers of
writes then depend on what an audience learns and on nothing else. Every frame lists its records sorted by id.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from facilitation.records import Seat
from facilitation.rejections import SENTENCES, Rejection
from facilitation.sight import learnt, parts
from facilitation.state import Change, Key, State, keys_of
from server.live.ring import Ring
from server.live.secrecy import Secrecy
from server.live.views import Views, part_of, shared
from server.live.world import World
from server.log.failpoints import failpoint
from server.wire import frames
from server.wire.connection import Connection
from server.wire.frames import Write

TICK = 0.010
CROWDED_TICK = 0.050
CROWD = 100
"""Connections above which the tick is longer: fewer writes is the great lever."""
GRID = 0.250
"""Seconds between publications while something is hidden."""


class Publisher:
    """What a session's connections are sent. `state` runs ahead of `shown` by at most a tick."""

    def __init__(self, state: State, cursor: bytes, world: World) -> None:
        self.state = state
        self.shown = state
        self.views = Views(state)
        self.ring = Ring(cursor)
        self.secrecy = Secrecy(state)
        self.connections: dict[Connection, tuple[str, ...]] = {}
        self.gauges: dict[str, bytes] = {}
        self._world = world
        self._gathered: dict[tuple[str, ...], set[Connection]] = {}
        self._seats: dict[str, set[Connection]] = {}
        self._touched: dict[Key, tuple[int, bytes]] = {}
        self._moved: set[str] = set()
        self._commits = 0
        self._turn = 0
        self._done: dict[Connection, list[bytes]] = {}
        self._refused: dict[Connection, list[bytes]] = {}
        self._entering: set[Connection] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._last = -math.inf

    # --- what is to be told

    def take(self, state: State, keys: Iterable[Key], cursor: bytes) -> None:
        """A commit was saved: `state` is the state after it, `keys` the records that it touched."""
        self._commits += 1
        keys = tuple(keys)
        for key in keys:
            self._touched[key] = (self._commits, cursor)
            if key[0] == "seat" and _parts(self.state, key[1]) not in ((), _parts(state, key[1])):
                self._moved.add(key[1])
        self.state = state
        self.secrecy.learn(state, keys)
        self.schedule()

    def done(self, connection: Connection, id: bytes) -> None:
        """A command had its effect: told after the patch that shows it."""
        if connection in self.connections:
            self._done.setdefault(connection, []).append(id)
            self.schedule()

    def refused(self, connection: Connection, id: bytes, rejection: Rejection) -> None:
        """A command had none."""
        if connection in self.connections:
            message = connection.say(SENTENCES[rejection.code]).format(**rejection.params)
            frame = frames.refused(id, rejection.code, message, rejection.params)
            self._refused.setdefault(connection, []).append(frame)
            self.schedule()

    # --- connections

    def enter(self, connection: Connection, cursor: bytes) -> None:
        """Send a connection what it missed since its cursor, or a fresh view; from then on it is told what its seat may see."""
        seat = self._seat(connection)
        if seat is None:
            return
        self._join(connection, parts(seat))
        connection.refresh = lambda: self.welcome(connection)
        resumes = bool(cursor) and connection.seat not in self._moved
        missed = self.ring.since(cursor, self.connections[connection]) if resumes else None
        if missed is None:
            self.welcome(connection)
        else:
            at = self.ring.cursor(self.connections[connection])
            connection.send(Write((*missed, frames.patch("everyone", (), at), *self._gauges(connection))))

    def _join(self, connection: Connection, audiences: tuple[str, ...]) -> None:
        self.connections[connection] = audiences
        self._gathered.setdefault(shared(audiences), set()).add(connection)
        self._seats.setdefault(f"seat:{connection.seat}", set()).add(connection)

    def leave(self, connection: Connection) -> None:
        """A connection is gone."""
        self._part(connection)
        self._done.pop(connection, None)
        self._refused.pop(connection, None)

    def _part(self, connection: Connection) -> None:
        audiences = self.connections.pop(connection, None)
        if audiences is None:
            return
        for sets, key in ((self._gathered, shared(audiences)), (self._seats, f"seat:{connection.seat}")):
            _discard(sets, key, connection)

    def welcome(self, connection: Connection) -> None:
        """Send a fresh view: what was published, whole."""
        seat = self._seat(connection)
        if seat is None:
            return
        audiences = self.connections[connection]
        common = shared(audiences)
        records = [record for own in audiences[len(common) :] for record in self.views.of(own).values()]
        told = [*map(part_of, common), "own"]
        last = frames.last_welcome(records, seat, told, self._world.now(), self.ring.cursor(audiences))
        connection.send(Write((*map(self.views.part, common), last, *self._gauges(connection)), view=True))

    def _gauges(self, connection: Connection) -> tuple[bytes, ...]:
        frame = self.gauges.get("facilitators" if "facilitators" in self.connections[connection] else "everyone")
        return (frame,) if frame else ()

    def _seat(self, connection: Connection) -> Seat | None:
        seat = self.state.find(Seat, connection.seat)
        if seat is None or seat.removed:
            connection.end("unknown_seat")
            return None
        return seat

    # --- the tick

    def schedule(self) -> None:
        """Publish as soon as the tick allows."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self.secrecy.hides:
            due = (math.floor(now / GRID + 1e-9) + 1) * GRID
        else:
            due = self._last + (CROWDED_TICK if len(self.connections) > CROWD else TICK)
        if due <= now:
            self._timer = loop.call_later(0, self.publish)
        else:
            self._timer = loop.call_at(due, self.publish)

    def stop(self) -> None:
        """Publish no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def publish(self) -> None:
        """Send every connection what it is due, in one write each."""
        failpoint("before-publish")
        self.stop()
        now = self._last = asyncio.get_running_loop().time()
        before, after, touched = self.shown, self.state, self._touched
        self.shown, self._touched = after, {}
        steps = learnt(before, after, sorted(touched, key=lambda key: (key[1], key[0])))
        self._turn += 1
        encoded = {audience: self._encode(audience, steps, touched, now) for audience in steps}
        for audience, changes in steps.items():
            self.views.learn(after, audience, changes)
        for kind, id in touched:
            if kind == "seat":
                self._recheck(id)
        self._send(encoded)

    def _encode(
        self, audience: str, steps: Mapping[str, Sequence[Change]], touched: Mapping[Key, tuple[int, bytes]], now: float
    ) -> bytes:
        """One audience's frame. It carries the cursor where it comes last in every write that it is part of."""
        changes = steps[audience]
        _, cursor = max(
            (touched[key] for key in keys_of(changes) if key in touched), default=(0, self.ring.cursor((audience,)))
        )
        last = not any(later in steps for later in self._after(audience))
        frame = frames.patch(part_of(audience), changes, cursor if last else b"")
        self.ring.keep(self._turn, now, audience, frame, cursor)
        return frame

    def _after(self, audience: str) -> tuple[str, ...]:
        """The audiences whose frames follow this one's in a write."""
        if not audience.startswith("seat:"):
            return () if audience == "everyone" else ("everyone",)
        return shared(_parts(self.state, audience.removeprefix("seat:")))

    def _send(self, encoded: Mapping[str, bytes]) -> None:
        due = self._done.keys() | self._refused.keys() | self._entering
        for audience in encoded:
            due |= self._seats.get(audience, set())
        for audiences, connections in self._gathered.items():
            common = tuple(encoded[audience] for audience in reversed(audiences) if audience in encoded)
            if common:
                write = Write(common)
                for connection in connections:
                    if connection not in due:
                        connection.send(write)
        for connection in due:
            self._send_own(connection, encoded)
        self._done.clear()
        self._refused.clear()
        self._entering.clear()

    def _send_own(self, connection: Connection, encoded: Mapping[str, bytes]) -> None:
        """What one connection is due beside the others; a fresh view, where one was given, holds the patches already."""
        audiences = () if connection in self._entering else self.connections[connection]
        due = [encoded[audience] for audience in reversed(audiences) if audience in encoded]
        if connection in self._done:
            due.append(frames.done(self._done[connection]))
        due += self._refused.get(connection, ())
        if due:
            connection.send(Write(due))

    def _recheck(self, id: str) -> None:
        """A seat whose audiences changed gets its new parts instead of this turn's frames; one that is gone ends.

        Nothing sent before is a place to resume from: what it saw with its old parts is not what it sees now.
        """
        if id in self._moved:
            self.ring.cut(f"seat:{id}", self._turn)
            self._moved.discard(id)
        for connection in list(self._seats.get(f"seat:{id}", ())):
            seat = self._seat(connection)
            if seat is None:
                self.leave(connection)
            elif parts(seat) != self.connections[connection]:
                self._part(connection)
                self._join(connection, parts(seat))
                self._entering.add(connection)
                self.welcome(connection)


def _parts(state: State, seat: str) -> tuple[str, ...]:
    found = state.find(Seat, seat)
    return parts(found) if found is not None else ()


def _discard(groups: dict[Any, set[Connection]], key: Any, connection: Connection) -> None:
    members = groups.get(key)
    if members is not None:
        members.discard(connection)
        if not members:
            del groups[key]
