"""Driving a workshop from Animer: the people, the screens, the wall, the reveal that waits, the end that can be undone."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Locator, expect

from tests.browser.audit import Audit
from tests.browser.people import READY, Facilitator, facilitator, participant, wall, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, PHONE, TABLET, Server, Stage, served, staged


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("driving")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


async def driving(stage: Stage, step: str = "") -> tuple[Quick, Facilitator]:
    """A workshop, at a step, and Nadia on Animer."""
    quick = await Quick.made(stage)
    if step:
        await quick.enter(step)
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    return quick, nadia


async def asked_of(nadia: Facilitator, name: str, choice: str) -> None:
    """Choose something in a person's menu of the side panel, unfolding the list where it is folded."""
    row = nadia.page.locator(".people-seat").filter(has_text=words(name))
    await nadia.page.locator(".people-site").filter(has=row).locator("summary").click()
    await row.get_by_role("button", name=words(f"Actions pour {name}")).click()
    await (
        nadia.page.get_by_role("menuitem", name=words(choice))
        .or_(nadia.page.get_by_role("menuitemradio", name=words(choice)))
        .first.click()
    )


def site_of(nadia: Facilitator, site: str) -> Locator:
    """A site's part of the side panel."""
    return nadia.page.locator(".people-site").filter(has=nadia.page.get_by_role("heading", name=words(site)))


