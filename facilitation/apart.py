"""Working apart and coming back: starting groups on their own boards, recalling them, stepping in, showing one's work.

What was seen is never narrowed by a recall: a seat keeps its group, and so the sight of its board, until other groups start.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET

from facilitation import carrying, groups
from facilitation.authors import once
from facilitation.commands import AddGroup, PlaceInGroup, RecallGroups, ShowGroup, StartGroups, StepIn
from facilitation.context import Context
from facilitation.reach import acting
from facilitation.records import Authorship, Block, Board, Group, Note, Partition, Placement, Round, Seat, Timer
from facilitation.rejections import Refused
from facilitation.rights import drives
from facilitation.state import Change, Put, Remove, State, change
from facilitation.timers import MINUTE

# --- starting ----------------------------------------------------------------------------------------------------


def start(state: State, command: StartGroups, context: Context) -> tuple[Change, ...]:
    """G9. Everyone placed goes to their group, each group with its own copy of the block's board, on one timer."""
    partition = state.find(Partition, command.partition)
    if partition is None:
        raise Refused("unknown_record")
    if partition.status == "running":
        return ()
    block = _startable(state, partition)
    if partition.status == "over":
        return _again(state, partition, block, command, context)
    work = _Work(state)
    work.add(change(partition, status="running", started_at=context.at))
    members = groups.members(state, partition.id)
    for group in groups.groups_of(state, partition.id):
        work.add(_opened(state, block, group, context) if members[group.id] else (Remove("group", group.id),))
    work.add(_seated(work.state, partition))
    if block.groups and block.groups.carry:
        work.add(_carried(state, work.state, block, partition, context))
    work.add(groups.relacking(work.state, partition.id))
    work.add(_timed(state, block, command, context))
    return once(work.changes)


def _again(
    state: State, partition: Partition, block: Block, command: StartGroups, context: Context
) -> tuple[Change, ...]:
    """G14. A recall that came too early is undone: the same groups go on, on the boards that they have."""
    back = change(partition, status="running", ended_at=0)
    return once((*back, *_seated(state, partition), *_timed(state, block, command, context)))


class _Work:
    """Changes in the making, and the state that they give so far."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.changes: list[Change] = []

    def add(self, changes: Iterable[Change]) -> None:
        step = tuple(changes)
        self.changes += step
        self.state = self.state.apply(step)


def _startable(state: State, partition: Partition) -> Block:
    """The current block, if this partition may start in it. Raises Refused."""
    block = state.block
    if block is None or partition.block != block.id:
        raise Refused("changed_meanwhile")
    if block.view in groups.TOGETHER:
        raise Refused("no_groups_here")
    if groups.running(state):
        raise Refused("groups_running")
    if any(one.status == "open" for one in state.all(Round)):
        raise Refused("round_open")
    if not any(groups.members(state, partition.id).values()):
        raise Refused("nobody_to_group")
    return block


def _opened(state: State, block: Block, group: Group, context: Context) -> tuple[Change, ...]:
    """A group everyone may know of, with its copy of the block's board."""
    board = state.find(Board, block.board)
    copy = carrying.copied(state, board, group, context) if board else ()
    made = next((item.record.id for item in copy if isinstance(item, Put)), "")
    return (*change(group, scope="everyone", board=made), *copy)


def _seated(state: State, partition: Partition) -> tuple[Change, ...]:
    """Every seat in the group where it is placed; who moved to a shared device, where that is; all others in none."""
    where = {one.seat: one.group for one in state.all(Placement) if one.partition == partition.id}
    return tuple(
        item
        for seat in state.all(Seat)
        for item in change(seat, group="" if seat.removed or drives(seat) else where.get(seat.device or seat.id, ""))
    )


def _timed(state: State, block: Block, command: StartGroups, context: Context) -> tuple[Change, ...]:
    """G10. The block's one timer starts anew, for the seconds said or for the block's minutes."""
    total = block.minutes * MINUTE if command.seconds is UNSET else command.seconds * 1000
    if total:
        return (Put(Timer(block=block.id, total=total, deadline=context.at + total)),)
    return (Remove("timer", "timer"),) if state.find(Timer, "timer") else ()


# --- carrying ----------------------------------------------------------------------------------------------------


def _carried(before: State, state: State, block: Block, partition: Partition, context: Context) -> tuple[Change, ...]:
    """G11. Notes go along: those of the groups merged, or what members wrote for themselves on the block's board."""
    going = _of_former(before, partition) if partition.mode == "merge" else _of_members(state, block)
    changes: list[Change] = []
    for group in groups.groups_of(state, partition.id):
        board = state.find(Board, group.board)
        notes = sorted(going.get(group.id, ()), key=lambda note: note.id)
        if board and notes:
            hidden = [note for note in notes if note.scope == "author"]
            known = sorted((note for note in notes if note.scope != "author"), key=lambda note: (note.rank, note.id))
            changes += carrying.carried(state, [*known, *context.shuffled(hidden, "carry:" + group.id)], board)
    return tuple(changes)


def _of_members(state: State, block: Block) -> dict[str, list[Note]]:
    """By group, the notes of its members that still hide on the block's board."""
    found: dict[str, list[Note]] = {}
    for note in state.all(Note):
        authorship = state.find(Authorship, note.id)
        seat = state.find(Seat, authorship.seat) if authorship else None
        if note.board == block.board and note.scope == "author" and seat and seat.group:
            found.setdefault(seat.group, []).append(note)
    return found


