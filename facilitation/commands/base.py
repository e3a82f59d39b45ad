"""What every command is made of: the bounds of its fields, and the base class."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(max_length=80)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=400)]
Text = Annotated[str, Meta(max_length=4000)]
Coordinate = Annotated[float, Meta(ge=-20000, le=40000)]
Count = Annotated[int, Meta(ge=0, le=600)]
Minutes = Annotated[int, Meta(ge=0, le=600)]


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An intent. Subclasses are the whole catalogue."""
