"""Groups."""

from __future__ import annotations

from facilitation.commands import (
    AddGroup,
    DrawGroups,
    PlaceInGroup,
    RecallGroups,
    RemoveGroup,
    RenameGroup,
    ShowGroup,
    StartGroups,
    StepIn,
)
from facilitation.context import Context
from facilitation.rejections import Refused
from facilitation.state import Change, State


def draw(state: State, command: DrawGroups, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def add(state: State, command: AddGroup, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def rename(state: State, command: RenameGroup, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def remove(state: State, command: RemoveGroup, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def place(state: State, command: PlaceInGroup, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def start(state: State, command: StartGroups, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def recall(state: State, command: RecallGroups, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def step_in(state: State, command: StepIn, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")


def show(state: State, command: ShowGroup, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")
