"""Working apart and coming back: drawing groups, starting and recalling them, stepping in, harvesting."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from facilitation.commands.base import Command, Id, Ids, Line
from facilitation.records import Mix


class DrawGroups(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Draw a block's groups anew, as a draft that only facilitators see. The same `seed` and people give the same draw."""

    block: Id
    mode: Literal["random", "balanced", "hand", "merge"]
    size: Annotated[int, Meta(ge=2, le=60)] = 4
    mix: Annotated[tuple[Mix, ...], Meta(max_length=2)] = ()
    seed: Annotated[str, Meta(max_length=64)] = ""


class AddGroup(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more group, empty, in a partition not over."""

    partition: Id
    name: Line = ""


class RenameGroup(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a group its name."""

    group: Id
    name: Line


class RemoveGroup(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take an empty group out of a draft."""

    group: Id


class PlaceInGroup(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a person or device in a group, or in none ("")."""

    partition: Id
    seat: Id
    group: Id = ""


class StartGroups(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Send everyone to their group, each with its own copy of the block's board. The timer runs for `seconds`."""

    partition: Id
    seconds: Annotated[int, Meta(ge=1, le=36000)] | UnsetType = UNSET


class RecallGroups(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bring everyone back to the plenary."""

    partition: Id


class StepIn(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Join a group for a while, as a facilitator; "" leaves it."""

    group: Id = ""


class ShowGroup(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a group's board before everyone; it is never hidden again."""

    group: Id


class Harvest(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Carry chosen notes to a board as live notes that keep where they came from; one already there is not carried twice."""

    notes: Ids
    board: Id
    zone: Id = ""
