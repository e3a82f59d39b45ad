"""« Répéter »: everything works as in the workshop, under an address of its own, and nothing of it is ever kept."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import msgpack
import pytest
from starlette.routing import Route
from starlette.websockets import WebSocketDisconnect

from facilitation.commands import (
    AddNotes,
    CloseSession,
    DescribeSession,
    EndSession,
    EnterBlock,
    NewNote,
    OpenSession,
    PutPractical,
    PutSite,
    WriteScript,
)
from facilitation.records import Block, Board, Note, Practical, Script, Seat, Site
from server.web.routes import build_routes
from tests.server.web.conftest import ORIGIN

WORDS = "Zanzibar-répétée"


def prepared(site: Any) -> tuple[Any, str, str]:
    """A facilitator's browser, the session and the facilitator's seat."""
    browser = site.facilitator()
    sid = site.workshop(browser, method="brainstorming-silencieux")
    seat = next(site.state(sid).all(Seat)).id
    site.ask(sid, PutSite(name="Toulouse", room=True, heads=6), seat)
    place = next(site.state(sid).all(Site)).id
    site.ask(sid, PutPractical(site=place, room="B 204"), seat)
    site.ask(sid, DescribeSession(date="2030-10-14", start="09:30"), seat)
    block = next(site.state(sid).all(Block)).id
    site.ask(sid, WriteScript(block=block, text="Accueillir"), seat)
    return browser, sid, seat


def rehearse(browser: Any, sid: str) -> str:
    answer = browser.post(f"/s/{sid}/repeter")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{sid}-r/animer"
    return f"{sid}-r"


def enter(site: Any, path: str, name: str, **fields: str) -> Any:
    """A new browser through a link's form."""
    browser = site.browser()
    page = browser.get(path)
    assert page.status_code == 200, page.text
    token = page.text.split('name="jeton" value="')[1].split('"')[0]
    answer = browser.post(path, {"jeton": token, "nom": name, "entrer": "1", **fields})
    assert answer.status_code == 303, answer.text
    return browser


def test_it_is_the_same_plan_open_at_its_first_step_with_nobody_else(site: Any) -> None:
    browser, sid, _ = prepared(site)
    enter(site, site.link(sid, "participant"), "Mei")
    rehearsal = rehearse(browser, sid)
    real, state = site.state(sid), site.state(rehearsal)
    assert real.session.status == "preparing"
    session = state.session
    assert (session.status, session.rehearsal, session.code, session.date) == ("open", True, real.session.code, "2030-10-14")
    assert session.block == min(state.all(Block), key=lambda one: one.rank).id
    for kind in (Board, Site, Practical, Script):
        assert list(state.all(kind)) == list(real.all(kind))
    assert [block.title for block in state.all(Block)] == [block.title for block in real.all(Block)]
    assert [(seat.name, seat.role) for seat in state.all(Seat)] == [("Nadia", "facilitator")]
    page = browser.get(f"/s/{rehearsal}/animer")
    assert page.status_code == 200
    assert 'data-rehearsal="1"' in page.text


def test_starting_again_comes_into_the_one_under_way(site: Any) -> None:
    browser, sid, _ = prepared(site)
    rehearsal = rehearse(browser, sid)
    (first,) = site.state(rehearsal).all(Seat)
    rehearse(browser, sid)
    assert list(site.state(rehearsal).all(Seat)) == [first]
    other = enter(site, site.link(sid, "cofacilitator"), "Karim")
    assert 'data-rehearsal="/s/' in other.get(f"/s/{sid}/preparer").text
    assert other.get(f"/s/{sid}/repeter").headers["location"] == f"/s/{rehearsal}/animer"
    assert {seat.name for seat in site.state(rehearsal).all(Seat)} == {"Nadia", "Karim"}


