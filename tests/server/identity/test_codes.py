"""Join codes: drawn from an alphabet without look-alikes, and read back however they were typed."""

from hypothesis import given
from hypothesis import strategies as st

from server.identity import codes

CODES = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)
MISTAKEN = {meant: [written for written, read in codes.LOOK_ALIKES.items() if read == meant] for meant in codes.ALPHABET}


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str]:
    """A code, and a way to type it: look-alikes, capitals or not, spaces and dashes anywhere."""
    code = draw(CODES)
    written = ""
    for symbol in code:
        symbol = draw(st.sampled_from([symbol, *MISTAKEN[symbol]]))
        written += draw(st.sampled_from([symbol, symbol.lower()]))
        written += draw(st.sampled_from(["", " ", "-", "\u00a0", " – ", ".", "\u202f"]))
    return code, written


@given(typed())
def test_a_code_is_read_however_it_was_typed(pair: tuple[str, str]) -> None:
    code, written = pair
    assert codes.normalise(written) == code


@given(st.text(max_size=300))
def test_anything_typed_is_a_code_or_nothing(text: str) -> None:
    found = codes.normalise(text)
    assert found == "" or (len(found) == codes.LENGTH and set(found) <= set(codes.ALPHABET))


def test_the_alphabet_holds_thirty_symbols_and_no_look_alike() -> None:
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 30
    assert not set(codes.LOOK_ALIKES) & set(codes.ALPHABET)
    assert set(codes.LOOK_ALIKES.values()) <= set(codes.ALPHABET)


def test_accents_and_wide_letters_are_forgiven() -> None:
    assert codes.normalise("é7m4 rpx2") == "E7M4RPX2"
    assert codes.normalise("Ｋ７Ｍ４ＲＰＸ２") == "K7M4RPX2"


def test_a_new_code_is_shown_in_two_groups() -> None:
    code = codes.new_code()
    assert codes.normalise(codes.shown(code)) == code
    assert codes.shown("K7M4RPX2") == "K7M4\u00a0RPX2"
    assert codes.new_code() != codes.new_code()
