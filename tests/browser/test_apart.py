"""Working in groups, as participants live it: with whom, on what, who comes, the way back. Nothing moves under one's hands."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import Participant, participant, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, Server, Stage, served, staged

FIELD = "Votre note"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("apart")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


LISTEN = """() => {
  globalThis.heard = [];
  const line = document.querySelector(".participer > [role=status]");
  const watcher = new MutationObserver(() => globalThis.heard.push(line.textContent));
  watcher.observe(line, { subtree: true, childList: true, characterData: true });
}"""


async def listens(page: Page) -> None:
    """Keep every sentence of the page's status line from now on."""
    await page.evaluate(LISTEN)


async def heard(page: Page, *said: str) -> None:
    """The status line has said each of these, once, in this order."""
    patterns = [words(one) for one in said]
    await expect(page.locator(".participer > [role=status]")).to_have_text(patterns[-1])
    lines = [line for line in await page.evaluate("() => globalThis.heard") if any(pattern.search(line) for pattern in patterns)]
    assert len(lines) == len(said) and all(pattern.search(line) for pattern, line in zip(patterns, lines, strict=True)), lines


async def in_groups(quick: Quick, size: int = 4, seconds: int = 600) -> dict[str, Any]:
    """The writing step, in which everyone sees what is put, works in groups drawn by chance."""
    await quick.enter("Regrouper")
    block = quick.driver.block
    assert block is not None
    rights = {"participant": ["add", "edit", "move", "cluster"]}
    plan = {"mode": "random", "size": size, "mix": [], "carry": False}
    await quick.driver.do("edit_block", block=block["id"], view="ecrire", groups=plan, rights=rights)
    await quick.driver.do("draw_groups", block=block["id"], mode="random", size=size)
    await quick.driver.until(lambda: bool(quick.driver.all("partition")))
    drawn = quick.driver.all("partition")[-1]
    await quick.driver.do("start_groups", partition=drawn["id"], seconds=seconds)
    return drawn


def group_of(quick: Quick, name: str) -> str:
    """The group in which somebody works."""
    return next(str(seat["group"]) for seat in quick.driver.all("seat") if seat["name"] == name)


async def four(stage: Stage) -> tuple[Quick, Participant]:
    """An open workshop with Maïwenn on her phone and three others on sockets, all in one group to come."""
    quick = await Quick.made(stage)
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    for name, site in (("Hervé", "Montpellier"), ("Inès", "Montpellier"), ("Zoé", "Toulouse")):
        await quick.joins(name, site=site)
    await listens(maiwenn.page)
    return quick, maiwenn


