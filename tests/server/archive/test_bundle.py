"""Both parts of a bundle: names, contents against the documented table, what must not be there, same bytes twice."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

import server.archive
from facilitation.records import Block, Session
from facilitation.state import Put
from server.archive import names
from server.archive.bundle import Bundle, Lab
from server.archive.container import unpack
from server.archive.documents import boards, raster
from server.archive.verify import verify
from tests.server.archive.conftest import built_from
from tests.server.archive.scene import SCENARIO, Story, accueil

README = Path(server.archive.__file__).with_name("README.md").read_text(encoding="utf-8")


def inside(blob: bytes) -> dict[str, bytes]:
    """The files of a part, by path inside its folder; zips within zips opened too."""
    return {name.partition("/")[2]: content for name, content in unpack(blob).items()}


def all_text(blob: bytes) -> str:
    """Everything that can be read in a part, the minutes' XML included."""
    texts = []
    for name, content in inside(blob).items():
        if name.endswith(".odt"):
            texts += [part.decode() for inner, part in unpack(content).items() if inner.endswith(".xml")]
        elif not name.endswith(".png"):
            texts.append(content.decode())
        texts.append(name)
    return "\n".join(texts)


def documented(part: str) -> dict[str, str]:
    """The rows of the documented table for a part: pattern of a path -> what its cell says."""
    rows = {}
    for line in README.splitlines():
        found = re.fullmatch(r"\| `([^`]+)` \|([^|]*)\|([^|]*)\|.*\|", line)
        if found:
            rows[found.group(1)] = found.group(2 if part == "diffusion" else 3).strip()
    return rows


def as_pattern(path: str) -> str:
    return re.sub(r"<[^>]+>", "[a-z0-9-]+", re.escape(path).replace(r"\*", ".+")).replace("vN", r"v\d+")


@pytest.mark.parametrize("part", ["diffusion", "reserve"])
def test_every_file_is_in_the_documented_table_and_none_is_missing(built: Bundle, part: str) -> None:
    files = inside(built.shared if part == "diffusion" else built.reserved)
    rows = documented(part)
    for path in files:
        assert any(cell and re.fullmatch(as_pattern(row), path) for row, cell in rows.items()), f"{path} is not documented"
    for row, cell in rows.items():
        if cell == "yes":
            assert any(re.fullmatch(as_pattern(row), path) for path in files), f"{row} is documented, and missing"


def test_names_follow_the_rule(built: Bundle) -> None:
    for name, part in ((built.shared_name, "diffusion"), (built.reserved_name, "reserve")):
        assert re.fullmatch(rf"2026-10-14_la-cooperative_[a-z0-9-]+_{part}_v1\.zip", name)
        assert len(name) < 80
    folders = {name.partition("/")[0] for name in unpack(built.shared)}
    assert folders == {built.shared_name.removesuffix(".zip")}


def test_no_zip_lies_within_another(built: Bundle) -> None:
    for blob in (built.shared, built.reserved):
        assert not [name for name in unpack(blob) if name.endswith(".zip")]


def test_any_zip_program_opens_them_and_the_manifest_agrees(built: Bundle, tmp_path: Path) -> None:
    for blob in (built.shared, built.reserved):
        with zipfile.ZipFile(io.BytesIO(blob)) as opened:
            assert opened.testzip() is None
            opened.extractall(tmp_path)
    for bag in tmp_path.iterdir():
        lines = (bag / "manifest-sha256.txt").read_text().splitlines()
        assert lines
        for line in lines:
            digest, _, path = line.partition("  ")
            assert sha256((bag / path).read_bytes()).hexdigest() == digest


AUTHORS = [person["nom"] for person in SCENARIO["personnes"] if person["nom"] not in ("Öznur", "Loïc", "Nadia")]
"""Everyone whom no action or decision names."""


def test_diffusion_names_nobody_but_who_is_in_charge(built: Bundle) -> None:
    text = all_text(built.shared)
    for name in [*AUTHORS, "Hélène", "seat03", "occ1"]:
        assert name not in text, f"{name!r} is in the part to share"
    for name in ("Öznur", "Loïc", "Nadia"):
        assert name in text


@pytest.mark.parametrize("part", ["shared", "reserved"])
def test_what_must_be_nowhere_is_nowhere(built: Bundle, story: Story, part: str) -> None:
    text = all_text(getattr(built, part))
    secrets = ["RETIREE-PAR-SON-AUTEUR", "VUE-PUIS-RETIREE", "AVANT-CORRECTION", "ACTION-SUPPRIMEE", "QUELQUUN"]
    secrets += ["k7m4rpx2", "generations", '"generation"', '"typist"', '"ballot"', "receipt"]
    for secret in secrets:
        assert secret not in text, f"{secret!r} is in the {part} part"
    for commit in story.commits:
        assert commit.id.hex() not in text
        assert commit.asked[0].id.hex() not in text


