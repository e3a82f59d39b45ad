"""A board as one SVG image: its drawing, zones, clusters and notes, every text whole and none over another.

Notes stand where people left them. One that would cover another moves to the next free place of its zone; when the
zone is full, it goes under the board, into a part of its own that repeats the zone's title. Units are board units.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from facilitation.boarded import BoardPart, ZonePart, boards_of
from facilitation.records import Board, Cluster, Note, Zone
from facilitation.state import State
from server.archive.documents import lettering
from server.archive.documents.pages import render
from server.archive.documents.words import Words
from server.config import resource

NOTE_WIDTH, PADDING, GAP = 170.0, 10.0, 8.0
SIZES = ((200, 16.0), (340, 14.0), (10_000, 13.0))  # longer texts are written smaller, down to 13
LEADING = 1.34
HEAD, MARGIN = 48.0, 16.0
COLUMN = NOTE_WIDTH + 2 * GAP + 2

TINTS = {
    "": "#FFF1A8", "paille": "#FFF1A8", "pastel": "#CFE3FF", "tilleul": "#CDEFD3", "rose": "#FFD3DE",
    "lavande": "#E4D8FF", "abricot": "#FFDCB5",
}  # fmt: skip


@dataclass(eq=False)
class Lines:
    """Wrapped text at a place: `x` is the left edge, or the right one when `rtl`."""

    x: float
    y: float
    size: float
    lines: list[str]
    rtl: bool = False


@dataclass(eq=False)
class Card:
    """A note as drawn, at a place relative to its cluster or to the board."""

    text: Lines
    fill: str
    height: float
    x: float = 0.0
    y: float = 0.0


@dataclass(eq=False)
class Item:
    """What takes room on a board: a note (`title` None) or a cluster, with the rectangle that it needs."""

    x: float
    y: float
    width: float
    height: float
    cards: list[Card]
    title: Lines | None = None


@dataclass(eq=False)
class Frame:
    """A zone as drawn, or its continuation under the board."""

    x: float
    y: float
    width: float
    height: float
    title: Lines
    count: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """A board's image. `svg` is a whole document; sizes are board units."""

    id: str
    title: str
    alt: str
    svg: str
    width: float
    height: float


def draw(state: State, words: Words) -> list[Drawing]:
    """One drawing per board that the report tells of, in its order."""
    drawings = []
    for part in boards_of(state):
        board = state.find(Board, part.id)
        if board is not None:
            drawings.append(_draw(state, board, part, words))
    return drawings


def _draw(state: State, board: Board, part: BoardPart, words: Words) -> Drawing:
    frames: list[Frame] = []
    overflow: list[tuple[ZonePart, list[Item]]] = []
    taken: list[Item] = []
    for zone in part.zones:
        items = [*_clusters(state, zone, words), *_loose(state, zone)]
        record = state.find(Zone, zone.id)
        frame = _frame(zone, record or Zone(id="", board="", title="", rank=0, x=0, y=0, width=board.width, height=board.height))
        left = [item for item in items if not _settle(item, frame, taken)]
        frame.items = [item for item in items if item not in left]
        frames.append(frame)
        if left:
            overflow.append((zone, left))
    bottom = float(board.height)
    continued: list[Frame] = []
    for zone, left in overflow:
        continued.append(_continuation(words.continued(zone.title), left, bottom + MARGIN, board.width))
        bottom = continued[-1].y + continued[-1].height
    height = bottom + (MARGIN if continued else 0)
    alt = words.board_alt(part)
    svg = render(
        "board.svg", words, board=board, zones=frames, continued=continued, height=height, alt=alt,
        background=_background(board.background), font=_embedded(),
    )  # fmt: skip
    return Drawing(id=board.id, title=board.title, alt=alt, svg=svg, width=board.width, height=height)


# --- what is drawn -----------------------------------------------------------------------------------------------


def _frame(zone: ZonePart, at: Zone) -> Frame:
    return Frame(at.x, at.y, at.width, at.height, _title(zone.title, at.x, at.y, at.width), zone.count)


def _title(text: str, x: float, y: float, most: float) -> Lines:
    return Lines(x + MARGIN, y + 30, 18.0, lettering.wrap(text, most - 140, 18.0, lettering.SEMIBOLD)[:1])


