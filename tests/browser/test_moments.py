"""The delicate moments of a workshop, each on real pages: nothing written is lost, nobody is left without an explanation."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.browser.people import READY, Facilitator, Participant, facilitator, participant, room, wall, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, KEY, PHONE, Server, Stage, served, staged

FIELD = "Votre note"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("moments")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


async def writing(stage: Stage) -> tuple[Quick, Participant]:
    """A workshop at its silent writing, and somebody on a phone in it."""
    quick = await Quick.made(stage)
    await quick.enter("Écrire en silence")
    maiwenn = await participant(stage, "Maïwenn")
    await maiwenn.joins(quick.roles["participant"], site="Montpellier")
    await expect(maiwenn.page.get_by_label(FIELD, exact=True)).to_be_visible()
    return quick, maiwenn


async def driving(quick: Quick, name: str = "Nadia") -> Facilitator:
    """A facilitator on Animer."""
    nadia = await facilitator(quick.stage, name)
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    return nadia


async def another_tab(context: BrowserContext, stage: Stage, who: str) -> Page:
    """A new page in the same browser profile."""
    page = await context.new_page()
    stage.watch(page, who)
    return page


async def test_text_being_written_survives_a_reload_and_a_killed_page(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    page, context = maiwenn.page, maiwenn.page.context
    text = "Le badge arrive après la personne, et c'est"
    await page.get_by_label(FIELD, exact=True).press_sequentially(text)
    await page.reload()
    await expect(page.get_by_label(FIELD, exact=True)).to_have_value(text)
    await page.get_by_label(FIELD, exact=True).press_sequentially(" dommage")

    killer = await context.new_cdp_session(page)
    async with page.expect_event("crash"):
        killing = asyncio.ensure_future(killer.send("Page.crash"))  # a dead page never answers
    killing.cancel()
    again = await another_tab(context, stage, "Maïwenn")
    await again.goto(quick.page("participer"))
    await expect(again.get_by_label(FIELD, exact=True)).to_have_value(f"{text} dommage")


async def test_two_people_edit_one_note_and_both_texts_survive(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    await maiwenn.writes("PC pas prêt", "Ancre")
    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await quick.enter("Lire, site par site")
    nadia = await driving(quick)
    await nadia.shows_list()
    await maiwenn.presses("Mes notes")
    await maiwenn.presses("Modifier")
    row = nadia.page.locator(".list-row").filter(has_text="PC pas prêt")
    await expect(row.get_by_text(words("en cours d'écriture")).first).to_be_visible()
    await nadia.acts_on("PC pas prêt", "Autres actions", "Modifier…")
    dialog = nadia.page.get_by_role("dialog")
    await dialog.get_by_role("textbox").fill("Ordinateur pas prêt à l'arrivée")
    await dialog.get_by_role("button", name="Enregistrer").click()
    await expect(nadia.page.locator(".list-row").filter(has_text="Ordinateur pas prêt")).to_be_visible()
    await maiwenn.page.get_by_label("Modifier la note").fill("PC prêt, mais sans compte")
    await maiwenn.presses(re.compile("^Enregistrer"))
    for text in ("Ordinateur pas prêt à l'arrivée", "PC prêt, mais sans compte"):
        await expect(nadia.page.locator(".list-row").filter(has_text=words(text))).to_be_visible()
    await expect(nadia.page.get_by_text(words("en cours d'écriture"))).to_have_count(0)


async def test_the_same_seat_after_a_reload_by_the_link_and_on_another_device(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    await maiwenn.writes("Aucun interlocuteur identifié", "Ancre")
    page = maiwenn.page
    await page.reload()
    await expect(page.locator(".own-list")).to_contain_text("Aucun interlocuteur")
    await page.goto(quick.roles["participant"])
    await page.wait_for_url("**/participer")
    await expect(page.locator(".own-list")).to_contain_text("Aucun interlocuteur")
    await page.locator(".page-foot .link").first.click()
    link = await page.locator(".personal-link").inner_text()
    other = await stage.page("Maïwenn, ailleurs", COMPUTER)
    await other.goto(link)
    await other.wait_for_selector(READY)
    await expect(other.locator(".own-list")).to_contain_text("Aucun interlocuteur")
    assert [seat["name"] for seat in quick.driver.all("seat")].count("Maïwenn") == 1


CLOCK = """() => {
  globalThis.turned = {};
  const seen = () => {
    const left = document.querySelector("[role=timer], .step-count .numeric")?.textContent.trim();
    if (left) globalThis.turned[left] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(seen).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


async def test_timers_agree_and_obey(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    nadia = await driving(quick)
    await maiwenn.page.evaluate(CLOCK)
    await nadia.page.evaluate(CLOCK)
    count = nadia.page.locator(".step-count .numeric")
    chip = maiwenn.page.get_by_role("timer")
    for _ in range(2):  # two whole seconds, seen on both
        before = await count.inner_text()
        await expect(count).not_to_have_text(before)
    mine, theirs = [await page.evaluate("() => globalThis.turned") for page in (nadia.page, maiwenn.page)]
    both = sorted(set(mine) & set(theirs))
    assert both and all(abs(mine[left] - theirs[left]) < 250 for left in both), (mine, theirs)

    await nadia.presses("+1 min")
    await expect(chip).to_contain_text(re.compile("^10:"))
    await nadia.presses("−1 min")
    await expect(chip).to_contain_text(re.compile("^9:"))
    await nadia.presses("Pause")
    await expect(chip).to_have_attribute("data-paused", "true")
    assert await chip.inner_text() == await count.inner_text()
    await nadia.presses("Reprendre")
    await expect(chip).to_have_attribute("data-paused", "false")
    await nadia.presses("Arrêter")
    await expect(chip).to_have_count(0)
    await nadia.presses("Lancer le minuteur")
    await expect(chip).to_contain_text(re.compile("^(10:00|9:5)"))


async def test_a_draft_sent_just_after_the_step_is_in_and_a_later_one_is_offered(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    await maiwenn.writes("Une note pour voter", "Ancre")
    loic = await participant(stage, "Loïc", COMPUTER)
    await loic.joins(quick.roles["participant"], site="À distance")
    nadia = await driving(quick)
    await maiwenn.page.get_by_label(FIELD, exact=True).fill("Envoyée dans les trois secondes")
    await loic.page.get_by_label(FIELD, exact=True).fill("Finie trop tard")
    await quick.enter("Gommettes")
    await maiwenn.presses("Poser la note")
    await nadia.shows_list()
    await expect(nadia.page.locator(".list-row").filter(has_text="Envoyée dans les trois secondes")).to_be_visible()
    await loic.sees("Le temps d'écriture est clos. Votre texte est gardé")
    await expect(loic.page.get_by_label(FIELD, exact=True)).to_have_value("Finie trop tard")
    await loic.presses("Proposer à l'animation")
    aside = nadia.page.locator(".aside-notes")
    await expect(aside).to_contain_text("Finie trop tard")
    await aside.get_by_role("button", name=words("Remettre sur le tableau")).click()
    await expect(nadia.page.locator(".list-row").filter(has_text="Finie trop tard")).to_be_visible()


BEYOND = "() => document.documentElement.scrollWidth - innerWidth"


async def test_pasted_lines_counted_letters_and_unruly_texts(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    page = maiwenn.page
    field = page.get_by_label(FIELD, exact=True)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.evaluate("() => navigator.clipboard.writeText('Première idée\\n\\n- Deuxième idée\\nTroisième idée')")
    await field.press("Control+v")
    await maiwenn.presses("Faire 3 notes, une par ligne")
    for text in ("Première idée", "Deuxième idée", "Troisième idée"):
        await expect(page.locator(".own-list").get_by_text(text).first).to_be_visible()
    await field.fill("🙂" * 450)
    await maiwenn.sees("450 sur 500 caractères")
    await field.fill("🙂" * 502)
    await maiwenn.sees("2 caractères de trop")
    await field.fill("")
    long, arabic = "anticonstitutionnellement" * 12, "تصل الشارة بعد أسبوعين من وصول الشخص الجديد"
    await maiwenn.writes(long, "Ancre")
    await maiwenn.writes(arabic, "Ancre")
    await quick.enter("Lire, site par site")
    await maiwenn.presses("Tout le monde")
    nadia = await driving(quick)
    screen = await wall(stage)
    await screen.page.goto(quick.roles["projector"])
    await screen.page.locator("main form button.primary").click()
    await screen.is_in()
    for one in (page, nadia.page):
        await expect(one.get_by_text(arabic).first).to_be_attached()
        assert await one.evaluate(BEYOND) <= 0
    await quick.driver.do("turn_wall", view="lire", focus=quick.zone("ancre"))
    for text in (arabic, long):  # however long, whole and within the screen
        shown = screen.page.get_by_text(text).first
        await expect(shown).to_be_visible()
        assert await shown.evaluate("(one) => one.getBoundingClientRect().right <= innerWidth")
        assert await shown.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")
    assert await screen.page.evaluate(BEYOND) <= 0
    note = nadia.page.locator("article.note").filter(has_text=long)
    assert await note.evaluate("(one) => one.scrollWidth <= one.clientWidth + 1")


async def test_a_revoked_link_a_removed_seat_and_a_suspended_entry_say_so(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    nadia = await driving(quick)
    await maiwenn.page.get_by_label(FIELD, exact=True).fill("Au milieu d'une phrase")
    await nadia.presses("Autres actions")
    await nadia.page.get_by_role("menuitem", name=words("Suspendre la saisie")).click()
    await maiwenn.sees("L'animation a suspendu la saisie")
    await expect(maiwenn.page.get_by_label(FIELD, exact=True)).to_have_value("Au milieu d'une phrase")
    await nadia.presses("Rendre la saisie")
    await expect(maiwenn.page.get_by_role("button", name=words("Poser la note"))).to_be_visible()

    await nadia.page.locator(".people-site summary").first.click()
    await nadia.page.get_by_role("button", name=words("Actions pour Maïwenn")).click()
    await nadia.page.get_by_role("menuitem", name="Retirer…").click()
    await nadia.page.get_by_role("dialog").get_by_role("button", name=words("Retirer cette place")).click()
    await maiwenn.sees("Votre place a été retirée")

    screen = await wall(stage)
    await screen.page.goto(quick.roles["projector"])
    await screen.page.locator("main form button.primary").click()
    await screen.is_in()
    before = await (await screen.page.request.get(quick.page("qr/participant.svg"))).text()
    await quick.driver.do("revoke_link", role="participant")
    await expect(screen.page.locator("img.wall-qr")).to_have_attribute("src", re.compile("g=1$"))
    assert await (await screen.page.request.get(quick.page("qr/participant.svg"))).text() != before
    stranger = await stage.page("quelqu'un", PHONE)
    answer = await stranger.goto(quick.roles["participant"])
    assert answer is not None and answer.status == 404
    await expect(stranger.locator("main")).to_contain_text(words("Ce lien n'ouvre plus rien"))
    stage.faults[:] = [one for one in stage.faults if "404" not in one and "403" not in one]


async def test_one_undoes_and_redoes_ones_own_acts(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    await maiwenn.writes("Le badge arrive tard", "Ancre")
    await quick.enter("Lire, site par site")
    nadia = await driving(quick)
    await nadia.shows_list()
    page = nadia.page

    def zone(title: str) -> str:
        return f".list-zone:has(h2:has-text('{title}')) .list-row"

    await nadia.acts_on("Le badge arrive tard", "Déplacer vers…", "Les récifs")
    await expect(page.locator(zone("récifs"))).to_contain_text("Le badge arrive tard")
    await page.get_by_role("button", name="Annuler mon geste").click()
    await expect(page.locator(zone("ancre"))).to_contain_text("Le badge arrive tard")
    await page.get_by_role("button", name="Le refaire").click()
    await expect(page.locator(zone("récifs"))).to_contain_text("Le badge arrive tard")
    await page.get_by_role("heading", level=1).focus()
    await page.keyboard.press("Control+z")
    await expect(page.locator(zone("ancre"))).to_contain_text("Le badge arrive tard")
    await page.keyboard.press("Control+Shift+z")
    await expect(page.locator(zone("récifs"))).to_contain_text("Le badge arrive tard")


async def test_a_group_splits_in_words_and_a_tie_is_settled_by_a_second_vote(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    for text in ("Badge en retard", "Ordinateur absent", "Personne à l'accueil"):
        await maiwenn.writes(text, "Ancre")
    await quick.enter("Regrouper")
    await quick.gather(["Badge en retard", "Ordinateur absent", "Personne à l'accueil"], "Tout mêlé")
    nadia = await driving(quick)
    await nadia.shows_list()
    await nadia.presses("Autres actions sur le groupe Tout mêlé")
    await nadia.page.get_by_role("menuitem", name="Scinder le groupe…").click()
    dialog = nadia.page.get_by_role("dialog")
    await dialog.get_by_role("checkbox", name=words("Personne à l'accueil")).check()
    await dialog.get_by_label("Titre du second groupe").fill("Accueil humain")
    await dialog.get_by_role("button", name="Faire un second groupe").click()
    second = nadia.page.locator(".list-cluster").filter(has_text="Accueil humain")
    await expect(second.get_by_text(words("Personne à l'accueil")).first).to_be_visible()
    await expect(nadia.page.locator(".list-cluster").filter(has_text="Tout mêlé").locator(".list-row")).to_have_count(2)

    await nadia.goes_on("Étape suivante : Gommettes")
    await nadia.goes_on("Ouvrir le vote")
    await maiwenn.votes({"Tout mêlé": 1, "Accueil humain": 1})
    await nadia.goes_on("Clore le vote et afficher le résultat")
    await nadia.presses("Départager les ex æquo…")
    await nadia.page.get_by_role("dialog").get_by_role("button", name="Ouvrir le second vote").click()
    await maiwenn.votes({"Accueil humain": 2})
    await nadia.goes_on("Clore le vote et afficher le résultat")
    await nadia.sees("aucun ex æquo")


async def test_facilitators_vote_where_the_step_says_so_and_only_there(stage: Stage) -> None:
    quick = await Quick.made(stage)
    plan, step = quick.block("Bilan de l'atelier")["round"], quick.block("Bilan de l'atelier")["id"]
    nadia = await driving(quick)
    await quick.enter("Bilan de l'atelier")
    await nadia.goes_on("Ouvrir le vote")
    await expect(nadia.primary.filter(has_text=words("Clore le vote"))).to_be_visible()
    await expect(nadia.page.get_by_role("button", name="Mon bulletin")).to_have_count(0)
    await nadia.goes_on("Clore le vote et afficher le résultat")
    rights = {role: ["vote"] for role in ("participant", "facilitator", "cofacilitator")}
    await quick.driver.do("edit_block", block=step, round={**plan, "facilitators_vote": True}, rights=rights)
    await quick.driver.do("open_round", block=step)
    await nadia.presses("Mon bulletin")
    await Participant(nadia.page, stage, "Nadia").answers(4)
    await nadia.goes_on("Clore le vote et afficher le résultat")
    await nadia.sees("1 bulletin sur 3")  # the one who made the session, who drives, and Nadia


async def test_without_javascript_one_joins_and_is_told_what_is_needed(stage: Stage) -> None:
    quick = await Quick.made(stage)
    page = await stage.page("quelqu'un", PHONE, script=False)
    await page.goto(stage.server.url)
    code = quick.driver.all("session")[0]["code"]
    await page.get_by_label(words("Code de l'atelier")).fill(f" {code[:4].lower()} {code[4:].lower()} ")
    await page.get_by_role("button", name=words("Rejoindre")).click()
    await page.get_by_role("button", name=re.compile("^Prendre")).click()
    await page.get_by_role("radio", name="Toulouse").check()
    await page.locator("button[name=entrer]").click()
    await page.wait_for_url("**/participer")
    await expect(page.get_by_text(words("Cette page a besoin de JavaScript"))).to_be_visible()
    await expect(page.get_by_text(words("Votre place est bien prise"))).to_be_visible()


async def test_the_language_switches_pages_and_their_scripts(stage: Stage) -> None:
    quick, maiwenn = await writing(stage)
    page = maiwenn.page
    await page.goto(stage.server.url)
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Join a workshop")
    await page.goto(quick.page("participer"))
    await page.wait_for_selector(READY)
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("button", name=words("Poser la note"))).to_have_count(0)
    await expect(page.locator(".composer button[type=submit]")).to_have_text(re.compile("note", re.I))


PAYLOAD = "<img src=x onerror=document.title='x'>\"'><script>document.title='x'</script>{{7*7}}"


async def test_markup_in_any_field_is_shown_as_text_everywhere(stage: Stage) -> None:
    p = PAYLOAD
    quick = await Quick.made(stage, title=f"Titre {p}")
    do = quick.driver.do
    await do("describe_session", purpose=f"Objet {p}", axis=f"Axe {p}")
    await do("put_site", name=f"Site {p}", room=True, heads=3)
    for block in quick.driver.all("block"):
        await do("edit_block", block=block["id"], title=f"{block['title']} {p}"[:110], instruction=f"Consigne {p}", wall=p[:88])
        await do("write_script", block=block["id"], text=f"Script {p}")
    maiwenn = await participant(stage, f"Nom {p}"[:78])
    await maiwenn.joins(quick.roles["participant"], site=f"Site {p}", service=f"Service {p}")
    table = await room(stage, f"Table {p}"[:78])
    await table.joins_room(next(url for site, url in quick.rooms.items() if site == "Toulouse"), 2)
    nadia = await driving(quick, f"Nadia {p}"[:78])
    screen = await wall(stage)
    await screen.page.goto(quick.roles["projector"])
    await screen.page.locator("main form button.primary").click()
    await screen.is_in()
    everyone = (maiwenn, table, nadia, screen)

    await quick.enter("Écrire en silence")
    await do("announce", text=f"Annonce {p}")
    await maiwenn.writes(f"Note {p}", "Ancre")
    await quick.enter("Regrouper")
    await quick.gather([f"Note {p}"], f"Groupe {p}")
    for person in everyone:
        await expect(person.page.get_by_text(f"Annonce {p}").first).to_be_attached()
    await expect(screen.page.get_by_text(f"Groupe {p}").first).to_be_visible()
    await nadia.shows_list()
    await expect(nadia.page.get_by_text(f"Note {p}").first).to_be_visible()
    await quick.enter("Actions")
    await do("add_sheet", type="action", what=f"Action {p}", who=f"Qui {p}", when="2026-12-15")
    await do("add_sheet", type="decision", what=f"Décision {p}", who="", when="")
    for person in everyone:
        await expect(person.page.get_by_text(f"Action {p}").first).to_be_attached()
    page = nadia.page
    await page.goto(quick.page("preparer"))
    await page.wait_for_selector(READY)
    await expect(page.get_by_text(f"Titre {p}").first).to_be_visible()
    await do("end_session")
    await do("close_session")
    await quick.driver.until(lambda: quick.driver.all("session")[0]["status"] == "closed", 60)
    await page.goto(quick.page("archive"))
    await expect(page.get_by_text(f"Action {p}").first).to_be_visible()
    await page.goto(stage.server.url)
    await page.get_by_label(words("Clé d'animation")).fill(KEY)
    await nadia.presses("Se connecter")
    await expect(page.get_by_text(f"Titre {p}").first).to_be_visible()
    for person in everyone:
        assert await person.page.title() != "x"
