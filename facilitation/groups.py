"""Groups on paper: drawing them, naming them, placing people in them. Working apart and coming back is in `apart.py`.

The rules know no presence: a draw takes every participant's and shared device's seat that has a ballot to cast. Facilitators,
observers and projectors follow no draw, nor does who moved to a shared device: they go where it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from facilitation import drawing, texts
from facilitation.bounds import within
from facilitation.commands import DrawGroups, PlaceInGroup, RemoveGroup, RenameGroup
from facilitation.context import Context
from facilitation.drawing import Unit
from facilitation.records import Block, Board, Group, GroupPlan, Mix, Occupant, Partition, Placement, Profile, Seat, Site
from facilitation.rejections import Refused
from facilitation.rights import drives
from facilitation.state import Change, Put, Remove, State, change

MOST = 300  # groups of two with every seat taken
SIZES = (2, 60)
NAME = 60
SEED = re.compile(r"[0-9a-f]{0,64}")
TOGETHER = ("voter", "resultat")  # views that are about everyone at once

# --- looking up --------------------------------------------------------------------------------------------------


def running(state: State) -> Partition | None:
    """The groups at work now, if any."""
    return next((one for one in state.all(Partition) if one.status == "running"), None)


def groups_of(state: State, partition: str) -> list[Group]:
    """The groups of a partition, in order."""
    return sorted((one for one in state.all(Group) if one.partition == partition), key=lambda one: (one.rank, one.id))


def members(state: State, partition: str) -> dict[str, list[Seat]]:
    """Who is in each group of a partition, by group; those removed since have left. Sorted by seat."""
    found: dict[str, list[Seat]] = {group.id: [] for group in groups_of(state, partition)}
    for placement in state.all(Placement):
        seat = state.find(Seat, placement.seat)
        if placement.partition == partition and seat and not seat.removed:
            found[placement.group].append(seat)
    return {id: sorted(seats, key=lambda seat: seat.id) for id, seats in found.items()}


def follows(seat: Seat) -> bool:
    """G2. Whether a draw takes this seat."""
    return seat.role in ("participant", "room") and not seat.removed and not seat.device and seat.heads > 0


def partition_of(state: State, id: str) -> Partition:
    """A partition that still changes. Raises Refused."""
    partition = state.find(Partition, id)
    if partition is None:
        raise Refused("unknown_record")
    if partition.status == "over":
        raise Refused("groups_over")
    return partition


def group_of(state: State, id: str) -> tuple[Group, Partition]:
    """The group of that id and its partition. Raises Refused("unknown_record")."""
    group = state.find(Group, id)
    partition = state.find(Partition, group.partition) if group else None
    if group is None or partition is None:
        raise Refused("unknown_record")
    return group, partition


def unit(state: State, seat: Seat) -> Unit:
    """What a draw knows of a seat: its heads, whether they are in a room, their services as they said them, their site."""
    site = state.find(Site, seat.site)
    remote = seat.heads if site and not site.room and seat.role != "room" else 0
    room = seat.heads if seat.role == "room" or (site and site.room) else 0
    return Unit(id=seat.id, heads=seat.heads, parts=seat.heads, remote=remote, room=room, traits=_traits(state, seat))


def _traits(state: State, seat: Seat) -> dict[Mix, tuple[str, ...]]:
    """A service counts as often as it was said; the same one in other capitals is the same."""
    profile = state.find(Profile, seat.id)
    said = [profile.service] if profile else []
    if seat.role == "room":
        said += [one.service for one in state.all(Occupant) if one.seat == seat.id and not one.gone]
    services = tuple(sorted(" ".join(service.casefold().split()) for service in said if service))
    return {"service": services, "site": (seat.site,) * seat.heads if seat.site else ()}


# --- drawing -----------------------------------------------------------------------------------------------------


def draw(state: State, command: DrawGroups, context: Context) -> tuple[Change, ...]:
    """G1. A block's draft is drawn anew, in place of the former one; only facilitators see it."""
    block = state.find(Block, command.block)
    if block is None:
        raise Refused("unknown_record")
    if block.view in TOGETHER:
        raise Refused("no_groups_here")
    if any(one.block == block.id and one.status == "running" for one in state.all(Partition)):
        raise Refused("groups_running")
    if not SEED.fullmatch(command.seed):
        raise Refused("bad_choice", value=command.seed[:40])
    plan = group_plan(GroupPlan(mode=command.mode, size=command.size, mix=command.mix))
    seed = command.seed or context.draw("groups").hex()[:16]
    partition = Partition(
        id=context.new_id("partition"), block=block.id, mode=plan.mode, size=plan.size, mix=plan.mix, seed=seed
    )
    former = [item for one in drafts(state) if one.block == block.id for item in without(state, one)]
    return (*former, *_laid_out(state, partition, _divided(state, partition), context))


