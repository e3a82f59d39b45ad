"""Groups that mix services and sites: « 1-2-4-Tous » played up to its vote, from the draw to the ideas carried to everyone."""

import re
import tomllib
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from server.cli.people import Person as SocketPerson
from tests.browser.people import READY, Facilitator, Participant, Person, facilitator, participant, wall, words
from tests.browser.quick import Quick
from tests.browser.stage import PHONE, Stage

SCENE = tomllib.loads((Path(__file__).parents[1] / "scenarios" / "convocations-examens.toml").read_text(encoding="utf-8"))
SITES = {site["id"]: site["nom"] for site in SCENE["sites"]}
PEOPLE = {SITES[id]: {one["nom"]: one["service"] for one in SCENE["personnes"] if one["site"] == id} for id in SITES}
IDEAS: dict[int, dict[str, Any]] = {one["groupe"]: one for one in SCENE["idees"]}
CHOSEN = [one["retenue"] for one in SCENE["idees"]]
ROOMS = [site["nom"] for site in SCENE["sites"] if site["salle"]]


class Cast:
    """The twelve, on sockets; Nadia on Animer; the wall; and, once groups are drawn, somebody of group 3 on a phone."""

    def __init__(self, stage: Stage, quick: Quick, nadia: Facilitator, wall: Person) -> None:
        self.stage = stage
        self.quick = quick
        self.nadia = nadia
        self.wall = wall
        self.phone: Page

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """The seats of each group, by its name, as the facilitators see them."""
        driver = self.quick.driver
        names = {one["id"]: one["name"] for one in driver.all("group")}
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in names.values()}
        for one in driver.all("placement"):
            seat = driver.get("seat", one["seat"])
            assert seat is not None
            found[names[one["group"]]].append(seat)
        return found

    def members(self, group: int) -> list[SocketPerson]:
        """The sockets of a group's people."""
        return [self.quick.crowd[seat["name"]] for seat in self.groups()[f"Groupe {group}"] if seat["name"] in self.quick.crowd]

    def card(self, group: int) -> Locator:
        """A group's card on Animer."""
        return self.nadia.page.get_by_role("region", name=f"Groupe {group}", exact=True)


