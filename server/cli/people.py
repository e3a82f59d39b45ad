"""Simulated people: each comes in by a link like anyone, through the join form, then acts over a real socket."""

from __future__ import annotations

import asyncio
import http.client
import secrets
from collections.abc import Callable
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.wire.frames import SUBPROTOCOL

ANSWER = 15.0
"""Seconds an answer may take before the person gives up."""

Fields = dict[str, str]
RecordMap = dict[str, Any]


class TurnedAway(RuntimeError):
    """The door did not give a seat."""


class Refused(RuntimeError):
    """A command was refused; the message is the server's sentence."""


class Person:
    """One simulated person, in one session. Use as `async with Person.coming_by(...)`."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._waiting: dict[bytes, asyncio.Future[None]] = {}
        self._records: dict[tuple[str, str], RecordMap] = {}
        self._changed = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())
        self.seat: RecordMap = {}

    @classmethod
    async def coming_by(cls, url: str, **fields: str) -> Person:
        """Join by a link with the form's fields, open the socket, wait for the whole view. Raises TurnedAway."""
        page, cookie = await asyncio.to_thread(_joined, url, fields)
        parts = urlsplit(url)
        session, role_page = page.split("/")[2:4]
        role_page = "animer" if role_page in ("preparer", "archive") else role_page
        scheme = "wss" if parts.scheme == "https" else "ws"
        socket = await connect(
            f"{scheme}://{parts.netloc}/s/{session}/live?page={role_page}",
            subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
            origin=f"{parts.scheme}://{parts.netloc}",  # type: ignore[arg-type]
            additional_headers={"Cookie": cookie},
            compression=None,
        )
        person = cls(socket)
        await person._send({"type": "hello"})
        await person.until(lambda: bool(person.seat))
        return person

    async def leave(self) -> None:
        """Close the socket; the seat stays."""
        self._listening.cancel()
        await self._socket.close()

    # --- seeing

    def all(self, kind: str) -> list[RecordMap]:
        """The records of a kind that this person sees."""
        return [record for (of, _), record in self._records.items() if of == kind]

    def get(self, kind: str, id: str) -> RecordMap | None:
        """One record that this person sees."""
        return self._records.get((kind, id))

    @property
    def block(self) -> RecordMap | None:
        """The current block."""
        session = self.get("session", "session")
        return self.get("block", session["block"]) if session else None

    async def until(self, seen: Callable[[], bool], seconds: float = ANSWER) -> None:
        """Wait until something can be seen. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not seen():
                self._changed.clear()
                await self._changed.wait()

    # --- acting

    async def do(self, name: str, /, **body: Any) -> None:
        """Send a command and wait for its answer. Raises Refused, TimeoutError."""
        id = secrets.token_bytes(16)
        answer = self._waiting[id] = asyncio.get_running_loop().create_future()
        await self._send({"type": "command", "id": id, "name": name, "body": body})
        async with asyncio.timeout(ANSWER):
            await answer

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._socket.send(msgspec.msgpack.encode(frame))

    # --- listening

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):  # the server stopped: so does this person
            async for message in self._socket:
                self._take(msgspec.msgpack.decode(message if isinstance(message, bytes) else message.encode()))
                self._changed.set()

    def _take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self._records.update({(one["kind"], one["id"]): one for one in frame["records"]})
                self.seat = frame.get("seat", self.seat)
            case "patch":
                self._records.update({(one["kind"], one["id"]): one for one in frame["put"]})
                for fields in frame["set"]:
                    self._records.get((fields["kind"], fields["id"]), {}).update(fields)
                for kind, id in frame["remove"]:
                    self._records.pop((kind, id), None)
            case "done":
                for id in frame["ids"]:
                    self._answered(id, None)
            case "refused":
                self._answered(frame["id"], Refused(frame["message"]))

    def _answered(self, id: bytes, refused: Refused | None) -> None:
        answer = self._waiting.pop(id, None)
        if answer is None or answer.done():
            return
        if refused is None:
            answer.set_result(None)
        else:
            answer.set_exception(refused)


def _joined(url: str, fields: Fields) -> tuple[str, str]:
    """Send the join form; the page it leads to, and the cookie of the seat."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    door = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(parts.netloc, timeout=ANSWER)
    headers = {"Origin": f"{parts.scheme}://{parts.netloc}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        door.request("POST", f"{parts.path}?{parts.query}" if parts.query else parts.path, urlencode(fields), headers)
        answer = door.getresponse()
        answer.read()
        page = answer.getheader("Location", "")
        given = [SimpleCookie(line) for line in answer.headers.get_all("Set-Cookie", [])]
    finally:
        door.close()
    if answer.status != 303 or not given:
        raise TurnedAway(f"expected a seat by {parts.path}, got status {answer.status}")
    return page, "; ".join(f"{name}={morsel.value}" for cookie in given for name, morsel in cookie.items())
