"""Archiving twice: v1 stays whole and in force until v2 says what it replaces; what is personal stays in its part."""

from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from facilitation.commands import RecordArchive
from facilitation.records import Archive
from facilitation.sessions import latest
from server.archive import names, write
from server.archive.bundle import Bundle
from server.archive.verify import verify
from server.config import load
from tests.server.archive.conftest import built_from
from tests.server.archive.rich import CORRECTED, TAKEAWAYS, VIDEO, WIFI, enriched, revised
from tests.server.archive.scene import Story
from tests.server.archive.test_bundle import all_text, as_pattern, documented, inside

FIRST = "Chaque nouvel agent a un interlocuteur nommé avant son arrivée."


def recorded(built: Bundle, version: int, at: int) -> Archive:
    return Archive(
        id=f"v{version}", version=version, at=at, shared=built.shared_name, shared_size=len(built.shared),
        shared_hash=sha256(built.shared).hexdigest(), reserved=built.reserved_name, reserved_size=len(built.reserved),
        reserved_hash=sha256(built.reserved).hexdigest(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def twice(rich_built: Bundle) -> tuple[Story, Bundle]:
    story = enriched()
    revised(story, recorded(rich_built, 1, story.at + 1000))
    return story, built_from(story)


def rows(blob: bytes, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inside(blob)[path].decode("utf-8-sig")), delimiter=";"))


def test_the_second_version_names_what_it_replaces(twice: tuple[Story, Bundle], rich_built: Bundle) -> None:
    story, second = twice
    assert latest(story.state) and names.version_of(story.state) == 2
    assert second.shared_name.endswith("_diffusion_v2.zip") and rich_built.shared_name.endswith("_diffusion_v1.zip")
    for part, first, told in (("shared", rich_built.shared, second.shared), ("reserved", rich_built.reserved, second.reserved)):
        info = inside(told)["bag-info.txt"].decode()
        assert f"Replaces: {getattr(rich_built, f'{part}_name')}\n" in info
        assert f"Replaces-SHA256: {sha256(first).hexdigest()}\n" in info
        assert verify(first).intact and verify(told).intact
        assert "Remplace la version 1 du " in inside(told)["data/LISEZMOI.txt"].decode()
        assert "Remplace la version" not in inside(first)["data/LISEZMOI.txt"].decode()


def test_each_version_says_what_was_true_when_it_was_archived(twice: tuple[Story, Bundle], rich_built: Bundle) -> None:
    second = twice[1]
    assert FIRST in all_text(rich_built.shared) and CORRECTED not in all_text(rich_built.shared)
    assert CORRECTED in all_text(second.shared)
    assert FIRST not in all_text(second.shared), "what was corrected stays corrected, in its history too"
    assert "Version 2 du " in all_text(second.shared)


def test_a_version_archived_again_is_the_same_bytes(rich_built: Bundle, twice: tuple[Story, Bundle]) -> None:
    again = enriched()
    revised(again, recorded(rich_built, 1, again.at + 1000))
    assert built_from(again) == twice[1]


async def test_writing_the_second_leaves_the_first_on_disk(twice: tuple[Story, Bundle], tmp_path: Path, rich: Story) -> None:
    settings = load({}, data_dir=str(tmp_path), lab_name="La Coopérative")
    first = await write.write_bundle(rich.state, rich.commits, settings)
    kept = {name: (settings.bundles / name).read_bytes() for name in (first.shared, first.reserved)}
    second: RecordArchive = await write.write_bundle(twice[0].state, twice[0].commits, settings)
    assert len({first.shared, first.reserved, second.shared, second.reserved}) == 4
    for name, content in kept.items():
        assert (settings.bundles / name).read_bytes() == content
    assert all(verify(path).intact for path in settings.bundles.iterdir())


# --- what is in which part ---------------------------------------------------------------------------------------


def kinds(blob: bytes) -> set[str]:
    files = inside(blob)
    session: dict[str, Any] = json.loads(files["data/70-donnees/session.json"])
    lines = [json.loads(line) for line in files["data/70-donnees/commits.jsonl"].splitlines()]
    told = {change[1]["kind"] if change[0] == "put" else change[1] for line in lines for change in line["changes"]}
    assert {one["kind"] for one in session["records"]} <= told
    return told


def test_groups_takeaways_and_approval_are_told_in_both_parts(rich_built: Bundle) -> None:
    shared, reserved = kinds(rich_built.shared), kinds(rich_built.reserved)
    assert {"partition", "group", "takeaway", "approval"} <= shared & reserved
    assert {"placement", "excused", "seat"} <= reserved
    assert not {"placement", "excused", "seat", "practical", "occupant", "profile"} & shared
    assert "practical" not in reserved
    for text in TAKEAWAYS.values():
        assert text.split("\n")[0] in all_text(rich_built.shared)


@pytest.mark.parametrize("part", ["shared", "reserved"])
def test_what_was_of_use_on_the_day_is_in_no_file(rich_built: Bundle, part: str) -> None:
    text = all_text(getattr(rich_built, part))
    for secret in (WIFI, VIDEO, "Salle Occitanie", "LIEN-VISIO"):
        assert secret not in text, secret


def test_the_excused_are_in_the_reserved_attendance_alone(rich_built: Bundle) -> None:
    excused = [row for row in rows(rich_built.reserved, "data/60-presences/presences.csv") if row["Rôle"] == "Absence excusée"]
    assert [(row["Nom"], row["Personnes"]) for row in excused] == [("Camille Dupont (DRAIO)", "0"), ("René Lefèvre", "0")]
    assert "Camille Dupont" not in all_text(rich_built.shared)


def test_a_note_says_its_group_and_where_it_was_carried_from(rich_built: Bundle) -> None:
    notes = {(row["Tableau"], row["Note"]): row for row in rows(rich_built.shared, "data/20-tableaux/notes.csv")}
    idea = "Un plan du bâtiment et un trombinoscope à jour"
    carried = notes["Speed Boat", idea]
    assert (carried["Sous-groupe"], carried["Origine"]) == ("Groupe 1", "Groupe 1")
    at_home = notes["Travaux du Groupe 1, étape «\u00a0Regrouper\u00a0»", idea]
    assert (at_home["Sous-groupe"], at_home["Origine"]) == ("Groupe 1", "")
    assert notes["Speed Boat", "PC pas prêt"]["Sous-groupe"] == ""


def test_groups_are_counted_for_all_and_named_for_few(rich_built: Bundle) -> None:
    told = rows(rich_built.shared, "data/70-donnees/sous-groupes.csv")
    assert [(row["Étape"], row["Sous-groupe"], row["Notes sur son tableau"]) for row in told] == [
        ("Regrouper", "Groupe 1", "2"), ("Regrouper", "Groupe 2", "2")
    ]  # fmt: skip
    assert sum(int(row["Personnes"]) for row in told) == 13
    named = rows(rich_built.reserved, "data/60-presences/sous-groupes.csv")
    assert {row["Nom"] for row in named} >= {"Claire", "Loïc", "Table Toulouse"}


def test_every_file_of_a_rich_bundle_is_documented(rich_built: Bundle) -> None:
    for part, blob in (("diffusion", rich_built.shared), ("reserve", rich_built.reserved)):
        table = documented(part)
        for path in inside(blob):
            assert any(cell and re.fullmatch(as_pattern(row), path) for row, cell in table.items()), path
