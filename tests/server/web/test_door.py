"""Coming in: the form without a script, the same seat again, another device, rooms, screens, closed doors."""

import re
from typing import Any

import pytest

from facilitation.commands import CloseSession, EndSession, OpenSession, PutSite, RemoveSeat, RevokeLink
from facilitation.records import Profile, Seat
from facilitation.records import Site as Place
from facilitation.texts import NAME


def nonce(page: Any) -> str:
    found = re.search(r'name="jeton" value="([^"]+)"', page.text)
    assert found
    return found.group(1)


def seats(site: Any, sid: str, role: str) -> list[Seat]:
    return [seat for seat in site.state(sid).all(Seat) if seat.role == role and not seat.removed]


@pytest.fixture
def sid(site: Any) -> str:
    return site.workshop(site.facilitator())


def join(server: Any, browser: Any, link: str, /, **fields: str) -> Any:
    page = browser.get(link)
    assert page.status_code == 200, page.text
    return browser.post(link, {"jeton": nonce(page), "nom": "Maïwenn", **fields})


def test_a_name_is_all_it_takes(site: Any, sid: str) -> None:
    browser = site.browser()
    answer = join(site, browser, site.link(sid, "participant"))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{sid}/participer"
    page = browser.get(f"/s/{sid}/participer")
    assert page.status_code == 200
    assert 'data-page="participer"' in page.text
    assert [seat.name for seat in seats(site, sid, "participant")] == ["Maïwenn"]


def test_what_was_said_at_the_door_is_kept(site: Any, sid: str) -> None:
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=4))
    place = next(site.state(sid).all(Place))
    join(site, site.browser(), site.link(sid, "participant"), site=place.id, service="DRAJES", departement="Gers", encadre="1")
    seat = seats(site, sid, "participant")[0]
    assert seat.site == place.id
    assert site.state(sid).find(Profile, seat.id) == Profile(id=seat.id, service="DRAJES", department="Gers", manages=True)


def test_the_room_s_code_chooses_the_site(site: Any, sid: str) -> None:
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=4))
    place = next(site.state(sid).all(Place))
    page = site.browser().get(site.link(sid, "participant", place.id))
    assert re.search(rf'value="{place.id}" checked', page.text)


def test_an_error_stands_beside_its_field_and_loses_nothing(site: Any, sid: str) -> None:
    answer = join(site, site.browser(), site.link(sid, "participant"), nom="  ", service="Secrétariat", encadre="1")
    assert answer.status_code == 422
    assert "Indiquez un nom" in answer.text
    assert 'aria-describedby="nom-erreur' in answer.text
    assert 'value="Secrétariat"' in answer.text
    assert re.search(r'name="encadre" value="1" checked', answer.text)
    assert seats(site, sid, "participant") == []


def test_a_name_too_long_is_said_to_be_so(site: Any, sid: str) -> None:
    answer = join(site, site.browser(), site.link(sid, "participant"), nom="x" * (NAME + 1))
    assert answer.status_code == 422
    assert 'id="nom-erreur"' in answer.text


def test_a_pseudonym_fills_the_field_without_a_script(site: Any, sid: str) -> None:
    browser, link = site.browser(), site.link(sid, "participant")
    page = browser.get(link)
    offered = re.search(r'name="prendre" value="([^"]+)"', page.text)
    assert offered
    answer = browser.post(link, {"jeton": nonce(page), "nom": "", "service": "RH", "prendre": offered.group(1)})
    assert f'name="nom" type="text" value="{offered.group(1)}"' in answer.text
    assert 'value="RH"' in answer.text
    assert browser.post(link, {"jeton": nonce(page), "nom": "", "autre": "1"}).status_code == 200


def test_the_same_form_sent_twice_takes_one_seat(site: Any, sid: str) -> None:
    browser, link = site.browser(), site.link(sid, "participant")
    form = {"jeton": nonce(browser.get(link)), "nom": "Öznur"}
    first, second = browser.post(link, form), browser.post(link, form)
    assert first.status_code == second.status_code == 303
    assert len(seats(site, sid, "participant")) == 1


def test_reload_and_the_link_again_give_the_same_seat(site: Any, sid: str) -> None:
    browser, link = site.browser(), site.link(sid, "participant")
    join(site, browser, link)
    from_webmail = browser.get(link, headers={"sec-fetch-site": "cross-site"})
    assert from_webmail.status_code == 303
    assert from_webmail.headers["location"] == f"/s/{sid}/participer"
    assert browser.get(f"/s/{sid}").headers["location"] == f"/s/{sid}/participer"
    assert len(seats(site, sid, "participant")) == 1


def test_a_personal_link_brings_the_seat_to_another_device(site: Any, sid: str) -> None:
    phone, computer = site.browser(), site.browser()
    join(site, phone, site.link(sid, "participant"))
    personal = re.search(r'data-personal="([^"]+)"', phone.get(f"/s/{sid}/participer").text)
    assert personal
    answer = computer.get(personal.group(1))
    assert answer.status_code == 303
    assert computer.get(f"/s/{sid}/participer").status_code == 200
    assert len(seats(site, sid, "participant")) == 1


