"""A board as one SVG image: its drawing, zones, clusters and notes, every text whole and none over another.

Notes stand where people left them. One that would cover another moves to the next free place of its zone; when the
zone is full, it goes to a page of its own that repeats the zone's title. Units are board units.
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
LONG = 240  # characters above which a loose note takes the width of two
HEAD, MARGIN = 48.0, 16.0
RLM = "\u200f"
COLUMN = NOTE_WIDTH + 2 * GAP + 2
TALLEST = 900.0  # of the notes in one piece of a cluster

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
    width: float
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
    """A zone as drawn, or a page of what it has no room for."""

    x: float
    y: float
    width: float
    height: float
    title: Lines
    count: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Image:
    """A whole SVG document and its size in board units."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """A board: its image, and one more for each page of what has no room left on it. `apart`: a group's."""

    id: str
    title: str
    apart: bool
    alt: str
    image: Image
    continued: tuple[Image, ...]


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
    pages: list[Frame] = []
    taken: list[Item] = []
    for zone in part.zones:
        record = state.find(Zone, zone.id)
        frame = _frame(zone, record or Zone(id="", board="", title="", rank=0, x=0, y=0, width=board.width, height=board.height))
        left: list[Item] = []
        for item in (*_clusters(state, zone, words), *_loose(state, zone)):
            (frame.items if _settle(item, frame, taken) else left).append(item)
        frames.append(frame)
        pages += _pages(words.continued(zone.title), left, board)
    alt = words.board_alt(part)
    return Drawing(
        id=board.id,
        title=words.board(part),
        apart=bool(part.group),
        alt=alt,
        image=_image(board, frames, alt, words, _background(board.background)),
        continued=tuple(_image(board, [page], alt, words, ("", "")) for page in pages),
    )


def _image(board: Board, frames: list[Frame], alt: str, words: Words, background: tuple[str, str]) -> Image:
    height = max([float(board.height), *(frame.y + frame.height for frame in frames)])
    svg = render("board.svg", words, board=board, frames=frames, height=height, alt=alt, background=background, font=_embedded())
    return Image(svg, board.width, height)


# --- what is drawn -----------------------------------------------------------------------------------------------


def _frame(zone: ZonePart, at: Zone) -> Frame:
    return Frame(at.x, at.y, at.width, at.height, _title(zone.title, at.x, at.y, at.width), zone.count)


def _title(text: str, x: float, y: float, most: float) -> Lines:
    return Lines(x + MARGIN, y + 30, 18.0, lettering.wrap(text, most - 140, 18.0, lettering.SEMIBOLD)[:1])


def _card(note: Note, width: float = NOTE_WIDTH) -> Card:
    size = next(size for most, size in SIZES if len(note.text) <= most)
    lines = lettering.wrap(note.text, width - 2 * PADDING, size)
    rtl = lettering.is_rtl(note.text)
    if rtl:  # the marks keep punctuation at a line's ends on its own side
        lines = [f"{RLM}{line}{RLM}" for line in lines]
    text = Lines(width - PADDING if rtl else PADDING, PADDING + size, size, lines, rtl)
    height = round(2 * PADDING + size * LEADING * len(lines), 1)
    return Card(text=text, fill=TINTS[note.tint], width=width, height=max(40.0, height))


def _loose(state: State, zone: ZonePart) -> Iterable[Item]:
    for part in zone.notes:
        note = state.find(Note, part.id)
        if note is not None:
            card = _card(note, NOTE_WIDTH if len(note.text) <= LONG else 2 * NOTE_WIDTH + GAP)
            yield Item(note.x, note.y, card.width, card.height, [card])


def _clusters(state: State, zone: ZonePart, words: Words) -> Iterable[Item]:
    """The clusters of a zone; one too tall for a page comes in pieces of the same title."""
    for part in zone.clusters:
        cluster = state.find(Cluster, part.id)
        if cluster is None:
            continue
        title = part.title or words.untitled()
        notes = [note for member in part.notes if (note := state.find(Note, member.id))]
        for number, cards in enumerate(_pieces([_card(note) for note in notes])):
            yield _cluster(cluster, words.continued(title) if number else title, cards)


def _pieces(cards: list[Card]) -> Iterable[list[Card]]:
    piece: list[Card] = []
    for card in cards:
        if piece and sum(one.height + GAP for one in piece) + card.height > TALLEST:
            yield piece
            piece = []
        piece.append(card)
    yield piece


def _cluster(cluster: Cluster, title: str, cards: list[Card]) -> Item:
    lines = lettering.wrap(title, NOTE_WIDTH - 30, 16.0, lettering.SEMIBOLD)
    top = 14 + 20.0 * len(lines)
    for card in cards:
        card.x, card.y = GAP + 1, top
        top += card.height + GAP
    return Item(cluster.x, cluster.y, COLUMN, top + 2, cards, Lines(PADDING + GAP / 2, 25, 16.0, lines))


# --- where it stands ---------------------------------------------------------------------------------------------


def _clear(item: Item, x: float, y: float, taken: list[Item]) -> bool:
    return all(
        x >= one.x + one.width or one.x >= x + item.width or y >= one.y + one.height or one.y >= y + item.height for one in taken
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


def _pages(title: str, items: list[Item], board: Board) -> Iterable[Frame]:
    """Pages of the board's size: columns filled one after the other, each item in the shortest."""
    count = max(2, int((board.width - 2 * MARGIN) // (COLUMN + GAP)))
    page: list[Item] = []
    heights = [HEAD] * count
    for item in items:
        span = 1 if item.width <= COLUMN else 2
        column, top = _shortest(heights, span)
        if page and top + item.height > board.height - MARGIN:
            yield _page(title, page, board)
            page, heights, column, top = [], [HEAD] * count, 0, HEAD
        item.x, item.y = MARGIN + column * (COLUMN + GAP), top
        heights[column : column + span] = [top + item.height + GAP] * span
        page.append(item)
    if page:
        yield _page(title, page, board)


def _shortest(heights: list[float], span: int) -> tuple[int, float]:
    """The column where `span` columns are free soonest, and how far down."""
    tops = [max(heights[column : column + span]) for column in range(len(heights) - span + 1)]
    top = min(tops)
    return tops.index(top), top


def _page(title: str, items: list[Item], board: Board) -> Frame:
    height = max(float(board.height), *(item.y + item.height + MARGIN for item in items))
    notes = sum(len(item.cards) for item in items)
    return Frame(0.0, 0.0, board.width, height, _title(title, 0.0, 0.0, board.width), notes, items)


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
