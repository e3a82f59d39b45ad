"""Harvest."""

from __future__ import annotations

from facilitation.commands import Harvest
from facilitation.context import Context
from facilitation.rejections import Refused
from facilitation.state import Change, State


def carry(state: State, command: Harvest, context: Context) -> tuple[Change, ...]:
    """G."""
    raise Refused("no_groups_here")
