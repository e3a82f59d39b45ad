"""The lab's own log: its list of sessions, its key, what it must purge."""

from __future__ import annotations

import pytest

from facilitation import lab
from facilitation.rejections import Refused
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


def put(state: State, id: str, label: str, from_: str = "", until: str = "") -> State:
    """The lab with that axis added or changed."""
    return state.apply(lab.put_axis(state, id, label=label, from_=from_, until=until))


def labels(state: State) -> list[str]:
    """The labels of the axes, in the lab's order."""
    return [axis.label for axis in lab.axes(state)]


def refused(state: State, **fields: str) -> str:
    """Why an axis "new" is not added."""
    with pytest.raises(Refused) as caught:
        lab.put_axis(state, "new", **{"label": "Neuf", "from_": "", "until": "", **fields})
    return caught.value.rejection.code


def test_L4_an_axis_is_in_force_from_its_first_day_to_its_last() -> None:
    state = put(State(), "a", "Innovation managériale", "2025-09-01", "2026-08-31")
    axis = lab.axes(state)[0]
    days = ("2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01")
    assert [lab.holds(axis, day) for day in days] == [False, True, True, False]
    assert lab.holds(lab.axes(put(State(), "b", "Toujours"))[0], "1999-01-01")


def test_L4_axes_are_added_at_the_end_renamed_and_put_in_order() -> None:
    state = put(put(put(State(), "a", "Un"), "b", " Deux "), "c", "Trois")
    assert labels(state) == ["Un", "Deux", "Trois"]
    state = put(state, "b", "Participation")
    state = state.apply(lab.move_axis(state, "c", -1, "2026-10-14"))
    assert labels(state) == ["Un", "Trois", "Participation"]
    assert lab.move_axis(state, "a", -1, "2026-10-14") == lab.move_axis(state, "no", 1, "2026-10-14") == ()


def test_L4_an_axis_moves_past_those_that_are_over() -> None:
    state = put(put(put(State(), "a", "Un"), "b", "Deux", until="2026-01-01"), "c", "Trois")
    state = state.apply(lab.move_axis(state, "c", -1, "2026-10-14"))
    assert [axis.id for axis in lab.axes(state)] == ["c", "b", "a"]


def test_L5_a_retired_axis_stays_on_the_list_and_one_that_never_began_leaves_it() -> None:
    state = put(put(State(), "a", "Un"), "b", "Deux", from_="2027-01-01")
    state = state.apply(lab.retire_axis(state, "a", "2026-10-13")).apply(lab.retire_axis(state, "b", "2026-10-13"))
    assert labels(state) == ["Un"]
    assert not lab.holds(lab.axes(state)[0], "2026-10-14")
    assert lab.retire_axis(state, "b", "2026-10-13") == ()


def test_L5_what_cannot_be_an_axis_is_refused_with_its_reason() -> None:
    state = put(State(), "a", "Un", "2026-01-01", "2026-12-31")
    assert refused(state, label=" ") == "empty_text"
    assert refused(state, label="x" * 121) == "text_too_long"
    assert refused(state, from_="14/10/2026") == "bad_date"
    assert refused(state, from_="2026-10-14", until="2026-10-13") == "bad_period"
    assert refused(state, label="UN", from_="2026-12-31") == "already_listed"
    assert labels(put(state, "new", "Un", "2027-01-01")) == ["Un", "Un"], "the same label may come back later"
    for place in range(lab.AXES - 1):
        state = put(state, f"n{place}", f"Axe {place}")
    assert refused(state) == "bad_number"
