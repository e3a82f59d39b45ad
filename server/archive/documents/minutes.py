"""The minutes as an OpenDocument text: real headings, lists, captions and tables with repeated header rows.

Written from templates of its XML and zipped by `container.pack`; `mimetype` comes first and uncompressed, as the format
asks. The reading font travels inside. Lengths are millimetres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from facilitation.report import Report
from server.archive import container
from server.archive.documents import head, lettering
from server.archive.documents.pages import lawful, render
from server.archive.documents.words import Words

MIMETYPE = "application/vnd.oasis.opendocument.text"
PAGE_WIDTH, PAGE_HEIGHT = 166.0, 200.0  # the room for an image between the margins
APART = 112.0  # the width of a group's board: there may be many
BAR = 48.0
FACES = {"Regular": lettering.REGULAR, "Bold": "AtkinsonHyperlegibleNext-Bold.ttf"}


@dataclass(frozen=True)
class Imprint:
    """What the documents say of themselves: who made them, which version, under which name, what they replace."""

    lab: str
    address: str
    name: str  # of the file, without its suffix
    version: int
    shared: str  # name of the bundle they come in
    at: int = 0  # when this version was archived, 0 before it is
    replaced: int = 0  # the version before, 0 for the first one
    replaced_at: int = 0


@dataclass(frozen=True)
class Picture:
    """A board's image: PNG bytes (b"": none) and what it shows; sizes in the unit of the board. `apart`: a group's."""

    title: str
    alt: str
    content: bytes
    width: float
    height: float
    apart: bool = False


def odf(text: str) -> Markup:
    """People's text inside a paragraph: their line ends and runs of spaces are kept."""
    safe = str(escape(lawful(text))).replace("\t", " ")
    safe = re.sub(r" {2,}", lambda run: f' <text:s text:c="{len(run.group()) - 1}"/>', safe)
    return Markup(safe.replace("\n", "<text:line-break/>"))


def _rtl(text: str) -> str:
    """What to add to a style's name for a text that runs from right to left."""
    return "_20_rtl" if lettering.is_rtl(text) else ""


@cache
def _faces() -> dict[str, bytes]:
    return {f"Fonts/{name}.ttf": (lettering.FONTS / file).read_bytes() for name, file in FACES.items()}


def _fitted(picture: Picture) -> tuple[float, float]:
    """Width and height in mm of an image that keeps its proportions between the margins."""
    scale = min((APART if picture.apart else PAGE_WIDTH) / picture.width, PAGE_HEIGHT / picture.height)
    return round(picture.width * scale, 2), round(picture.height * scale, 2)


def write(report: Report, words: Words, imprint: Imprint, pictures: list[Picture]) -> bytes:
    """The minutes of a report, with the boards' images in the order of its boards."""
    shown = [(f"Pictures/tableau-{number}.png", picture, *_fitted(picture)) for number, picture in enumerate(pictures, 1)]
    shares = {_percent(line.points, one.lines) for one in report.rounds for line in one.lines}
    values = {
        "report": report, "imprint": imprint, "pictures": shown, "odf": odf, "percent": _percent, "head": head, "rtl": _rtl,
        "bars": {share: round(BAR * (100 - share) / 100, 2) for share in sorted(shares)},
        "fonts": tuple(FACES), "mimetype": MIMETYPE,
    }  # fmt: skip
    parts = {name: render(f"minutes/{name}", words, **values).encode() for name in ("content.xml", "styles.xml", "meta.xml")}
    manifest = render("minutes/manifest.xml", words, **values).encode()
    files = {"mimetype": MIMETYPE.encode(), **parts}
    files |= {path: picture.content for path, picture, _, _ in shown if picture.content}
    files |= _faces()
    files["META-INF/manifest.xml"] = manifest
    return container.pack(files, stored=("mimetype",), sealed=False)


def _percent(points: int, lines: tuple[object, ...]) -> int:
    """How long the bar of these points is beside the longest one, from 0 to 100."""
    most = max((getattr(line, "points", 0) for line in lines), default=0)
    return round(100 * points / most) if most else 0
