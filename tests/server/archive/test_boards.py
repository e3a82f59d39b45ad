"""Board images: every text whole, none over another, wide enough, and drawable whatever was written."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from facilitation.records import Board, Note, Session, Zone
from facilitation.state import Put, State
from server.archive.documents import boards, lettering, raster
from server.archive.documents.words import Words
from tests.server.archive.scene import Story

WORDS = Words("fr", "Europe/Paris")
SVG = "{http://www.w3.org/2000/svg}"


def board_of(texts: list[str], *, height: float = 400) -> State:
    zone = Zone(id="z", board="b", title="La zone", rank=0, x=40, y=40, width=600, height=height)
    notes = [
        Put(Note(id=f"n{place:04d}", board="b", block="", text=text, zone="z", x=56, y=88, rank=float(place)))
        for place, text in enumerate(texts)
    ]
    return State().apply([Put(Session(title="T")), Put(Board(id="b", title="Le tableau")), Put(zone), *notes])


def drawn(state: State) -> tuple[boards.Drawing, ElementTree.Element]:
    drawing = boards.draw(state, WORDS)[0]
    return drawing, ElementTree.fromstring(drawing.svg)


def said(root: ElementTree.Element) -> str:
    return "".join(" ".join(span.text or "" for span in text.iter(f"{SVG}tspan")) + "\n" for text in root.iter(f"{SVG}text"))


def cards(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """The rectangle of every note, in board units."""
    found = []
    for item in root.findall(f"{SVG}g"):
        x, y = (float(part) for part in item.attrib["transform"][10:-1].split())
        for card in item.findall(f"{SVG}g"):
            left, top = (float(part) for part in card.attrib["transform"][10:-1].split())
            rect = card.find(f"{SVG}rect")
            assert rect is not None
            found.append((x + left, y + top, 170.0, float(rect.attrib["height"])))
    return found


def test_the_scenario_holds_every_note_once(story: Story) -> None:
    _, root = drawn(story.state)
    text = said(root).replace("\n", " ")
    for note in story.state.all(Note):
        if note.scope == "everyone" and not note.withdrawn and not note.aside:
            assert text.count(" ".join(note.text.split())) == 1 or "–" in note.text
    assert len(cards(root)) == 19
    assert root.find(f"{SVG}title").text == "Speed Boat"  # type: ignore[union-attr]
    assert "voilier" in root.find(f"{SVG}desc").text  # type: ignore[union-attr, operator]


@pytest.mark.parametrize("count", [1, 12, 60, 300])
def test_no_note_covers_another(count: int) -> None:
    texts = [("Une idée un peu longue, " * (1 + place % 9)).strip() for place in range(count)]
    drawing, root = drawn(board_of(texts))
    rects = cards(root)
    assert len(rects) == count
    for place, (x, y, width, height) in enumerate(rects):
        assert x >= 0 and x + width <= drawing.width and y + height <= drawing.height
        for other in rects[place + 1 :]:
            apart = x >= other[0] + other[2] or other[0] >= x + width or y >= other[1] + other[3] or other[1] >= y + height
            assert apart, f"note {place} of {count} covers another"


def test_a_full_zone_goes_on_under_the_board() -> None:
    drawing, root = drawn(board_of(["Texte " * 20] * 40))
    assert "La zone (suite)" in said(root)
    assert drawing.height > 1157


def test_a_very_long_word_is_cut_and_stays_whole() -> None:
    word = "anticonstitutionnellement" * 20
    _, root = drawn(board_of([word]))
    lines = [span.text or "" for span in root.iter(f"{SVG}tspan")]
    assert "".join(line for line in lines if line in word) == word
    assert all(lettering.width(line, 13) <= 150 for line in lines if line in word)


STRANGE = [
    "שלום עולם", "مرحبا بالعالم", "👩‍🏫 👍🏽 😕", "Привет", "你好", "a\u0301e\u0308", "<&>\"'", "\x07\ufffe", "  deux   espaces",
    "\u202f!",
]  # fmt: skip


def test_strange_texts_are_drawn(tmp_path: Path) -> None:
    drawing, _ = drawn(board_of([text * 3 for text in STRANGE]))
    image = raster.png(drawing.svg, drawing.width, drawing.height, 800)
    assert image.startswith(b"\x89PNG")


def test_right_to_left_text_starts_on_the_right() -> None:
    _, root = drawn(board_of(["مرحبا بالعالم"]))
    assert [text for text in root.iter(f"{SVG}text") if text.attrib.get("text-anchor") == "end" and text.findall(f"{SVG}tspan")]


def test_the_image_kept_is_3840_pixels_wide(story: Story) -> None:
    drawing, _ = drawn(story.state)
    image = raster.png(drawing.svg, drawing.width, drawing.height, raster.WIDE)
    (width,) = struct.unpack(">L", image[16:20])
    assert 3840 <= width <= 3850
    assert raster.png(drawing.svg, drawing.width, drawing.height, raster.WIDE) == image


def test_widths_are_those_of_the_fonts() -> None:
    assert lettering.width("", 16) == 0
    assert 80 < lettering.width("anticonstitutionnel", 10) < 110
    assert lettering.width("W", 10) > lettering.width("i", 10)
    assert lettering.width("😕", 10) > 9
    assert lettering.wrap("a b", 1000, 10) == ["a b"]
    assert lettering.wrap("un deux\n\ntrois", 30, 10) == ["un", "deux", "", "trois"]
