"""The sessions in memory: each loaded once, whoever asks first, and let go when nobody needs it.

A load that fails is an error for everyone who waited for it and is tried anew by the next; it never makes a session
that looks empty. Whoever loads a session that stopped in the middle of something finishes it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from facilitation.commands import Announce, CloseRound, RecordArchive
from facilitation.lab import LAB
from facilitation.records import Session
from facilitation.state import Change, Put, State
from server import telemetry
from server.config import Settings
from server.live.loading import Loaded, Newer, load
from server.live.saving import SHAPE, encode_changes, seal_name
from server.live.session import LiveSession, Visit
from server.live.world import World
from server.log import Asked, Commit, Log, LogError, UnknownSession
from server.log.failpoints import failpoint
from server.log.memory import MemoryLog
from server.wire.connection import Connection
from server.wire.websocket import Closed

if TYPE_CHECKING:
    from facilitation.methods import Method

IDLE = 60.0
"""Seconds that a session nobody listens to stays in memory."""
RETRY = 30.0
"""Seconds before the bundle of a closing session is tried again."""
FINISH = 5.0
"""Seconds that a stopping server gives to commits under way: what is not answered then is sent again by the pages."""
REHEARSAL = "-r"
"""What the id of a rehearsal ends with, after that of the session rehearsed; no other id holds a dash."""
REHEARSED = 12 * 3600.0
"""Seconds that a rehearsal which nobody listens to is kept, in the only place where it is: memory."""
RESTORED = "Le serveur a été restauré\u00a0: les bulletins de ce vote sont perdus. Merci de voter à nouveau."

WriteBundle = Callable[[LiveSession], Awaitable[RecordArchive]]
"""Writes both parts of a closing session's bundle, durably, and says what they are."""


def is_rehearsal(session: str) -> bool:
    """Whether this id is of a rehearsal, which no store, list, backup or bundle ever holds."""
    return session.endswith(REHEARSAL)


def absent(session: str) -> str:
    """The bye of a session that is not here: one was never there, a rehearsal is over."""
    return "rehearsal_over" if is_rehearsal(session) else "unknown_session"


