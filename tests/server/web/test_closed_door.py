"""A closed door: kind to newcomers, and never in the way of who is seated. What a waiting page knows before opening."""

from __future__ import annotations

from typing import Any

import pytest

from facilitation.commands import CloseDoor, DescribeSession, OpenSession
from facilitation.records import Seat
from tests.server.web.test_rehearsal import enter


def closed(site: Any) -> tuple[Any, str, str]:
    browser = site.facilitator()
    sid = site.workshop(browser)
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, OpenSession(), seat)
    return browser, sid, seat


def test_newcomers_are_told_what_to_do(site: Any) -> None:
    _, sid, seat = closed(site)
    door = site.link(sid, "participant")
    form = site.browser().get(door).text
    site.ask(sid, CloseDoor(closed=True), seat)
    before = site.state(sid)
    for answer in (
        site.browser().get(door),
        site.browser().post(door, {"nom": "Mei", "entrer": "1", "jeton": form.split('name="jeton" value="')[1].split('"')[0]}),
        site.browser().post(door, {"nom": "Mei", "entrer": "1", "plusieurs": "1", "tetes": "4"}),
        site.browser().get(site.link(sid, "observer")),
    ):
        assert answer.status_code == 403
        assert "a fermé la porte" in answer.text
        assert "Réessayer" in answer.text
    assert site.state(sid) == before
    site.ask(sid, CloseDoor(closed=False), seat)
    enter(site, door, "Mei")


def test_the_code_leads_to_the_same_page(site: Any) -> None:
    _, sid, seat = closed(site)
    site.ask(sid, CloseDoor(closed=True), seat)
    answer = site.browser().post("/rejoindre", {"code": site.state(sid).session.code})
    assert "a fermé la porte" in site.browser().get(answer.headers["location"]).text


def test_who_is_seated_comes_back_by_cookie_and_by_personal_link(site: Any) -> None:
    _, sid, seat = closed(site)
    door = site.link(sid, "participant")
    mei = enter(site, door, "Mei")
    person = next(one for one in site.state(sid).all(Seat) if one.name == "Mei")
    site.ask(sid, CloseDoor(closed=True), seat)
    assert mei.get(door).headers["location"] == f"/s/{sid}/participer"
    assert mei.get(f"/s/{sid}/participer").status_code == 200
    other = site.browser()
    answer = other.get(site.app.web.links.personal_path(sid, person.id, person.generation))
    assert answer.headers["location"] == f"/s/{sid}/participer"
    assert other.get(f"/s/{sid}/participer").status_code == 200


@pytest.mark.parametrize("role", ["facilitator", "cofacilitator", "projector", "room"])
def test_links_that_only_facilitators_give_still_open(site: Any, role: str) -> None:
    _, sid, seat = closed(site)
    site.ask(sid, CloseDoor(closed=True), seat)
    enter(site, site.link(sid, role), "Karim", tetes="3")


def test_before_opening_the_page_knows_the_day_and_the_hour(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    mei = enter(site, site.link(sid, "participant"), "Mei")
    assert "data-opens" not in mei.get(f"/s/{sid}/participer").text
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, DescribeSession(date="2030-10-14", start="09:30"), seat)
    page = mei.get(f"/s/{sid}/participer").text.replace("\u00a0", " ")
    assert 'data-opens="L’atelier ouvre le 14 octobre 2030 à 9 h 30."' in page
    assert 'data-when="Lundi 14 octobre 2030, 9 h 30"' in page
