"""The boards of a report: zones, the clusters in each, the notes of each, in reading order and with their counts."""

from __future__ import annotations

import msgspec

from facilitation.records import Board, Cluster, Note, Zone
from facilitation.state import State


class NotePart(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it stands at the end. `meaning` is what its tint says on this board, "" where tint says nothing."""

    id: str
    text: str
    meaning: str
    block: str


class ClusterPart(msgspec.Struct, frozen=True, kw_only=True):
    """A cluster and its notes; never empty."""

    id: str
    title: str
    notes: tuple[NotePart, ...]


class ZonePart(msgspec.Struct, frozen=True, kw_only=True):
    """A zone (`id` "" for what lies outside every zone): its clusters, then its loose notes."""

    id: str
    title: str
    clusters: tuple[ClusterPart, ...]
    notes: tuple[NotePart, ...]

    @property
    def count(self) -> int:
        """Notes in the zone, gathered or not."""
        return len(self.notes) + sum(len(cluster.notes) for cluster in self.clusters)


class BoardPart(msgspec.Struct, frozen=True, kw_only=True):
    """A board on which something was written, its zones in reading order."""

    id: str
    title: str
    background: str
    alt: str
    zones: tuple[ZonePart, ...]

    @property
    def count(self) -> int:
        """Notes on the board."""
        return sum(zone.count for zone in self.zones)


def is_public(note: Note) -> bool:
    """Whether everyone saw this note at the end: revealed, neither withdrawn nor set aside."""
    return note.scope == "everyone" and not note.withdrawn and not note.aside


def boards_of(state: State) -> tuple[BoardPart, ...]:
    """Every board that holds a note everyone saw, in the order in which the boards were made."""
    parts = (_board(state, board) for board in state.all(Board))
    return tuple(part for part in parts if part.count)


def _board(state: State, board: Board) -> BoardPart:
    notes = sorted(
        (note for note in state.all(Note) if note.board == board.id and is_public(note)),
        key=lambda note: (note.rank, note.y, note.x, note.id),
    )
    clusters = {
        cluster.id: cluster
        for cluster in sorted(
            (cluster for cluster in state.all(Cluster) if cluster.board == board.id),
            key=lambda cluster: (cluster.rank, cluster.y, cluster.x, cluster.id),
        )
    }
    zones = sorted((zone for zone in state.all(Zone) if zone.board == board.id), key=lambda zone: (zone.rank, zone.id))
    known = {zone.id for zone in zones}
    parts = [_zone(zone.id, zone.title, board, notes, clusters) for zone in zones]
    outside = _zone("", "", board, notes, clusters, known)
    return BoardPart(
        id=board.id,
        title=board.title,
        background=board.background,
        alt=board.alt,
        zones=(*parts, outside) if outside.count else tuple(parts),
    )


def _zone(
    id: str,
    title: str,
    board: Board,
    notes: list[Note],
    clusters: dict[str, Cluster],
    others: set[str] | None = None,
) -> ZonePart:
    """The zone of that id; with `others` (every zone's id), what lies in none of them."""

    def here(zone: str) -> bool:
        return zone == id if others is None else zone not in others

    gathered = tuple(
        ClusterPart(id=cluster.id, title=cluster.title, notes=members)
        for cluster in clusters.values()
        if here(cluster.zone) and (members := tuple(_note(one, board) for one in notes if one.cluster == cluster.id))
    )
    loose = tuple(_note(one, board) for one in notes if one.cluster not in clusters and here(one.zone))
    return ZonePart(id=id, title=title, clusters=gathered, notes=loose)


def _note(note: Note, board: Board) -> NotePart:
    return NotePart(id=note.id, text=note.text, meaning=board.tints.get(note.tint, ""), block=note.block)
