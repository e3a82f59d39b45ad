"""Bytes from a browser to plain values, or a named refusal. Input is hostile until it has passed through here.

Caps and reasons: with a library's defaults a message of 16 KiB could hold the loop for 76 ms and take 80 MB. Depth and
the number of values are read first, without building anything; then msgpack builds under its own caps; then what it
still lets through (infinities, integers that JavaScript cannot hold, keys twice) is refused.
"""

from __future__ import annotations

import math
from typing import Any

import msgpack

MAX_DEPTH = 8
"""Maps and lists within each other; the deepest command needs 4."""
MAX_VALUES = 6_000
"""Values in one frame; 200 moves of 6 fields need 2,600. Bounds the time of the first reading to about 2 ms."""
MAX_ARRAY = 512
MAX_MAP = 128
MAX_TEXT = 16_384
"""Bytes of one text."""
MAX_BYTES = 64
"""Bytes of one binary value: ids have 16."""
MAX_INT = 2**53 - 1
"""Largest integer that a JavaScript number holds exactly."""


class Malformed(ValueError):
    """Bytes that are no frame. The text says what was wrong and quotes nothing of the input."""


def decode(data: bytes) -> Any:
    """Plain values of one msgpack message. Raises Malformed."""
    measure(data)
    try:
        value = msgpack.unpackb(
            data,
            raw=False,
            strict_map_key=True,
            object_pairs_hook=_map,
            ext_hook=_no_extension,
            max_array_len=MAX_ARRAY,
            max_map_len=MAX_MAP,
            max_str_len=MAX_TEXT,
            max_bin_len=MAX_BYTES,
            max_ext_len=0,
        )
    except Malformed:
        raise
    except UnicodeDecodeError as error:
        raise Malformed("a text is not UTF-8") from error
    except (ValueError, msgpack.UnpackException) as error:
        raise Malformed("not one msgpack value within its bounds") from error
    _check(value)
    return value


def _map(pairs: list[tuple[Any, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a map holds the same key twice")
    for key in made:
        if type(key) is not str:
            raise Malformed("a key is not a text")
    return made


def _no_extension(code: int, data: bytes) -> Any:
    raise Malformed("extension types are not used")


def _check(value: Any) -> None:
    """Refuse what msgpack lets through. Recursion is bounded by MAX_DEPTH."""
    kind = type(value)
    if kind is dict:
        for inner in value.values():
            _check(inner)
    elif kind is list:
        for inner in value:
            _check(inner)
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise Malformed("an integer is beyond 53 bits")
    elif kind is float:
        if not math.isfinite(value):
            raise Malformed("a number is not finite")
    elif kind not in (str, bool, bytes) and value is not None:
        raise Malformed("extension types are not used")


_BAD, _FLAT, _SIZED, _NESTED, _NESTED_SIZED, _EXTENSION = range(6)


def _shapes() -> list[tuple[int, int, int]]:
    """For each first byte: what it opens, the bytes of its length (or of itself), and its fixed count of children."""
    table: list[tuple[int, int, int]] = [(_FLAT, 0, 0)] * 256
    for first in range(256):
        if 0x80 <= first <= 0x8F:
            table[first] = (_NESTED, 0, 2 * (first & 0x0F))
        elif 0x90 <= first <= 0x9F:
            table[first] = (_NESTED, 0, first & 0x0F)
        elif 0xA0 <= first <= 0xBF:
            table[first] = (_FLAT, first & 0x1F, 0)
    table[0xC1] = (_BAD, 0, 0)
    for first, length in ((0xC4, 1), (0xC5, 2), (0xC6, 4), (0xD9, 1), (0xDA, 2), (0xDB, 4)):
        table[first] = (_SIZED, length, 0)
    for first in (0xC7, 0xC8, 0xC9, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8):
        table[first] = (_EXTENSION, 0, 0)
    for first, size in ((0xCC, 1), (0xCD, 2), (0xCE, 4), (0xCF, 8), (0xD0, 1), (0xD1, 2), (0xD2, 4), (0xD3, 8)):
        table[first] = (_FLAT, size, 0)
    table[0xCA], table[0xCB] = (_FLAT, 4, 0), (_FLAT, 8, 0)
    for first, length, children in ((0xDC, 2, 1), (0xDD, 4, 1), (0xDE, 2, 2), (0xDF, 4, 2)):
        table[first] = (_NESTED_SIZED, length, children)
    return table


_SHAPES = _shapes()


def measure(data: bytes) -> None:
    """Read the structure only: exactly one value, at most MAX_DEPTH deep, at most MAX_VALUES in all. Raises Malformed."""
    place, size = 0, len(data)
    expected = [1]  # values still to come, at each depth
    for _ in range(MAX_VALUES):
        while expected[-1] == 0:
            expected.pop()
            if not expected:
                if place == size:
                    return
                raise Malformed("bytes follow the value" if place < size else "the message is cut short")
        if place >= size:
            raise Malformed("the message is cut short")
        expected[-1] -= 1
        opens, length, children = _SHAPES[data[place]]
        place += 1
        if opens == _FLAT:
            place += length
        elif opens == _SIZED:
            place += length + int.from_bytes(data[place : place + length], "big")
        elif opens in (_NESTED, _NESTED_SIZED):
            if opens == _NESTED_SIZED:
                children *= int.from_bytes(data[place : place + length], "big")
                place += length
            expected.append(children)
            if len(expected) > MAX_DEPTH + 1:
                raise Malformed(f"more than {MAX_DEPTH} levels")
        else:
            raise Malformed("extension types are not used" if opens == _EXTENSION else "0xc1 is no value")
    raise Malformed(f"more than {MAX_VALUES} values")
