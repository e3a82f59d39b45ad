"""Before the day: what the workshop says of itself, the lab's axes, invitations, copies; each as the page shows it."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.audit import Audit
from tests.browser.people import READY, Facilitator, facilitator, words
from tests.browser.stage import Stage

TITLE = "Réussir l’arrivée d’un nouvel agent"
AXES = ("Accompagner les projets", "Innovation managériale")


async def preparing(stage: Stage, method: str = "Speed Boat") -> Facilitator:
    """Nadia on Préparer, her plan taken from a method."""
    nadia = await facilitator(stage, "Nadia")
    await nadia.signs_in()
    await nadia.creates(TITLE, method)
    return nadia


async def write(dialog: Locator, label: str, text: str) -> Locator:
    """Fill in a field and leave it."""
    field = dialog.get_by_label(label, exact=True)
    await field.fill(text)
    await field.blur()
    return field


async def described(nadia: Facilitator) -> Locator:
    """The open dialog about the workshop."""
    await nadia.presses("Modifier l'objet")
    return nadia.page.get_by_role("dialog")


async def test_what_stays_open_is_asked_for_discreetly_and_kept(stage: Stage) -> None:
    nadia = await preparing(stage)
    page = nadia.page
    await nadia.describes(purpose="Mieux accueillir", date="2026-12-14", start="09:30", axis="Participation")
    dialog = page.get_by_role("dialog")
    await nadia.adds_site("Toulouse", 4)
    await nadia.closes_dialog()
    await nadia.sees("Rien ne dit encore ce qui reste ouvert et ce qui n'est pas décidé d'avance.")
    await nadia.presses("Ouvrir l'atelier")
    await expect(page.get_by_role("dialog")).to_contain_text(words("Rien ne dit encore"))
    await page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    await nadia.presses("Le dire")
    await expect(dialog.get_by_label("Ce qui reste ouvert", exact=True)).to_be_focused()
    await write(dialog, "Ce qui reste ouvert", "Le parcours des deux premières semaines")
    await write(dialog, "Ce qui n’est pas décidé d’avance", "Qui accompagne, et quand")
    await write(dialog, "Référence", "2026-ARR-044")
    await nadia.closes_dialog()
    await nadia.does_not_see("Rien ne dit encore")
    await expect(page.locator(".saved").first).to_be_visible()
    await page.reload()
    await nadia.is_in()
    dialog = await described(nadia)
    await expect(dialog.get_by_label("Ce qui n’est pas décidé d’avance", exact=True)).to_have_value("Qui accompagne, et quand")
    await expect(dialog.get_by_label("Référence", exact=True)).to_have_value("2026-ARR-044")


async def test_a_site_says_what_people_need_there_and_a_wrong_video_link_is_said_beside_it(stage: Stage) -> None:
    nadia = await preparing(stage)
    audit = Audit()
    dialog = await described(nadia)
    for name in ("Toulouse", "À distance"):
        await nadia.adds_site(name, 0)
    toulouse = dialog.locator("details.practical").first
    await toulouse.locator("summary").click()
    for label, text in (("Salle", "Garonne, 2e étage"), ("Wi-Fi", "invites"), ("Téléphone en cas de souci", "05 61 00 00 00")):
        await write(toulouse, label, text)
    await expect(toulouse.locator("summary")).to_contain_text("Garonne, 2e étage · Wi-Fi invites · 05 61 00 00 00")
    away = dialog.locator("details.practical").last
    await away.locator("summary").click()
    await expect(away.get_by_role("textbox")).to_have_count(1)

    link = dialog.get_by_label("Lien de la visioconférence", exact=True)
    faults = {"visio.example.fr": "Ce n'est pas l'adresse", "http://visio.fr/a": "pas chiffrée", "https://a b": "espace"}
    for wrong, why in faults.items():
        await link.fill(wrong)
        await link.blur()
        await expect(dialog.locator("#a-visio-erreur")).to_contain_text(words(why))
        await expect(link).to_have_attribute("aria-invalid", "true")
        await expect(link).to_have_value(wrong)
    await audit.both(nadia.page, "a wrong link")
    await write(dialog, "Lien de la visioconférence", "https://visio.example.fr/atelier?pwd=" + "x" * 240)
    await expect(dialog.locator("#a-visio-erreur")).to_have_count(0)
    await expect(dialog.locator(".saved")).to_be_visible()
    await nadia.page.reload()
    await nadia.is_in()
    dialog = await described(nadia)
    await expect(dialog.get_by_label("Lien de la visioconférence")).to_have_value(
        re.compile("^https://visio.example.fr/.*x{240}$")
    )
    await dialog.get_by_role("button", name="Retirer Toulouse").click()
    await nadia.page.get_by_role("dialog").last.get_by_role("button", name="Retirer le site").click()
    await expect(dialog.locator("details.practical")).to_have_count(1)
    audit.conclude()


async def add_axis(page: Page, label: str, start: str = "", end: str = "") -> None:
    """Add an axis on the lab's page."""
    form = page.get_by_role("form", name="Ajouter un axe")
    await form.get_by_label("Nom de l’axe").fill(label)
    await form.get_by_label(re.compile("^À partir du")).fill(start)
    await form.get_by_label(re.compile("^Jusqu’au")).fill(end)
    await form.get_by_role("button", name="Ajouter").click()
    await expect(page.get_by_role("heading", name=label)).to_be_visible()


