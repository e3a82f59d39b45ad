"""The session itself: describing, opening, ending, closing it; its sites, links, door, lock and announcement."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from facilitation import agenda, apart, texts
from facilitation.bounds import date, time, within
from facilitation.commands import (
    Announce,
    CloseDoor,
    CloseSession,
    DescribeSession,
    EndSession,
    LockSession,
    OpenSession,
    PutPractical,
    PutSite,
    RecordArchive,
    RemoveSite,
    ResumeSession,
    ReviseSession,
    RevokeLink,
)
from facilitation.context import Context
from facilitation.records import (
    Announcement,
    Approval,
    Archive,
    Authorship,
    Call,
    Practical,
    Round,
    Seat,
    Session,
    Site,
    Timer,
    kind_of,
)
from facilitation.rejections import Refused
from facilitation.state import Change, Put, Remove, State, change

RETENTION = (1, 365)  # days: CNIL asks for a stated end, a lab's year of projects is the longest use seen
SITES = 40


def describe(state: State, command: DescribeSession, context: Context) -> tuple[Change, ...]:
    """S1. Only what was given changes, and only to something sensible."""
    given: dict[str, Any] = {}
    if command.title is not UNSET:
        given["title"] = texts.title(command.title)
    if command.purpose is not UNSET:
        given["purpose"] = texts.clean(command.purpose, 600, empty=True)
    for name in ("stays_open", "not_decided"):
        if (value := getattr(command, name)) is not UNSET:
            given[name] = texts.clean(value, 600, empty=True)
    if command.reference is not UNSET:
        given["reference"] = texts.clean(command.reference, 80, lines=False, empty=True)
    if command.axis is not UNSET:
        given["axis"] = texts.clean(command.axis, 120, lines=False, empty=True)
    if command.date is not UNSET:
        given["date"] = date(command.date)
    if command.start is not UNSET:
        given["start"] = time(command.start)
    if command.retention is not UNSET:
        given["retention"] = within(command.retention, *RETENTION)
    if command.list_present is not UNSET:
        given["list_present"] = command.list_present
    return change(state.session, **given)


def put_site(state: State, command: PutSite, context: Context) -> tuple[Change, ...]:
    """S2. A site without a room expects no heads in one."""
    name = texts.title(command.name)
    heads = command.heads if command.room else 0
    if command.site:
        site = state.find(Site, command.site)
        if site is None:
            raise Refused("unknown_record")
        return change(site, name=name, room=command.room, heads=heads)
    ranks = [site.rank for site in state.all(Site)]
    within(len(ranks) + 1, 1, SITES)
    rank = max(ranks, default=0.0) + 1
    return (Put(Site(id=context.new_id("site"), name=name, room=command.room, heads=heads, rank=rank)),)


def remove_site(state: State, command: RemoveSite, context: Context) -> tuple[Change, ...]:
    """S3. A site stays as long as someone sits there."""
    if state.find(Site, command.site) is None:
        raise Refused("unknown_record")
    if any(seat.site == command.site and not seat.removed for seat in state.all(Seat)):
        raise Refused("site_in_use")
    practical = (Remove("practical", command.site),) if state.find(Practical, command.site) else ()
    return (Remove("site", command.site), *practical)


def put_practical(state: State, command: PutPractical, context: Context) -> tuple[Change, ...]:
    """S15. What people need on the day is kept apart from the session, so that no archive carries it."""
    if command.site and state.find(Site, command.site) is None:
        raise Refused("unknown_record")
    id = command.site or "session"
    given = {
        name: texts.clean(value, 400 if name == "video" else 200, lines=False, empty=True)
        for name in ("room", "wifi", "phone", "video")
        if (value := getattr(command, name)) is not UNSET
    }
    if given.get("video"):
        _https(given["video"])
    present = state.find(Practical, id)
    if present:
        return change(present, **given)
    return (Put(Practical(id=id, **given)),) if any(given.values()) else ()


def _https(address: str) -> None:
    if not address.startswith("https://") or " " in address:
        raise Refused("bad_link", value=address[:80])


def open_session(state: State, command: OpenSession, context: Context) -> tuple[Change, ...]:
    """S4. Opening enters the first block of the plan."""
    opened = change(state.session, status="open", opened_at=context.at)
    blocks = agenda.ordered(state)
    if state.session.block or not blocks:
        return opened
    return opened + agenda.entering(state.apply(opened), blocks[0], context)


def end(state: State, command: EndSession, context: Context) -> tuple[Change, ...]:
    """S5. Ending stops input, the timer and the current block's clock; nothing is lost, and `resume` undoes it."""
    stopped = change(state.session, status="ended", ended_at=context.at)
    stopped += apart.recalled(state, context.at) or tuple(Remove("timer", timer.id) for timer in state.all(Timer))
    if state.block:
        stopped += change(state.block, **agenda.paused(state.block, context.at))
    return stopped + tuple(Remove("call", call.id) for call in state.all(Call))