def test_every_page_and_link_works_within_it(site: Any) -> None:
    browser, sid, _ = prepared(site)
    rehearsal = rehearse(browser, sid)
    links = browser.get(f"/s/{rehearsal}/liens").json()
    assert all(f"/s/{rehearsal}/l/" in one["url"] for one in links["roles"].values())
    for role, page in (("participant", "participer"), ("observer", "participer"), ("room", "salle"), ("projector", "projeter")):
        place = next(site.state(sid).all(Site)).id if role == "room" else ""
        someone = enter(site, site.link(rehearsal, role, place), "Mei", tetes="3")
        shown = someone.get(f"/s/{rehearsal}/{page}")
        assert shown.status_code == 200
        assert 'data-rehearsal="1"' in shown.text
        assert someone.get(f"/s/{rehearsal}/qr/participant.svg").status_code == 200
    assert "Ceci est une répétition" in site.browser().get(site.link(rehearsal, "participant")).text
    for route in build_routes(site.app.web):
        assert isinstance(route, Route)
        if "{sid}" in route.path and "GET" in (route.methods or ()):
            path = route.path.format(sid=rehearsal, role="participant", part="diffusion", token="x", version="1")
            assert browser.get(path).status_code in (200, 303, 404), path


def test_a_screen_is_plugged_into_a_rehearsal(site: Any) -> None:
    browser, sid, _ = prepared(site)
    rehearsal = rehearse(browser, sid)
    screen = site.browser()
    code = screen.get("/ecran").text.split('data-code="')[1][:6]
    assert browser.post(f"/s/{rehearsal}/ecrans", json={"code": code}).json() == {"ok": True}
    assert screen.post("/ecran/suite", {"code": code}).json() == {"to": f"/s/{rehearsal}/projeter"}
    assert screen.get(f"/s/{rehearsal}/projeter").status_code == 200


def test_the_waiting_pages_of_the_workshop_offer_its_door(site: Any) -> None:
    browser, sid, _ = prepared(site)
    seated = enter(site, site.link(sid, "participant"), "Mei")
    assert "data-rehearsal" not in seated.get(f"/s/{sid}/participer").text
    door = site.link(sid, "participant")
    assert "Une répétition est en cours" not in site.browser().get(door).text
    rehearsal = rehearse(browser, sid)
    within = site.link(rehearsal, "participant")
    assert f'data-rehearsal="{within}"' in seated.get(f"/s/{sid}/participer").text
    page = site.browser().get(door).text
    assert "Une répétition est en cours" in page
    assert within in page
    place = next(site.state(sid).all(Site)).id
    for role in ("room", "projector"):
        assert site.link(rehearsal, role, place) in site.browser().get(site.link(sid, role, place)).text.replace("&amp;", "&")


def live(browser: Any, sid: str, page: str) -> Any:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    headers = {"origin": ORIGIN, "cookie": cookies}
    return browser.client.websocket_connect(f"/s/{sid}/live?page={page}", subprotocols=["pasdecote.1"], headers=headers)


