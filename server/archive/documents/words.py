"""The sentences of the documents: what agrees in number, names a rule or says what is withheld.

French sources, translated through gettext catalogues; figures are worded by `facilitation/wording.py`.
"""

from __future__ import annotations

import gettext
from functools import cache
from typing import TYPE_CHECKING

from facilitation import wording
from facilitation.attended import Person
from facilitation.boarded import BoardPart
from facilitation.counted import RoundPart
from facilitation.report import Report, Share, SheetPart, SitePart, Step
from facilitation.wording import Language
from server.config import resource

if TYPE_CHECKING:
    from server.archive.documents.minutes import Imprint

DAY = 86_400_000
GROUP = "Groupe "
"""How a group begins that nobody named."""


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("pasdecote", resource("locale"), languages=[language], fallback=True)


class Words:
    """The sentences of one language; `timezone` is the session's."""

    def __init__(self, language: Language, timezone: str) -> None:
        self.language: Language = language
        self.timezone = timezone
        catalogue = gettext.NullTranslations() if language == "fr" else _catalogue(language)
        self.gettext = catalogue.gettext
        self._ngettext = catalogue.ngettext

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """`singular` or `plural` with its {n}: French takes the plural from 2."""
        agreed = number if self.language != "fr" else 1 + (number >= 2)
        return self._ngettext(singular, plural, agreed).format(n=wording.number(number, self.language))

    @property
    def colon(self) -> str:
        """A colon as the language writes it, with its spaces."""
        return f"{wording.NBSP}: " if self.language == "fr" else ": "

    @property
    def semicolon(self) -> str:
        """Between items that may hold commas."""
        return f"{wording.THIN}; " if self.language == "fr" else "; "

    @property
    def table(self) -> str:
        """What a numbered table is called: in French the word for a board as well, so it is no message of the catalogue."""
        return "Tableau" if self.language == "fr" else "Table"

    # --- the document itself

    def version(self, imprint: Imprint) -> str:
        """« Version 2 du 20 octobre 2026 », without a date before it is archived."""
        told = self.gettext("Version {n}").format(n=imprint.version)
        return self.gettext("{version} du {date}").format(version=told, date=self.date_of(imprint.at)) if imprint.at else told

    def standing(self, report: Report) -> str:
        """« Projet », or « Validé par Nadia le 16 octobre 2026 »."""
        if report.approval is None:
            return self.gettext("Projet, pas encore validé")
        day = wording.day_of(report.approval.on, self.language)
        return self.gettext("Validé par {name} le {date}").format(name=report.approval.by, date=day)

    def replaces(self, imprint: Imprint) -> str:
        """« Remplace la version 1 du 16 octobre 2026. », or nothing for the first one."""
        if not imprint.replaced:
            return ""
        told = self.gettext("Remplace la version {n} du {date}.")
        return told.format(n=imprint.replaced, date=self.date_of(imprint.replaced_at))

    def kept(self, report: Report) -> str:
        """For how long what is kept."""
        days = self.ngettext("{n} jour", "{n} jours", report.retention)
        if not report.closed_at:
            return self.gettext("Données personnelles effacées du service {days} après la clôture").format(days=days)
        date = self.date_of(report.closed_at + report.retention * DAY)
        return self.gettext("Données personnelles effacées du service le {date}").format(date=date)

    # --- figures

    def notes(self, number: int) -> str:
        """« 18 notes »."""
        return self.ngettext("{n} note", "{n} notes", number)

    def people(self, number: int) -> str:
        """« 13 personnes »."""
        return self.ngettext("{n} personne", "{n} personnes", number)

    def dots(self, number: int) -> str:
        """« 37 gommettes »."""
        return self.ngettext("{n} gommette", "{n} gommettes", number)

    def ballots(self, number: int) -> str:
        """« 13 bulletins »."""
        return self.ngettext("{n} bulletin", "{n} bulletins", number)

    def percent(self, share: float | None) -> str:
        """« 62 % », or a dash where nothing was spent."""
        return "—" if share is None else wording.percent(share, self.language)

    def number(self, value: float) -> str:
        """« 3,5 »."""
        return wording.number(value, self.language)

    def minutes(self, value: int | None) -> str:
        """« 12 min », or a dash."""
        return "—" if value is None else wording.duration(value, self.language)

    def size(self, value: int) -> str:
        """« 212 Ko »."""
        return wording.size(value, self.language)

    # --- times

    def day(self, text: str) -> str:
        """« 30 nov. 2026 » from an ISO date, or what was typed."""
        return wording.day_of(text, self.language, short=True)

    def date_of(self, at: int, *, weekday: bool = False) -> str:
        """« 14 octobre 2026 » from an instant."""
        return wording.day(wording.local(at, self.timezone).date(), self.language, weekday=weekday)

    def iso(self, at: int) -> str:
        """ISO 8601 with the session's offset; "" for 0."""
        return wording.iso(at, self.timezone)

    def time_of(self, at: int) -> str:
        """« 9 h 30 » from an instant."""
        return wording.time_of(at, self.timezone, self.language)

    def when(self, report: Report) -> str:
        """« Mercredi 14 octobre 2026, de 9 h 30 à 11 h 03 », as far as it is known."""
        if report.opened_at:
            date = self.date_of(report.opened_at, weekday=True)
        else:
            date = wording.day_of(report.date, self.language, weekday=True)
        if not date:
            return self.gettext("Date non précisée")
        date = date[0].upper() + date[1:]
        if not report.opened_at or not report.ended_at:
            return date
        return self.gettext("{date}, de {start} à {end}").format(
            date=date, start=self.time_of(report.opened_at), end=self.time_of(report.ended_at)
        )

    # --- people

    def site(self, part: SitePart) -> str:
        """The name of a place, or that none was given."""
        return part.name or self.gettext("Site non précisé")

    def service(self, name: str) -> str:
        """A service, or that none was given."""
        return name or self.gettext("Service non précisé")

    def attendance(self, report: Report) -> str:
        """« 13 (Montpellier : 6 ; Toulouse : 4 ; à distance : 3) », or « 13 personnes » without sites."""
        parts = [f"{self.site(part)}{self.colon.rstrip()}{wording.NBSP}{part.heads}" for part in report.sites if part.heads]
        return f"{report.heads} ({self.semicolon.join(parts)})" if parts else self.people(report.heads)

    def services(self, part: SitePart) -> str:
        """« DRAJES 1, DRARI 1, Service non précisé 3 »."""
        return ", ".join(f"{self.service(name)}{wording.NBSP}{count}" for name, count in part.services)

    def shared(self, part: SitePart) -> str:
        """« 3 devant un appareil partagé », or nothing."""
        if not part.shared:
            return ""
        return self.ngettext("{n} devant un appareil partagé", "{n} devant un appareil partagé", part.shared)

    def leading(self, report: Report) -> str:
        """Who led: names only where the report has them."""
        names = [one.name for one in report.people if one.role in ("facilitator", "cofacilitator")]
        return wording.listing(names, self.language) or self.people(report.leading)

    def present(self, person: Person) -> str:
        """A name, with its people where it is a shared device's."""
        return f"{person.name} ({self.people(person.heads)})" if person.role == "room" else person.name

    def led(self, report: Report) -> str:
        """« Animation : Nadia et Étienne. Observation : 1 personne. »."""
        said = [self.gettext("Animation") + self.colon + self.leading(report)]
        if report.observing:
            said.append(self.gettext("Observation") + self.colon + self.people(report.observing))
        return ". ".join(said) + "."

    # --- time spent

    def nature(self, step: Step) -> str:
        """« Collaboratif », « Descendant », …"""
        return {
            "collaborative": self.gettext("Collaboratif"),
            "top-down": self.gettext("Descendant"),
            "pause": self.gettext("Pause"),
            "logistics": self.gettext("Logistique"),
        }[step.nature]

    def share(self, share: Share) -> str:
        """« 62 % du temps, 65 % hors pauses », or a dash where no time was spent."""
        if share.whole is None:
            return "—"
        return self.gettext("{whole} du temps, {working} hors pauses").format(
            whole=self.percent(share.whole), working=self.percent(share.working)
        )

    # --- boards

    def continued(self, title: str) -> str:
        """The title of a zone's part under the board."""
        return self.gettext("{title} (suite)").format(title=title or self.gettext("Hors des zones"))

    def untitled(self) -> str:
        """A cluster that was given no title."""
        return self.gettext("Groupe sans titre")

    def zone(self, title: str) -> str:
        """A zone's title, or what lies in none."""
        return title or self.gettext("Hors des zones")

    def board(self, part: BoardPart) -> str:
        """A board's title: for a group's, whose work it holds, and in which step."""
        if not part.group:
            return part.title
        unnamed = part.group.startswith(GROUP)
        plain = self.gettext("Travaux du {group}") if unnamed else self.gettext("Travaux de {group}")
        told = plain.format(group=part.group if unnamed else wording.quoted(part.group, self.language))
        if not part.step:
            return told
        return self.gettext("{work}, étape {step}").format(work=told, step=wording.quoted(part.step, self.language))

    def board_alt(self, part: BoardPart) -> str:
        """What an image of a board shows, for who cannot see it."""
        zones = [f"{self.zone(zone.title)} ({self.notes(zone.count)})" for zone in part.zones]
        seen = self.gettext(
            "Tableau «\u00a0{title}\u00a0»\u00a0: {zones}. Les textes sont repris en toutes lettres dans le compte rendu."
        )
        return " ".join(filter(None, (part.alt, seen.format(title=self.board(part), zones=", ".join(zones)))))

    def summary(self, report: Report) -> str:
        """In one sentence or two, what was written and voted."""
        if not report.notes:
            return self.gettext("Aucune note n’a été gardée.")
        groups = sum(len(zone.clusters) for board in report.boards for zone in board.zones)
        kept = self.ngettext("{n} note a été gardée", "{n} notes ont été gardées", report.notes)
        if groups:
            kept += self.gettext(", dont {notes} en {groups}").format(
                notes=wording.number(_gathered(report), self.language),
                groups=self.ngettext("{n} groupe de notes", "{n} groupes de notes", groups),
            )
        votes = sum(one.method == "dots" for one in report.rounds)
        voted = self.ngettext(" Un vote a suivi.", " {n} votes ont suivi.", votes) if votes else ""
        return kept + "." + voted

    # --- sheets

    def actions(self, report: Report) -> str:
        """How many actions still lack somebody or a date; "" when none does."""
        without = sum(not one.who for one in report.actions)
        undated = sum(not one.when for one in report.actions)
        said = []
        if without:
            said.append(self.ngettext("{n} action sans responsable.", "{n} actions sans responsable.", without))
        if undated:
            said.append(self.ngettext("{n} action sans échéance.", "{n} actions sans échéance.", undated))
        return " ".join(said)

    def charge(self, one: SheetPart) -> str:
        """« Responsable : Nadia, 30 nov. 2026 »."""
        parts = [self.gettext("Responsable") + self.colon + one.who] if one.who else []
        return ", ".join([*parts, self.day(one.when)] if one.when else parts)

    def erased(self, closed_at: int, days: int) -> str:
        """Until when personal data are kept."""
        told = self.gettext("Effacé du service le {date}, {days} après la clôture.")
        when = self.date_of(closed_at + days * DAY) if closed_at else ""
        return told.format(date=when, days=self.ngettext("{n} jour", "{n} jours", days))

    def annexes(self, name: str) -> str:
        """Where the rest is."""
        kept = self.gettext(
            "Ce compte rendu vient avec le dossier {name}, qui contient aussi l’image de chaque tableau, les notes, les "
            "votes et les actions sous forme de tableaux de données, et de quoi recompter les votes."
        )
        return kept.format(name=name)

    # --- rounds

    def rule(self, one: RoundPart) -> str:
        """What the rule of a round was, and how many answered."""
        answered = self.gettext("{ballots} pour {people}").format(
            ballots=self.ballots(one.ballots), people=self.people(one.heads)
        )
        parts = [answered]
        if one.abstentions:
            parts.append(self.ngettext("dont {n} abstention", "dont {n} abstentions", one.abstentions))
        if one.method == "dots":
            most = self.gettext("{dots} au plus, {cap} par choix")
            parts.append(most.format(dots=self.dots(one.budget), cap=one.cap))
        parts.append(self.gettext("vote secret") if one.secret else self.gettext("vote ouvert"))
        return ", ".join(parts) + "."

    def outcome(self, one: RoundPart) -> str:
        """What a reader would count or look for: dots placed or the median, and why there is no detail by site."""
        if one.method == "dots":
            parts = [self.ngettext("{n} gommette posée.", "{n} gommettes posées.", one.placed)]
        else:
            parts = [f"{self.median(one)}." if one.median is not None else self.gettext("Aucune réponse.")]
        if one.sites == "withheld":
            parts.append(self.gettext("Le détail par site n’est pas montré\u00a0: un site a moins de cinq participants."))
        elif one.by_site:
            parts.append(self.gettext("Chaque site a cinq bulletins au moins."))
        return " ".join(parts)

    def median(self, one: RoundPart) -> str:
        """« Médiane : 4 », by the level's own title where it falls on one."""
        place = (one.median or 0) - 1
        titles = [line.title for line in one.lines]
        whole = place == int(place) and 0 <= place < len(titles)
        return self.gettext("Médiane\u00a0: {level}").format(level=titles[int(place)] if whole else self.number(place + 1))

    def points(self, one: RoundPart, points: int) -> str:
        """« 15 gommettes » or « 6 personnes »."""
        return self.dots(points) if one.method == "dots" else self.ngettext("{n} réponse", "{n} réponses", points)


def _gathered(report: Report) -> int:
    clusters = (cluster for board in report.boards for zone in board.zones for cluster in zone.clusters)
    return sum(len(cluster.notes) for cluster in clusters)
