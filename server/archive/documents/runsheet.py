"""The run sheet: each step with its clock time and minutes, what people read, and what only the facilitators read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitation import wording
from facilitation.records import Block, GroupPlan, RoundPlan, Script
from facilitation.report import derive
from facilitation.state import State
from server.archive.documents.invitation import Invitation, clock, minutes_of_day, when, where
from server.archive.documents.words import Words

TEMPLATE = "runsheet.typ"


def runsheet(state: State, given: Invitation, words: Words, *, materials: Sequence[str] = ()) -> dict[str, Any]:
    """The values of the document; `materials` are the method's."""
    _, report = words.gettext, derive(state)
    blocks = sorted(state.all(Block), key=lambda block: (block.rank, block.id))
    begun = minutes_of_day(given.session.start)
    steps, at = [], begun or 0
    for number, block in enumerate(blocks, 1):
        steps.append(_step(state, block, number, clock(at, words) if begun is not None else f"+{words.minutes(at)}", words))
        at += block.minutes
    share = report.planned.working
    return {
        "language": words.language,
        "lab": given.lab,
        "document": _("Déroulé d’animation"),
        "title": given.session.title,
        "purpose": given.session.purpose,
        "facts": _facts(given, words, materials),
        "summary": _("{length}, dont {share} de temps collaboratif hors pauses").format(
            length=words.minutes(given.minutes), share=words.percent(share)
        ) if steps else _("Le plan est encore vide."),
        "heads": [_("Heure"), _("Étape"), _("Ce que chacun lit"), _("Pour l’animation")],
        "steps": steps,
        "end": [clock(at, words), _("Fin")] if begun is not None and steps else [],
        "private": _("Document de l’animation\u00a0: ne pas projeter."),
    }  # fmt: skip


def _facts(given: Invitation, words: Words, materials: Sequence[str]) -> list[tuple[str, str]]:
    _, session = words.gettext, given.session
    facts = [
        (_("Quand"), when(given, words) or _("Date à fixer")),
        (_("Où"), words.semicolon.join(where(venue, words) for venue in given.venues)),
        (_("Téléphone"), words.semicolon.join(f"{one.name}{words.colon}{one.phone}" for one in given.venues if one.phone)),
        (_("Visioconférence"), given.video),
        (_("Ce qui reste ouvert"), session.stays_open),
        (_("Ce qui n’est pas décidé d’avance"), session.not_decided),
        (_("À préparer"), words.semicolon.join(_(one) for one in materials)),
    ]
    return [(label, text) for label, text in facts if text]


def _step(state: State, block: Block, number: int, time: str, words: Words) -> dict[str, Any]:
    script = state.find(Script, block.id)
    return {
        "number": str(number),
        "time": time,
        "minutes": words.minutes(block.minutes),
        "title": block.title,
        "nature": _nature(block, words),
        "together": block.nature == "collaborative",
        "instruction": block.instruction,
        "marks": _marks(block, words),
        "script": script.text if script else "",
    }


def _nature(block: Block, words: Words) -> str:
    _ = words.gettext
    return {
        "collaborative": _("Collaboratif"), "top-down": _("Descendant"), "pause": _("Pause"), "logistics": _("Logistique"),
    }[block.nature]  # fmt: skip


def _marks(block: Block, words: Words) -> list[str]:
    """What the step asks of the person who drives it, in a few words each."""
    _ = words.gettext
    said = []
    if block.notes == "author":
        said.append(_("Notes secrètes jusqu’à la révélation"))
    if block.round:
        said.append(_vote(block.round, words))
    if block.groups:
        said.append(_groups(block.groups, words))
    if block.end == "firm":
        said.append(_("L’écriture s’arrête au bout du temps"))
    return said


def _vote(plan: RoundPlan, words: Words) -> str:
    _ = words.gettext
    kind = _("vote secret") if plan.secret else _("vote ouvert")
    if plan.method == "dots":
        told = _("Vote\u00a0: {dots} au plus, {cap} par choix, {kind}")
        return told.format(dots=words.dots(plan.budget), cap=plan.cap, kind=kind)
    return _("Échelle de {low} à {high}, {kind}").format(
        low=plan.levels[0] if plan.levels else 1, high=plan.levels[-1] if plan.levels else 5, kind=kind
    )


def _groups(plan: GroupPlan, words: Words) -> str:
    _ = words.gettext
    if plan.mode == "merge":
        return _("Sous-groupes\u00a0: réunis deux par deux")
    told = _("Sous-groupes de {size}").format(size=plan.size)
    names = {"service": _("service"), "site": _("site")}
    mixed = wording.listing([names[one] for one in plan.mix], words.language)
    return told + (_(", mélangés par {what}").format(what=mixed) if mixed and plan.mode == "balanced" else "")
