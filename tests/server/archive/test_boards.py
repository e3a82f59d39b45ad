"""Board images: every text whole, none over another, wide enough, and drawable whatever was written."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from facilitation.records import Board, Cluster, Note, Session, Zone
from facilitation.state import Put, Set, State
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
    return drawing, ElementTree.fromstring(drawing.image.svg)


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
            found.append((x + left, y + top, float(rect.attrib["width"]), float(rect.attrib["height"])))
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
    texts = [("Une idée un peu longue, " * (1 + place % 20)).strip() for place in range(count)]
    drawing, _ = drawn(board_of(texts))
    images = (drawing.image, *drawing.continued)
    pages = [cards(ElementTree.fromstring(image.svg)) for image in images]
    assert sum(map(len, pages)) == count
    for image, rects in zip(images, pages, strict=True):
        assert (image.width, image.height) == (1600, 1157)
        for place, (x, y, width, height) in enumerate(rects):
            assert x >= 0 and x + width <= image.width and y + height <= image.height
            for other in rects[place + 1 :]:
                aside = x >= other[0] + other[2] or other[0] >= x + width
                assert aside or y >= other[1] + other[3] or other[1] >= y + height, f"note {place} of {count} covers another"


def test_what_has_no_room_goes_on_pages_of_its_own() -> None:
    drawing, root = drawn(board_of(["Texte " * 20] * 40))
    assert drawing.continued and "La zone (suite)" not in said(root)
    for image in drawing.continued:
        assert "La zone (suite)" in said(ElementTree.fromstring(image.svg))


def test_a_cluster_too_tall_for_a_page_comes_in_pieces() -> None:
    state = board_of(["Une phrase qui prend de la place sur sa note. " * 4] * 60)
    cluster = Cluster(id="c", board="b", title="Tout ensemble", zone="z", x=56, y=88)
    state = state.apply([Put(cluster), *(Set("note", note.id, {"cluster": "c"}) for note in state.all(Note))])
    drawing, _ = drawn(state)
    images = [ElementTree.fromstring(image.svg) for image in (drawing.image, *drawing.continued)]
    assert all(image.height == 1157 for image in (drawing.image, *drawing.continued))
    assert sum(said(image).count("Une phrase") for image in images) >= 60
    assert any("Tout ensemble (suite)" in said(image).replace("\n", " ") for image in images)


def test_a_very_long_word_is_cut_and_stays_whole() -> None:
    word = "anticonstitutionnellement" * 20
    _, root = drawn(board_of([word]))
    lines = [span.text or "" for span in root.iter(f"{SVG}tspan")]
    assert "".join(line for line in lines if line in word) == word
    assert all(lettering.width(line, 13) <= 328 for line in lines if line in word)


STRANGE = [
    "שלום עולם", "مرحبا بالعالم", "👩‍🏫 👍🏽 😕", "Привет", "你好", "a\u0301e\u0308", "<&>\"'", "\x07\ufffe", "  deux   espaces",
    "\u202f!",
]  # fmt: skip


def test_strange_texts_are_drawn(tmp_path: Path) -> None:
    drawing, _ = drawn(board_of([text * 3 for text in STRANGE]))
    image = raster.png(drawing.image, 800)
    assert image.startswith(b"\x89PNG")


def test_right_to_left_text_starts_on_the_right() -> None:
    _, root = drawn(board_of(["مرحبا بالعالم"]))
    assert [text for text in root.iter(f"{SVG}text") if text.attrib.get("text-anchor") == "end" and text.findall(f"{SVG}tspan")]


def test_the_image_kept_is_3840_pixels_wide(story: Story) -> None:
    drawing, _ = drawn(story.state)
    image = raster.png(drawing.image, raster.WIDE)
    (width,) = struct.unpack(">L", image[16:20])
    assert 3840 <= width <= 3850
    assert raster.png(drawing.image, raster.WIDE) == image


def test_widths_are_those_of_the_fonts() -> None:
    assert lettering.width("", 16) == 0
    assert 80 < lettering.width("anticonstitutionnel", 10) < 110
    assert lettering.width("W", 10) > lettering.width("i", 10)
    assert lettering.width("😕", 10) > 9
    assert lettering.wrap("a b", 1000, 10) == ["a b"]
    assert lettering.wrap("un deux\n\ntrois", 30, 10) == ["un", "deux", "", "trois"]


def test_the_fonts_are_those_of_the_manifest_with_their_licences() -> None:
    listed = json.loads((lettering.FONTS / "manifest.json").read_text(encoding="utf-8"))
    assert {one["file"] for one in listed} == {path.name for path in lettering.FONTS.glob("*.ttf")}
    for one in listed:
        digest = hashlib.sha384((lettering.FONTS / one["file"]).read_bytes()).digest()
        assert base64.b64encode(digest).decode() == one["sha384"], one["file"]
        assert (lettering.FONTS / one["license_file"]).is_file()
