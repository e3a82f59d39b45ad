"""The state of a session: tables of records, and the three changes that make one state from another.

A State is immutable from outside: `apply` gives a new one that shares every untouched table. Nothing here
knows a rule; the fold of a log plus its seal is the live state (DESIGN.md 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, Union

import msgspec

from facilitation.records import KINDS, Block, Record, Session, from_wire, kind_of, to_wire

R = TypeVar("R", bound=Record)


class Put(msgspec.Struct, frozen=True):
    """A record as it now is, new or whole."""

    record: Record


class Set(msgspec.Struct, frozen=True):
    """Changed fields of an existing record, with their values in record form (not wire form)."""

    kind: str
    id: str
    fields: dict[str, Any]


class Remove(msgspec.Struct, frozen=True):
    """A record that is no more."""

    kind: str
    id: str


Change = Union[Put, Set, Remove]
Key = tuple[str, str]
"""(kind, id) of a record."""

_EMPTY: Mapping[str, Record] = MappingProxyType({})


class State:
    """Tables of records by kind, then id. `apply` never alters an existing State."""

    __slots__ = ("_tables",)

    def __init__(self, tables: Mapping[str, Mapping[str, Record]] | None = None) -> None:
        self._tables: dict[str, Mapping[str, Record]] = dict(tables or {})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return {k: dict(t) for k, t in self._tables.items() if t} == {k: dict(t) for k, t in other._tables.items() if t}

    __hash__ = None  # type: ignore[assignment]

    def find(self, cls: type[R], id: str) -> R | None:
        """The record of that class and id, or None."""
        record = self._tables.get(str(cls.__struct_config__.tag), _EMPTY).get(id)
        return record if isinstance(record, cls) else None

    def all(self, cls: type[R]) -> Iterator[R]:
        """Every record of a class, in the order they first came."""
        for record in self._tables.get(str(cls.__struct_config__.tag), _EMPTY).values():
            if isinstance(record, cls):
                yield record

    def get(self, kind: str, id: str) -> Record | None:
        """The record of that kind (wire word) and id, or None."""
        return self._tables.get(kind, _EMPTY).get(id)

    def table(self, kind: str) -> Mapping[str, Record]:
        """The table of a kind (wire word), read only."""
        return MappingProxyType(dict(self._tables.get(kind, _EMPTY)))

    def records(self) -> Iterator[Record]:
        """Every record of every kind."""
        for table in self._tables.values():
            yield from table.values()

    @property
    def session(self) -> Session:
        """The session record. Raises LookupError on an empty state."""
        found = self.find(Session, "session")
        if found is None:
            raise LookupError("this state holds no session record")
        return found

    @property
    def block(self) -> Block | None:
        """The current block, or None before the first one."""
        session = self.find(Session, "session")
        return self.find(Block, session.block) if session else None

    def apply(self, changes: Iterable[Change]) -> State:
        """The state after these changes. Raises LookupError for a `Set` on a record that is not there: a damaged log."""
        tables = dict(self._tables)
        touched: dict[str, dict[str, Record]] = {}
        for change in changes:
            kind = kind_of(change.record) if isinstance(change, Put) else change.kind
            table = touched.get(kind)
            if table is None:
                table = touched[kind] = dict(tables.get(kind, _EMPTY))
                tables[kind] = table
            _apply_one(table, change)
        return State(tables)


def _apply_one(table: dict[str, Record], change: Change) -> None:
    match change:
        case Put(record):
            table[record.id] = record
        case Set(kind, id, fields):
            if id not in table:
                raise LookupError(f"change sets {kind} {id!r}, which is not in the state")
            table[id] = msgspec.structs.replace(table[id], **fields)
        case Remove(_, id):
            table.pop(id, None)


def fold(batches: Iterable[Iterable[Change]], start: State | None = None) -> State:
    """The state that a log of change batches gives, from `start` or from nothing."""
    state = start or State()
    for changes in batches:
        state = state.apply(changes)
    return state


def change(record: R, **fields: Any) -> tuple[Change, ...]:
    """A `Set` of the fields that really differ from the record's; nothing when none does."""
    differing = {name: value for name, value in fields.items() if getattr(record, name) != value}
    return (Set(kind_of(record), record.id, differing),) if differing else ()


def difference(before: Record | None, after: Record | None) -> Change | None:
    """The smallest change from one form of a record to the next, for one audience; None when nothing differs."""
    if after is None:
        return None if before is None else Remove(kind_of(before), before.id)
    if before is None or type(before) is not type(after):
        return Put(after)
    fields = {
        name: getattr(after, name) for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)
    }
    return Set(kind_of(after), after.id, fields) if fields else None


def keys_of(changes: Iterable[Change]) -> dict[Key, None]:
    """The (kind, id) touched by these changes, each once, in order."""
    return {(kind_of(c.record), c.record.id) if isinstance(c, Put) else (c.kind, c.id): None for c in changes}


# --- stored form: a list of ["put", record] | ["set", kind, id, fields] | ["remove", kind, id] -------------------


def to_stored(changes: Iterable[Change]) -> list[list[Any]]:
    """Changes as plain values fit for msgpack or JSON, the same bytes for the same changes."""
    stored: list[list[Any]] = []
    for item in changes:
        match item:
            case Put(record):
                stored.append(["put", to_wire(record)])
            case Set(kind, id, fields):
                stored.append(["set", kind, id, msgspec.to_builtins(fields)])
            case Remove(kind, id):
                stored.append(["remove", kind, id])
    return stored


def from_stored(stored: Iterable[list[Any]]) -> tuple[Change, ...]:
    """The changes of a stored form. Raises ValueError or msgspec.ValidationError when it is damaged."""
    return tuple(_read_one(item) for item in stored)


def _read_one(item: list[Any]) -> Change:
    match item:
        case ["put", dict() as plain]:
            return Put(from_wire(plain))
        case ["set", str() as kind, str() as id, dict() as fields] if kind in KINDS:
            return Set(kind, id, _typed(KINDS[kind], fields))
        case ["remove", str() as kind, str() as id]:
            return Remove(kind, id)
    raise ValueError(f"expected a put, set or remove change, got {str(item)[:80]!r}")


def _typed(cls: type[Record], fields: dict[str, Any]) -> dict[str, Any]:
    """Plain field values given back the types that the record declares."""
    types = _types(cls)
    return {name: msgspec.convert(value, types[name]) for name, value in fields.items() if name in types}


@cache
def _types(cls: type[Record]) -> dict[str, Any]:
    """The declared type of each field; looked up once a class, as a long log is read change by change."""
    return {field.name: field.type for field in msgspec.structs.fields(cls)}
