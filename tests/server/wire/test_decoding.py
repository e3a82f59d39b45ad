"""The decoder: what passes is plain and bounded, what does not is refused by name, and nothing costs much."""

from __future__ import annotations

import struct
import time
import tracemalloc
from contextlib import suppress
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.wire import frames
from server.wire.decoding import MAX_DEPTH, MAX_INT, MAX_VALUES, Malformed, decode

COMMAND = {
    "type": "command",
    "id": bytes(range(16)),
    "name": "move_notes",
    "body": {"moves": [{"note": "n1", "zone": "z1", "x": 10.5, "y": 20}, {"note": "n2", "x": 0, "y": 0, "rank": 2.5}]},
}


def packed(value: Any) -> bytes:
    return msgpack.packb(value)


def nested(depth: int) -> bytes:
    """`depth` lists within each other around nothing."""
    return b"\x91" * depth + b"\xc0"


@pytest.mark.parametrize(
    "data",
    [
        packed({"a": [1] * 512}),
        packed({f"k{n}": n for n in range(128)}),
        packed("é" * 8_192),
        packed(b"x" * 64),
        packed(MAX_INT),
        packed(-MAX_INT),
        packed([None, True, 1.5, ""]),
        nested(MAX_DEPTH),
    ],
)
def test_within_bounds_everything_comes_out_as_it_went_in(data: bytes) -> None:
    assert decode(data) == msgpack.unpackb(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (packed([1] * 513), "bounds"),
        (packed({f"k{n}": n for n in range(129)}), "bounds"),
        (packed("x" * 16_385), "bounds"),
        (packed(b"x" * 65), "bounds"),
        (packed([[1] * 500] * 13), "values"),
        (nested(MAX_DEPTH + 1), "levels"),
        (nested(1_020), "levels"),
        (b"", "cut short"),
        (packed(COMMAND)[:-1], "cut short"),
        (packed(COMMAND) + b"\x00", "follow"),
        (b"\xc1", "0xc1"),
        (b"\xa2\xff\xfe", "UTF-8"),
        (b"\xa3\xed\xa0\x80", "UTF-8"),  # a lone surrogate
        (packed(float("nan")), "finite"),
        (packed(float("inf")), "finite"),
        (b"\xca" + struct.pack(">f", float("-inf")), "finite"),
        (packed(MAX_INT + 1), "53 bits"),
        (packed(2**64 - 1), "53 bits"),
        (packed(-(2**63)), "53 bits"),
        (b"\x82\xa1a\x01\xa1a\x02", "twice"),
        (b"\x81\xc4\x01a\x01", "key is not a text"),
        (b"\x81\x01\x01", "bounds"),
        (b"\xd4\x05x", "extension"),
        (b"\xc7\x00\x05", "extension"),  # an empty one
        (b"\xd6\xff\x00\x00\x00\x01", "extension"),  # a timestamp
        (b"\xdd\xff\xff\xff\xff", "values|cut"),
        (b"\xdf\xff\xff\xff\xff" * 8, "levels|cut|values"),
        (b"\xc6\xff\xff\xff\xff", "cut"),
    ],
)
def test_what_is_refused_says_why_and_quotes_nothing(data: bytes, why: str) -> None:
    with pytest.raises(Malformed, match=why):
        decode(data)


def test_the_costliest_messages_stay_cheap() -> None:
    """A few milliseconds of processor time and 8 MB (reliability.md 5.3 W2)."""
    worst = [b"\x90" * 65_536, b"\xdc\xff\xff" + b"\x90" * 65_533, b"\x91" * 65_536, packed([[1] * 498] * 12), b"\xc0" * 65_536]
    for data in worst:
        best = min(_cost(data) for _ in range(3))
        assert best < 0.010, f"{best * 1000:.1f} ms for {data[:8]!r}…"
    tracemalloc.start()
    for data in worst:
        _cost(data)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def _cost(data: bytes) -> float:
    started = time.thread_time()
    with suppress(Malformed):
        decode(data)
    return time.thread_time() - started


@settings(max_examples=1_500, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused_by_name(data: bytes) -> None:
    _read(data)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.integers(0, 5), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=1_500, deadline=None)
@given(st.data())
def test_a_valid_command_with_anything_changed_is_read_or_refused_by_name(data: st.DataObject) -> None:
    """Structure-aware: one field replaced, then a few bytes flipped, cut or doubled."""
    frame: dict[str, Any] = {**COMMAND}
    if data.draw(st.booleans()):
        frame[data.draw(st.sampled_from(["type", "id", "name", "body", "extra"]))] = data.draw(VALUES)
    raw = bytearray(msgpack.packb(frame))
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        match data.draw(st.sampled_from(["flip", "cut", "double"])):
            case "flip" if raw:
                raw[place] = data.draw(st.integers(0, 255))
            case "cut":
                del raw[place:]
            case "double":
                raw[place:place] = raw[place : place + 8]
    _read(bytes(raw))


def _read(data: bytes) -> None:
    try:
        frame = frames.read(data)
    except (Malformed, frames.Unfit):
        return
    assert isinstance(frame, frames.Hello | frames.CommandFrame | frames.Hint | frames.Ping)


def test_the_bound_on_values_leaves_room_for_the_largest_command() -> None:
    moves = [{"note": "n" * 16, "zone": "z" * 16, "cluster": "", "x": 1.5, "y": 1.5, "rank": 1.5}] * 200
    frame = packed({**COMMAND, "body": {"moves": moves}})
    assert MAX_VALUES > 200 * 13
    assert len(frame) < frames.MAX_FRAME
    read = frames.read(frame)
    assert isinstance(read, frames.CommandFrame)
    assert len(read.body["moves"]) == 200
