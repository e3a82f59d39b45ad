"""The live session: its state, and the saving clock. One per session and process.

As soon as the log is free, everything waiting is decided and appended as one commit; one append is in flight at a time.
A command is answered once what it did is durable; the publisher tells it after the patch that shows it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from facilitation import commands
from facilitation.commands import CastBallot, CloseRound, CloseSession, Command
from facilitation.context import Context
from facilitation.decide import decide
from facilitation.records import Seat, kind_of
from facilitation.rejections import Rejection
from facilitation.rights import DRIVERS
from facilitation.sight import seal_of
from facilitation.state import Change, Key, State
from server import telemetry
from server.live.hints import Hints
from server.live.loading import Loaded, Newer, load, read_on, resealed
from server.live.presence import Presence
from server.live.publishing import Publisher
from server.live.requests import Answer, FairQueue, Request
from server.live.saving import AUTHORS, Batch, seal_name
from server.live.world import World
from server.live.writers import Writers
from server.log import (
    Asked,
    Conflict,
    Log,
    LogError,
    Repeated,
    SealShut,
    StorageFull,
    UnknownCommit,
)
from server.log.failpoints import failpoint
from server.wire.allowances import Bucket
from server.wire.connection import Connection
from server.wire.frames import CommandFrame, Hint

if TYPE_CHECKING:
    from facilitation.methods import Method

TRIES = 5
"""Times that a batch is decided again after a conflict before it is answered `busy`."""


class LiveSession:
    """State, queue and connections of one session. Made by the directory; `ask` from anywhere on the loop."""

    def __init__(
        self,
        id: str,
        loaded: Loaded,
        log: Log,
        world: World,
        *,
        methods: Mapping[str, Method],
        rate: float = 100,
        burst: int = 600,
    ) -> None:
        self.id = id
        self.state = loaded.state
        self.last = loaded.last
        self.publisher = Publisher(loaded.state, _first_cursor(loaded, world), world)
        self.writers = Writers(self.publisher)
        self.presence = Presence(self.publisher, self.writers)
        self.hints = Hints(self.publisher)
        self.on_saved: Callable[[LiveSession], None] = lambda live: None
        self.successor: Callable[[str], Awaitable[LiveSession]] | None = None
        self._at = loaded.at
        self._log = log
        self._world = world
        self._methods = methods
        self._clock = asyncio.get_running_loop().time
        self._queue = FairQueue(Bucket(rate, burst, self._clock()), self._drives)
        self._waiting = asyncio.Event()
        self._saving: asyncio.Task[None] | None = None

    # --- asking

    async def ask(self, command: Command, actor: str = "", id: bytes = b"") -> Rejection | None:
        """Have a command decided; None once its effect is durable and applied, else why it has none.

        `actor` is the seat that asks, "" the server itself. Asking again under the same id has no second effect. A session
        that was let go of meanwhile passes the command on to the one in memory now.
        """
        if self.successor is not None:
            return await (await self.successor(self.id)).ask(command, actor, id)
        answered: asyncio.Future[Rejection | None] = asyncio.get_running_loop().create_future()

        def answer(rejection: Rejection | None) -> None:
            if not answered.done():
                answered.set_result(rejection)

        self._submit(command, actor, id or self._world.draw(16), answer)
        return await answered

    def _submit(self, command: Command, actor: str, id: bytes, answer: Answer) -> None:
        at = max(self._at, self._world.now())  # time never goes back, even where the wall clock does
        request = Request(id, actor, command, at, self._world.draw(32), answer)
        if not self._queue.put(request):
            answer(Rejection("busy"))
            return
        self._waiting.set()
        if self._saving is None or self._saving.done():
            self._saving = asyncio.get_running_loop().create_task(self._save_waiting())

    @property
    def idle(self) -> bool:
        """Whether nobody listens and nothing waits or is being saved."""
        return not self.publisher.connections and (self._saving is None or self._saving.done())

    async def finish(self) -> None:
        """Wait until everything asked so far is saved and its answers are with the publisher."""
        while self._saving is not None and not self._saving.done():
            await asyncio.shield(self._saving)

    def stop(self) -> None:
        """Let go of every timer: nothing is sent any more."""
        for connection in list(self.publisher.connections):
            self.publisher.leave(connection)
        self.publisher.stop()
        self.presence.stop()
        self.hints.stop()

    def _drives(self, seat: str) -> bool:
        found = self.state.find(Seat, seat)
        return found is not None and found.role in DRIVERS

    # --- saving

    async def _save_waiting(self) -> None:
        while len(self._queue):
            wait = self._queue.wait(self._clock())
            if wait:
                self._waiting.clear()
                await _event_or_timeout(self._waiting, wait)
                continue
            batch = self._queue.take(self._clock())
            try:
                await self._save(batch)
            except Newer:
                _answer_all(batch, Rejection("busy"))
                for connection in list(self.publisher.connections):
                    connection.end("restarting")  # a newer server serves this session: it is reached by coming back
            except Exception as error:
                telemetry.event("saving_failed", level=logging.ERROR, error=error, session=self.id)
                _answer_all(batch, Rejection("storage_broken" if isinstance(error, LogError) else "broken"))

    async def _save(self, batch: list[Request]) -> None:
        tries = 0
        while batch:
            try:
                batch = await self._try(batch)
            except Repeated as repeated:
                done = [request for request in batch if request.id in repeated.commands]
                batch = _answer_some(batch, done, None)
            except (Conflict, SealShut) as moved:
                tries += 1
                if tries < TRIES:
                    await self._read_on()
                else:
                    batch, tries = _answer_some(batch, _late_ballots(batch, moved), Rejection("busy")), 0
            except StorageFull:
                telemetry.event("storage_full", level=logging.ERROR, session=self.id)
                batch = _answer_all(batch, Rejection("storage_full"))
            except LogError as error:
                telemetry.event("storage_broken", level=logging.ERROR, error=error, session=self.id)
                batch = _answer_all(batch, Rejection("storage_broken"))

    async def _try(self, batch: list[Request]) -> list[Request]:
        """Decide a batch on the present state and append it; the requests left for another turn."""
        await self._shut(batch[0])
        pending, later, refused, done = Batch(self.state), [], [], []
        seen: set[tuple[str, bytes]] = set()
        for request in batch:
            if (request.actor, request.id) in seen:
                later.append(request)
                continue
            seen.add((request.actor, request.id))
            verdict = self._decide(pending.state, request)
            if isinstance(verdict, Rejection):
                refused.append((request, verdict))
            else:
                if verdict:
                    pending.add(request, verdict)
                done.append(request)
        await self._append(pending, batch[0])
        for request in done:
            request.answer(None)
        for request, rejection in refused:
            request.answer(None if await self._known(request) else rejection)
        return later

    async def _known(self, request: Request) -> bool:
        """Whether a refused command had its effect before: then this is a replay of one that was done."""
        try:
            return await self._log.known(self.id, request.actor, request.id)
        except LogError:
            return False

    async def _shut(self, request: Request) -> None:
        """Before a round is closed: judge whether it may be, shut its seal, and read the ballots that are final now."""
        if isinstance(request.command, CloseRound) and isinstance(self._decide(self.state, request), tuple):
            seal = seal_name(request.command.round)
            await self._log.shut(self.id, seal)
            failpoint("after-shut")
            self.state = await resealed(self._log, self.id, self.state, seal)

    def _decide(self, state: State, request: Request) -> tuple[Change, ...] | Rejection:
        context = Context(at=request.at, actor=request.actor, seed=request.seed, methods=self._methods)
        try:
            return decide(state, request.command, context)
        except Exception as error:
            telemetry.event("rule_failed", level=logging.ERROR, error=error, session=self.id, command=request.name)
            return Rejection("broken")

    async def _append(self, batch: Batch, request: Request) -> None:
        if not batch.keys:
            return
        destroyed = self._destroyed(request.command)
        puts = [put for put in batch.puts if put.seal not in destroyed]
        at = self._at = max(self._at, self._world.now())
        commit = batch.commit(self._world.draw(16), at, await self._ballots_of(request.command))
        after = self.last if commit is not None else None
        await self._log.append(self.id, after, commit, puts, open=batch.opened, destroy=destroyed)
        failpoint("after-append")
        if commit is not None:
            self.last = commit.id
        self._apply(batch.state, batch.keys, commit.id if commit is not None else self._world.draw(16))

    def _apply(self, state: State, keys: Mapping[Key, None], cursor: bytes) -> None:
        self.state = state
        self.publisher.take(state, keys, cursor)
        self.on_saved(self)

    def _destroyed(self, command: Command) -> tuple[str, ...]:
        if isinstance(command, CloseRound):
            return (seal_name(command.round),)
        return (AUTHORS,) if isinstance(command, CloseSession) else ()

    async def _ballots_of(self, command: Command) -> list[Asked]:
        """The commands that filled a round's seal, sorted by id, without seats: a late replay of one is still `done`."""
        if not isinstance(command, CloseRound):
            return []
        ids = await self._log.accepted(self.id, seal_name(command.round))
        return [Asked(id, "", "cast_ballot") for id in ids]

    async def _read_on(self) -> None:
        """Take in what other processes appended. A log without our last commit is loaded again, whole."""
        before = self.state
        try:
            state, last = await read_on(self._log, self.id, self.state, self.last)
            state = await resealed(self._log, self.id, state)
            self.last = last.id if last is not None else self.last
            self._at = max(self._at, last.at if last is not None else 0)
        except UnknownCommit:
            loaded = await load(self._log, self.id)
            state, self.last, self._at = loaded.state, loaded.last, max(self._at, loaded.at)
        self._apply(state, _differing(before, state), self.last)

    # --- connections

    def enter(self, connection: Connection, cursor: bytes) -> Visit:
        """Let a connection in and send it its view."""
        self.publisher.enter(connection, cursor)
        self.presence.entered(connection)
        return Visit(self, connection)

    def command(self, connection: Connection, frame: CommandFrame) -> None:
        """Take a command from a connection; the publisher will tell its answer."""

        def answer(rejection: Rejection | None) -> None:
            if rejection is None:
                self.publisher.done(connection, frame.id)
            else:
                self.publisher.refused(connection, frame.id, rejection)

        try:
            command = commands.parse(frame.name, frame.body)
        except KeyError:
            answer(Rejection("unknown_command", {"name": frame.name[:40]}))
        except ValueError as error:
            answer(Rejection("malformed", {"problem": str(error)}))
        else:
            self._submit(command, connection.seat, frame.id, answer)


