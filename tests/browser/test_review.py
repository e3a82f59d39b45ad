"""Relire: the minutes corrected in place, archived, corrected again; and what participants find at their link afterwards."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.audit import Audit
from tests.browser.people import READY, Facilitator, Person, facilitator, participant, words
from tests.browser.quick import SCENE, Quick
from tests.browser.stage import PHONE, Stage


async def ended(stage: Stage) -> Quick:
    """The scene's workshop after its last step: notes in groups, a vote, three actions of which one has nobody in charge."""
    quick = await Quick.made(stage)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    await quick.voted()
    await quick.enter("Actions")
    for action in SCENE.plain["actions"]:
        await quick.driver.do("add_sheet", type="action", what=action["quoi"], who=action["qui"], when=action["quand"])
    await quick.driver.do("add_sheet", type="action", what="Envoyer la lettre avec le contrat", who="", when="2026-12-07")
    await quick.driver.do("end_session")
    return quick


async def rereads(stage: Stage, quick: Quick) -> Facilitator:
    """Nadia, before the page Relire."""
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["cofacilitator"])
    await nadia.page.goto(quick.page("relire"))
    await nadia.is_in()
    await expect(nadia.page.get_by_role("heading", name=words("Ce qui va être fait"))).to_be_visible()
    return nadia


async def reads(stage: Stage, quick: Quick, audit: Audit) -> Person:
    """Chloé, who took part, opens the link of that day again."""
    guest = await participant(stage, "Chloé", PHONE)
    await guest.page.goto(quick.roles["participant"])
    await guest.sees("Réussir l'arrivée d'une nouvelle personne")
    await guest.sees("Validé par Nadia le 16 octobre 2026.")
    await audit.both(guest.page, "restitution")
    await guest.shoots("restitution")
    return guest


async def test_the_minutes_are_corrected_in_place_archived_and_corrected_again(stage: Stage) -> None:
    quick = await ended(stage)
    nadia = await rereads(stage, quick)
    page = nadia.page
    audit = Audit()
    await audit.both(page, "relire")
    await nadia.shoots("relire")

    await nadia.sees("1 action sans responsable")
    await page.get_by_role("button", name=re.compile("^Y aller.*1 action sans responsable")).click()
    who = page.get_by_label("Responsable de l’action", exact=False).and_(page.locator(":focus"))
    await who.fill("Étienne")
    await who.press("Tab")
    await expect(page.get_by_role("heading", name=words("1 action sans responsable"))).to_have_count(0)
    await page.get_by_role("button", name=re.compile("^C’est exact")).click()
    await expect(page.get_by_role("heading", name=words("Aucune décision"))).to_have_count(0)

    title = page.get_by_label("Titre", exact=True)
    await title.fill("Réussir l’arrivée d’une nouvelle personne")
    await title.blur()
    takeaway = page.get_by_label(re.compile("^Ce que nous retenons de « Écrire en silence".replace(" ", r"\s+")))
    await takeaway.fill("Tout se joue dans la première semaine.")
    await takeaway.blur()
    excused = page.get_by_label("Personnes excusées", exact=True)
    await excused.fill("Paul-Émile, DSDEN du Lot")
    await excused.blur()
    aside = SCENE.plain["notes"][0]["texte"]
    await page.get_by_role("button", name=re.compile("^Écarter.*" + re.escape(aside[:12]))).click()
    await expect(page.get_by_role("heading", name=words("Notes écartées"))).to_be_visible()
    await page.get_by_text(words("Validation")).first.click()
    await page.get_by_label("Validé par").fill("Nadia")
    await page.get_by_label("Le", exact=True).fill("2026-10-16")
    await nadia.presses("Noter la validation")
    await nadia.sees("Validé par Nadia le vendredi 16 octobre 2026")
    await audit.look(page, "relire, corrigé")

    await page.get_by_role("button", name=words("Archiver l'atelier")).click()
    await page.wait_for_url("**/archive")
    await expect(page.get_by_role("link", name=words("ODT"))).to_be_visible(timeout=90_000)
    await nadia.sees("Réussir l'arrivée d'une nouvelle personne")
    await audit.both(page, "archive, publication")
    await page.get_by_label(words("Compte rendu lisible à leur lien à partir du")).fill("2026-10-16")
    await nadia.presses("Enregistrer")
    await nadia.sees("Annoncé pour le 16 octobre 2026")

    guest = await reads(stage, quick, audit)
    await nadia.presses("Corriger le compte rendu")
    await page.wait_for_url("**/relire")
    await page.wait_for_selector(READY)
    await expect(page.get_by_role("button", name=words("Archiver la version 2"))).to_be_visible()
    await guest.page.reload()
    await guest.sees("Le compte rendu est en cours de correction")
    await page.get_by_role("button", name=words("Archiver la version 2")).click()
    await page.wait_for_url("**/archive")
    await expect(page.get_by_text(words("(version 2)"))).to_be_visible(timeout=90_000)
    audit.conclude()


async def test_rereading_on_a_phone_with_the_keyboard(stage: Stage) -> None:
    quick = await ended(stage)
    nadia = await rereads(stage, quick)
    await nadia.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await nadia.shoots("relire-390")
    archive = nadia.page.get_by_role("button", name=words("Archiver l'atelier"))
    await expect(archive).to_be_in_viewport()
    field = nadia.page.get_by_label(words("Action 3"), exact=False).first
    await field.focus()
    await nadia.page.keyboard.press("End")
    await nadia.page.keyboard.type(" signé")
    await nadia.page.keyboard.press("Tab")
    await expect(nadia.page.locator(":focus")).to_have_attribute("aria-label", re.compile("^Responsable"))
    await quick.driver.until(lambda: any(one["what"].endswith("signé") for one in quick.driver.all("sheet")))
