"""The archive: from the end of a workshop to its downloaded, checked parts; for its facilitators only."""

import time
from typing import Any

import pytest

from facilitation.commands import (
    AddSheet,
    CastBallot,
    CloseRound,
    CloseSession,
    EndSession,
    EnterBlock,
    Join,
    OpenRound,
    OpenSession,
)
from facilitation.records import Block, Round, Seat


@pytest.fixture
def ended(site: Any) -> tuple[Any, str]:
    """A browser that facilitates, and its workshop, ended."""
    browser = site.facilitator()
    sid = site.workshop(browser)
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, OpenSession(), seat)
    site.ask(sid, AddSheet(type="decision", what="Un interlocuteur nommé avant l’arrivée"), seat)
    site.ask(sid, AddSheet(type="action", what="Ouvrir la messagerie", who="Öznur", when="2026-11-30"), seat)
    site.ask(sid, EndSession(), seat)
    return browser, sid


def archived(site: Any, browser: Any, sid: str) -> None:
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, CloseSession(), seat)
    wait_until = time.monotonic() + 90
    while browser.get(f"/s/{sid}/archive", headers={"accept": "application/json"}).json()["status"] != "closed":
        assert time.monotonic() < wait_until, "the bundle was never written"


def test_before_archiving_what_is_missing_is_said(ended: Any) -> None:
    browser, sid = ended
    page = browser.get(f"/s/{sid}/archive").text
    assert "Relire et archiver" in page
    told = browser.get(f"/s/{sid}/relire/rapport").json()
    assert "no_date" in {gap["code"] for gap in told["report"]["gaps"]}
    assert told["version"] == 1
    assert "Öznur" in page
    assert "À télécharger" not in page


def test_the_votes_shown_to_everyone_are_read_again(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, OpenSession(), seat)
    block = next(one for one in site.state(sid).all(Block) if one.round and one.round.method == "scale")
    site.ask(sid, EnterBlock(block=block.id), seat)
    site.ask(sid, OpenRound(block=block.id), seat)
    vote = next(site.state(sid).all(Round))
    for place, voter in enumerate(("v1", "v2")):
        site.ask(sid, Join(seat=voter, name=voter, role="participant"))
        site.ask(sid, CastBallot(round=vote.id, marks={vote.options[3 + place].id: 1}), voter)
    site.ask(sid, CloseRound(round=vote.id, show=True), seat)
    site.ask(sid, EndSession(), seat)
    page = browser.get(f"/s/{sid}/archive").text
    assert "Lire le déroulé et les votes" in page
    assert "2 bulletins" in page
    assert "médiane 4,5" in page
    assert vote.options[4].title in page


def test_archive_download_and_check(site: Any, ended: Any) -> None:
    browser, sid = ended
    archived(site, browser, sid)
    page = browser.get(f"/s/{sid}/archive").text
    assert "Un interlocuteur nommé avant l’arrivée" in page
    assert "30 novembre 2026" in page
    parts = {part: browser.get(f"/s/{sid}/archive/{part}") for part in ("diffusion", "reserve", "compte-rendu")}
    for answer in parts.values():
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert parts["compte-rendu"].content[:2] == b"PK"
    whole = parts["diffusion"].content
    said = browser.post("/verifier", files={"dossier": ("dossier.zip", whole)})
    assert "Intact" in said.text
    flipped = bytearray(whole)
    flipped[len(flipped) // 2] ^= 1
    files, as_json = {"dossier": ("x.zip", bytes(flipped))}, {"accept": "application/json"}
    changed = site.browser().post("/verifier", files=files, headers=as_json)
    assert changed.json()["intact"] is False
    assert changed.json()["message"].startswith("Modifié")
    stranger = site.browser()
    for part in (*parts, "autre", "..%2f..%2fpasdecote.db"):
        assert stranger.get(f"/s/{sid}/archive/{part}").status_code == 404
    assert browser.get(f"/s/{sid}/archive/..%2f..%2fpasdecote.db").status_code == 404
    assert "Ouvrir le dossier" in browser.get("/").text
    assert browser.get(f"/s/{sid}/animer").headers["location"] == f"/s/{sid}/archive"


def test_the_minutes_can_be_read_as_a_document_before_they_are_archived(site: Any, ended: Any) -> None:
    browser, sid = ended
    answer = browser.get(f"/s/{sid}/relire/apercu")
    assert answer.content[:2] == b"PK"
    assert answer.headers["content-disposition"].endswith('.odt"')
    assert site.state(sid).session.status == "ended"
    for path in ("rapport", "apercu"):
        assert site.browser().get(f"/s/{sid}/relire/{path}").status_code == 404


def test_a_correction_makes_a_second_version_and_the_first_stays_in_force_meanwhile(site: Any, ended: Any) -> None:
    browser, sid = ended
    archived(site, browser, sid)
    assert browser.post(f"/s/{sid}/archive/corriger", {}).headers["location"] == f"/s/{sid}/relire"
    assert site.state(sid).session.status == "ended"
    page = browser.get(f"/s/{sid}/archive").text
    assert "La version 1 reste en vigueur" in page
    assert browser.get(f"/s/{sid}/archive/diffusion").status_code == 200
    first = browser.get(f"/s/{sid}/archive/diffusion").content
    archived(site, browser, sid)
    page = browser.get(f"/s/{sid}/archive").text
    assert "(version 2)" in page and "Version remplacée" in page
    for part in ("compte-rendu", "diffusion", "reserve"):
        assert f'href="/s/{sid}/archive/v1/{part}"' in page
        assert browser.get(f"/s/{sid}/archive/v1/{part}").status_code == 200
        assert site.browser().get(f"/s/{sid}/archive/v1/{part}").status_code == 404
    assert browser.get(f"/s/{sid}/archive/v1/diffusion").content == first
    assert browser.get(f"/s/{sid}/archive/v2/diffusion").content == browser.get(f"/s/{sid}/archive/diffusion").content != first
    for unknown in ("v3", "v0", "..", "archive"):
        assert browser.get(f"/s/{sid}/archive/{unknown}/diffusion").status_code == 404
    assert browser.post(f"/s/{sid}/archive/corriger", {}).status_code == 303
    assert site.browser().post(f"/s/{sid}/archive/corriger", {}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_anything_else_is_said_not_to_be_a_bundle(site: Any, content: bytes) -> None:
    answer = site.browser().post("/verifier", files={"dossier": ("x.zip", content)})
    assert answer.status_code == 200
    assert "Modifié" in answer.text


def test_no_file_is_said_kindly(site: Any) -> None:
    for data in ({}, {"dossier": "texte"}):
        answer = site.browser().post("/verifier", data)
        assert answer.status_code == 422
        assert "Choisissez un fichier ZIP." in answer.text
