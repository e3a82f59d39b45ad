"""The minutes of a workshop with groups, takeaways and an approval: their head, their order, their structure."""

from __future__ import annotations

import dataclasses
import io
import re
from itertools import pairwise

import odfdo
import pytest
from lxml import etree, html

from facilitation.report import derive
from facilitation.state import Remove
from server.archive.bundle import Bundle
from server.archive.container import unpack
from server.archive.documents import head, minutes
from server.archive.documents.words import Words
from tests.server.archive.conftest import built_from
from tests.server.archive.rich import TAKEAWAYS, enriched
from tests.server.archive.scene import Story

WORDS = Words("fr", "Europe/Paris")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
IMPRINT = minutes.Imprint(
    lab="La Coopérative", address="", name="n", version=2, shared="s", at=1_792_136_000_000, replaced=1,
    replaced_at=1_792_050_000_000,
)  # fmt: skip


def content(built: Bundle) -> etree._Element:
    odt = next(body for name, body in unpack(built.shared).items() if name.endswith(".odt"))
    return etree.fromstring(unpack(odt)["content.xml"])


def page(built: Bundle) -> str:
    return next(body for name, body in unpack(built.shared).items() if name.endswith("/index.html")).decode()


def headings(tree: etree._Element) -> list[tuple[int, str]]:
    return [(int(one.get(f"{TEXT}outline-level")), " ".join("".join(one.itertext()).split())) for one in tree.iter(f"{TEXT}h")]


@pytest.fixture(scope="module")
def tree(rich_built: Bundle) -> etree._Element:
    return content(rich_built)


def test_what_was_decided_comes_first_then_actions_then_how(tree: etree._Element) -> None:
    top = [text for level, text in headings(tree) if level == 1]
    assert top == [
        "Réussir l'arrivée d'un nouvel agent", "Ce qui a été décidé", "Ce qui va être fait", "Comment nous y sommes arrivés",
        "Points à reprendre", "Ce qui reste ouvert", "Ce qui n’est pas décidé d’avance", "Le déroulé", "Qui était là",
        "Ce que nous en avons pensé", "Annexes", "Ce qui a été écrit",
    ]  # fmt: skip


def test_no_level_is_jumped_and_no_heading_is_empty(tree: etree._Element) -> None:
    found = headings(tree)
    assert all(text for _, text in found)
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in pairwise(found))


def test_nothing_is_spaced_by_empty_paragraphs(tree: etree._Element) -> None:
    for one in tree.iter(f"{TEXT}p"):
        cell = next((up for up in one.iterancestors() if up.tag == f"{TABLE}table-cell"), None)
        assert cell is not None or "".join(one.itertext()).strip() or len(one), "an empty paragraph outside a table"


def test_every_table_repeats_its_header_and_has_a_caption_just_before(tree: etree._Element) -> None:
    tables = list(tree.iter(f"{TABLE}table"))
    assert len(tables) >= 5
    for table in tables:
        assert table.find(f"{TABLE}table-header-rows") is not None
        before = table.getprevious()
        assert before is not None and before.get(f"{TEXT}style-name") == "Table"


def test_every_image_says_what_it_shows(rich_built: Bundle, rich: Story) -> None:
    odt = next(body for name, body in unpack(rich_built.shared).items() if name.endswith(".odt"))
    frames = odfdo.Document(io.BytesIO(odt)).body.get_elements("descendant::draw:frame")
    assert len(frames) == len(derive(rich.state).boards) == 3
    for frame in frames:
        assert frame.get_element("svg:title").inner_text and len(frame.get_element("svg:desc").inner_text) > 40
    boards = html.fromstring(page(rich_built)).findall(".//img")
    assert len(boards) == 3 and all(len(one.get("alt")) > 40 for one in boards)


