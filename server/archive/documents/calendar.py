"""An invitation as a calendar file (RFC 5545): one event, whose identity stays when its date moves.

Times are in UTC, which every calendar shows in its own zone. Lines end in CRLF and are folded at 75 octets, never inside a
character. The link is the participants' common one; nobody's personal link goes into a file that is passed on.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import server
from facilitation import wording
from server.archive.documents.invitation import DEFAULT_LENGTH, Invitation, data_sentence, minutes_of_day, where
from server.archive.documents.words import Words

OCTETS = 75
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def calendar(given: Invitation, words: Words, *, uid: str, now: int) -> bytes:
    """The file. `now` (ms) dates it: a file downloaded later replaces one downloaded earlier, under the same `uid`.

    Raises ValueError for a session whose date is not fixed.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Pas de cote//{server.__version__}//{words.language.upper()}",
        "CALSCALE:GREGORIAN", "BEGIN:VEVENT", f"UID:{text(uid)}", f"DTSTAMP:{_utc(_moment(now))}",
        f"SEQUENCE:{max(0, now - given.session.created_at) // 60_000}", *_times(given),
        f"SUMMARY:{text(given.session.title)}", f"DESCRIPTION:{text(_description(given, words))}",
        *([f"LOCATION:{text(_location(given, words))}"] if given.venues else []), f"URL:{given.link}",
        "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(folded(line) for line in lines).encode()


def text(value: str) -> str:
    """A text value: backslash, semicolon and comma escaped, line ends written \\n, other control characters gone."""
    value = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for char in "\\;,":
        value = value.replace(char, "\\" + char)
    return value.replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, each but the first after CRLF and a space; ended by CRLF."""
    pieces, piece, room = [], "", OCTETS
    for char in line:
        size = len(char.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", OCTETS - 1
        piece += char
        room -= size
    return "\r\n ".join([*pieces, piece]) + "\r\n"


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, tz=UTC)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _times(given: Invitation) -> list[str]:
    """Start and end; a whole day while the hour is not fixed."""
    session = given.session
    day = date.fromisoformat(session.date)
    begun = minutes_of_day(session.start)
    if begun is None:
        following = day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"]
    start = datetime(day.year, day.month, day.day, *divmod(begun, 60), tzinfo=ZoneInfo(session.timezone)).astimezone(UTC)
    return [f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + timedelta(minutes=given.minutes or DEFAULT_LENGTH))}"]


def _location(given: Invitation, words: Words) -> str:
    return words.semicolon.join(where(venue, words) for venue in given.venues)


def _description(given: Invitation, words: Words) -> str:
    _, session = words.gettext, given.session
    entering = _("Pour entrer") + words.colon + given.link
    by_code = _("Ou sur {address}, avec le code {code}.").format(address=given.address, code=given.code)
    video = _("Visioconférence") + words.colon + given.video if given.video else ""
    places = "\n".join(f"– {where(venue, words)}" for venue in given.venues if venue.room)
    left_open = _("Ce qui reste ouvert") + words.colon + session.stays_open if session.stays_open else ""
    passages = [session.purpose, left_open, f"{entering}\n{by_code}", video, places, data_sentence(given, words)]
    return "\n\n".join(_widened(passage) for passage in passages if passage)


def _widened(passage: str) -> str:
    """Narrow no-break spaces as plain no-break ones: some calendars draw them as a box."""
    return passage.replace(wording.THIN, wording.NBSP)
