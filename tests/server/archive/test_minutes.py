"""The minutes reopened by other programs: odfdo everywhere, LibreOffice where it is installed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path

import odfdo
import pytest
from lxml import etree

from facilitation.records import Note, Sheet
from facilitation.report import derive
from facilitation.state import Put, Set
from server.archive.bundle import Bundle
from server.archive.container import unpack
from server.archive.documents import minutes
from server.archive.documents.words import Words
from tests.server.archive.scene import Story

OFFICE = shutil.which("soffice")
ODF = {"text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0"}


def minutes_of(built: Bundle) -> bytes:
    return next(content for name, content in unpack(built.shared).items() if name.endswith(".odt"))


@pytest.fixture(scope="session")
def odt(built: Bundle) -> bytes:
    return minutes_of(built)


def test_the_container_is_what_the_format_asks(odt: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(odt)) as opened:
        first = opened.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert odt[38 : 38 + len(minutes.MIMETYPE)] == minutes.MIMETYPE.encode()
        listed = etree.fromstring(opened.read("META-INF/manifest.xml"))
        paths = {entry.get(f"{{{listed.nsmap['manifest']}}}full-path") for entry in listed}
        assert paths - {"/"} == set(opened.namelist()) - {"mimetype", "META-INF/manifest.xml"}


def test_odfdo_reads_headings_tables_and_alternative_texts(odt: bytes) -> None:
    document = odfdo.Document(io.BytesIO(odt))
    body = document.body
    headings = [(heading.get_attribute_integer("text:outline-level"), heading.inner_text) for heading in body.headers]
    assert headings[0][1] == "Réussir l'arrivée d'un nouvel agent"
    assert (1, "Ce qui a été décidé") in headings and (1, "Qui était là") in headings
    assert any(level == 2 and text.startswith("Speed Boat") for level, text in headings)
    assert any(level == 3 and text.startswith("L’ancre : ce qui freine") for level, text in headings)
    assert any(level == 4 and text.startswith("Matériel et accès") and "3" in text for level, text in headings)
    levels = [level for level, _ in headings]
    assert all(later <= (earlier or 0) + 1 for earlier, later in pairwise(levels) if later)
    tables = body.tables
    assert {"Actions", "Déroulé", "Sites"} <= {table.name for table in tables}
    for table in tables:
        assert table.get_elements("table:table-header-rows"), f"{table.name} repeats no header row"
    frames = body.get_elements("descendant::draw:frame")
    assert len(frames) == 1
    for frame in frames:
        assert frame.get_elements("svg:title") and "voilier" in frame.get_element("svg:desc").inner_text


def test_it_says_what_the_scenario_says(odt: bytes) -> None:
    text = odfdo.Document(io.BytesIO(odt)).get_formatted_text()
    for expected in (
        "13", "19 notes", "Öznur", "30\u00a0nov.\u00a02026", "Chaque nouvel agent",
        "gommettes", "Le détail par site n’est pas montré", "Médiane", "Enfin des décisions.", "Le télétravail les premiers mois",
    ):  # fmt: skip
        assert expected in text, expected


def test_language_page_numbers_and_captions(odt: bytes) -> None:
    parts = unpack(odt)
    styles, content = parts["styles.xml"].decode(), parts["content.xml"].decode()
    assert 'fo:language="fr" fo:country="FR"' in styles
    assert "<text:page-number" in styles and " / <text:page-count>" in styles
    assert content.count("<text:sequence ") == len(re.findall(r'text:style-name="(?:Table|Illustration)">', content))


def test_every_style_named_is_defined(odt: bytes) -> None:
    parts = unpack(odt)
    styles, content = parts["styles.xml"].decode(), parts["content.xml"].decode()
    defined = set(re.findall(r'<(?:style:style|text:list-style)[^>]* style:name="([^"]+)"', styles + content))
    used = set(re.findall(r'(?:text|table|draw):style-name="([^"]+)"', content))
    assert used <= defined, used - defined


HOSTILE = [chr(code) for code in range(0x20)] + ["\ufffe", "\uffff", "\ud800", "]]>", "<w:p/>", "&#0;", "<text:p>", "{{ 7*7 }}"]


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text) for text in HOSTILE])
def test_no_character_breaks_the_document(story: Story, text: str) -> None:
    sheet = Sheet(id="x", type="decision", what=f"avant{text}après")
    report = derive(story.state.apply([Put(sheet)]))
    imprint = minutes.Imprint(lab="L", address="A", name="n", version=1, shared="s")
    content = unpack(minutes.write(report, Words("fr", "Europe/Paris"), imprint, []))["content.xml"]
    tree = etree.fromstring(content)
    said = "".join(tree.itertext())
    assert "avant" in said and "après" in said
    if text in ("]]>", "<w:p/>", "&#0;", "<text:p>", "{{ 7*7 }}"):
        assert f"avant{text}après" in said


def test_a_text_from_right_to_left_is_set_so(story: Story) -> None:
    arabic = "لا يعرف القادم الجديد أحداً."
    note = next(story.state.all(Note))
    report = derive(story.state.apply([Set("note", note.id, {"text": arabic})]))
    imprint = minutes.Imprint(lab="L", address="A", name="n", version=1, shared="s")
    parts = unpack(minutes.write(report, Words("fr", "Europe/Paris"), imprint, []))
    assert f'text:style-name="List_20_1_20_rtl">{arabic}<' in parts["content.xml"].decode()
    assert 'style:writing-mode="rl-tb"' in parts["styles.xml"].decode()


def test_lines_and_spaces_are_kept(story: Story) -> None:
    assert minutes.odf("a\nb  c") == 'a<text:line-break/>b <text:s text:c="1"/>c'


if OFFICE:

    def test_libreoffice_turns_it_into_pages(odt: bytes, tmp_path: Path) -> None:
        (tmp_path / "minutes.odt").write_bytes(odt)
        subprocess.run(
            [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
             str(tmp_path), str(tmp_path / "minutes.odt")],
            check=True, capture_output=True, timeout=150,
        )  # fmt: skip
        pdf = (tmp_path / "minutes.pdf").read_bytes()
        assert pdf.startswith(b"%PDF")
        assert b"AtkinsonHyperlegibleNext" in pdf, "the reading font travels inside"
