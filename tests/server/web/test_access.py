"""Who may open what: every page of a session, asked by every role, by a stranger, and by another session's facilitator."""

import re
from typing import Any

import pytest

from facilitation.commands import OpenSession, PutSite
from facilitation.records import Seat
from facilitation.records import Site as Place

DRIVERS = {"facilitator", "cofacilitator"}
EVERY_SEAT = {"facilitator", "cofacilitator", "participant", "observer", "room", "projector"}
OPENS: dict[str, set[str]] = {
    "preparer": DRIVERS | {"key"},
    "animer": DRIVERS | {"key"},
    "participer": {"participant", "observer"} | DRIVERS,  # facilitators are shown the door of the others' pages
    "salle": {"room"},
    "projeter": {"projector"} | DRIVERS,
    "archive": DRIVERS | {"key"},
    "liens": DRIVERS,
    "qr/participant.svg": EVERY_SEAT,
    "qr/facilitator.svg": DRIVERS,
    "qr/room.svg": DRIVERS,
    "archive/diffusion": set(),  # nothing to hand out before the archive is made
    "archive/reserve": set(),
    "archive/compte-rendu": set(),
    "donnees": EVERY_SEAT | {"key", "stranger", "elsewhere"},
}
WHO = sorted(EVERY_SEAT | {"key", "stranger", "elsewhere"})


@pytest.fixture
def sid(site: Any) -> str:
    made = site.workshop(site.facilitator())
    site.ask(made, PutSite(name="Toulouse", room=True, heads=2))
    site.ask(made, OpenSession())
    return made


def browser_of(site: Any, sid: str, who: str) -> Any:
    """A browser that is that one."""
    if who == "stranger":
        return site.browser()
    if who == "key":
        return site.facilitator()
    if who == "elsewhere":
        other = site.workshop(site.facilitator())
        return seated(site, other, "facilitator")
    return seated(site, sid, who)


def seated(site: Any, sid: str, role: str) -> Any:
    browser = site.browser()
    place = next(site.state(sid).all(Place)).id if role == "room" else ""
    link = site.link(sid, role, place)
    token = re.search(r'name="jeton" value="([^"]+)"', browser.get(link).text)
    assert token
    answer = browser.post(link, {"jeton": token.group(1), "nom": "Quelqu’un", "tetes": "2"})
    assert answer.status_code == 303
    return browser


@pytest.mark.parametrize("who", WHO)
def test_each_page_opens_for_those_it_is_for(site: Any, sid: str, who: str) -> None:
    browser = browser_of(site, sid, who)
    opened = {path: browser.get(f"/s/{sid}/{path}").status_code in (200, 303) for path in OPENS}
    assert opened == {path: who in allowed for path, allowed in OPENS.items()}


@pytest.mark.parametrize("who", WHO)
def test_only_its_facilitators_say_when_participants_may_read(site: Any, sid: str, who: str) -> None:
    browser = browser_of(site, sid, who)
    answer = browser.post(f"/s/{sid}/archive/publier", {"jour": "2026-10-16"})
    assert (answer.status_code == 303) == (who in DRIVERS)
    assert (site.state(sid).session.publish_on == "2026-10-16") == (who in DRIVERS)


@pytest.mark.parametrize("who", WHO)
def test_somebodys_own_link_is_handed_over_by_facilitators_only(site: Any, sid: str, who: str) -> None:
    browser_of(site, sid, "participant")
    place = next(seat.id for seat in site.state(sid).all(Seat) if seat.role == "participant")
    browser = browser_of(site, sid, who)
    for path in (f"liens?place={place}", f"qr/moi.svg?place={place}"):
        assert (browser.get(f"/s/{sid}/{path}").status_code == 200) == (who in DRIVERS), path
    assert browser.get(f"/s/{sid}/liens?place=0000000000000000").status_code == 404


@pytest.mark.parametrize("who", WHO)
def test_a_session_that_is_not_there_looks_like_one_that_is_closed_to_you(site: Any, sid: str, who: str) -> None:
    browser = browser_of(site, sid, who)
    for path in OPENS:
        assert browser.get(f"/s/0000000000000000/{path}").status_code == 404


@pytest.mark.parametrize("who", WHO)
def test_only_a_key_makes_a_workshop(site: Any, sid: str, who: str) -> None:
    browser = browser_of(site, sid, who)
    before = len(site.portal.call(site.app.lab.entries))
    browser.post("/seances", {"titre": "Encore un", "nom": "Nadia", "methode": "roti"})
    assert (len(site.portal.call(site.app.lab.entries)) > before) == (who == "key")
