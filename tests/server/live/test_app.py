"""The whole application: a seat taken through the pages opens a socket, and only where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgpack
import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse

from facilitation import commands as ask
from facilitation.records import Session
from server.app import Application, create_app
from server.config import Settings
from server.identity.seats import PAGES
from server.wire.frames import SUBPROTOCOL

SITE = "http://testserver"
SEATS = {"claire": "facilitator", "ali": "participant", "wall": "projector", "bea": "participant"}


class House:
    """A served application with one open session and its seats."""

    def __init__(self, app: Application, client: TestClient) -> None:
        self.app = app
        self.client = client

    def sit(self, seat: str) -> None:
        """Put the cookie of a seat into the browser, as following a link does."""
        live = self.client.portal.call(self.app.directory.open, "s1")  # type: ignore[union-attr]
        record = live.state.get("seat", seat)
        token = self.app.web.links.seat_token("cookie", "s1", seat, record.generation)
        self.client.cookies.set(self.app.web.seats.cookie("s1", PAGES[record.role]), token)

    def socket(self, page: str, origin: str = SITE, session: str = "s1") -> Any:
        return self.client.websocket_connect(
            f"/s/{session}/live?page={page}", subprotocols=[SUBPROTOCOL], headers={"Origin": origin}
        )

    def first(self, page: str, session: str = "s1") -> dict[str, Any]:
        """The first frame after hello."""
        with self.socket(page, session=session) as socket:
            socket.send_bytes(msgpack.packb({"type": "hello"}))
            frame: dict[str, Any] = msgpack.unpackb(socket.receive_bytes())
            return frame


@pytest.fixture
def house(server: House) -> House:
    """The server with a browser that holds no cookie."""
    server.client.cookies.clear()
    return server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    async def session(app: Application) -> None:
        live = await app.directory.create("s1", Session(title="Atelier"))
        for seat, role in SEATS.items():
            assert await live.ask(ask.Join(seat=seat, name=seat, role=role)) is None  # type: ignore[arg-type]

    settings = Settings(data_dir=str(tmp_path_factory.mktemp("data")), base_url=SITE, secret_key="s" * 32)
    app = create_app(settings, on_started=session)
    with TestClient(app, base_url=SITE) as client:
        yield House(app, client)


@pytest.mark.parametrize(("seat", "page"), [("claire", "animer"), ("ali", "participer"), ("wall", "projeter")])
def test_a_seat_opens_the_socket_of_its_page(house: House, seat: str, page: str) -> None:
    house.sit(seat)
    assert house.first(page)["type"] == "welcome"


@pytest.mark.parametrize("page", ["animer", "projeter", "salle", "", "autre"])
def test_a_seat_opens_no_other_page(house: House, page: str) -> None:
    house.sit("ali")
    assert house.first(page)["code"] == "unknown_seat"


def test_without_a_cookie_with_a_forged_one_or_once_removed_there_is_no_seat(house: House) -> None:
    assert house.first("participer")["code"] == "unknown_seat"
    house.client.cookies.set(house.app.web.seats.cookie("s1", "participer"), "bea.forged")
    assert house.first("participer")["code"] == "unknown_seat"
    house.sit("bea")
    live = house.client.portal.call(house.app.directory.open, "s1")  # type: ignore[union-attr]
    house.client.portal.call(live.ask, ask.RemoveSeat(seat="bea"), "claire")  # type: ignore[union-attr]
    assert house.first("participer")["code"] == "unknown_seat"


@pytest.mark.parametrize("session", ["nulle-part", "lab"])
def test_a_session_that_is_not_there_is_told(house: House, session: str) -> None:
    assert house.first("participer", session)["code"] == "unknown_session"


def test_another_site_opens_nothing(house: House) -> None:
    house.sit("ali")
    with pytest.raises(WebSocketDenialResponse) as caught, house.socket("participer", origin="http://pirate.test"):
        pass
    assert caught.value.status_code == 403


def test_sentences_come_in_the_language_of_hello(house: House) -> None:
    house.sit("ali")
    with house.socket("participer") as socket:
        socket.send_bytes(msgpack.packb({"type": "hello", "language": "en"}))
        socket.send_bytes(msgpack.packb({"type": "command", "id": b"i" * 16, "name": "open_session", "body": {}}))
        while (frame := msgpack.unpackb(socket.receive_bytes()))["type"] != "refused":
            continue
    assert frame["message"] == "Your role does not allow this at this step."
