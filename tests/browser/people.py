"""The people of a story, each acting on a real page as a person would: by the words on the screen."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.stage import COMPUTER, KEY, PHONE, TABLET, WALL, Stage

READY = "html[data-phase=ready]"
Ballot = dict[str, int]


def words(text: str) -> re.Pattern[str]:
    """A pattern for a phrase, whatever spaces and apostrophes the page sets it with."""
    loose = re.escape(text).replace(r"\ ", r"\s+").replace("'", "['’]").replace("/", r"\/")
    return re.compile(loose)


class Person:
    """Somebody before a page."""

    def __init__(self, page: Page, stage: Stage, name: str) -> None:
        self.page = page
        self.stage = stage
        self.name = name

    async def joins(self, link: str, *, site: str = "", service: str = "", department: str = "", manages: bool = False) -> None:
        """Open a link, fill in the door's form, come in."""
        await self.page.goto(link)
        await self.page.get_by_label(re.compile("^(Votre nom|Prénom|Nom)")).first.fill(self.name)
        if site:
            await self.page.get_by_role("radio", name=words(site)).check()
        if service:
            await self.page.get_by_label(words("Votre service")).fill(service)
        if department:
            await self.page.get_by_text(words("Préciser mon département")).click()
            await self.page.get_by_label(words("Votre département")).fill(department)
        if manages:
            await self.page.get_by_label(words("J'encadre une équipe")).check()
        await self.page.locator("button[name=entrer]").click()
        await self.is_in()

    async def is_in(self) -> None:
        """The page has its whole view."""
        await self.page.wait_for_selector(READY)

    async def presses(self, label: str | re.Pattern[str]) -> None:
        """Press the button of that name."""
        await self.page.get_by_role("button", name=words(label) if isinstance(label, str) else label).first.click()

    async def sees(self, text: str) -> None:
        """Read some words on the page, wherever they are."""
        await expect(self.page.get_by_text(words(text)).first).to_be_visible()

    async def does_not_see(self, text: str) -> None:
        """Those words are nowhere in the page, shown or hidden."""
        await expect(self.page.get_by_text(words(text))).to_have_count(0)

    async def shoots(self, title: str) -> None:
        """Keep a picture of the page beside the test's results."""
        folder = self.stage.screens
        if folder is not None:
            await self.page.screenshot(path=folder / f"{title}.png")


class Facilitator(Person):
    """Drives from Animer, prepares from Préparer."""

    @property
    def primary(self) -> Locator:
        """The one primary button."""
        return self.page.locator(".drive-primary .button.primary")

    async def signs_in(self) -> None:
        """Give the instance's key on the home page."""
        await self.page.goto(self.stage.server.url)
        await self.page.get_by_label(words("Clé d'animation")).fill(KEY)
        await self.presses("Se connecter")

    async def creates(self, title: str, method: str) -> None:
        """Make a session from a title and a method; arrives on Préparer."""
        await self.page.get_by_role("link", name=words("Préparer un atelier")).first.click()
        await self.page.get_by_label(words("Titre de l'atelier")).fill(title)
        await self.page.get_by_role("radio", name=words(method)).check()
        await self.page.get_by_label(words("Votre nom")).fill(self.name)
        await self.presses("Créer l'atelier")
        await self.is_in()

    async def describes(self, *, purpose: str, date: str, start: str, axis: str) -> None:
        """Fill in what the session says of itself."""
        await self.presses("Modifier l'objet")
        for label, value in (("Objet", purpose), ("Date", date), ("Début", start), ("Axe", axis)):
            field = self.page.get_by_role("dialog").get_by_label(label, exact=True)
            await field.fill(value)
            await field.blur()

    async def adds_site(self, name: str, heads: int) -> None:
        """Add a site in the open dialog, and the heads expected in its room."""
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("Nouveau site").fill(name)
        await dialog.get_by_role("button", name="Ajouter").click()
        await expect(dialog.get_by_role("button", name=words(f"Retirer {name}"))).to_be_visible()
        if heads:
            field = dialog.get_by_label(words(f"Personnes attendues à {name}"))
            await field.fill(str(heads))
            await field.blur()

    async def closes_dialog(self) -> None:
        """Leave the open dialog by its own button."""
        await self.page.get_by_role("dialog").get_by_role("button", name=re.compile("C’est bon|Fermer")).last.click()

    async def opens(self) -> None:
        """Open the workshop from Préparer; arrives on Animer."""
        await self.presses("Ouvrir l'atelier")
        await self.page.get_by_role("dialog").get_by_role("button", name=words("Ouvrir l'atelier")).click()
        await self.page.wait_for_url("**/animer")
        await self.is_in()

    async def goes_on(self, label: str) -> None:
        """Press the primary button once it says this, and confirm where it asks."""
        button = self.primary.filter(has_text=words(label))
        await expect(button).to_be_enabled()
        await button.click()
        dialog = self.page.get_by_role("dialog")
        # The dialog, where there is one, comes with the click; its own button bears the same words.
        if await dialog.count():
            await dialog.get_by_role("button", name=words(label)).click()

    async def is_at(self, step: str) -> None:
        """The head of the page names the step."""
        await expect(self.page.locator("#step-title")).to_have_text(words(step))

    async def shows_list(self) -> None:
        """Switch the board for its list."""
        await self.presses(re.compile("^Liste$"))

    async def gathers(self, texts: list[str], title: str) -> None:
        """Make a group of notes from the list, in words: the first with the title, then the others into it."""
        await self.acts_on(texts[0], "Regrouper…", "Nouveau groupe")
        await self.page.get_by_role("dialog").get_by_role("textbox").fill(title)
        await self.page.get_by_role("dialog").get_by_role("button", name=words("Regrouper")).click()
        await expect(self.page.get_by_role("heading", name=words(title))).to_be_visible()
        for text in texts[1:]:
            await self.acts_on(text, "Regrouper…", title)
            cluster = self.page.locator(".list-cluster").filter(has_text=words(title))
            await expect(cluster.get_by_text(words(text)).first).to_be_visible()

    async def acts_on(self, text: str, button: str, choice: str) -> None:
        """Use one note's menu in the list."""
        row = self.page.locator(".list-row").filter(has_text=words(text))
        await row.get_by_role("button", name=words(button)).click()
        await self.page.get_by_role("menuitem", name=words(choice)).or_(
            self.page.get_by_role("menuitemradio", name=words(choice))
        ).first.click()