async def test_a_group_from_its_start_to_the_plenary(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    page = maiwenn.page
    drawn = await in_groups(quick)
    await maiwenn.sees("Vous êtes dans le Groupe 1, avec Hervé, Inès et Zoé (Toulouse).")
    await maiwenn.sees("Votre sous-groupe et l'animation voient ces notes. Elles figureront au compte rendu.")
    await heard(page, "Nouvelle étape : Regrouper", "vous êtes dans le Groupe 1, avec Hervé, Inès et Zoé (Toulouse).")
    await expect(page.get_by_role("timer")).to_have_attribute("aria-label", words("Temps restant"))
    await maiwenn.writes("Un livret commun", "Ancre")
    zoe = quick.crowd["Zoé"]
    await zoe.until(lambda: any(note["text"] == "Un livret commun" for note in zoe.all("note")))

    await maiwenn.presses("Demander de l'aide")
    await quick.driver.until(lambda: any(call["reason"] == "help" for call in quick.driver.all("call")))
    await expect(page.get_by_role("button", name="Aide demandée")).to_have_attribute("aria-pressed", "true")
    await quick.driver.do("step_in", group=group_of(quick, "Maïwenn"))
    await maiwenn.sees("Étienne (animation) est avec vous")
    await quick.driver.do("announce", text="Pensez à nommer une personne pour restituer.")
    await maiwenn.sees("Pensez à nommer une personne")
    late = await quick.joins("Yann", site="À distance")
    await late.until(lambda: bool(late.seat and late.seat["group"]))
    await maiwenn.sees("Yann (À distance)")

    await quick.driver.do("recall_groups", partition=drawn["id"])
    await expect(page.locator(".group-band")).to_have_count(0)
    await heard(
        page, "Nouvelle étape : Regrouper", "vous êtes dans le Groupe 1", "Étienne (animation) est avec vous",
        "Annonce : Pensez à nommer", "Retour en plénière.",
    )  # fmt: skip
    await expect(page.get_by_role("button", name="Lever la main")).to_be_visible()
    await page.get_by_text(words("1 note écrite en sous-groupe (Groupe 1)")).click()
    await maiwenn.sees("Un livret commun")
    await maiwenn.presses("Tout le monde")
    await page.get_by_label(words("Tableau :")).select_option(label="Groupe 1 (le vôtre)")
    await expect(page.locator(".scene-list [data-note]")).to_contain_text("Un livret commun")

    note = next(one for one in quick.driver.all("note") if one["text"] == "Un livret commun")
    plenary = quick.block("Regrouper")["board"]
    await quick.driver.do("harvest", notes=[note["id"]], board=plenary, zone=quick.zone("ancre"))
    await page.get_by_label(words("Tableau :")).select_option(label="Tout le monde")
    await expect(page.locator(".scene-list [data-note]")).to_contain_text("Groupe 1")


async def test_a_text_begun_in_a_group_outlives_the_recall_and_keeps_the_focus(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    page = maiwenn.page
    drawn = await in_groups(quick)
    await maiwenn.sees("Vous êtes dans le Groupe 1")
    await page.get_by_role("radio", name=words("Récifs")).check(force=True)
    field = page.get_by_label(FIELD, exact=True)
    await field.press_sequentially("Ce que nous n'osons")
    await quick.driver.do("recall_groups", partition=drawn["id"])
    await expect(page.locator(".group-band")).to_have_count(0)
    await expect(field).to_be_focused()
    await maiwenn.sees("Le travail en sous-groupe est terminé. Votre texte est gardé")
    await expect(field).to_have_value("Ce que nous n'osons")
    await expect(field).to_be_focused()
    await page.reload()
    await expect(field).to_have_value("Ce que nous n'osons")
    await maiwenn.sees("Votre texte est gardé")
    await maiwenn.presses("Continuer ici, pour tout le monde")
    await maiwenn.sees("Tout le monde voit votre note dès qu'elle est posée")
    await expect(page.get_by_role("radio", name=words("Récifs"))).to_be_checked()
    await field.press_sequentially(" pas dire")
    await maiwenn.presses("Poser la note")
    plenary = quick.block("Regrouper")["board"]
    await quick.driver.until(lambda: any(one["text"] == "Ce que nous n'osons pas dire" for one in quick.driver.all("note")))
    assert next(one for one in quick.driver.all("note") if one["text"] == "Ce que nous n'osons pas dire")["board"] == plenary


async def test_a_text_begun_in_a_group_is_proposed_or_still_gets_there(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    page = maiwenn.page
    drawn = await in_groups(quick)
    await maiwenn.sees("Vous êtes dans le Groupe 1")
    field = page.get_by_label(FIELD, exact=True)
    await field.fill("Envoyée dans la seconde du rappel")
    await quick.driver.do("recall_groups", partition=drawn["id"])
    await expect(page.locator(".group-band")).to_have_count(0)
    await maiwenn.presses("Poser la note")
    await quick.driver.until(lambda: any(one["text"].startswith("Envoyée dans") for one in quick.driver.all("note")))
    board = next(one["board"] for one in quick.driver.all("note") if one["text"].startswith("Envoyée dans"))
    assert quick.driver.get("board", board)["group"] == group_of(quick, "Maïwenn")  # type: ignore[index]

    await in_groups(quick)
    await maiwenn.sees("Vous êtes dans le Groupe 1")
    await field.fill("Dite aux miens, pas à tous")
    await quick.enter("Gommettes")
    await maiwenn.sees("Votre texte est gardé")
    await maiwenn.presses("Proposer à l'animation")
    await quick.driver.until(lambda: any(one["aside"] and one["text"].startswith("Dite aux") for one in quick.driver.all("note")))
    await expect(field).to_have_count(0)


async def test_what_is_read_stays_under_the_eyes_when_the_step_changes(stage: Stage) -> None:
    quick = await Quick.made(stage)
    zoe = await quick.joins("Zoé", site="Toulouse")
    await quick.enter("Écrire en silence")
    await quick.writes(zoe, "Badge en retard")
    await quick.writes(zoe, "Ordinateur absent")
    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await quick.enter("Regrouper")
    await quick.gather(["Badge en retard"], "Badges")
    await quick.gather(["Ordinateur absent"], "Ordinateurs")
    maiwenn = await participant(stage, "Maïwenn")
    yann = await participant(stage, "Yann", COMPUTER)
    for person in (maiwenn, yann):
        await person.joins(quick.roles["participant"], site="Montpellier")
    await yann.presses(re.compile("^Liste$"))
    rows = [person.page.locator("[data-note]").filter(has_text="Ordinateur absent") for person in (maiwenn, yann)]
    for row in rows:
        await row.focus()
    await quick.enter("Gommettes")
    await quick.round()
    for person, row in zip((maiwenn, yann), rows, strict=True):
        await expect(person.page.locator("h1#step")).to_have_text("Gommettes")
        await person.sees("Nouvelle étape : Gommettes.")
        await expect(row).to_be_focused()
        await person.presses("Y aller")
        await person.sees("Par quoi commencer")
        await expect(person.page.locator("h1#step")).to_be_focused()


async def test_the_last_minute_and_what_the_wall_shows_are_said_once(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    page = maiwenn.page
    drawn = await in_groups(quick, seconds=65)
    await heard(page, "vous êtes dans le Groupe 1", "Encore une minute en sous-groupe.")
    await maiwenn.sees("Encore une minute avant le retour en plénière.")
    assert await page.get_by_role("timer").get_attribute("aria-live") is None
    await quick.driver.do("recall_groups", partition=drawn["id"])
    await heard(page, "Encore une minute en sous-groupe.", "Retour en plénière.")
    await quick.driver.do("turn_wall", view="lire", focus=quick.zone("ile"))
    await quick.driver.do("turn_wall", view="lire", focus=quick.zone("ancre"))
    await maiwenn.sees("Au mur : L'ancre")
    await heard(page, "Retour en plénière.", "Au mur : L'ancre")


async def test_who_goes_on_at_the_rooms_device_is_told_and_can_come_back(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    table = await quick.joins("Table du fond", room="Toulouse", heads=2)
    await quick.enter("Écrire en silence")
    await maiwenn.writes("Notée avant la panne", "Ancre")
    await quick.writes(quick.crowd["Zoé"], "Lue ailleurs")
    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await quick.enter("Regrouper")
    await quick.gather(["Notée avant la panne"], "Pannes")
    await quick.gather(["Lue ailleurs"], "Ailleurs")
    seats = {seat["name"]: seat["id"] for seat in quick.driver.all("seat")}
    await quick.driver.do("move_to_device", seat=seats["Maïwenn"], device=seats["Table du fond"])
    await maiwenn.sees("Vous participez avec un appareil partagé.")
    await quick.enter("Gommettes")
    await quick.round()
    await maiwenn.sees("vous ne votez pas ici")
    await expect(maiwenn.page.get_by_role("button", name=re.compile("Ajouter$"))).to_have_count(0)
    await maiwenn.presses("Reprendre ici")
    await expect(maiwenn.page.get_by_role("button", name=words("Reprendre ici"))).to_have_count(0)
    await maiwenn.votes({"Pannes": 1})
    assert table.seat and table.seat["heads"] == 2


async def test_the_end_can_be_undone_and_leads_to_the_minutes(stage: Stage) -> None:
    quick, maiwenn = await four(stage)
    page = maiwenn.page
    await quick.enter("Écrire en silence")
    await maiwenn.writes("Dite à temps", "Ancre")
    field = page.get_by_label(FIELD, exact=True)
    await field.fill("Encore une phrase")
    await quick.driver.do("end_session")
    await maiwenn.sees("L'atelier est terminé. Merci.")
    await maiwenn.sees("Encore une phrase")
    await expect(field).to_have_count(0)
    await quick.driver.do("resume_session")
    await expect(field).to_have_value("Encore une phrase")
    await quick.driver.do("end_session")
    await quick.driver.do("publish_minutes", on="2099-01-05")
    await maiwenn.sees("Le compte rendu sera ici à partir du lundi 5 janvier 2099.")
    await quick.driver.do("publish_minutes", on="2026-01-05")
    await quick.driver.do("close_session")
    await quick.driver.until(lambda: quick.driver.all("session")[0]["status"] == "closed", 60)
    await page.get_by_role("link", name=words("Lire le compte rendu")).click()
    await page.wait_for_url("**/restitution")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
