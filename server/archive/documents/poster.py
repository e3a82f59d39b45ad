"""One A4 page to pin up: what, when, the code large enough to scan from a chair, and a site's practical facts."""

from __future__ import annotations

from typing import Any

from server.archive.documents.invitation import Invitation, when
from server.archive.documents.words import Words

TEMPLATE = "poster.typ"


def poster(given: Invitation, words: Words, *, qr: bytes, site: str = "") -> dict[str, Any]:
    """The values of the page; `site` is the id of the place where it hangs, "" for all. `qr` is the link's code as SVG."""
    _ = words.gettext
    venue = given.venue(site)
    facts = [(_("Lieu"), venue.name)] if venue else []
    if venue:
        facts += [
            (label, text)
            for label, text in ((_("Salle"), venue.room), (_("Wi-Fi"), venue.wifi), (_("Téléphone"), venue.phone))
            if text
        ]
    return {
        "language": words.language,
        "lab": given.lab,
        "title": given.session.title,
        "purpose": given.session.purpose,
        "when": when(given, words) or _("Date à fixer"),
        "facts": facts,
        "qr": qr.decode(),
        "scan": _("Scannez ce code avec votre téléphone"),
        "alt": _("Code à scanner pour entrer dans l’atelier"),
        "or": _("ou ouvrez"),
        "address": given.address,
        "and": _("et saisissez le code"),
        "code": given.code,
        "foot": _("Rien à installer, aucun compte à créer. À plusieurs, un seul appareil suffit."),
        "data": words.ngettext(
            "Un prénom ou un pseudonyme suffit. Les noms sont effacés {n} jour après la clôture.",
            "Un prénom ou un pseudonyme suffit. Les noms sont effacés {n} jours après la clôture.",
            given.session.retention,
        ),
    }
