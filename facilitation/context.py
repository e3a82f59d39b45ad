"""What comes in with a command from the world: time, actor, randomness, the library of methods. Rules draw from it only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from facilitation.methods import Method

T = TypeVar("T")

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case: no look-alikes, safe in a URL


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """One command's circumstances. `at`: arrival, ms since the epoch; `actor`: seat id, "" for the server itself;
    `seed`: 32 random bytes, never stored; `methods`: the library by id.
    """

    at: int
    actor: str = ""
    seed: bytes
    methods: Mapping[str, Method] = {}

    def draw(self, purpose: str, index: int = 0) -> bytes:
        """32 bytes that only this seed, purpose and index give."""
        return hashlib.sha256(b"%s|%s|%d" % (self.seed, purpose.encode(), index)).digest()

    def new_id(self, purpose: str, index: int = 0) -> str:
        """A fresh id of 16 symbols (80 bits): it says nothing of time, order or author."""
        number = int.from_bytes(self.draw("id:" + purpose, index)[:10], "big")
        return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(16))

    def shuffled(self, items: Sequence[T], purpose: str) -> list[T]:
        """The items in an order that only the seed decides."""
        keys = [self.draw(purpose, index) for index in range(len(items))]
        return [items[index] for index in sorted(range(len(items)), key=keys.__getitem__)]
