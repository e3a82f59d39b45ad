"""Contributing to it: notes, clusters, rounds and sheets."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from facilitation.commands.base import Command, Coordinate, Id, Ids, Line, Text
from facilitation.records import SheetType, Tint

# --- notes -----------------------------------------------------------------------------------------------------------


class NewNote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One note to add. Without `x` and `y` (-1), it is placed after the others of its zone."""

    text: Text
    zone: Id = ""
    tint: Tint = ""
    x: Coordinate = -1.0
    y: Coordinate = -1.0
    occupant: Id = ""  # the named person before a shared device
    seat: Id = ""  # typed for another seat, by a facilitator


class AddNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Add one note, or several pasted one per line. `block` is where they were begun: grace is counted from it."""

    board: Id
    block: Id = ""
    notes: Annotated[tuple[NewNote, ...], Meta(min_length=1, max_length=60)]


class ProposeNote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand a text that came too late to the facilitators: a note set aside, theirs to bring back."""

    board: Id
    zone: Id = ""
    text: Text


class EditNote(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rewrite a note whose `edition` one has read. If it changed meanwhile, both texts survive, side by side."""

    note: Id
    text: Text
    edition: int


class NoteMove(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one note goes. A `cluster` wins over `zone`; "" in both is the open board. `rank` orders it there."""

    note: Id
    zone: Id = ""
    cluster: Id = ""
    x: Coordinate = 0.0
    y: Coordinate = 0.0
    rank: float | UnsetType = UNSET


class MoveNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Move notes, by drag, arrow key or in words."""

    moves: Annotated[tuple[NoteMove, ...], Meta(min_length=1, max_length=200)]


class TintNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give notes a tint, where tint means something."""

    notes: Ids
    tint: Tint


class WithdrawNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take one's own notes back; they stay one's own to restore."""

    notes: Ids


class RestoreNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo `WithdrawNotes`."""

    notes: Ids


class SetAside(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take notes off everyone's board, or bring them back; facilitators."""

    notes: Ids
    aside: bool


class RevealNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show everyone the notes written in secret in a block, all together, in an order that says nothing."""

    block: Id


# --- clusters --------------------------------------------------------------------------------------------------------


class GatherNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put notes into a cluster, new (`cluster` "") or existing."""

    notes: Ids
    cluster: Id = ""
    title: Line = ""
    x: Coordinate = 0.0
    y: Coordinate = 0.0


class ReleaseNotes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take notes out of their cluster, onto its zone. A cluster left empty goes."""

    notes: Ids


class RenameCluster(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a cluster its title."""

    cluster: Id
    title: Line


class MoveCluster(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Move a cluster with its notes."""

    cluster: Id
    zone: Id = ""
    x: Coordinate
    y: Coordinate


class MergeClusters(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pour clusters into one of them, whose title stays."""

    into: Id
    clusters: Ids


class SplitCluster(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take some notes of a cluster into a new one beside it."""

    cluster: Id
    notes: Ids
    title: Line = ""


class DissolveCluster(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let all notes of a cluster go, and the cluster with them."""

    cluster: Id


# --- rounds ----------------------------------------------------------------------------------------------------------


class OpenRound(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Open a block's vote, freezing its options. `options` narrows them (a run-off); `runoff_of` names the tied round."""

    block: Id
    options: Annotated[tuple[Id, ...], Meta(max_length=200)] = ()
    runoff_of: Id = ""


class CastBallot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answer for one head of one's seat. `final` deposits it (a shared device passes on); otherwise it can change."""

    round: Id
    head: Annotated[int, Meta(ge=1, le=600)] = 1
    marks: Annotated[dict[Id, Annotated[int, Meta(ge=0, le=100)]], Meta(max_length=200)] = {}
    abstains: bool = False
    comment: Text = ""
    final: bool = False


class CloseRound(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """End the vote and count it. With `show`, the result goes to everyone in the same commit."""

    round: Id
    show: bool = False


class ShowRound(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show everyone the result of a closed round."""

    round: Id


# --- sheets ----------------------------------------------------------------------------------------------------------


class AddSheet(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write a decision, an action or a parked point, from a note (`origin`) or from nothing."""

    type: SheetType
    what: Text
    who: Line = ""
    when: Line = ""
    origin: Id = ""


class EditSheet(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change a sheet; fields left out stay as they are."""

    sheet: Id
    type: SheetType | UnsetType = UNSET
    what: Text | UnsetType = UNSET
    who: Line | UnsetType = UNSET
    when: Line | UnsetType = UNSET


class RemoveSheet(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a sheet away, or bring it back."""

    sheet: Id
    removed: bool = True
