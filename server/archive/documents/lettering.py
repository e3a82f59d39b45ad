"""How wide text is and where its lines break, measured from the fonts that ship with the archive.

Board images are drawn without a browser, so lines are broken here: at spaces, inside a word only when it is wider than
the line. Widths are advances in the first font that has the character, as renderers fall back; kerning is left out,
which errs on the wide side.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
REGULAR, SEMIBOLD = "AtkinsonHyperlegibleNext-Regular.ttf", "AtkinsonHyperlegibleNext-SemiBold.ttf"
_FALLBACKS = ("NotoEmoji-Regular.ttf", "DejaVuSans.ttf")
_SPACES = " \t"
_MISSING = 1.0  # em: a character that no font has is drawn as a box


class _Font:
    """Advance widths of a TrueType font, in ems, by code point."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        tables = self._tables()
        (self._units,) = struct.unpack_from(">H", self._data, tables["head"] + 18)
        (self._long,) = struct.unpack_from(">H", self._data, tables["hhea"] + 34)
        self._hmtx = tables["hmtx"]
        self._glyphs = self._cmap(tables["cmap"])

    def _tables(self) -> dict[str, int]:
        (count,) = struct.unpack_from(">H", self._data, 4)
        found = {}
        for place in range(count):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", self._data, 12 + 16 * place)
            found[tag.decode("latin-1")] = offset
        return found

    def _cmap(self, start: int) -> dict[int, int]:
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        glyphs: dict[int, int] = {}
        for place in range(count):
            platform, _, offset = struct.unpack_from(">HHL", self._data, start + 4 + 8 * place)
            (kind,) = struct.unpack_from(">H", self._data, start + offset)
            if platform in (0, 3) and kind == 4:
                glyphs = {**self._segments(start + offset), **glyphs}
            elif platform in (0, 3) and kind == 12:
                glyphs.update(self._groups(start + offset))
        return glyphs

    def _groups(self, at: int) -> dict[int, int]:
        (count,) = struct.unpack_from(">L", self._data, at + 12)
        found = {}
        for place in range(count):
            first, last, glyph = struct.unpack_from(">LLL", self._data, at + 16 + 12 * place)
            found.update({code: glyph + code - first for code in range(first, last + 1)})
        return found

    def _segments(self, at: int) -> dict[int, int]:
        (double,) = struct.unpack_from(">H", self._data, at + 6)
        count = double // 2
        ends = struct.unpack_from(f">{count}H", self._data, at + 14)
        starts = struct.unpack_from(f">{count}H", self._data, at + 16 + double)
        deltas = struct.unpack_from(f">{count}h", self._data, at + 16 + 2 * double)
        place = at + 16 + 3 * double
        ranges = struct.unpack_from(f">{count}H", self._data, place)
        found = {}
        for index in range(count):
            for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
                glyph = code
                if ranges[index]:
                    where = place + 2 * index + ranges[index] + 2 * (code - starts[index])
                    (glyph,) = struct.unpack_from(">H", self._data, where)
                if not ranges[index] or glyph:
                    found[code] = (glyph + deltas[index]) & 0xFFFF
        return found

    def advance(self, char: str) -> float | None:
        """The width of a character in ems, or None when the font has no glyph for it."""
        glyph = self._glyphs.get(ord(char), 0)
        if not glyph:
            return None
        place = self._hmtx + 4 * min(glyph, self._long - 1)
        (units,) = struct.unpack_from(">H", self._data, place)
        return float(units) / float(self._units)


@cache
def _font(name: str) -> _Font:
    return _Font(FONTS / name)


@cache
def _advance(char: str, face: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    if char in "\u202f\u2009":
        return 0.2
    for name in (face, *_FALLBACKS):
        found = _font(name).advance(char)
        if found is not None:
            return found
    return _MISSING


def width(text: str, size: float, face: str = REGULAR) -> float:
    """The width of a text on one line, in the unit of `size`."""
    return size * sum(_advance(char, face) for char in text)


def wrap(text: str, most: float, size: float, face: str = REGULAR) -> list[str]:
    """The lines of a text no wider than `most`; what was typed on its own line stays so. At least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap(paragraph, most, size, face))
    return lines


def _wrap(text: str, most: float, size: float, face: str) -> list[str]:
    lines, line = [], ""
    for word in _words(text):
        if line and width(line + word.rstrip(_SPACES), size, face) > most:
            lines.append(line.rstrip(_SPACES))
            line = ""
        for piece in _pieces(word, most, size, face):
            if line and width(line + piece.rstrip(_SPACES), size, face) > most:
                lines.append(line.rstrip(_SPACES))
                line = ""
            line += piece
    lines.append(line.rstrip(_SPACES))
    return lines


def _words(text: str) -> list[str]:
    """Words with the spaces that follow them; a line may also break after a hyphen."""
    words, word = [], ""
    for char, following in zip(text, text[1:] + " ", strict=False):
        word += char
        if (char in _SPACES and following not in _SPACES) or (char in "-–—/" and len(word) > 3 and following.isalnum()):
            words.append(word)
            word = ""
    return [*words, word] if word else words


def _pieces(word: str, most: float, size: float, face: str) -> list[str]:
    """A word as it is, or cut where it must be when it is wider than a whole line; marks stay with their letter."""
    if width(word.rstrip(_SPACES), size, face) <= most:
        return [word]
    pieces, piece = [], ""
    for char in word:
        if piece and _advance(char, face) and width(piece + char, size, face) > most:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece] if piece else pieces


def is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction goes from right to left."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
