"""Links that open a seat, made by HMAC-SHA256: nothing is stored, and revoking one is its next generation.

A role link opens a place of that role; a personal link and a cookie open one seat. Each purpose is signed apart,
so that none passes for another. Tokens are 128 bits, url-safe.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

import msgspec

from facilitation.records import Role

LETTERS: dict[str, Role] = {
    "f": "facilitator", "c": "cofacilitator", "p": "participant", "o": "observer", "r": "room", "w": "projector",
}  # fmt: skip
FIRST = {role: letter for letter, role in LETTERS.items()}
TOKEN_BYTES = 16


class Place(msgspec.Struct, frozen=True):
    """What a role link opens: a role, and the site that a room's link is bound to ("" = none)."""

    role: Role
    site: str = ""


class Links:
    """Makes and reads the links of every session. `key` is the installation's secret, at least 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def role_token(self, session: str, role: Role, generation: int = 0, site: str = "") -> str:
        """The token of a role's link; a room's one is bound to its site."""
        return FIRST[role] + self._sign("role", session, role, site, str(generation))

    def role_path(self, session: str, role: Role, generations: Mapping[str, int], site: str = "") -> str:
        """The path of a role's link. `site` binds a room, and is only suggested to anyone else."""
        bound = site if role == "room" else ""
        path = f"/s/{session}/l/{self.role_token(session, role, generations.get(role, 0), bound)}"
        return f"{path}?site={site}" if site else path

    def read_role(self, session: str, token: str, generations: Mapping[str, int], site: str = "") -> Place | None:
        """The place that a token opens now, or None: unknown, revoked, or for another room than `site`."""
        role = LETTERS.get(token[:1])
        if role is None:
            return None
        bound = site if role == "room" else ""
        expected = self.role_token(session, role, generations.get(role, 0), bound)
        return Place(role, bound) if _same(token, expected) else None

    def seat_token(self, purpose: str, session: str, seat: str, generation: int) -> str:
        """The token of one seat for a `purpose` ("link" or "cookie"): "<seat>.<signature>"."""
        return f"{seat}.{self._sign(purpose, session, seat, str(generation))}"

    def personal_path(self, session: str, seat: str, generation: int) -> str:
        """The path of a seat's personal link, for another device."""
        return f"/s/{session}/moi/{self.seat_token('link', session, seat, generation)}"

    def seat_named(self, token: str) -> str:
        """The seat that a token claims, unchecked: look it up, then `check_seat` with its generation."""
        return token.partition(".")[0]

    def check_seat(self, purpose: str, session: str, token: str, generation: int) -> bool:
        """Whether the token is this seat's, of this generation."""
        return _same(token, self.seat_token(purpose, session, self.seat_named(token), generation))

    def drawn_seat(self, session: str, nonce: str) -> str:
        """The id of the seat that one rendered form takes: sending that form twice takes one seat."""
        return self._sign("seat", session, nonce)[:16].replace("-", "x").replace("_", "y")

    def command_id(self, purpose: str, session: str, nonce: str) -> bytes:
        """16 bytes naming the command that a form sends, the same when it is sent again."""
        return hmac.digest(self._key, "\n".join(("command", purpose, session, nonce)).encode(), "sha256")[:TOKEN_BYTES]

    def _sign(self, *parts: str) -> str:
        digest = hmac.new(self._key, "\n".join(parts).encode(), sha256).digest()[:TOKEN_BYTES]
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())
