"""Where commits and seals are kept. Read contract.py first; an engine (sqlite.py) keeps what it promises.

Nothing here knows what a record is: changes and sealed values are opaque bytes.
"""

from server.log.contract import Asked, Commit, Log, Seal, SealPut
from server.log.errors import (
    ChainBroken,
    Conflict,
    Locked,
    LogError,
    Repeated,
    SealShut,
    StorageBroken,
    StorageFull,
    TooNew,
    UnknownCommit,
    UnknownSession,
)

__all__ = [
    "Asked",
    "ChainBroken",
    "Commit",
    "Conflict",
    "Locked",
    "Log",
    "LogError",
    "Repeated",
    "Seal",
    "SealPut",
    "SealShut",
    "StorageBroken",
    "StorageFull",
    "TooNew",
    "UnknownCommit",
    "UnknownSession",
]
