"""The secretary, who was not there: takes the archive away, checks it, reads it all with the network off, prints, files it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import odfdo
import pytest
from playwright.async_api import Page, expect

from tests.browser.people import Facilitator, facilitator, words
from tests.browser.quick import SCENE, Quick
from tests.browser.stage import Stage

OFFICE = shutil.which("soffice")
DECISION = "Chaque nouvel agent a un interlocuteur nommé avant son arrivée."
CORRECTED = "Chaque nouvel agent connaît son interlocuteur une semaine avant son arrivée."
RETAINED = "Nous commençons par « se repérer, connaître les gens »."
WIFI = "MOT-DE-PASSE-DU-JOUR"
MOST_PAGES = 9
"""What a workshop of 18 notes may take on paper."""


async def held(stage: Stage) -> Quick:
    """The workshop of the scene, held and archived a first time while nobody has approved the minutes."""
    quick = await Quick.made(stage)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    await quick.voted()
    driver = quick.driver
    await quick.enter("Actions")
    await driver.do("add_sheet", type="decision", what=DECISION, who="Nadia")
    for action in SCENE.plain["actions"]:
        await driver.do("add_sheet", type="action", what=action["quoi"], who=action["qui"], when=action["quand"])
    await driver.do("put_practical", site=driver.all("site")[0]["id"], room="Salle Occitanie", wifi=WIFI)
    await driver.do("write_takeaway", block=quick.block("Gommettes")["id"], text=RETAINED)
    await driver.do("list_excused", text="René Lefèvre")
    await driver.do("end_session")
    await archived(quick, 1)
    return quick


async def archived(quick: Quick, version: int) -> None:
    """Close the session, until the bundle of that version is on record."""
    await quick.driver.do("close_session")
    await quick.driver.until(lambda: len(quick.driver.all("archive")) == version)


class Secretary:
    """Somebody with the lab's key and no seat in the workshop."""

    def __init__(self, person: Facilitator, folder: Path) -> None:
        self.person = person
        self.page = person.page
        self.folder = folder

    async def finds(self, title: str) -> None:
        """From the home page to the archive, by what the cards say."""
        await self.person.signs_in()
        card = self.page.locator("li, article, .card").filter(has_text=words(title)).last
        await card.get_by_role("link", name=words("Ouvrir le dossier")).click()
        await self.page.wait_for_url("**/archive")
        await expect(self.page.get_by_role("heading", name=words(title))).to_be_visible()

    async def takes(self, path: str) -> Path:
        """Download what a link of the archive page leads to."""
        async with self.page.expect_download() as coming:
            await self.page.locator(f'a[href$="/archive/{path}"]').click()
        given = await coming.value
        kept = self.folder / given.suggested_filename
        await given.save_as(kept)
        return kept

    async def checks(self, file: Path) -> str:
        """What the page Vérifier says of a file."""
        await self.page.goto(self.person.stage.server.url + "/verifier")
        await self.page.get_by_label("Fichier ZIP à vérifier").set_input_files(file)
        verdict = self.page.locator(".verdict")
        await expect(verdict).to_have_text(re.compile("Intact|Modifié"))
        return await verdict.inner_text()


def unpacked(part: Path) -> Path:
    """The folder of a part, opened by an ordinary program; every member is whole."""
    with zipfile.ZipFile(part) as files:
        assert files.testzip() is None
        files.extractall(part.parent)
        (root,) = {name.partition("/")[0] for name in files.namelist()}
    return part.parent / root


def adds_up(bag: Path) -> None:
    """`sha256sum -c`, as the README in the folder says to do."""
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "-c", "--strict", "--quiet", manifest]
        done = subprocess.run(command, cwd=bag, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def table(bag: Path, name: str) -> list[dict[str, str]]:
    """A table of a part, as a spreadsheet would open it."""
    (path,) = bag.glob(f"data/*/{name}")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";", strict=True))


@asynccontextmanager
async def offline(stage: Stage, file: Path) -> AsyncIterator[Page]:
    """A file from the disk in a browser without a network; it asks for nothing and complains of nothing."""
    context = await stage.browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = await context.new_page()
    stage.watch(page, file.name)
    page.on("request", lambda one: stage.faults.append(one.url) if not one.url.startswith(("file:", "data:")) else None)
    try:
        await page.goto(file.as_uri())
        yield page
    finally:
        await context.close()


async def reads_and_prints(stage: Stage, bag: Path) -> str:
    """The offline page, read whole on screen, then printed: white paper, a few pages, nothing cut."""
    async with offline(stage, bag / "data" / "index.html") as page:
        sizes: list[int] = await page.eval_on_selector_all("img", "all => all.map((one) => one.naturalWidth)")
        assert sizes and all(sizes)
        text = str(await page.inner_text("main"))
        await page.emulate_media(media="print")
        grounds: list[str] = await page.evaluate(
            "() => ['html', 'body', '.feuille'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)"
        )
        assert set(grounds) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}, "no ink for the ground"
        pdf = await page.pdf(prefer_css_page_size=True)
        (bag / "imprime.pdf").write_bytes(pdf)
        assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= MOST_PAGES
    return " ".join(text.split())


