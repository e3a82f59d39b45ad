"""The socket: handshake, hello, bad input, limits; one connection's failure touches only that connection."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import msgpack
import pytest
import websockets

from facilitation import commands as ask
from facilitation import decide
from facilitation.records import Board, Note
from server.config import Settings
from server.live.session import Visit
from server.wire.byes import BYES
from server.wire.frames import MAX_FRAME
from server.wire.websocket import origins_of
from tests.server.wire.serving import ORIGIN, Browser, Served, served


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Served]:
    """Served as `serve` does, bytes written to the transport."""
    async with served(tmp_path) as running:
        yield running


@pytest.fixture(params=["direct", "asgi"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Served]:
    """Served either way: another ASGI server must do too."""
    async with served(tmp_path, direct=request.param == "direct") as running:
        yield running


def board(server: Served) -> str:
    return next(iter(server.live.state.all(Board))).id


async def unharmed(server: Served, other: Browser) -> None:
    """Somebody else still writes and reads."""
    id = await other.command("add_notes", board=board(server), notes=[{"text": "toujours là"}])
    assert await other.answer(id) == "done"


async def test_a_command_is_shown_to_everyone_and_done(either: Served) -> None:
    ali, bea = await either.browser("ali"), await either.browser("bea")
    id = await ali.command("add_notes", board=board(either), notes=[{"text": "Bonjour"}])
    assert await ali.answer(id) == "done"
    notes: list[str] = []
    while not notes:  # a patch about something else may come first
        patch = await bea.next("patch")
        notes = [record["text"] for record in patch["put"] if record["kind"] == "note"]
    assert notes == ["Bonjour"]


async def test_resuming_over_a_real_socket(either: Served) -> None:
    bea = await either.browser("bea")
    cursor = bea.frames[-1].get("cursor") or bea.frames[-2]["cursor"]
    await bea.socket.close()
    assert await either.live.ask(ask.Announce(text="Pause de 5 minutes"), "claire") is None
    back = await either.browser("bea", cursor)
    await back.send(type="ping", at=7)
    while (frame := await back.next())["type"] != "pong":
        assert frame["type"] in ("patch", "gauges")
    assert frame["at"] == 7
    while not any(put["kind"] == "announcement" for one in back.frames if one["type"] == "patch" for put in one["put"]):
        await back.next("patch")


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://atelier.exemple.fr:8443",
        "http://atelier.exemple.fr",
        "https://atelier.exemple.fr.pirate.net",
        "https://pirate-atelier.exemple.fr",
        "https://atelier.exemple.fr/",
        "https://ATELIER.exemple.fr",
        "https://xn--atelier-9ya.exemple.fr",
        "",
    ],
)
async def test_another_origin_or_none_is_refused(server: Served, origin: str | None) -> None:
    with pytest.raises(websockets.InvalidStatus) as caught:
        await server.socket("ali", origin=origin)
    assert caught.value.response.status_code == 403


async def test_two_origins_are_refused(server: Served) -> None:
    with pytest.raises(websockets.InvalidStatus) as caught:
        await server.socket("ali", additional_headers=[("Origin", ORIGIN)])
    assert caught.value.response.status_code in (400, 403)


def test_without_a_base_url_the_loopback_has_its_two_names() -> None:
    assert origins_of(Settings(port=8080)) == {"http://127.0.0.1:8080", "http://localhost:8080"}
    assert origins_of(Settings(base_url=ORIGIN)) == {ORIGIN}


@pytest.mark.parametrize("protocols", [(), ("pasdecote.2",), ("chat",)])
async def test_another_subprotocol_is_refused(server: Served, protocols: tuple[str, ...]) -> None:
    with pytest.raises(websockets.InvalidStatus) as caught:
        await server.socket("ali", protocols=protocols)
    assert caught.value.response.status_code == 400


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("bonjour", "not_binary"),
        (b"\xc1", "malformed"),
        (b"\x91" * 2000 + b"\xc0", "malformed"),
        (msgpack.packb([1, 2]), "malformed"),
        (msgpack.packb({"type": "shout"}), "unfit"),
        (msgpack.packb({"type": "hello"}), "unfit"),
        (msgpack.packb({"type": "command", "id": b"short", "name": "announce"}), "unfit"),
        (msgpack.packb({"type": "ping", "at": 2.5}), "unfit"),
    ],
)
async def test_bad_input_ends_by_name_and_harms_nobody_else(server: Served, sent: str | bytes, code: str) -> None:
    ali, bea = await server.browser("ali"), await server.browser("bea")
    await ali.socket.send(sent)
    assert await ali.ended() == (BYES[code].close, code)
    await unharmed(server, bea)


async def test_a_frame_at_the_limit_passes_and_one_above_is_too_big(either: Served) -> None:
    ali, bea = await either.browser("ali"), await either.browser("bea")
    frame = {"type": "command", "id": b"i" * 16, "name": "announce", "body": {str(n): "x" * 1000 for n in range(64)}}
    frame["body"]["last"] = "x" * (MAX_FRAME - len(msgpack.packb(frame)) - 8)  # type: ignore[index]
    at_limit = msgpack.packb(frame)
    assert len(at_limit) == MAX_FRAME
    await ali.socket.send(at_limit)
    assert await ali.answer(b"i" * 16) == "malformed"
    await ali.socket.send(at_limit + b"x")
    assert (await ali.ended())[0] == 1009
    await unharmed(either, bea)


@pytest.mark.parametrize(
    ("seat", "name", "body", "code"),
    [
        ("ali", "no_such_command", {}, "unknown_command"),
        ("ali", "join", {"seat": "x", "name": "X", "role": "facilitator"}, "unknown_command"),
        ("ali", "add_notes", {"board": "b", "notes": []}, "malformed"),
        ("ali", "add_notes", {"board": "b", "notes": [{"text": "x", "colour": "red"}]}, "malformed"),
        ("ali", "announce", {"text": "x" * 4001}, "malformed"),
        ("ali", "announce", {"text": "à vous"}, "not_allowed"),
        ("obs", "raise_hand", {"reason": "dance"}, "malformed"),
        ("claire", "open_session", {}, "already_open"),
        ("claire", "close_session", {}, "not_ended"),
        ("claire", "remove_site", {"site": "nowhere"}, "unknown_record"),
    ],
)
async def test_what_may_not_be_asked_is_refused_by_name(
    server: Served, seat: str, name: str, body: dict[str, object], code: str
) -> None:
    browser = await server.browser(seat)
    id = await browser.command(name, **body)
    assert await browser.answer(id) == code
    refused = browser.frames[-1]
    assert refused["message"]
    assert isinstance(refused["details"], dict)
    assert await browser.answer(await browser.command("nothing")) == "unknown_command"


async def test_after_the_end_and_after_the_close_nothing_is_taken(server: Served) -> None:
    ali, claire = await server.browser("ali"), await server.browser("claire")
    assert await claire.answer(await claire.command("end_session")) == "done"
    note = {"board": board(server), "notes": [{"text": "trop tard"}]}
    assert await ali.answer(await ali.command("add_notes", **note)) == "ended"
    assert await claire.answer(await claire.command("close_session")) == "done"
    assert await ali.answer(await ali.command("add_notes", **note)) == "closed"
    assert await claire.answer(await claire.command("announce", text="fini")) == "closed"


async def test_unknown_session_and_seat_are_told(either: Served) -> None:
    for seat, session, code in (("ali", "s2", "unknown_session"), ("nobody", "s1", "unknown_seat"), ("", "s1", "unknown_seat")):
        browser = await either.socket(seat, session=session)
        await browser.send(type="hello")
        assert await browser.ended() == (BYES[code].close, code)


async def test_a_command_before_hello_is_not_taken(either: Served) -> None:
    browser = await either.socket("ali")
    await browser.command("raise_hand")
    assert await browser.ended() == (1008, "hello_expected")


async def test_whoever_vanishes_at_any_moment_leaves_nothing_behind(either: Served) -> None:
    for _ in range(20):
        browser = await either.socket("ali")
        browser.socket.transport.abort()
        browser = await either.browser("bea")
        await browser.command("raise_hand")
        browser.socket.transport.abort()
    claire = await either.browser("claire")
    while len(either.live.publisher.connections) > 1:
        await claire.send(type="ping", at=1)
        await claire.next("pong")
    assert either.endpoint._places.taken == 1


@pytest.mark.parametrize("where", ["command", "hint", "refuse"])
async def test_an_error_in_one_connection_stays_there(server: Served, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ali, bea = await server.browser("ali"), await server.browser("bea")
    kept = getattr(Visit, where)

    def failing(self: Visit, *args: object, **more: object) -> object:
        if self._connection.seat == "ali":
            raise RuntimeError("planted")
        return kept(self, *args, **more)

    monkeypatch.setattr(Visit, where, failing)
    await ali.send(type="hint", about="n", doing="editing")
    await ali.send(type="command", id=b"i" * 16, name=3)
    await ali.command("raise_hand")
    assert await ali.ended() == (1011, "broken")
    await unharmed(server, bea)


async def test_a_rule_that_fails_is_a_named_refusal(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    ali, bea = await server.browser("ali"), await server.browser("bea")
    monkeypatch.setitem(decide.RULES, ask.RaiseHand, lambda state, command, context: 1 / 0)
    assert await ali.answer(await ali.command("raise_hand")) == "broken"
    await unharmed(server, bea)
    await unharmed(server, ali)


async def test_a_silent_socket_is_cut_at_the_hello_timeout(tmp_path: Path) -> None:
    async with served(tmp_path, Settings(hello_timeout=0.05)) as server:
        browser = await server.socket("ali")
        assert await browser.ended() == (4440, "too_late")


async def test_beyond_its_rate_a_connection_is_refused_then_closed(tmp_path: Path) -> None:
    async with served(tmp_path, Settings(message_rate=0.001, message_burst=5, strikes=1)) as server:
        ali, bea = await server.browser("ali"), await server.browser("bea")
        ids = [await ali.command("raise_hand") for _ in range(5)]
        assert [await ali.answer(id) for id in ids] == ["done"] * 5
        await ali.command("raise_hand")
        assert await ali.ended() == (4429, "too_fast")
        await unharmed(server, bea)


async def test_seat_session_and_process_have_so_many_connections(tmp_path: Path) -> None:
    async with served(tmp_path, Settings(seat_connections=2, session_connections=3, process_connections=4)) as server:
        kept = [await server.browser("ali"), await server.browser("ali")]
        third = await server.socket("ali")
        await third.send(type="hello")
        assert await third.ended() == (4409, "too_many")
        kept.append(await server.browser("bea"))
        fourth = await server.socket("claire")
        await fourth.send(type="hello")
        assert await fourth.ended() == (4432, "session_full")
        await kept[0].socket.close()
        while server.endpoint._places.taken > 2:
            await kept[1].send(type="ping", at=1)
            await kept[1].next("pong")
        kept.append(await server.browser("claire"))
        await unharmed(server, kept[2])


async def test_too_many_openings_in_a_second_are_asked_to_come_back(tmp_path: Path) -> None:
    async with served(tmp_path, Settings(accept_rate=1.0)) as server:
        await server.browser("ali")
        with pytest.raises(websockets.InvalidStatus) as caught:
            await server.socket("bea")
        assert caught.value.response.status_code == 503
        assert caught.value.response.headers["Retry-After"] == "2"


async def test_a_draining_server_finishes_commits_then_says_so(either: Served) -> None:
    ali, bea = await either.browser("ali"), await either.browser("bea")
    id = await ali.command("add_notes", board=board(either), notes=[{"text": "juste avant"}])
    await ali.send(type="ping", at=1)
    await ali.next("pong")
    either.endpoint.draining = True
    await either.directory.drain(0)
    assert await ali.answer(id) == "done"
    assert await ali.ended() == (1012, "restarting")
    assert await bea.ended() == (1012, "restarting")
    with pytest.raises(websockets.InvalidStatus) as caught:
        await either.socket("ali")
    assert caught.value.response.status_code == 503


async def test_a_reader_that_stops_reading_is_bounded_and_the_others_do_not_wait(tmp_path: Path) -> None:
    quick = Settings(outbox_bytes=65_536, message_rate=10_000, message_burst=10_000)
    async with served(tmp_path, quick) as server:
        slow, fast = await server.browser("ali", sock=small_socket(server)), await server.browser("claire")
        connection = next(one for one in server.live.publisher.connections if one.seat == "ali")
        slow.socket.transport.pause_reading()
        id = await fast.command("add_notes", board=board(server), notes=[{"text": "x"}])
        assert await fast.answer(id) == "done"
        note, edition = next(iter(server.live.state.all(Note))).id, 0
        while not connection.stale:
            edition += 1
            id = await fast.command("edit_note", note=note, text=f"{edition % 10}" * 500, edition=edition)
            assert await fast.answer(id) == "done"
            assert server.endpoint._pool.bytes <= 65_536
        slow.socket.transport.resume_reading()
        view = await slow.welcomed()
        everyone = [one for one in slow.frames if one["type"] == "welcome" and one["part"] == "everyone"][-1]
        assert view["part"] == "own"
        assert next(one for one in everyone["records"] if one["kind"] == "note")["edition"] == edition + 1
        assert server.endpoint._pool.bytes == 0


def small_socket(server: Served) -> socket.socket:
    """A connected socket that takes little ahead of its reader."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    made.connect(("127.0.0.1", server.port))
    made.setblocking(False)
    return made
