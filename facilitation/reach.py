"""What the asker of a command may reach: who asks, what they see, what is theirs, what the moment lets them do.

Reaching never says more than seeing: a record out of sight answers exactly as one that never was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from facilitation.context import Context
from facilitation.records import Authorship, Block, Board, Cluster, Group, Note, Partition, Record, Round, Seat, Zone
from facilitation.rejections import Refused
from facilitation.rights import drives, grants, may
from facilitation.sight import parts, viewers
from facilitation.state import State

GRACE = 3000
"""Milliseconds in which a text begun in time still gets in: a slow network's delay, not a second chance."""


def acting(state: State, context: Context) -> Seat:
    """The seat that asks. Raises Refused("unknown_seat")."""
    seat = state.find(Seat, context.actor)
    if seat is None or seat.removed:
        raise Refused("unknown_seat")
    return seat


def public(note: Note) -> bool:
    """Whether everyone on its board sees this note: all, or its group."""
    return note.scope != "author" and not note.withdrawn and not note.aside


def owns(state: State, seat: Seat, note: Note) -> bool:
    """Whether the note is in this seat's hand: it wrote it, or typed it for who wrote it."""
    authorship = state.find(Authorship, note.id)
    return authorship is not None and seat.id in (authorship.seat, authorship.typist)


def seen_note(state: State, seat: Seat, id: str) -> Note:
    """The note of that id, if this seat sees it. Raises Refused("unknown_record")."""
    note = state.find(Note, id)
    if note is None or not sees(state, seat, note):
        raise Refused("unknown_record")
    return note


def sees(state: State, seat: Seat, record: Record) -> bool:
    """Whether this seat sees that record."""
    return not viewers(state, record).isdisjoint(parts(seat))


def seen_notes(state: State, seat: Seat, ids: Iterable[str]) -> list[Note]:
    """The notes of these ids, each once, in their order. Raises Refused("unknown_record") when one is out of sight."""
    return [seen_note(state, seat, id) for id in dict.fromkeys(ids)]


def known_notes(state: State, board: str, seat: Seat | None = None) -> Iterator[Note]:
    """The notes shown on a board and, for a seat, those in its own hand: all that its places may depend on."""
    for note in state.all(Note):
        if note.board == board and (public(note) or (seat and not note.withdrawn and not note.aside and owns(state, seat, note))):
            yield note


def suspended(state: State, seat: Seat, at: int, grace: int = 0) -> bool:
    """Whether input is locked for this seat, `grace` ms after the lock."""
    session = state.session
    return session.locked and not drives(seat) and (not grace or at > session.locked_at + grace)


def granted(block: Block | None, seat: Seat, capability: str) -> bool:
    """Whether a block lets this seat do that. Observers and projectors never do anything."""
    return seat.role not in ("observer", "projector") and grants(block, seat.role, capability)


def able(state: State, context: Context, capability: str) -> None:
    """Stop whoever lacks a capability now; the server itself passes. Raises Refused."""
    if not context.actor:
        return
    seat = acting(state, context)
    if suspended(state, seat, context.at):
        raise Refused("locked")
    if seat.role == "observer" or not may(state, seat, capability):
        raise Refused("not_allowed")


def at_hand(state: State, note: Note, context: Context, capability: str) -> None:
    """Let through who wrote the note, and who may touch any note in sight. Raises Refused."""
    seat = acting(state, context)
    if suspended(state, seat, context.at):
        raise Refused("locked")
    if not owns(state, seat, note) and (seat.role == "observer" or not may(state, seat, capability)):
        raise Refused("not_yours")


def on_its_board(state: State, seat: Seat, block: Block, board: Board, at: int) -> None:
    """N2, G12. People write on the block's own board; while groups run, on their group's. What was begun just before gets in."""
    group = state.find(Group, seat.group)
    partition = state.find(Partition, group.partition) if group else None
    if group is None or partition is None or not group.board or partition.block != block.id:
        _plenary(block, board)
    elif board.id != group.board:
        _plenary(block, board)
        if partition.status == "running" and at > partition.started_at + GRACE:
            raise Refused("not_allowed")
    elif partition.ended_at and at > partition.ended_at + GRACE:
        raise Refused("time_over")


def _plenary(block: Block, board: Board) -> None:
    if block.board != board.id and (block.board or board.scope != "everyone"):
        raise Refused("not_allowed")


def open_options(state: State) -> set[str]:
    """The ids of what an open vote is about."""
    return {option.id for round in state.all(Round) if round.status == "open" for option in round.options}


def spare_open_options(state: State, clusters: Iterable[str]) -> None:
    """C9. Stop what would take away a target of an open vote. Raises Refused("voting_open")."""
    if open_options(state) & set(clusters):
        raise Refused("voting_open")


# --- looking up --------------------------------------------------------------------------------------------------


def board_of(state: State, id: str, seat: Seat | None = None) -> Board:
    """The board of that id, for a seat only if it sees it. Raises Refused("unknown_record")."""
    board = state.find(Board, id)
    if board is None or (seat and not sees(state, seat, board)):
        raise Refused("unknown_record")
    return board


def zone_of(state: State, board: Board, id: str) -> Zone | None:
    """The zone of that id, None for the open board. Raises Refused("unknown_zone") when it is on another board."""
    if not id:
        return None
    zone = state.find(Zone, id)
    if zone is None or zone.board != board.id:
        raise Refused("unknown_zone")
    return zone


def cluster_on(state: State, board: str, id: str) -> Cluster:
    """The cluster of that id on that board. Raises Refused("unknown_record")."""
    cluster = state.find(Cluster, id)
    if cluster is None or cluster.board != board:
        raise Refused("unknown_record")
    return cluster
