"""A workshop laid out in a second, over plain sockets, for stories that begin in its middle."""

from __future__ import annotations

import asyncio
from typing import Any

from server.cli.people import Person as SocketPerson
from tests.browser.people import words
from tests.browser.scene import ZONES, Scene
from tests.browser.stage import KEY, Stage

SCENE = Scene()
SITES = ("Montpellier", "Toulouse", "À distance")


class Quick:
    """A session with its links, and the socket of a facilitator who drives it from behind the scene."""

    def __init__(self, stage: Stage, id: str, roles: dict[str, str], rooms: dict[str, str], driver: SocketPerson) -> None:
        self.stage = stage
        self.id = id
        self.roles = roles
        self.rooms = rooms
        self.driver = driver
        self.crowd: dict[str, SocketPerson] = {}

    @classmethod
    async def made(
        cls, stage: Stage, *, title: str = SCENE.plain["titre"], method: str = "speed-boat", opened: bool = True
    ) -> Quick:
        """A new session on the stage's server: three sites, two of them rooms, opened at its first step."""
        url = stage.server.url
        context = await stage.browser.new_context()
        try:
            asked = context.request
            head = {"Origin": url}
            await asked.post(url + "/cle", form={"cle": KEY}, headers=head)
            made = await asked.post(url + "/seances", form={"titre": title, "nom": "Nadia", "methode": method}, headers=head)
            id = made.url.split("/")[4]
            links = await _links(asked, url, id)
            driver = await SocketPerson.coming_by(links["roles"]["facilitator"]["url"], nom="Étienne", entrer="1")
            for name in SITES:
                room = name != "À distance"
                await driver.do("put_site", name=name, room=room, heads=4 if room else 0)
            links = await _links(asked, url, id)
        finally:
            await context.close()
        names = {site["id"]: site["name"] for site in driver.all("site")}
        quick = cls(
            stage, id,
            {role: link["url"] for role, link in links["roles"].items()},
            {names[site]: link["url"] for site, link in links["rooms"].items()},
            driver,
        )  # fmt: skip
        stage.leaving.append(quick.leave)
        if opened:
            await driver.do("describe_session", purpose=SCENE.plain["objet"], axis=SCENE.plain["axe"])
            await driver.do("open_session")
        return quick

    def page(self, name: str) -> str:
        """The address of one of the session's pages."""
        return f"{self.stage.server.url}/s/{self.id}/{name}"

    def block(self, title: str) -> dict[str, Any]:
        """A step by its title."""
        return next(one for one in self.driver.all("block") if words(title).match(one["title"]))

    def zone(self, short: str) -> str:
        """The id of a zone, by the scene's name of it."""
        return str(next(one["id"] for one in self.driver.all("zone") if words(ZONES[short]).match(one["title"])))

    async def enter(self, title: str) -> None:
        """Make a step current."""
        block = self.block(title)
        await self.driver.do("enter_block", block=block["id"])
        await self.driver.until(lambda: (self.driver.block or {}).get("id") == block["id"])

    async def joins(
        self, name: str, *, site: str = "", role: str = "participant", room: str = "", heads: int = 1
    ) -> SocketPerson:
        """Somebody on a plain socket."""
        ids = {one["name"]: one["id"] for one in self.driver.all("site")}
        url = self.rooms[room] if room else self.roles[role]
        fields = {"nom": name, "entrer": "1", **({"site": ids[site]} if site else {}), **({"tetes": str(heads)} if room else {})}
        person = self.crowd[name] = await SocketPerson.coming_by(url, **fields)
        return person

    async def writes(self, person: SocketPerson, text: str, zone: str = "ancre") -> None:
        """One note by one person in the current step."""
        block = self.driver.block
        assert block is not None
        note = {"text": text, "zone": self.zone(zone)}
        await person.do("add_notes", board=self.driver.all("board")[0]["id"], block=block["id"], notes=[note])

    async def gather(self, texts: list[str], title: str) -> None:
        """A group of notes, once all are seen."""
        await self.driver.until(lambda: all(any(note["text"] == text for note in self.driver.all("note")) for text in texts))
        notes = [next(note["id"] for note in self.driver.all("note") if note["text"] == text) for text in texts]
        await self.driver.do("gather_notes", notes=notes, title=title)

    async def round(self) -> dict[str, Any]:
        """Open the current step's vote."""
        block = self.driver.block
        assert block is not None
        await self.driver.do("open_round", block=block["id"])

        def found() -> list[dict[str, Any]]:
            return [one for one in self.driver.all("round") if one["block"] == block["id"] and one["status"] == "open"]

        await self.driver.until(lambda: bool(found()))
        return found()[0]

    async def leave(self) -> None:
        """Every socket closes."""
        for person in (self.driver, *self.crowd.values()):
            await person.leave()

    # --- the scene's own course

    async def peopled(self) -> None:
        """The scene's people come in, tables included."""
        sites = {"montpellier": "Montpellier", "toulouse": "Toulouse", "distance": "À distance"}
        coming = []
        for one in SCENE.plain["personnes"]:
            site, role = sites[one["site"]], one.get("role", "")
            if role == "salle":
                coming.append(self.joins(one["nom"], room=site, heads=one["tetes"]))
            elif not role:
                coming.append(self.joins(one["nom"], site=site))
        await asyncio.gather(*coming)

    async def written(self) -> None:
        """They write their 18 notes in silence."""
        await self.enter("Écrire en silence")

        async def writes_all(name: str, person: SocketPerson) -> None:
            for zone, text in SCENE.notes(name):
                await self.writes(person, text, zone)

        await asyncio.gather(*(writes_all(name, person) for name, person in self.crowd.items()))

    async def gathered(self) -> None:
        """The notes are revealed, and gathered in the scene's groups."""
        await self.driver.do("reveal_notes", block=self.block("Écrire en silence")["id"])
        await self.enter("Regrouper")
        for group in SCENE.plain["grappes"]:
            await self.gather(group["notes"], group["titre"])

    async def voted(self, *, show: bool = True) -> None:
        """Thirteen heads vote; the result is shown."""
        await self.enter("Gommettes")
        await self.vote()
        round = self.driver.all("round")[-1]
        await self.driver.do("close_round", round=round["id"], show=show)

    async def vote(self) -> None:
        """The round opens and every ballot of the scene is in."""
        opened = await self.round()
        options = {one["title"]: one["id"] for one in opened["options"]}

        async def votes(name: str, person: SocketPerson) -> None:
            await person.until(lambda: person.get("round", opened["id"]) is not None)
            for head, ballot in enumerate(SCENE.ballots(name), 1):
                marks = {options[title]: dots for title, dots in ballot.items()}
                await person.do("cast_ballot", round=opened["id"], head=head, marks=marks, final=True)

        await asyncio.gather(*(votes(name, person) for name, person in self.crowd.items()))


async def _links(asked: Any, url: str, id: str) -> dict[str, Any]:
    found = await asked.get(f"{url}/s/{id}/liens")
    links: dict[str, Any] = await found.json()
    return links