class Visit:
    """A connection inside a session: what the socket calls."""

    def __init__(self, live: LiveSession, connection: Connection) -> None:
        self._live = live
        self._connection = connection

    def command(self, frame: CommandFrame) -> None:
        """Take a command."""
        self._live.command(self._connection, frame)

    def refuse(self, id: bytes, code: str, **params: Any) -> None:
        """Answer a command that was not taken."""
        self._live.publisher.refused(self._connection, id, Rejection(code, params))

    def hint(self, frame: Hint) -> None:
        """Take a hint: about the block itself, it is for the gauges alone."""
        if not self._live.writers.take(self._connection, frame):
            self._live.hints.take(self._connection, frame)

    def leave(self) -> None:
        """The connection is gone."""
        self._live.writers.left(self._connection)
        self._live.hints.left(self._connection)
        self._live.publisher.leave(self._connection)
        self._live.presence.left(self._connection)


def _first_cursor(loaded: Loaded, world: World) -> bytes:
    """The cursor of a view just loaded. Its last commit says nothing of what went under seals after it."""
    return world.draw(16) if any(map(seal_of, loaded.state.records())) else loaded.last


def _answer_some(batch: list[Request], some: list[Request], rejection: Rejection | None) -> list[Request]:
    """Answer some of a batch (all of it, as busy, where none is to blame); the rest."""
    if not some:
        return _answer_all(batch, Rejection("busy"))
    _answer_all(some, rejection)
    return [request for request in batch if request not in some]


def _late_ballots(batch: list[Request], moved: Exception) -> list[Request]:
    """The ballots that a shut seal refuses: nobody else need wait for the closing that shut it."""
    if not isinstance(moved, SealShut):
        return batch
    return [one for one in batch if isinstance(one.command, CastBallot) and seal_name(one.command.round) == moved.seal]


def _answer_all(batch: list[Request], rejection: Rejection | None) -> list[Request]:
    """Answer the whole batch alike; nothing of it is left."""
    for request in batch:
        request.answer(rejection)
    return []


def _differing(before: State, after: State) -> dict[Key, None]:
    """The keys of every record that differs between two states."""
    records = {(kind_of(record), record.id): record for state in (before, after) for record in state.records()}
    return {key: None for key in records if before.get(*key) != after.get(*key)}


async def _event_or_timeout(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
