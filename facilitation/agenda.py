"""The plan: ordered blocks, adding, editing and moving them, and entering one, which changes what everyone sees."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from facilitation import apart, groups, notes, texts, timers
from facilitation.bounds import within
from facilitation.commands import AddBlock, EditBlock, EnterBlock, MoveBlock, RemoveBlock, WriteScript
from facilitation.context import Context
from facilitation.records import Block, Board, Note, Partition, Round, RoundPlan, Script, View, Wall
from facilitation.rejections import Refused
from facilitation.rights import BLOCK_CAPABILITIES
from facilitation.state import Change, Put, Remove, State, change

BLOCKS = 60
WALL_LENGTH = 90  # interface.md: what can be read from the back of a room
LEVELS = (2, 11)  # a scale from 0 to 10 is the longest in use

DEFAULT_RIGHTS: dict[View, tuple[str, ...]] = {
    "accueil": (),
    "ecrire": ("add", "park"),
    "lire": ("park",),
    "regrouper": ("move", "cluster", "park"),
    "voter": ("vote", "park"),
    "resultat": ("park",),
    "actions": ("sheet", "park"),
    "fin": (),
}
"""What a participant may do in a block that says nothing of rights. Parking is open in every working step."""

SHOWING: frozenset[View] = frozenset({"lire", "regrouper", "voter", "resultat"})
"""Views that put a board before everyone: entering one reveals what is still hidden there."""

GRANTEES = ("participant", "room", "observer", "facilitator", "cofacilitator")


def ordered(state: State) -> list[Block]:
    """The blocks of the plan, in order."""
    return sorted(state.all(Block), key=lambda block: (block.rank, block.id))


def block_of(state: State, id: str) -> Block:
    """The block of that id. Raises Refused("unknown_record")."""
    block = state.find(Block, id)
    if block is None:
        raise Refused("unknown_record")
    return block


def rank_after(state: State, after: str, moving: str = "") -> float:
    """A rank between the block `after` ("" = before the first) and its follower. Raises Refused."""
    blocks = [block for block in ordered(state) if block.id != moving]
    if after == "":
        return blocks[0].rank - 1 if blocks else 1.0
    place = blocks.index(block_of(state, after)) if after != moving else -1
    if place < 0:
        raise Refused("bad_choice", value=after)
    following = blocks[place + 1].rank if place + 1 < len(blocks) else blocks[place].rank + 2
    return (blocks[place].rank + following) / 2


def add(state: State, command: AddBlock, context: Context) -> tuple[Change, ...]:
    """A1. A new block has its view's usual rights."""
    within(sum(1 for _ in state.all(Block)) + 1, 1, BLOCKS)
    _known_board(state, command.board)
    block = Block(
        id=context.new_id("block"),
        title=texts.title(command.title),
        rank=rank_after(state, command.after),
        minutes=command.minutes,
        nature=command.nature,
        view=command.view,
        board=command.board,
        rights=usual_rights(command.view),
        sheets=("action", "decision", "parking") if command.view == "actions" else (),
    )
    return (Put(block),)


def usual_rights(view: View) -> dict[str, tuple[str, ...]]:
    """The rights of a block that says nothing of them."""
    return {"participant": DEFAULT_RIGHTS[view]} if DEFAULT_RIGHTS[view] else {}


def _known_board(state: State, board: str) -> None:
    """A block is on a board that everyone sees: a group's own copy, once it was shown."""
    found = state.find(Board, board)
    if board and found is None:
        raise Refused("unknown_record")
    if found and found.scope != "everyone":
        raise Refused("bad_choice", value=found.title)


def edit(state: State, command: EditBlock, context: Context) -> tuple[Change, ...]:
    """A2. What a block promised on secrecy cannot change once it has begun, nor its vote while a round is open."""
    block = block_of(state, command.block)
    given = {name: value for name in _EDITABLE if (value := getattr(command, name)) is not UNSET}
    _texts_of(given)
    _known_board(state, given.get("board", ""))
    if "rights" in given:
        given["rights"] = _rights(given["rights"])
    if "warn" in given:
        within(given["warn"], 0, 3600)
    if given.get("round") is not None:
        given["round"] = round_plan(given["round"])
    if given.get("groups") is not None:
        given["groups"] = groups.group_plan(given["groups"])
    _keep_promises(state, block, given)
    if "round" in given and any(one.block == block.id and one.status == "open" for one in state.all(Round)):
        raise Refused("voting_open")
    return change(block, **given)


_EDITABLE = (
    "title", "minutes", "nature", "view", "board", "instruction", "wall", "notes", "authors", "rights", "round", "groups",
    "sheets", "end", "warn",
)  # fmt: skip


def _keep_promises(state: State, block: Block, given: dict[str, Any]) -> None:
    """Stop a change of what was promised on secrecy. It never depends on hidden notes: a refusal would tell of them."""
    changed = {name for name in ("notes", "authors", "board") if given.get(name, getattr(block, name)) != getattr(block, name)}
    secret = block.started_at and block.notes == "author" and changed - {"board"}
    if secret or (changed and any(note.block == block.id and note.scope != "author" for note in state.all(Note))):
        raise Refused("block_used")
    if "board" in changed and any(one.block == block.id and one.status == "running" for one in state.all(Partition)):
        raise Refused("groups_running")


