"""Two ways to a socket: bytes framed beforehand, straight to uvicorn's transport, or through ASGI's send.

The first costs a third less processor time per delivered update and is what `serve` uses (see tests/load). The second
works under any ASGI server.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Close, Frame, Opcode

from server.wire.frames import Write

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

EXTENSION = "pasdecote.channel"
"""Where the scope carries the transport of a connection served by `DirectProtocol`."""

HIGH_WATER = 32_768
"""Bytes that the transport may hold before a connection counts as slow: 6,000 of them stay below 200 MB."""

CLOSE_PATIENCE = 4.0
"""Seconds that a browser has to read what was sent and answer the closing, before it is cut."""


class DirectProtocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket protocol, with a way to write whole messages that were framed once for everybody."""

    on_writable: Callable[[], None] | None = None

    def handle_connect(self, event: Any) -> None:
        """Offer this connection as a channel to the application that it starts."""
        super().handle_connect(event)
        scope = getattr(self, "scope", None)
        if scope is not None:
            self.transport.set_write_buffer_limits(high=HIGH_WATER)
            scope["extensions"][EXTENSION] = {"channel": self}

    async def send(self, message: Any) -> None:
        """Count a refusal that was sent whole as an answered handshake: uvicorn would log each as an error."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True

    @property
    def paused(self) -> bool:
        """Whether the transport holds more than HIGH_WATER, until it is almost empty."""
        return not self.writable.is_set()

    def write(self, write: Write) -> None:
        """Hand the framed bytes to the transport; dropped when the connection is ending."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(write.joined)

    def close(self, code: int, reason: str) -> None:
        """Send the close frame after what was written; cut the connection if the browser does not answer."""
        if self.close_sent or self.disconnected:
            return
        self.transport.write(Frame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSE_PATIENCE, self.transport.abort)

    def resume_writing(self) -> None:
        """The transport is almost empty again."""
        super().resume_writing()
        if self.on_writable is not None:
            self.on_writable()

    def handle_close(self, event: Frame) -> None:
        """Answer the browser's close frame, also where ours was written past the protocol's own state."""
        if self.close_sent and self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = None
            self.transport.close()
            return
        super().handle_close(event)

    def keepalive_timeout(self) -> None:
        """A peer that answers no ping reads nothing either: do not wait for the buffer to leave."""
        super().keepalive_timeout()
        self.transport.abort()


def direct(scope: MutableMapping[str, Any]) -> DirectProtocol | None:
    """The direct channel of a scope, None under another server."""
    offered = scope.get("extensions", {}).get(EXTENSION)
    return cast(DirectProtocol, offered["channel"]) if offered else None


class AsgiChannel:
    """Frames through ASGI's send, by one task that waits where the socket is slow."""

    on_writable: Callable[[], None] | None = None

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[bytes] = deque()
        self._ending: tuple[int, str] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def paused(self) -> bool:
        """Whether some frames have not been taken yet."""
        return bool(self._waiting)

    def write(self, write: Write) -> None:
        """Queue the frames; a view is one write, so at most one is ever queued behind a slow socket."""
        if self._ending is None:
            self._waiting.extend(write.frames)
            self._start()

    def close(self, code: int, reason: str) -> None:
        """Close after what was written."""
        if self._ending is None:
            self._ending = (code, reason)
            self._start()

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._send({"type": "websocket.send", "bytes": self._waiting[0]})
                self._waiting.popleft()
                if not self._waiting and self.on_writable is not None and self._ending is None:
                    self.on_writable()
            if self._ending is not None:
                code, reason = self._ending
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
        except Exception:  # the peer is gone: reading tells so, there is nobody to tell here
            self._waiting.clear()
