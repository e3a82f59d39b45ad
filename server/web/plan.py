"""How a session's card on the home page sums it up: when, in which state, and the one thing to do next."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from facilitation import agenda, wording
from facilitation.lab import Entry
from facilitation.report import Report, derive
from facilitation.state import State
from server.web.i18n import Words

MINUTE = 60_000


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A session on the home page: two lines about it, one action with its path, and quieter ones, as (icon, words, path)."""

    id: str
    title: str
    when: str
    about: str
    action: str
    path: str
    others: tuple[tuple[str, str, str], ...] = ()


def time_of_day(text: str, said: Words) -> str:
    """« 9 h 30 » for "09:30"; what came, if it is no time."""
    hour, _, minute = text.partition(":")
    return wording.clock(int(hour), int(minute), said.language) if hour.isdigit() and minute.isdigit() else text


def moment(state: State, said: Words) -> str:
    """« Jeudi 5 novembre 2026, 14 h », or that the date is still to be fixed."""
    session = state.session
    if not session.date:
        return said("Date à fixer")
    day = wording.day_of(session.date, said.language, weekday=True)
    day = day[:1].upper() + day[1:]
    return f"{day}, {time_of_day(session.start, said)}" if session.start else day


def held(state: State, said: Words) -> str:
    """« Mercredi 14 octobre 2026, 9 h 30 à 11 h 03 » once it has run; the announced date and time before."""
    session = state.session
    if not session.opened_at:
        return moment(state, said)
    day = wording.day(wording.local(session.opened_at, session.timezone).date(), said.language, weekday=True)
    day = day[:1].upper() + day[1:]
    begun = wording.time_of(session.opened_at, session.timezone, said.language)
    if not session.ended_at:
        return said("{day}, depuis {begun}", day=day, begun=begun)
    return said(
        "{day}, {begun} à {ended}",
        day=day, begun=begun, ended=wording.time_of(session.ended_at, session.timezone, said.language),
    )  # fmt: skip


def opening(state: State, said: Words) -> str:
    """« L’atelier ouvre le 14 octobre 2026 à 9 h 30. », or "" while the date is not fixed."""
    session = state.session
    if not session.date:
        return ""
    day = wording.day_of(session.date, said.language)
    if not session.start:
        return said("L’atelier ouvre le {day}.", day=day)
    return said("L’atelier ouvre le {day} à {time}.", day=day, time=time_of_day(session.start, said))


def erased_on(state: State, said: Words, now: int) -> str:
    """The date when names go: after closing it is known; before, counted from `now` (ms)."""
    session = state.session
    since = wording.local(session.closed_at or now, session.timezone) + timedelta(days=session.retention)
    return wording.day(since.date(), said.language)


def card(entry: Entry, state: State, said: Words, now: int) -> Card:
    """The card of a listed session; `now` (ms) tells when a running one should end."""
    path, session, report = f"/s/{entry.id}", state.session, derive(state)
    others: tuple[tuple[str, str, str], ...] = ()
    match session.status:
        case "preparing":
            when, about = moment(state, said), _plan(report, said)
            action, page = said("Continuer le plan") if report.steps else said("Choisir une méthode"), "preparer"
            others = (("send", said("Inviter"), f"{path}/preparer#inviter"),) if report.steps else ()
        case "open":
            when, about = _since(state, said, now), _progress(state, report, said)
            action, page = said("Reprendre l’animation"), "animer"
            others = (("pencil", said("Modifier le plan"), f"{path}/preparer"),)
        case "ended":
            when, about = held(state, said), _unfinished(report, said) or _outcome(report, said)
            action, page = said("Relire le compte rendu"), "relire"
            others = (("play", said("Revoir l’animation"), f"{path}/animer"),)
        case _:
            when, about, action, page = held(state, said), _outcome(report, said), said("Ouvrir le dossier"), "archive"
    return Card(
        id=entry.id, title=session.title, when=when, about=about, action=action, path=f"{path}/{page}", others=others
    )  # fmt: skip


def filed(entry: Entry, said: Words) -> Card:
    """The card of an archived session, from the lab's list alone: nothing is loaded for it."""
    day = wording.day_of(entry.date, said.language, weekday=True) if entry.date else ""
    when = day[:1].upper() + day[1:]
    return Card(
        id=entry.id, title=entry.title, when=when, about="", action=said("Ouvrir le dossier"), path=f"/s/{entry.id}/archive"
    )  # fmt: skip


def _since(state: State, said: Words, now: int) -> str:
    """« Depuis 9 h 30 · fin prévue à 11 h 03 »; only since when, once its last step is behind its time."""
    session = state.session
    begun = wording.time_of(session.opened_at, session.timezone, said.language)
    left, after = 0, not session.block
    for block in agenda.ordered(state):
        if block.id == session.block:
            spent = block.spent + (max(0, now - block.entered_at) if block.entered_at else 0)
            left, after = max(0, block.minutes * MINUTE - spent), True
        elif after:
            left += block.minutes * MINUTE
    if not left:
        return said("Depuis {time}", time=begun)
    return said(
        "Depuis {time} · fin prévue à {end}", time=begun, end=wording.time_of(now + left, session.timezone, said.language)
    )


def _unfinished(report: Report, said: Words) -> str:
    """What most needs a look before the minutes go out, or ""."""
    gaps = {gap.code: gap.count for gap in report.gaps}
    if without := gaps.get("action_without_who", 0):
        return said.count("{n} action sans responsable", "{n} actions sans responsable", without)
    return ""


def _plan(report: Report, said: Words) -> str:
    if not report.planned.minutes:
        return said("Plan vide")
    return said(
        "Plan de {length}, {share} collaboratif",
        length=wording.duration(report.planned.minutes, said.language),
        share=wording.percent(report.planned.working or 0.0, said.language),
    )


def _progress(state: State, report: Report, said: Words) -> str:
    people = said.count("{n} participant", "{n} participants", report.heads)
    ids = [block.id for block in agenda.ordered(state)]
    if state.session.block not in ids:
        return people
    place = ids.index(state.session.block) + 1
    return said("{people}, étape {place} sur {total}", people=people, place=place, total=len(ids))


def _outcome(report: Report, said: Words) -> str:
    """« 4 décisions, 6 actions », without what there is none of."""
    decisions, actions = len(report.decisions), len(report.actions)
    told = [said.count("{n} décision", "{n} décisions", decisions)] if decisions else []
    told += [said.count("{n} action", "{n} actions", actions)] if actions else []
    return ", ".join(told) or said("Ni décision ni action")
