"""The facilitation key: what opens the facilitators' side of this instance. Only an argon2 hash of it is ever kept."""

from __future__ import annotations

import secrets

import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeTimedSerializer

from server.identity.codes import ALPHABET

GROUPS, GROUP = 5, 5  # 25 symbols of 30: 122 bits
SIGNED_IN = 30 * 24 * 3600  # seconds that signing in lasts
_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)


def new_key() -> str:
    """A fresh key, in groups that can be read aloud: "K7M4R-PX2AC-…"."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


async def hashed(key: str) -> str:
    """The salted hash to keep. Takes about a tenth of a second, off the loop."""
    return await anyio.to_thread.run_sync(_hasher.hash, key.strip())


async def matches(key: str, hash: str) -> bool:
    """Whether `key` is the one that was hashed. Takes as long whether it is or not."""
    return await anyio.to_thread.run_sync(_verify, key.strip()[:200], hash)


def _verify(key: str, hash: str) -> bool:
    try:
        return _hasher.verify(hash, key)
    except (VerificationError, InvalidHashError):
        return False


class SignIn:
    """The cookie of someone who gave the key: signed, dated, void once the key is renewed."""

    def __init__(self, secret: bytes) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="facilitation-key")

    def value(self, generation: int, name: str = "") -> str:
        """The cookie's value. `name` is what the person calls themselves, to greet and prefill."""
        return self._serializer.dumps([generation, name])

    def name(self, value: str, generation: int) -> str | None:
        """The name in a valid cookie ("" if none was given), or None: forged, too old, or of another key."""
        try:
            kept = self._serializer.loads(value, max_age=SIGNED_IN)
        except BadSignature:
            return None
        match kept:
            case [int() as of, str() as name] if of == generation:
                return name
        return None