async def test_the_axes_in_force_on_the_day_are_offered_and_a_session_keeps_the_words_it_took(stage: Stage) -> None:
    nadia = await preparing(stage)
    audit = Audit()
    page = await nadia.page.context.new_page()
    await page.goto(stage.server.url + "/axes")
    await audit.both(page, "axes, none")
    await add_axis(page, AXES[0])
    await add_axis(page, AXES[1], "2026-01-01", "2026-12-31")
    await page.locator(".axis", has_text=AXES[1]).get_by_text("Modifier").first.click()
    await audit.both(page, "axes, two")

    await nadia.page.reload()
    await nadia.is_in()
    dialog = await described(nadia)
    axis = dialog.get_by_label("Axe", exact=True)
    await write(dialog, "Date", "2027-01-01")
    await expect(axis.get_by_role("option")).to_have_text(["aucun", AXES[0], "Autre…"])
    await write(dialog, "Date", "2026-12-14")
    await axis.select_option(AXES[1])

    renamed = page.locator(".axis", has_text=AXES[1])
    await renamed.get_by_label("Nom de l’axe").fill("Participation")
    await renamed.get_by_role("button", name="Enregistrer").click()
    await expect(page.get_by_role("heading", name="Participation")).to_be_visible()
    await nadia.page.reload()
    await nadia.is_in()
    dialog = await described(nadia)
    await expect(axis).to_have_value(AXES[1])
    await expect(axis.get_by_role("option")).to_have_text(["aucun", AXES[0], "Participation", AXES[1], "Autre…"])
    await axis.select_option(label="Autre…")
    await write(dialog, "Autre axe", "Hors programme")
    await nadia.closes_dialog()
    dialog = await described(nadia)
    await expect(axis).to_have_value("Hors programme")
    for place in (AXES[0], "Participation"):  # other stories find the lab as it was
        await page.locator(".axis", has_text=place).get_by_role("button", name=re.compile("^Retirer")).click()
    await expect(page.get_by_text("Aucun axe en vigueur.")).to_be_visible()
    audit.conclude()