async def opens_images(stage: Stage, bag: Path) -> None:
    """Every picture opens by itself, wide enough to be printed large; the drawing's text is text."""
    drawings = sorted((bag / "data" / "20-tableaux").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        async with offline(stage, drawing) as page:
            assert "PC pas prêt" in await page.evaluate("() => document.documentElement.textContent")
        async with offline(stage, drawing.with_suffix(".png")) as page:
            wide: int = await page.eval_on_selector("img", "(one) => one.naturalWidth")
            assert wide >= 3840


def opens_minutes(odt: Path) -> str:
    """The minutes in a word processor: headings, tables with repeated headers, and pages where LibreOffice is there."""
    document = odfdo.Document(odt)
    headings = [one.inner_text for one in document.body.headers]
    assert headings[0].replace("'", "’") == SCENE.plain["titre"].replace("'", "’")
    assert headings.index("Ce qui a été décidé") < headings.index("Ce qui va être fait")
    assert all(one.get_elements("table:table-header-rows") for one in document.body.tables)
    if OFFICE:
        subprocess.run(
            [OFFICE, "--headless", f"-env:UserInstallation=file://{odt.parent}/profil", "--convert-to", "pdf", "--outdir",
             str(odt.parent), str(odt)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        assert odt.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    return str(document.get_formatted_text())


def reads_tables(shared: Path, reserved: Path) -> None:
    """The figures of the workshop, from the tables alone."""
    assert len(table(shared, "notes.csv")) == 18
    dots = {row["Choix"]: int(row["Points"]) for row in table(shared, "votes.csv")}
    assert dots == SCENE.points
    assert {row["Quoi"] for row in table(shared, "actions.csv")} == {one["quoi"] for one in SCENE.plain["actions"]}
    assert [row["Décision"] for row in table(shared, "decisions.csv")] == [DECISION]
    present = table(reserved, "presences.csv")
    took_part = [row for row in present if row["Rôle"] in ("Participation", "Appareil partagé")]
    assert sum(int(row["Personnes"]) for row in took_part) == 13
    assert sum(int(row["Personnes"]) for row in table(shared, "participation.csv")) == 13
    assert [row["Nom"] for row in present if row["Rôle"] == "Absence excusée"] == ["René Lefèvre"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bureau"
    made.mkdir()
    return made


async def test_the_secretary_takes_the_archive_away_checks_it_and_reads_it_all(stage: Stage, folder: Path) -> None:
    quick = await held(stage)
    she = Secretary(await facilitator(stage, "Josiane"), folder)
    await she.finds(SCENE.plain["titre"])
    await she.person.sees(DECISION)
    await she.person.shoots("secretaire-archive")
    shared, reserved, minutes = [await she.takes(part) for part in ("diffusion", "reserve", "compte-rendu")]

    for part in (shared, reserved):
        assert "Intact" in await she.checks(part)
        adds_up(unpacked(part))
    damaged = folder / "abime.zip"
    damaged.write_bytes(shared.read_bytes().replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    assert "Modifié" in await she.checks(damaged)

    bag, private = folder / shared.stem, folder / reserved.stem
    text = await reads_and_prints(stage, bag)
    for expected in (DECISION, RETAINED, "Projet, pas encore validé", "Version 1 du", "Öznur", "13 ("):
        assert words(expected).search(text), expected
    assert "René Lefèvre" not in text
    await opens_images(stage, bag)
    assert words("Ce que nous retenons").search(opens_minutes(minutes))
    reads_tables(bag, private)
    for file in (*bag.rglob("*"), *private.rglob("*")):
        assert file.is_dir() or WIFI.encode() not in file.read_bytes(), file

    await files_the_second_version(quick, she, shared, reserved)


async def files_the_second_version(quick: Quick, she: Secretary, shared: Path, reserved: Path) -> None:
    """A decision is corrected and the minutes approved: v2 comes, says what it replaces, and v1 stays as it was."""
    driver = quick.driver
    await driver.do("revise_session")
    await driver.until(lambda: driver.all("session")[0]["status"] == "ended")
    decision = next(one for one in driver.all("sheet") if one["type"] == "decision")
    await driver.do("edit_sheet", sheet=decision["id"], what=CORRECTED)
    await driver.do("approve_minutes", by="Nadia", on="2026-10-16")
    await archived(quick, 2)

    await she.page.goto(quick.page("archive"))
    await she.person.sees(CORRECTED)
    await she.person.sees("Version remplacée")
    await she.person.shoots("secretaire-deux-versions")
    again = [await she.takes(f"v1/{part}") for part in ("diffusion", "reserve")]
    assert [file.name for file in again] == [shared.name, reserved.name]
    second = [await she.takes(part) for part in ("diffusion", "reserve")]
    assert all(file.stem.endswith("_v2") for file in second)
    for file, first in zip(second, (shared, reserved), strict=True):
        bag = unpacked(file)
        adds_up(bag)
        told = (bag / "bag-info.txt").read_text(encoding="utf-8")
        assert f"Replaces: {first.name}\n" in told
        assert f"Replaces-SHA256: {sha256(first.read_bytes()).hexdigest()}\n" in told
    text = await reads_and_prints(she.person.stage, she.folder / second[0].stem)
    for expected in (CORRECTED, "Version 2 du", "Validé par Nadia le 16 octobre 2026", "Remplace la version 1 du"):
        assert words(expected).search(text), expected
    assert not words(DECISION).search(text)
    for file in (*again, *second):
        assert "Intact" in await she.checks(file)
