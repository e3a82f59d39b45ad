"""The Log contract: what every engine promises, and the shapes it is given. No engine lives here.

A session's log is a chain of commits; what must never enter it waits beside it, in seals. An append is atomic over
both. *Durable* means: what was awaited without an error survives a crash, a kill and (if the disk honours flush) a
power cut. Cancelling an await does not cancel the append.

**Seals.** A seal is *open*, *shut* or gone. The first put opens it, or `open=` does so with nothing in it (open a
round's seal together with the commit that opens the round: after a restore from a backup, which leaves open seals out,
a missing seal then tells that the round's ballots are lost). `shut=` makes every later put fail with `SealShut`,
even if nothing was ever put. A shut seal never opens again, not even once destroyed: a late ballot cannot revive a
round. A seal destroyed while still open leaves no trace and may be opened anew (hidden authorship, block after block);
do that only in an append whose commit every competing put must also come after.

Closing a round: `shut()`, then `sealed()`, then one append with the tally's commit and `destroy=`. Whoever finds a
seal shut in `seals()` does the last two steps; if somebody else was quicker, the answer is `Conflict`.

**Commands.** A command id has one effect. The log remembers (seat, command id) of every `Asked`, for as long as it
lives, and of every put, for as long as the seal lives; an append that holds one again is `Repeated`. `Asked` with an
empty seat is known for any seat: the commit that closes a secret round names its commands so.
"""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct

PAGE = 2_000
"""Commits read in one turn of the engine: a long load lets appends of other sessions pass in between."""


class Asked(Struct, frozen=True, array_like=True):
    """A command that a commit answers: its id (16 random bytes), the seat that sent it ("": not told), its name."""

    id: bytes
    seat: str
    name: str


class Commit(Struct, frozen=True):
    """One atomic batch of changes.

    `id` is 16 random bytes, `shape` the version of the records, `at` milliseconds since the epoch, `changes` the
    msgpack of the list of changes, opaque here. `hash` is filled in by the log (see chain.py) and ignored when given.
    """

    id: bytes
    shape: int
    at: int
    asked: tuple[Asked, ...]
    changes: bytes
    hash: bytes = b""


class SealPut(Struct, frozen=True):
    """One value put under a seal, by a seat's command.

    `seal` is "authors" or "round:<round id>"; `key` names the record in it: a later put on the same key replaces the
    value, and an empty `value` removes it. An empty `command` is not remembered (the server's own puts). One command
    may put several values in one append.
    """

    seal: str
    key: str
    value: bytes
    command: bytes
    seat: str


class Seal(NamedTuple):
    """A seal not yet destroyed: its id and its state, "open" or "shut"."""

    id: str
    state: str


class Log(Protocol):
    """What every engine does. Every method may raise `StorageBroken`; those that write, also `StorageFull`."""

    async def append(
        self,
        session: str,
        after: bytes | None,
        commit: Commit | None,
        puts: Sequence[SealPut] = (),
        *,
        open: Sequence[str] = (),
        shut: Sequence[str] = (),
        destroy: Sequence[str] = (),
    ) -> Commit | None:
        """Save all of this or nothing; return the commit as stored, with its hash.

        Order of effects: commit, open, puts, shut, destroy. `after` is the id of the last commit, None for a session
        that must not exist yet (creating is appending after None). Without a commit, `after` is compared only if
        given: a seal guards itself.

        Raises `Conflict`, `Repeated`, `SealShut`, `UnknownSession` (seals of a session without a commit),
        `ChainBroken` where the log is visibly damaged, ValueError for a commit id used before.
        """
        ...

    def read(self, session: str, after: bytes | None = None) -> AsyncIterator[Commit]:
        """The commits after that one, oldest first, the chain verified; none at all if the session does not exist.

        Raises `UnknownCommit` if `after` is not in the log (also when the log is rewritten while being read) and
        `ChainBroken` after the last good commit.
        """
        ...

    async def sealed(self, session: str, seal: str | None = None) -> list[SealPut]:
        """The values under one seal, or under all, sorted by seal and key: the order says nothing of time."""
        ...

    async def seals(self, session: str) -> list[Seal]:
        """The seals not yet destroyed, sorted. A shut one is a closing that somebody must finish."""
        ...

    async def accepted(self, session: str, seal: str) -> list[bytes]:
        """The ids of all commands that this seal accepted, sorted, those whose value was since replaced included.

        The commit that closes a secret round names them without a seat, so that a late replay is still `known`.
        """
        ...

    async def shut(self, session: str, seal: str) -> None:
        """Shut one seal: every put answered before is under it, every later one fails. Shutting again is no error."""
        ...

    async def known(self, session: str, seat: str, command: bytes) -> bool:
        """Whether this command of this seat already had its effect, in the log or under a seal not yet destroyed."""
        ...

    async def sessions(self) -> list[str]:
        """The ids of all sessions, sorted."""
        ...

    async def rewrite(
        self,
        session: str,
        after: bytes,
        commits: Sequence[Commit],
        *,
        forget: Sequence[str] = (),
        destroy: Sequence[str] = (),
    ) -> Commit:
        """Replace the whole log of a session by these commits (the last one says when and by which rule); return the
        last as stored. The erased bytes are gone from the storage when this returns.

        Every commit gets a new id and a new hash, so nobody resumes or appends across a rewrite without loading again.
        `forget` lists seats whose values and commands also leave every seal. Raises `Conflict` if `after` is not the
        last commit, `UnknownSession`; ValueError without commits.
        """
        ...

    async def backup(self, path: Path) -> None:
        """Write a copy that opens as a log of its own, without the open seals, while appends go on.

        It holds at least everything acknowledged before the call, and appears under `path` only when whole.
        """
        ...

    async def close(self) -> None:
        """Finish what was asked, then release the storage. Later calls raise `StorageBroken`."""
        ...
