"""Role links, personal links and cookies: each opens one thing, until its next generation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation.records import Seat
from facilitation.state import Put, Set, State
from server.identity.links import FIRST, Links, Place
from server.identity.seats import Seats

LINKS = Links(b"k" * 32)
ROLES = sorted(FIRST)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_link_opens_its_role_in_its_session_only(role: str) -> None:
    token = LINKS.role_token("s1", role)
    assert LINKS.read_role("s1", token, {}) == Place(role)
    assert LINKS.read_role("s2", token, {}) is None
    assert Links(b"other" * 8).read_role("s1", token, {}) is None


@pytest.mark.parametrize("role", ROLES)
def test_revoking_stops_one_role_and_its_next_link_works(role: str) -> None:
    token = LINKS.role_token("s1", role)
    others = [LINKS.role_token("s1", other) for other in ROLES if other != role]
    revoked = {role: 1}
    assert LINKS.read_role("s1", token, revoked) is None
    assert LINKS.read_role("s1", LINKS.role_token("s1", role, 1), revoked) == Place(role)
    assert all(LINKS.read_role("s1", other, revoked) for other in others)


def test_a_room_link_is_bound_to_its_site() -> None:
    token = LINKS.role_token("s1", "room", 0, "montpellier")
    assert LINKS.read_role("s1", token, {}, "montpellier") == Place("room", "montpellier")
    assert LINKS.read_role("s1", token, {}, "toulouse") is None
    assert LINKS.read_role("s1", token, {}) is None


def test_a_site_is_only_suggested_to_a_participant() -> None:
    path = LINKS.role_path("s1", "participant", {}, "toulouse")
    assert path.endswith("?site=toulouse")
    assert LINKS.read_role("s1", path.split("/")[-1].split("?")[0], {}, "autre") == Place("participant")


@given(st.text(max_size=60))
def test_no_other_token_opens_anything(token: str) -> None:
    assert LINKS.read_role("s1", token, {}) is None
    assert not LINKS.check_seat("link", "s1", token, 0)


def test_a_personal_link_is_no_cookie_and_dies_with_its_generation() -> None:
    token = LINKS.seat_token("link", "s1", "seat1", 0)
    assert LINKS.seat_named(token) == "seat1"
    assert LINKS.check_seat("link", "s1", token, 0)
    assert not LINKS.check_seat("cookie", "s1", token, 0)
    assert not LINKS.check_seat("link", "s1", token, 1)
    assert not LINKS.check_seat("link", "s2", token, 0)


def test_one_form_draws_one_seat() -> None:
    assert LINKS.drawn_seat("s1", "n1") == LINKS.drawn_seat("s1", "n1")
    assert LINKS.drawn_seat("s1", "n1") != LINKS.drawn_seat("s1", "n2")
    assert len(LINKS.drawn_seat("s1", "n1")) == 16
    assert LINKS.command_id("join", "s1", "n1") == LINKS.command_id("join", "s1", "n1")


@pytest.mark.parametrize("secure", [False, True])
def test_a_cookie_finds_its_seat_until_removed(secure: bool) -> None:
    seats = Seats(LINKS, secure=secure)
    state = State().apply((Put(Seat(id="seat1", name="Maïwenn", role="participant")),))
    name = seats.cookie("s1", "participer")
    assert name.startswith("__Host-") == secure
    cookies = {name: LINKS.seat_token("cookie", "s1", "seat1", 0)}
    found = seats.find(cookies, "s1", "participer", state)
    assert found is not None
    assert found.name == "Maïwenn"
    assert seats.find(cookies, "s2", "participer", state) is None
    assert seats.find({seats.cookie("s1", "animer"): cookies[name]}, "s1", "animer", state) is None
    gone = state.apply((Set("seat", "seat1", {"removed": True, "generation": 1}),))
    assert seats.find(cookies, "s1", "participer", gone) is None
    left = state.apply((Set("seat", "seat1", {"generation": 1}),))
    assert seats.find(cookies, "s1", "participer", left) is None
