"""What is given away before the day: a calendar file as RFC 5545 asks, a mail, and two PDFs that hold their texts."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from facilitation import commands as ask
from facilitation.records import GroupPlan
from server.archive.documents.calendar import OCTETS, calendar, folded, text
from server.archive.documents.invitation import Invitation, invitation, mail
from server.archive.documents.poster import TEMPLATE as POSTER
from server.archive.documents.poster import poster
from server.archive.documents.runsheet import TEMPLATE as RUNSHEET
from server.archive.documents.runsheet import runsheet
from server.archive.documents.words import Words
from server.archive.press import PressFailed, Sheet, printed, printed_apart, sheet
from server.web.qr import drawn
from tests.facilitation.workshop import Workshop, prepared

WORDS = Words("fr", "Europe/Paris")
LINK = "https://pasdecote.exemple.fr/s/abcdefgh/l/p8Jx0aVQkS2u3dBmn0fEVPw"
NOW = 1_790_000_000_000
NASTY = 'Une; virgule, un \\ et\nune ligne; « émoji 🌊 » #let x = 1 $ ] "'


@pytest.fixture
def shop() -> Workshop:
    shop = prepared()
    shop.do("nadia", ask.DescribeSession(
        title="Réussir l’arrivée d’un nouvel agent", purpose="Que changeons-nous dès la rentrée ?", date="2026-10-14",
        start="09:30", stays_open="Le calendrier.", not_decided="Le budget de 2027.",
    ))  # fmt: skip
    shop.do("nadia", ask.PutPractical(site=shop.site("Montpellier"), room="salle Occitanie", wifi="Invités", phone="04 67"))
    shop.do("nadia", ask.PutPractical(video="https://visio.exemple.fr/arrivee"))
    return shop


def facts(shop: Workshop) -> Invitation:
    return invitation(shop.state, link=LINK, code="K7M4\u00a0RPX2", address="pasdecote.exemple.fr", lab="La Coopérative")


# --- the calendar ------------------------------------------------------------------------------------------------


def properties(raw: bytes) -> dict[str, str]:
    """The properties of the one event, unfolded, as a calendar reads them."""
    told = raw.decode()
    assert told.endswith("\r\n") and "\n" not in told.replace("\r\n", "")
    assert all(len(line.encode()) <= OCTETS for line in told.split("\r\n"))
    lines = told.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert lines.index("BEGIN:VEVENT") < lines.index("END:VEVENT")
    return dict(line.split(":", 1) for line in lines if line)


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_one_event_with_its_hours_places_and_links(shop: Workshop) -> None:
    event = properties(calendar(facts(shop), WORDS, uid="abcdefgh@pasdecote.exemple.fr", now=NOW))
    assert (event["DTSTART"], event["DTEND"]) == ("20261014T073000Z", "20261014T084000Z")
    assert event["UID"] == "abcdefgh@pasdecote.exemple.fr" and event["DTSTAMP"] == "20260921T141320Z"
    assert unescaped(event["SUMMARY"]) == "Réussir l’arrivée d’un nouvel agent"
    assert "salle Occitanie" in unescaped(event["LOCATION"]) and "Toulouse" in unescaped(event["LOCATION"])
    told = unescaped(event["DESCRIPTION"])
    for expected in (LINK, "https://visio.exemple.fr/arrivee", "K7M4\u00a0RPX2", "Que changeons-nous", "30\u00a0jours"):
        assert expected.replace("\u00a0", " ") in told.replace("\u00a0", " "), expected
    assert event["URL"] == LINK and "/moi/" not in told and "Invités" not in told


def test_winter_and_summer_time_and_a_workshop_past_midnight(shop: Workshop) -> None:
    for day, start, expected in (
        ("2026-10-26", "09:30", ("20261026T083000Z", "20261026T094000Z")),
        ("2026-10-25", "23:30", ("20261025T223000Z", "20261025T234000Z")),
        ("2026-12-31", "23:30", ("20261231T223000Z", "20261231T234000Z")),
    ):
        shop.do("nadia", ask.DescribeSession(date=day, start=start))
        event = properties(calendar(facts(shop), WORDS, uid="x", now=NOW))
        assert (event["DTSTART"], event["DTEND"]) == expected


def test_an_hour_not_fixed_is_a_whole_day_and_a_date_not_fixed_is_no_event(shop: Workshop) -> None:
    shop.do("nadia", ask.DescribeSession(start=""))
    event = properties(calendar(facts(shop), WORDS, uid="x", now=NOW))
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20261014", "20261015")
    shop.do("nadia", ask.DescribeSession(date=""))
    with pytest.raises(ValueError, match="isoformat"):
        calendar(facts(shop), WORDS, uid="x", now=NOW)


def test_a_file_downloaded_later_replaces_the_first(shop: Workshop) -> None:
    later = [properties(calendar(facts(shop), WORDS, uid="x", now=shop.state.session.created_at + ms)) for ms in (0, 120_000)]
    assert [int(event["SEQUENCE"]) for event in later] == [0, 2]


def test_texts_are_escaped_and_lines_folded_between_characters() -> None:
    assert text("a;b,c\\d\r\ne\x07") == "a\\;b\\,c\\\\d\\ne"
    for line in ("x" * 75, "x" * 76, "é" * 200, "🌊" * 60, "a" + "中" * 100, ""):
        cut = folded(f"SUMMARY:{line}")
        assert all(len(piece.encode()) <= OCTETS for piece in cut.removesuffix("\r\n").split("\r\n"))
        assert cut.replace("\r\n ", "") == f"SUMMARY:{line}\r\n"


def test_nothing_typed_becomes_a_property(shop: Workshop) -> None:
    injected = msgspec.structs.replace(facts(shop), session=msgspec.structs.replace(
        shop.state.session, title="x\r\nATTENDEE:mailto:a@b", purpose="y\nEND:VEVENT",
    ))  # fmt: skip
    event = properties(calendar(injected, WORDS, uid="x", now=NOW))
    assert "ATTENDEE" not in event
    assert unescaped(event["SUMMARY"]) == "x\nATTENDEE:mailto:a@b"


# --- the mail ----------------------------------------------------------------------------------------------------


def test_the_mail_says_when_where_how_and_what_becomes_of_data(shop: Workshop) -> None:
    told = mail(facts(shop), WORDS).replace("\u00a0", " ")
    order = ["Bonjour,", "mercredi 14 octobre 2026, de 9 h 30 à 10 h 40", "Le calendrier.", "Le budget de 2027.",
             "– Montpellier : salle Occitanie", "Wi-Fi : Invités", "https://visio.exemple.fr/arrivee", LINK, "K7M4 RPX2",
             "effacés 30 jours", "La Coopérative"]  # fmt: skip
    places = [told.index(part) for part in order]
    assert places == sorted(places)
    assert "\n\n\n" not in told


def test_the_mail_of_an_empty_session_still_reads() -> None:
    told = mail(facts(prepared()), WORDS)
    assert "date à fixer" in told and LINK in told and "None" not in told


# --- on paper ----------------------------------------------------------------------------------------------------


def flat(words: str) -> str:
    """Without its spaces, which a PDF does not tell from the space between letters."""
    return "".join(words.split())


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, flat."""
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    tool = shutil.which("pdftotext")
    assert tool, "expected pdftotext on the PATH: poppler-utils"
    done = subprocess.run([tool, "-layout", str(path), "-"], check=True, capture_output=True, timeout=60)
    return [flat(page) for page in done.stdout.decode().split("\f")[:-1]]


