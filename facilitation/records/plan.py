"""The plan: blocks, how they vote and split, their scripts and what was taken away from them."""

from __future__ import annotations

from typing import Literal

import msgspec

from facilitation.records.base import Mix, Nature, Record, SheetType, View


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How a block votes, before any round is opened. For `scale`, `levels` are the labels from lowest to highest."""

    method: Literal["dots", "scale"]
    question: str = ""
    target: Literal["notes", "clusters", "question"] = "clusters"
    budget: int = 3
    cap: int = 2  # most marks on one target
    own: bool = True  # dots on one's own ideas allowed
    secret: bool = True
    levels: tuple[str, ...] = ()
    comment: bool = False  # one open comment with the answer
    facilitators_vote: bool = False


class GroupPlan(msgspec.Struct, frozen=True, kw_only=True):
    """How a block splits people, before any draw. `merge` joins the groups that last worked, two by two."""

    mode: Literal["random", "balanced", "hand", "merge"] = "balanced"
    size: int = 4  # heads wanted in a group
    mix: tuple[Mix, ...] = ()  # what each group should mix, for `balanced` and `merge`
    carry: bool = False  # notes of the members, or of the groups merged, move to their new group's board


class Block(Record, tag="block", frozen=True, kw_only=True):
    """One step: instruction + rights + view + minutes. Entering it changes what every participant can see and do."""

    title: str
    rank: float
    minutes: int
    nature: Nature
    view: View
    board: str = ""
    instruction: str = ""
    wall: str = ""  # instruction for the projector, at most 90 characters; "" = `instruction`
    notes: Literal["everyone", "author"] = "everyone"  # who sees a note written here before the reveal
    authors: Literal["shown", "hidden"] = "hidden"
    rights: dict[str, tuple[str, ...]] = {}  # role -> capabilities (rights.py)
    round: RoundPlan | None = None
    groups: GroupPlan | None = None
    sheets: tuple[SheetType, ...] = ()
    end: Literal["soft", "firm"] = "soft"  # firm: writing stops at the timer's end, 3 s of grace
    warn: int = 60  # seconds before the end when the timer warns
    status: Literal["waiting", "current", "done"] = "waiting"
    revealed: bool = False
    revealed_at: int = 0
    started_at: int = 0  # first entry
    left_at: int = 0  # last exit, 0 while current or never entered
    spent: int = 0  # ms already spent in it, past visits only
    entered_at: int = 0  # of the current visit


class Script(Record, tag="script", frozen=True, kw_only=True):
    """What only facilitators read about a block; same id as the block."""

    text: str


class Takeaway(Record, tag="takeaway", frozen=True, kw_only=True):
    """« Ce que nous retenons » of a block, for the minutes; same id as the block."""

    text: str