class Participant(Person):
    """Takes part, on a phone or a computer."""

    async def writes(self, text: str, zone: str) -> None:
        """Put a note in a zone, by the composer."""
        await self.page.get_by_role("radio", name=words(zone)).check(force=True)
        await self.page.get_by_label("Votre note", exact=True).fill(text)
        await self.presses("Poser la note")
        await expect(self.page.locator(".own-list").get_by_text(words(text)).first).to_be_visible()

    async def votes(self, ballot: Ballot) -> None:
        """Place dots, each touch saved by itself."""
        for target, dots in ballot.items():
            for _ in range(dots):
                await self.page.get_by_role("button", name=re.compile(words(target).pattern + ".*Ajouter")).click()
        await self.sees("Gommettes enregistrées")

    async def answers(self, level: int) -> None:
        """Choose a level of a scale."""
        await self.page.locator(".level").filter(has=self.page.get_by_text(str(level), exact=True)).click()
        await self.sees("Réponse enregistrée")


class Room(Person):
    """A device that several heads share."""

    async def joins_room(self, link: str, heads: int) -> None:
        """Come in as a table of so many heads."""
        await self.page.goto(link)
        await self.page.locator("input[name=nom]").fill(self.name)
        await self.page.locator("input[name=tetes]").fill(str(heads))
        await self.page.locator("button[name=entrer]").click()
        await self.is_in()

    async def writes(self, text: str, zone: str) -> None:
        """Put a note for the table."""
        await self.page.get_by_role("radio", name=words(zone)).check(force=True)
        await self.page.get_by_label("Votre note", exact=True).fill(text)
        await self.presses("Poser la note")
        await expect(self.page.locator(".room-list").get_by_text(words(text)).first).to_be_visible()

    async def passes(self, ballots: list[Ballot]) -> None:
        """Pass the device from one head to the next, each depositing a ballot for good."""
        for ballot in ballots:
            await self.presses("C'est à moi")
            for target, dots in ballot.items():
                for _ in range(dots):
                    await self.page.get_by_role("button", name=re.compile(words(target).pattern + ".*Ajouter")).click()
            await self.presses("Déposer mon bulletin")
            sure = self.page.get_by_role("dialog").get_by_role("button", name=words("Déposer ainsi"))
            if sum(ballot.values()) < 3:
                await sure.click()
        await self.sees("bulletins de la table sont déposés")

    async def passes_levels(self, levels: list[int]) -> None:
        """Pass the device for a scale."""
        for level in levels:
            await self.presses("C'est à moi")
            await self.page.locator(".level").filter(has=self.page.get_by_text(str(level), exact=True)).click()
            await self.presses("Déposer mon bulletin")
        await self.sees("bulletins de la table sont déposés")


async def facilitator(stage: Stage, name: str, size: tuple[int, int] = COMPUTER) -> Facilitator:
    """A facilitator before a fresh page."""
    return Facilitator(await stage.page(name, size), stage, name)


async def participant(stage: Stage, name: str, size: tuple[int, int] = PHONE) -> Participant:
    """A participant before a fresh page."""
    return Participant(await stage.page(name, size, touch=size == PHONE), stage, name)


async def room(stage: Stage, name: str) -> Room:
    """A shared tablet."""
    return Room(await stage.page(name, TABLET, touch=True), stage, name)


async def wall(stage: Stage) -> Person:
    """A projector."""
    return Person(await stage.page("mur", WALL), stage, "mur")