async def gathered(stage: Stage) -> Cast:
    """The session, its three sites, the twelve with their services; Nadia and the wall before their pages."""
    quick = await Quick.made(stage, title=SCENE["titre"], method=SCENE["methode"], opened=False)
    driver = quick.driver
    for site, plain in zip(driver.all("site"), SCENE["sites"], strict=True):
        await driver.do("put_site", site=site["id"], name=plain["nom"], room=plain["salle"], heads=plain.get("tetes", 0))
    await driver.do("describe_session", purpose=SCENE["objet"])
    await driver.do("open_session")
    ids = {one["name"]: one["id"] for one in driver.all("site")}
    for site_name, people in PEOPLE.items():
        for name, service in people.items():
            quick.crowd[name] = await SocketPerson.coming_by(
                quick.roles["participant"], nom=name, site=ids[site_name], service=service, entrer="1"
            )
    nadia = await facilitator(stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")
    screen = await wall(stage)
    await screen.page.goto(quick.roles["projector"])
    await screen.page.locator("main form button.primary").click()
    await screen.is_in()
    return Cast(stage, quick, nadia, screen)


async def drawn(cast: Cast) -> None:
    """Nadia forms groups of four mixed on service and site; nobody else sees the draft; what is asked is held."""
    nadia, driver = cast.nadia, cast.quick.driver
    await cast.quick.enter("À quatre")
    await nadia.goes_on("Former les sous-groupes")
    await expect(nadia.page.get_by_role("combobox", name=words("Personnes par sous-groupe"))).to_have_value("4")
    for what in ("les services", "les sites"):
        await expect(nadia.page.get_by_role("checkbox", name=what)).to_be_checked()
    await expect(nadia.page.locator(".group-card")).to_have_count(3)
    assert not any(person.all("group") or person.all("partition") for person in cast.quick.crowd.values())
    before = {name: {seat["id"] for seat in seats} for name, seats in cast.groups().items()}
    held(cast)
    await nadia.presses("Tirer à nouveau")
    await driver.until(lambda: len(driver.all("group")) == 3 and seen(cast) != before)
    held(cast)
    assert seen(cast) != before
    await nadia.shoots("sous-groupes-tirage")
    await moved_by_menu_and_back(cast)


def seen(cast: Cast) -> dict[str, set[str]]:
    """Who is where now."""
    return {name: {seat["id"] for seat in seats} for name, seats in cast.groups().items()}


def held(cast: Cast) -> None:
    """Four in each; at least two services in each; nobody remote alone with a room; nobody twice, nobody lost."""
    services = {name: service for people in PEOPLE.values() for name, service in people.items()}
    sites = {one["id"]: one["name"] for one in cast.quick.driver.all("site")}
    everyone = [seat["name"] for seats in cast.groups().values() for seat in seats]
    assert sorted(everyone) == sorted(services)
    for name, seats in cast.groups().items():
        assert len(seats) == SCENE["groupes"]["taille"], name
        assert len({services[seat["name"]] for seat in seats}) >= 2, name
        assert len({seat["site"] for seat in seats}) >= 2, name
        remote = [seat for seat in seats if sites[seat["site"]] not in ROOMS]
        assert len(remote) != 1, f"{name}: {remote} alone with a room"


async def moved_by_menu_and_back(cast: Cast) -> None:
    """A person goes to another group by their menu, and the lack that this makes is said; then comes back by drag."""
    page, driver = cast.nadia.page, cast.quick.driver
    first = cast.groups()["Groupe 1"][0]
    row = page.locator(".group-member").filter(has_text=first["name"])
    await page.get_by_role("button", name=words(f"Déplacer {first['name']}")).click()
    await page.get_by_role("menuitemradio", name="Groupe 2").click()
    await expect(cast.card(2).locator(".group-member")).to_have_count(5)
    await expect(page.get_by_role("button", name=words(f"Déplacer {first['name']}"))).to_be_focused()
    await row.drag_to(cast.card(1))
    await expect(cast.card(1).locator(".group-member")).to_have_count(4)
    await driver.until(lambda: first["id"] in {seat["id"] for seat in cast.groups()["Groupe 1"]})


async def apart(cast: Cast) -> None:
    """Everyone goes to their group's own board and writes there; Nadia sees every group at a glance."""
    nadia = cast.nadia
    await nadia.page.get_by_label(words("Minutes en sous-groupes")).fill("2")
    await nadia.goes_on("Envoyer dans les sous-groupes")
    await nadia.sees("Ramener tout le monde en plénière")
    held(cast)
    for number, ideas in IDEAS.items():
        for person, text in zip(cast.members(number), ideas["notes"], strict=False):
            await person.until(lambda person=person: bool(own_board(person)))
            board = own_board(person)[0]
            zone = next(one["id"] for one in person.all("zone") if one["board"] == board["id"])
            block = person.block
            assert block is not None
            await person.do("add_notes", board=board["id"], block=block["id"], notes=[{"text": text, "zone": zone}])
        await expect(cast.card(number)).to_contain_text("3 notes")
        await expect(cast.card(number)).to_contain_text(words(ideas["notes"][2]))
    await nadia.shoots("sous-groupes-au-travail")
    others = [note for person in cast.members(1) for note in person.all("note") if note["text"] in IDEAS[2]["notes"]]
    assert others == []


def own_board(person: SocketPerson) -> list[dict[str, Any]]:
    """The board of the group that a person is in."""
    return [board for board in person.all("board") if board["group"]]


async def helped(cast: Cast) -> None:
    """Group 3 asks for help from a phone; Nadia steps in, its members see her; she comes back."""
    nadia = cast.nadia
    seat = cast.groups()["Groupe 3"][0]
    asked = await nadia.page.request.get(cast.quick.page(f"liens?place={seat['id']}"))
    cast.phone = await cast.stage.page(seat["name"], PHONE, touch=True)
    await cast.phone.goto((await asked.json())["url"])
    await cast.phone.wait_for_selector(READY)
    await expect(cast.phone.get_by_text(words("Vous êtes dans le Groupe 3")).first).to_be_visible()
    await cast.quick.crowd[seat["name"]].do("raise_hand", reason="help")
    await expect(cast.card(3)).to_contain_text(words(f"{seat['name']} demande de l'aide"))
    await expect(nadia.page.locator(".people-calls")).to_contain_text("Groupe 3")
    await nadia.shoots("sous-groupes-aide")
    await cast.card(3).get_by_role("button", name="Rejoindre").click()
    await nadia.sees("Vous êtes avec le Groupe 3")
    await nadia.shows_list()
    for text in IDEAS[3]["notes"]:
        await expect(nadia.page.locator(".list-row").filter(has_text=words(text))).to_be_visible()
    await expect(nadia.page.locator(".list-row").filter(has_text=words(IDEAS[1]["notes"][0]))).to_have_count(0)
    await expect(cast.phone.get_by_text(words("Nadia (animation) est avec vous")).first).to_be_visible()
    await nadia.presses(re.compile("^Vu"))
    await nadia.presses("Revenir en plénière")
    await expect(cast.card(3).get_by_role("button", name="Actions pour Groupe 3")).to_be_focused()


async def joined_late(cast: Cast) -> Participant:
    """Somebody comes in during the groups, and lands in the smallest."""
    smallest = min(cast.groups().items(), key=lambda item: len(item[1]))
    camille = await participant(cast.stage, "Camille")
    await camille.joins(cast.quick.roles["participant"], site="À distance")
    await camille.sees("Vous êtes dans le Groupe")
    await cast.quick.driver.until(lambda: sum(len(seats) for seats in cast.groups().values()) == 13)
    sizes = {name: len(seats) for name, seats in cast.groups().items()}
    assert sorted(sizes.values()) == [4, 4, 5] and len(smallest[1]) == 4
    return camille


async def harvested(cast: Cast) -> None:
    """The minute's warning, the recall, and the three chosen ideas carried to everyone, with where they came from."""
    nadia = cast.nadia
    await cast.quick.driver.do("adjust_timer", seconds=-50)
    await expect(cast.phone.get_by_text(words("Encore une minute")).first).to_be_visible(timeout=90_000)
    await nadia.goes_on("Ramener tout le monde en plénière")
    await expect(cast.phone.get_by_text(words("Vous êtes dans le Groupe 3"))).to_have_count(0)
    await nadia.goes_on("Étape suivante : Tous ensemble")
    for text in CHOSEN:
        await nadia.page.get_by_role("checkbox", name=words(text)).check()
    await nadia.shoots("recolte")
    await nadia.goes_on("Récolter 3 notes")
    await nadia.presses("Tableau")
    for number, text in enumerate(CHOSEN, start=1):
        card = nadia.page.locator(".board [data-note]").filter(has_text=words(text))
        await expect(card).to_contain_text(f"venu du Groupe {number}")
    await nadia.shoots("recolte-tableau")
    await nadia.shows_list()
    for number, text in enumerate(CHOSEN, start=1):
        await expect(nadia.page.locator(".list-row").filter(has_text=words(text))).to_contain_text(f"venu du Groupe {number}")
        await cast.wall.sees(text)
        await cast.wall.sees(f"venu du Groupe {number}")
    await cast.wall.shoots("mur-recolte")
    await nadia.shoots("recolte-liste")


async def test_groups_mixed_on_service_and_site_bring_their_ideas_to_everyone(stage: Stage) -> None:
    cast = await gathered(stage)
    await drawn(cast)
    await apart(cast)
    await helped(cast)
    camille = await joined_late(cast)
    await harvested(cast)
    await camille.sees(CHOSEN[0])
    live = [note for note in cast.quick.driver.all("note") if note["group"]]
    assert sorted(note["text"] for note in live) == sorted(CHOSEN) and all(note["origin"] for note in live)
    await cast.nadia.presses("Récolte")
    for text in CHOSEN:
        await expect(cast.nadia.page.get_by_role("checkbox", name=words(text))).to_be_disabled()
