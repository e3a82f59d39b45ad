"""The wall in all its states, on three projectors: everything legible from the back, nothing cut, exactly what was asked."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import expect

from tests.browser.people import READY, facilitator
from tests.browser.quick import SCENE, Quick
from tests.browser.screens import MEASURE, SHARE, SMALLEST, Screens
from tests.browser.stage import Server, Stage, served, staged

LONG_TITLE = "Réussir l’arrivée d’un nouvel agent dans les services départementaux de l’Éducation nationale, année 2026-2027"
WORD = "anticonstitutionnellement"
TWO_HUNDRED = ("Par quoi commencer, si nous ne pouvions faire que trois choses d’ici la rentrée ? " * 3)[:200]
NINETY = "Qu’est-ce qui aide, qu’est-ce qui freine une nouvelle personne quand elle arrive ? Écrivez"
SIX_HUNDRED = "Une idée par note, écrite pour être lue de loin. " * 11 + WORD
ARABIC = "تصل الشارة بعد أسبوعين من وصول الشخص الجديد"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("wall")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


async def turn(quick: Quick, **to: object) -> None:
    """The facilitators turn the wall to something."""
    await quick.driver.do("turn_wall", **{"view": "", "focus": "", "page": 0, **to})


async def test_the_measure_sees_small_letters_and_cut_words(stage: Stage) -> None:
    quick = await Quick.made(stage)
    walls = await Screens.of(stage, quick, ((1920, 1080),))
    await walls.see(SCENE.plain["titre"])
    assert await walls.first.evaluate(MEASURE, SMALLEST) == []
    await walls.first.evaluate("""() => {
      document.querySelector(".accueil-address").style.fontSize = "40px";
      document.querySelector(".accueil-title").style.maxHeight = "20px";
    }""")
    found = await walls.first.evaluate(MEASURE, SMALLEST)
    assert any(one.startswith("small: 40 px") for one in found) and any(one.startswith("clipped") for one in found)


async def test_before_the_opening_at_the_door_and_once_it_is_closed(stage: Stage) -> None:
    quick = await Quick.made(stage, title=LONG_TITLE, opened=False)
    do = quick.driver.do
    await do("describe_session", date="2026-10-14", start="09:30")
    walls = await Screens.of(stage, quick)
    await walls.look("mur-attente", text="L'atelier ouvre le mercredi 14 octobre à 9 h 30.")
    assert await walls.share(".accueil-qr") >= 0.5
    sites = {one["name"]: one["id"] for one in quick.driver.all("site")}
    await do("put_practical", site=sites["Montpellier"], wifi="Grave-Invités, mot de passe olivier 2026")
    await do("open_session")
    await quick.peopled()
    await walls.see("6 Montpellier")
    await walls.look("mur-accueil", text="Grave-Invités")
    assert await walls.share(".accueil-qr") >= 0.5
    await do("close_door", closed=True)
    await walls.see("Les entrées sont closes.")
    for place in walls.all("img"):
        await expect(place).to_have_count(0)
    await walls.look("mur-porte-close")
    await quick.enter("Écrire en silence")
    await walls.see("Une idée par note")
    for place in walls.all("img"):
        await expect(place).to_have_count(0)
    await walls.look("mur-ecrire-porte-close")
    await do("close_door", closed=False)
    await do("lock_session", locked=True)
    await walls.look("mur-ecrire-suspendu", text="Saisie suspendue")
    await do("announce", text="Pause à 10 h 45 : le café est dans la salle Vidal, au premier étage, à droite de l’ascenseur.")
    await walls.look("mur-ecrire-annonce", text="Pause à 10 h 45")
    assert await walls.share(".wall-qr") >= 0.15
    for several in range(7):
        await do("put_site", name=f"Direction des services départementaux n° {several}, bâtiment {several}", room=True, heads=3)
    await turn(quick, view="accueil")
    await walls.look("mur-accueil-annonce", text="Déjà là")
    walls.conclude()


async def test_writing_against_the_clock(stage: Stage) -> None:
    quick = await Quick.made(stage)
    do = quick.driver.do
    walls = await Screens.of(stage, quick)
    await quick.enter("Écrire en silence")
    await walls.look("mur-ecrire", text="Une idée par note")
    assert await walls.share(".wall-qr") >= 0.15
    for time in walls.all(".big-time"):
        assert await time.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize) * 1080 / innerHeight") >= 200
        assert "tabular-nums" in await time.evaluate("(one) => getComputedStyle(one).fontVariantNumeric")
    block = quick.block("Écrire en silence")
    await do("edit_block", block=block["id"], wall=NINETY)
    await walls.look("mur-ecrire-90", text="Qu'est-ce qui aide, qu'est-ce qui freine")
    for instruction in walls.all(".ecrire-instruction"):
        assert await instruction.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize) * 1080 / innerHeight") >= 72
    await do("stop_timer")
    await do("start_timer", seconds=60)
    await do("adjust_timer", seconds=-48)
    await walls.look("mur-ecrire-bientot", text="Encore 1")
    for timer in walls.all(".big-timer"):
        await expect(timer).to_have_attribute("data-level", "soon")
    for timer in walls.all(".big-timer"):
        await expect(timer).to_have_attribute("data-level", "late")
    await do("pause_timer")
    await walls.look("mur-ecrire-tard", text="En pause")
    await do("resume_timer")
    await walls.look("mur-ecrire-ecoule", text="Temps écoulé : finissez votre phrase")
    await do("edit_block", block=block["id"], wall="", instruction=SIX_HUNDRED)
    await walls.look("mur-ecrire-longue", text="écrite pour être lue de loin")
    await do("stop_timer")
    await walls.look("mur-ecrire-sans-minuteur", text="écrite pour être lue de loin")
    walls.conclude()


TEXTS = [
    "PC pas prêt", "Le badge et l’ordinateur arrivent deux semaines après la personne",
    "À distance, on ne croise personne : qui est qui ?",
    "Les pièces du dossier sont demandées trois fois, par trois bureaux", "Pas d’adresse de messagerie le premier jour",
    "Aucun interlocuteur identifié avant l’arrivée", "Le plan de formation arrive au bout de six mois 😕", ARABIC,
]  # fmt: skip
LONG = "Le nouvel agent apprend par hasard que son équipe est sur deux sites, et ne sait pas où se trouve la salle. " * 4


async def test_reading_zones_clusters_and_notes(stage: Stage) -> None:
    quick = await Quick.made(stage)
    walls = await Screens.of(stage, quick)
    await quick.enter("Lire, site par site")
    await walls.look("mur-lire-vide", text="Aucune note n'est encore visible")
    claire = await quick.joins("Claire", site="Montpellier")
    await quick.enter("Écrire en silence")
    for text in TEXTS:
        await quick.writes(claire, text)
    for text in (LONG[:480], WORD * 18, "😕" * 480, "M" * 500, "un\n" * 40):
        await quick.writes(claire, text, "recifs")
    await quick.writes(claire, "Une seule note", "ile")
    await quick.enter("Lire, site par site")
    await walls.see("Une seule note")
    await walls.look("mur-lire-une")
    seen = 0
    for page in range(30):
        await turn(quick, page=page)
        for wall in walls.pages:
            here = wall.locator(".page-dots > [data-here=true], .page-figures strong")
            await here.first.wait_for()
        await walls.look(f"mur-lire-{page:02}")
        shown = await walls.first.locator(".wall-note").count()
        seen += shown
        assert shown <= 8
        last = await walls.first.locator(".page-dots > [data-here]").last.get_attribute("data-here")
        if last == "true":
            break
    assert seen >= len(TEXTS) + 6

    notes = {one["text"]: one["id"] for one in quick.driver.all("note")}
    await turn(quick, focus=quick.zone("ancre"))
    await walls.look("mur-lire-zone", text="PC pas prêt")
    assert await walls.first.locator(".wall-note").count() == 8
    await turn(quick, focus=notes["PC pas prêt"])
    await walls.do_not_see("messagerie")
    await walls.look("mur-lire-note", text="PC pas prêt")
    assert await walls.first.locator(".wall-note").count() == 1
    await quick.gather(TEXTS[:3], "Matériel et accès")
    cluster = quick.driver.all("cluster")[0]["id"]
    await turn(quick, focus=cluster)
    await walls.look("mur-lire-groupe", text="Matériel et accès")
    assert await walls.first.locator(".wall-note").count() == 3
    walls.conclude()


async def test_a_held_wall_stands_still_even_once_reloaded(stage: Stage) -> None:
    quick = await Quick.made(stage)
    claire = await quick.joins("Claire", site="Montpellier")
    walls = await Screens.of(stage, quick, ((1920, 1080), (1024, 768)))
    await quick.enter("Écrire en silence")
    for text in TEXTS:
        await quick.writes(claire, text)
    await quick.writes(claire, "Une seule note", "ile")
    await quick.enter("Lire, site par site")
    await walls.see("Une seule note")
    await turn(quick, page=1)
    await walls.see("PC pas prêt")
    await quick.driver.do("hold_wall", held=True)
    await quick.enter("Actions")
    await quick.driver.do("add_sheet", type="action", what="Une action notée pendant ce temps", who="", when="")
    for page in walls.pages:
        await page.reload()
        await page.wait_for_selector(READY)
    await walls.see("PC pas prêt")
    await walls.do_not_see("Une action notée pendant ce temps")
    await quick.driver.do("turn_wall", view="lire", focus=quick.block("Lire, site par site")["id"], page=0)
    await walls.see("Une seule note")
    await quick.driver.do("hold_wall", held=False)
    await walls.see("Une action notée pendant ce temps")


async def test_pages_turn_by_themselves_only_when_asked(stage: Stage) -> None:
    quick = await Quick.made(stage)
    claire = await quick.joins("Claire", site="Montpellier")
    walls = await Screens.of(stage, quick, ((1920, 1080), (1024, 768)))
    await quick.enter("Écrire en silence")
    await quick.writes(claire, "La première page", "ile")
    await quick.writes(claire, "La seconde page", "ancre")
    await quick.enter("Lire, site par site")
    await walls.see("La première page")
    assert all(one["turning"] == 0 for one in quick.driver.all("wall"))
    await turn(quick, page=1, turning=1)
    for words in ("La seconde page", "La première page", "La seconde page", "La première page"):
        await walls.see(words)
    await quick.driver.do("hold_wall", held=True)
    await walls.see("La seconde page")
    assert quick.driver.all("wall")[0]["page"] == 1


@pytest.mark.parametrize("count", [0, 1, 4, 7, 60])
async def test_every_group_of_notes_is_named_and_counted(stage: Stage, count: int) -> None:
    quick = await Quick.made(stage)
    claire = await quick.joins("Claire", site="Montpellier")
    walls = await Screens.of(stage, quick)
    await quick.enter("Écrire en silence")
    titles = [
        "Matériel et accès", "Se repérer, connaître les gens", "Démarches répétées", WORD * 4, "Formation", ARABIC,
        "🏫 Accueil à l’école 🙂",
        *(f"Sujet n° {n}, avec un titre assez long pour deux lignes" if n % 3 else f"Sujet {n}" for n in range(53)),
    ][:count]  # fmt: skip
    await quick.writes(claire, "Une note libre")
    for n in range(count):
        await quick.writes(claire, f"Note {n}")
    await quick.enter("Regrouper")
    await walls.see("encore libre")
    for n, title in enumerate(titles):
        await quick.gather([f"Note {n}"], title)
    if not titles:
        await walls.look("mur-regrouper-vide", text="1 note encore libre")
    named: set[str] = set()
    for page in range(20):
        if titles:
            await turn(quick, page=page)
            await walls.see(f"Note {count - 1}")
            if page:
                await expect(walls.first.locator(".page-dots > [data-here]").nth(page)).to_have_attribute("data-here", "true")
            await walls.look(f"mur-regrouper-{count}-{page}")
            rows = [await wall.locator(".cluster-name").all_inner_texts() for wall in walls.pages]
            assert rows[0] == rows[1] == rows[2]
            named |= set(rows[0])
        dots = walls.first.locator(".page-dots > span[data-here]")
        if await dots.count() <= page + 1:
            break
    assert named == set(titles)
    walls.conclude()


async def test_a_vote_and_its_result_in_the_light_and_in_the_dark(stage: Stage) -> None:
    quick = await Quick.made(stage)
    walls = await Screens.of(stage, quick)
    await quick.peopled()
    await quick.written()
    await quick.gathered()
    await quick.enter("Gommettes")
    await walls.look("mur-vote-attente", text="Le vote va s'ouvrir.")
    await quick.vote()
    await walls.look("mur-voter", text="bulletins reçus")
    await walls.see("13 sur 13")
    await quick.driver.do("close_round", round=quick.driver.all("round")[-1]["id"], show=True)
    await walls.look("mur-resultat", text="Se repérer, connaître les gens")
    lengths = await walls.first.locator(".wall-bar").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().width)")
    assert lengths == sorted(lengths, reverse=True)
    assert [round(100 * one / lengths[0]) for one in lengths] == [100, 80, 40, 27]
    await walls.first.evaluate("() => document.documentElement.dataset.theme = 'dark'")
    await walls.look("mur-resultat-sombre", text="Se repérer, connaître les gens")
    walls.conclude()


async def test_many_long_choices_and_a_tie(stage: Stage) -> None:
    quick = await Quick.made(stage)
    do = quick.driver.do
    claire = await quick.joins("Claire", site="Montpellier")
    walls = await Screens.of(stage, quick)
    await quick.enter("Écrire en silence")
    texts = [*TEXTS, LONG[:470], WORD * 12]
    for text in texts:
        await quick.writes(claire, text)
    block = quick.block("Gommettes")
    plan = {
        **block["round"],
        "target": "notes",
        "question": TWO_HUNDRED,
    }
    await do("edit_block", block=block["id"], round=plan)
    await quick.enter("Lire, site par site")
    await quick.enter("Gommettes")
    opened = await quick.round()
    await walls.look("mur-voter-long", text="Par quoi commencer")
    marks = {one["id"]: 1 for one in opened["options"][:3]}
    await claire.until(lambda: claire.get("round", opened["id"]) is not None)
    await claire.do("cast_ballot", round=opened["id"], head=1, marks=marks, final=False)
    await do("close_round", round=opened["id"], show=True)
    read: set[str] = set()
    for page in range(9):
        await turn(quick, page=page)
        await expect(walls.first.locator(".page-dots > span[data-here]").nth(page)).to_have_attribute("data-here", "true")
        await walls.look(f"mur-resultat-long-{page}", text="1 bulletin sur 1")
        read |= set(await walls.first.locator(".wall-bar-title").all_inner_texts())
        if await walls.first.locator(".page-dots > [data-here]").last.get_attribute("data-here") == "true":
            break
    assert len(read) == len(texts)
    walls.conclude()


async def test_actions_and_decisions_as_they_are_typed(stage: Stage) -> None:
    quick = await Quick.made(stage)
    do = quick.driver.do
    walls = await Screens.of(stage, quick)
    await do("describe_session", date="2026-10-14")
    await quick.enter("Actions")
    await walls.look("mur-actions-vide", text="Les décisions et les actions s'affichent ici")
    for action in SCENE.plain["actions"]:
        await do("add_sheet", type="action", what=action["quoi"], who=action["qui"], when=action["quand"])
    await walls.look("mur-actions-seules", text=SCENE.plain["actions"][-1]["quoi"])
    await do(
        "add_sheet",
        type="decision",
        what="Chaque nouvel agent a un interlocuteur nommé avant son arrivée.",
        who="Par consentement",
        when="",
    )
    await walls.look("mur-actions", text="Chaque nouvel agent a un interlocuteur nommé")
    for several in range(5):
        await do(
            "add_sheet",
            type="action",
            what=f"Action numéro {several} : {LONG[: several * 90]}",
            who="Bérengère-Alexandrine",
            when="2027-01-15",
        )
        await walls.see(f"Action numéro {several}")
    await walls.look("mur-actions-longue")
    newest = next(one for one in quick.driver.all("sheet") if one["what"].startswith("Action numéro 4"))
    await do("edit_sheet", sheet=newest["id"], what="Action corrigée")
    await walls.see("Action corrigée")
    for several in range(3):
        await do("add_sheet", type="decision", what=f"Décision {several}. {LONG[: several * 150]}", who="", when="")
        await walls.see(f"Décision {several}")
        await walls.look(f"mur-decision-{several}")
    for page in range(1, 9):
        await turn(quick, page=page)
        await expect(walls.first.locator(".page-dots > span[data-here]").nth(page)).to_have_attribute("data-here", "true")
        await walls.look(f"mur-actions-{page}")
        if await walls.first.locator(".page-dots > [data-here]").last.get_attribute("data-here") == "true":
            break
    walls.conclude()


@pytest.mark.parametrize(("people", "size"), [(8, 4), (40, 3)])
async def test_groups_at_work_and_the_board_of_one_of_them(stage: Stage, people: int, size: int) -> None:
    quick = await Quick.made(stage)
    do = quick.driver.do
    await asyncio.gather(*(quick.joins(f"Prénom{n}", site="Montpellier") for n in range(people)))
    walls = await Screens.of(stage, quick)
    await quick.enter("Lire, site par site")
    block = quick.block("Lire, site par site")
    await do("draw_groups", block=block["id"], mode="random", size=size)
    await quick.driver.until(lambda: len(quick.driver.all("group")) >= people // size)
    await do("start_groups", partition=quick.driver.all("partition")[0]["id"], seconds=900)
    groups = sorted(quick.driver.all("group"), key=lambda one: one["rank"])
    await walls.see(groups[-1]["name"])
    await walls.see("Votre groupe est indiqué sur votre écran")
    for wall in walls.pages:
        await expect(wall.locator(".wall-groups li > span")).to_have_count(len(groups))
        await expect(wall.get_by_text("Prénom")).to_have_count(0)
    await walls.look(f"mur-groupes-{people}")
    if people > 8:
        walls.conclude()
        return
    board = groups[0]["board"]
    zone = next(one for one in quick.driver.all("zone") if one["board"] == board)
    await do("add_notes", board=board, block=block["id"], notes=[{"text": "Une idée du premier groupe", "zone": zone["id"]}])
    await walls.do_not_see("Une idée du premier groupe")
    await do("show_group", group=groups[0]["id"])
    await turn(quick, focus=groups[0]["id"])
    await walls.look("mur-groupe-montre", text="Une idée du premier groupe")
    await walls.see(groups[0]["name"])
    await turn(quick)
    await do("recall_groups", partition=quick.driver.all("partition")[0]["id"])
    await walls.do_not_see("Votre groupe est indiqué")
    walls.conclude()


async def test_the_end(stage: Stage) -> None:
    quick = await Quick.made(stage)
    do = quick.driver.do
    await do("describe_session", date="2026-10-14")
    claire = await quick.joins("Claire", site="Montpellier")
    walls = await Screens.of(stage, quick)
    await quick.enter("Actions")
    await do("add_sheet", type="action", what="Commander le poste", who="Öznur", when="2026-11-30")
    last = quick.driver.all("block")[-1]
    scale = next((one for one in quick.driver.all("block") if (one["round"] or {}).get("method") == "scale"), last)
    await quick.enter(scale["title"])
    await walls.look("mur-roti-attente", text="Le vote va s'ouvrir.")
    opened = await quick.round()
    await walls.look("mur-roti", text="bulletin reçu")
    await claire.until(lambda: claire.get("round", opened["id"]) is not None)
    await claire.do("cast_ballot", round=opened["id"], head=1, marks={opened["options"][3]["id"]: 1}, final=False)
    await do("close_round", round=opened["id"], show=True)
    await walls.look("mur-roti-resultat", text="médiane 4")
    await do("publish_minutes", on="2026-10-16")
    await do("end_session")
    await walls.look("mur-fin", text="Le compte rendu sera à la même adresse à partir du 16 octobre.")
    await walls.see("Merci à toutes et à tous.")
    await do("resume_session")
    await do("edit_block", block=scale["id"], view="fin", wall="Prochaine rencontre le jeudi 3 décembre à 9 h 30, à Toulouse.")
    await turn(quick, view="fin")
    await walls.look("mur-fin-date", text="Prochaine rencontre le jeudi 3 décembre")
    walls.conclude()


async def test_a_rehearsal_says_that_it_is_one_and_when_it_is_over(stage: Stage) -> None:
    quick = await Quick.made(stage, opened=False)
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    await nadia.page.goto(quick.page("preparer"))
    await nadia.is_in()
    await nadia.presses("Répéter")
    await nadia.page.get_by_role("dialog").get_by_role("button", name="Commencer la répétition").click()
    await nadia.page.wait_for_url("**-r/animer")
    page = await stage.page("mur", (1024, 768))
    await page.goto(quick.roles["projector"])
    await page.get_by_role("link", name="Entrer dans la répétition").click()
    await page.locator("main form button.primary").click()
    await page.wait_for_selector(READY)
    walls = Screens(stage, [page])
    await walls.look("mur-repetition", text="Répétition : rien n'est gardé")
    await nadia.goes_on("Étape suivante : Écrire en silence")
    await walls.look("mur-repetition-ecrire", text="Une idée par note")
    await nadia.page.goto(quick.page("preparer"))
    await nadia.is_in()
    await nadia.presses("Terminer la répétition")
    await walls.look("mur-repetition-finie", text="La répétition est terminée.")
    walls.conclude()


async def test_a_lost_connection_is_said_discreetly(stage: Stage) -> None:
    quick = await Quick.made(stage)
    walls = await Screens.of(stage, quick, ((1920, 1080),))
    await walls.see(SCENE.plain["titre"])
    stage.server.stop()
    try:
        await expect(walls.first.locator(".wall-away")).to_be_visible()
        await walls.see(SCENE.plain["titre"])
        assert await walls.first.locator(".wall-away").evaluate(SHARE) < 0.08
    finally:
        stage.server.start()
    await expect(walls.first.locator(".wall-away")).to_have_count(0)
    stage.faults.clear()


async def test_the_screen_is_kept_awake(stage: Stage) -> None:
    quick = await Quick.made(stage)
    page = await stage.page("mur")
    await page.add_init_script("""
      globalThis.asked = [];
      if ("wakeLock" in navigator) navigator.wakeLock.request = async (kind) => {
        globalThis.asked.push(kind);
        return { release: async () => undefined };
      };
    """)
    await page.goto(quick.roles["projector"])
    await page.locator("main form button.primary").click()
    await page.wait_for_selector(READY)
    assert await page.evaluate("() => globalThis.asked") == ["screen"]
