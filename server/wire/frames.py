"""The frames of `pasdecote.1`: typed as they come from a browser, encoded once as they go out.

A frame is a msgpack map with a `type`, one per binary WebSocket message. What goes to a connection in one turn is a
`Write`: several frames, framed and joined once, shared by every connection that gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta

from facilitation.records import Record, Seat
from facilitation.state import Change, Put, Remove, Set
from server.wire.decoding import Malformed, decode

SUBPROTOCOL = "pasdecote.1"
MAX_FRAME = 65_536
"""Bytes of one frame from a browser; uploads go by HTTP."""

CommandId = Annotated[bytes, Meta(min_length=16, max_length=16)]


class Hello(msgspec.Struct, frozen=True, tag="hello", tag_field="type", forbid_unknown_fields=True):
    """The first frame: where to resume from, and the language of sentences."""

    cursor: Annotated[bytes, Meta(max_length=64)] = b""
    language: Literal["fr", "en"] = "fr"


class CommandFrame(msgspec.Struct, frozen=True, tag="command", tag_field="type", forbid_unknown_fields=True):
    """An intent. `body` holds the fields of the command named; one `id` has one effect, however often it is sent."""

    id: CommandId
    name: Annotated[str, Meta(max_length=80)]
    body: dict[str, Any] = {}


class Hint(msgspec.Struct, frozen=True, tag="hint", tag_field="type", forbid_unknown_fields=True):
    """What this person is doing about a record, for the moment."""

    about: Annotated[str, Meta(max_length=80)]
    doing: Literal["editing", "writing", "idle"]


class Ping(msgspec.Struct, frozen=True, tag="ping", tag_field="type", forbid_unknown_fields=True):
    """Asks for the server's clock; `at` comes back as it was."""

    at: int


ClientFrame = Union[Hello, CommandFrame, Hint, Ping]


class Unfit(ValueError):
    """A readable message that is no frame of ours. `id` is that of the command it was meant to be, b"" if none is told."""

    def __init__(self, problem: str, id: bytes = b"") -> None:
        super().__init__(problem)
        self.id = id


def read(data: bytes) -> ClientFrame:
    """The typed frame of one message. Raises Malformed (no value of ours) or Unfit (no frame of ours)."""
    plain = decode(data)
    if not isinstance(plain, dict):
        raise Malformed("a frame is a map")
    try:
        frame: ClientFrame = msgspec.convert(plain, ClientFrame)
        return frame
    except msgspec.ValidationError as error:
        id = plain.get("id")
        told = plain.get("type") == "command" and isinstance(id, bytes) and len(id) == 16
        raise Unfit(str(error), id if told and isinstance(id, bytes) else b"") from error


# --- from the server ------------------------------------------------------------------------------------------------

_encode = msgspec.msgpack.Encoder().encode


def welcome(part: str, records: Iterable[Record]) -> bytes:
    """One part of a view: "everyone", "facilitators" or "group"; shared by all who see it."""
    return _encode({"type": "welcome", "part": part, "records": list(records)})


def last_welcome(records: Iterable[Record], seat: Seat, parts: Sequence[str], now: int, cursor: bytes) -> bytes:
    """The part that is the seat's own, always the last: with it the view is whole."""
    return _encode(
        {
            "type": "welcome",
            "part": "own",
            "parts": parts,
            "records": list(records),
            "seat": seat,
            "now": now,
            "cursor": cursor,
        }
    )


def patch(part: str, changes: Iterable[Change], cursor: bytes = b"") -> bytes:
    """What one audience learns. The cursor is given in the last frame of a write only."""
    put: list[Record] = []
    fields: list[dict[str, Any]] = []
    remove: list[tuple[str, str]] = []
    for change in changes:
        match change:
            case Put(record):
                put.append(record)
            case Set(kind, id, values):
                fields.append({"kind": kind, "id": id, **values})
            case Remove(kind, id):
                remove.append((kind, id))
    frame: dict[str, Any] = {"type": "patch", "part": part, "put": put, "set": fields, "remove": remove}
    if cursor:
        frame["cursor"] = cursor
    return _encode(frame)


def done(ids: Sequence[bytes]) -> bytes:
    """These commands had their effect, durably; what they changed was sent before."""
    return _encode({"type": "done", "ids": ids})


def refused(id: bytes, code: str, message: str, details: Mapping[str, Any]) -> bytes:
    """This command had no effect, and why."""
    return _encode({"type": "refused", "id": id, "code": code, "message": message, "details": details})


def hints(entries: Sequence[Mapping[str, str]]) -> bytes:
    """What others are doing now; each list replaces the one before."""
    return _encode({"type": "hints", "list": entries})


def pong(at: int, now: int) -> bytes:
    """The server's clock, ms since the epoch."""
    return _encode({"type": "pong", "at": at, "now": now})


def bye(code: str, message: str) -> bytes:
    """The last frame before the server closes."""
    return _encode({"type": "bye", "code": code, "message": message})


def count(number: int) -> bytes:
    """A count in three bytes whatever it is (16 bits, at most 65,535): its size tells nothing."""
    return b"\xcd" + min(number, 0xFFFF).to_bytes(2, "big")


def counts(numbers: Mapping[str, int]) -> bytes:
    """A msgpack map of counts whose size depends on its keys alone."""
    pairs = (_encode(name) + count(number) for name, number in numbers.items())
    return b"\xde" + len(numbers).to_bytes(2, "big") + b"".join(pairs)


def gauges(fields: Mapping[str, Any]) -> bytes:
    """Counts over hidden records and presence; values are plain, or `msgspec.Raw` of `count` and `counts`."""
    return _encode({"type": "gauges", **fields})


# --- writes ---------------------------------------------------------------------------------------------------------


def framed(payload: bytes) -> bytes:
    """A whole binary WebSocket message, unmasked as servers send it (RFC 6455, 5.2)."""
    size = len(payload)
    if size < 126:
        return b"\x82" + size.to_bytes(1, "big") + payload
    if size < 65_536:
        return b"\x82\x7e" + size.to_bytes(2, "big") + payload
    return b"\x82\x7f" + size.to_bytes(8, "big") + payload


class Write:
    """Frames that go to a connection in one write. `view` marks one that makes whatever went before superfluous."""

    def __init__(self, frames: Sequence[bytes], *, view: bool = False) -> None:
        self.frames = tuple(frames)
        self.view = view

    @cached_property
    def joined(self) -> bytes:
        """The WebSocket bytes of all frames, made once for every connection that gets them."""
        return b"".join(map(framed, self.frames))

    @cached_property
    def size(self) -> int:
        """Bytes on the wire, without the two to ten of each header."""
        return sum(map(len, self.frames))
