"""What the projector does beside following the block: a view chosen, something looked at, a page, a hold."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from facilitation.commands import HoldWall, TurnWall
from facilitation.context import Context
from facilitation.reach import public
from facilitation.records import Block, Note, Wall
from facilitation.rejections import Refused
from facilitation.state import Change, Put, State


def turn(state: State, command: TurnWall, context: Context) -> tuple[Change, ...]:
    """S12. Turning the wall never changes whether it is held; what everyone does not see is never put there."""
    note = state.find(Note, command.focus)
    if note is not None and not (public(note) and note.scope == "everyone"):
        raise Refused("still_hidden")
    wall = state.find(Wall, "wall") or Wall()
    turning = wall.turning if command.turning is UNSET else command.turning
    turned = replace(wall, view=command.view, focus=command.focus, page=command.page, turning=turning)
    return () if turned == state.find(Wall, "wall") else (Put(turned),)


def hold(state: State, command: HoldWall, context: Context) -> tuple[Change, ...]:
    """S13. A held wall keeps the view that it had, even when the block changes."""
    wall = state.find(Wall, "wall") or Wall()
    if wall.held == command.held:
        return ()
    block: Block | None = state.block
    view = (wall.view or (block.view if block else "accueil")) if command.held else ""
    return (Put(replace(wall, view=view, held=command.held)),)
