"""Who may do what, when: one table of role x capability x block, and one of command x capability x phase.

A block grants capabilities to roles (`Block.rights`); facilitators drive at any time; nobody else has a
right that the current block does not give, save on what is their own.
"""

from __future__ import annotations

from typing import Literal

from facilitation.commands import (
    AddBlock,
    AddGroup,
    AddNotes,
    AddSheet,
    AdjustTimer,
    Announce,
    ApproveMinutes,
    CastBallot,
    CloseDoor,
    CloseRound,
    CloseSession,
    Command,
    DescribeSession,
    DismissOccupant,
    DissolveCluster,
    DrawGroups,
    EditBlock,
    EditNote,
    EditProfile,
    EditSheet,
    EndSession,
    EnterBlock,
    GatherNotes,
    Harvest,
    HoldWall,
    Join,
    ListExcused,
    LoadMethod,
    LockSession,
    LowerHand,
    MergeClusters,
    MoveBlock,
    MoveCluster,
    MoveNotes,
    MoveToDevice,
    NameOccupant,
    OpenRound,
    OpenSession,
    PauseTimer,
    PlaceInGroup,
    PlaceSeat,
    ProposeNote,
    PublishMinutes,
    PutPractical,
    PutSite,
    RaiseHand,
    RecallGroups,
    RecordArchive,
    ReleaseNotes,
    RemoveBlock,
    RemoveGroup,
    RemoveSeat,
    RemoveSheet,
    RemoveSite,
    RenameCluster,
    RenameGroup,
    RenameSeat,
    RestoreNotes,
    ResumeSession,
    ResumeTimer,
    RevealNotes,
    ReviseSession,
    RevokeLink,
    SetAside,
    SetHeads,
    ShowGroup,
    ShowRound,
    SplitCluster,
    StartGroups,
    StartTimer,
    StepIn,
    StopTimer,
    TintNotes,
    TurnWall,
    WithdrawNotes,
    WriteScript,
    WriteTakeaway,
)
from facilitation.records import Block, Seat
from facilitation.state import State

Capability = Literal["drive", "own", "add", "edit", "move", "cluster", "vote", "sheet", "park", "server"]

BLOCK_CAPABILITIES: tuple[Capability, ...] = ("add", "edit", "move", "cluster", "vote", "sheet", "park")
"""What a block may grant: add notes; edit (any visible note); move (any visible note); cluster; vote; sheet; park."""

DRIVERS = ("facilitator", "cofacilitator")

PREPARING, OPEN, ENDED = "preparing", "open", "ended"  # the phases in which a person may ask anything
BEFORE, RUNNING, AFTER, PLANNING, REVIEW, ANY = (
    (PREPARING,),
    (OPEN,),
    (ENDED,),
    (PREPARING, OPEN),
    (OPEN, ENDED),
    (PREPARING, OPEN, ENDED),
)
CLOSED = "closed"  # archived: only taking it up again, and saying when participants may read, are still asked

RIGHTS: dict[type[Command], tuple[Capability, tuple[str, ...]]] = {
    DescribeSession: ("drive", ANY), PutSite: ("drive", ANY), RemoveSite: ("drive", ANY),
    OpenSession: ("drive", BEFORE), EndSession: ("drive", RUNNING), ResumeSession: ("drive", AFTER),
    CloseSession: ("drive", AFTER), RecordArchive: ("server", ("closing",)), ReviseSession: ("drive", (CLOSED,)),
    PutPractical: ("drive", ANY), ListExcused: ("drive", ANY), ApproveMinutes: ("drive", AFTER),
    PublishMinutes: ("drive", (*ANY, CLOSED)), CloseDoor: ("drive", PLANNING), WriteTakeaway: ("drive", REVIEW),
    LockSession: ("drive", RUNNING), Announce: ("drive", ANY), RevokeLink: ("drive", ANY),
    Join: ("server", ANY), RenameSeat: ("own", ANY), EditProfile: ("own", ANY), RemoveSeat: ("drive", ANY),
    SetHeads: ("own", ANY), NameOccupant: ("own", ANY), DismissOccupant: ("own", ANY),
    PlaceSeat: ("drive", ANY), MoveToDevice: ("own", RUNNING),
    DrawGroups: ("drive", RUNNING), AddGroup: ("drive", RUNNING), RenameGroup: ("drive", REVIEW),
    RemoveGroup: ("drive", RUNNING), PlaceInGroup: ("drive", RUNNING), StartGroups: ("drive", RUNNING),
    RecallGroups: ("drive", RUNNING), StepIn: ("drive", RUNNING), ShowGroup: ("drive", REVIEW), Harvest: ("drive", REVIEW),
    RaiseHand: ("own", RUNNING), LowerHand: ("own", REVIEW),
    LoadMethod: ("drive", BEFORE), AddBlock: ("drive", PLANNING), EditBlock: ("drive", ANY), MoveBlock: ("drive", PLANNING),
    RemoveBlock: ("drive", PLANNING), WriteScript: ("drive", ANY), EnterBlock: ("drive", RUNNING),
    AddNotes: ("add", REVIEW), ProposeNote: ("own", RUNNING), EditNote: ("own", REVIEW), MoveNotes: ("own", REVIEW),
    TintNotes: ("own", REVIEW), WithdrawNotes: ("own", REVIEW), RestoreNotes: ("own", REVIEW),
    SetAside: ("drive", REVIEW), RevealNotes: ("drive", REVIEW),
    GatherNotes: ("cluster", REVIEW), ReleaseNotes: ("cluster", REVIEW), RenameCluster: ("cluster", REVIEW),
    MoveCluster: ("cluster", REVIEW), MergeClusters: ("cluster", REVIEW), SplitCluster: ("cluster", REVIEW),
    DissolveCluster: ("cluster", REVIEW),
    OpenRound: ("drive", RUNNING), CastBallot: ("vote", RUNNING), CloseRound: ("drive", REVIEW), ShowRound: ("drive", REVIEW),
    StartTimer: ("drive", RUNNING), PauseTimer: ("drive", RUNNING), ResumeTimer: ("drive", RUNNING),
    AdjustTimer: ("drive", RUNNING), StopTimer: ("drive", RUNNING),
    AddSheet: ("sheet", REVIEW), EditSheet: ("sheet", REVIEW), RemoveSheet: ("sheet", REVIEW),
    TurnWall: ("drive", ANY), HoldWall: ("drive", ANY),
}  # fmt: skip
"""Command -> what it takes, and the phases in which it may be asked. In `ended`, facilitators only.

"own" lets any seated person through to the rule, which asks whether the thing is theirs. A rule looks further
for "add" (grace after the block has gone), "sheet" (a parked point takes only "park") and "move" (one's own notes).
"""


def drives(seat: Seat) -> bool:
    """Whether this seat is a facilitator's or co-facilitator's."""
    return seat.role in DRIVERS and not seat.removed


def grants(block: Block | None, role: str, capability: str) -> bool:
    """Whether a block gives a role a capability. A room has the participants' rights unless the block names rooms."""
    if block is None:
        return False
    given = block.rights.get(role)
    if given is None and role == "room":
        given = block.rights.get("participant")
    return capability in (given or ())


def may(state: State, seat: Seat, capability: str) -> bool:
    """Whether a seat has a capability now: facilitators always (save voting), others as the current block says, unlocked."""
    if seat.removed or seat.role == "projector":
        return False
    if drives(seat):
        return capability != "vote" or grants(state.block, seat.role, "vote")
    session = state.session
    return session.status == "open" and not session.locked and grants(state.block, seat.role, capability)
