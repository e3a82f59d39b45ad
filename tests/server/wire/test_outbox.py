"""The outbox: through when the socket takes it, bounded when it does not, one fresh view when it does again."""

from __future__ import annotations

import pytest

from server.wire.connection import Connection
from server.wire.frames import Write
from server.wire.outbox import Bounds, Outbox, Pool


class Socket:
    """A socket that takes `room` writes, then none until `unjam`."""

    def __init__(self, room: int = 1_000_000) -> None:
        self.room = room
        self.taken: list[Write] = []
        self.closed: tuple[int, str] | None = None

    @property
    def paused(self) -> bool:
        return self.room <= 0

    def write(self, write: Write) -> None:
        self.taken.append(write)
        self.room -= 1

    def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)


class Desk:
    """An outbox with its socket and a clock to turn."""

    def __init__(self, room: int = 1_000_000, pool: Pool | None = None) -> None:
        self.socket = Socket(room)
        self.now = 0.0
        self.asked: list[str] = []
        self.pool = pool or Pool(Bounds())
        self.outbox = Outbox(
            self.socket,
            self.pool,
            lambda: self.now,
            lambda: self.asked.append("view"),
            lambda: self.asked.append("end"),
        )

    def unjam(self, room: int = 1_000_000) -> None:
        self.socket.room = room
        self.outbox.drained()


def write(size: int = 100, *, frames: int = 1, view: bool = False) -> Write:
    return Write((b"x" * size,) * frames, view=view)


def test_a_ready_socket_gets_everything_at_once() -> None:
    desk = Desk()
    for _ in range(1000):
        desk.outbox.push(write())
    assert len(desk.socket.taken) == 1000
    assert desk.outbox.bytes == desk.pool.bytes == 0


def test_what_waited_leaves_in_order() -> None:
    desk = Desk(room=0)
    writes = [write() for _ in range(10)]
    for one in writes:
        desk.outbox.push(one)
    assert desk.pool.bytes == 1000
    desk.unjam(4)
    assert desk.socket.taken == writes[:4]
    desk.unjam()
    assert desk.socket.taken == writes
    assert desk.outbox.bytes == desk.pool.bytes == 0


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ([write(1024)] * 150 + [write(262_144 - 150 * 1024)], write(1)),
        ([write(1)] * 200, write(1)),
        ([write(1, frames=50)] * 4, write(1)),
    ],
)
def test_beyond_bytes_or_frames_the_queue_is_dropped_for_one_fresh_view(within: list[Write], beyond: Write) -> None:
    desk = Desk(room=0)
    for one in within:
        desk.outbox.push(one)
    assert not desk.outbox.stale
    desk.outbox.push(beyond)
    assert desk.outbox.stale
    assert desk.pool.bytes == 0
    for _ in range(5000):
        desk.outbox.push(write(1000))
    assert desk.pool.bytes == 0
    desk.unjam()
    assert desk.asked == ["view"]
    assert not desk.socket.taken
    desk.outbox.push(write())
    assert len(desk.socket.taken) == 1


def test_older_than_five_seconds_is_stale_too() -> None:
    desk = Desk(room=0)
    desk.outbox.push(write())
    desk.now = 5.0
    desk.outbox.push(write())
    assert not desk.outbox.stale
    desk.now = 5.1
    desk.outbox.push(write())
    assert desk.outbox.stale


def test_three_times_stale_in_a_minute_is_given_up() -> None:
    desk = Desk(room=0)
    for moment in (0.0, 30.0, 59.0):
        desk.now = moment
        desk.outbox.push(write(300_000))
        desk.unjam(0 if moment == 59.0 else 1)
        desk.socket.room = 0
    assert desk.asked == ["view", "view", "end"]


def test_three_times_in_more_than_a_minute_is_not() -> None:
    desk = Desk(room=0)
    for moment in (0.0, 40.0, 80.0, 120.0):
        desk.now = moment
        desk.outbox.push(write(300_000))
        desk.unjam(1)
        desk.socket.room = 0
    assert desk.asked == ["view"] * 4


def test_while_a_view_is_leaving_nobody_is_given_up() -> None:
    desk = Desk(room=1)
    desk.outbox.push(write(5_000_000, view=True))
    assert desk.pool.bytes == 0
    for _ in range(10):
        desk.outbox.push(write(300_000))
        desk.outbox.spoil()
    assert desk.asked == []
    desk.unjam()
    assert desk.asked == ["view"]


def test_above_the_total_the_fullest_is_emptied_first() -> None:
    pool = Pool(Bounds(bytes=10_000, total=20_000))
    desks = [Desk(0, pool) for _ in range(5)]
    for size, desk in zip((1000, 9000, 2000, 7000, 500), desks, strict=True):
        desk.outbox.push(write(size))
    assert pool.bytes == 19_500
    desks[0].outbox.push(write(900))
    assert [desk.outbox.stale for desk in desks] == [False, True, False, False, False]
    assert pool.bytes == 11_400


def test_a_gone_connection_leaves_nothing_counted() -> None:
    pool = Pool(Bounds())
    connection = Connection(Socket(0), pool, lambda: 0.0)
    connection.send(write())
    assert pool.bytes == 100
    connection.gone()
    assert pool.bytes == 0


def test_an_end_is_told_once_with_its_code() -> None:
    socket = Socket()
    connection = Connection(socket, Pool(Bounds()), lambda: 0.0)
    connection.end("too_fast")
    connection.end("restarting")
    assert socket.closed == (4429, "too_fast")
    assert len(socket.taken) == 1
