"""The two parts of a bundle, and the log that each carries: derived again from what its readers may see.

A part's log is the projection of every commit for its audience, never the log with things cut out: what that audience
never saw cannot be in it. On top of the projection:

- only what is still there at the end has a history: a note withdrawn or set aside leaves no trace of its text;
- every text is the final one from its first line on: what somebody corrected stays corrected;
- what participants did is dated at the start of its step; only what facilitators did has its own time;
- codes, links and command ids are left out. The lines have a chain of their own; the live one stays in the server.

What a group wrote belongs to the workshop: both parts tell it, and the reserved one alone who was in which group.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Literal

import msgspec

from facilitation import sight, wording
from facilitation.records import Authorship, Block, Record, Sheet, kind_of, to_wire
from facilitation.state import Change, Key, Put, Remove, Set, State, difference, fold, from_stored, keys_of, to_stored

Part = Literal["diffusion", "reserve"]

FORMAT = "pasdecote.dossier.1"

_AUDIENCES: dict[Part, frozenset[str]] = {
    "diffusion": frozenset({"everyone"}),
    "reserve": frozenset({"everyone", "facilitators"}),
}
_TYPED_FOR_ALL = frozenset({"takeaway", "approval"})
"""Written by facilitators, who alone see it until the minutes are out; the minutes say it to everyone."""
_SHARED = _TYPED_FOR_ALL | frozenset(
    "session site block board zone note cluster round tally site_tally sheet partition group".split()
)
_KINDS: dict[Part, frozenset[str]] = {
    "diffusion": _SHARED,
    "reserve": _SHARED | frozenset("seat profile occupant authorship script excused placement".split()),
}
"""Kinds of records in each part. Ballots are in the votes' own files; calls, hints, timers, the wall, links and what was of
use on the day alone (rooms, Wi-Fi, the video call) nowhere."""

_LEFT_OUT = {
    "session": ("code", "generations", "locked", "locked_at", "door_closed", "rehearsal"),
    "seat": ("generation", "scope"),
}
_FINAL = frozenset(
    "title purpose stays_open not_decided reference axis text what who when by on instruction wall question comments alt "
    "name service department manages".split()
)
"""Fields that hold what people wrote: their last value stands for all."""

_PARTICIPANTS_DO = frozenset({"note", "cluster", "sheet", "authorship"})


def fold_commits(batches: Iterable[bytes]) -> State:
    """The state that stored changes give. Raises ValueError, LookupError or msgspec errors on damaged ones."""
    return fold(map(_read, batches))


def _read(stored: bytes) -> tuple[Change, ...]:
    return from_stored(msgspec.msgpack.decode(stored))


def is_in(record: Record, part: Part) -> bool:
    """Whether the readers of a part may know this record."""
    if kind_of(record) not in _KINDS[part]:
        return False
    if isinstance(record, Authorship):
        return record.scope == "everyone"  # authors go with the notes only where the workshop showed them
    if isinstance(record, Sheet) and record.removed:
        return False
    seen_by = sight.audiences(record)
    if kind_of(record) in _TYPED_FOR_ALL or any(audience.startswith("group:") for audience in seen_by):
        return True
    return bool(seen_by & _AUDIENCES[part])


def bare(record: Record, blocks: State) -> dict[str, Any]:
    """The wire form of a record in a bundle: no code, no link, notes dated at the start of their step."""
    plain = to_wire(record)
    for name in _LEFT_OUT.get(plain["kind"], ()):
        plain.pop(name, None)
    if plain["kind"] == "note":
        block = blocks.find(Block, plain["block"])
        plain["at"] = block.started_at if block else 0
    return plain


def records_of(state: State, part: Part) -> list[dict[str, Any]]:
    """The records of a part as they stand at the end, sorted by kind and id."""
    kept = [bare(record, state) for record in state.records() if is_in(record, part)]
    return sorted(kept, key=lambda plain: (plain["kind"], plain["id"]))


def lines_of(batches: Iterable[tuple[int, bytes]], final: State, part: Part) -> list[bytes]:
    """A part's log as JSON lines: `n`, `at`, `changes`, `hash`. `batches` are (ms, stored changes) of each commit."""
    ends = {(plain["kind"], plain["id"]): plain for plain in records_of(final, part)}
    zone = final.session.timezone
    before, previous = State(), origin(part)
    lines: list[bytes] = []
    for at, stored in batches:
        changes = _read(stored)
        after = before.apply(changes)
        told = list(_told(before, after, changes, part, ends))
        if told:
            moment = _moment(at, before, after, told)
            line = {"n": len(lines) + 1, "at": wording.iso(moment, zone), "changes": told}
            previous = link(previous, line)
            lines.append(canonical({**line, "hash": previous}))
        before = after
    return lines


def _told(
    before: State, after: State, changes: tuple[Change, ...], part: Part, ends: dict[Key, dict[str, Any]]
) -> Iterator[list[Any]]:
    for kind, id in keys_of(changes):
        if (kind, id) not in ends:
            continue
        old, new = before.get(kind, id), after.get(kind, id)
        step = difference(old if old and is_in(old, part) else None, new if new and is_in(new, part) else None)
        if step is not None:
            yield from _final(step, after, ends[kind, id])


def _final(step: Change, state: State, end: dict[str, Any]) -> Iterator[list[Any]]:
    """A change with the texts that its record has at the end, or nothing when it only changed a text."""
    if isinstance(step, Put):
        plain = bare(step.record, state)
        yield ["put", plain | {name: end[name] for name in plain if name in _FINAL} | _date_of(plain, end)]
    elif isinstance(step, Set):
        left_out = _LEFT_OUT.get(step.kind, ())
        kept = {name: value for name, value in step.fields.items() if name not in _FINAL and name not in left_out}
        if step.kind == "note":
            kept.pop("at", None)
        if kept:
            yield to_stored((Set(step.kind, step.id, kept),))[0]
    elif isinstance(step, Remove):
        yield ["remove", step.kind, step.id]


def _date_of(plain: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    return {"at": end["at"]} if plain["kind"] == "note" else {}


def _moment(at: int, before: State, after: State, told: list[list[Any]]) -> int:
    """When a line happened, or the start of its step if participants may have done it."""
    kinds = {one[1]["kind"] if one[0] == "put" else one[1] for one in told}
    if not kinds <= _PARTICIPANTS_DO:
        return at
    block = before.block or after.block
    return block.started_at if block and block.started_at else after.session.opened_at or at


# --- the chain of lines ------------------------------------------------------------------------------------------


def origin(part: str) -> str:
    """What the first line of a part is chained to."""
    return sha256(f"{FORMAT} {part}".encode()).hexdigest()


def link(previous: str, line: dict[str, Any]) -> str:
    """The hash of a line (without its own) that comes after the hash `previous`: SHA-256 of both, as text."""
    return sha256(previous.encode() + canonical(line)).hexdigest()


def canonical(value: Any) -> bytes:
    """One JSON form for one value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def replay(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records that a part's log leaves, sorted as `records_of` does. Raises KeyError, ValueError or TypeError."""
    table: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        for change in line["changes"]:
            match change:
                case ["put", dict() as plain]:
                    table[plain["kind"], plain["id"]] = plain
                case ["set", str() as kind, str() as id, dict() as fields]:
                    table[kind, id] = table[kind, id] | fields
                case ["remove", str() as kind, str() as id]:
                    del table[kind, id]
                case _:
                    raise ValueError("a change of no known form")
    return [table[key] for key in sorted(table)]
