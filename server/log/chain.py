"""The chain of hashes: how a commit becomes bytes, and how each hash covers everything before it.

    body(commit)  = msgpack array [id, shape, at, [[command id, seat, name], …], changes]
                    (id, command id and changes as bin, shortest integer forms, no hash inside)
    origin        = SHA-256("pasdecote.log.1\\n" + session id in UTF-8)
    hash of first = SHA-256(origin + body), of the next = SHA-256(hash of the one before + body), 32 bytes each

The origin names the session, so commits moved into another session's log do not verify there. Anybody with the bodies
can compute the chain again; nothing here is a secret or a signature.
"""

from hashlib import sha256

import msgspec

from server.log.contract import Asked, Commit

_decode = msgspec.msgpack.Decoder(tuple[bytes, int, int, tuple[Asked, ...], bytes]).decode
_encode = msgspec.msgpack.Encoder().encode


def body(commit: Commit) -> bytes:
    """The bytes that are stored and hashed for a commit."""
    return _encode((commit.id, commit.shape, commit.at, commit.asked, commit.changes))


def commit_of(stored: bytes, hash: bytes) -> Commit:
    """The commit that a body was made from. Raises msgspec.DecodeError or ValidationError on other bytes."""
    id, shape, at, asked, changes = _decode(stored)
    return Commit(id=id, shape=shape, at=at, asked=asked, changes=changes, hash=hash)


def origin(session: str) -> bytes:
    """What the first commit of a session is chained to."""
    return sha256(b"pasdecote.log.1\n" + session.encode()).digest()


def link(previous: bytes, stored: bytes) -> bytes:
    """The hash of a body that comes after the hash `previous`."""
    return sha256(previous + stored).digest()
