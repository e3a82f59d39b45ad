"""Everything a person may ask, by noun: what they want, never diffs. Every field has its bound.

A command's wire name is its class name in snake case (`AddNotes` is "add_notes"). Texts are cleaned and
measured by the rules, which can say what is wrong; the bounds here only stop what no page would send.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from facilitation.commands.base import Command
from facilitation.commands.conducting import (
    AddBlock,
    AdjustTimer,
    Announce,
    ApproveMinutes,
    CloseDoor,
    CloseSession,
    DescribeSession,
    DismissOccupant,
    EditBlock,
    EditProfile,
    EndSession,
    EnterBlock,
    HoldWall,
    Join,
    ListExcused,
    LoadMethod,
    LockSession,
    LowerHand,
    MoveBlock,
    MoveToDevice,
    NameOccupant,
    OpenSession,
    PauseTimer,
    PlaceSeat,
    PublishMinutes,
    PutPractical,
    PutSite,
    RaiseHand,
    RecordArchive,
    RemoveBlock,
    RemoveSeat,
    RemoveSite,
    RenameSeat,
    ResumeSession,
    ResumeTimer,
    ReviseSession,
    RevokeLink,
    SetHeads,
    StartTimer,
    StopTimer,
    TurnWall,
    WriteScript,
    WriteTakeaway,
)
from facilitation.commands.contributing import (
    AddNotes,
    AddSheet,
    CastBallot,
    CloseRound,
    DissolveCluster,
    EditNote,
    EditSheet,
    GatherNotes,
    MergeClusters,
    MoveCluster,
    MoveNotes,
    NewNote,
    NoteMove,
    OpenRound,
    ProposeNote,
    ReleaseNotes,
    RemoveSheet,
    RenameCluster,
    RestoreNotes,
    RevealNotes,
    SetAside,
    ShowRound,
    SplitCluster,
    TintNotes,
    WithdrawNotes,
)
from facilitation.commands.grouping import (
    AddGroup,
    DrawGroups,
    Harvest,
    PlaceInGroup,
    RecallGroups,
    RemoveGroup,
    RenameGroup,
    ShowGroup,
    StartGroups,
    StepIn,
)

__all__ = [
    "COMMANDS",
    "SERVER_ONLY",
    "AddBlock",
    "AddGroup",
    "AddNotes",
    "AddSheet",
    "AdjustTimer",
    "Announce",
    "ApproveMinutes",
    "CastBallot",
    "CloseDoor",
    "CloseRound",
    "CloseSession",
    "Command",
    "DescribeSession",
    "DismissOccupant",
    "DissolveCluster",
    "DrawGroups",
    "EditBlock",
    "EditNote",
    "EditProfile",
    "EditSheet",
    "EndSession",
    "EnterBlock",
    "GatherNotes",
    "Harvest",
    "HoldWall",
    "Join",
    "ListExcused",
    "LoadMethod",
    "LockSession",
    "LowerHand",
    "MergeClusters",
    "MoveBlock",
    "MoveCluster",
    "MoveNotes",
    "MoveToDevice",
    "NameOccupant",
    "NewNote",
    "NoteMove",
    "OpenRound",
    "OpenSession",
    "PauseTimer",
    "PlaceInGroup",
    "PlaceSeat",
    "ProposeNote",
    "PublishMinutes",
    "PutPractical",
    "PutSite",
    "RaiseHand",
    "RecallGroups",
    "RecordArchive",
    "ReleaseNotes",
    "RemoveBlock",
    "RemoveGroup",
    "RemoveSeat",
    "RemoveSheet",
    "RemoveSite",
    "RenameCluster",
    "RenameGroup",
    "RenameSeat",
    "RestoreNotes",
    "ResumeSession",
    "ResumeTimer",
    "RevealNotes",
    "ReviseSession",
    "RevokeLink",
    "SetAside",
    "SetHeads",
    "ShowGroup",
    "ShowRound",
    "SplitCluster",
    "StartGroups",
    "StartTimer",
    "StepIn",
    "StopTimer",
    "TintNotes",
    "TurnWall",
    "WithdrawNotes",
    "WriteScript",
    "WriteTakeaway",
    "name_of",
    "parse",
]

SERVER_ONLY: frozenset[type[Command]] = frozenset({Join, RecordArchive})
"""Commands that only the server itself may ask; refused from the wire."""


def name_of(cls: type[Command]) -> str:
    """The wire name of a command class: its name in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


COMMANDS: dict[str, type[Command]] = {name_of(cls): cls for cls in Command.__subclasses__()}
"""Command classes by wire name."""


def parse(name: str, body: dict[str, Any]) -> Command:
    """The typed command of a wire name and body.

    Raises KeyError when no page may ask this name, and msgspec.ValidationError when the body does not fit.
    """
    cls = COMMANDS[name]
    if cls in SERVER_ONLY:
        raise KeyError(name)
    command: Command = msgspec.convert(body, cls)
    return command
