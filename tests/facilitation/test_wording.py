"""Figures, times and lists as French readers write them, and English ones."""

from __future__ import annotations

from datetime import date

import pytest

from facilitation import wording as w

NINE_THIRTY = 1_791_963_000_000  # 14 October 2026, 9:30 in Paris


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [(9, 30, "9 h 30", "09:30"), (10, 5, "10 h 05", "10:05"), (11, 0, "11 h", "11:00"), (0, 0, "0 h", "00:00")],
)
def test_times_of_day(hour: int, minute: int, french: str, english: str) -> None:
    assert w.clock(hour, minute).replace("\u00a0", " ") == french
    assert w.clock(hour, minute, "en") == english
    assert " " not in w.clock(hour, minute), "a time never breaks across lines"


def test_instants_are_told_in_the_sessions_zone() -> None:
    assert w.time_of(NINE_THIRTY, "Europe/Paris") == "9\u00a0h\u00a030"
    assert w.time_of(NINE_THIRTY, "America/Cayenne") == "4\u00a0h\u00a030"
    assert w.iso(NINE_THIRTY, "Europe/Paris") == "2026-10-14T09:30:00+02:00"
    assert w.iso(0, "Europe/Paris") == ""


@pytest.mark.parametrize(
    ("iso", "how", "french", "english"),
    [
        ("2026-10-14", {"weekday": True}, "mercredi 14 octobre 2026", "Wednesday 14 October 2026"),
        ("2026-04-01", {}, "1er avril 2026", "1 April 2026"),
        ("2026-11-30", {"short": True}, "30 nov. 2026", "30 Nov 2026"),
        ("2026-08-01", {"short": True}, "1er août 2026", "1 Aug 2026"),
        ("à la rentrée", {}, "à la rentrée", "à la rentrée"),
        ("", {}, "", ""),
    ],
)
def test_dates(iso: str, how: dict[str, bool], french: str, english: str) -> None:
    assert w.day_of(iso, **how).replace("\u00a0", " ") == french
    assert w.day_of(iso, "en", **how).replace("\u00a0", " ") == english
    assert w.day(date(2026, 3, 2)) == "2\u00a0mars\u00a02026"


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [(0, "0 min", "0 min"), (12, "12 min", "12 min"), (60, "1 h", "1 h"), (65, "1 h 05", "1 h 05 min")],
)
def test_durations(minutes: int, french: str, english: str) -> None:
    assert w.duration(minutes).replace("\u00a0", " ") == french
    assert w.duration(minutes, "en").replace("\u00a0", " ") == english


def test_numbers_agree_with_their_word() -> None:
    assert [w.counted(n, "note", "notes") for n in (0, 1, 2)] == ["0\u00a0note", "1\u00a0note", "2\u00a0notes"]
    assert [w.counted(n, "note", "notes", "en") for n in (0, 1, 2)] == ["0\u00a0notes", "1\u00a0note", "2\u00a0notes"]
    assert w.is_plural(1.5) is False and w.is_plural(1.5, "en") is True


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(3.5, "3,5", "3.5"), (4.0, "4", "4"), (1200, "1\u202f200", "1,200"), (1234567.25, "1\u202f234\u202f567,2", "1,234,567.2")],
)
def test_numbers(value: float, french: str, english: str) -> None:
    assert w.number(value) == french
    assert w.number(value, "en") == english


@pytest.mark.parametrize(
    ("share", "french"),
    [(0.62, "62 %"), (0.499, "49 %"), (0.4999, "49 %"), (0.5, "50 %"), (1.0, "100 %"), (0.0, "0 %"), (0.29, "29 %")],
)
def test_a_share_is_never_rounded_up_over_a_threshold(share: float, french: str) -> None:
    assert w.percent(share).replace("\u00a0", " ") == french
    assert w.percent(share, "en") == french.replace(" ", "")


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0 octet", "0 bytes"), (999, "999 octets", "999 bytes"), (212_000, "212 Ko", "212 KB"),
        (3_100_000, "3,1 Mo", "3.1 MB"),
        (999_499, "999 Ko", "999 KB"), (999_500, "1 Mo", "1 MB"), (1_000, "1 Ko", "1 KB"), (9_960_000, "10 Mo", "10 MB"),
        (2_500_000_000, "2,5 Go", "2.5 GB"),
    ],
)  # fmt: skip
def test_sizes(count: int, french: str, english: str) -> None:
    assert w.size(count).replace("\u00a0", " ") == french
    assert w.size(count, "en").replace("\u00a0", " ") == english


def test_lists_and_quotes() -> None:
    assert [w.listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]
    assert w.listing(["a", "b"], "en") == "a and b"
    assert w.quoted("x") == "«\u00a0x\u00a0»" and w.quoted("x", "en") == "“x”"
