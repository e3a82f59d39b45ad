"""A whole workshop, from the link to the downloaded archive: three sites, six real pages, four people on plain sockets."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

from playwright.async_api import expect

from server.cli.people import Person as SocketPerson
from tests.browser.people import Facilitator, Participant, Person, Room, facilitator, participant, room, wall, words
from tests.browser.scene import SHORT, ZONES, Scene
from tests.browser.stage import COMPUTER, Stage

SCENE = Scene()
STEPS = [
    "Accueil", "Écrire en silence", "Lire, site par site", "Regrouper", "Gommettes", "Actions", "Bilan de l'atelier", "Clôture",
]  # fmt: skip
CLUSTERS = list(SCENE.points)


class Cast:
    """Everyone in the story, and their links."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.sockets: dict[str, SocketPerson] = {}
        self.links: dict[str, dict[str, str]] = {}
        self.nadia: Facilitator
        self.etienne: Facilitator
        self.maiwenn: Participant
        self.claire: Facilitator
        self.toulouse: Room
        self.wall: Person

    async def come_in(self) -> None:
        """Everyone joins by a link, as they would."""
        roles, rooms = self.links["roles"], self.links["rooms"]
        self.etienne = await facilitator(self.stage, "Étienne", (1280, 800))
        await self.etienne.joins(roles["cofacilitator"], site="Toulouse", service="Secrétariat général")
        self.maiwenn = await participant(self.stage, "Maïwenn")
        await self.maiwenn.joins(roles["participant"], site="Montpellier", service="DRAJES", manages=True)
        claire = await self.stage.page("Claire", COMPUTER)
        self.claire = Facilitator(claire, self.stage, "Claire")
        await self.claire.joins(roles["participant"], site="À distance", service="DSDEN de l'Aude", department="11")
        self.toulouse = await room(self.stage, "Table Toulouse")
        await self.toulouse.joins_room(rooms["Toulouse, rectorat"], 4)
        self.wall = await wall(self.stage)
        await self.wall.page.goto(roles["projector"])
        await self.wall.page.locator("main form button.primary").click()
        await self.wall.is_in()
        for name in ("Jean-Baptiste", "Öznur", "Loïc", "Anaïs"):
            one = SCENE.person(name)
            self.sockets[name] = await SocketPerson.coming_by(
                roles["participant"], nom=name, site=self.links["ids"][SCENE.site(one["site"])],
                service=one.get("service", ""), entrer="1",
            )
        self.sockets["Salle Montpellier"] = await SocketPerson.coming_by(
            rooms["Montpellier, Hôtel de Grave"], nom="Salle Montpellier", tetes="3", entrer="1"
        )

    async def leave(self) -> None:
        """The sockets close; the pages are the stage's."""
        for person in self.sockets.values():
            await person.leave()


async def prepared(stage: Stage) -> Cast:
    """Nadia signs in, makes the session on Préparer with its sites, opens it, and everyone comes in."""
    cast = Cast(stage)
    stage.leaving.append(cast.leave)
    nadia = cast.nadia = await facilitator(stage, "Nadia")
    await nadia.signs_in()
    await nadia.creates(SCENE.plain["titre"], "Speed Boat")
    plain = SCENE.plain
    await nadia.describes(purpose=plain["objet"], date=plain["date"], start=plain["debut"], axis=plain["axe"])
    for site in SCENE.plain["sites"]:
        await nadia.adds_site(site["nom"], site.get("tetes", 0))
    await nadia.closes_dialog()
    await nadia.sees("Le plan est complet")
    await nadia.shoots("preparer")
    cast.links = await links_of(nadia)
    await nadia.opens()
    await cast.come_in()
    return cast


