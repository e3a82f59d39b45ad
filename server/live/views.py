"""What every audience sees now, kept up to date by what it learns, so that a welcome costs no search.

A view has up to three parts: "everyone", then "facilitators" or the group worked in, then the seat's own. Shared parts
are encoded once for as long as nothing in them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from facilitation.records import Record, kind_of
from facilitation.sight import viewers
from facilitation.state import Change, Key, Remove, State, keys_of
from server.wire import frames


def shared(audiences: tuple[str, ...]) -> tuple[str, ...]:
    """The audiences among these, in the order of `sight.parts`, that several seats share."""
    return tuple(audience for audience in audiences if not audience.startswith("seat:"))


def part_of(audience: str) -> str:
    """What an audience's part of a view is called on the wire: the same word for every group, and for every seat."""
    if audience.startswith("group:"):
        return "group"
    return "own" if audience.startswith("seat:") else audience


class Views:
    """Records by audience. Equal, for each audience, to `sight.view` of the state last taken in."""

    def __init__(self, state: State) -> None:
        self._records: dict[str, dict[Key, Record]] = {}
        self._encoded: dict[str, bytes] = {}
        for record in state.records():
            for audience in viewers(state, record):
                self._records.setdefault(audience, {})[kind_of(record), record.id] = record

    def of(self, audience: str) -> Mapping[Key, Record]:
        """What one audience sees, by (kind, id)."""
        return self._records.get(audience, {})

    def learn(self, after: State, audience: str, changes: Iterable[Change]) -> None:
        """Take in what an audience learns; `after` is the state that the changes lead to."""
        seen = self._records.setdefault(audience, {})
        for change in changes:
            key = next(iter(keys_of((change,))))
            record = after.get(*key)
            if isinstance(change, Remove) or record is None:
                seen.pop(key, None)
            else:
                seen[key] = record
        self._encoded.pop(audience, None)
        if not seen:
            del self._records[audience]

    def part(self, audience: str) -> bytes:
        """The welcome frame of a shared part, encoded once until it changes."""
        encoded = self._encoded.get(audience)
        if encoded is None:
            encoded = self._encoded[audience] = frames.welcome(part_of(audience), self.of(audience).values())
        return encoded
