"""What people write, made fit to keep: composed, trimmed, measured. Nothing here knows where a text goes.

Lengths are counted in code points of the composed form (NFC), as the counter on the page does.
"""

from __future__ import annotations

import re
import unicodedata

from facilitation.rejections import Refused

NAME, TITLE, NOTE = 80, 120, 500
"""Most code points in a name, a title, a note."""

_LINE_END = re.compile("\r\n|[\r\n\u0085\u2028\u2029]")
_BLANK_LINES = re.compile("\n{3,}")
_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
            "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_CLOSERS = frozenset(_OPENERS.values())


def clean(text: str, limit: int, *, lines: bool = True, empty: bool = False) -> str:
    """The text as it will be kept: at most `limit` code points, on one line unless `lines`.

    Raises Refused "bad_text", "empty_text" (unless `empty`) or "text_too_long".
    """
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    if any(_unfit(char) for char in text) or not _balanced(text):
        raise Refused("bad_text")
    text = unicodedata.normalize("NFC", text)
    kept = [line.strip() for line in text.split("\n")]
    text = (_BLANK_LINES.sub("\n\n", "\n".join(kept)) if lines else " ".join(line for line in kept if line)).strip()
    if not any(_visible(char) for char in text):
        if not empty:
            raise Refused("empty_text")
        return ""
    if len(text) > limit:
        raise Refused("text_too_long", length=len(text), limit=limit)
    return text


def name(text: str) -> str:
    """A person's, room's or site's name: 1 to 80 code points on one line. Raises Refused as `clean` does."""
    return clean(text, NAME, lines=False)


def title(text: str) -> str:
    """A title: 1 to 120 code points on one line. Raises Refused as `clean` does."""
    return clean(text, TITLE, lines=False)


def note(text: str) -> str:
    """A note's text: 1 to 500 code points. Raises Refused as `clean` does."""
    return clean(text, NOTE)


def _unfit(char: str) -> bool:
    """Control characters, lone surrogates, and the two non-characters that no XML document (the minutes) may hold."""
    return char != "\n" and (unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff")


def _visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cf", "Cc", "Zs", "Zl", "Zp")


def _balanced(text: str) -> bool:
    """Whether every direction change is closed on its own line: an open one would turn round the text beside it."""
    for line in text.split("\n"):
        waiting: list[str] = []
        for char in line:
            if char in _OPENERS:
                waiting.append(_OPENERS[char])
            elif char in _CLOSERS and (not waiting or waiting.pop() != char):
                return False
        if waiting:
            return False
    return True
