"""The demonstration played: simulated people come in, write, gather, vote and decide, at a human pace, while you watch.

Whoever watches may take part and even drive: what the actors find already done, they leave alone.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from facilitation.methods import Method
from server import telemetry
from server.cli.demonstration import Demonstration, Figure, Idea
from server.cli.people import Person, Refused
from server.cli.ready import Ready

WRITING = (4.0, 14.0)
"""Seconds between two notes of one person, at speed 1."""
READING = 6.0
"""Seconds given to read what has just appeared, at speed 1."""


class Play:
    """One performance. `speed` 1 is a lively workshop of about four minutes; 100 is for tests."""

    def __init__(self, shown: Demonstration, method: Method, ready: Ready, *, speed: float = 1.0, seed: int = 7) -> None:
        self._shown = shown
        self._blocks = {block.id: block.titre for block in method.blocs}
        self._zones = {zone.id: zone.titre for board in method.tableaux for zone in board.zones}
        self._ready = ready
        self._speed = speed
        self._chance = random.Random(seed)
        self.cast: dict[str, Person] = {}

    @property
    def driver(self) -> Person:
        """The actor who facilitates."""
        name = next(figure.nom for figure in self._shown.personnes if figure.role == "facilitator")
        return self.cast[name]

    async def perform(self) -> None:
        """The whole play, from the door to the last block; the session stays open behind it."""
        await self._come_in()
        await self._write()
        await self._gather()
        await self._vote_dots()
        await self._decide()
        await self._vote_level()
        await self._enter("fin")

    async def leave(self) -> None:
        """Everyone closes their page."""
        await asyncio.gather(*(person.leave() for person in self.cast.values()))

    # --- scenes

    async def _come_in(self) -> None:
        sites = {place.id: place.nom for place in self._shown.sites}
        driver = next(figure for figure in self._shown.personnes if figure.role == "facilitator")
        others = [figure for figure in self._shown.personnes if figure is not driver]
        self.cast[driver.nom] = await Person.coming_by(self._ready.url("facilitator"), nom=driver.nom)
        ids = {site["name"]: site["id"] for site in self.driver.all("site")}
        for figure in others:
            await self._pause(1.5)
            site = ids[sites[figure.site]]
            url = self._ready.url(figure.role, site if figure.role == "room" else "")
            self.cast[figure.nom] = await Person.coming_by(url, **_form(figure, site))

    async def _write(self) -> None:
        block = await self._enter("ecrire")
        await self._tolerated(self.driver.do("start_timer"))
        zones = {zone["title"]: zone["id"] for zone in self.driver.all("zone") if zone["board"] == block["board"]}
        by_author: dict[str, list[Idea]] = {}
        for idea in self._shown.notes:
            by_author.setdefault(idea.de, []).append(idea)
        await asyncio.gather(*(self._writes(name, ideas, zones, block) for name, ideas in by_author.items()))
        await self._pause(READING)
        await self._enter("lire")
        await self._tolerated(self.driver.do("reveal_notes", block=block["id"]))
        await self._pause(2 * READING)

    async def _writes(self, name: str, ideas: list[Idea], zones: dict[str, str], block: dict[str, str]) -> None:
        for idea in ideas:
            await self._pause(self._chance.uniform(*WRITING))
            note = {"text": idea.texte, "zone": zones.get(self._zones[idea.zone], "")}
            await self._tolerated(self.cast[name].do("add_notes", board=block["board"], block=block["id"], notes=[note]))

    async def _gather(self) -> None:
        await self._enter("regrouper")
        hands = [person for figure, person in self._acting() if figure.role == "participant"]
        for heap in self._shown.groupes:
            texts = [idea.texte for idea in self._shown.notes if idea.groupe == heap.id]
            notes = [note["id"] for note in self.driver.all("note") if note["text"] in texts]
            await self._pause(READING / 2)
            if notes:
                await self._tolerated(self._chance.choice(hands).do("gather_notes", notes=notes, title=heap.titre))

    async def _vote_dots(self) -> None:
        titles = {heap.id: heap.titre for heap in self._shown.groupes}

        def marks(dots: dict[str, int], options: dict[str, str]) -> dict[str, int]:
            return {options[titles[heap]]: count for heap, count in dots.items() if titles[heap] in options}

        await self._enter("choisir")
        await self._round(lambda figure, options: [marks(dots, options) for dots in figure.dots], comments=False)

    async def _vote_level(self) -> None:
        await self._enter("roti")

        def levels(figure: Figure, options: dict[str, str]) -> list[dict[str, int]]:
            ordered = list(options.values())
            return [{ordered[level - 1]: 1} if level else {} for level in figure.levels]

        await self._round(levels, comments=True)

    async def _round(self, choose: Callable[[Figure, dict[str, str]], list[dict[str, int]]], *, comments: bool) -> None:
        """Open the current block's vote, have everyone answer, close it and show the result."""
        block = self.driver.block or {"id": ""}
        await self._tolerated(self.driver.do("open_round", block=block["id"]))
        found = [one for one in self.driver.all("round") if one["block"] == block["id"] and one["status"] == "open"]
        if not found:
            return
        round = found[-1]
        options = {option["title"]: option["id"] for option in round["options"]}
        voters = [(figure, person) for figure, person in self._acting() if figure.role != "facilitator"]
        await asyncio.gather(
            *(self._casts(person, figure, round["id"], choose(figure, options), comments) for figure, person in voters)
        )
        await self._pause(READING)
        await self._tolerated(self.driver.do("close_round", round=round["id"], show=True))
        await self._pause(READING)

    async def _casts(self, person: Person, figure: Figure, round: str, choices: list[dict[str, int]], comments: bool) -> None:
        for head, marks in enumerate(choices, 1):
            await self._pause(self._chance.uniform(1, 6))
            said = {"comment": figure.commentaire} if comments and head == 1 else {}
            final = figure.role == "room"
            await self._tolerated(
                person.do("cast_ballot", round=round, head=head, marks=marks, abstains=not marks, final=final, **said)
            )

    async def _decide(self) -> None:
        await self._enter("agir")
        for paper in self._shown.fiches:
            await self._pause(READING / 2)
            due = (datetime.now(UTC) + timedelta(days=paper.dans_jours)).date().isoformat() if paper.dans_jours else ""
            await self._tolerated(self.driver.do("add_sheet", type=paper.type, what=paper.quoi, who=paper.qui, when=due))

    # --- acting together

    def _acting(self) -> Iterable[tuple[Figure, Person]]:
        return ((figure, self.cast[figure.nom]) for figure in self._shown.personnes)

    async def _enter(self, name: str) -> dict[str, str]:
        """Make the block that the method names so current, and let everyone see it."""
        block = next(one for one in self.driver.all("block") if one["title"] == self._blocks[name])
        await self._tolerated(self.driver.do("enter_block", block=block["id"]))
        everyone = self.cast.values()
        await asyncio.gather(*(one.until(partial(_at, one, block["id"])) for one in everyone))
        await self._pause(2)
        return block

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)

    async def _tolerated(self, act: Awaitable[None]) -> None:
        """Act; a refusal only means that whoever watches was there first."""
        try:
            await act
        except Refused as refused:
            telemetry.event("actor_refused", level=logging.DEBUG, error=refused)


def _form(figure: Figure, site: str) -> dict[str, str]:
    fields = {"nom": figure.nom, "site": site, "service": figure.service, "departement": figure.departement}
    return fields | ({"encadre": "1"} if figure.encadre else {}) | ({"tetes": str(figure.tetes)} if figure.tetes > 1 else {})


def _at(person: Person, block: str) -> bool:
    return person.block is not None and person.block["id"] == block