def test_the_file_says_what_it_is_before_it_is_opened(rich_built: Bundle) -> None:
    odt = next(body for name, body in unpack(rich_built.shared).items() if name.endswith(".odt"))
    meta = odfdo.Document(io.BytesIO(odt)).get_part("meta.xml")
    assert meta.title == "Réussir l'arrivée d'un nouvel agent" and str(meta.language) == "fr-FR"
    assert meta.creator == "La Coopérative" and meta.keyword == "Innovation managériale"
    said = meta.user_defined_metadata
    assert said["Version"] == "1" and said["Référence"] == "2026-ARR-014"
    assert said["État"] == "Validé par Nadia le 16\u00a0octobre\u00a02026"


def test_lists_are_lists(tree: etree._Element) -> None:
    lists = list(tree.iter(f"{TEXT}list"))
    assert lists and all(one.findall(f"{TEXT}list-item") for one in lists)
    bullets = [one for one in tree.iter(f"{TEXT}p") if re.match(r"\s*[–•-]\s", "".join(one.itertext()))]
    assert not bullets, "typed by hand"


@pytest.mark.parametrize("where", ["odt", "html"])
def test_what_was_retained_is_told_step_by_step(rich_built: Bundle, where: str) -> None:
    told = "".join(content(rich_built).itertext()) if where == "odt" else html.fromstring(page(rich_built)).text_content()
    assert told.count("Ce que nous retenons") == len(TAKEAWAYS)
    for text in TAKEAWAYS.values():
        for line in text.split("\n"):
            assert line in told
    assert "Travaux du Groupe 1, étape «\u00a0Regrouper\u00a0»" in told
    assert "2\u00a0sous-groupes" in told.replace("2 sous", "2\u00a0sous") and "mélangés par service et site" in told
    assert "Un plan du bâtiment et un trombinoscope à jour (Groupe 1)" in " ".join(told.split())
    assert told.index("Le calendrier, et qui s’en occupe") < told.index("Le budget de 2027")
    assert "2026-ARR-014" in told and "Validé par Nadia le 16\u00a0octobre\u00a02026" in told


def test_who_could_not_come_and_who_worked_with_whom_are_named_only_when_asked(rich_built: Bundle) -> None:
    asked = page(built_from(enriched(list_present=True)))
    for name in ("Camille Dupont", "René Lefèvre", "Groupe 1, 7\u00a0personnes\u00a0: Loïc"):
        assert name not in page(rich_built), name
    assert "Camille Dupont (DRAIO), René Lefèvre" in asked
    assert re.search("Groupe 1, 7.personnes.: Loïc, Maïwenn", asked)


def test_minutes_that_nobody_approved_are_a_draft(rich: Story) -> None:
    draft = derive(rich.state.apply([Remove("approval", "approval")]))
    assert WORDS.standing(draft) == "Projet, pas encore validé"
    assert WORDS.standing(derive(rich.state)) == "Validé par Nadia le 16\u00a0octobre\u00a02026"


def test_the_letterhead_says_who_made_which_version(rich: Story) -> None:
    report = derive(rich.state)
    assert head.letterhead(report, IMPRINT, WORDS) == [
        ("La Coopérative", "Compte rendu d’atelier"),
        ("", "Version 2 du 16\u00a0octobre\u00a02026"),
        ("", "Validé par Nadia le 16\u00a0octobre\u00a02026"),
    ]
    facts = dict(head.facts(report, IMPRINT, WORDS))
    assert facts["Version"] == "Remplace la version 1 du 15\u00a0octobre\u00a02026."
    assert facts["Conservation"] == "Données personnelles effacées du service le 15\u00a0novembre\u00a02026"
    assert "Excusés" not in facts


def test_a_long_address_never_meets_the_version(rich: Story) -> None:
    address = "Région académique Occitanie, rectorat de région académique, 31 rue de l’Université, 34000 Montpellier"
    lines = head.letterhead(derive(rich.state), dataclasses.replace(IMPRINT, address=address), WORDS)
    assert [left for left, _ in lines][1:3] == ["Région académique Occitanie", "rectorat de région académique"]
    assert all(len(left) <= head.LONG for left, _ in lines)
