"""Boards of groups: copying the block's board for each, carrying notes there, showing one to everybody.

A note stays one object that travels (DESIGN.md, invariant 2): it takes the sight of the board that it comes to, and so does
the authorship that goes with it, where authors show.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from facilitation.authors import followed, once
from facilitation.context import Context
from facilitation.placing import Ground, follow_tint, ground
from facilitation.reach import public
from facilitation.records import Board, Cluster, Group, Note, Zone
from facilitation.state import Change, Put, State, change


def copied(state: State, board: Board, group: Group, context: Context) -> tuple[Change, ...]:
    """A group's own copy of a board and its zones, seen by the group and the facilitators."""
    scope = f"group:{group.id}"
    copy = replace(board, id=context.new_id(f"board:{group.id}"), title=group.name, scope=scope, group=group.id)
    zones = sorted((zone for zone in state.all(Zone) if zone.board == board.id), key=lambda zone: (zone.rank, zone.id))
    return (
        Put(copy),
        *(
            Put(replace(zone, id=context.new_id(f"zone:{group.id}", index), board=copy.id, scope=scope))
            for index, zone in enumerate(zones)
        ),
    )


def same_zone(state: State, zone: str, board: str) -> str:
    """The zone of a board that answers to a zone of another: of the same title, "" where there is none."""
    source = state.find(Zone, zone)
    if source is None:
        return ""
    like = [one for one in state.all(Zone) if one.board == board and one.title == source.title]
    return min(like, key=lambda one: (abs(one.rank - source.rank), one.id)).id if like else ""


def carried(state: State, notes: Iterable[Note], board: Board) -> tuple[Change, ...]:
    """The changes that bring notes, and the clusters that they fill, to a new board, each in the zone of the same name.

    Hidden ones show themselves to the group there, in the order given; those withdrawn or set aside stay so.
    """
    grounds: dict[str, Ground] = {}
    changes: list[Change] = []
    notes = list(notes)
    for cluster in _whole_clusters(state, notes):
        zone = same_zone(state, cluster.zone, board.id)
        x, y = _ground(state, grounds, board, zone).place()
        changes += change(cluster, board=board.id, zone=zone, x=x, y=y, scope=board.scope)
    moved = {item.id for item in changes if not isinstance(item, Put)}
    for note in notes:
        here = _arrived(state, note, board, note.cluster if note.cluster in moved else "", grounds)
        changes += [Put(here), *followed(state, here)]
    return once(changes)


def _whole_clusters(state: State, notes: list[Note]) -> list[Cluster]:
    """The clusters whose notes all come along, in order."""
    coming = {note.id for note in notes}
    named = {note.cluster for note in notes if note.cluster}
    if named:
        named -= {note.cluster for note in state.all(Note) if note.cluster and note.id not in coming}
    return sorted((one for one in state.all(Cluster) if one.id in named), key=lambda one: (one.rank, one.id))


def _ground(state: State, grounds: dict[str, Ground], board: Board, zone: str) -> Ground:
    if zone not in grounds:
        grounds[zone] = ground(state, board, state.find(Zone, zone), ())
    return grounds[zone]


def _arrived(state: State, note: Note, board: Board, cluster: str, grounds: dict[str, Ground]) -> Note:
    zone = same_zone(state, note.zone, board.id)
    edition = 1 if note.scope == "author" else note.edition
    tint = follow_tint(board, note, state.find(Zone, zone))
    here = replace(note, board=board.id, zone=zone, cluster=cluster, scope=board.scope, edition=edition, tint=tint)
    if cluster or not public(here):
        return here
    free = _ground(state, grounds, board, zone)
    x, y = free.place()
    return replace(here, x=x, y=y, rank=free.rank())


def shown(state: State, board: Board) -> tuple[Change, ...]:
    """A board, its zones, clusters and the notes shown on it, before everyone; what still hides there goes on hiding."""
    changes: list[Change] = [*change(board, scope="everyone")]
    for cls in (Zone, Cluster):
        for one in state.all(cls):
            if one.board == board.id:  # type: ignore[attr-defined]
                changes += change(one, scope="everyone")
    for note in state.all(Note):
        if note.board == board.id and note.scope != "author":
            here = replace(note, scope="everyone")
            changes += [*change(note, scope="everyone"), *followed(state, here)]
    return once(changes)
