"""Names of bundles and of the files in them: `AAAA-MM-JJ_<lab>_<session>_<type>_vN`, ASCII, lower case, under 80 characters."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from facilitation.records import Session
from facilitation.sessions import latest
from facilitation.state import State
from facilitation.wording import local

LAB, SESSION, PLAIN = 16, 30, 40
"""Most characters of a lab's name, of a session's and of a file's."""


def slug(text: str, most: int, otherwise: str) -> str:
    """The text as lower-case ASCII words joined by hyphens, cut at a word; `otherwise` when nothing is left."""
    text = text.replace("’", " ").replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:most]
        if len(longer) > most:
            break
        kept = longer
    return kept or otherwise


def version_of(state: State) -> int:
    """The version that the next bundle of this session has."""
    archive = latest(state)
    return archive.version + 1 if archive else 1


def stem(session: Session, lab: str) -> str:
    """Date, lab and session: what all files of a session share.

    The session's own part ends with four symbols drawn from when it was made, so that two workshops of one title on one
    day keep apart; they open nothing.
    """
    moment = session.opened_at or session.created_at
    date = session.date or (local(moment, session.timezone).date().isoformat() if moment else "0000-00-00")
    tag = sha256(f"{session.created_at} {session.opened_at}".encode()).hexdigest()[:4]
    title = slug(session.title, SESSION - 5, "atelier")
    return f"{slug(date, 10, '0000-00-00')}_{slug(lab, LAB, 'lab')}_{title}-{tag}"
