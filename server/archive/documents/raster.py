"""A board's SVG as PNG, at least 3840 pixels wide, drawn by typst with the fonts that ship with the archive.

System fonts are left out: the same session gives the same pixels on every machine. Heavy; runs in the worker only.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import typst

from server.archive.documents.boards import Image
from server.archive.documents.lettering import FONTS

WIDE, PAGE, NARROW, APART = 3840, 2400, 2000, 1350
"""Widths in pixels: of a board's image to keep, of the pages that follow it, of the one inside the minutes, and of a
group's one there."""

_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_EMOJI_JOINER = re.compile(f"[\u200d\ufe0f](?={_EMOJI})|(?<={_EMOJI})\ufe0f")


def png(image: Image, pixels: int) -> bytes:
    """The pixels of an image, `pixels` wide or a hair more.

    Raises RuntimeError (typst's) on an SVG that cannot be drawn. Joined emoji come out side by side.
    """
    with tempfile.TemporaryDirectory(prefix="pasdecote-") as folder:
        root = Path(folder)
        (root / "board.svg").write_text(_EMOJI_JOINER.sub("", image.svg), encoding="utf-8")
        (root / "board.typ").write_text(
            f"#set page(width: {image.width}pt, height: {image.height}pt, margin: 0pt)\n"
            '#image("board.svg", width: 100%, height: 100%)\n',
            encoding="utf-8",
        )
        drawn = typst.compile(
            str(root / "board.typ"), root=folder, font_paths=[str(FONTS)], ignore_system_fonts=True, format="png",
            ppi=(pixels + 0.5) * 72 / image.width,
        )  # fmt: skip
    if not isinstance(drawn, bytes):
        raise RuntimeError("expected one page from typst, got several")
    return drawn
