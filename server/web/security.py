"""What stands around every request: headers on every answer, allowed hosts, no forged form, bounded bodies, kind errors.

It is the outermost layer, so that an answer that nobody expected still carries every header and no trace.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import telemetry
from server.config import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # under no-referrer, browsers without Fetch Metadata send their forms with Origin: null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "clipboard-write=(self), fullscreen=(self), screen-wake-lock=(self)",
}
HSTS = "max-age=31536000"
SAFE = ("GET", "HEAD", "OPTIONS")
FORM_MAX = 64 * 1024
UPLOAD_MAX = 100 * 1024 * 1024 + 64 * 1024  # a bundle, and the form around it
UPLOADS = ("/verifier",)
PROBES = ("/healthz", "/__lbheartbeat__")  # asked by address, not by name
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

ErrorPage = Callable[[Request, int], Awaitable[Response]]


class TooLarge(Exception):
    """More body came than this address takes."""


class Guard:
    """Wraps the whole application. `page` makes the answer for a status that the guard gives by itself."""

    def __init__(self, app: ASGIApp, settings: Settings, page: ErrorPage) -> None:
        self._app = app
        self._page = page
        self._secure = settings.secure
        self._origins = origins(settings)
        self._hosts = frozenset(urlsplit(origin).netloc for origin in self._origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Sockets pass through: the live door checks their origin itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = _Sent(send, self._secure)
        try:
            status = self._refusal(scope)
            if status:
                await self._answer(scope, receive, sent, status)
            else:
                await self._app(scope, _bounded(scope, receive), sent)
        except TooLarge:
            await self._answer(scope, receive, sent, 413)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            telemetry.event("request_failed", level=40, error=error, method=scope["method"], status=500)
            await self._answer(scope, receive, sent, 500)

    def _refusal(self, scope: Scope) -> int:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts and scope["path"] not in PROBES:
            return 400
        return 0 if scope["method"] in SAFE or self._own_form(headers) else 403

    def _own_form(self, headers: Headers) -> bool:
        """Whether a form comes from a page of ours: by Fetch Metadata where the browser has it, by Origin elsewhere."""
        site = headers.get("sec-fetch-site", "")
        if site:
            return site in ("same-origin", "none")
        return headers.get("origin", "") in self._origins

    async def _answer(self, scope: Scope, receive: Receive, sent: _Sent, status: int) -> None:
        if not sent.started:
            response = await self._page(Request(scope, receive), status)
            await response(scope, receive, sent)


class _Sent:
    """`send`, adding the headers to whatever answer passes."""

    def __init__(self, send: Send, secure: bool) -> None:
        self._send = send
        self._secure = secure
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if self._secure:
                headers["Strict-Transport-Security"] = HSTS
        await self._send(message)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    limit = UPLOAD_MAX if scope["path"] in UPLOADS else FORM_MAX
    declared = Headers(scope=scope).get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        return message

    return bounded


def origins(settings: Settings) -> frozenset[str]:
    """The origins that are ours: the public address; on a development machine, its other loopback names too."""
    parts = urlsplit(settings.url)
    names = {parts.netloc}
    if not settings.base_url and (parts.hostname in ("127.0.0.1", "localhost", "::1", "0.0.0.0")):
        port = f":{parts.port}" if parts.port else ""
        names |= {name + port for name in LOOPBACK}
    return frozenset(f"{parts.scheme}://{name}" for name in names)
