"""What an invitation says, whatever paper or screen it comes on: when, where, how to come in, what becomes of data.

Made for a session before it runs. Practical information (rooms, Wi-Fi, telephone, the video call) is in it, for it is of
use on the day alone; personal links never are. The mail's text is written here; `calendar.py` and `poster.py` say the same.
"""

from __future__ import annotations

import msgspec

from facilitation import wording
from facilitation.records import Block, Practical, Session, Site
from facilitation.state import State
from server.archive.documents.words import Words

DEFAULT_LENGTH = 60
"""Minutes announced for a session whose plan is still empty."""


class Venue(msgspec.Struct, frozen=True, kw_only=True):
    """A place people attend from. `room`, `wifi` and `phone` are "" where nothing was said."""

    id: str
    name: str
    room: str = ""
    wifi: str = ""
    phone: str = ""
    remote: bool = False


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """The facts. `link` is the participants', to the session's own address; `code` as people read it."""

    session: Session
    minutes: int
    venues: tuple[Venue, ...]
    video: str
    link: str
    code: str
    address: str  # of the service, as read aloud
    lab: str

    def venue(self, id: str) -> Venue | None:
        """The venue of a site."""
        return next((venue for venue in self.venues if venue.id == id), None)


def invitation(state: State, *, link: str, code: str, address: str, lab: str) -> Invitation:
    """The invitation to a session. Raises LookupError on a state without one."""
    said = {one.id: one for one in state.all(Practical)}
    sites = sorted(state.all(Site), key=lambda site: (site.rank, site.id))
    nothing = Practical(id="")
    return Invitation(
        session=state.session,
        minutes=sum(block.minutes for block in state.all(Block)),
        venues=tuple(
            Venue(
                id=site.id, name=site.name, room=(here := said.get(site.id, nothing)).room, wifi=here.wifi, phone=here.phone,
                remote=not site.room,
            )
            for site in sites
        ),
        video=said["session"].video if "session" in said else "",
        link=link, code=code, address=address, lab=lab,
    )  # fmt: skip


def minutes_of_day(start: str) -> int | None:
    """Minutes since midnight of an "HH:MM", None for anything else."""
    hour, _, minute = start.partition(":")
    return int(hour) * 60 + int(minute) if hour.isdigit() and minute.isdigit() else None


def clock(minutes: int, words: Words) -> str:
    """A time of day from minutes since midnight; after midnight it begins again."""
    return wording.clock(minutes // 60 % 24, minutes % 60, words.language)


def when(given: Invitation, words: Words) -> str:
    """« Mercredi 14 octobre 2026, de 9 h 30 à 10 h 43 », as far as it is known; "" without a date."""
    session = given.session
    if not session.date:
        return ""
    day = wording.day_of(session.date, words.language, weekday=True)
    day = day[:1].upper() + day[1:]
    begun = minutes_of_day(session.start)
    if begun is None:
        return day
    if not given.minutes:
        return words.gettext("{day}, à {start}").format(day=day, start=clock(begun, words))
    end = clock(begun + given.minutes, words)
    return words.gettext("{date}, de {start} à {end}").format(date=day, start=clock(begun, words), end=end)


def where(venue: Venue, words: Words) -> str:
    """« Toulouse, rectorat : salle B2 »."""
    return venue.name + (words.colon + venue.room if venue.room else "")


def data_sentence(given: Invitation, words: Words) -> str:
    """What becomes of names and notes."""
    return words.ngettext(
        "Un prénom ou un pseudonyme suffit. Les noms sont effacés {n} jour après la clôture\u202f; le compte rendu, lui, "
        "ne dit pas qui a écrit quoi.",
        "Un prénom ou un pseudonyme suffit. Les noms sont effacés {n} jours après la clôture\u202f; le compte rendu, lui, "
        "ne dit pas qui a écrit quoi.",
        given.session.retention,
    )


def mail(given: Invitation, words: Words) -> str:
    """The text to copy into a mail: no markup, short lines of their own, one blank line between passages."""
    passages = [_opening(given, words), _places(given, words), _coming_in(given, words), data_sentence(given, words)]
    return "\n\n".join(passage for passage in passages if passage) + f"\n\n{given.lab}\n"


def _opening(given: Invitation, words: Words) -> str:
    _, session = words.gettext, given.session
    lines = [_("Bonjour,"), "", _("Nous vous invitons à l’atelier {title}.").format(title=_quoted(session.title, words))]
    if session.purpose:
        lines.append(session.purpose)
    lines.append("")
    lines.append(_("Quand") + words.colon + _lowered(when(given, words) or _("Date à fixer"), words))
    for label, text in ((_("Ce qui reste ouvert"), session.stays_open),
                        (_("Ce qui n’est pas décidé d’avance"), session.not_decided)):  # fmt: skip
        if text:
            lines += ["", label + words.colon.rstrip(), text]
    return "\n".join(lines)


def _lowered(text: str, words: Words) -> str:
    """After a colon, French days are written small."""
    return text[:1].lower() + text[1:] if words.language == "fr" else text


def _quoted(text: str, words: Words) -> str:
    return wording.quoted(text, words.language)


def _places(given: Invitation, words: Words) -> str:
    _ = words.gettext
    if not given.venues and not given.video:
        return ""
    lines = [_("Où") + words.colon.rstrip()]
    for venue in given.venues:
        lines.append("– " + where(venue, words))
        lines += [
            f"  {label}{words.colon}{text}" for label, text in ((_("Wi-Fi"), venue.wifi), (_("Téléphone"), venue.phone)) if text
        ]
    if given.video:
        lines.append("– " + _("Visioconférence") + words.colon + given.video)
    return "\n".join(lines)


def _coming_in(given: Invitation, words: Words) -> str:
    _ = words.gettext
    return "\n".join([
        _("Apportez un téléphone, une tablette ou un ordinateur\u00a0: rien à installer, aucun compte à créer. À plusieurs, "
          "un seul appareil suffit."),
        "",
        _("Pour entrer, le jour même") + words.colon.rstrip(),
        given.link,
        _("Ou sur {address}, avec le code {code}.").format(address=given.address, code=given.code),
        _("Vous pouvez ouvrir ce lien dès maintenant\u00a0: la page dira que votre appareil est prêt."),
    ])  # fmt: skip
