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
    CloseSession,
    DescribeSession,
    DismissOccupant,
    EditBlock,
    EditProfile,
    EndSession,
    EnterBlock,
    HoldWall,
    Join,
    LoadMethod,
    LockSession,
    LowerHand,
    MoveBlock,
    NameOccupant,
    OpenSession,
    PauseTimer,
    PutSite,
    RaiseHand,
    RecordArchive,
    RemoveBlock,
    RemoveSeat,
    RemoveSite,
    RenameSeat,
    ResumeSession,
    ResumeTimer,
    RevokeLink,
    SetHeads,
    StartTimer,
    StopTimer,
    TurnWall,
    WriteScript,
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

__all__ = [
    "COMMANDS",
    "SERVER_ONLY",
    "AddBlock",
    "AddNotes",
    "AddSheet",
    "AdjustTimer",
    "Announce",
    "CastBallot",
    "CloseRound",
    "CloseSession",
    "Command",
    "DescribeSession",
    "DismissOccupant",
    "DissolveCluster",
    "EditBlock",
    "EditNote",
    "EditProfile",
    "EditSheet",
    "EndSession",
    "EnterBlock",
    "GatherNotes",
    "HoldWall",
    "Join",
    "LoadMethod",
    "LockSession",
    "LowerHand",
    "MergeClusters",
    "MoveBlock",
    "MoveCluster",
    "MoveNotes",
    "NameOccupant",
    "NewNote",
    "NoteMove",
    "OpenRound",
    "OpenSession",
    "PauseTimer",
    "ProposeNote",
    "PutSite",
    "RaiseHand",
    "RecordArchive",
    "ReleaseNotes",
    "RemoveBlock",
    "RemoveSeat",
    "RemoveSheet",
    "RemoveSite",
    "RenameCluster",
    "RenameSeat",
    "RestoreNotes",
    "ResumeSession",
    "ResumeTimer",
    "RevealNotes",
    "RevokeLink",
    "SetAside",
    "SetHeads",
    "ShowRound",
    "SplitCluster",
    "StartTimer",
    "StopTimer",
    "TintNotes",
    "TurnWall",
    "WithdrawNotes",
    "WriteScript",
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