def group_plan(plan: GroupPlan) -> GroupPlan:
    """G4. A plan of groups within its bounds: 2 to 60 heads, each trait mixed at most once. Raises Refused."""
    within(plan.size, *SIZES)
    if len(set(plan.mix)) < len(plan.mix):
        raise Refused("bad_choice", value=plan.mix[0])
    return plan


def drafts(state: State) -> list[Partition]:
    """The partitions that nobody has begun to work in."""
    return [one for one in state.all(Partition) if one.status == "draft"]


def without(state: State, partition: Partition) -> tuple[Change, ...]:
    """A draft taken away, with its groups and placements."""
    placements = sorted(one.id for one in state.all(Placement) if one.partition == partition.id)
    groups = [group.id for group in groups_of(state, partition.id)]
    return (
        *(Remove("placement", id) for id in placements),
        *(Remove("group", id) for id in groups),
        Remove("partition", partition.id),
    )


def _divided(state: State, partition: Partition) -> list[list[str]]:
    """G3. The seats of each group to be; by hand (G7), groups that are empty yet."""
    units = [unit(state, seat) for seat in state.all(Seat) if follows(seat)]
    if len(units) < drawing.SMALLEST and sum(one.heads for one in units) < drawing.SMALLEST:
        raise Refused("nobody_to_group")
    if partition.mode == "merge":
        return _merged(state, partition, units)
    count = drawing.how_many(sum(one.heads for one in units), partition.size, len(units))
    if partition.mode == "hand":
        return [[] for _ in range(count)]
    return drawing.drawn(units, count, mixed(partition), partition.seed)


def mixed(partition: Partition) -> tuple[Mix, ...]:
    """What a partition promises to mix: chance and a hand promise nothing."""
    return partition.mix if partition.mode in ("balanced", "merge") else ()


def _merged(state: State, partition: Partition, units: list[Unit]) -> list[list[str]]:
    """G6. The groups that last worked, joined two by two; an odd one joins the smallest, and so does who was in none."""
    last = max((one for one in state.all(Partition) if one.started_at), key=lambda one: one.started_at, default=None)
    if last is None:
        raise Refused("nothing_to_merge")
    by_id = {one.id: one for one in units}
    former = [[by_id[seat.id] for seat in seats if seat.id in by_id] for seats in members(state, last.id).values()]
    former = [seats for seats in former if seats]
    joined = drawing.merged(former, mixed(partition), partition.seed)
    placed = {id for group in joined for id in group}
    return drawing.completed(joined, [one for one in units if one.id not in placed], by_id, partition.seed)


def _laid_out(state: State, partition: Partition, divided: list[list[str]], context: Context) -> tuple[Change, ...]:
    changes: list[Change] = []
    named: list[tuple[str, list[str]]] = []
    for index, seats in enumerate(divided):
        group = Group(
            id=context.new_id("group", index), partition=partition.id, name=_usual_name(index + 1), rank=float(index + 1)
        )
        named.append((group.id, seats))
        changes += [Put(group), *(Put(placement(partition.id, seat, group.id)) for seat in seats)]
    units = {seat.id: unit(state, seat) for seat in state.all(Seat) if follows(seat)}
    lacks = drawing.shortfalls(((id, [units[one] for one in ids]) for id, ids in named), mixed(partition))
    return (Put(replace(partition, shortfalls=lacks)), *changes)


