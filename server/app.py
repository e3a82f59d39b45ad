"""The application: the log, the directory of live sessions, the pages and the sockets, put together; and how it is served.

`serve` is the way to run it. Under another ASGI server `create_app` works too, at half as much again per frame sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import Receive, Scope, Send

import facilitation
from facilitation import methods
from facilitation.methods import Method
from server.archive.retention import Retention
from server.archive.write import bundle_writer
from server.config import Settings, signing_key
from server.identity.lab import Lab
from server.identity.seats import PAGES
from server.live.directory import Directory, absent
from server.log import Log, UnknownSession
from server.log.sqlite import SqliteLog
from server.web.pages import Web
from server.web.routes import build_routes, error_handlers, guarded
from server.wire.channels import DirectProtocol
from server.wire.frames import MAX_FRAME
from server.wire.websocket import Closed, LiveEndpoint

STORE = "pasdecote.db"
Started = Callable[["Application"], Awaitable[None]]


class Application:
    """Everything of one server process, as an ASGI application. Use from one event loop."""

    def __init__(self, settings: Settings, log: Log, *, on_started: Started | None = None) -> None:
        self.settings = settings
        self.log = log
        self.lab = Lab(log)
        self.directory = Directory(log, settings, methods=library(), write_bundle=bundle_writer(log, settings))
        self.retention = Retention(log, self.lab, self.directory, settings.bundles, self.directory.now)
        self.web = Web(settings, key=signing_key(settings), lab=self.lab, directory=self.directory)
        self.new_key = ""
        self._on_started = on_started
        self.live = LiveEndpoint(self.directory, settings, self._seat, self._say)
        routes: list[BaseRoute] = [WebSocketRoute("/s/{session}/live", self.live), *build_routes(self.web)]
        site = Starlette(routes=routes, exception_handlers=dict(error_handlers(self.web)), lifespan=self._lifespan)
        site.state.application = self
        self._app = guarded(site, self.web)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, socket or lifespan."""
        await self._app(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self.new_key = await self.lab.start(self.settings.facilitation_key)
        if self._on_started is not None:
            await self._on_started(self)
        purging = asyncio.create_task(self.retention.watch())
        try:
            yield
        finally:
            purging.cancel()
            await self.directory.close()
            await self.log.close()

    async def drain(self) -> None:
        """Take no more sockets, finish every commit, and say goodbye to everyone, spread over a few seconds."""
        self.live.draining = True
        self.web.screens.stop()
        await self.directory.drain(self.settings.drain_spread)

    async def _seat(self, request: HTTPConnection, session: str) -> str:
        """The seat that a socket's cookies hold, for the page named in its address."""
        page = request.query_params.get("page", "")
        if page not in PAGES.values():
            return ""
        try:
            live = await self.directory.open(session)
        except UnknownSession:
            raise Closed(absent(session)) from None
        seat = self.web.seats.find(request.cookies, session, page, live.state)
        return seat.id if seat is not None else ""

    def _say(self, language: str, sentence: str) -> str:
        return self.web.languages[language](sentence)


def library() -> dict[str, Method]:
    """The methods that ship with the product, by id. Raises MethodError when one of the files is wrong."""
    folder = Path(facilitation.__file__).parent / "methods"
    found = (methods.read(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))
    return {method.id: method for method in found}


def create_app(settings: Settings, *, on_started: Started | None = None) -> Application:
    """The application on the store in DATA_DIR. Raises Locked, TooNew, StorageBroken, SettingError before anything starts."""
    return Application(settings, SqliteLog.open(settings.data / STORE), on_started=on_started)


class DrainingServer(uvicorn.Server):
    """uvicorn, with goodbyes: on SIGTERM it stops accepting, drains the application, then closes what is left."""

    def __init__(self, config: uvicorn.Config, app: Application, on_listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._draining_app = app
        self._on_listening = on_listening

    async def startup(self, sockets: Any = None) -> None:
        """Open the port, then say so."""
        await super().startup(sockets)
        if self.started:
            self._on_listening()

    async def shutdown(self, sockets: Any = None) -> None:
        """Close in order."""
        for server in self.servers:
            server.close()
        await self._draining_app.drain()
        await super().shutdown(sockets)


def server_for(app: Application, *, on_listening: Callable[[], None] = lambda: None) -> DrainingServer:
    """The server of an application, with the settings of DESIGN.md 8; run it with `run()` or `await serve()`.

    `on_listening` is called once the port is open.
    """
    settings = app.settings
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws=DirectProtocol,
        ws_max_size=MAX_FRAME,
        ws_ping_interval=settings.ping_interval,
        ws_ping_timeout=settings.ping_timeout,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=8,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        server_header=False,
        access_log=False,
        log_config=None,
    )
    return DrainingServer(config, app, on_listening)


def serve(settings: Settings, *, on_started: Started | None = None, on_listening: Callable[[], None] = lambda: None) -> None:
    """Run the server until it is told to stop. `on_started`: the store is open; `on_listening`: the port is."""
    server_for(create_app(settings, on_started=on_started), on_listening=on_listening).run()
