"""CSV tables: no cell computes in a spreadsheet, whatever people wrote, and a reader gets the text back."""

from __future__ import annotations

import csv
import io

import pytest

from facilitation.report import derive
from server.archive.documents import tables
from server.archive.documents.words import Words
from tests.server.archive.scene import Story

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\u202f=1", "\u3000=1", "\u200b=1", "\ufeff=1",
    "＝1", "＋1", "－1", "＠SUM", "−1", "\u200e=1", '=HYPERLINK("http://x")', "=cmd|'/c calc'!A1", "\u0301=1",
]  # fmt: skip
PLAIN = ["Bonjour", "1 + 1 = 2", "a@b", "’=", "(−)", "20 %", "", "« =1 »", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    cell = tables.safe(text)
    assert cell.startswith("'")
    assert tables.safe("Une note\n" + text).split("\n")[1].startswith("'"), "on any line"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert tables.safe(text) == text


def test_every_cell_is_quoted_and_reads_back() -> None:
    texts = ['Il a dit "oui"; puis', "deux\nlignes", "emoji 😕 et عربي", "point;virgule"]
    raw = tables.csv(("A", "B", "C", "D"), [texts])
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    assert rows == [["A", "B", "C", "D"], texts]


def test_numbers_stay_numbers() -> None:
    assert tables.csv(("A",), [(-3,)]).decode("utf-8-sig").splitlines()[1] == '"-3"'


def test_illegal_characters_show() -> None:
    assert tables.safe("a\x00b\x1fc\ufffe") == "a\ufffdb\ufffdc\ufffd"


def test_the_scenario_votes(story: Story) -> None:
    report = derive(story.state)
    rows = list(csv.reader(io.StringIO(tables.votes(report, Words("fr", "Europe/Paris")).decode("utf-8-sig")), delimiter=";"))
    dots = {row[4]: int(row[5]) for row in rows if row[0] == "1"}
    assert dots == {
        "Matériel et accès": 12, "Se repérer, connaître les gens": 15, "Démarches répétées": 6, "Formation tardive": 4
    }  # fmt: skip
