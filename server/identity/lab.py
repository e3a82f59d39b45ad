"""The lab's log as a service: the list of sessions, their codes, the facilitation key, the axes.

The lab is written first, then the session: a session without an entry cannot be, an entry whose session never came is
dropped from the list at the next look. Several processes may write; a conflict reads on and decides again.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence

import msgspec

from facilitation import lab
from facilitation.lab import Axis, Entry, KeyHolder
from facilitation.state import Change, State, from_stored, to_stored
from server.identity import codes, keys
from server.log import Commit, Conflict, Log, UnknownCommit

SHAPE = 1
TRIES = 5
Rule = Callable[[State], Sequence[Change]]


class Busy(Exception):
    """The lab's log kept changing under us; nothing was written, trying again is right."""


class Lab:
    """Reads and writes the lab's log. Call `refresh` before relying on what another process may have written."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._state = State()
        self._last: bytes | None = None
        self._turn = asyncio.Lock()

    async def start(self, key: str = "") -> str:
        """Read the log and see to the facilitation key. Returns the key when one was made here: print it, once.

        `key` is FACILITATION_KEY: when it differs from the one known, it is the key's next generation.
        """
        await self.refresh()
        holder = self.key_holder
        if key:
            if holder is None or not await keys.matches(key, holder.hash):
                await self._renew(key)
            return ""
        return "" if holder else await self.renew_key()

    async def renew_key(self) -> str:
        """Make the next key, which ends earlier sign-ins, and return it: it cannot be read again."""
        key = keys.new_key()
        await self._renew(key)
        return key

    async def _renew(self, key: str) -> None:
        hash = await keys.hashed(key)
        await self.write(lambda state: lab.renew_key(state, hash))

    @property
    def key_holder(self) -> KeyHolder | None:
        """The key's hash and generation, once there is one."""
        return self._state.find(KeyHolder, "key")

    @property
    def generation(self) -> int:
        """The key's generation, 0 before the first."""
        return self.key_holder.generation if self.key_holder else 0

    async def key_opens(self, key: str) -> bool:
        """Whether this is the facilitation key."""
        await self.refresh()
        return self.key_holder is not None and await keys.matches(key, self.key_holder.hash)

    async def refresh(self) -> State:
        """The state of the lab, read up to the last commit."""
        async with self._turn:
            await self._read()
        return self._state

    async def entries(self) -> list[Entry]:
        """The sessions of the lab, newest first."""
        return lab.entries(await self.refresh())

    async def with_code(self, code: str) -> Entry | None:
        """The session that a normalised code opens."""
        return lab.with_code(await self.refresh(), code) if code else None

    async def entry(self, session: str) -> Entry | None:
        """A session's entry in the list."""
        return (await self.refresh()).find(Entry, session)

    async def add(self, session: str, title: str, **fields: object) -> Entry:
        """Enter a new session, under a code that no other has, and return its entry."""
        entry = Entry(id=session, code=codes.new_code(), title=title)
        entry = msgspec.structs.replace(entry, **fields)

        def rule(state: State) -> Sequence[Change]:
            nonlocal entry
            while any(one.code == entry.code for one in state.all(Entry)):
                entry = msgspec.structs.replace(entry, code=codes.new_code())
            return lab.enter(entry)

        await self.write(rule)
        return entry

    async def follow(self, session: str, **fields: object) -> None:
        """Let a session's entry follow its own record. Writes nothing when nothing differs."""
        await self.write(lambda state: lab.follow(state, session, **fields))

    @property
    def axes(self) -> list[Axis]:
        """The lab's axes as last read, in its order."""
        return lab.axes(self._state)

    async def write(self, rule: Rule) -> None:
        """Decide on the latest state and append what comes out, if anything. Raises Busy, and what the rule and the log raise."""
        async with self._turn:
            for _ in range(TRIES):
                await self._read()
                changes = rule(self._state)
                if not changes:
                    return
                if await self._append(changes):
                    return
        raise Busy("the lab's log changed at every try; nothing was written: try again")

    async def _append(self, changes: Sequence[Change]) -> bool:
        commit = Commit(
            id=secrets.token_bytes(16),
            shape=SHAPE,
            at=int(time.time() * 1000),
            asked=(),
            changes=msgspec.msgpack.encode(to_stored(changes)),
        )
        try:
            await self._log.append(lab.LAB, self._last, commit)
        except Conflict:
            return False
        self._state, self._last = self._state.apply(changes), commit.id
        return True

    async def _read(self) -> None:
        try:
            await self._read_on()
        except UnknownCommit:  # the log was rewritten: start again
            self._state, self._last = State(), None
            await self._read_on()

    async def _read_on(self) -> None:
        async for commit in self._log.read(lab.LAB, self._last):
            self._state = self._state.apply(from_stored(msgspec.msgpack.decode(commit.changes)))
            self._last = commit.id