def test_the_poster_is_one_page_whatever_was_written(shop: Workshop, tmp_path: Path) -> None:
    long = {"title": "Très long titre d’atelier " * 4 + "fin", "purpose": "Pourquoi " * 60, "date": "2026-10-14"}
    for fields in ({}, long, {"title": NASTY.replace("\n", " ")}):
        if fields:
            shop.do("nadia", ask.DescribeSession(**{name: value.strip() for name, value in fields.items()}))
        for site in ("", shop.site("Montpellier")):
            values = poster(facts(shop), WORDS, qr=drawn(LINK), site=site)
            pages = pages_of(printed(sheet(POSTER, values)), tmp_path)
            assert len(pages) == 1
            assert "K7M4RPX2" in pages[0] and "pasdecote.exemple.fr" in pages[0]
            assert ("salleOccitanie" in pages[0]) is bool(site)


def test_the_poster_is_tagged_and_titled(shop: Workshop) -> None:
    pdf = printed(sheet(POSTER, poster(facts(shop), WORDS, qr=drawn(LINK))))
    assert b"/StructTreeRoot" in pdf and b"pdfuaid:part" in pdf


def test_the_run_sheet_tells_every_step_with_its_clock(shop: Workshop, tmp_path: Path) -> None:
    values = runsheet(shop.state, facts(shop), WORDS, materials=("un projecteur par salle",))
    (page,) = pages_of(printed(sheet(RUNSHEET, values)), tmp_path)
    for expected in ("9 h 30", "9 h 37", "10 h 40", "Laissez le silence.", "Une idée par note.", "un projecteur par salle",
                     "Notes secrètes jusqu’à la révélation", "1 / 1", "Le budget de 2027."):  # fmt: skip
        assert flat(expected) in page, expected