async def links_of(nadia: Facilitator) -> dict[str, dict[str, str]]:
    """The links that Préparer shows, by role and by room; and the sites' ids, which a socket's form needs."""
    await nadia.presses("Inviter")
    await expect(nadia.page.get_by_role("dialog").get_by_text("Projeter", exact=True)).to_be_visible()
    address = await nadia.page.locator("#page").get_attribute("data-links")
    found = await (await nadia.page.request.get(nadia.stage.server.url + str(address))).json()
    await nadia.shoots("liens")
    await nadia.closes_dialog()
    door = await (await nadia.page.request.get(found["roles"]["participant"]["url"])).text()
    ids = dict(re.findall(r'name="site" value="(\w+)".*?<strong>(.*?)</strong>', door))
    return {
        "roles": {role: link["url"] for role, link in found["roles"].items()},
        "rooms": {ids[site]: link["url"] for site, link in found["rooms"].items()},
        "ids": {name: site for site, name in ids.items()},
    }


async def written_in_silence(cast: Cast) -> None:
    """Everyone writes; nobody sees anybody's text before the reveal; then all appear together."""
    await cast.nadia.goes_on("Étape suivante : Écrire en silence")
    await cast.maiwenn.sees("Personne d'autre ne voit vos notes")
    await cast.wall.sees("Personne ne voit vos notes")
    for zone, text in SCENE.notes("Maïwenn"):
        await cast.maiwenn.writes(text, SHORT[zone])
    for zone, text in SCENE.notes("Table Toulouse"):
        await cast.toulouse.writes(text, SHORT[zone])
    for zone, text in SCENE.notes("Claire"):
        await by_keyboard(cast.claire, text, zone)
    for name, person in cast.sockets.items():
        board, block = person.all("board")[0]["id"], person.block
        assert block is not None
        for zone, text in SCENE.notes(name):
            here = next(one["id"] for one in person.all("zone") if words(ZONES[zone]).match(one["title"]))
            await person.do("add_notes", board=board, block=block["id"], notes=[{"text": text, "zone": here}])
    await cast.nadia.does_not_see("Pas d'adresse de messagerie le premier jour")
    await cast.maiwenn.does_not_see("Pas d'adresse de messagerie le premier jour")
    await cast.nadia.shoots("animer-ecrire")
    await cast.maiwenn.shoots("participer-ecrire")
    await cast.toulouse.shoots("salle-ecrire")
    await cast.wall.shoots("mur-ecrire")
    await cast.etienne.goes_on("Révéler les 18 notes")
    await cast.maiwenn.presses("Tout le monde")
    for person in (cast.nadia, cast.maiwenn, cast.claire):
        await expect(person.page.get_by_text(words("PC pas prêt")).first).to_be_attached()
    await cast.nadia.goes_on("Étape suivante : Lire, site par site")
    await cast.wall.shoots("mur-lire")
    await cast.maiwenn.shoots("participer-lire")


async def by_keyboard(claire: Facilitator, text: str, zone: str) -> None:
    """Claire never touches the mouse: Tab to the zone and the field, arrows to choose, Enter to put."""
    page = claire.page
    await page.get_by_role("radio", name=words(SHORT[zone])).focus()
    await page.keyboard.press("Space")
    await page.get_by_label("Votre note", exact=True).focus()
    await page.keyboard.type(text)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".own-list").get_by_text(words(text)).first).to_be_visible()


async def gathered(cast: Cast) -> None:
    """Nadia gathers from the list; Claire, by keyboard alone, gathers one group herself."""
    await cast.nadia.goes_on("Étape suivante : Regrouper")
    await cast.nadia.shows_list()
    await cast.etienne.shows_list()
    groups = {one["titre"]: one["notes"] for one in SCENE.plain["grappes"]}
    for title in CLUSTERS[:3]:
        await cast.nadia.gathers(groups[title], title)
    await claire_gathers(cast.claire, groups["Formation tardive"][0], "Formation tardive")
    await expect(cast.nadia.page.get_by_role("heading", name=words("Formation tardive"))).to_be_visible()
    for title in CLUSTERS:
        await cast.wall.sees(title)
    await cast.wall.shoots("mur-regrouper")
    await cast.nadia.shoots("animer-liste")
    await cast.nadia.presses("Tableau")
    await cast.nadia.shoots("animer-regrouper")


