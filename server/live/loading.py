"""A session read from its log: the fold of its commits and of what waits under its seals. A failed load is an error,
never an empty session.
"""

from __future__ import annotations

import msgspec

from facilitation.records import Round
from facilitation.state import Change, State
from server.live.saving import SHAPE, changes_of, seal_name, unsealed, without_sealed
from server.log import Commit, Log, UnknownSession

STRIDE = 5_000
"""Changes applied at once while loading: some 20 ms, in which other sessions wait."""


class Newer(Exception):
    """The log holds commits of a later version of this server, which must serve the session."""


class Loaded(msgspec.Struct, frozen=True):
    """A session as stored. `last` is the id of its last commit, `at` its time (ms)."""

    state: State
    last: bytes
    at: int
    unfinished: tuple[str, ...] = ()
    """Ids of open rounds whose seal is shut: a closing that somebody must finish."""
    emptied: tuple[str, ...] = ()
    """Ids of open rounds whose seal is missing: restored from a backup, their ballots are lost."""


async def load(log: Log, session: str) -> Loaded:
    """Read a session. Raises UnknownSession, Newer, ChainBroken, StorageBroken, or ValueError for damaged changes."""
    state, last = await read_on(log, session, State(), None)
    if last is None:
        raise UnknownSession(session)
    seals = {seal.id: seal.state for seal in await log.seals(session)}
    open_rounds = [round.id for round in state.all(Round) if round.status == "open"]
    return Loaded(
        state=state.apply(unsealed(await log.sealed(session))),
        last=last.id,
        at=last.at,
        unfinished=tuple(id for id in open_rounds if seals.get(seal_name(id)) == "shut"),
        emptied=tuple(id for id in open_rounds if seal_name(id) not in seals),
    )


async def read_on(log: Log, session: str, state: State, after: bytes | None) -> tuple[State, Commit | None]:
    """The state after the commits that came since, and the last of them (None when there were none)."""
    last: Commit | None = None
    changes: list[Change] = []
    async for commit in log.read(session, after):
        if commit.shape > SHAPE:
            raise Newer(f"session {session!r}: expected records of shape {SHAPE} at most, got {commit.shape}")
        changes += changes_of(commit)
        last = commit
        if len(changes) > STRIDE:
            state, changes = state.apply(changes), []
    return state.apply(changes), last


async def resealed(log: Log, session: str, state: State, seal: str = "") -> State:
    """The state with what waits under a seal (or all) read again."""
    puts = await log.sealed(session, seal or None)
    return without_sealed(state, seal).apply(unsealed(puts))
