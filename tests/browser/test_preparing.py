"""Préparer as someone uses it: order, lengths, copies, the wall's words, links; and the door before any script."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.browser.audit import Audit
from tests.browser.people import Facilitator, facilitator, words
from tests.browser.stage import PHONE, Stage

TITLE = "Réussir l’arrivée d’un nouvel agent"


async def preparing(stage: Stage) -> Facilitator:
    """Nadia on Préparer, her plan taken from the Speed Boat."""
    nadia = await facilitator(stage, "Nadia")
    await nadia.signs_in()
    await nadia.creates(TITLE, "Speed Boat")
    return nadia


async def plan(page: Page) -> list[str]:
    """The titles of the steps, in order."""
    return await page.locator(".plan-title").all_inner_texts()


async def expect_plan(page: Page, *titles: str) -> None:
    """Wait until the steps are these."""
    await expect(page.locator(".plan-title")).to_have_text(list(titles))


async def test_the_plan_is_put_in_order_by_keys_buttons_and_pointer(stage: Stage) -> None:
    page = (await preparing(stage)).page
    first, write, read, group, *rest = await plan(page)

    await page.get_by_role("button", name=re.compile(rf"^Étape 3.*{read}")).focus()
    await page.keyboard.press("Alt+ArrowDown")
    await expect_plan(page, first, write, group, read, *rest)
    await expect(page.get_by_role("button", name=re.compile(rf"^Étape 4.*{read}"))).to_be_focused()

    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Monter cette étape").click()
    await expect_plan(page, first, write, read, group, *rest)

    await page.locator(".plan-step").nth(1).hover()
    grip, target = await page.locator(".plan-grip").nth(1).bounding_box(), await page.locator(".plan-row").nth(3).bounding_box()
    assert grip
    assert target
    await page.mouse.move(grip["x"] + 8, grip["y"] + 20)
    await page.mouse.down()
    await page.mouse.move(grip["x"] + 8, target["y"] + target["height"] - 2, steps=6)
    await page.mouse.up()
    await expect_plan(page, first, read, group, write, *rest)


async def test_a_step_is_stretched_copied_and_taken_out(stage: Stage) -> None:
    page = (await preparing(stage)).page
    titles = await plan(page)
    await page.locator(".plan-choose").nth(1).click()
    foot = page.get_by_role("slider", name=words(f"Durée de {titles[1]}"))
    await foot.focus()
    await page.keyboard.press("ArrowDown")
    await expect(foot).to_have_attribute("aria-valuenow", "11")
    await expect(page.get_by_role("combobox", name="Durée de l’étape")).to_have_value("11")

    await page.get_by_role("button", name="Dupliquer").click()
    await expect_plan(page, *titles[:2], f"{titles[1]} (suite)", *titles[2:])
    await expect(page.get_by_label("Titre de l’étape")).to_have_value(f"{titles[1]} (suite)")
    await page.get_by_role("button", name="Retirer", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Retirer l’étape").click()
    await expect_plan(page, *titles)


async def test_the_wall_text_is_counted_previewed_and_kept_once_it_fits(stage: Stage) -> None:
    nadia = await preparing(stage)
    page = nadia.page
    await page.locator(".plan-choose").nth(1).click()
    wall = page.get_by_role("textbox", name=re.compile("^Au mur"))
    kept = await wall.input_value()
    await wall.fill("x" * 91)
    await expect(page.get_by_text("91 sur 90")).to_be_visible()
    await expect(page.locator(".preview-said")).to_have_attribute("data-long", "true")
    audit = Audit()
    await audit.look(page, "wall text too long")
    audit.conclude()
    await page.locator(".plan-choose").nth(2).click()
    await page.locator(".plan-choose").nth(1).click()
    await expect(wall).to_have_value(kept)

    await wall.fill("Une idée par note.")
    await expect(page.locator(".preview-said")).to_have_text("Une idée par note.")
    await wall.blur()
    await expect(page.locator(".saved").first).to_be_visible()
    await page.reload()
    await nadia.is_in()
    await page.locator(".plan-choose").nth(1).click()
    await expect(wall).to_have_value("Une idée par note.")


async def test_replacing_a_link_says_what_stops_and_stops_it(stage: Stage) -> None:
    page = (await preparing(stage)).page
    await page.get_by_role("button", name="Inviter").click()
    address = page.get_by_label(words("Adresse : Participer"))
    before = await address.input_value()
    await page.get_by_role("button", name="Remplacer le lien Participer").click()
    asked = page.get_by_role("dialog").last
    code = await page.locator("#page").get_attribute("data-code")
    kept = (f"Le code {code} reste valable", "Les personnes déjà entrées gardent")
    for said in ("le lien dans les mails", "affiches déjà imprimées", *kept):
        await expect(asked).to_contain_text(words(said))
    await asked.get_by_role("button", name="Garder le lien").click()
    await expect(address).to_have_value(before)
    await page.get_by_role("button", name="Remplacer le lien Participer").click()
    await asked.get_by_role("button", name="Remplacer le lien").click()
    await expect(address).not_to_have_value(before)
    stranger = await stage.browser.new_page(locale="fr-FR")  # a page that is meant to be refused is not watched
    answer = await stranger.goto(before)
    assert answer
    assert answer.status == 404
    await expect(stranger.get_by_role("heading", name="Ce lien n’ouvre plus rien")).to_be_visible()
    await stranger.close()


async def test_every_kind_of_step_reads_as_a_sentence(stage: Stage) -> None:
    page = (await preparing(stage)).page
    audit = Audit()
    await page.get_by_text("Autres réglages").click()
    for place, title in enumerate(await plan(page)):
        await page.locator(".plan-choose").nth(place).click()
        await expect(page.get_by_label("Titre de l’étape")).to_have_value(title)
        await expect(page.locator(".sentence").first).to_contain_text("C’est un temps")
        await audit.look(page, title)
    audit.conclude()


async def test_a_browser_too_old_is_told_kindly(stage: Stage) -> None:
    nadia = await preparing(stage)
    await nadia.page.add_init_script("delete globalThis.structuredClone")
    await nadia.page.reload()
    await expect(nadia.page.get_by_role("heading", name="Votre navigateur est trop ancien")).to_be_visible()
    await expect(nadia.page.locator("#page")).to_be_hidden()


async def test_joining_works_before_any_script(stage: Stage) -> None:
    nadia = await preparing(stage)
    links = await nadia.page.evaluate("fetch(document.querySelector('#page').dataset.links).then((one) => one.json())")
    page = await stage.page("Anaïs", PHONE, script=False)
    await page.goto(links["roles"]["participant"]["url"])
    await page.get_by_role("button", name="Un autre pseudonyme").click()
    await page.get_by_role("button", name=re.compile("^Prendre")).click()
    await expect(page.get_by_label("Votre nom, ou un pseudonyme")).not_to_have_value("")
    await page.get_by_role("button", name="Entrer dans l’atelier").click()
    await page.wait_for_url("**/participer")
    await expect(page.locator("noscript .notice")).to_be_visible()
