"""Whether something is hidden now: then publishing follows a grid, so that its times tell nothing.

Hidden: what the current block's authors write, until the reveal; any note that only its author sees; open ballots.
"""

from __future__ import annotations

from collections.abc import Iterable

from facilitation.records import Note, Round
from facilitation.state import Key, State


class Secrecy:
    """Kept up to date from the keys that commits touch, so that asking costs nothing."""

    def __init__(self, state: State) -> None:
        self._notes = {note.id for note in state.all(Note) if _hidden(note)}
        self._rounds = {round.id for round in state.all(Round) if round.status == "open"}
        self._state = state

    def learn(self, state: State, keys: Iterable[Key]) -> None:
        """Take in a new state and the keys that differ."""
        self._state = state
        for kind, id in keys:
            if kind == "note":
                note = state.find(Note, id)
                (self._notes.add if note is not None and _hidden(note) else self._notes.discard)(id)
            elif kind == "round":
                round = state.find(Round, id)
                (self._rounds.add if round is not None and round.status == "open" else self._rounds.discard)(id)

    @property
    def hides(self) -> bool:
        """Whether something is hidden."""
        block = self._state.block
        return bool(self._notes or self._rounds or (block and block.notes == "author" and not block.revealed))


def _hidden(note: Note) -> bool:
    return note.scope == "author" and not note.withdrawn
