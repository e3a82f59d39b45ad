"""From decided changes to what the log is given: what goes into the commit, what under a seal, whose name is left out.

Pure. Sealed records never enter the log. Whoever touches a note whose author is hidden is not named in the commit:
seat and command id are remembered under the seal instead, and go with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from facilitation.commands import DismissOccupant, MoveToDevice, RemoveSeat, SetHeads
from facilitation.records import KINDS, Authorship, Record, Round, from_wire, to_wire
from facilitation.sight import seal_of
from facilitation.state import Change, Key, Put, Remove, State, from_stored, keys_of, to_stored
from server.live.requests import Request
from server.log import Asked, Commit, SealPut

SHAPE = 2
"""Version of the records that this server writes. A higher one in a log belongs to a newer server."""

AUTHORS = "authors"
"""The seal of hidden authorship, one per session, destroyed when it closes."""

NAMED = (MoveToDevice, DismissOccupant, RemoveSeat, SetHeads)
"""Commands that may carry a ballot along: always named in the log, since being left out of it would tell who had voted."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder().decode


class Batch:
    """What one append holds, gathered request by request. `state` is the state after it."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.keys: dict[Key, None] = {}
        self.changes: list[Change] = []
        self.puts: list[SealPut] = []
        self.asked: list[Asked] = []
        self.opened: list[str] = []

    def add(self, request: Request, changes: tuple[Change, ...]) -> None:
        """Count a request's changes in. One that destroys a seal cannot be remembered under it."""
        before, self.state = self.state, self.state.apply(changes)
        puts: dict[tuple[str, str], SealPut] = {}
        for change in changes:
            kind, id = next(iter(keys_of((change,))))
            logged, sealed = _split(change, before.get(kind, id), self.state.get(kind, id))
            self.changes += logged
            key = f"{kind}/{id}"
            puts |= {(seal, key): SealPut(seal, key, value, request.id, request.actor) for seal, value in sealed}
            if isinstance(change, Put) and isinstance(change.record, Round) and change.record.status == "open":
                self.opened.append(seal_name(id))
        remembered = list(puts.values()) or _remembered(request, changes, before)
        self.puts += remembered
        if not remembered or request.alone or isinstance(request.command, NAMED):
            self.asked.append(Asked(request.id, request.actor, request.name))
        self.keys |= keys_of(changes)

    def commit(self, id: bytes, at: int, extra: Sequence[Asked] = ()) -> Commit | None:
        """The commit, None when everything went under seals."""
        if not self.changes:
            return None
        return Commit(
            id=id,
            shape=SHAPE,
            at=at,
            asked=(*self.asked, *extra),
            changes=_encode(to_stored(self.changes)),
        )


def seal_name(round: str) -> str:
    """The seal of a round's ballots."""
    return f"round:{round}"


def _split(change: Change, before: Record | None, after: Record | None) -> tuple[list[Change], list[tuple[str, bytes]]]:
    """What a change means for the log, and for seals as (seal, value)."""
    was, now = seal_of(before) if before else "", seal_of(after) if after else ""
    if not was and not now:
        return [change], []
    kind, id = next(iter(keys_of((change,))))
    logged: list[Change] = []
    sealed: list[tuple[str, bytes]] = []
    if was and was != now:
        sealed.append((was, b""))
    if after is not None and now:
        sealed.append((now, _encode(to_wire(after))))
        if before is not None and not was:
            logged.append(Remove(kind, id))
    elif after is not None:
        logged.append(Put(after))
    elif not was:
        logged.append(Remove(kind, id))
    return logged, sealed


def _remembered(request: Request, changes: Iterable[Change], before: State) -> list[SealPut]:
    """The put that remembers a command touching a note whose author is hidden: the authorship, as it already is."""
    for kind, id in keys_of(changes):
        if kind == "note":
            authorship = before.find(Authorship, id)
            if authorship is not None and authorship.sealed:
                value = _encode(to_wire(authorship))
                return [SealPut(AUTHORS, f"authorship/{id}", value, request.id, request.actor)]
    return []


def changes_of(commit: Commit) -> tuple[Change, ...]:
    """The changes that a commit holds. Raises ValueError (msgspec's included) when they are damaged."""
    return from_stored(_decode(commit.changes))


def encode_changes(changes: Iterable[Change]) -> bytes:
    """The stored form of changes."""
    return _encode(to_stored(changes))


def unsealed(puts: Iterable[SealPut]) -> tuple[Change, ...]:
    """The sealed records as changes to a state."""
    return tuple(Put(from_wire(_decode(put.value))) for put in puts if put.value)


def without_sealed(state: State, seal: str = "") -> State:
    """The state without what waits under seals, or under one of them."""
    return state.apply(
        Remove(kind, record.id)
        for kind in ("ballot", "receipt", "authorship")
        if kind in KINDS
        for record in state.table(kind).values()
        if seal_of(record) and seal in ("", seal_of(record))
    )
