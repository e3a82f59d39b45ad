"""Everything a person may ask, by noun: what they want, never diffs. Every field has its bound.

A command's wire name is its class name in snake case (`AddNotes` is "add_notes"). Texts are cleaned and
measured by the rules, which can say what is wrong; the bounds here only stop what no page would send.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType

from facilitation.records import Nature, Role, RoundPlan, SheetType, Tint, View

Id = Annotated[str, Meta(max_length=80)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=200)]
Line = Annotated[str, Meta(max_length=400)]
Text = Annotated[str, Meta(max_length=4000)]
Coordinate = Annotated[float, Meta(ge=-20000, le=40000)]
Count = Annotated[int, Meta(ge=0, le=600)]
Minutes = Annotated[int, Meta(ge=0, le=600)]


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An intent. Subclasses are the whole catalogue."""


# --- session ---------------------------------------------------------------------------------------------------


class DescribeSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what the session says of itself; fields left out stay as they are."""

    title: Line | UnsetType = UNSET
    purpose: Text | UnsetType = UNSET
    date: Line | UnsetType = UNSET
    start: Line | UnsetType = UNSET
    axis: Line | UnsetType = UNSET
    retention: int | UnsetType = UNSET
    list_present: bool | UnsetType = UNSET


class PutSite(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Add a site (`site` "") or change one."""

    site: Id = ""
    name: Line
    room: bool = False
    heads: Count = 0


class RemoveSite(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take away a site where nobody sits."""

    site: Id


class OpenSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let people in and act; enters the first block when none is current."""


class EndSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stop everyone's input; the facilitators can still correct, or resume."""


class ResumeSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Undo `EndSession`."""


class CloseSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Freeze for good (status closing); the server then writes the bundle."""


class RecordArchive(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server's own: the bundle is written, the session is closed."""

    shared: Line
    shared_size: int
    shared_hash: Line
    reserved: Line
    reserved_size: int
    reserved_hash: Line


class LockSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Suspend or give back everyone's input at once."""

    locked: bool


class Announce(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say something to everyone; an empty text takes the announcement down."""

    text: Text


class RevokeLink(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stop a role's link: its next generation replaces it. Seats already taken stay."""

    role: Role


# --- people ----------------------------------------------------------------------------------------------------


class Join(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server's own, after a link was checked: take the seat whose random id it has drawn."""

    seat: Id
    name: Line
    role: Role
    site: Id = ""
    service: Line = ""
    department: Line = ""
    manages: bool = False
    heads: Count = 1


class RenameSeat(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change one's own name, or anyone's as facilitator."""

    seat: Id
    name: Line


class EditProfile(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what one said of oneself at the door."""

    site: Id | UnsetType = UNSET
    service: Line | UnsetType = UNSET
    department: Line | UnsetType = UNSET
    manages: bool | UnsetType = UNSET


class RemoveSeat(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a seat away; what it wrote stays."""

    seat: Id


class SetHeads(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say how many people share a room's device."""

    seat: Id
    heads: Count


class NameOccupant(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name one head before a shared device; an empty name gives the letter back."""

    occupant: Id
    name: Line


class DismissOccupant(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named head leaves the shared device: one head less."""

    occupant: Id


class RaiseHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask to speak, or for the facilitators' help."""

    reason: Literal["hand", "help"] = "hand"


class LowerHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take down one's own call, or anyone's as facilitator."""

    seat: Id


# --- agenda ----------------------------------------------------------------------------------------------------


class LoadMethod(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make the plan, boards and zones from a method, in place of the present plan; before opening only."""

    method: Id


class AddBlock(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Add a block after another ("" = first)."""

    after: Id = ""
    title: Line
    minutes: Minutes
    nature: Nature = "collaborative"
    view: View = "ecrire"
    board: Id = ""


class EditBlock(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change a block; fields left out stay as they are."""

    block: Id
    title: Line | UnsetType = UNSET
    minutes: Minutes | UnsetType = UNSET
    nature: Nature | UnsetType = UNSET
    view: View | UnsetType = UNSET
    board: Id | UnsetType = UNSET
    instruction: Text | UnsetType = UNSET
    wall: Line | UnsetType = UNSET
    notes: Literal["everyone", "author"] | UnsetType = UNSET
    authors: Literal["shown", "hidden"] | UnsetType = UNSET
    rights: dict[str, tuple[str, ...]] | UnsetType = UNSET
    round: RoundPlan | UnsetType | None = UNSET
    sheets: tuple[SheetType, ...] | UnsetType = UNSET
    end: Literal["soft", "firm"] | UnsetType = UNSET
    warn: int | UnsetType = UNSET


class MoveBlock(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a block after another ("" = first)."""

    block: Id
    after: Id = ""


class RemoveBlock(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a block that has not served out of the plan."""

    block: Id


class WriteScript(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write what only facilitators read about a block."""

    block: Id
    text: Text


class EnterBlock(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make a block current, forwards or back; what was revealed stays revealed."""

    block: Id


# --- notes -----------------------------------------------------------------------------------------------------


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


# --- clusters --------------------------------------------------------------------------------------------------


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


# --- rounds ----------------------------------------------------------------------------------------------------


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


# --- timer -----------------------------------------------------------------------------------------------------


class StartTimer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Start the countdown of the current block; without `seconds`, for the block's minutes."""

    seconds: Annotated[int, Meta(ge=1, le=36000)] | UnsetType = UNSET


class PauseTimer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the countdown."""


class ResumeTimer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let a held countdown go on."""


class AdjustTimer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Add or take seconds (the buttons say one minute). From zero, +1 min starts again from now."""

    seconds: Annotated[int, Meta(ge=-36000, le=36000)]


class StopTimer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take the countdown away."""


# --- sheets ----------------------------------------------------------------------------------------------------


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


# --- wall ------------------------------------------------------------------------------------------------------


class TurnWall(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the wall's view ("" follows the block), what it looks at, and its page."""

    view: View | Literal[""] = ""
    focus: Id = ""
    page: Annotated[int, Meta(ge=0, le=999)] = 0


class HoldWall(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Freeze the wall on what it shows, or let it go on."""

    held: bool


AnyCommand = Union[tuple(Command.__subclasses__())]  # type: ignore[valid-type]

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
