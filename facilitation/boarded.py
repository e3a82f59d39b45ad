"""The boards of a report: zones, the clusters in each, the notes of each, in reading order and with their counts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from facilitation.grouped import boards_in_order
from facilitation.records import Block, Board, Cluster, Group, Note, Partition, Zone
from facilitation.state import State


class NotePart(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it stands at the end. `meaning` is what its tint says on this board, "" where tint says nothing.

    A note harvested from a group says that group's name and, as `origin`, the id of the note that it was carried from.
    """

    id: str
    text: str
    meaning: str
    block: str
    group: str = ""
    origin: str = ""


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
    """A board on which something was written, its zones in reading order. A group's says whose, and in which step."""

    id: str
    title: str
    group: str
    step: str
    background: str
    alt: str
    zones: tuple[ZonePart, ...]

    @property
    def count(self) -> int:
        """Notes on the board."""
        return sum(zone.count for zone in self.zones)

    @property
    def notes(self) -> Iterator[NotePart]:
        """Every note of the board, in reading order."""
        for zone in self.zones:
            for cluster in zone.clusters:
                yield from cluster.notes
            yield from zone.notes


def is_public(note: Note) -> bool:
    """Whether the minutes may hold this note: seen by everyone or by a whole group, neither withdrawn nor set aside."""
    shown = note.scope == "everyone" or note.scope.startswith("group:")
    return shown and not note.withdrawn and not note.aside


def boards_of(state: State) -> tuple[BoardPart, ...]:
    """Every board that holds such a note: the plenary's as they were made, then each group's own."""
    parts = (_board(state, board) for board in boards_in_order(state))
    return tuple(part for part in parts if part.count)


def written(boards: tuple[BoardPart, ...]) -> int:
    """How many notes were written: one carried to another board beside the one it came from counts once."""
    notes = [note for board in boards for note in board.notes]
    there = {note.id for note in notes}
    return sum(note.origin not in there for note in notes)


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
    names = {group.id: group.name for group in state.all(Group)}
    made = {note.id: _note(note, board, names) for note in notes}
    parts = [_zone(zone.id, zone.title, made, notes, clusters) for zone in zones]
    outside = _zone("", "", made, notes, clusters, known)
    return BoardPart(
        id=board.id,
        title=board.title,
        group=names.get(board.group, board.title) if board.group else "",
        step=_step_of(state, board),
        background=board.background,
        alt=board.alt,
        zones=(*parts, outside) if outside.count else tuple(parts),
    )


def _zone(
    id: str,
    title: str,
    made: dict[str, NotePart],
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
        if here(cluster.zone) and (members := tuple(made[one.id] for one in notes if one.cluster == cluster.id))
    )
    loose = tuple(made[one.id] for one in notes if one.cluster not in clusters and here(one.zone))
    return ZonePart(id=id, title=title, clusters=gathered, notes=loose)


def _note(note: Note, board: Board, groups: dict[str, str]) -> NotePart:
    return NotePart(
        id=note.id,
        text=note.text,
        meaning=board.tints.get(note.tint, ""),
        block=note.block,
        group=groups.get(note.group, ""),
        origin=note.origin if note.group else "",
    )


def _step_of(state: State, board: Board) -> str:
    """The title of the step in which a group worked on its board, "" for the plenary's."""
    group = state.find(Group, board.group)
    partition = state.find(Partition, group.partition) if group else None
    block = state.find(Block, partition.block) if partition else None
    return block.title if block else ""