def resume(state: State, command: ResumeSession, context: Context) -> tuple[Change, ...]:
    """S6. Resuming gives the current block its clock back. An archived session is corrected, never resumed."""
    if state.session.closed_at:
        raise Refused("closed")
    resumed = change(state.session, status="open", ended_at=0)
    if state.block:
        resumed += change(state.block, entered_at=context.at)
    return resumed


def close(state: State, command: CloseSession, context: Context) -> tuple[Change, ...]:
    """S7. Closing freezes the session and lets go of every sealed authorship: who wrote in hidden blocks is known no more."""
    if state.session.rehearsal:
        raise Refused("rehearsing")
    if any(one.status == "open" for one in state.all(Round)):
        raise Refused("round_open")
    frozen = change(state.session, status="closing", closed_at=state.session.closed_at or context.at)
    return frozen + tuple(Remove(kind_of(one), one.id) for one in state.all(Authorship) if one.sealed)


def record_archive(state: State, command: RecordArchive, context: Context) -> tuple[Change, ...]:
    """S8. The session is closed by the commit that carries its bundle's hashes; earlier bundles stay on record."""
    previous = latest(state)
    version = previous.version + 1 if previous else 1
    archive = Archive(
        id=f"v{version}",
        version=version,
        at=context.at,
        shared=command.shared,
        shared_size=command.shared_size,
        shared_hash=command.shared_hash,
        reserved=command.reserved,
        reserved_size=command.reserved_size,
        reserved_hash=command.reserved_hash,
    )
    return (Put(archive), *change(state.session, status="closed"))


def latest(state: State) -> Archive | None:
    """The last bundle of a session, or None before the first."""
    return max(state.all(Archive), key=lambda archive: archive.version, default=None)


def revise(state: State, command: ReviseSession, context: Context) -> tuple[Change, ...]:
    """S16. An archived session can be corrected and archived again; personal data are kept no longer for that.

    An approval held for what was archived: the corrected minutes are a draft until somebody approves them.
    """
    approved = (Remove("approval", "approval"),) if state.find(Approval, "approval") else ()
    return change(state.session, status="ended") + approved


def close_door(state: State, command: CloseDoor, context: Context) -> tuple[Change, ...]:
    """S17. A closed door gives no new seat but to those who help run the workshop; who is seated stays, and comes back."""
    return change(state.session, door_closed=command.closed)


def lock(state: State, command: LockSession, context: Context) -> tuple[Change, ...]:
    """S9. Locking suspends everyone's input but the facilitators'."""
    if command.locked == state.session.locked:
        return ()
    return change(state.session, locked=command.locked, locked_at=context.at if command.locked else 0)


def announce(state: State, command: Announce, context: Context) -> tuple[Change, ...]:
    """S10. One announcement at a time; an empty one takes it down."""
    text = texts.clean(command.text, 300, empty=True)
    if text:
        return (Put(Announcement(text=text, at=context.at)),)
    return (Remove("announcement", "announcement"),) if state.find(Announcement, "announcement") else ()


def revoke_link(state: State, command: RevokeLink, context: Context) -> tuple[Change, ...]:
    """S11. A revoked link is replaced by its next generation; seats already taken stay."""
    generations = state.session.generations
    return change(state.session, generations={**generations, command.role: generations.get(command.role, 0) + 1})


def new_session(session: Session) -> tuple[Change, ...]:
    """The first commit of a session's log."""
    return (Put(session),)
