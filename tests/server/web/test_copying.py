"""« Dupliquer » over HTTP: whose it is, what the copy is called, and that one form makes one copy."""

from __future__ import annotations

import re
from typing import Any

from facilitation import commands as ask
from facilitation.records import Block, Note, Seat, Site


def copied(browser: Any, sid: str, drawn: str = "un") -> str:
    """The id of the copy that a form makes."""
    answer = browser.post(f"/s/{sid}/dupliquer", {"jeton": drawn})
    assert answer.status_code == 303, answer.text
    page = answer.headers["location"]
    assert page.endswith("/preparer")
    assert browser.get(page).status_code == 200
    return str(page.split("/")[2])


def test_a_workshop_that_ran_is_prepared_again_from_its_plan(site: Any) -> None:
    nadia = site.facilitator()
    sid = site.workshop(nadia, "Réussir l’arrivée")
    actor = next(site.state(sid).all(Seat)).id
    site.ask(sid, ask.PutSite(name="Toulouse", room=True, heads=4), actor)
    site.ask(sid, ask.DescribeSession(purpose="Mieux accueillir", date="2026-10-14"), actor)
    site.ask(sid, ask.OpenSession(), actor)
    state = site.state(sid)
    board = next(iter(state.table("board")))
    writing = next(block for block in state.all(Block) if block.view == "ecrire")
    site.ask(sid, ask.EnterBlock(block=writing.id), actor)
    site.ask(sid, ask.AddNotes(board=board, block=writing.id, notes=(ask.NewNote(text="Un secret"),)), actor)
    made = site.state(copied(nadia, sid))
    assert made.session.title == "Réussir l’arrivée (copie)"
    assert (made.session.purpose, made.session.date, made.session.status) == ("Mieux accueillir", "", "preparing")
    assert made.session.code != state.session.code
    assert [one.name for one in made.all(Site)] == ["Toulouse"]
    assert [one.title for one in made.all(Block)] == [one.title for one in state.all(Block)]
    assert list(made.all(Note)) == []
    assert [(seat.name, seat.role) for seat in made.all(Seat)] == [("Nadia", "facilitator")]
    for command in (ask.EndSession(), ask.CloseSession()):
        assert site.ask(sid, command, actor) is None
    archived = site.state(copied(nadia, sid, "archivé"))
    assert archived.session.status == "preparing"
    assert list(archived.all(Note)) == []


def test_one_form_sent_twice_makes_one_copy_and_another_form_the_next_number(site: Any) -> None:
    nadia = site.facilitator()
    sid = site.workshop(nadia)
    first = copied(nadia, sid)
    assert copied(nadia, sid) == first
    assert len(list(site.state(first).all(Seat))) == 1
    second = copied(nadia, sid, "deux")
    of_copy = copied(nadia, first, "trois")
    titles = [site.state(one).session.title for one in (first, second, of_copy)]
    assert titles == [f"Réussir l’arrivée (copie{number})" for number in ("", " 2", " 3")]


def test_a_long_title_keeps_room_for_what_says_that_it_is_a_copy(site: Any) -> None:
    nadia = site.facilitator()
    title = site.state(copied(nadia, site.workshop(nadia, "é" * 120))).session.title
    assert len(title) == 120
    assert title.endswith("é (copie)")


def test_copying_is_for_whoever_holds_the_key(site: Any) -> None:
    nadia = site.facilitator()
    sid = site.workshop(nadia)
    other = site.facilitator()  # the key, but no seat in that workshop
    assert [seat.name for seat in site.state(copied(other, sid)).all(Seat)] == ["Animation"]
    stranger = site.browser()
    assert stranger.post(f"/s/{sid}/dupliquer", {"jeton": "x"}).status_code == 404
    assert nadia.post("/s/inconnu/dupliquer", {"jeton": "x"}).status_code == 404


def test_the_home_page_offers_the_copy_beside_the_one_action_of_a_card(site: Any) -> None:
    nadia = site.facilitator()
    sid = site.workshop(nadia)
    home = nadia.get("/").text
    assert f'action="/s/{sid}/dupliquer"' in home
    assert "Autres actions pour «\u00a0Réussir l’arrivée\u00a0»" in home
    assert re.search(r'<a class="button" href="/s/\w+/preparer">Continuer le plan', home)
    token = re.search(r'name="jeton" value="([^"]+)"', home)
    assert token
    assert copied(nadia, sid, token.group(1)) != sid
