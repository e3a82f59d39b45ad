"""What the deliverables say, derived from a State: no format, no sentence, no language here.

The same report feeds the minutes, the offline page, the tables and the archive page, so their figures agree. Notes
withdrawn, set aside or never revealed are not in it, nor any author; what a group wrote is. Names of people are there only
on request (`names`): without it there is no field to leak from. Lengths are whole minutes, shares go from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from facilitation.attended import Person, attended, by_service
from facilitation.boarded import BoardPart, boards_of, is_public, written
from facilitation.counted import RoundPart, rounds_of
from facilitation.grouped import PartitionPart, partitions_of
from facilitation.records import (
    Approval,
    Block,
    Cluster,
    Excused,
    Nature,
    Note,
    Round,
    Session,
    Sheet,
    Site,
    Takeaway,
)
from facilitation.rights import DRIVERS
from facilitation.state import State

MINUTE = 60_000


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of the report."""


class SitePart(_Part, frozen=True, kw_only=True):
    """Who attended from a place. `heads` counts people who take part; `shared` of them sat before a shared device."""

    name: str
    room: bool
    heads: int
    shared: int
    services: tuple[tuple[str, int], ...]  # service ("": not said) and people, by name


class Step(_Part, frozen=True, kw_only=True):
    """A block as planned and as it ran; `actual` is None when it never ran."""

    id: str
    title: str
    nature: Nature
    instruction: str
    planned: int
    actual: int | None
    started_at: int
    secret: bool  # notes were their authors' alone until the reveal
    authors_shown: bool
    takeaway: str  # « Ce que nous retenons »


class Share(_Part, frozen=True, kw_only=True):
    """Collaborative time over all time, and over the time without breaks; None when no time was spent."""

    minutes: int
    collaborative: int
    whole: float | None
    working: float | None


class SheetPart(_Part, frozen=True, kw_only=True):
    """A decision, an action or a parked point, numbered within its type. `when` is an ISO date or ""."""

    id: str
    number: int
    what: str
    who: str
    when: str
    origin: str  # the text or title of the note or cluster that it came from, if it still shows


Missing = Literal[
    "no_purpose", "no_date", "no_decision", "action_without_who", "action_without_when", "cluster_untitled",
    "round_not_shown", "notes_aside", "notes_unrevealed", "share_under_half", "step_without_takeaway",
]  # fmt: skip


class ApprovalPart(_Part, frozen=True, kw_only=True):
    """Who approved the minutes, and when (ISO date)."""

    by: str
    on: str


class Gap(_Part, frozen=True, kw_only=True):
    """Something a reader would miss: a code, how many, and where (ids)."""

    code: Missing
    count: int
    ids: tuple[str, ...] = ()


class Report(_Part, frozen=True, kw_only=True):
    """Everything that the deliverables say. `people` and `excused` are empty unless names were asked for.

    Minutes without an `approval` are a draft.
    """

    title: str
    purpose: str
    stays_open: str
    not_decided: str
    axis: str
    reference: str
    method: str
    approval: ApprovalPart | None
    publish_on: str
    date: str
    timezone: str
    opened_at: int
    ended_at: int
    closed_at: int
    retention: int
    sites: tuple[SitePart, ...]
    heads: int
    leading: int  # facilitators and co-facilitators
    observing: int
    services: tuple[tuple[str, int], ...]
    people: tuple[Person, ...]
    excused: str
    groups: tuple[PartitionPart, ...]
    steps: tuple[Step, ...]
    planned: Share
    actual: Share
    boards: tuple[BoardPart, ...]
    rounds: tuple[RoundPart, ...]
    decisions: tuple[SheetPart, ...]
    actions: tuple[SheetPart, ...]
    parking: tuple[SheetPart, ...]
    gaps: tuple[Gap, ...]

    @property
    def notes(self) -> int:
        """How many notes it holds, those carried from a group counted once."""
        return written(self.boards)


def derive(state: State, *, names: bool = False, unshown: bool = False) -> Report:
    """The report of a state. `names` lists who was there; `unshown` also counts rounds that were never shown to everyone.

    Raises LookupError on a state without a session.
    """
    session = state.session
    blocks = sorted(state.all(Block), key=lambda block: (block.rank, block.id))
    steps = tuple(_step(state, block) for block in blocks)
    boards = boards_of(state)
    sheets = {kind: _sheets(state, kind) for kind in ("decision", "action", "parking")}
    people = attended(state)
    planned, actual = _share(steps, actual=False), _share(steps, actual=True)
    excused = state.find(Excused, "excused") if names else None
    return Report(
        **_described(session), approval=_approval(state), sites=_sites(state, people),
        heads=sum(one.heads for one in people), leading=sum(one.role in DRIVERS for one in people),
        observing=sum(one.role == "observer" for one in people), services=by_service(people),
        people=tuple(one for one in people if not one.left) if names else (), excused=excused.text if excused else "",
        groups=partitions_of(state, names=names), steps=steps, planned=planned, actual=actual, boards=boards,
        rounds=rounds_of(state, unshown=unshown), decisions=sheets["decision"], actions=sheets["action"],
        parking=sheets["parking"], gaps=tuple(_gaps(state, steps, sheets["decision"], sheets["action"])),
    )  # fmt: skip


