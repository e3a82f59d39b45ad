"""A client of the wire, as plain as another program would write it: a view by parts, and commands kept until answered."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgpack
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from server.wire.frames import SUBPROTOCOL

Record = dict[str, Any]
PENDING = 4
"""Commands on their way at once."""


class Client:
    """One seat's socket, over several connections. `view`: part -> (kind, id) -> record."""

    def __init__(self, address: str, session: str, seat: str, cookie: str, page: str) -> None:
        self.session = session
        self.seat = seat
        self.pending: dict[bytes, tuple[str, Record]] = {}
        self.done: list[tuple[str, Record]] = []
        self.refused: list[Record] = []
        self.view: dict[str, dict[tuple[str, str], Record]] = {}
        self.whole = False
        self._cursor = b""
        self._uri = f"ws://{address}/s/{session}/live?page={page}"
        self._given: dict[str, Any] = {"origin": f"http://{address}", "additional_headers": {"Cookie": cookie}}
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Condition()

    async def enter(self) -> None:
        """Connect, have the view whole, then send again all that was not answered."""
        self._socket = await connect(self._uri, subprotocols=[Subprotocol(SUBPROTOCOL)], **self._given)
        self.whole = False
        await self._send({"type": "hello", "cursor": self._cursor, "language": "fr"})
        self._listening = asyncio.create_task(self._listen(self._socket))
        await self.until(lambda: self.whole)
        for id, (name, body) in list(self.pending.items()):
            await self._send({"type": "command", "id": id, "name": name, "body": body})

    async def ask(self, name: str, body: Record, id: bytes = b"") -> None:
        """Send a command, once fewer than PENDING are on their way."""
        await self.until(lambda: len(self.pending) < PENDING or self.cut)
        id = id or os.urandom(16)
        self.pending[id] = (name, body)
        await self._send({"type": "command", "id": id, "name": name, "body": body})

    async def settled(self) -> None:
        """Everything asked was answered."""
        await self.until(lambda: not self.pending or self.cut)
        assert not self.pending, f"{self.seat} in {self.session}: the connection was lost"

    @property
    def cut(self) -> bool:
        """Whether the connection is gone."""
        return self._listening is None or self._listening.done()

    async def gone(self) -> None:
        """The other side ended the connection."""
        assert self._listening is not None
        await self._listening

    async def leave(self) -> None:
        """Close the connection."""
        assert self._socket is not None
        await self._socket.close()
        await self.gone()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a condition over what this client has heard."""
        async with asyncio.timeout(20), self._heard:
            await self._heard.wait_for(holds)

    def records(self, kind: str) -> list[Record]:
        """The records of a kind that this client sees, whatever the part."""
        return [record for part in self.view.values() for (of, _), record in part.items() if of == kind]

    def texts(self) -> Counter[str]:
        """The texts of the notes that this client sees."""
        return Counter(note["text"] for note in self.records("note"))

    async def _send(self, frame: Record) -> None:
        assert self._socket is not None
        try:
            await self._socket.send(msgpack.packb(frame))
        except ConnectionClosed:
            return  # kept as pending

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                self._take(msgpack.unpackb(message))
                await self._tell()
        except ConnectionClosed:
            pass
        # Those who wait on a condition must see that this task is over.
        asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self._tell()))

    async def _tell(self) -> None:
        async with self._heard:
            self._heard.notify_all()

    def _take(self, frame: Record) -> None:
        match frame["type"]:
            case "welcome":
                self.view[frame["part"]] = {(record["kind"], record["id"]): record for record in frame["records"]}
                if "parts" in frame:
                    self.view = {part: self.view[part] for part in frame["parts"]}
                    self.whole = True
            case "patch":
                self._patch(self.view.setdefault(frame["part"], {}), frame)
                self.whole = True
            case "done":
                for id in frame["ids"]:
                    self.done.append(self.pending.pop(id))
            case "refused":
                self.refused.append({**frame, "command": self.pending.pop(frame["id"])})
        self._cursor = frame.get("cursor", self._cursor)

    def _patch(self, part: dict[tuple[str, str], Record], frame: Record) -> None:
        for record in frame["put"]:
            part[record["kind"], record["id"]] = record
        for fields in frame["set"]:
            part[fields["kind"], fields["id"]] |= fields
        for kind, id in frame["remove"]:
            part.pop((kind, id), None)