def test_a_long_run_sheet_repeats_its_header_and_counts_its_pages(shop: Workshop, tmp_path: Path) -> None:
    for number in range(30):
        shop.do("nadia", ask.AddBlock(after=shop.block("ecrire").id, title=f"Étape {number}", minutes=5))
        block = next(one for one in shop.state.table("block").values() if one.title == f"Étape {number}")  # type: ignore[attr-defined]
        shop.do("nadia", ask.EditBlock(block=block.id, instruction=NASTY, groups=GroupPlan(size=3, mix=("service", "site"))))
        shop.do("nadia", ask.WriteScript(block=block.id, text="Laissez faire. " * 8))
    pages = pages_of(printed(sheet(RUNSHEET, runsheet(shop.state, facts(shop), WORDS))), tmp_path)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Cequechacunlit" in page and page.endswith(f"{number}/{len(pages)}")
    whole = "".join(pages)
    assert "#letx=1$" in whole, "typed text is never markup"
    assert "Sous-groupesde3" in whole


def test_a_plan_without_an_hour_counts_from_zero(tmp_path: Path) -> None:
    shop = prepared()
    steps = runsheet(shop.state, facts(shop), WORDS)["steps"]
    assert [step["time"] for step in steps][:2] == ["+0\u00a0min", "+7\u00a0min"]
    empty = Workshop()
    empty.join("nadia", "facilitator")
    (page,) = pages_of(printed(sheet(RUNSHEET, runsheet(empty.state, facts(empty), WORDS))), tmp_path)
    assert flat("Le plan est encore vide.") in page


def test_a_character_of_no_font_is_printed_all_the_same(shop: Workshop, tmp_path: Path) -> None:
    shop.do("nadia", ask.DescribeSession(title="中文 et لعربية"))
    assert pages_of(printed(sheet(POSTER, poster(facts(shop), WORDS, qr=drawn(LINK)))), tmp_path)


async def test_the_press_works_apart_and_says_nothing_of_what_failed(shop: Workshop) -> None:
    assert (await printed_apart(sheet(RUNSHEET, runsheet(shop.state, facts(shop), WORDS)))).startswith(b"%PDF")
    with pytest.raises(PressFailed) as failed:
        await printed_apart(Sheet(RUNSHEET, '{"title": "SECRET"}'))
    assert "SECRET" not in str(failed.value)
    with pytest.raises(PressFailed, match="given up"):
        await printed_apart(sheet(RUNSHEET, {}), within=0.001)