def _texts_of(given: dict[str, Any]) -> None:
    if "title" in given:
        given["title"] = texts.title(given["title"])
    if "instruction" in given:
        given["instruction"] = texts.clean(given["instruction"], 600, empty=True)
    if "wall" in given:
        given["wall"] = texts.clean(given["wall"], WALL_LENGTH, lines=False, empty=True)


def _rights(given: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    for role, capabilities in given.items():
        for word in (role, *capabilities):
            if word not in BLOCK_CAPABILITIES + GRANTEES:
                raise Refused("bad_choice", value=word[:40])
    return {role: tuple(one for one in BLOCK_CAPABILITIES if one in set(given[role])) for role in sorted(given)}


def round_plan(plan: RoundPlan) -> RoundPlan:
    """A3. The plan of a vote, within its bounds: 1-10 dots, at most that many on one target, 2-11 levels on a scale."""
    if plan.method == "scale":
        within(len(plan.levels), *LEVELS)
    within(plan.budget, 1, 10)
    within(plan.cap, 1, plan.budget)
    question = texts.clean(plan.question, 200, lines=False, empty=True)
    levels = tuple(texts.clean(level, 60, lines=False) for level in plan.levels)
    return RoundPlan(
        method=plan.method, question=question, target="question" if plan.method == "scale" else plan.target,
        budget=plan.budget, cap=plan.cap, own=plan.own, secret=plan.secret, levels=levels, comment=plan.comment,
        facilitators_vote=plan.facilitators_vote,
    )  # fmt: skip


def move(state: State, command: MoveBlock, context: Context) -> tuple[Change, ...]:
    """A4. Blocks change order at any time, past ones too: the record of when they ran stays theirs."""
    block = block_of(state, command.block)
    if command.after == command.block:
        return ()
    before = [one.id for one in ordered(state)]
    place = before.index(block.id)
    if (before[place - 1] if place else "") == command.after:
        return ()
    return change(block, rank=rank_after(state, command.after, moving=block.id))


def remove(state: State, command: RemoveBlock, context: Context) -> tuple[Change, ...]:
    """A5. Only a block that has not served leaves the plan."""
    block = block_of(state, command.block)
    if block.status == "current":
        raise Refused("current_block")
    if block.started_at:
        raise Refused("block_used")
    script = (Remove("script", block.id),) if state.find(Script, block.id) else ()
    drafts = (item for one in groups.drafts(state) if one.block == block.id for item in groups.without(state, one))
    return (*drafts, Remove("block", block.id), *script)


def write_script(state: State, command: WriteScript, context: Context) -> tuple[Change, ...]:
    """A6. The script is a record of its own: facilitators see it, the wall and participants never do."""
    block_of(state, command.block)
    text = texts.clean(command.text, 2000, empty=True)
    present = state.find(Script, command.block)
    if not text:
        return (Remove("script", command.block),) if present else ()
    return () if present and present.text == text else (Put(Script(id=command.block, text=text)),)


def enter(state: State, command: EnterBlock, context: Context) -> tuple[Change, ...]:
    """A7. One block is current; leaving waits for the open vote; going back hides nothing that was revealed."""
    block = block_of(state, command.block)
    if block.id == state.session.block:
        return ()
    if any(one.status == "open" for one in state.all(Round)):
        raise Refused("round_open")
    return entering(state, block, context)


def entering(state: State, block: Block, context: Context) -> tuple[Change, ...]:
    """The changes of entering a block: leave the present one, reveal what the new one shows, start its timer."""
    changes = apart.recalled(state, context.at)
    state = state.apply(changes)
    if state.block:
        changes += change(state.block, status="done", left_at=context.at, **paused(state.block, context.at))
    changes += change(
        block, status="current", started_at=block.started_at or context.at, entered_at=context.at, left_at=0
    )
    changes += change(state.session, block=block.id)
    if block.view in SHOWING:
        changes += _revealing(state, block.board, context)
    changes += timers.on_entry(state, block, context)
    wall = state.find(Wall, "wall")
    if wall and not wall.held:
        changes += change(wall, view="", focus="", page=0)
    return changes


def paused(block: Block, at: int) -> dict[str, int]:
    """The fields of a block whose present visit ends at `at`: its time is counted in."""
    spent = max(0, at - block.entered_at) if block.entered_at else 0
    return {"spent": block.spent + spent, "entered_at": 0}


def _revealing(state: State, board: str, context: Context) -> tuple[Change, ...]:
    """A8. A board put before everyone has no hidden notes left on it, and late texts for it appear at once."""
    changes: tuple[Change, ...] = ()
    for block in ordered(state):
        if block.board == board and block.notes == "author" and block.started_at and not block.revealed:
            step = notes.revealing(state, block, context)
            state = state.apply(step)
            changes += step
    return changes