async def claire_gathers(claire: Facilitator, text: str, title: str) -> None:
    """In the list view, with keys only: G opens the menu of the note under focus."""
    page = claire.page
    await page.get_by_role("button", name="Liste", exact=True).focus()
    await page.keyboard.press("Enter")
    row = page.locator("[data-note]").filter(has_text=words(text)).first
    await row.focus()
    await page.keyboard.press("g")
    await expect(page.get_by_role("menuitem", name=words("Nouveau groupe"))).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    await page.keyboard.type(title)
    await page.keyboard.press("Enter")


async def voted(cast: Cast) -> None:
    """Thirteen heads vote in secret; the tally comes out everywhere at once."""
    await cast.nadia.goes_on("Étape suivante : Gommettes")
    await cast.nadia.goes_on("Ouvrir le vote")
    await cast.maiwenn.sees("Par quoi commencer")
    await cast.maiwenn.votes(SCENE.ballots("Maïwenn")[0])
    await cast.maiwenn.shoots("participer-voter")
    await cast.claire.presses("Y aller")  # she was reading the list: nobody took her away from it
    await Participant(cast.claire.page, cast.stage, "Claire").votes(SCENE.ballots("Claire")[0])
    await cast.toulouse.passes(SCENE.ballots("Table Toulouse"))
    for name, person in cast.sockets.items():
        await person.until(lambda person=person: any(one["status"] == "open" for one in person.all("round")))
        opened = next(one for one in person.all("round") if one["status"] == "open")
        options = {one["title"]: one["id"] for one in opened["options"]}
        for head, ballot in enumerate(SCENE.ballots(name), 1):
            marks = {options[title]: dots for title, dots in ballot.items()}
            await person.do("cast_ballot", round=opened["id"], head=head, marks=marks, final=name.startswith("Salle"))
    await expect(cast.nadia.page.locator(".turnout")).to_contain_text("13")
    assert not any(one["points"] for person in cast.sockets.values() for tally in person.all("tally") for one in tally["rows"])
    await cast.nadia.shoots("animer-voter")
    await cast.wall.shoots("mur-voter")
    await cast.nadia.goes_on("Clore le vote et afficher le résultat")
    for person in (cast.nadia, cast.wall, cast.maiwenn):
        for title, points in SCENE.points.items():
            row = person.page.locator("main li").filter(has_text=words(title)).filter(has_text=str(points))
            await expect(row.first).to_be_visible()
        await person.shoots(f"resultat-{person.name}")
    await cast.nadia.sees("un site a moins de cinq participants")


async def decided(cast: Cast) -> None:
    """Actions are noted on the room's device and by the facilitator; the wall shows them as they come."""
    await cast.nadia.goes_on("Étape suivante : Actions")
    for action in SCENE.plain["actions"]:
        page = cast.nadia.page
        await cast.nadia.presses("Noter une action")
        form = page.get_by_role("form", name=words("Noter une action"))
        await form.get_by_label("Quoi").fill(action["quoi"])
        await form.get_by_label("Qui").fill(action["qui"])
        await form.get_by_label("Quand").fill(action["quand"])
        await cast.nadia.sees("Ce nom figurera au compte rendu")
        await form.get_by_role("button", name=words("Ajouter l'action")).click()
        await cast.wall.sees(action["quoi"])
    await cast.wall.sees("Öznur")
    await cast.nadia.shoots("animer-actions")
    await cast.wall.shoots("mur-actions")


async def reviewed(cast: Cast) -> None:
    """ROTI: thirteen answers, shown as a distribution and a median."""
    await cast.nadia.goes_on("Étape suivante : Bilan de l'atelier")
    await cast.nadia.goes_on("Ouvrir le vote")
    levels = SCENE.levels()
    await cast.maiwenn.answers(levels.pop())
    await Participant(cast.claire.page, cast.stage, "Claire").answers(levels.pop())
    await cast.toulouse.passes_levels([levels.pop(0) for _ in range(4)])
    for name, person in cast.sockets.items():
        await person.until(lambda person=person: any(one["status"] == "open" for one in person.all("round")))
        opened = next(one for one in person.all("round") if one["status"] == "open")
        for head in range(1, 4 if name.startswith("Salle") else 2):
            level = opened["options"][levels.pop(0) - 1]["id"]
            await person.do("cast_ballot", round=opened["id"], head=head, marks={level: 1}, final=name.startswith("Salle"))
    await cast.nadia.goes_on("Clore le vote et afficher le résultat")
    await cast.nadia.shoots("animer-roti")
    await cast.wall.shoots("mur-roti")
    await cast.nadia.goes_on("Étape suivante : Clôture")
    await cast.wall.shoots("mur-fin")