def _card(note: Note) -> Card:
    size = next(size for most, size in SIZES if len(note.text) <= most)
    lines = lettering.wrap(note.text, NOTE_WIDTH - 2 * PADDING, size)
    rtl = lettering.is_rtl(note.text)
    text = Lines(NOTE_WIDTH - PADDING if rtl else PADDING, PADDING + size, size, lines, rtl)
    height = round(2 * PADDING + size * LEADING * len(lines), 1)
    return Card(text=text, fill=TINTS[note.tint], height=max(40.0, height))


def _loose(state: State, zone: ZonePart) -> Iterable[Item]:
    for part in zone.notes:
        note = state.find(Note, part.id)
        if note is not None:
            card = _card(note)
            yield Item(note.x, note.y, NOTE_WIDTH, card.height, [card])


def _clusters(state: State, zone: ZonePart, words: Words) -> Iterable[Item]:
    for part in zone.clusters:
        cluster = state.find(Cluster, part.id)
        if cluster is None:
            continue
        title = lettering.wrap(part.title or words.untitled(), NOTE_WIDTH - 30, 16.0, lettering.SEMIBOLD)
        top = 14 + 20.0 * len(title)
        cards = []
        for member in part.notes:
            note = state.find(Note, member.id)
            if note is not None:
                card = _card(note)
                card.x, card.y = GAP + 1, top
                cards.append(card)
                top += card.height + GAP
        heading = Lines(PADDING + GAP / 2, 25, 16.0, title)
        yield Item(cluster.x, cluster.y, COLUMN, top + 2, cards, heading)


# --- where it stands ---------------------------------------------------------------------------------------------


def _clear(item: Item, x: float, y: float, taken: list[Item]) -> bool:
    return all(
        x >= one.x + one.width or one.x >= x + item.width or y >= one.y + one.height or one.y >= y + item.height
        for one in taken
    )


def _settle(item: Item, frame: Frame, taken: list[Item]) -> bool:
    """Keep an item at its place, or move it to the first free one of its zone; False when there is none."""
    inside = [one for one in taken if one.x < frame.x + frame.width and frame.x < one.x + one.width]
    item.x, item.y = max(0.0, item.x), max(0.0, item.y)
    lowest = frame.y + frame.height - item.height - 4
    if item.y <= lowest + 4 and _clear(item, item.x, item.y, inside):
        taken.append(item)
        return True
    y = frame.y + HEAD
    while y <= lowest:
        x = frame.x + MARGIN
        while x + item.width <= frame.x + frame.width - 4:
            if _clear(item, x, y, inside):
                item.x, item.y = x, y
                taken.append(item)
                return True
            x += GAP * 2
        y += GAP * 2
    return False


def _continuation(title: str, items: list[Item], top: float, width: float) -> Frame:
    """A part under the board: columns filled one after the other, each item in the shortest."""
    count = max(1, int((width - 2 * MARGIN) // (COLUMN + GAP)))
    heights = [top + HEAD] * count
    for item in items:
        column = heights.index(min(heights))
        item.x, item.y = MARGIN + column * (COLUMN + GAP), heights[column]
        heights[column] += item.height + GAP
    notes = sum(len(item.cards) for item in items)
    return Frame(0.0, top, width, max(heights) - top + MARGIN / 2, _title(title, 0.0, top, width), notes, items)


# --- our drawings and our font -----------------------------------------------------------------------------------


@cache
def _background(name: str) -> tuple[str, str]:
    """The view box and contents of a drawing of ours; ("", "") when there is none of that name."""
    path = resource("static") / "backgrounds" / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not path.is_file():
        return "", ""
    text = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.search(r"<svg\b([^>]*)>(.*)</svg>", text, re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', found.group(1)) if found else None
    return (box.group(1), found.group(2).strip()) if found and box else ("", "")


@cache
def _embedded() -> str:
    """The vendored reading font as base64, so that an image looks the same on a machine without it."""
    path = resource("static") / "vendor" / "fonts" / "atkinson-hyperlegible-next-latin-normal.woff2"
    return base64.b64encode(path.read_bytes()).decode() if path.is_file() else ""