async def test_a_person_changes_site_and_lands_on_a_shared_device_and_back(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    await quick.joins("Öznur", site="Montpellier")
    await quick.joins("Table de Toulouse", room="Toulouse", heads=3)
    await asked_of(nadia, "Öznur", "Toulouse")
    row = site_of(nadia, "Toulouse").locator(".people-seat").filter(has_text="Öznur")
    await expect(row.get_by_role("button", name=words("Actions pour Öznur"))).to_be_focused()  # unfolded where it went
    await nadia.page.keyboard.press("Enter")
    await nadia.page.get_by_role("menuitem", name=words("Passe sur l'appareil de Table de Toulouse")).click()
    await expect(row).to_contain_text(words("sur l'appareil « Table de Toulouse »"))
    heads = [seat["heads"] for seat in quick.driver.all("seat") if seat["name"] in ("Öznur", "Table de Toulouse")]
    assert sorted(heads) == [0, 4]  # one more before the device, nobody counted twice
    await row.get_by_role("button", name=words("Actions pour Öznur")).click()
    await nadia.page.get_by_role("menuitem", name=words("Revient sur son propre appareil")).click()
    await expect(row).not_to_contain_text("Table de Toulouse")


async def test_a_personal_link_handed_over_gives_its_place_back(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Écrire en silence")
    oznur = await quick.joins("Öznur", site="Montpellier")
    await quick.writes(oznur, "Mon binôme a tout expliqué")
    await asked_of(nadia, "Öznur", "Lien personnel")
    dialog = nadia.page.get_by_role("dialog")
    await expect(dialog.get_by_role("img", name=words("Code QR : lien de Öznur"))).to_be_visible()
    link = await dialog.get_by_label(words("Adresse : lien de Öznur")).input_value()
    phone = await stage.page("Öznur, ailleurs", PHONE, touch=True)
    await phone.goto(link)
    await phone.wait_for_selector(READY)
    await expect(phone.locator(".own-list")).to_contain_text("Mon binôme a tout expliqué")


async def test_a_closed_door_lets_back_who_is_seated_and_says_so_to_others(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    await nadia.presses("Fermer la porte")
    await nadia.sees("Porte fermée")
    late = await stage.page("un inconnu", PHONE)
    told = await late.request.get(quick.roles["participant"])
    assert told.status == 403 and 'name="entrer"' not in await told.text()
    await maiwenn.page.reload()
    await maiwenn.is_in()
    await nadia.presses("Ouvrir la porte")
    await late.goto(quick.roles["participant"])
    await expect(late.locator("button[name=entrer]")).to_be_visible()


async def test_a_second_facilitator_takes_over_and_participants_notice_nothing(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Écrire en silence")
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    field = maiwenn.page.get_by_label("Votre note", exact=True)
    await field.fill("Je suis en train d'écrire")
    await maiwenn.page.evaluate("() => { globalThis.samePage = true; }")
    await nadia.presses("Passer la main…")
    link = await nadia.page.get_by_role("dialog").get_by_label(words("Adresse : co-animer")).input_value()
    claire = await facilitator(stage, "Claire", PHONE)
    await claire.joins(link, site="Toulouse")
    await nadia.page.close()
    await expect(claire.page.locator("#step-title")).to_have_text(words("Écrire en silence"))
    await claire.goes_on("Étape suivante : Lire, site par site")
    await maiwenn.sees("Lire, site par site")
    assert await maiwenn.page.evaluate("() => globalThis.samePage === true")


async def test_a_screen_is_plugged_in_by_its_code_and_errors_are_said_in_place(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    screen = await stage.page("écran de Toulouse", TABLET)
    await screen.goto(stage.server.url + "/ecran")
    code = await screen.locator("#code").inner_text()
    await nadia.presses("Brancher un écran…")
    dialog = nadia.page.get_by_role("dialog")
    await dialog.get_by_label(words("Code affiché sur l'écran")).fill("12")
    await dialog.get_by_role("button", name=words("Brancher cet écran")).click()
    await expect(dialog.get_by_role("status")).to_contain_text(words("Le code compte 6 signes"))
    await dialog.get_by_label(words("Code affiché sur l'écran")).fill(code.lower())
    await dialog.get_by_role("radio", name=words("L'appareil d'une salle")).check()
    await dialog.get_by_label("Site", exact=True).select_option(label="Toulouse")
    await dialog.get_by_label(words("Combien de personnes")).fill("3")
    await dialog.get_by_role("button", name=words("Brancher cet écran")).click()
    await expect(dialog.get_by_role("status")).to_contain_text("C’est fait")
    await screen.wait_for_url("**/salle")
    await screen.wait_for_selector(READY)
    seated = next(seat for seat in quick.driver.all("seat") if seat["role"] == "room")
    assert seated["heads"] == 3


async def test_the_reveal_waits_for_who_still_writes(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Écrire en silence")
    oznur = await quick.joins("Öznur", site="Montpellier")
    await quick.writes(oznur, "Mon binôme a tout expliqué")
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    await maiwenn.page.get_by_label("Votre note", exact=True).fill("Je n'ai pas fini")
    await expect(nadia.page.locator(".primary-aside")).to_have_text(words("1 personne saisit encore"))
    await nadia.primary.click()
    await expect(nadia.primary).to_have_text("Révéler quand même")
    await expect(nadia.primary).to_be_focused()
    await nadia.page.locator(".drive-primary").get_by_role("button", name=words("+1 min")).click()
    await expect(nadia.primary).to_have_text(words("Révéler la note"))
    await expect(nadia.page.locator(".step-count .numeric")).to_have_text(re.compile("^10:"))
    assert not quick.block("Écrire en silence")["revealed"]
    await nadia.primary.click()
    await nadia.primary.filter(has_text="Révéler quand même").click()
    await quick.driver.until(lambda: quick.block("Écrire en silence")["revealed"])


async def test_going_back_a_step_hides_nothing_that_was_revealed(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    await quick.peopled()
    await quick.written()
    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await quick.enter("Regrouper")
    maiwenn = await participant(stage, "Camille")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    await nadia.page.get_by_role("button", name=words("Écrire en silence, étape faite")).click()
    await nadia.page.get_by_role("dialog").get_by_role("button", name="Y aller").click()
    await nadia.is_at("Écrire en silence")
    await nadia.shows_list()
    for text in ("PC pas prêt", "Le badge et l'ordinateur arrivent deux semaines après la personne"):
        await expect(nadia.page.locator(".list-row").filter(has_text=words(text))).to_be_visible()
    await maiwenn.presses("Tout le monde")
    await maiwenn.sees("PC pas prêt")


async def test_while_a_vote_is_open_nothing_offers_to_move_what_it_bears_on(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    await nadia.shows_list()
    row = nadia.page.locator(".list-row").filter(has_text="PC pas prêt")
    await expect(row.get_by_role("button", name="Déplacer vers…")).to_be_visible()
    await quick.enter("Gommettes")
    await quick.vote()
    await expect(row).to_be_visible()
    await expect(
        nadia.page.get_by_role("button", name=re.compile("^(Déplacer vers|Regrouper…|Défaire le groupe)"))
    ).to_have_count(0)
    await nadia.presses("Tableau")
    await nadia.page.locator(".board [data-note]").filter(has_text="PC pas prêt").click()
    await expect(nadia.page.locator(".board-toolbar .gather")).to_have_count(0)
    await expect(nadia.page.locator(".board .movable")).to_have_count(0)

    await nadia.goes_on("Clore le vote et afficher le résultat")
    first = nadia.page.locator(".result-row").first
    await expect(first.locator("details[open] .note").first).to_be_visible()
    await nadia.presses("Faire une action de « Se repérer, connaître les gens »")
    side = nadia.page.locator(".drive-side")
    await expect(side.get_by_label("Quoi")).to_be_focused()
    await side.get_by_label("Quoi").fill("Nommer un parrain ou une marraine par arrivée")
    await side.get_by_role("button", name=words("Ajouter l'action")).click()
    await expect(side.locator(".side-rows")).to_contain_text("Nommer un parrain")
    assert len(await nadia.page.locator(".button.primary").all()) == 1


async def test_a_note_typed_in_somebodys_name_is_theirs(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Lire, site par site")
    oznur = await quick.joins("Öznur", site="Montpellier")
    await nadia.page.get_by_role("button", name=words("Note (ajouter)")).click()
    dialog = nadia.page.get_by_role("dialog")
    await dialog.get_by_label(words("Texte de la note")).fill("Dicté par téléphone : le badge n'est jamais prêt")
    await dialog.get_by_label("Zone", exact=True).select_option(quick.zone("ancre"))
    await dialog.get_by_label(words("Au nom de")).select_option(label="Öznur")
    await dialog.get_by_role("button", name=words("Poser la note")).click()
    await oznur.until(lambda: any("Dicté par téléphone" in note["text"] for note in oznur.all("note")))
    note = next(note for note in oznur.all("note") if "Dicté par téléphone" in note["text"])
    signed = oznur.get("authorship", note["id"])
    assert signed is not None and signed["seat"] == oznur.seat["id"] and signed["typist"] not in ("", oznur.seat["id"])


async def test_the_wall_shows_what_is_sent_to_it_and_can_be_let_go(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    screen = await wall(stage)
    await screen.page.goto(quick.roles["projector"])
    await screen.page.locator("main form button.primary").click()
    await screen.is_in()
    await nadia.shows_list()
    await nadia.acts_on("PC pas prêt", "Autres actions", "Montrer au mur")
    shown = nadia.page.locator(".wall-shows")
    await expect(shown).to_have_text("PC pas prêt")
    await screen.sees("PC pas prêt")
    await screen.does_not_see("Pas d'adresse de messagerie")
    await nadia.presses("Autres actions sur le groupe Matériel et accès")
    await nadia.page.get_by_role("menuitem", name="Montrer au mur").click()
    await screen.sees("Pas d'adresse de messagerie")
    await expect(shown).to_have_text("Matériel et accès")
    await shown.click()
    await nadia.page.get_by_role("menuitemradio", name=words("Les récifs : les risques")).click()
    await expect(shown).to_have_text(words("Les récifs : les risques"))
    await screen.does_not_see("PC pas prêt")
    await nadia.presses("Précédent au mur")
    await screen.sees("PC pas prêt")
    await expect(shown).to_have_text(words("L'ancre : ce qui freine"))
    await shown.click()
    turning = nadia.page.get_by_role("menuitemradio", name=words("Tourner seul"))
    await expect(turning).to_have_attribute("aria-checked", "false")
    await nadia.page.get_by_role("menuitemradio", name=words("Suivre l'étape")).click()
    await expect(shown).to_have_text("Regrouper")


async def test_the_end_thanks_and_stops_and_can_be_undone(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Écrire en silence")
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    await nadia.page.get_by_role("button", name="Autres actions").first.click()
    await nadia.page.get_by_role("menuitem", name=words("Terminer l'atelier…")).click()
    await nadia.page.get_by_role("dialog").get_by_role("button", name=words("Terminer l'atelier")).click()
    await maiwenn.sees("L'atelier est terminé. Merci.")
    await expect(nadia.primary).to_have_text("Relire le compte rendu")
    await expect(nadia.primary).to_have_attribute("href", re.compile("/relire$"))
    await nadia.presses("Reprendre l'atelier")
    await expect(maiwenn.page.get_by_label("Votre note", exact=True)).to_be_visible()


async def test_the_timer_changes_colour_at_20_and_5_percent_with_words(stage: Stage) -> None:
    quick, nadia = await driving(stage, "Regrouper")
    await quick.driver.do("stop_timer")
    await quick.driver.do("start_timer", seconds=20)
    tools = nadia.page.locator(".step-timer")
    await expect(tools).to_have_class(re.compile("soon"))
    await expect(tools).to_contain_text(words("Encore 4 secondes"))
    await expect(tools).to_have_class(re.compile("late"))
    await expect(tools).to_contain_text("Temps écoulé")


async def test_a_phone_holds_the_step_the_timer_the_wall_and_one_button(stage: Stage) -> None:
    quick = await Quick.made(stage)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    nadia = await facilitator(stage, "Nadia", PHONE)
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    for part in ("#step-title", ".step-count", ".wall-tools", ".drive-primary .button.primary"):
        await expect(nadia.page.locator(part)).to_be_in_viewport(ratio=1)
    await expect(nadia.page.locator(".button.primary:visible")).to_have_count(1)
    await nadia.page.get_by_role("button", name="Personnes").click()
    await expect(nadia.page.locator("#drive-side")).to_be_focused()
    await nadia.page.keyboard.press("Escape")
    await nadia.page.set_viewport_size({"width": 320, "height": 640})
    await expect(nadia.page.locator(".drive-primary .button.primary")).to_be_in_viewport(ratio=1)
    assert await nadia.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    await nadia.page.set_viewport_size({"width": COMPUTER[0], "height": COMPUTER[1]})
    await expect(nadia.page.locator("#drive-side")).to_be_visible()


async def test_a_rehearsal_says_what_it_is_and_ends_from_its_own_page(stage: Stage) -> None:
    quick = await Quick.made(stage, opened=False)
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    await nadia.page.request.post(quick.page("repeter"), headers={"Origin": stage.server.url})
    await nadia.page.goto(f"{stage.server.url}/s/{quick.id}-r/animer")
    await nadia.is_in()
    await nadia.sees("Rien n'est gardé")
    await expect(nadia.page.locator(".button.primary")).to_have_count(1)
    await nadia.presses("Terminer la répétition")
    await nadia.page.wait_for_url(f"**/s/{quick.id}/preparer")


async def test_the_panels_of_driving_can_be_reached_by_all(stage: Stage) -> None:
    quick, nadia = await driving(stage)
    await quick.peopled()
    await quick.enter("Regrouper")
    audit = Audit()
    page = nadia.page
    await page.get_by_role("button", name="Autres actions").first.click()
    await page.get_by_role("menuitem", name=words("Former des sous-groupes")).click()
    await expect(page.locator(".group-card").first).to_be_visible()
    await audit.both(page, "draft of groups")
    await nadia.goes_on("Envoyer dans les sous-groupes")
    await quick.crowd["Öznur"].do("raise_hand", reason="help")
    await nadia.sees("Öznur demande de l'aide")
    await audit.both(page, "groups at work")
    oznur = quick.crowd["Öznur"]
    await oznur.until(lambda: any(board["group"] for board in oznur.all("board")))
    board = next(board["id"] for board in oznur.all("board") if board["group"])
    note = {"text": "Une idée du groupe", "zone": next(zone["id"] for zone in oznur.all("zone") if zone["board"] == board)}
    await oznur.do("add_notes", board=board, block=quick.block("Regrouper")["id"], notes=[note])
    await nadia.goes_on("Ramener tout le monde en plénière")
    await page.get_by_role("checkbox", name=words("Une idée du groupe")).check()
    await audit.both(page, "harvest")
    for button in ("Passer la main…", "Brancher un écran…"):
        await nadia.presses(button)
        await expect(page.get_by_role("dialog").get_by_role("textbox").first).to_be_visible()
        await audit.both(page, button)
        await page.keyboard.press("Escape")
    assert audit.findings == []
