"""Numbers, dates and times that a rule accepts, and the refusals that say what was expected."""

from __future__ import annotations

import re

from facilitation.rejections import Refused

DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def within(value: int, low: int, high: int) -> int:
    """The value, if it lies within both bounds. Raises Refused("bad_number")."""
    if not low <= value <= high:
        raise Refused("bad_number", value=value, low=low, high=high)
    return value


def date(value: str) -> str:
    """An ISO date that exists, or "". Raises Refused("bad_date")."""
    if value == "":
        return ""
    found = DATE.fullmatch(value)
    if not found:
        raise Refused("bad_date", value=value[:40])
    year, month, day = (int(part) for part in found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or not 1 <= day <= DAYS[month - 1] or (month == 2 and day == 29 and not leap):
        raise Refused("bad_date", value=value[:40])
    return value


def time(value: str) -> str:
    """A time of day as HH:MM, or "". Raises Refused("bad_time")."""
    if value and not TIME.fullmatch(value):
        raise Refused("bad_time", value=value[:40])
    return value
