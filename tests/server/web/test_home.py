"""The home page: codes, the facilitation key, the sessions and a new one; the language."""

import re
from typing import Any

from facilitation import commands as ask
from facilitation.records import Seat
from server.identity import codes


def test_a_code_opens_the_door_however_typed(site: Any) -> None:
    sid = site.workshop(site.facilitator())
    code = site.state(sid).session.code
    for typed in (code, code.lower(), codes.shown(code), " - ".join(code), code.replace("0", "o").replace("1", "L")):
        answer = site.browser().post("/rejoindre", {"code": typed})
        assert answer.status_code == 303
        assert answer.headers["location"] == site.link(sid, "participant")


def test_a_wrong_code_is_said_beside_the_field_and_kept(site: Any) -> None:
    answer = site.browser().post("/rejoindre", {"code": "k7m4-rpx2"})
    assert answer.status_code == 404
    assert "Aucun atelier" in answer.text
    assert 'value="k7m4-rpx2"' in answer.text


def test_guessing_is_slowed_down_and_the_link_still_opens(site: Any) -> None:
    sid = site.workshop(site.facilitator())
    browser = site.browser()
    statuses = [browser.post("/rejoindre", {"code": "AAAAAAAA"}).status_code for _ in range(12)]
    assert statuses == [404] * 10 + [429] * 2
    limited = browser.post("/rejoindre", {"code": site.state(sid).session.code})
    assert limited.status_code == 429
    assert 0 < int(limited.headers["retry-after"]) <= 60
    assert browser.get(site.link(sid, "participant")).status_code == 200


def test_a_wrong_key_opens_nothing_and_ten_are_enough(site: Any) -> None:
    browser = site.browser()
    assert browser.post("/cle", {"cle": "perdu"}).status_code == 422
    assert browser.get("/seances/nouvelle").headers["location"] == "/#animer"
    assert browser.post("/seances", {"titre": "x", "nom": "y", "methode": "roti"}).headers["location"] == "/#animer"
    for _ in range(9):
        browser.post("/cle", {"cle": "perdu"})
    assert browser.post("/cle", {"cle": "perdu"}).status_code == 429


def test_signing_out_and_a_new_key_end_a_sign_in(site: Any) -> None:
    browser = site.facilitator()
    assert "Vos ateliers" in browser.get("/").text
    site.portal.call(site.app.lab.renew_key)
    assert "Vos ateliers" not in browser.get("/").text
    other = site.browser()
    key = site.portal.call(site.app.lab.renew_key)
    assert other.post("/cle", {"cle": key}).status_code == 303
    assert "Vos ateliers" in other.get("/").text
    other.post("/cle/quitter")
    assert "Vos ateliers" not in other.get("/").text


def test_a_workshop_is_created_with_its_plan_and_its_facilitator(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser, "Réussir l’arrivée d’un nouvel agent")
    page = browser.get(f"/s/{sid}/preparer")
    assert page.status_code == 200
    assert "Réussir l’arrivée d’un nouvel agent" in page.text
    assert len(site.state(sid).table("block")) > 5
    home = browser.get("/").text
    assert "Continuer le plan" in home
    assert "Date à fixer" in home
    assert re.search(r"Plan de 1\u00a0h\u00a0\d\d, \d\d\u00a0% collaboratif", home)


def test_what_is_missing_to_create_is_said_beside_its_field(site: Any) -> None:
    answer = site.facilitator().post("/seances", {"titre": " ", "nom": "Nadia", "methode": "roti"})
    assert answer.status_code == 422
    assert 'id="titre-erreur"' in answer.text
    assert 'value="Nadia"' in answer.text
    assert re.search(r'value="roti" checked', answer.text)


def test_the_key_s_holder_reaches_a_workshop_made_elsewhere(site: Any) -> None:
    sid = site.workshop(site.facilitator())
    other = site.facilitator()
    assert other.get(f"/s/{sid}/animer").headers["location"] == site.link(sid, "facilitator")
    assert site.browser().get(f"/s/{sid}/animer").status_code == 404