def test_a_personal_link_asks_before_replacing_someone_else(site: Any, sid: str) -> None:
    link = site.link(sid, "participant")
    mine, shared = site.browser(), site.browser()
    join(site, mine, link, nom="Claire")
    join(site, shared, link, nom="Loïc")
    personal = re.search(r'data-personal="([^"]+)"', mine.get(f"/s/{sid}/participer").text)
    assert personal
    asked = shared.get(personal.group(1))
    assert asked.status_code == 200
    assert "Continuer comme Claire" in asked.text
    claire = next(seat.id for seat in seats(site, sid, "participant") if seat.name == "Claire")
    assert f'data-seat="{claire}"' not in shared.get(f"/s/{sid}/participer").text
    assert shared.post(personal.group(1)).status_code == 303
    assert f'data-seat="{claire}"' in shared.get(f"/s/{sid}/participer").text


def test_a_removed_seat_loses_its_cookie_and_its_link(site: Any, sid: str) -> None:
    browser = site.browser()
    join(site, browser, site.link(sid, "participant"))
    personal = re.search(r'data-personal="([^"]+)"', browser.get(f"/s/{sid}/participer").text)
    assert personal
    site.ask(sid, RemoveSeat(seat=seats(site, sid, "participant")[0].id))
    assert browser.get(f"/s/{sid}/participer").status_code == 404
    assert browser.get(personal.group(1)).status_code == 404


def test_revoking_a_link_stops_it_and_keeps_who_is_in(site: Any, sid: str) -> None:
    browser, link = site.browser(), site.link(sid, "participant")
    join(site, browser, link)
    site.ask(sid, RevokeLink(role="participant"))
    refused = site.browser().get(link)
    assert refused.status_code == 404
    assert "Ce lien n’ouvre plus rien" in refused.text
    assert browser.get(f"/s/{sid}/participer").status_code == 200
    assert site.browser().get(site.link(sid, "participant")).status_code == 200


def test_a_shared_device_says_how_many_it_is(site: Any, sid: str) -> None:
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=4))
    place = next(site.state(sid).all(Place))
    browser, link = site.browser(), site.link(sid, "room", place.id)
    assert 'value="4"' in browser.get(link).text
    assert join(site, browser, link, nom="Table du fond", tetes="beaucoup").status_code == 422
    answer = join(site, browser, link, nom="Table du fond", tetes="3")
    assert answer.headers["location"] == f"/s/{sid}/salle"
    room = seats(site, sid, "room")[0]
    assert (room.heads, room.site) == (3, place.id)


def test_several_people_on_one_phone_become_a_shared_device(site: Any, sid: str) -> None:
    answer = join(site, site.browser(), site.link(sid, "participant"), plusieurs="1", tetes="2")
    assert answer.headers["location"] == f"/s/{sid}/salle"
    assert seats(site, sid, "room")[0].heads == 2


def test_a_screen_is_one_touch_and_beside_the_facilitator_s_seat(site: Any, sid: str) -> None:
    browser = site.browser()
    join(site, browser, site.link(sid, "facilitator"), nom="Étienne")
    to_screen = browser.get(f"/s/{sid}/projeter")
    assert to_screen.status_code == 303
    answer = join(site, browser, to_screen.headers["location"], nom="")
    assert answer.headers["location"] == f"/s/{sid}/projeter"
    assert f'data-qr="/s/{sid}/qr/participant.svg"' in browser.get(f"/s/{sid}/projeter").text
    assert browser.get(f"/s/{sid}/animer").status_code == 200


def test_the_code_on_a_room_s_wall_brings_people_to_its_site(site: Any, sid: str) -> None:
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=4))
    place = next(site.state(sid).all(Place)).id
    browser = site.browser()
    join(site, browser, site.link(sid, "projector"), site=place)
    shown = re.search(r'data-qr="([^"]+)"', browser.get(f"/s/{sid}/projeter").text)
    assert shown
    assert shown.group(1) == f"/s/{sid}/qr/participant.svg?site={place}"
    assert browser.get(shown.group(1)).status_code == 200


def test_the_door_says_when_it_opens_and_lets_in_before(site: Any, sid: str) -> None:
    page = site.browser().get(site.link(sid, "participant"))
    assert "Vous pouvez déjà entrer" in page.text
    site.ask(sid, OpenSession())
    assert "Vous pouvez déjà entrer" not in site.browser().get(site.link(sid, "participant")).text


@pytest.mark.parametrize("commands", [(EndSession(),), (EndSession(), CloseSession())])
def test_an_ended_workshop_takes_nobody_in(site: Any, sid: str, commands: tuple[Any, ...]) -> None:
    link, late = site.link(sid, "participant"), site.browser()
    form = {"jeton": nonce(late.get(link)), "nom": "Anaïs"}
    site.ask(sid, OpenSession())
    for command in commands:
        site.ask(sid, command)
    assert "L’atelier est terminé. Merci." in late.get(link).text
    assert "L’atelier est terminé. Merci." in late.post(link, form).text
    assert seats(site, sid, "participant") == []


def test_leaving_forgets_the_seat_on_this_browser_only(site: Any, sid: str) -> None:
    browser = site.browser()
    join(site, browser, site.link(sid, "participant"))
    assert browser.post(f"/s/{sid}/quitter", {"page": "participer"}).status_code == 303
    assert browser.get(f"/s/{sid}/participer").status_code == 404
    assert len(seats(site, sid, "participant")) == 1


def test_the_page_on_data_says_the_session_s_own_days(site: Any, sid: str) -> None:
    assert "30 jours après la clôture" in site.browser().get(f"/s/{sid}/donnees").text
    assert "30 jours après la clôture" in site.browser().get("/donnees").text