def read(socket: Any, type: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = msgpack.unpackb(socket.receive_bytes())
        if frame["type"] == type:
            return frame


def test_ending_it_says_goodbye_and_the_address_says_so_afterwards(site: Any) -> None:
    browser, sid, _ = prepared(site)
    rehearsal = rehearse(browser, sid)
    someone = enter(site, site.link(rehearsal, "participant"), "Mei")
    with live(someone, rehearsal, "participer") as socket:
        socket.send_bytes(msgpack.packb({"type": "hello"}))
        read(socket, "welcome")
        assert someone.post(f"/s/{rehearsal}/repeter/fin").status_code == 404
        answer = browser.post(f"/s/{rehearsal}/repeter/fin")
        assert answer.headers["location"] == f"/s/{sid}/preparer"
        bye = read(socket, "bye")
        assert bye["code"] == "rehearsal_over"
        assert "La répétition est terminée" in bye["message"]
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_bytes()
        assert closed.value.code == 4410
    gone = someone.get(f"/s/{rehearsal}/participer")
    assert gone.status_code == 404
    assert "La répétition est terminée" in gone.text
    assert f'href="/s/{sid}"' in gone.text
    assert someone.get(f"/s/{sid}").headers["location"] == site.link(sid, "participant")
    assert site.browser().get(f"/s/{sid}").status_code == 404
    with live(someone, rehearsal, "participer") as socket:
        assert msgpack.unpackb(socket.receive_bytes())["code"] == "rehearsal_over"
    assert browser.get(f"/s/{sid}/preparer").status_code == 200
    assert browser.post(f"/s/{rehearsal}/repeter/fin").status_code == 303  # asked twice
    assert browser.post(f"/s/{sid}/repeter/fin").status_code == 404
    again = rehearse(browser, sid)
    assert [seat.name for seat in site.state(again).all(Seat)] == ["Nadia"]


def test_opening_the_workshop_ends_it(site: Any) -> None:
    browser, sid, seat = prepared(site)
    rehearsal = rehearse(browser, sid)
    site.ask(sid, OpenSession(), seat)
    assert browser.get(f"/s/{rehearsal}/animer").status_code == 404
    assert not site.app.directory.rehearsing(sid)
    assert browser.post(f"/s/{sid}/repeter").headers["location"] == f"/s/{sid}/animer"
    assert not site.app.directory.rehearsing(sid)


def test_nobody_but_facilitators_starts_one(site: Any) -> None:
    browser, sid, _ = prepared(site)
    someone = enter(site, site.link(sid, "participant"), "Mei")
    for method in ("get", "post"):
        assert getattr(someone, method)(f"/s/{sid}/repeter").status_code == 404
    assert browser.get(f"/s/{sid}/repeter").headers["location"] == f"/s/{sid}/preparer"
    assert not site.app.directory.rehearsing(sid)
    assert browser.get("/s/nowhere-r/animer").status_code == 404


def test_it_is_never_archived_copied_or_listed(site: Any) -> None:
    browser, sid, _ = prepared(site)
    rehearsal = rehearse(browser, sid)
    seat = next(site.state(rehearsal).all(Seat)).id
    assert site.ask(rehearsal, EndSession(), seat) is None
    assert site.ask(rehearsal, CloseSession(), seat).code == "rehearsing"
    assert browser.post(f"/s/{rehearsal}/dupliquer").status_code == 404
    assert site.portal.call(site.app.log.sessions) == sorted([sid, "lab"])
    assert [entry.id for entry in site.portal.call(site.app.lab.entries)] == [sid]
    assert f"{sid}-r" not in browser.get("/").text


def test_no_byte_of_it_is_on_disk_or_in_the_bundle_and_the_board_opens_empty(site: Any, tmp_path: Path) -> None:
    browser, sid, seat = prepared(site)
    rehearsal = rehearse(browser, sid)
    someone = enter(site, site.link(rehearsal, "participant"), f"Nom {WORDS}")
    mei = next(one.id for one in site.state(rehearsal).all(Seat) if one.role == "participant")
    state = site.state(rehearsal)
    block = next(one for one in state.all(Block) if one.view == "ecrire")
    driver = next(one.id for one in state.all(Seat) if one.role == "facilitator")
    site.ask(rehearsal, EnterBlock(block=block.id), driver)
    board = next(state.all(Board)).id
    assert site.ask(rehearsal, AddNotes(board=board, notes=(NewNote(text=f"Note {WORDS}"),)), mei) is None
    assert next(site.state(rehearsal).all(Note)).text == f"Note {WORDS}"
    assert someone.get(f"/s/{rehearsal}/participer").status_code == 200
    assert_absent(tmp_path)
    browser.post(f"/s/{rehearsal}/repeter/fin")
    assert site.ask(sid, OpenSession(), seat) is None
    real = site.state(sid)
    assert not list(real.all(Note))
    assert {one.name for one in real.all(Seat)} == {"Nadia"}
    assert not any(one.started_at for one in real.all(Block) if one.id != real.session.block)
    site.ask(sid, EndSession(), seat)
    site.ask(sid, CloseSession(), seat)
    closing = site.app.directory._tasks[sid]
    site.portal.call(asyncio.wait, [closing])
    assert site.state(sid).session.status == "closed"
    assert list(tmp_path.rglob("*.zip"))
    assert_absent(tmp_path)


def assert_absent(folder: Path) -> None:
    """No file holds the words, packed or not; the store's write-ahead log is among the files."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name.endswith(".db-wal") for path in files)
    for path in files:
        bytes = path.read_bytes()
        assert b"Zanzibar" not in bytes, path
        if zipfile.is_zipfile(path):
            _absent_within(zipfile.ZipFile(io.BytesIO(bytes)), path)


def _absent_within(archive: Any, path: Path) -> None:
    for name in archive.namelist():
        inner = archive.read(name)
        assert b"Zanzibar" not in inner, (path, name)
        if zipfile.is_zipfile(io.BytesIO(inner)):
            _absent_within(zipfile.ZipFile(io.BytesIO(inner)), path)
