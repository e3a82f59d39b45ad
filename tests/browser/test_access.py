"""Every page in its main states: no finding of axe (RGAA, WCAG 2.2 AA), no sideways scroll at 320 px, nothing cut at 200 %."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import expect

from tests.browser.audit import Audit
from tests.browser.people import READY, Facilitator, Participant, Room, facilitator, participant, room, wall, words
from tests.browser.quick import SCENE, Quick
from tests.browser.stage import COMPUTER, KEY, PHONE, Server, Stage, served, staged


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("access")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


async def test_the_audit_sees_a_planted_fault(stage: Stage) -> None:
    page = await stage.page("quelqu'un")
    await page.goto(stage.server.url)
    await page.evaluate("""() => {
      const main = document.querySelector("main");
      const [field, wide] = ["input", "p"].map((name) => main.appendChild(document.createElement(name)));
      field.id = "plant";
      wide.textContent = "large";
      wide.style.width = "900px";
    }""")
    audit = Audit()
    await audit.look(page, "planted")
    await page.set_viewport_size({"width": 320, "height": 640})
    await audit.squeeze(page, "planted")
    assert any("label" in one and "#plant" in one for one in audit.findings)
    assert any("wider than the screen" in one for one in audit.findings)


async def test_pages_of_the_server(stage: Stage) -> None:
    audit = Audit()
    page = await stage.page("quelqu'un")
    url = stage.server.url
    for path in ("/", "/verifier", "/donnees", "/accessibilite"):
        await page.goto(url + path)
        await audit.both(page, path)
    await page.goto(url + "/nulle-part")
    await audit.both(page, "404")
    await page.goto(url)
    await page.get_by_label(words("Code de l'atelier")).fill("OOOO OOOO")
    await page.get_by_role("button", name=words("Rejoindre")).click()
    await page.get_by_text(words("Aucun atelier n'attend sous ce code")).wait_for()
    await audit.both(page, "wrong code")
    await page.get_by_label(words("Clé d'animation")).fill(KEY)
    await page.get_by_role("button", name=words("Se connecter")).click()
    await page.get_by_role("link", name=words("Préparer un atelier")).first.wait_for()
    await audit.both(page, "signed in")
    await page.goto(url + "/seances/nouvelle")
    await audit.both(page, "nouvelle")
    await page.get_by_role("button", name=words("Créer l'atelier")).click()
    await page.locator("[aria-invalid=true]").first.wait_for()
    await audit.both(page, "nouvelle, errors")
    stage.faults[:] = [one for one in stage.faults if "404" not in one and "422" not in one]
    audit.conclude()


async def test_the_door(stage: Stage) -> None:
    audit = Audit()
    quick = await Quick.made(stage, opened=False)
    page = await stage.page("quelqu'un", PHONE)
    for name, link in (*quick.roles.items(), ("room", quick.rooms["Toulouse"])):
        await page.goto(link)
        await audit.both(page, f"door, {name}")
    await page.goto(quick.roles["participant"])
    await page.locator("button[name=entrer]").click()
    await page.locator("[aria-invalid=true]").first.wait_for()
    await audit.both(page, "door, error")
    await page.goto(quick.page("donnees"))
    await audit.both(page, "data of the session")
    early = await participant(stage, "Maïwenn")
    await early.joins(quick.roles["participant"], site="Montpellier")
    await early.sees("Votre appareil est prêt.")
    await audit.both(early.page, "not open yet")
    here = next(site["id"] for site in quick.driver.all("site") if site["name"] == "Montpellier")
    await quick.driver.do("describe_session", date="2026-10-14", start="09:30")
    await quick.driver.do("put_practical", site=here, room="Salle Rabelais", wifi="invites, garrigue-34", phone="04 67 00 00 00")
    await quick.driver.do("put_practical", video="https://webconf.exemple.fr/" + "atelier-" * 12)
    await early.sees("L'atelier ouvre le 14 octobre à 9 h 30.")
    await early.sees("Salle Rabelais")
    await audit.both(early.page, "not open yet, practical")
    await quick.driver.do("open_session")
    await early.sees("Salle Rabelais")
    await audit.both(early.page, "welcome, practical")
    await early.presses("mon profil")
    await early.page.get_by_role("dialog").wait_for()
    await audit.both(early.page, "profile")
    await early.page.keyboard.press("Escape")
    await quick.enter("Écrire en silence")
    await early.page.get_by_label("Votre note", exact=True).fill("Pas eu le temps")
    await quick.driver.do("publish_minutes", on="2026-10-16")
    await quick.driver.do("end_session")
    await early.sees("L'atelier est terminé. Merci.")
    await early.sees("Pas eu le temps")
    await early.sees("Le compte rendu sera ici à partir du 16 octobre.")
    await audit.both(early.page, "ended")
    await page.goto(quick.roles["participant"])
    await audit.both(page, "door, ended")
    stage.faults[:] = [one for one in stage.faults if "422" not in one]
    audit.conclude()


async def test_preparing(stage: Stage) -> None:
    audit = Audit()
    quick = await Quick.made(stage, opened=False)
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    page = nadia.page
    await page.goto(quick.page("preparer"))
    await page.wait_for_selector(READY)
    await audit.both(page, "plan")
    for button in ("Modifier l'objet", "Inviter", "Étape"):
        await nadia.presses(button)
        await page.get_by_role("dialog").wait_for()
        await page.get_by_text(words("Les liens arrivent")).wait_for(state="detached")
        await audit.both(page, f"dialog, {button}")
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").wait_for(state="detached")
    audit.conclude()


class Everyone:
    """One of each before a page, looked at together in each step."""

    def __init__(self, stage: Stage, quick: Quick, audit: Audit) -> None:
        self.stage, self.quick, self.audit = stage, quick, audit
        self.nadia: Facilitator
        self.phone: Participant
        self.desk: Participant
        self.room: Room

    async def come_in(self) -> None:
        """By their links."""
        roles = self.quick.roles
        self.nadia = await facilitator(self.stage, "Nadia")
        await self.nadia.joins(roles["facilitator"], site="Montpellier")
        self.phone = await participant(self.stage, "Zoé")
        await self.phone.joins(roles["participant"], site="Montpellier")
        self.desk = await participant(self.stage, "Yann", COMPUTER)
        await self.desk.joins(roles["participant"], site="À distance")
        self.room = await room(self.stage, "Table du fond")
        await self.room.joins_room(self.quick.rooms["Toulouse"], 3)
        self.wall = await wall(self.stage)
        await self.wall.page.goto(roles["projector"])
        await self.wall.page.locator("main form button.primary").click()
        await self.wall.is_in()

    async def look(self, step: str, *, squeeze: bool = True) -> None:
        """All five pages, in the step that everyone sees."""
        look = self.audit.both if squeeze else self.audit.look
        everyone = (self.nadia, self.phone, self.desk, self.room)
        await asyncio.gather(
            *(look(person.page, f"{step}, {person.name}") for person in everyone),
            self.audit.look(self.wall.page, f"{step}, wall"),
        )


async def test_a_workshop_from_welcome_to_end(stage: Stage) -> None:
    quick = await Quick.made(stage)
    all = Everyone(stage, quick, Audit())
    await all.come_in()
    await all.look("accueil")
    await quick.peopled()
    await quick.written()
    await all.nadia.is_at("Écrire en silence")
    await all.phone.sees("Personne d'autre ne voit vos notes")
    await all.phone.writes("Une idée qui me vient", "Ancre")
    await all.look("écrire")
    await quick.gathered()
    for person in (all.phone, all.desk):
        await person.page.get_by_role("button", name="Tout le monde").or_(person.page.locator(".scene")).first.wait_for()
    await all.phone.presses("Tout le monde")
    await all.nadia.shows_list()
    await all.nadia.sees("Formation tardive")
    await all.look("regrouper, listes")
    await all.nadia.page.locator(".list-row").first.get_by_role("button", name="Autres actions").click()
    await all.audit.look(all.nadia.page, "note's menu")
    await all.nadia.page.keyboard.press("Escape")
    await all.phone.presses(words("Tableau"))
    await all.phone.page.locator(".board .zone").first.wait_for()
    await all.nadia.presses("Tableau")
    await all.look("regrouper, tableaux", squeeze=False)
    all.audit.conclude()

    await quick.enter("Gommettes")
    await all.look("avant le vote")
    await quick.vote()
    await all.phone.sees("Par quoi commencer")
    await all.room.sees("C'est à moi")
    await all.look("voter")
    await all.room.presses("C'est à moi")
    await all.audit.both(all.room.page, "voter, bulletin de la table")
    await quick.driver.do("close_round", round=quick.driver.all("round")[-1]["id"], show=True)
    for person in (all.nadia, all.phone, all.desk, all.wall):
        await person.sees("Se repérer, connaître les gens")
    await all.nadia.page.locator(".result").wait_for()
    await all.look("résultat")
    await all.nadia.presses("Chiffres")
    await all.audit.both(all.nadia.page, "résultat, chiffres")
    await quick.enter("Actions")
    for action in SCENE.plain["actions"]:
        await quick.driver.do("add_sheet", type="action", what=action["quoi"], who=action["qui"], when=action["quand"])
    await all.nadia.sees(SCENE.plain["actions"][0]["quoi"])
    await all.nadia.presses("Noter une décision")
    await all.look("actions")
    await quick.driver.do("end_session")
    await all.phone.sees("L'atelier est terminé. Merci.")
    await all.look("fin")
    await quick.driver.do("close_session")
    await all.nadia.primary.filter(has_text=words("Voir l'archive")).click(timeout=60_000)
    await all.nadia.page.wait_for_url("**/archive")
    await all.audit.both(all.nadia.page, "archive")
    all.audit.conclude()


async def test_working_in_groups(stage: Stage) -> None:
    quick = await Quick.made(stage)
    all = Everyone(stage, quick, Audit())
    await all.come_in()
    await quick.peopled()
    await quick.enter("Regrouper")
    block = quick.block("Regrouper")["id"]
    plan = {"mode": "random", "size": 5, "mix": [], "carry": False}
    await quick.driver.do("edit_block", block=block, groups=plan, rights={"participant": ["add", "edit", "move", "cluster"]})
    await quick.driver.do("draw_groups", block=block, mode="random", size=5)
    await quick.driver.until(lambda: bool(quick.driver.all("partition")))
    drawn = quick.driver.all("partition")[-1]["id"]
    await quick.driver.do("start_groups", partition=drawn, seconds=62)
    await all.phone.sees("Vous êtes dans le Groupe")
    where = next(seat["group"] for seat in quick.driver.all("seat") if seat["name"] == "Zoé")
    await quick.driver.do("step_in", group=where)
    await all.phone.writes("Une idée à quelques-uns", "Ancre")
    await all.phone.presses("Demander de l'aide")
    await all.phone.sees("avec vous")
    await all.phone.sees("Encore une minute avant le retour en plénière.")
    await all.look("sous-groupes")
    await all.phone.page.get_by_label("Votre note", exact=True).fill("Commencée en groupe")
    await quick.driver.do("recall_groups", partition=drawn)
    await all.phone.sees("Votre texte est gardé")
    await quick.driver.do("turn_wall", view="lire", focus=quick.zone("ancre"))
    await quick.driver.do("move_to_device", seat=next(s["id"] for s in quick.driver.all("seat") if s["name"] == "Yann"),
                          device=next(s["id"] for s in quick.driver.all("seat") if s["name"] == "Table du fond"))  # fmt: skip
    await all.desk.sees("Reprendre ici")
    await all.look("retour en plénière")
    all.audit.conclude()


MOVING = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const { transitionDuration, animationDuration } = getComputedStyle(one);
  return `${transitionDuration},${animationDuration}`.split(",").some((time) => parseFloat(time) > 0.001);
}).map((one) => `moves: ${one.tagName} ${one.className}`).slice(0, 5)"""
OUTLINE = "(one) => getComputedStyle(one).outlineStyle"
BORDER = "(one) => parseFloat(getComputedStyle(one).borderTopWidth)"


