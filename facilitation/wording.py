"""How figures, times and lists are written in sentences: « 10 h 05 », « mercredi 14 octobre 2026 », « 12 min », « 62 % ».

French first, English second, by a `language` of "fr" or "en". Spaces that must not break are no-break spaces, as State
typography asks: U+00A0 before « : », « % », units and inside guillemets, U+202F before « ; », « ! », « ? » and between
thousands. Nothing here knows what it writes about; `static/core/words.js` does the same in the browser.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["fr", "en"]

NBSP, THIN = "\u00a0", "\u202f"

_DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SHORT_MONTHS = {
    "fr": "janv. févr. mars avril mai juin juill. août sept. oct. nov. déc.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
_SIZES = {"fr": ("octet", "octets", "Ko", "Mo", "Go"), "en": ("byte", "bytes", "KB", "MB", "GB")}


def local(at: int, timezone: str) -> datetime:
    """The local date and time of `at` (ms since the epoch). Raises ZoneInfoNotFoundError on an unknown zone."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(ZoneInfo(timezone))


def iso(at: int, timezone: str) -> str:
    """ISO 8601 with its offset, to the second: « 2026-10-14T09:30:00+02:00 »; "" for 0."""
    return local(at, timezone).isoformat(timespec="seconds") if at else ""


def clock(hour: int, minute: int, language: Language = "fr") -> str:
    """A time of day: « 9 h 30 », « 10 h 05 », « 11 h »; 09:30 in English."""
    if language == "en":
        return f"{hour:02d}:{minute:02d}"
    return f"{hour}{NBSP}h{NBSP}{minute:02d}" if minute else f"{hour}{NBSP}h"


def time_of(at: int, timezone: str, language: Language = "fr") -> str:
    """The time of day of an instant (ms since the epoch)."""
    moment = local(at, timezone)
    return clock(moment.hour, moment.minute, language)


def day(when: date, language: Language = "fr", *, weekday: bool = False, short: bool = False) -> str:
    """A date: « 14 octobre 2026 », « mercredi 1er avril 2026 » with `weekday`, « 30 nov. 2026 » with `short`."""
    months = (_SHORT_MONTHS if short else _MONTHS)[language]
    number = "1er" if when.day == 1 and language == "fr" else str(when.day)
    written = f"{number}{NBSP}{months[when.month - 1]}{NBSP}{when.year}"
    return f"{_DAYS[language][when.weekday()]} {written}" if weekday else written


def day_of(text: str, language: Language = "fr", *, weekday: bool = False, short: bool = False) -> str:
    """The same from an ISO date; a text that is none comes back as it is, so what people typed is never lost."""
    try:
        return day(date.fromisoformat(text), language, weekday=weekday, short=short)
    except ValueError:
        return text


def minutes(count: int) -> str:
    """A whole number of minutes: « 12 min », the same in both languages."""
    return f"{count}{NBSP}min"


def duration(count: int, language: Language = "fr") -> str:
    """Minutes as people say them: « 45 min », « 1 h 05 », « 2 h »."""
    hours, rest = divmod(count, 60)
    if not hours:
        return minutes(rest)
    if language == "en":
        return f"{hours}{NBSP}h{NBSP}{rest:02d}{NBSP}min" if rest else f"{hours}{NBSP}h"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def is_plural(count: float, language: Language = "fr") -> bool:
    """Whether a count takes the plural: from 2 in French (« 0 note »), anything but 1 in English."""
    return abs(count) >= 2 if language == "fr" else abs(count) != 1


def counted(count: int, singular: str, plural: str, language: Language = "fr") -> str:
    """« 1 note », « 18 notes »: the number and the word that agrees with it, never parted at a line's end."""
    return f"{number(count, language)}{NBSP}{plural if is_plural(count, language) else singular}"


def number(value: float, language: Language = "fr") -> str:
    """A whole or decimal number: « 1 200 », « 3,5 »; 1,200 and 3.5 in English. At most one decimal."""
    text = f"{value:,.1f}".removesuffix(".0")
    if language == "en":
        return text
    return text.replace(",", THIN).replace(".", ",")


def percent(share: float, language: Language = "fr") -> str:
    """A share from 0 to 1: « 62 % », 62% in English. 49.6 % is written 49 %, never rounded up over a threshold."""
    whole = int(share * 100 + 1e-9)
    return f"{whole}%" if language == "en" else f"{whole}{NBSP}%"


def size(count: int, language: Language = "fr") -> str:
    """A size in bytes: « 212 Ko », « 3,1 Mo »; one decimal under ten of a unit."""
    one, many, *units = _SIZES[language]
    if count < 1000:
        return counted(count, one, many, language)
    power = 1 + (count >= 999_500) + (count >= 999_500_000)
    value = count / 1000**power
    return f"{number(round(value, 1) if value < 9.95 else round(value), language)}{NBSP}{units[power - 1]}"


def listing(items: Sequence[str], language: Language = "fr") -> str:
    """« a, b et c »; "" for none."""
    if len(items) < 2:
        return "".join(items)
    joint = " et " if language == "fr" else " and "
    return ", ".join(items[:-1]) + joint + items[-1]


def collated(text: str) -> tuple[str, str]:
    """A key that sorts names as French does: letters first, capitals and accents only between equals."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return plain, text


def quoted(text: str, language: Language = "fr") -> str:
    """« text » with its no-break spaces; “text” in English."""
    return f"“{text}”" if language == "en" else f"«{NBSP}{text}{NBSP}»"
