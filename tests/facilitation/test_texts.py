"""Texts as they are kept: composed, trimmed, measured, and free of what would harm a page or a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitation import texts
from facilitation.rejections import Refused


def refusal(text: str, limit: int = 20, **how: bool) -> str:
    """The code that a text meets, "" when it passes."""
    try:
        texts.clean(text, limit, **how)
    except Refused as refused:
        return refused.rejection.code
    return ""


def test_X1_texts_are_composed_and_trimmed() -> None:
    assert texts.note("  e\u0301te\u0301  \r\n\r\n\r\n\r\n  suite\t. ") == "été\n\nsuite ."
    assert texts.name(" Öznur\nB. ") == "Öznur B."
    assert texts.title("a\u2028b") == "a b"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u2060", "\u00a0"])
def test_X2_a_text_without_anything_to_read_is_empty(text: str) -> None:
    assert refusal(text) == "empty_text"
    assert texts.clean(text, 20, empty=True) == ""


def test_X2_lengths_count_code_points_of_the_composed_form() -> None:
    assert refusal("é" * 20) == refusal("e\u0301" * 20) == refusal("😕" * 20) == ""
    with pytest.raises(Refused) as refused:
        texts.clean("x" * 21, 20)
    assert refused.value.rejection.params == {"length": 21, "limit": 20}
    assert "21" in refused.value.rejection.sentence


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x1bb", "a\x7f", "\ud800", "\ufffe", "a\u202eb", "\u2066a", "a\u2069", "a\u202a\nb\u202c"]
)
def test_X3_control_characters_and_open_direction_changes_are_refused(text: str) -> None:
    assert refusal(text) == "bad_text"


def test_X3_closed_direction_changes_and_joined_emoji_pass() -> None:
    assert refusal("a \u2067\u05d0\u2069 b") == refusal("👩\u200d🔬") == ""


@given(st.text(max_size=60))
def test_X1_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = texts.clean(text, 60)
    except Refused:
        return
    assert texts.clean(once, 60) == once
