"""Tables as CSV for a French spreadsheet: UTF-8 with BOM, semicolons, every cell quoted, no cell that computes.

A cell whose line would start a formula gets an apostrophe before it. That changes the text, which is why the raw one
stays in `70-donnees`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from facilitation import wording
from facilitation.attended import Person, attended
from facilitation.records import Authorship, Excused, Note, Occupant, Profile, Seat, Site
from facilitation.report import Report
from facilitation.state import State
from server.archive.documents.pages import lawful
from server.archive.documents.words import Words

BOM = "\ufeff"
_STARTS = frozenset("=+-@\t\r＝＋－＠﹢﹣﹦﹫−")


def safe(text: str) -> str:
    """The text of a cell, no line of which a spreadsheet may take for a formula."""
    return "\n".join(_guarded(line) for line in re.split("\r\n|\n", lawful(text)))


def _guarded(line: str) -> str:
    for char in line:
        if char in _STARTS:
            return "'" + line
        if not (char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Zs", "Mn")):
            break
    return line


def csv(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """A table with its header row. Numbers are written as they are; texts are made safe."""
    lines = [";".join(_cell(value) for value in row) for row in (head, *rows)]
    return (BOM + "\r\n".join(lines) + "\r\n").encode()


def _cell(value: str | int) -> str:
    text = str(value) if isinstance(value, int) else safe(value)
    return '"' + text.replace('"', '""') + '"'


def notes(report: Report, words: Words) -> bytes:
    """Every note in reading order, without its author: which group wrote it, and where a carried one came from."""
    steps = {step.id: step.title for step in report.steps}
    boards = {note.id: board.title for board in report.boards for note in board.notes}
    _ = words.gettext
    rows = []
    for board in report.boards:
        for zone in board.zones:
            groups = [(cluster.title or words.untitled(), cluster.notes) for cluster in zone.clusters]
            for group, members in [*groups, ("", zone.notes)]:
                rows += [
                    (
                        words.board(board), words.zone(zone.title), group, one.text, one.meaning, steps.get(one.block, ""),
                        board.group or one.group, boards.get(one.origin, ""),
                    )
                    for one in members
                ]  # fmt: skip
    head = (
        _("Tableau"), _("Zone"), _("Groupe de notes"), _("Note"), _("Sens de la teinte"), _("Étape"), _("Sous-groupe"),
        _("Origine"),
    )  # fmt: skip
    return csv(head, rows)


def groups(report: Report, words: Words) -> bytes:
    """The groups that worked apart: numbers and times, no names."""
    _ = words.gettext
    written = {board.id: board.count for board in report.boards}
    rows = [
        (
            one.step, group.name, group.heads, written.get(group.board, 0), wording.iso(one.started_at, report.timezone),
            wording.iso(one.ended_at, report.timezone),
        )
        for one in report.groups
        for group in one.groups
    ]  # fmt: skip
    head = (_("Étape"), _("Sous-groupe"), _("Personnes"), _("Notes sur son tableau"), _("Début"), _("Fin"))
    return csv(head, rows)


def votes(report: Report, words: Words) -> bytes:
    """Every line of every round."""
    _ = words.gettext
    rows = [
        (
            number, one.step, one.question, words.gettext("Gommettes") if one.method == "dots" else _("Échelle"),
            line.title, line.points, line.ballots, line.rank, _("oui") if line.tied else _("non"), one.ballots,
            one.abstentions, one.heads,
        )
        for number, one in enumerate(report.rounds, 1)
        for line in one.lines
    ]  # fmt: skip
    head = (
        _("Vote"), _("Étape"), _("Question"), _("Méthode"), _("Choix"), _("Points"), _("Bulletins avec ce choix"), _("Rang"),
        _("Ex æquo"), _("Bulletins"), _("Abstentions"), _("Personnes"),
    )  # fmt: skip
    return csv(head, rows)


def decisions(report: Report, words: Words) -> bytes:
    """The decisions."""
    _ = words.gettext
    rows = [(one.number, one.what, one.who, one.when, one.origin) for one in report.decisions]
    return csv((_("N°"), _("Décision"), _("Responsable"), _("Date"), _("Origine")), rows)


def actions(report: Report, words: Words) -> bytes:
    """The plan of action."""
    _ = words.gettext
    rows = [(one.number, one.what, one.who, one.when, one.origin) for one in report.actions]
    return csv((_("N°"), _("Quoi"), _("Qui"), _("Quand"), _("Origine")), rows)


def parking(report: Report, words: Words) -> bytes:
    """The points to take up again."""
    _ = words.gettext
    rows = [(one.number, one.what, one.who, one.when, one.origin) for one in report.parking]
    return csv((_("N°"), _("Point à reprendre"), _("Qui"), _("Quand"), _("Origine")), rows)


def agenda(report: Report, words: Words) -> bytes:
    """The steps, planned and real, in minutes."""
    _ = words.gettext
    rows = [
        (
            number, step.title, words.nature(step), step.planned, "" if step.actual is None else step.actual,
            wording.iso(step.started_at, report.timezone),
        )
        for number, step in enumerate(report.steps, 1)
    ]  # fmt: skip
    return csv((_("N°"), _("Étape"), _("Nature"), _("Minutes prévues"), _("Minutes réelles"), _("Début")), rows)


def sites(report: Report, words: Words) -> bytes:
    """People by site and service: numbers, no names."""
    _ = words.gettext
    rows = [(words.site(part), words.service(name), count) for part in report.sites for name, count in part.services]
    return csv((_("Site"), _("Service"), _("Personnes")), rows)


# --- what only the reserved part may hold --------------------------------------------------------------------------


def attendance(state: State, words: Words) -> bytes:
    """Who was there, each person once, head by head where a shared device named them; then who could not come."""
    _ = words.gettext
    places = {site.id: site for site in state.all(Site)}
    rows: list[tuple[str | int, ...]] = []
    for one in attended(state):
        profile, seat = state.find(Profile, one.seat), state.find(Seat, one.seat)
        manages = "" if profile is None else _("oui") if profile.manages else _("non")
        rows.append((
            one.name, _role(one, words), one.site, _mode(one, places.get(one.place), words), one.service, one.department, manages,
            one.heads if one.heads or one.left else 1, wording.iso(seat.joined_at, words.timezone) if seat else "",
        ))  # fmt: skip
    excused = state.find(Excused, "excused")
    for line in excused.text.splitlines() if excused else ():
        if line.strip():
            rows.append((line.strip(), _("Absence excusée"), "", "", "", "", "", 0, ""))
    head = (
        _("Nom"), _("Rôle"), _("Site"), _("Présence"), _("Service"), _("Département"), _("Encadre une équipe"), _("Personnes"),
        _("Arrivée"),
    )  # fmt: skip
    return csv(head, rows)


def members(report: Report, words: Words) -> bytes:
    """Who worked in which group."""
    _ = words.gettext
    rows = [(one.step, group.name, name) for one in report.groups for group in one.groups for name in group.members]
    return csv((_("Étape"), _("Sous-groupe"), _("Nom")), rows)


def _mode(one: Person, site: Site | None, words: Words) -> str:
    _ = words.gettext
    mode = _("en salle") if site and site.room else _("à distance")
    return _("{mode}, avant la fin").format(mode=mode) if one.left else mode


def _role(one: Person, words: Words) -> str:
    _ = words.gettext
    if one.device:
        return _("Devant {device}").format(device=one.device)
    return {
        "facilitator": _("Animation"), "cofacilitator": _("Animation"), "observer": _("Observation"),
        "room": _("Appareil partagé"),
    }.get(one.role, _("Participation"))  # fmt: skip


def authors(state: State, words: Words) -> bytes:
    """Who wrote each note, only where the workshop showed authors; the typist apart."""
    _ = words.gettext
    rows = []
    for one in sorted(state.all(Authorship), key=lambda one: one.id):
        note = state.find(Note, one.id)
        if note and one.scope == "everyone" and not note.withdrawn and not note.aside:
            rows.append((note.text, _name(state, one.seat), _occupant(state, one.occupant), _name(state, one.typist)))
    return csv((_("Note"), _("Écrite par"), _("Personne devant l’appareil"), _("Saisie par")), rows)


def aside(state: State, words: Words) -> bytes:
    """The notes that facilitators set aside."""
    kept = sorted((one for one in state.all(Note) if one.aside and not one.withdrawn), key=lambda one: one.id)
    return csv((words.gettext("Note mise de côté"),), [(one.text,) for one in kept])


def _name(state: State, seat: str) -> str:
    found = state.find(Seat, seat)
    return found.name if found else ""


def _occupant(state: State, id: str) -> str:
    found = state.find(Occupant, id)
    return (found.name or found.letter) if found else ""
