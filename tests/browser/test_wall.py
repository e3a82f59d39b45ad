"""The wall in all its states, on three projectors: everything legible from the back, nothing cut, exactly what was asked."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import expect

from tests.browser.people import READY
from tests.browser.quick import SCENE, Quick
from tests.browser.screens import MEASURE, SMALLEST, Screens
from tests.browser.stage import Server, Stage, served, staged

LONG_TITLE = "Réussir l’arrivée d’un nouvel agent dans les services départementaux de l’Éducation nationale, année 2026-2027"
WORD = "anticonstitutionnellement"
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
    await do("announce", text="Pause à 10 h 45 : le café est dans la salle Vidal, au premier étage, à droite de l’ascenseur.")
    await walls.look("mur-ecrire-suspendu", text="Saisie suspendue")
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
    do = quick.driver.do
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
        last = await walls.first.locator(".page-dots > span").last.get_attribute("data-here")
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
    await walls.see("La seconde page")
    assert quick.driver.all("wall") == [] or quick.driver.all("wall")[0]["turning"] == 0
    await turn(quick, page=1, turning=1)
    await walls.see("La première page")
    await walls.see("La seconde page")
    await walls.see("La première page")
    await quick.driver.do("hold_wall", held=True)
    await walls.see("La première page")
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
                await expect(walls.first.locator(".page-dots > span").nth(page)).to_have_attribute("data-here", "true")
            await walls.look(f"mur-regrouper-{count}-{page}")
            rows = [await wall.locator(".cluster-name").all_inner_texts() for wall in walls.pages]
            assert rows[0] == rows[1] == rows[2]
            named |= set(rows[0])
        dots = walls.first.locator(".page-dots > span[data-here]")
        if await dots.count() <= page + 1:
            break
    assert named == set(titles)
    walls.conclude()