async def test_in_forced_colours_and_without_motion(stage: Stage) -> None:
    audit = Audit()
    quick = await Quick.made(stage)
    await quick.peopled()
    await quick.written()
    for size in (PHONE, COMPUTER):
        zoe = await participant(stage, "Zoé", size)
        page = zoe.page
        await page.emulate_media(forced_colors="active", reduced_motion="reduce")
        await page.goto(quick.roles["participant"])
        name = page.get_by_label("Votre nom")
        await name.focus()
        assert await name.evaluate(OUTLINE) != "none"
        site = page.get_by_role("radio", name="Toulouse")
        await site.check()
        await audit.look(page, "door")
        assert await page.evaluate(MOVING) == []
        await zoe.joins(quick.roles["participant"], site="Montpellier")
        await zoe.writes("Sans couleur ni mouvement", "Ancre")
        chosen, other = page.locator(".zone-chip.selected"), page.locator(".zone-chip:not(.selected)").first
        assert await chosen.evaluate(BORDER) > await other.evaluate(BORDER)
        field = page.get_by_label("Votre note", exact=True)
        await field.press("Tab")
        await page.keyboard.press("Shift+Tab")
        await expect(field).to_be_focused()
        assert await field.evaluate(OUTLINE) != "none"
        await audit.look(page, "writing")
        assert await page.evaluate(MOVING) == []
    audit.conclude()


async def test_the_drawers_of_a_phone(stage: Stage) -> None:
    audit = Audit()
    quick = await Quick.made(stage)
    nadia = await facilitator(stage, "Nadia", PHONE)
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    await quick.peopled()
    await quick.written()
    await quick.crowd["Claire"].do("raise_hand", reason="help")
    page = nadia.page
    await nadia.is_at("Écrire en silence")
    await audit.both(page, "animer")
    for name, id in (("Déroulé", "drive-rail"), ("Tableau", "drive-work"), ("Personnes", "drive-side")):
        button = page.locator(f"[aria-controls={id}]")
        drawer = page.locator(f"#{id}")
        assert await drawer.evaluate("(one) => one.inert") and await button.get_attribute("aria-expanded") == "false"
        await button.click()
        await page.locator(f"#{id}[data-open=true]").wait_for()
        await expect(drawer).to_be_focused()
        assert not await drawer.evaluate("(one) => one.inert"), name
        await audit.both(page, f"animer, {name}")
        await page.keyboard.press("Escape")
        await page.locator(f"#{id}[inert]").wait_for(state="attached")
        await expect(button).to_be_focused()
    await nadia.presses("Annoncer")
    await audit.both(page, "animer, announcing")
    audit.conclude()
