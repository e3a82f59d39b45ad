"""The lab's own log: its list of sessions, its key, what it must purge."""

from __future__ import annotations

from facilitation import lab
from facilitation.state import State

DAY = 86_400_000


def with_two() -> State:
    """A lab with a session closed on day 10, kept 30 days, and an open one."""
    closed = lab.Entry(id="a", code="AAAA", title="Un", status="closed", created_at=1, closed_at=10 * DAY)
    opened = lab.Entry(id="b", code="BBBB", title="Deux", status="open", created_at=2)
    return State().apply([*lab.enter(closed), *lab.enter(opened)])


def test_L1_the_list_follows_its_sessions_newest_first() -> None:
    state = with_two()
    assert [entry.id for entry in lab.entries(state)] == ["b", "a"]
    state = state.apply(lab.follow(state, "b", title="Deux bis"))
    assert lab.entries(state)[0].title == "Deux bis"
    assert lab.follow(state, "no", title="x") == ()


def test_L1_a_closed_session_s_code_opens_nothing() -> None:
    state = with_two()
    found = lab.with_code(state, "BBBB")
    assert found
    assert found.id == "b"
    assert lab.with_code(state, "AAAA") is None


def test_L2_a_renewed_key_is_its_next_generation() -> None:
    state = State().apply(lab.renew_key(State(), "one"))
    state = state.apply(lab.renew_key(state, "two"))
    assert state.find(lab.KeyHolder, "key") == lab.KeyHolder(hash="two", generation=2)


def test_L3_retention_ends_on_its_day_and_a_purge_is_remembered() -> None:
    state = with_two()
    assert list(lab.expired(state, 40 * DAY - 1)) == []
    assert [entry.id for entry in lab.expired(state, 40 * DAY)] == ["a"]
    state = state.apply(lab.forget(state, "a", 41 * DAY, "retention 30 days"))
    assert list(lab.expired(state, 50 * DAY)) == []
    assert state.find(lab.Erasure, "a") == lab.Erasure(id="a", at=41 * DAY, rule="retention 30 days")
