"""Places and people: sites, seats, what people said of themselves, who sits before a shared device, who calls."""

from __future__ import annotations

from typing import Literal

from facilitation.records.base import Record, Role, Scope


class Site(Record, tag="site", frozen=True, kw_only=True):
    """A place people attend from; with `room`, also a physical room there and the heads expected in it."""

    name: str
    room: bool = False
    heads: int = 0
    rank: float = 0.0


class Practical(Record, tag="practical", frozen=True, kw_only=True):
    """What people need on the day and nobody afterwards. `id` is a site's; "session" holds the link of the video call."""

    room: str = ""  # where, in the building
    wifi: str = ""
    phone: str = ""
    video: str = ""  # https address


class Seat(Record, tag="seat", frozen=True, kw_only=True):
    """A person's, room device's or projector's place. The name lives here only. `heads` is 0 for who has no ballot."""

    name: str
    role: Role
    site: str = ""
    heads: int = 1
    scope: Scope = "facilitators"  # "everyone" once an authorship of this seat is shown
    generation: int = 0  # of the personal link; leaving or removal is the next one
    joined_at: int = 0
    removed: bool = False
    group: str = ""  # the group it works in, or last worked in; for a facilitator, the one stepped into
    device: str = ""  # the seat of the shared device where this person's ballot now is; `heads` is then 0


class Profile(Record, tag="profile", frozen=True, kw_only=True):
    """What a person chose to say of themselves at the door; same id as the seat."""

    service: str = ""
    department: str = ""
    manages: bool = False  # « j'encadre une équipe »


class Occupant(Record, tag="occupant", frozen=True, kw_only=True):
    """One head before a shared device: a letter, a name if given. `gone` keeps the authorship of who has left."""

    seat: str
    letter: str
    name: str = ""
    service: str = ""  # for the attendance
    person: str = ""  # the seat of somebody whose own device died and who moved here
    gone: bool = False


class Call(Record, tag="call", frozen=True, kw_only=True):
    """A hand raised or help asked for by a seat; same id as the seat."""

    reason: Literal["hand", "help"]
    at: int