def test_the_key_s_holder_takes_up_their_seat_on_another_device(site: Any) -> None:
    sid = site.workshop(site.facilitator())
    nadia = next(site.state(sid).all(Seat))
    other, link = site.facilitator(), site.link(sid, "facilitator")
    assert f'value="{nadia.id}"' in other.get(link).text
    assert other.post(link, {"reprendre": nadia.id}).headers["location"] == f"/s/{sid}/preparer"
    assert other.get(f"/s/{sid}/preparer").status_code == 200
    assert len(list(site.state(sid).all(Seat))) == 1
    stranger = site.browser()
    assert nadia.id not in stranger.get(link).text
    assert stranger.post(link, {"reprendre": nadia.id}).status_code == 422


def test_whoever_facilitates_by_link_finds_that_workshop_alone(site: Any) -> None:
    owner = site.facilitator()
    sid, other = site.workshop(owner, "Celui d’Étienne"), site.workshop(owner, "Un autre")
    browser = site.browser()
    link = site.link(sid, "cofacilitator")
    token = re.search(r'name="jeton" value="([^"]+)"', browser.get(link).text)
    assert token
    assert browser.post(link, {"nom": "Étienne", "jeton": token.group(1)}).status_code == 303
    home = browser.get("/").text
    assert f"/s/{sid}/preparer" in home
    assert other not in home
    assert "Clé d’animation" in home
    assert "/seances/nouvelle" not in home


def test_a_participant_is_shown_the_way_back(site: Any) -> None:
    sid = site.workshop(site.facilitator())
    browser, link = site.browser(), site.link(sid, "participant")
    assert "Y revenir" not in browser.get("/").text
    token = re.search(r'name="jeton" value="([^"]+)"', browser.get(link).text)
    assert token
    browser.post(link, {"nom": "Claire", "jeton": token.group(1)})
    assert f'href="/s/{sid}/participer"' in browser.get("/").text


def test_the_language_follows_the_browser_then_the_choice(site: Any) -> None:
    browser = site.browser("en-GB,en;q=0.9,fr;q=0.5")
    assert '<html lang="en"' in browser.get("/").text
    assert browser.post("/langue", {"langue": "fr", "retour": "/donnees"}).headers["location"] == "/donnees"
    assert '<html lang="fr"' in browser.get("/").text
    assert '<html lang="fr"' in site.browser("de,it").get("/").text


def test_the_language_never_leads_away(site: Any) -> None:
    for back in ("https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", ""):
        assert site.browser().post("/langue", {"langue": "en", "retour": back}).headers["location"] == "/"


def test_links_and_codes_are_for_facilitators(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    links = browser.get(f"/s/{sid}/liens").json()
    assert set(links["roles"]) == {"participant", "facilitator", "cofacilitator", "observer", "projector"}
    assert links["roles"]["participant"]["url"].endswith(site.link(sid, "participant"))
    drawn = browser.get(links["roles"]["facilitator"]["qr"])
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg")
    stranger = site.browser()
    for path in (f"/s/{sid}/liens", links["roles"]["facilitator"]["qr"], links["roles"]["participant"]["qr"]):
        assert stranger.get(path).status_code == 404


def test_a_card_says_when_a_running_workshop_should_end_and_what_an_ended_one_lacks(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    nadia = next(site.state(sid).all(Seat)).id
    assert f'href="/s/{sid}/preparer#inviter"' in browser.get("/").text
    site.ask(sid, ask.OpenSession(), nadia)
    home = browser.get("/").text
    assert re.search(r"Depuis \d+\u00a0h(\u00a0\d\d)? · fin prévue à \d+\u00a0h", home)
    assert "0 participant, étape 1 sur 8" in home
    site.ask(sid, ask.AddSheet(type="action", what="Préparer le poste"), nadia)
    site.ask(sid, ask.EndSession(), nadia)
    home = browser.get("/").text
    assert "1 action sans responsable" in home
    assert re.search(rf'href="/s/{sid}/relire">Relire le compte rendu', home)
