"""What stands at the head of the minutes, and how a step of them is told: the same for the document and the offline page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from facilitation import wording
from facilitation.counted import RoundPart
from facilitation.grouped import GroupPart, PartitionPart
from facilitation.report import Report, Step
from server.archive.documents.words import Words

if TYPE_CHECKING:
    from server.archive.documents.minutes import Imprint

LONG = 52
"""Characters of an address that share a line with the version of the document."""


@dataclass(frozen=True)
class Told:
    """A step of which the minutes have something to say."""

    step: Step
    groups: tuple[PartitionPart, ...]
    rounds: tuple[RoundPart, ...]


def letterhead(report: Report, imprint: Imprint, words: Words) -> list[tuple[str, str]]:
    """Lines at the left (who made it) and at the right (what it is, which version, approved or not)."""
    address = [line.strip() for line in imprint.address.splitlines() if line.strip()]
    if len(address) == 1 and len(address[0]) > LONG:
        address = [part.strip() for part in address[0].split(",")]
    right = [words.gettext("Compte rendu d’atelier"), words.version(imprint), words.standing(report)]
    return list(zip_longest([imprint.lab, *address], right, fillvalue=""))


def facts(report: Report, imprint: Imprint, words: Words) -> list[tuple[str, str]]:
    """When, who, under which reference, kept until when."""
    _ = words.gettext
    told = [
        (_("Date"), words.when(report)),
        (_("Personnes"), words.attendance(report)),
        (_("Animation"), words.leading(report)),
        (_("Excusés"), ", ".join(line.strip() for line in report.excused.splitlines() if line.strip())),
        (_("Axe"), report.axis),
        (_("Référence"), report.reference),
        (_("Conservation"), words.kept(report)),
        (_("Version"), words.replaces(imprint)),
    ]
    return [(label, text) for label, text in told if text]


def steps(report: Report) -> list[Told]:
    """The steps in which something was retained, voted or worked on apart, in order; votes of no step that is left come last."""
    dots = [one for one in report.rounds if one.method == "dots"]
    told = [
        Told(
            step,
            tuple(one for one in report.groups if one.block == step.id),
            tuple(one for one in dots if one.block == step.id),
        )
        for step in report.steps
    ]
    return [one for one in told if one.step.takeaway or one.groups or one.rounds]


def strays(report: Report) -> list[RoundPart]:
    """The dot votes of a step that the plan no longer has."""
    known = {step.id for step in report.steps}
    return [one for one in report.rounds if one.method == "dots" and one.block not in known]


def split(one: PartitionPart, words: Words) -> str:
    """« 3 sous-groupes, mélangés par service et site, pendant 12 min. »."""
    _ = words.gettext
    parts = [words.ngettext("{n} sous-groupe", "{n} sous-groupes", len(one.groups))]
    names = {"service": _("service"), "site": _("site")}
    if one.mode == "balanced" and one.mix:
        mixed = wording.listing([names[mix] for mix in one.mix], words.language)
        parts.append(_("mélangés par {what}").format(what=mixed))
    if one.mode == "merge":
        parts.append(_("les précédents réunis deux par deux"))
    if one.minutes:
        parts.append(_("pendant {length}").format(length=words.minutes(one.minutes)))
    return ", ".join(parts) + "."


def group(one: GroupPart, words: Words) -> str:
    """« Groupe 2, 4 personnes », with their names only where the report has them."""
    told = f"{one.name}, {words.people(one.heads)}"
    return told + words.colon + ", ".join(one.members) if one.members else told
