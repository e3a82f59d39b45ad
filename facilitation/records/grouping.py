"""Working apart: partitions, groups and who is in them."""

from __future__ import annotations

from typing import Literal

import msgspec

from facilitation.records.base import Mix, Record, Scope


class Shortfall(msgspec.Struct, frozen=True, kw_only=True):
    """A wish that a draw could not grant, and for which group.

    `lone_remote`: one remote person with a room; `one_service`, `one_site`: the mix asked for was not reached.
    """

    code: Literal["lone_remote", "one_service", "one_site"]
    group: str


class Partition(Record, tag="partition", frozen=True, kw_only=True):
    """One way of splitting people, for one block. A draft is the facilitators'; running, everyone works in their group."""

    block: str
    mode: Literal["random", "balanced", "hand", "merge"]
    size: int
    mix: tuple[Mix, ...] = ()
    seed: str = ""  # public, hexadecimal: the same seed and people draw the same groups
    status: Literal["draft", "running", "over"] = "draft"
    shortfalls: tuple[Shortfall, ...] = ()
    started_at: int = 0
    ended_at: int = 0


class Group(Record, tag="group", frozen=True, kw_only=True):
    """Some people working apart. `board` is their own copy, made at the start; `scope` "facilitators" while a draft."""

    partition: str
    name: str
    rank: float
    board: str = ""
    scope: Scope = "facilitators"


class Placement(Record, tag="placement", frozen=True, kw_only=True):
    """In which group of a partition a seat is; id "<partition>:<seat>". Kept when the groups are over."""

    partition: str
    seat: str
    group: str