async def test_everything_that_leaves_before_the_day_is_in_one_place(stage: Stage) -> None:
    nadia = await preparing(stage)
    audit = Audit()
    page = nadia.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await nadia.presses("Inviter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text(words("Fixez d'abord la date."))).to_be_visible()
    await nadia.closes_dialog()
    await nadia.describes(purpose="Mieux accueillir", date="2026-12-14", start="09:30", axis="Participation")
    await nadia.adds_site("Toulouse", 4)
    await nadia.closes_dialog()
    await nadia.presses("Inviter")
    text = dialog.get_by_label("Le texte du mail")
    await expect(text).to_have_value(re.compile("Mieux accueillir"))
    given = await text.input_value()
    await text.fill(given + "\nÀ très vite, Nadia")
    await dialog.get_by_role("button", name="Copier le texte").click()
    await nadia.sees("Texte copié")
    assert await page.evaluate("navigator.clipboard.readText()") == given + "\nÀ très vite, Nadia"
    await dialog.get_by_role("button", name="Reprendre le texte proposé").click()
    await expect(text).to_have_value(given)
    for name in ("Rendez-vous d’agenda", "Affiche A4", "Déroulé imprimé"):
        href = await dialog.get_by_role("link", name=re.compile(name)).get_attribute("href")
        answer = await page.request.get(stage.server.url + str(href))
        assert answer.ok, name
    await audit.both(page, "inviting")
    await dialog.get_by_role("button", name="Remplacer le lien Participer").click()
    await audit.both(page, "replacing a link")
    audit.conclude()


async def test_a_workshop_is_copied_from_its_page_and_from_its_card(stage: Stage) -> None:
    nadia = await preparing(stage)
    page = nadia.page
    first = page.url
    await nadia.presses("Autres actions")
    await page.get_by_role("menuitem", name="Dupliquer l’atelier").click()
    await page.wait_for_url(lambda url: url.endswith("/preparer") and url != first)
    await nadia.is_in()
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\(copie( \d+)?\)$"))
    await expect(page.locator(".plan-title").first).to_have_text("Accueil")
    await page.goto(stage.server.url)
    card = page.locator(".card", has_text=TITLE).last
    await card.locator("summary").click()
    audit = Audit()
    await audit.both(page, "a card's menu")
    await page.keyboard.press("Escape")
    await expect(card.locator("details")).not_to_have_attribute("open", "")
    await expect(card.locator("summary")).to_be_focused()
    await page.keyboard.press("Enter")
    await card.get_by_role("button", name=re.compile("^Dupliquer")).click()
    await page.wait_for_selector(READY)
    await expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\(copie \d+\)$"))
    audit.conclude()


async def test_a_step_is_worked_apart_as_its_second_sentence_says(stage: Stage) -> None:
    nadia = await preparing(stage, "1-2-4-Tous")
    page = nadia.page
    mode = page.get_by_role("combobox", name="Plénière ou sous-groupes")
    shown = []
    for place in range(await page.locator(".plan-choose").count()):
        await page.locator(".plan-choose").nth(place).click()
        await expect(page.locator(".plan-choose").nth(place)).to_have_attribute("aria-current", "step")
        shown.append(await mode.input_value() if await mode.count() else "")
    assert "merge" in shown
    await page.locator(".plan-choose").nth(shown.index("merge")).click()
    await expect(page.locator(".sentence").last).to_contain_text("reprend les notes des sous-groupes réunis")

    await page.locator(".plan-choose").nth(shown.index("none")).click()
    await mode.select_option("balanced")
    await page.get_by_role("combobox", name="Taille des sous-groupes").select_option("5")
    await page.get_by_role("combobox", name="Ce que mêle chaque sous-groupe").select_option("service")
    await page.get_by_role("combobox", name="Notes au départ").select_option("yes")
    await expect(page.locator(".saved").first).to_be_visible()
    audit = Audit()
    await audit.both(page, "groups")
    await page.reload()
    await nadia.is_in()
    await page.locator(".plan-choose").nth(shown.index("none")).click()
    values = [await page.get_by_role("combobox", name=name).input_value() for name in (
        "Plénière ou sous-groupes", "Taille des sous-groupes", "Ce que mêle chaque sous-groupe", "Notes au départ")]  # fmt: skip
    assert values == ["balanced", "5", "service", "yes"]
    await mode.select_option("none")
    await expect(page.get_by_role("combobox", name="Taille des sous-groupes")).to_have_count(0)
    audit.conclude()


async def test_a_rehearsal_says_what_it_is_and_invites_nobody(stage: Stage) -> None:
    nadia = await preparing(stage)
    page = nadia.page
    other = await page.context.new_page()  # Étienne's, say: it learns of the rehearsal once it is looked at again
    await other.goto(page.url)
    await other.wait_for_selector(READY)
    await nadia.presses("Répéter")
    await expect(page.get_by_role("dialog")).to_contain_text(words("Rien n'en est gardé, ni compté, ni archivé."))
    await page.get_by_role("dialog").get_by_role("button", name="Commencer la répétition").click()
    await page.wait_for_url("**-r/animer")
    await nadia.is_in()
    rehearsed = page.url.removesuffix("/animer")
    await other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(other.get_by_text(words("Une répétition est en cours."))).to_be_visible()
    await other.close()
    await page.goto(rehearsed + "/preparer")
    await nadia.is_in()
    audit = Audit()
    await audit.both(page, "preparing, within a rehearsal")
    await page.get_by_role("button", name="Liens", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label(words("Adresse : Participer"))).to_have_value(re.compile(re.escape(rehearsed + "/l/")))
    await expect(dialog.get_by_label("Le texte du mail")).to_have_count(0)
    await nadia.closes_dialog()
    await nadia.presses("Autres actions")
    await expect(page.get_by_role("menuitem")).to_have_text(["Imprimer le déroulé"])
    await page.goto(rehearsed.removesuffix("-r") + "/preparer")
    await nadia.is_in()
    await audit.both(page, "preparing, beside a rehearsal")
    await expect(page.get_by_role("button", name="Répéter", exact=True)).to_have_count(0)
    await nadia.presses("Ouvrir l'atelier")
    await expect(page.get_by_role("dialog")).to_contain_text(words("La répétition en cours s'arrête, et rien n'en reste."))
    await page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    await page.get_by_role("link", name="Y aller").click()
    await page.wait_for_url("**-r/animer")
    await page.goto(rehearsed.removesuffix("-r") + "/preparer")
    await nadia.opens()
    answer = await page.request.get(rehearsed + "/animer")
    assert answer.status == 404
    audit.conclude()
