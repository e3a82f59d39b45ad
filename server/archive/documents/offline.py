"""The whole report as one HTML file that opens from a disk with no network: images and fonts inside, no script.

Its meta CSP allows nothing but data: images and fonts, and its own style sheet by its hash.
"""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256

from facilitation.report import Report
from server.archive.documents import head
from server.archive.documents.boards import Drawing
from server.archive.documents.minutes import Imprint
from server.archive.documents.pages import render
from server.archive.documents.words import Words
from server.config import resource

FACES = (
    ("latin", "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212"),
    ("latin-ext", "U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1EFF, U+2C60-2C7F, U+A720-A7FF"),
)


@cache
def _fonts() -> list[tuple[str, str]]:
    folder = resource("static") / "vendor" / "fonts"
    found = []
    for subset, covered in FACES:
        path = folder / f"atkinson-hyperlegible-next-{subset}-normal.woff2"
        if path.is_file():
            found.append((base64.b64encode(path.read_bytes()).decode(), covered))
    return found


def write(report: Report, words: Words, imprint: Imprint, drawings: list[Drawing]) -> bytes:
    """The page. Board images are its SVG ones, in the order of the report's boards."""
    style = render("offline.css", words, fonts=_fonts())
    images = [
        (base64.b64encode(one.image.svg.encode()).decode(), one.alt, round(one.image.width), round(one.image.height))
        for one in drawings
    ]
    page = render(
        "index.html", words, report=report, imprint=imprint, head=head, images=images, style=style,
        style_hash=base64.b64encode(sha256(style.encode()).digest()).decode(),
    )  # fmt: skip
    return page.encode()
