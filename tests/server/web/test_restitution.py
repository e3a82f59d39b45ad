"""What participants find at their link once a workshop is over: the day to come, then the published minutes."""

import re
import time
from typing import Any

import pytest

from facilitation.commands import AddSheet, CloseSession, EndSession, OpenSession, PublishMinutes, ReviseSession
from facilitation.records import Seat


@pytest.fixture
def over(site: Any) -> tuple[Any, str, str]:
    """A participant's browser, the workshop, ended, and the participants' link."""
    browser = site.facilitator()
    sid = site.workshop(browser)
    link = site.link(sid, "participant")
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, OpenSession(), seat)
    site.ask(sid, AddSheet(type="decision", what="Un interlocuteur nommé avant l’arrivée"), seat)
    guest = site.browser()
    token = re.search(r'name="jeton" value="([^"]+)"', guest.get(link).text)
    assert token
    assert guest.post(link, {"jeton": token.group(1), "nom": "Öznur"}).status_code == 303
    site.ask(sid, EndSession(), seat)
    return guest, sid, link


def close(site: Any, sid: str) -> None:
    site.ask(sid, CloseSession(), next(site.state(sid).all(Seat)).id)
    until = time.monotonic() + 90
    while site.state(sid).session.status != "closed":
        assert time.monotonic() < until, "the bundle was never written"


def test_before_any_promise_the_link_thanks_and_names_no_day(site: Any, over: Any) -> None:
    _, _, link = over
    page = site.browser().get(link).text
    assert "L’atelier est terminé. Merci." in page
    assert "à partir du" not in page


def test_the_day_promised_is_said_and_the_minutes_are_not_there_before(site: Any, over: Any) -> None:
    guest, sid, link = over
    site.ask(sid, PublishMinutes(on="2199-10-16"), next(site.state(sid).all(Seat)).id)
    close(site, sid)
    for page in (site.browser().get(link).text, guest.get(f"/s/{sid}/restitution").text):
        assert "Le compte rendu sera ici à partir du 16 octobre 2199." in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "interlocuteur" not in page
    assert guest.get(f"/s/{sid}/restitution/compte-rendu").status_code == 404
    assert guest.get(f"{link}/diffusion").status_code == 404


def test_from_that_day_the_minutes_are_at_the_link_and_the_reserved_part_never(site: Any, over: Any) -> None:
    guest, sid, link = over
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, PublishMinutes(on="2026-01-01"), seat)
    close(site, sid)
    assert guest.get(f"/s/{sid}/participer").headers["location"] == f"/s/{sid}/restitution"
    for base, browser in ((f"/s/{sid}/restitution", guest), (link, site.browser())):
        page = browser.get(base).text
        assert "Un interlocuteur nommé avant l’arrivée" in page
        assert "Projet, pas encore validé." in page
        for address in re.findall(r'href="([^"]+)" download', page):
            assert browser.get(address).content[:2] == b"PK"
        assert browser.get(f"{base}/reserve").status_code == 404
    assert site.browser().get(f"/s/{sid}/restitution").status_code == 404
    site.ask(sid, ReviseSession(), seat)
    page = guest.get(f"/s/{sid}/restitution").text
    assert "en cours de correction" in page and "interlocuteur" not in page