def test_a_note_set_aside_is_only_in_the_reserved_part(built: Bundle) -> None:
    assert "MISE-DE-COTE" not in all_text(built.shared)
    assert "MISE-DE-COTE" in all_text(built.reserved)


def test_reserve_holds_who_was_there(built: Bundle) -> None:
    table = inside(built.reserved)["data/60-presences/presences.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    named = {row["Nom"]: row for row in rows}
    assert {person["nom"] for person in SCENARIO["personnes"]} <= set(named)
    assert named["Claire"]["Service"] == "DSDEN de l'Aude" and named["Claire"]["Département"] == "11"
    assert named["Hélène"]["Rôle"] == "Devant Table Toulouse"
    assert "Projecteur" not in named


def test_the_present_are_listed_only_when_asked() -> None:
    listed = all_text(built_from(accueil(list_present=True)).shared)
    for person in SCENARIO["personnes"]:
        assert person["nom"] in listed
    assert '"kind":"seat"' not in listed and '"kind": "seat"' not in listed


def test_nothing_written_in_secret_has_a_time_of_its_own(built: Bundle, story: Story) -> None:
    for blob in (built.shared, built.reserved):
        files = inside(blob)
        session = json.loads(files["data/70-donnees/session.json"])
        notes = [one for one in session["records"] if one["kind"] == "note" and one["block"] == "ecrire"]
        assert len(notes) == 18
        assert len({one["at"] for one in notes}) == 1
        lines = [json.loads(line) for line in files["data/70-donnees/commits.jsonl"].splitlines()]
        first = {change[1]["id"]: line for line in lines for change in line["changes"] if change[0] == "put"}
        assert len({first[one["id"]]["n"] for one in notes}) == 1, "they come out in one line, the reveal"
        starts = {block.started_at for block in story.state.all(Block)}
        for line in lines:
            kinds = {change[1]["kind"] if change[0] == "put" else change[1] for change in line["changes"]}
            if kinds <= {"note", "cluster", "sheet"} and line["n"] != first[notes[0]["id"]]["n"]:
                assert datetime.fromisoformat(line["at"]).timestamp() * 1000 in starts


def test_same_session_same_bytes(built: Bundle) -> None:
    again = built_from(accueil())
    assert again == built


def test_another_version_has_another_name() -> None:
    story = accueil()
    assert names.version_of(story.state) == 1


def test_an_empty_session_has_a_bundle_too() -> None:
    story = Story()
    story.put(Session(title="Rien", created_at=1_790_000_000_000, status="closing", closed_at=1_790_000_100_000))
    empty = built_from(story)
    assert verify(empty.shared).intact and verify(empty.reserved).intact
    assert "Aucune décision n’a été notée" in inside(empty.shared)["data/index.html"].decode()


def test_the_documents_speak_english_too(story: Story) -> None:
    files = inside(built_from(story, Lab(name="The Lab", language="en")).shared)
    page = files["data/index.html"].decode()
    assert '<html lang="en">' in page
    for expected in ("Wednesday 14\u00a0October\u00a02026", "77%", "30\u00a0Nov\u00a02026"):
        assert expected in page
    for french in ("Ce qui a été décidé", "Compte rendu d’atelier", "gommettes", "Personnes par site"):
        assert french not in page


def test_a_board_that_cannot_be_drawn_holds_nothing_back(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(image: boards.Image, pixels: int) -> bytes:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(raster, "png", fails)
    made = built_from(story)
    assert made.undrawn == 1
    assert verify(made.shared).intact
    assert not [name for name in inside(made.shared) if name.endswith(".png")]
    odt = next(content for name, content in inside(made.shared).items() if name.endswith(".odt"))
    assert "Pictures" not in unpack(odt)["META-INF/manifest.xml"].decode()


def test_texts_that_try_things_stay_texts(story: Story) -> None:
    hostile = accueil()
    session = hostile.state.session
    hostile.say(Put(type(session)(**{**{f: getattr(session, f) for f in session.__struct_fields__}, "title": NASTY})))
    files = inside(built_from(hostile).shared)
    page = files["data/index.html"].decode()
    assert "<script" not in page and "<img src=x" not in page
    assert "&lt;script&gt;" in page
    assert verify(built_from(hostile).shared).intact


NASTY = "<script>alert(1)</script> ]]> &amp; \"'{{ 7*7 }} \u0001\ufffe <img src=x onerror=alert(1)>"