_SAID = (
    "title", "purpose", "stays_open", "not_decided", "axis", "reference", "method", "publish_on", "date", "timezone",
    "opened_at", "ended_at", "closed_at", "retention",
)  # fmt: skip
"""What the report says of the session in its own words."""


def _described(session: Session) -> dict[str, Any]:
    return {name: getattr(session, name) for name in _SAID}


def _approval(state: State) -> ApprovalPart | None:
    found = state.find(Approval, "approval")
    return ApprovalPart(by=found.by, on=found.on) if found else None


# --- people ------------------------------------------------------------------------------------------------------


def _sites(state: State, people: tuple[Person, ...]) -> tuple[SitePart, ...]:
    sites = sorted(state.all(Site), key=lambda site: (site.rank, site.id))
    parts = []
    for site in [*sites, None]:
        here = [one for one in people if one.place == (site.id if site else "")]
        heads = sum(one.heads for one in here)
        if site or heads:
            parts.append(
                SitePart(
                    name=site.name if site else "",
                    room=bool(site and site.room),
                    heads=heads,
                    shared=sum(one.heads for one in here if one.role == "room" or one.device),
                    services=by_service(here),
                )
            )
    return tuple(parts)


# --- time --------------------------------------------------------------------------------------------------------


def _step(state: State, block: Block) -> Step:
    ran = bool(block.started_at)
    takeaway = state.find(Takeaway, block.id)
    return Step(
        id=block.id, title=block.title, nature=block.nature, instruction=block.instruction, planned=block.minutes,
        actual=round(block.spent / MINUTE) if ran else None, started_at=block.started_at,
        secret=block.notes == "author", authors_shown=block.authors == "shown",
        takeaway=takeaway.text if takeaway else "",
    )  # fmt: skip


def _share(steps: tuple[Step, ...], *, actual: bool) -> Share:
    def total(*natures: Nature) -> int:
        return sum((one.actual or 0) if actual else one.planned for one in steps if one.nature in natures)

    whole = total("collaborative", "top-down", "pause", "logistics")
    working, together = whole - total("pause"), total("collaborative")
    return Share(
        minutes=whole,
        collaborative=together,
        whole=together / whole if whole else None,
        working=together / working if working else None,
    )


# --- sheets ------------------------------------------------------------------------------------------------------


def _sheets(state: State, kind: str) -> tuple[SheetPart, ...]:
    """The sheets of a type; actions by due date, those without one last; others as they were written."""
    kept = [sheet for sheet in state.all(Sheet) if sheet.type == kind and not sheet.removed]
    dated = kind == "action"
    kept.sort(key=lambda one: (dated and (one.when or "9999"), one.rank, one.at, one.id))
    return tuple(
        SheetPart(id=one.id, number=number, what=one.what, who=one.who, when=one.when, origin=_origin(state, one.origin))
        for number, one in enumerate(kept, 1)
    )


def _origin(state: State, id: str) -> str:
    note = state.find(Note, id)
    if note is not None:
        return note.text if is_public(note) else ""
    cluster = state.find(Cluster, id)
    return cluster.title if cluster else ""


# --- what is missing ---------------------------------------------------------------------------------------------


def _gaps(
    state: State, steps: tuple[Step, ...], decisions: tuple[SheetPart, ...], actions: tuple[SheetPart, ...]
) -> Iterable[Gap]:
    session = state.session
    if not session.purpose:
        yield Gap(code="no_purpose", count=1)
    if not session.date:
        yield Gap(code="no_date", count=1)
    if not decisions:
        yield Gap(code="no_decision", count=1)
    notes = list(state.all(Note))
    lists: tuple[tuple[Missing, tuple[str, ...]], ...] = (
        ("action_without_who", tuple(one.id for one in actions if not one.who)),
        ("action_without_when", tuple(one.id for one in actions if not one.when)),
        ("cluster_untitled", tuple(one.id for one in state.all(Cluster) if not one.title)),
        ("round_not_shown", tuple(one.id for one in state.all(Round) if one.status == "closed")),
        ("notes_aside", tuple(one.id for one in notes if one.aside and not one.withdrawn)),
        ("notes_unrevealed", tuple(one.id for one in notes if one.scope == "author" and not one.withdrawn)),
        ("step_without_takeaway", tuple(one.id for one in steps if _wants_takeaway(one))),
    )
    yield from (Gap(code=code, count=len(ids), ids=ids) for code, ids in lists if ids)
    planned, actual = _share(steps, actual=False), _share(steps, actual=True)
    share = actual.whole if actual.whole is not None else planned.whole
    if share is not None and share < 0.5:
        yield Gap(code="share_under_half", count=1)


def _wants_takeaway(step: Step) -> bool:
    """Whether a reader would ask what came of this step: people worked in it together, and nothing was retained."""
    return step.nature == "collaborative" and step.actual is not None and not step.takeaway
