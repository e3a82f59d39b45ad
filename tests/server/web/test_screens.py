"""Plugging a screen in, as the two pages do it: the screen's and the facilitator's."""

from __future__ import annotations

import re
import threading
import time
from typing import Any

import pytest

from facilitation.commands import CloseDoor, OpenSession, PutSite, RemoveSeat
from facilitation.records import Occupant, Seat, Site


def code_of(screen: Any) -> str:
    answer = screen.get("/ecran")
    assert answer.status_code == 200
    found = re.search(r'data-code="(\w{6})"', answer.text)
    assert found
    return found[1]


def suite(screen: Any, code: str = "?") -> dict[str, Any]:
    answer = screen.post("/ecran/suite", {"code": code})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def plug(browser: Any, sid: str, **asked: Any) -> Any:
    return browser.post(f"/s/{sid}/ecrans", json=asked)


def workshop(site: Any) -> tuple[Any, str, str]:
    """A facilitator's browser, the session, and the id of its site with a room."""
    browser = site.facilitator()
    sid = site.workshop(browser)
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=6), seat)
    return browser, sid, next(site.state(sid).all(Site)).id


def test_the_page_shows_a_code_and_what_to_do(site: Any) -> None:
    screen = site.browser()
    code = code_of(screen)
    page = screen.get("/ecran").text
    assert f"{code[:3]}\u00a0{code[3:]}" in page
    assert "Brancher un écran" in page
    assert "10\u00a0minutes" in page
    assert code_of(screen) == code  # the same screen, loaded again
    assert "<noscript>" in page
    assert "http-equiv" not in page
    assert code_of(site.browser("en")) != code


def test_a_wall_is_plugged_in_and_goes_by_itself(site: Any) -> None:
    browser, sid, place = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    answer = plug(browser, sid, code=code.lower(), role="projector", site=place)
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    told = screen.post("/ecran/suite", {"code": code})
    assert told.json() == {"to": f"/s/{sid}/projeter"}
    assert f"pdc-{sid}-projeter=" in told.headers["set-cookie"]
    assert screen.get(f"/s/{sid}/projeter").status_code == 200
    (wall,) = [seat for seat in site.state(sid).all(Seat) if seat.role == "projector"]
    assert (wall.name, wall.site, wall.heads) == ("Écran Toulouse", place, 0)
    assert suite(screen, code) == {"to": f"/s/{sid}/projeter"}  # an answer that was lost on the way


def test_a_room_is_plugged_in_with_the_heads_said_or_expected(site: Any) -> None:
    browser, sid, place = workshop(site)
    for asked, heads in (({"heads": 3}, 3), ({}, 6), ({"site": ""}, 4)):
        screen = site.browser()
        answer = plug(browser, sid, **{"code": code_of(screen), "role": "room", "site": place, **asked})
        assert answer.json() == {"ok": True}
        assert suite(screen)["to"] == f"/s/{sid}/salle"
        assert screen.get(f"/s/{sid}/salle").status_code == 200
        seat = list(site.state(sid).all(Seat))[-1]
        assert (seat.role, seat.heads) == ("room", heads)
        assert sum(one.seat == seat.id for one in site.state(sid).all(Occupant)) == heads


def test_a_code_serves_once(site: Any) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    assert plug(browser, sid, code=code).status_code == 200
    answer = plug(browser, sid, code=code)
    assert answer.status_code == 422
    assert "Aucun écran" in answer.json()["error"]
    assert code_of(screen) != code  # opened anew, it waits for its next place
    assert "to" not in suite(screen)


def test_the_question_stays_open_until_there_is_news(site: Any) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    told: list[Any] = []
    asking = threading.Thread(target=lambda: told.append(suite(screen, code)))
    asking.start()
    asking.join(0.3)
    assert not told
    started = time.monotonic()
    plug(browser, sid, code=code)
    asking.join(10)
    assert told == [{"to": f"/s/{sid}/projeter"}]
    assert time.monotonic() - started < 5


