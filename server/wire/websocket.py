"""The socket endpoint: who may open one, the first hello, then frames until either side ends. One failure stays here.

`GET /s/{session}/live`, subprotocol `pasdecote.1`. What stands behind the door (the live session) is given as a `Door`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from starlette.requests import HTTPConnection

from server import telemetry
from server.config import Settings
from server.log.failpoints import failpoint
from server.wire import frames
from server.wire.allowances import Bucket, Places, Strikes
from server.wire.channels import AsgiChannel, Send, direct
from server.wire.connection import Connection, Translate, french
from server.wire.decoding import Malformed
from server.wire.frames import CommandFrame, Hello, Hint, Ping, Unfit, Write
from server.wire.outbox import Bounds, Pool

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Authenticate = Callable[[HTTPConnection, str], Awaitable[str]]
"""(request with its cookies, session id) -> seat id, "" when these cookies give no seat. Raises `Closed`."""


class Closed(Exception):
    """The door stays shut. `code` is one of byes.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Visit(Protocol):
    """A connection inside a session."""

    def command(self, frame: CommandFrame) -> None:
        """Take a command; its answer comes over the connection."""
        ...

    def refuse(self, id: bytes, code: str, **params: Any) -> None:
        """Answer a command that was not taken."""
        ...

    def hint(self, frame: Hint) -> None:
        """Take a hint."""
        ...

    def leave(self) -> None:
        """The connection is gone."""
        ...


class Door(Protocol):
    """Where connections enter sessions."""

    def now(self) -> int:
        """The server's clock, ms since the epoch."""
        ...

    async def enter(self, session: str, connection: Connection, cursor: bytes) -> Visit:
        """Let a connection in and send it its view. Raises `Closed`."""
        ...


