"""Conducting a session: describing and opening it, its people, its plan, its timer and its wall."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from facilitation.commands.base import Command, Count, Id, Line, Minutes, Text
from facilitation.records import GroupPlan, Nature, Role, RoundPlan, SheetType, View

# --- session ---------------------------------------------------------------------------------------------------------


class DescribeSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what the session says of itself; fields left out stay as they are."""

    title: Line | UnsetType = UNSET
    purpose: Text | UnsetType = UNSET
    stays_open: Text | UnsetType = UNSET
    not_decided: Text | UnsetType = UNSET
    reference: Line | UnsetType = UNSET
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


class PutPractical(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say what people need on the day: at a site, or (`site` "") where the video call is. Fields left out stay as they are."""

    site: Id = ""
    room: Line | UnsetType = UNSET
    wifi: Line | UnsetType = UNSET
    phone: Line | UnsetType = UNSET
    video: Line | UnsetType = UNSET


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


class ReviseSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take an archived session up again for correction; its bundle stays, and archiving again makes the next version."""


class ListExcused(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Type who could not come, for the minutes; an empty text takes the list away."""

    text: Text


class ApproveMinutes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say who approved the minutes, and when; an empty name makes them a draft again."""

    by: Line
    on: Line = ""


class PublishMinutes(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Promise participants the minutes from a day (ISO date) at their own link; "" takes the promise back."""

    on: Line


class CloseDoor(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give no new seat, or give them again. Who is seated stays and comes back."""

    closed: bool


class LockSession(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Suspend or give back everyone's input at once."""

    locked: bool


class Announce(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say something to everyone; an empty text takes the announcement down."""

    text: Text


class RevokeLink(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stop a role's link: its next generation replaces it. Seats already taken stay."""

    role: Role


# --- people ----------------------------------------------------------------------------------------------------------


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


class PlaceSeat(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Move a person to another site ("" = none); facilitators."""

    seat: Id
    site: Id = ""


class MoveToDevice(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Have a person whose own device died go on at a shared one, with their ballot; `device` "" takes them back to their own."""

    seat: Id
    device: Id = ""


class RemoveSeat(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take a seat away; what it wrote stays."""

    seat: Id


class SetHeads(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say how many people share a room's device."""

    seat: Id
    heads: Count


class NameOccupant(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name one head before a shared device, and its service; an empty name gives the letter back."""

    occupant: Id
    name: Line
    service: Line | UnsetType = UNSET


class DismissOccupant(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named head leaves the shared device: one head less."""

    occupant: Id


class RaiseHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask to speak, or for the facilitators' help."""

    reason: Literal["hand", "help"] = "hand"


class LowerHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Take down one's own call, or anyone's as facilitator."""

    seat: Id


# --- agenda ----------------------------------------------------------------------------------------------------------


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
    groups: GroupPlan | UnsetType | None = UNSET
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


class WriteTakeaway(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write « Ce que nous retenons » of a block; an empty text takes it away."""

    block: Id
    text: Text


# --- timer -----------------------------------------------------------------------------------------------------------


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


# --- wall ------------------------------------------------------------------------------------------------------------


class TurnWall(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Choose the wall's view ("" follows the block), what it looks at, and its page; `turning` seconds turn pages alone."""

    view: View | Literal[""] = ""
    focus: Id = ""
    page: Annotated[int, Meta(ge=0, le=999)] = 0
    turning: Annotated[int, Meta(ge=0, le=600)] | UnsetType = UNSET


class HoldWall(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Freeze the wall on what it shows, or let it go on."""

    held: bool