def test_a_screen_unknown_here_gets_a_new_code_at_once(site: Any) -> None:
    told = suite(site.browser(), "ABCDEF")
    assert len(told["code"]) == 6
    assert 590 <= told["left"] <= 600


def test_without_a_script_a_button_goes_on(site: Any) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    assert screen.post("/ecran").headers["location"] == "/ecran"
    plug(browser, sid, code=code)
    answer = screen.post("/ecran")
    assert answer.headers["location"] == f"/s/{sid}/projeter"
    assert screen.get(f"/s/{sid}/projeter").status_code == 200


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"role": "facilitator"}, "Choisissez ce que cet écran devient"),
        ({"role": "room", "heads": 61}, "entre 1 et 60"),
        ({"role": "room", "site": "nowhere"}, "n’existe plus"),
    ],
)
def test_what_is_wrong_is_said_and_the_code_still_serves(site: Any, asked: dict[str, Any], words: str) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    before = site.state(sid)
    answer = plug(browser, sid, code=code, **asked)
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert site.state(sid) == before
    assert plug(browser, sid, code=code).json() == {"ok": True}


def test_what_cannot_be_read_is_a_sentence_too(site: Any) -> None:
    browser, sid, _ = workshop(site)
    for sent in ({"content": b"{"}, {"content": b"[]"}, {"content": b"\xff"}, {"json": {"code": 7}}):
        answer = browser.post(f"/s/{sid}/ecrans", headers={"content-type": "application/json"}, **sent)
        assert answer.status_code == 422
        assert answer.json()["error"]
    code = code_of(site.browser())
    assert browser.post(f"/s/{sid}/ecrans", {"code": code, "role": "projector"}).json() == {"ok": True}


def test_guesses_are_counted_by_address_and_by_session(site: Any) -> None:
    browser, sid, _ = workshop(site)
    limit = site.app.settings.join_failures_minute
    answers = [plug(browser, sid, code="AAAAAA").status_code for _ in range(limit + 2)]
    assert answers == [422] * limit + [429] * 2
    screen = site.browser()
    refused = plug(browser, sid, code=code_of(screen))
    assert refused.status_code == 429
    assert "Réessayez dans" in refused.json()["error"]
    assert refused.headers["retry-after"]
    assert "to" not in suite(screen)


def test_only_a_facilitators_browser_plugs_screens_in(site: Any) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    stranger = site.browser()
    assert plug(stranger, sid, code=code).status_code == 404
    answer = browser.client.post(f"/s/{sid}/ecrans", json={"code": code}, headers={"origin": "https://ailleurs.example"})
    assert answer.status_code == 403
    assert plug(browser, sid, code=code).json() == {"ok": True}


def test_a_closed_door_lets_a_screen_in_and_a_removed_one_waits_again(site: Any) -> None:
    browser, sid, _ = workshop(site)
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, OpenSession(), seat)
    site.ask(sid, CloseDoor(closed=True), seat)
    screen = site.browser()
    assert plug(browser, sid, code=code_of(screen)).json() == {"ok": True}
    wall = next(one for one in site.state(sid).all(Seat) if one.role == "projector")
    site.ask(sid, RemoveSeat(seat=wall.id), seat)
    assert "to" not in suite(screen)
    assert len(code_of(screen)) == 6


def test_no_secret_is_in_an_address_or_on_the_page(site: Any) -> None:
    browser, sid, _ = workshop(site)
    screen = site.browser()
    code = code_of(screen)
    page = screen.get("/ecran")
    secret = screen.client.cookies["pdc-ecran"]
    assert secret not in page.text
    plug(browser, sid, code=code)
    told = screen.post("/ecran/suite", {"code": code})
    assert secret not in told.text
    assert told.json()["to"] == f"/s/{sid}/projeter"
    assert "httponly" in told.headers["set-cookie"].lower()
