"""Clusters: gathering notes under a title, releasing, renaming, moving, merging, splitting, dissolving.

A cluster's notes name it and follow it by order only. What an open vote is about does not go away (C9).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from facilitation import texts
from facilitation.commands import (
    DissolveCluster,
    GatherNotes,
    MergeClusters,
    MoveCluster,
    ReleaseNotes,
    RenameCluster,
    SplitCluster,
)
from facilitation.context import Context
from facilitation.placing import HEAD, MARGIN, NOTE_WIDTH, follow_tint, settle, within_board
from facilitation.reach import able, board_of, known_notes, open_options, public, sees, spare_open_options, zone_of
from facilitation.records import Board, Cluster, Note, Record, Seat, Zone
from facilitation.rejections import Refused
from facilitation.state import Change, Put, Remove, State, change

GAP = 8.0  # between clusters
COLUMN = NOTE_WIDTH + 18 + GAP  # a cluster's frame, as drawn, and the gap
APART = NOTE_WIDTH + 40  # how far a cluster split off stands from the first


def gather(state: State, command: GatherNotes, context: Context) -> tuple[Change, ...]:
    """C1. Notes that everyone sees, of one board, into a new cluster (its title may wait) or at the end of another."""
    able(state, context, "cluster")
    notes = _visible(state, command.notes, context)
    board = board_of(state, notes[0].board)
    if any(note.board != board.id for note in notes):
        raise Refused("bad_choice", value=command.notes[0])
    if command.cluster:
        cluster = _cluster(state, command.cluster, context)
        if cluster.board != board.id:
            raise Refused("bad_choice", value=cluster.id)
        return _poured(state, cluster, notes)
    x, y = (command.x, command.y) if (command.x, command.y) != (0, 0) else _beside(state, notes[0])
    cluster = _new(state, board, notes[0].zone, command.title, within_board(board, x, y), context)
    return (Put(cluster), *_poured(state.apply((Put(cluster),)), cluster, notes))


def _visible(state: State, ids: Iterable[str], context: Context) -> list[Note]:
    """The notes of these ids, each once. Raises Refused when one is not there or not shown to the asker: they answer alike."""
    notes = [state.find(Note, id) for id in dict.fromkeys(ids)]
    found = [note for note in notes if note is not None and public(note) and _in_sight(state, note, context)]
    if not found or len(found) < len(notes):
        raise Refused("unknown_record")
    return found


def _in_sight(state: State, record: Record, context: Context) -> bool:
    """Whether the asker sees it; the server itself sees all."""
    seat = state.find(Seat, context.actor)
    return not context.actor or (seat is not None and sees(state, seat, record))


def _stands(state: State, note: Note) -> tuple[float, float]:
    """Where a note is on the board: a clustered one, beside its cluster."""
    cluster = state.find(Cluster, note.cluster)
    return (cluster.x + APART, cluster.y) if cluster else (note.x, note.y)


def _beside(state: State, note: Note) -> tuple[float, float]:
    """Where a new cluster stands when nobody says: the first column at the top of its zone that no cluster is in."""
    zone = state.find(Zone, note.zone)
    if zone is None or note.cluster:
        return _stands(state, note)
    standing = [one.x for one in state.all(Cluster) if one.zone == zone.id]
    for column in range(int((zone.width - 2 * MARGIN + GAP) // COLUMN)):
        x = zone.x + MARGIN + column * COLUMN
        if all(abs(x - other) >= COLUMN for other in standing):
            return x, zone.y + HEAD
    return _stands(state, note)


def _new(state: State, board: Board, zone: str, title: str, place: tuple[float, float], context: Context) -> Cluster:
    x, y = place
    return Cluster(
        id=context.new_id("cluster"), board=board.id, title=_title(title), zone=zone, x=x, y=y,
        rank=_last_rank(state, board.id, zone) + 1, scope=board.scope,
    )  # fmt: skip


def _title(text: str) -> str:
    return texts.clean(text, texts.TITLE, lines=False, empty=True)


def _last_rank(state: State, board: str, zone: str) -> float:
    return max((one.rank for one in state.all(Cluster) if one.board == board and one.zone == zone), default=0.0)


def next_rank(state: State, cluster: str) -> float:
    """The rank after the last note of a cluster."""
    return max((note.rank for note in state.all(Note) if note.cluster == cluster), default=0.0) + 1


def _poured(state: State, cluster: Cluster, notes: list[Note]) -> tuple[Change, ...]:
    """The changes that put notes at the end of a cluster, and take away the clusters that this empties."""
    coming = [note for note in notes if note.cluster != cluster.id]
    rank = next_rank(state, cluster.id)
    changes: tuple[Change, ...] = ()
    for index, note in enumerate(coming):
        changes += change(note, cluster=cluster.id, rank=rank + index, **_in_zone(state, note, cluster.zone))
    return changes + emptied(state, state.apply(changes), {note.cluster for note in coming})


def release(state: State, command: ReleaseNotes, context: Context) -> tuple[Change, ...]:
    """C3. Notes back on their zone, in the next free places."""
    able(state, context, "cluster")
    notes = [note for note in _visible(state, command.notes, context) if note.cluster]
    changes = _released(state, notes)
    return changes + emptied(state, state.apply(changes), {note.cluster for note in notes})


def _released(state: State, notes: list[Note]) -> tuple[Change, ...]:
    changes: tuple[Change, ...] = ()
    for note in notes:
        board = board_of(state, note.board)
        zone = state.find(Zone, note.zone)
        known = known_notes(state, board.id)
        x, y, rank = settle(state, board, zone, known, 0.0, 0.0, unsaid=0.0)
        step = change(note, cluster="", x=x, y=y, rank=rank)
        changes += step
        state = state.apply(step)
    return changes


def rename(state: State, command: RenameCluster, context: Context) -> tuple[Change, ...]:
    """C4. A title may change at any time, even during a vote, whose options keep the titles voted on."""
    able(state, context, "cluster")
    return change(_cluster(state, command.cluster, context), title=_title(command.title))


def move(state: State, command: MoveCluster, context: Context) -> tuple[Change, ...]:
    """C5. A cluster moves whole: its notes follow it into its zone and keep their order."""
    able(state, context, "cluster")
    cluster = _cluster(state, command.cluster, context)
    board = board_of(state, cluster.board)
    zone = zone_of(state, board, command.zone)
    x, y = within_board(board, command.x, command.y)
    there = zone.id if zone else ""
    if there == cluster.zone:
        return change(cluster, x=x, y=y)
    changes = change(cluster, x=x, y=y, zone=there, rank=_last_rank(state, board.id, there) + 1)
    for note in _members(state, cluster.id):
        changes += change(note, **_in_zone(state, note, there))
    return changes


def _in_zone(state: State, note: Note, zone: str) -> dict[str, Any]:
    """The fields of a note that comes into a zone."""
    return {"zone": zone, "tint": follow_tint(board_of(state, note.board), note, state.find(Zone, zone))}


def merge(state: State, command: MergeClusters, context: Context) -> tuple[Change, ...]:
    """C6. Clusters of one board poured into one of them, in the order given; its title stays."""
    able(state, context, "cluster")
    into = _cluster(state, command.into, context)
    others = [_cluster(state, id, context) for id in dict.fromkeys(command.clusters) if id != into.id]
    if not others:
        raise Refused("needs_two")
    if any(one.board != into.board for one in others):
        raise Refused("bad_choice", value=into.id)
    spare_open_options(state, [one.id for one in others])
    rank = next_rank(state, into.id)
    changes: tuple[Change, ...] = ()
    for index, note in enumerate(note for one in others for note in _members(state, one.id)):
        changes += change(note, cluster=into.id, rank=rank + index, **_in_zone(state, note, into.zone))
    return changes + tuple(Remove("cluster", one.id) for one in others)


def split(state: State, command: SplitCluster, context: Context) -> tuple[Change, ...]:
    """C7. Some of a cluster's notes make a new one beside it."""
    able(state, context, "cluster")
    cluster = _cluster(state, command.cluster, context)
    notes = _visible(state, command.notes, context)
    if any(note.cluster != cluster.id for note in notes):
        raise Refused("changed_meanwhile")
    board = board_of(state, cluster.board)
    place = within_board(board, cluster.x + APART, cluster.y)
    second = _new(state, board, cluster.zone, command.title, place, context)
    return (Put(second), *_poured(state.apply((Put(second),)), second, notes))