def placement(partition: str, seat: str, group: str) -> Placement:
    """That a seat is in a group."""
    return Placement(id=f"{partition}:{seat}", partition=partition, seat=seat, group=group)


def _usual_name(number: int) -> str:
    return f"Groupe {number}"


# --- adjusting ---------------------------------------------------------------------------------------------------


def relacking(state: State, partition: str) -> tuple[Change, ...]:
    """G5. What a partition's groups now lack, said again whenever who is in them changes.

    A draft is the facilitators' alone; once at work everyone reads the partition, and services are not everyone's to know.
    """
    present = state.find(Partition, partition)
    if present is None:
        return ()
    mix = mixed(present) if present.status == "draft" else tuple(one for one in mixed(present) if one != "service")
    units = ((id, [unit(state, seat) for seat in seats if seat.heads]) for id, seats in members(state, partition).items())
    return change(present, shortfalls=drawing.shortfalls(units, mix))


def restated(state: State) -> tuple[Change, ...]:
    """What the groups of every draft lack, once somebody's site or service is another."""
    return tuple(item for one in drafts(state) for item in relacking(state, one.id))


def new_group(state: State, partition: Partition, name: str, context: Context) -> Group:
    """One more group, after the others."""
    present = groups_of(state, partition.id)
    within(len(present) + 1, 1, MOST)
    name = texts.clean(name, NAME, lines=False, empty=True) or _usual_name(len(present) + 1)
    rank = max((group.rank for group in present), default=0.0) + 1
    return Group(id=context.new_id("group"), partition=partition.id, name=name, rank=rank)


def rename(state: State, command: RenameGroup, context: Context) -> tuple[Change, ...]:
    """G8. A group is renamed at any time, and its board with it."""
    group, _ = group_of(state, command.group)
    name = texts.clean(command.name, NAME, lines=False)
    board = state.find(Board, group.board)
    return change(group, name=name) + (change(board, title=name) if board else ())


def remove(state: State, command: RemoveGroup, context: Context) -> tuple[Change, ...]:
    """G8. Only an empty group of a draft goes."""
    group, partition = group_of(state, command.group)
    if partition.status != "draft":
        raise Refused("groups_running" if partition.status == "running" else "groups_over")
    if any(one.group == group.id for one in state.all(Placement)):
        raise Refused("group_not_empty")
    return (Remove("group", group.id),)


def placing(state: State, command: PlaceInGroup) -> tuple[Partition, Seat]:
    """Who may be placed where: anybody but facilitators, the wall, and who moved to a shared device. Raises Refused."""
    partition = partition_of(state, command.partition)
    seat = state.find(Seat, command.seat)
    group = state.find(Group, command.group)
    if seat is None or seat.removed or (command.group and (group is None or group.partition != partition.id)):
        raise Refused("unknown_record")
    if drives(seat) or seat.role == "projector" or seat.device:
        raise Refused("bad_choice", value=seat.name)
    return partition, seat


def placed(state: State, partition: str, seat: str, group: str) -> tuple[Change, ...]:
    """The placement of one seat as it will be; "" is none."""
    present = state.find(Placement, f"{partition}:{seat}")
    if not group:
        return (Remove("placement", present.id),) if present else ()
    return change(present, group=group) if present else (Put(placement(partition, seat, group)),)


def smallest(state: State, partition: Partition, coming: Seat) -> str:
    """G15. The group with the fewest heads, among those with anyone in; alike, the one that lacks least with who comes."""
    found = members(state, partition.id)
    inhabited: Iterable[tuple[str, list[Seat]]] = [(id, seats) for id, seats in found.items() if seats] or found.items()
    return min(inhabited, key=lambda item: _suits(state, partition, item, coming), default=("", []))[0]


def _suits(state: State, partition: Partition, item: tuple[str, list[Seat]], coming: Seat) -> tuple[int, int]:
    id, seats = item
    units = [unit(state, seat) for seat in (*seats, coming) if seat.heads]
    return sum(seat.heads for seat in seats), len(drawing.shortfalls([(id, units)], mixed(partition)))
