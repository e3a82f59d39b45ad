"""Where a note goes when nobody says: the next free cell of its zone, then piles. Pure geometry and ranks, no rights.

Places come from the notes handed in and from nothing else, so that a place can tell no more than they do.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from facilitation.records import Board, Cluster, Note, Tint, Zone
from facilitation.rejections import Refused
from facilitation.state import State

NOTE_WIDTH, NOTE_HEIGHT = 170.0, 104.0  # as drawn: fixed width; height of a four-line note
STEP_X, STEP_Y = NOTE_WIDTH + 8, NOTE_HEIGHT + 8
MARGIN, HEAD = 16.0, 48.0  # around the cells, and for the zone's title above them
PILE, PILES = 14.0, 5  # a full zone piles its notes, each pile a little aside, then starts again
RANKS = 1e9  # no workshop reorders its notes more finely or further than this


class Ground:
    """The free places and the next rank of one zone (None: the open board), given the notes and clusters known there."""

    def __init__(self, board: Board, zone: Zone | None, notes: Iterable[Note], clusters: Iterable[Cluster]) -> None:
        x, y, width, height = (zone.x, zone.y, zone.width, zone.height) if zone else (0, 0, board.width, board.height)
        self._x, self._y = x + MARGIN, y + HEAD
        self._columns = max(1, int((width - 2 * MARGIN + 8) // STEP_X))
        self._rows = max(1, int((height - HEAD - MARGIN + 8) // STEP_Y))
        here = [note for note in notes if note.zone == (zone.id if zone else "") and not note.cluster]
        self._taken = {self._cell(note.x, note.y) for note in here}
        self._taken |= {self._cell(one.x, one.y) for one in clusters if one.zone == (zone.id if zone else "")}
        self._count = len(here)
        self._rank = max((note.rank for note in here), default=0.0)

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return round((y - self._y) / STEP_Y), round((x - self._x) / STEP_X)

    def place(self) -> tuple[float, float]:
        """The next free place, taken from now on."""
        index = self._count
        self._count += 1
        for row in range(self._rows):
            for column in range(self._columns):
                if (row, column) not in self._taken:
                    self._taken.add((row, column))
                    return self._x + column * STEP_X, self._y + row * STEP_Y
        pile, cell = divmod(index, self._rows * self._columns)
        aside = PILE * (pile % PILES + 1)
        return self._x + cell % self._columns * STEP_X + aside, self._y + cell // self._columns * STEP_Y + aside

    def rank(self) -> float:
        """The next rank, taken from now on."""
        self._rank += 1
        return self._rank


def ground(state: State, board: Board, zone: Zone | None, known: Iterable[Note]) -> Ground:
    """The ground of a zone for whoever knows these notes; clusters are everyone's to see."""
    return Ground(board, zone, known, (one for one in state.all(Cluster) if one.board == board.id))


def settle(
    state: State, board: Board, zone: Zone | None, known: Iterable[Note], x: float, y: float, *, unsaid: float
) -> tuple[float, float, float]:
    """N7. (x, y, rank): where asked, else the next free place (both `unsaid`); always after the notes known to be there."""
    free = ground(state, board, zone, known)
    place = free.place() if x == unsaid and y == unsaid else within_board(board, x, y)
    return (*place, free.rank())


def within_board(board: Board, x: float, y: float) -> tuple[float, float]:
    """The nearest place that leaves a note on its board; not-a-number counts as the edge."""
    return max(0.0, min(x, board.width - NOTE_WIDTH)), max(0.0, min(y, board.height - NOTE_HEIGHT / 2))


def fit_rank(rank: float) -> float:
    """A rank that can order. Raises Refused("bad_number")."""
    if not isfinite(rank) or abs(rank) > RANKS:
        raise Refused("bad_number", value=rank, low=-RANKS, high=RANKS)
    return rank


def rank_after(note: Note, siblings: Iterable[Note]) -> float:
    """The rank just after a note, before the next of its siblings."""
    later = [one.rank for one in siblings if one.id != note.id and one.rank > note.rank]
    return (note.rank + min(later)) / 2 if later else note.rank + 1


def follow_tint(board: Board, note: Note, zone: Zone | None) -> Tint:
    """N14. A tint with a meaning of its own stays with the note; a zone's tint is left behind for the next zone's."""
    if note.tint in board.tints:
        return note.tint
    return zone.tint if zone else ""