class LiveEndpoint:
    """An ASGI application for the sockets of all sessions; `path_params["session"]` names the session."""

    def __init__(
        self,
        door: Door,
        settings: Settings,
        authenticate: Authenticate,
        translate: Translate = french,
        origins: frozenset[str] | None = None,
    ) -> None:
        self._door = door
        self._settings = settings
        self._authenticate = authenticate
        self._translate = translate
        self._origins = origins if origins is not None else origins_of(settings)
        self._places = Places(settings.seat_connections, settings.session_connections, settings.process_connections)
        self._accepts: Bucket | None = None
        self._pool = Pool(
            Bounds(settings.outbox_bytes, settings.outbox_frames, settings.outbox_age, settings.outbox_total)
        )
        self.draining = False

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Serve one socket from handshake to end."""
        await receive()  # websocket.connect
        request = HTTPConnection(scope)
        problem = self._handshake(request)
        if problem:
            await _turn_away(send, *problem)
            return
        await send({"type": "websocket.accept", "subprotocol": frames.SUBPROTOCOL})
        connection = self._connection(scope, send)
        try:
            await self._serve(request, connection, receive)
        except Closed as closed:
            connection.end(closed.code)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            telemetry.event("connection_failed", level=logging.ERROR, error=error)
            connection.end("broken")
        if connection.closing:
            await _until_gone(receive)
        connection.gone()

    def _handshake(self, request: HTTPConnection) -> tuple[int, str] | None:
        """Why a socket is not opened at all: HTTP status and reason. None when it may be."""
        told = request.headers.getlist("origin")
        if len(told) != 1 or told[0] not in self._origins:
            return 403, "origin"
        if frames.SUBPROTOCOL not in request.scope["subprotocols"]:
            return 400, "subprotocol"
        clock = asyncio.get_running_loop().time()
        if self._accepts is None:
            self._accepts = Bucket(self._settings.accept_rate, self._settings.accept_rate, clock)
        if self.draining or self._places.full or not self._accepts.take(clock):
            return 503, "busy"
        return None

    def _connection(self, scope: MutableMapping[str, Any], send: Send) -> Connection:
        settings, clock = self._settings, asyncio.get_running_loop().time
        channel = direct(scope) or AsgiChannel(send)
        connection = Connection(
            channel,
            self._pool,
            clock,
            translate=self._translate,
            bucket=Bucket(settings.message_rate, settings.message_burst, clock()),
            strikes=Strikes(settings.strikes),
        )
        channel.on_writable = connection.drained
        return connection

    async def _serve(self, request: HTTPConnection, connection: Connection, receive: Receive) -> None:
        session = request.path_params["session"]
        connection.seat = await self._authenticate(request, session)
        if not connection.seat:
            raise Closed("unknown_seat")
        hello = await self._hello(connection, receive)
        if hello is None:
            return
        connection.language = hello.language
        taken = self._places.take(session, connection.seat)
        if taken:
            raise Closed(taken)
        try:
            visit = await self._door.enter(session, connection, hello.cursor)
            try:
                await self._listen(connection, visit, receive)
            finally:
                visit.leave()
        finally:
            self._places.give(session, connection.seat)

    async def _hello(self, connection: Connection, receive: Receive) -> Hello | None:
        try:
            async with asyncio.timeout(self._settings.hello_timeout):
                message = await receive()
        except TimeoutError:
            raise Closed("too_late") from None
        data = _binary(message)
        if data is None:
            return None
        try:
            frame = self._frame(data)
        except Unfit as unfit:
            raise Closed("hello_expected") from unfit
        if not isinstance(frame, Hello):
            raise Closed("hello_expected")
        return frame

    async def _listen(self, connection: Connection, visit: Visit, receive: Receive) -> None:
        clock = asyncio.get_running_loop().time
        while not connection.closing:
            data = _binary(await receive())
            if data is None:
                return
            failpoint("after-decode")
            try:
                frame = self._frame(data)
            except Unfit as unfit:
                visit.refuse(unfit.id, "malformed", problem=str(unfit))
                continue
            if connection.bucket.take(clock()):
                self._take(connection, visit, frame)
            else:
                if isinstance(frame, CommandFrame):
                    visit.refuse(frame.id, "too_fast")
                if connection.strikes.out(clock()):
                    raise Closed("too_fast")

    def _frame(self, data: bytes) -> frames.ClientFrame:
        """The frame of a message that must be one. Raises Unfit only where a command can be answered by its id."""
        if len(data) > frames.MAX_FRAME:
            raise Closed("unfit")
        try:
            return frames.read(data)
        except Malformed as error:
            raise Closed("malformed") from error
        except Unfit as unfit:
            if unfit.id:
                raise
            raise Closed("unfit") from unfit

    def _take(self, connection: Connection, visit: Visit, frame: frames.ClientFrame) -> None:
        match frame:
            case CommandFrame():
                visit.command(frame)
            case Hint():
                visit.hint(frame)
            case Ping(at):
                connection.send(Write((frames.pong(at, self._door.now()),)))
            case Hello():
                raise Closed("unfit")


def origins_of(settings: Settings) -> frozenset[str]:
    """The exact origins that pages of this installation have. Without BASE_URL, the loopback has two names."""
    if settings.base_url:
        return frozenset({settings.base_url})
    hosts = {settings.host, "127.0.0.1", "localhost"}
    return frozenset(f"http://{host}:{settings.port}" for host in hosts)


def _binary(message: MutableMapping[str, Any]) -> bytes | None:
    """The bytes of a message, None when the socket is gone. Raises Closed for a text message."""
    if message["type"] == "websocket.disconnect":
        return None
    data = message.get("bytes")
    if data is None:
        raise Closed("not_binary")
    return bytes(data)


async def _turn_away(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")] + ([(b"retry-after", b"2")] if status == 503 else [])
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": reason.encode() + b"\n", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    """Leave the socket to its closing handshake: returning would cut what is still being sent."""
    while (await receive())["type"] != "websocket.disconnect":
        pass
