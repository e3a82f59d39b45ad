"""What the projector does beside following the block: a view chosen, something looked at, a page, a hold."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from facilitation.commands import HoldWall, TurnWall
from facilitation.context import Context
from facilitation.reach import public
from facilitation.records import Block, Board, Cluster, Note, Round, View, Wall, Zone
from facilitation.rejections import Refused
from facilitation.state import Change, Put, State


def turn(state: State, command: TurnWall, context: Context) -> tuple[Change, ...]:
    """S12. Turning the wall never changes whether it is held; what everyone does not see is never put there."""
    _shown_to_everyone(state, command.focus)
    wall = state.find(Wall, "wall") or Wall()
    turning = wall.turning if command.turning is UNSET else command.turning
    turned = replace(wall, view=command.view, focus=command.focus, page=command.page, turning=turning)
    return () if turned == state.find(Wall, "wall") else (Put(turned),)


def _shown_to_everyone(state: State, id: str) -> None:
    """Raises Refused("still_hidden") where the id is that of something on a board that not everyone sees."""
    note = state.find(Note, id)
    if note is not None and not public(note):
        raise Refused("still_hidden")
    found = note or state.find(Zone, id) or state.find(Cluster, id) or state.find(Board, id)
    if found is not None and found.scope != "everyone":
        raise Refused("still_hidden")


def hold(state: State, command: HoldWall, context: Context) -> tuple[Change, ...]:
    """S13. A held wall keeps its view and what it looks at, the block itself if nothing else; let go, it follows again."""
    wall = state.find(Wall, "wall") or Wall()
    if wall.held == command.held:
        return ()
    block = state.block
    if command.held:
        view, focus = wall.view or _view_of(state), wall.focus or (block.id if block else "")
        return (Put(replace(wall, view=view, focus=focus, held=True)),)
    page = wall.page if block and wall.focus == block.id else 0
    return (Put(replace(wall, view="", focus="", page=page, held=False)),)


def _view_of(state: State) -> View:
    """What a wall that follows the block shows now: notes once revealed, a result once shown."""
    block = state.block
    if state.session.status == "preparing" or block is None:
        return "accueil"
    if state.session.status != "open":
        return "fin"
    if block.view == "ecrire" and block.notes == "author" and block.revealed:
        return "lire"
    if block.view == "voter" and any(one.status == "shown" for one in _last_round(state, block)):
        return "resultat"
    return block.view


def _last_round(state: State, block: Block) -> list[Round]:
    return sorted((one for one in state.all(Round) if one.block == block.id), key=lambda one: one.opened_at)[-1:]