def dissolve(state: State, command: DissolveCluster, context: Context) -> tuple[Change, ...]:
    """C8. All the notes of a cluster back on its zone, and no cluster any more."""
    able(state, context, "cluster")
    cluster = _cluster(state, command.cluster, context)
    spare_open_options(state, (cluster.id,))
    members = _members(state, cluster.id)
    without: tuple[Change, ...] = (Remove("cluster", cluster.id),)
    hidden = tuple(item for note in members if not public(note) for item in change(note, cluster=""))
    return without + _released(state.apply(without), [note for note in members if public(note)]) + hidden


def _members(state: State, cluster: str) -> list[Note]:
    """Every note of a cluster, set aside and withdrawn ones too, in order."""
    return sorted((note for note in state.all(Note) if note.cluster == cluster), key=lambda note: (note.rank, note.id))


def _cluster(state: State, id: str, context: Context) -> Cluster:
    cluster = state.find(Cluster, id)
    if cluster is None or not _in_sight(state, cluster, context):
        raise Refused("unknown_record")
    return cluster


# --- clusters left empty -----------------------------------------------------------------------------------------


def emptied(before: State, after: State, left: Iterable[str]) -> tuple[Change, ...]:
    """C2. The clusters that moving notes away empties, taken away. Raises Refused("voting_open") for an open vote's."""
    empty = _without_notes(before, after, {id for id in left if id})
    spare_open_options(before, empty)
    return tuple(Remove("cluster", id) for id in empty)


def left_empty(state: State, changes: tuple[Change, ...], left: Iterable[str]) -> tuple[Change, ...]:
    """N19. A cluster whose last note goes out of sight goes too, unless a vote is open on it: then it stays as voted on."""
    kept = open_options(state)
    empty = _without_notes(state, state.apply(changes), {id for id in left if id})
    return tuple(Remove("cluster", id) for id in empty if id not in kept)


def _without_notes(before: State, after: State, left: set[str]) -> list[str]:
    """Those of these clusters that show no note any more, sorted."""
    if not left:
        return []
    have = {note.cluster for note in after.all(Note) if note.cluster in left and public(note)}
    return sorted(id for id in left - have if before.find(Cluster, id))