def _of_former(before: State, partition: Partition) -> dict[str, list[Note]]:
    """By group, the notes of the boards of those that last worked: they follow where most of their members go."""
    last = max((one for one in before.all(Partition) if one.started_at), key=lambda one: one.started_at, default=None)
    where = {one.seat: one.group for one in before.all(Placement) if one.partition == partition.id}
    ranks = {group.id: group.rank for group in groups.groups_of(before, partition.id)}
    lying: dict[str, list[Note]] = {}
    for note in before.all(Note):
        lying.setdefault(note.board, []).append(note)
    members = groups.members(before, last.id) if last else {}
    found: dict[str, list[Note]] = {}
    for former in groups.groups_of(before, last.id) if last else ():
        seats = members[former.id]
        heads: dict[str, int] = {}
        for seat in seats:
            if seat.id in where:
                heads[where[seat.id]] = heads.get(where[seat.id], 0) + seat.heads
        if heads and former.board:
            to = min(heads, key=lambda id: (-heads[id], ranks[id]))
            found.setdefault(to, []).extend(lying.get(former.board, ()))
    return found


# --- while they work ---------------------------------------------------------------------------------------------


def add(state: State, command: AddGroup, context: Context) -> tuple[Change, ...]:
    """G8. One more group, empty; while groups run, with its own copy of the board at once."""
    partition = groups.partition_of(state, command.partition)
    group = groups.new_group(state, partition, command.name, context)
    if partition.status == "draft":
        return (Put(group),)
    block = state.find(Block, partition.block)
    with_it = state.apply((Put(group),))
    return (Put(group), *(_opened(with_it, block, group, context) if block else ()))


def place(state: State, command: PlaceInGroup, context: Context) -> tuple[Change, ...]:
    """G7. A person or device goes to a group, or to none; while groups run, at once."""
    partition, seat = groups.placing(state, command)
    return moved(state, partition, seat, command.group)


def moved(state: State, partition: Partition, seat: Seat, group: str) -> tuple[Change, ...]:
    """The changes that put a seat, and who sits at it, in a group of a partition ("" = none)."""
    work = _Work(state)
    work.add(groups.placed(state, partition.id, seat.id, group))
    if partition.status == "running":
        for one in state.all(Seat):
            if seat.id in (one.id, one.device) and not one.removed:
                work.add(_goes(state, one, group))
    work.add(groups.relacking(work.state, partition.id))
    return once(work.changes)


def _goes(state: State, seat: Seat, group: str) -> tuple[Change, ...]:
    """A seat in another group. N17: where authors show, those that it leaves go on knowing its name, and so all do.

    Whether it wrote anything there weighs nothing: that is not for the others to feel.
    """
    block = state.block
    known = seat.group and seat.group != group and block is not None and block.authors == "shown"
    return change(seat, group=group, scope="everyone" if known else seat.scope)


def step_in(state: State, command: StepIn, context: Context) -> tuple[Change, ...]:
    """G16. A facilitator joins a group at work for a while, and its members see so; "" leaves it."""
    seat = acting(state, context)
    if command.group:
        _, partition = groups.group_of(state, command.group)
        if partition.status != "running":
            raise Refused("groups_over" if partition.status == "over" else "unknown_record")
    return _goes(state, seat, command.group)


def show(state: State, command: ShowGroup, context: Context) -> tuple[Change, ...]:
    """G17. A group's board goes before everyone, with the notes shown on it and their authors as signed; never back."""
    group, _ = groups.group_of(state, command.group)
    board = state.find(Board, group.board)
    if board is None:
        raise Refused("unknown_record")
    return carrying.shown(state, board)


# --- coming back, coming late ------------------------------------------------------------------------------------


def recall(state: State, command: RecallGroups, context: Context) -> tuple[Change, ...]:
    """G14. Everyone is back in the plenary and the timer stops; boards, notes and who was where stay as they are."""
    partition = state.find(Partition, command.partition)
    if partition is None:
        raise Refused("unknown_record")
    return recalled(state, context.at) if partition.status == "running" else ()


def recalled(state: State, at: int) -> tuple[Change, ...]:
    """The changes that end the groups at work, if any."""
    partition = groups.running(state)
    if partition is None:
        return ()
    stopped = (Remove("timer", "timer"),) if state.find(Timer, "timer") else ()
    return (*change(partition, status="over", ended_at=at), *stopped)


def welcomed(state: State, seat: Seat) -> tuple[Change, ...]:
    """G15. A latecomer goes to the smallest group at work, and to the smallest of every draft not made by hand."""
    if not groups.follows(seat):
        return ()
    work = _Work(state)
    for partition in sorted(state.all(Partition), key=lambda one: one.id):
        if partition.status == "running" or (partition.status == "draft" and partition.mode != "hand"):
            work.add(moved(work.state, partition, seat, groups.smallest(work.state, partition, seat)))
    return tuple(work.changes)


def departed(state: State, seat: Seat) -> tuple[Change, ...]:
    """G18. Who is removed leaves the drafts; where it worked stays known."""
    work = _Work(state)
    for partition in groups.drafts(state):
        if state.find(Placement, f"{partition.id}:{seat.id}"):
            work.add(groups.placed(work.state, partition.id, seat.id, ""))
            work.add(groups.relacking(work.state, partition.id))
    return tuple(work.changes)


def followed_device(state: State, seat: Seat, device: str) -> tuple[Change, ...]:
    """G18. Who moves to a shared device goes where it goes; taken back, they stay in that group."""
    work = _Work(state)
    for partition in sorted(state.all(Partition), key=lambda one: one.id):
        host = state.find(Placement, f"{partition.id}:{device or seat.device}")
        if partition.status == "over" or (host is None and not state.find(Placement, f"{partition.id}:{seat.id}")):
            continue
        group = host.group if host else ""
        work.add(groups.placed(work.state, partition.id, seat.id, "" if device else group))
        if partition.status == "running":
            work.add(_goes(state, seat, group))
        work.add(groups.relacking(work.state, partition.id))
    return tuple(work.changes)
