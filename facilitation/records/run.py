"""The session itself and what is said about it: its wall, its timer, its announcements, its archive."""

from __future__ import annotations

from typing import Literal

from facilitation.records.base import Record


class Session(Record, tag="session", frozen=True, kw_only=True):
    """The one record about the run itself. `status` goes preparing, open, ended, closing, closed; `ended` can be undone."""

    id: str = "session"
    title: str
    purpose: str = ""
    date: str = ""  # ISO date, local to `timezone`
    start: str = ""  # HH:MM
    timezone: str = "Europe/Paris"
    stays_open: str = ""  # « Ce qui reste ouvert »
    not_decided: str = ""  # « Ce qui n'est pas décidé d'avance »
    axis: str = ""  # a label of the lab's list, copied: an axis renamed later leaves this as it was
    reference: str = ""  # of the lab's own filing; at the head of the minutes
    method: str = ""  # id of the method the plan came from
    retention: int = 30  # days that personal data are kept after closing
    status: Literal["preparing", "open", "ended", "closing", "closed"] = "preparing"
    code: str = ""  # the 8-symbol join code
    block: str = ""  # id of the current block, "" before the first one
    locked: bool = False  # participants may look, not touch
    locked_at: int = 0
    door_closed: bool = False  # no new seat is given; who is seated stays, and comes back
    rehearsal: bool = False  # a copy in memory for trying out: never archived, gone when the session opens
    publish_on: str = ""  # ISO date from which participants read the minutes at their link, "" when not announced
    list_present: bool = False  # « Faire figurer les présents »
    generations: dict[str, int] = {}  # role -> generation of its link; revoking is the next one
    created_at: int = 0
    opened_at: int = 0
    ended_at: int = 0
    closed_at: int = 0


class Timer(Record, tag="timer", frozen=True, kw_only=True):
    """The countdown of the current block. Running: `deadline` on the server clock. Paused: `remaining`. `total` is its length."""

    id: str = "timer"
    block: str
    total: int
    deadline: int = 0
    remaining: int = 0


class Announcement(Record, tag="announcement", frozen=True, kw_only=True):
    """The last thing said to everyone by the facilitators."""

    id: str = "announcement"
    text: str
    at: int


class Wall(Record, tag="wall", frozen=True, kw_only=True):
    """What the projector does beside following the block: a page, a hold, or a view chosen instead ("" = follow)."""

    id: str = "wall"
    view: Literal["", "accueil", "ecrire", "lire", "regrouper", "voter", "resultat", "actions", "fin"] = ""
    focus: str = ""  # id of the zone, cluster, note, round or group shown
    page: int = 0
    held: bool = False
    turning: int = 0  # seconds between pages; 0 = turned by hand


class Excused(Record, tag="excused", frozen=True, kw_only=True):
    """« Excusés »: who could not come, as typed for the minutes."""

    id: str = "excused"
    text: str


class Approval(Record, tag="approval", frozen=True, kw_only=True):
    """Who approved the minutes, and when; without it they are a draft. It holds for the next version that is archived."""

    id: str = "approval"
    by: str
    on: str  # ISO date


class Archive(Record, tag="archive", frozen=True, kw_only=True):
    """A bundle of the session: file names, sizes in bytes and SHA-256 of its two parts. `id` is "v<version>"; the last counts."""

    version: int
    at: int
    shared: str  # file name of the « diffusion » part
    shared_size: int
    shared_hash: str
    reserved: str  # file name of the « réserve » part
    reserved_size: int
    reserved_hash: str


class Purge(Record, tag="purge", frozen=True, kw_only=True):
    """That personal data were erased: when and by which rule."""

    at: int
    rule: str
