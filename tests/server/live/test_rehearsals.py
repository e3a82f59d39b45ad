"""Rehearsals in the directory: a log of their own, an end with the workshop's opening, and after a day with nobody."""

from __future__ import annotations

import asyncio

import pytest

from facilitation import commands as ask
from facilitation.records import Session
from server.live.directory import IDLE, REHEARSED
from server.live.session import LiveSession
from server.log import UnknownSession
from server.wire.connection import Connection
from server.wire.websocket import Closed
from tests.server.live.stage import Socket, Stage
from tests.server.live.virtual import later, played, wall

REAL, COPY = "s1", "s1-r"


async def rehearsing() -> tuple[Stage, LiveSession]:
    stage = Stage()
    stage.live = await stage.directory.create(REAL, Session(title="Atelier", created_at=wall()))
    copy = await stage.directory.create(COPY, Session(title="Atelier", rehearsal=True, created_at=wall()))
    await copy.ask(ask.Join(seat="claire", name="Claire", role="facilitator"))
    return stage, copy


def test_it_is_in_a_log_of_its_own_and_nowhere_else() -> None:
    async def scene() -> None:
        stage, copy = await rehearsing()
        await copy.ask(ask.Announce(text="Bonjour"), "claire")
        assert await stage.log.sessions() == [REAL]
        assert await stage.directory.memory.sessions() == [COPY]
        assert stage.directory.rehearsal(REAL) == copy.state
        assert not stage.directory.rehearsing(COPY)
        await stage.directory.close()

    played(scene())


def test_it_stays_when_nobody_listens_for_hours_and_is_forgotten_in_the_end() -> None:
    async def scene() -> None:
        stage, _ = await rehearsing()
        await later(3 * IDLE)
        assert stage.directory.rehearsing(REAL)
        await later(REHEARSED)
        assert not stage.directory.rehearsing(REAL)
        assert await stage.directory.memory.sessions() == []
        await stage.directory.close()

    played(scene())


def test_the_workshop_opening_ends_it_and_a_socket_is_told() -> None:
    async def scene() -> None:
        stage, _ = await rehearsing()
        socket = Socket()
        connection = Connection(socket, stage.pool, asyncio.get_running_loop().time, seat="claire")
        await stage.directory.enter(COPY, connection, b"")
        await stage.tell(ask.Join(seat="claire", name="Claire", role="facilitator"))
        assert stage.directory.rehearsing(REAL)
        await stage.tell(ask.OpenSession(), "claire")
        await later(1)
        assert socket.closed == (4410, "rehearsal_over")
        assert not stage.directory.rehearsing(REAL)
        with pytest.raises(UnknownSession):
            await stage.directory.open(COPY)
        with pytest.raises(Closed) as closed:
            await stage.directory.enter(COPY, connection, b"")
        assert closed.value.code == "rehearsal_over"
        await stage.directory.close()

    played(scene())


def test_what_comes_while_it_ends_leaves_nothing() -> None:
    async def scene() -> None:
        stage, copy = await rehearsing()
        late = [asyncio.ensure_future(copy.ask(ask.Announce(text=f"{n}"), "claire")) for n in range(5)]
        await asyncio.gather(stage.directory.end_rehearsal(COPY), stage.directory.end_rehearsal(COPY))
        await asyncio.gather(*late, return_exceptions=True)
        await later(1)
        assert await stage.directory.memory.sessions() == []
        await stage.directory.end_rehearsal(COPY)
        await stage.directory.close()

    played(scene())
