"""What the deliverables say, derived from a State: no format, no sentence, no language here.

The same report feeds the minutes, the offline page, the tables and the archive page, so their figures agree. Notes
withdrawn, set aside or never revealed are not in it, nor any author. Names of people are there only on request
(`names`): without it there is no field to leak from. Lengths are whole minutes, shares go from 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from facilitation.boarded import BoardPart, boards_of, is_public
from facilitation.counted import RoundPart, rounds_of
from facilitation.records import Block, Cluster, Nature, Note, Profile, Role, Round, Seat, Sheet, Site
from facilitation.state import State

MINUTE = 60_000


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of the report."""


class Person(_Part, frozen=True, kw_only=True):
    """Somebody who was there, or a shared device (`role` "room") with its heads."""

    name: str
    role: Role
    site: str
    service: str = ""
    department: str = ""
    heads: int = 1


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
    "round_not_shown", "notes_aside", "notes_unrevealed", "share_under_half",
]  # fmt: skip


class Gap(_Part, frozen=True, kw_only=True):
    """Something a reader would miss: a code, how many, and where (ids)."""

    code: Missing
    count: int
    ids: tuple[str, ...] = ()


class Report(_Part, frozen=True, kw_only=True):
    """Everything that the deliverables say. `people` is empty unless names were asked for."""

    title: str
    purpose: str
    axis: str
    method: str
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
        """How many notes it holds."""
        return sum(board.count for board in self.boards)


def derive(state: State, *, names: bool = False, unshown: bool = False) -> Report:
    """The report of a state. `names` lists who was there; `unshown` also counts rounds that were never shown to everyone.

    Raises LookupError on a state without a session.
    """
    session = state.session
    blocks = sorted(state.all(Block), key=lambda block: (block.rank, block.id))
    steps = tuple(_step(block) for block in blocks)
    boards = boards_of(state)
    sheets = {kind: _sheets(state, kind) for kind in ("decision", "action", "parking")}
    seats = [seat for seat in state.all(Seat) if not seat.removed]
    planned, actual = _share(steps, actual=False), _share(steps, actual=True)
    return Report(
        title=session.title, purpose=session.purpose, axis=session.axis, method=session.method, date=session.date,
        timezone=session.timezone, opened_at=session.opened_at, ended_at=session.ended_at, closed_at=session.closed_at,
        retention=session.retention, sites=_sites(state, seats), heads=sum(_heads(seat) for seat in seats),
        leading=sum(seat.role in ("facilitator", "cofacilitator") for seat in seats),
        observing=sum(seat.role == "observer" for seat in seats),
        services=_services(state, seats), people=_people(state, seats) if names else (),
        steps=steps, planned=planned, actual=actual, boards=boards,
        rounds=rounds_of(state, unshown=unshown), decisions=sheets["decision"], actions=sheets["action"],
        parking=sheets["parking"], gaps=tuple(_gaps(state, sheets["decision"], sheets["action"], planned, actual)),
    )  # fmt: skip


# --- people ------------------------------------------------------------------------------------------------------


def _heads(seat: Seat) -> int:
    """People who take part at this seat: those who lead, observe or project are counted apart."""
    return seat.heads if seat.role in ("participant", "room") else 0


def _sites(state: State, seats: list[Seat]) -> tuple[SitePart, ...]:
    sites = sorted(state.all(Site), key=lambda site: (site.rank, site.id))
    parts = []
    for site in [*sites, None]:
        here = [seat for seat in seats if seat.site == (site.id if site else "") and _heads(seat)]
        if here or site:
            parts.append(
                SitePart(
                    name=site.name if site else "",
                    room=bool(site and site.room),
                    heads=sum(_heads(seat) for seat in here),
                    shared=sum(seat.heads for seat in here if seat.role == "room"),
                    services=_services(state, here),
                )
            )
    return tuple(parts)


def _services(state: State, seats: Iterable[Seat]) -> tuple[tuple[str, int], ...]:
    """People by the service they named, in the order of its name; those who named none last, under ""."""
    counts: Counter[str] = Counter()
    for seat in seats:
        if _heads(seat):
            profile = state.find(Profile, seat.id)
            counts[profile.service if profile and seat.role != "room" else ""] += _heads(seat)
    return tuple(sorted(counts.items(), key=lambda item: (item[0] == "", item[0].casefold(), item[0])))


def _people(state: State, seats: list[Seat]) -> tuple[Person, ...]:
    places = {site.id: (site.rank, site.name) for site in state.all(Site)}
    people = []
    for seat in seats:
        if seat.role == "projector":
            continue
        profile = state.find(Profile, seat.id) or Profile(id=seat.id)
        person = Person(
            name=seat.name, role=seat.role, site=places.get(seat.site, (0.0, ""))[1], service=profile.service,
            department=profile.department, heads=seat.heads if seat.role == "room" else 1,
        )  # fmt: skip
        people.append((places.get(seat.site, (1e9, ""))[0], person))
    return tuple(person for _, person in sorted(people, key=lambda one: (one[0], one[1].name.casefold(), one[1].name)))


# --- time --------------------------------------------------------------------------------------------------------


def _step(block: Block) -> Step:
    ran = bool(block.started_at)
    return Step(
        id=block.id, title=block.title, nature=block.nature, instruction=block.instruction, planned=block.minutes,
        actual=round(block.spent / MINUTE) if ran else None, started_at=block.started_at,
        secret=block.notes == "author", authors_shown=block.authors == "shown",
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
    state: State, decisions: tuple[SheetPart, ...], actions: tuple[SheetPart, ...], planned: Share, actual: Share
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
    )
    yield from (Gap(code=code, count=len(ids), ids=ids) for code, ids in lists if ids)
    share = actual.whole if actual.whole is not None else planned.whole
    if share is not None and share < 0.5:
        yield Gap(code="share_under_half", count=1)