class Directory:
    """Opens and creates sessions; the door of the sockets. Rehearsals have a log of their own, in memory."""

    def __init__(
        self,
        log: Log,
        settings: Settings,
        *,
        methods: Mapping[str, Method] | None = None,
        world: World | None = None,
        write_bundle: WriteBundle | None = None,
    ) -> None:
        self.log = log
        self.memory = MemoryLog()
        self.write_bundle = write_bundle
        self.on_saved: Callable[[LiveSession], None] = lambda live: None
        self._settings = settings
        self.methods: Mapping[str, Method] = methods or {}
        self._world = world or World()
        self._sessions: dict[str, LiveSession] = {}
        self._loads: dict[str, asyncio.Task[LiveSession]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ending: set[str] = set()
        self._sweep: asyncio.TimerHandle | None = None
        self._idle: dict[str, float] = {}

    def now(self) -> int:
        """The server's clock, ms since the epoch."""
        return self._world.now()

    # --- opening and creating

    async def open(self, session: str) -> LiveSession:
        """The live session, loaded if need be. Raises UnknownSession, Newer, any LogError, ValueError (damaged)."""
        live = self._sessions.get(session)
        if session == LAB or session in self._ending:
            raise UnknownSession(session)
        if live is not None:
            self._idle.pop(session, None)
            return live
        load = self._loads.get(session)
        if load is None:
            load = self._loads[session] = asyncio.get_running_loop().create_task(self._load(session))
            load.add_done_callback(lambda done: self._loads.pop(session, None))
        return await asyncio.shield(load)

    async def create(self, session: str, start: Session | Iterable[Change]) -> LiveSession:
        """A new session whose first commit holds this record or these changes. Raises Conflict if its id is taken."""
        changes = (Put(start),) if isinstance(start, Session) else start
        commit = Commit(
            id=self._world.draw(16),
            shape=SHAPE,
            at=self._world.now(),
            asked=(Asked(self._world.draw(16), "", "create_session"),),
            changes=encode_changes(changes),
        )
        await self.log_of(session).append(session, None, commit)
        return await self.open(session)

    def log_of(self, session: str) -> Log:
        """The log that holds this session: a rehearsal's is in memory."""
        return self.memory if is_rehearsal(session) else self.log

    async def _load(self, session: str) -> LiveSession:
        log = self.log_of(session)
        loaded = await load(log, session)
        live = LiveSession(
            session,
            loaded,
            log,
            self._world,
            methods=self.methods,
            rate=self._settings.command_rate,
            burst=self._settings.command_burst,
        )
        live.on_saved = self._saved
        self._sessions[session] = live
        await self._finish_rounds(live, loaded)
        self._finish_closing(live)
        self._schedule_sweep()
        return live

    async def _finish_rounds(self, live: LiveSession, loaded: Loaded) -> None:
        for round in loaded.unfinished:
            await live.ask(CloseRound(round=round))
        for round in loaded.emptied:
            await self.log_of(live.id).append(live.id, None, None, open=(seal_name(round),))
            await live.ask(Announce(text=RESTORED))

    # --- closing

    def _saved(self, live: LiveSession) -> None:
        self._finish_closing(live)
        if live.state.session.status != "preparing" and self.rehearsing(live.id):
            self._end_soon(live.id + REHEARSAL)
        self.on_saved(live)

    def _finish_closing(self, live: LiveSession) -> None:
        """Once a session is closing, write its bundle and record it, however often that takes."""
        session = live.state.find(Session, "session")
        if session is None or session.status != "closing" or self.write_bundle is None or live.id in self._tasks:
            return
        task = asyncio.get_running_loop().create_task(self._close(live, self.write_bundle))
        self._tasks[live.id] = task
        task.add_done_callback(lambda done: self._tasks.pop(live.id, None))

    async def _close(self, live: LiveSession, write_bundle: WriteBundle) -> None:
        while live.state.session.status == "closing":
            try:
                failpoint("before-bundle")
                written = await write_bundle(live)
                failpoint("after-bundle")
                await live.ask(written)
            except Exception as error:
                telemetry.event("bundle_failed", level=logging.ERROR, error=error, session=live.id)
            if live.state.session.status == "closing":
                await asyncio.sleep(RETRY)

    # --- the door

    async def enter(self, session: str, connection: Connection, cursor: bytes) -> Visit:
        """Let a connection into a session. Raises Closed."""
        try:
            live = await self.open(session)
        except UnknownSession:
            raise Closed(absent(session)) from None
        except Newer:
            raise Closed("restarting") from None
        except (LogError, LookupError, ValueError) as error:
            telemetry.event("load_failed", level=logging.ERROR, error=error, session=session)
            raise Closed("storage_broken") from error
        return live.enter(connection, cursor)

    # --- rehearsals

    def rehearsal(self, session: str) -> State | None:
        """The state of the rehearsal of this session, None where none is under way. In memory for as long as it is."""
        live = self._sessions.get(session + REHEARSAL)
        return live.state if live is not None and live.id not in self._ending else None

    def rehearsing(self, session: str) -> bool:
        """Whether a rehearsal of this session is under way."""
        return self.rehearsal(session) is not None

    async def end_rehearsal(self, rehearsal: str) -> None:
        """Forget a rehearsal, whole; those who are in it are told. Nothing to do where there is none."""
        live = self._sessions.get(rehearsal)
        if live is None or rehearsal in self._ending:
            return
        self._ending.add(rehearsal)
        try:
            for connection in list(live.publisher.connections):
                connection.end("rehearsal_over")
            await live.finish()
            await self.memory.drop(rehearsal)
        finally:
            self._let(rehearsal)
            self._ending.discard(rehearsal)

    def _end_soon(self, rehearsal: str) -> None:
        if rehearsal not in self._tasks:
            task = self._tasks[rehearsal] = asyncio.get_running_loop().create_task(self.end_rehearsal(rehearsal))
            task.add_done_callback(lambda done: self._tasks.pop(rehearsal, None))

    # --- letting go

    def _schedule_sweep(self) -> None:
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(IDLE / 4, self._let_go)

    def _let_go(self) -> None:
        now = asyncio.get_running_loop().time()
        for session, live in list(self._sessions.items()):
            if not live.idle or session in self._tasks:
                self._idle.pop(session, None)
            elif now - self._idle.setdefault(session, now) >= (REHEARSED if is_rehearsal(session) else IDLE):
                if is_rehearsal(session):
                    self._end_soon(session)
                else:
                    self._let(session)
        self._sweep = None
        if self._sessions:
            self._schedule_sweep()

    def forget(self, session: str) -> None:
        """Let go of a session whose log was rewritten: its connections come back to what is left."""
        live = self._sessions.get(session)
        if live is not None:
            for connection in list(live.publisher.connections):
                connection.end("restarting")
            self._let(session)

    def _let(self, session: str) -> None:
        """Drop a session from memory; whoever still holds it reaches the next one through it."""
        live = self._sessions.pop(session)
        self._idle.pop(session, None)
        live.stop()
        live.successor = self.open

    async def drain(self, spread: float) -> None:
        """Finish every commit, then say goodbye to every connection over at most `spread` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH):
                for live in list(self._sessions.values()):
                    await live.finish()
        for live in self._sessions.values():
            live.publisher.publish()
        connections = [one for live in self._sessions.values() for one in live.publisher.connections]
        random.shuffle(connections)
        for place, connection in enumerate(connections):
            connection.end("restarting")
            if place % 50 == 49:
                await asyncio.sleep(spread * 50 / len(connections))

    async def close(self) -> None:
        """Finish what was asked and stop. The log stays open: it is its opener's."""
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for live in list(self._sessions.values()):
            await live.finish()
            live.stop()
        self._sessions.clear()
        await self.memory.close()
