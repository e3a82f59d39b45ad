"""The groups of a report: in which step people worked apart, how they were split, and for how long. Drafts are nothing."""

from __future__ import annotations

from typing import Literal

import msgspec

from facilitation.attended import heads_of
from facilitation.records import Block, Board, Group, Mix, Partition, Placement, Seat, Shortfall
from facilitation.state import State
from facilitation.wording import collated

MINUTE = 60_000


class GroupPart(msgspec.Struct, frozen=True, kw_only=True):
    """A group and how many people it had; `members` only where names were asked for."""

    id: str
    name: str
    heads: int
    board: str  # id of its own board
    members: tuple[str, ...] = ()


class PartitionPart(msgspec.Struct, frozen=True, kw_only=True):
    """One way of splitting people that really ran. `minutes` is None while it still does."""

    id: str
    block: str  # id
    step: str  # its title
    mode: Literal["random", "balanced", "hand", "merge"]
    mix: tuple[Mix, ...]
    started_at: int
    ended_at: int
    minutes: int | None
    groups: tuple[GroupPart, ...]
    shortfalls: tuple[Shortfall, ...]


def partitions_of(state: State, *, names: bool = False) -> tuple[PartitionPart, ...]:
    """The partitions that ran, as they followed one another."""
    ran = sorted((one for one in state.all(Partition) if one.status != "draft"), key=lambda one: (one.started_at, one.id))
    return tuple(_partition(state, one, names) for one in ran)


def _partition(state: State, one: Partition, names: bool) -> PartitionPart:
    block = state.find(Block, one.block)
    placed: dict[str, list[Seat]] = {}
    for placement in state.all(Placement):
        seat = state.find(Seat, placement.seat)
        if placement.partition == one.id and seat and not seat.removed:
            placed.setdefault(placement.group, []).append(seat)
    groups = sorted((group for group in state.all(Group) if group.partition == one.id), key=lambda group: (group.rank, group.id))
    return PartitionPart(
        id=one.id, block=one.block, step=block.title if block else "", mode=one.mode, mix=one.mix,
        started_at=one.started_at, ended_at=one.ended_at,
        minutes=round((one.ended_at - one.started_at) / MINUTE) if one.ended_at else None,
        groups=tuple(_group(group, placed.get(group.id, []), names) for group in groups), shortfalls=one.shortfalls,
    )  # fmt: skip


def _group(group: Group, seats: list[Seat], names: bool) -> GroupPart:
    members = sorted((seat.name for seat in seats), key=collated)
    return GroupPart(
        id=group.id,
        name=group.name,
        heads=sum(heads_of(seat) for seat in seats),
        board=group.board,
        members=tuple(members) if names else (),
    )


def boards_in_order(state: State) -> list[Board]:
    """Every board: the plenary's as they were made, then the groups' as they worked, group by group."""
    starts = {one.id: one.started_at for one in state.all(Partition)}
    order = {group.id: (starts.get(group.partition, 0), group.partition, group.rank, group.id) for group in state.all(Group)}
    plenary = [board for board in state.all(Board) if not board.group]
    apart = [board for board in state.all(Board) if board.group]
    return plenary + sorted(apart, key=lambda board: order.get(board.group, (0, "", 0.0, board.id)))