async def archived(cast: Cast, folder: Path) -> tuple[Path, Path]:
    """Nadia ends, archives, downloads both parts and has one verified."""
    nadia = cast.nadia
    await nadia.goes_on("Terminer l'atelier")
    await cast.maiwenn.sees("L'atelier est terminé. Merci.")
    await cast.maiwenn.shoots("participer-fin")
    await nadia.shoots("animer-relire")
    await nadia.goes_on("Relire le compte rendu")
    await nadia.page.wait_for_url("**/relire")
    await nadia.shoots("relire")
    await nadia.presses("Archiver l'atelier")
    await nadia.page.wait_for_url("**/archive")
    await expect(nadia.page.get_by_role("heading", name=words("À télécharger"))).to_be_visible(timeout=60_000)
    await nadia.sees("Ce qui va être fait")
    await nadia.shoots("archive")
    parts = []
    for part in ("diffusion", "reserve"):
        async with nadia.page.expect_download() as coming:
            await nadia.page.locator(f'a[href$="/archive/{part}"]').click()
        given = await coming.value
        path = folder / given.suggested_filename
        await given.save_as(path)
        parts.append(path)
    return parts[0], parts[1]


def read_csv(part: Path, name: str) -> list[dict[str, str]]:
    """A table of a part, as a spreadsheet would open it."""
    with zipfile.ZipFile(part) as files:
        inside = next(one for one in files.namelist() if one.endswith(name))
        return list(csv.DictReader(io.StringIO(files.read(inside).decode("utf-8-sig")), delimiter=";"))


async def test_a_whole_workshop_from_the_link_to_the_verified_archive(stage: Stage, tmp_path: Path) -> None:
    cast = await prepared(stage)
    await cast.nadia.shoots("animer-accueil")
    await cast.wall.shoots("mur-accueil")
    await written_in_silence(cast)
    await gathered(cast)
    await voted(cast)
    await decided(cast)
    await reviewed(cast)
    shared, reserved = await archived(cast, tmp_path)

    assert shared.name.startswith("2026-10-14_") and "_diffusion_v1" in shared.name and "_reserve_v1" in reserved.name
    said = stage.server.run("verify", str(shared)) + stage.server.run("verify", str(reserved))
    assert said.count("intact") == 2
    with zipfile.ZipFile(shared) as files:
        everything = b"".join(files.read(name) for name in files.namelist())
    for name in ("Jean-Baptiste", "Maïwenn", "Anaïs", "Claire", "Étienne"):
        assert name.encode() not in everything, f"{name} is in the part to share"
    for name in ("Öznur", "Loïc"):  # in charge of an action: by decision, in the minutes
        assert name.encode() in everything
    gommettes = [row for row in read_csv(shared, "votes.csv") if row["Étape"] == "Gommettes"]
    assert {row["Choix"]: int(row["Points"]) for row in gommettes} == SCENE.points
    assert {(row["Bulletins"], row["Personnes"]) for row in gommettes} == {("13", "13")}
    assert recounted(shared) == SCENE.points
    assert read_csv(shared, "notes.csv") and {row["Quoi"] for row in read_csv(shared, "actions.csv")} == {
        action["quoi"] for action in SCENE.plain["actions"]
    }


def recounted(part: Path) -> dict[str, int]:
    """The tally of the dots, counted again from the ballots that the part holds."""
    with zipfile.ZipFile(part) as files:
        vote = json.loads(files.read(next(name for name in files.namelist() if name.endswith("vote-1-gommettes.json"))))
    titles = {option["id"]: option["title"] for option in vote["round"]["options"]}
    points = dict.fromkeys(titles.values(), 0)
    for ballot in vote["ballots"]:
        for option, dots in ballot["marks"].items():
            points[titles[option]] += dots
    return points
