"""A real server on a free port: the sockets' endpoint before a live session on SQLite, and browsers that speak to it."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgpack
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute

from facilitation import commands as ask
from facilitation.records import Session
from server.config import Settings
from server.live.directory import Directory
from server.live.session import LiveSession
from server.log.sqlite import SqliteLog
from server.wire.channels import DirectProtocol
from server.wire.frames import MAX_FRAME, SUBPROTOCOL
from server.wire.websocket import LiveEndpoint
from tests.facilitation.workshop import library

ORIGIN = "https://atelier.exemple.fr"


class Browser:
    """One page's socket: frames in and out."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []
        self.answers: dict[bytes, str] = {}

    async def send(self, **frame: Any) -> None:
        with suppress(websockets.ConnectionClosed):  # what came before tells why
            await self.socket.send(msgpack.packb(frame))

    async def command(self, name: str, /, **body: Any) -> bytes:
        id = os.urandom(16)
        await self.send(type="command", id=id, name=name, body=body)
        return id

    async def next(self, *types: str) -> dict[str, Any]:
        """The next frame of one of these types; any when none is named."""
        async with asyncio.timeout(10):
            while True:
                frame: dict[str, Any] = msgpack.unpackb(await self.socket.recv())
                self.frames.append(frame)
                if not types or frame["type"] in types:
                    return frame

    async def answer(self, id: bytes) -> str:
        """What came of a command: "done", or the code of its refusal."""
        while id not in self.answers:
            frame = await self.next("done", "refused")
            if frame["type"] == "refused":
                self.answers[frame["id"]] = str(frame["code"])
            else:
                self.answers |= dict.fromkeys(frame["ids"], "done")
        return self.answers[id]

    async def welcomed(self) -> dict[str, Any]:
        while True:
            frame = await self.next("welcome")
            if "cursor" in frame:
                return frame

    async def ended(self) -> tuple[int, str]:
        """Read to the end: the close code, and the code of the last frame if it was a bye."""
        try:
            while True:
                await self.next()
        except websockets.ConnectionClosed as closed:
            last = self.frames[-1] if self.frames else {}
            return (closed.rcvd.code if closed.rcvd else 1006), str(last.get("code", ""))


class Served:
    """A running server. Seats are told by the address: who one is, is another test's matter."""

    def __init__(self, port: int, directory: Directory, live: LiveSession, endpoint: LiveEndpoint) -> None:
        self.port = port
        self.directory = directory
        self.live = live
        self.endpoint = endpoint

    async def socket(
        self,
        seat: str,
        *,
        session: str = "s1",
        origin: str | None = ORIGIN,
        protocols: tuple[str, ...] = (SUBPROTOCOL,),
        **more: Any,
    ) -> Browser:
        address = f"ws://127.0.0.1:{self.port}/s/{session}/live?seat={seat}"
        kept = [websockets.Subprotocol(one) for one in protocols] or None
        told = websockets.Origin(origin) if origin is not None else None
        return Browser(await websockets.connect(address, subprotocols=kept, origin=told, compression=None, **more))

    async def browser(self, seat: str, cursor: bytes = b"", **more: Any) -> Browser:
        """A socket that said hello and read its view."""
        browser = await self.socket(seat, **more)
        await browser.send(type="hello", **({"cursor": cursor} if cursor else {}))
        if not cursor:
            await browser.welcomed()
        return browser


class Telling(uvicorn.Server):
    """uvicorn that tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


async def _seat(request: HTTPConnection, session: str) -> str:
    return request.query_params["seat"]


@asynccontextmanager
async def served(folder: Path, settings: Settings | None = None, *, direct: bool = True) -> AsyncIterator[Served]:
    settings = settings or Settings()
    log = SqliteLog.open(folder / "pasdecote.db")
    directory = Directory(log, settings, methods=library())
    live = await directory.create("s1", Session(title="Atelier"))
    for seat, role in (("claire", "facilitator"), ("ali", "participant"), ("bea", "participant"), ("obs", "observer")):
        assert await live.ask(ask.Join(seat=seat, name=seat.capitalize(), role=role)) is None  # type: ignore[arg-type]
    assert await live.ask(ask.LoadMethod(method="tableau-libre"), "claire") is None
    assert await live.ask(ask.OpenSession(), "claire") is None
    endpoint = LiveEndpoint(directory, settings, _seat, origins=frozenset({ORIGIN}))
    app = Starlette(routes=[WebSocketRoute("/s/{session}/live", endpoint)])
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)  # so that a reader need not be very slow
    config = uvicorn.Config(
        app,
        ws=DirectProtocol if direct else "websockets-sansio",
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        log_config=None,
        lifespan="off",
    )
    server = Telling(config)
    running = asyncio.create_task(server.serve([listening]))
    await server.ready.wait()
    try:
        yield Served(listening.getsockname()[1], directory, live, endpoint)
    finally:
        server.should_exit = True
        await running
        await directory.close()
        await log.close()
