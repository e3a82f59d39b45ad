"""The facilitator's morning: prepare, rehearse, invite, plug two screens in, run, hand over, end twice, reread, archive twice."""

from __future__ import annotations

import re
import subprocess
import time
import zipfile
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.browser.audit import Audit
from tests.browser.people import Facilitator, Participant, Person, facilitator, participant, words
from tests.browser.stage import TABLET, WALL, Stage

TITLE = "Réussir l’arrivée d’un nouvel agent"
REHEARSED = "canari-de-répétition"
LEFT_OUT = ("Regrouper", "Gommettes", "Bilan de l’atelier")
ACTION = "Préparer le poste avant l’arrivée"


class Morning:
    """Nadia, who comes to work before the others, and everybody that she meets."""

    def __init__(self, stage: Stage, nadia: Facilitator) -> None:
        self.stage = stage
        self.nadia = nadia
        self.page = nadia.page
        self.address = nadia.page.url.removesuffix("/preparer")
        self.link = ""
        self.wall: Page
        self.tablet: Page
        self.people: list[Participant] = []

    @property
    def dialog(self) -> Locator:
        """The dialog on top."""
        return self.page.get_by_role("dialog").last

    async def fill(self, label: str, text: str) -> None:
        """Fill in a field of the dialog and leave it."""
        field = self.dialog.get_by_label(label, exact=True)
        await field.fill(text)
        await field.blur()

    # --- before

    async def prepares(self) -> None:
        """Every field of the page, and a plan of her own."""
        await self.nadia.describes(purpose="Mieux accueillir", date="2026-12-14", start="09:30", axis="Participation")
        await self.fill("Ce qui reste ouvert", "Le parcours des deux premières semaines")
        await self.fill("Ce qui n’est pas décidé d’avance", "Qui accompagne, et quand")
        await self.fill("Référence", "2026-ARR-044")
        for name, heads in (("Montpellier", 6), ("Toulouse", 4), ("À distance", 0)):
            await self.nadia.adds_site(name, heads)
        toulouse = self.dialog.locator(".site-line").nth(1)
        await toulouse.locator("summary").click()
        for label, text in (
            ("Salle", "Garonne, 2e étage"),
            ("Wi-Fi", "invites-31"),
            ("Téléphone en cas de souci", "05 61 00 00 00"),
        ):
            await toulouse.get_by_label(label, exact=True).fill(text)
        await self.fill("Lien de la visioconférence", "https://visio.example.fr/atelier")
        await self.nadia.closes_dialog()
        await self.nadia.sees("Le plan est complet")
        for title in LEFT_OUT:
            await self.page.locator(".plan-choose", has_text=words(title)).click()
            await self.page.get_by_role("button", name="Retirer", exact=True).click()
            await self.dialog.get_by_role("button", name="Retirer l’étape").click()
            await expect(self.page.locator(".plan-choose", has_text=words(title))).to_have_count(0)
        await self.page.locator(".plan-choose", has_text="Écrire en silence").click()
        await self.page.get_by_role("textbox", name=re.compile("^Au mur")).fill("Une idée par note, en silence.")
        await self.nadia.shoots("matin-preparer")

    async def rehearses(self) -> None:
        """A note is written and revealed for real, in a copy of which nothing stays."""
        self.link = await self._participants_link()
        await self.nadia.presses("Répéter")
        await self.dialog.get_by_role("button", name="Commencer la répétition").click()
        await self.page.wait_for_url("**-r/animer")
        await self.nadia.is_in()
        await self.nadia.shoots("matin-repeter")
        anais = await participant(self.stage, "Anaïs")
        await anais.page.goto(self.link)
        await anais.page.get_by_role("link", name="Entrer dans la répétition").click()
        await anais.joins(anais.page.url, site="Montpellier")
        await self.nadia.goes_on("Étape suivante : Écrire en silence")
        await anais.writes(REHEARSED, "Ancre")
        await self.nadia.does_not_see(REHEARSED)
        await self.nadia.goes_on("Révéler la note")
        await self.nadia.sees(REHEARSED)
        await self.nadia.shoots("matin-repetition")
        await self.page.goto(self.address + "/preparer")
        await self.nadia.is_in()
        await self.nadia.sees("Une répétition est en cours.")
        await self.nadia.presses("Terminer la répétition")
        await expect(self.page.get_by_text("Une répétition est en cours.")).to_have_count(0)
        await anais.sees("répétition est terminée")
        kept = b"".join(path.read_bytes() for path in self.stage.server.folder.rglob("*") if path.is_file())
        assert TITLE.encode() in kept
        assert REHEARSED.encode() not in kept, "the rehearsal left something in the store"
        assert b"Ana\xc3\xafs" not in kept
        await anais.page.context.close()

    async def _participants_link(self) -> str:
        await self.nadia.presses("Inviter")
        link = await self.page.get_by_label(words("Adresse : Participer")).input_value()
        await self.nadia.closes_dialog()
        return link

    async def invites(self, folder: Path) -> None:
        """The text is copied, the calendar file and both papers are opened as their readers would."""
        await self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await self.nadia.presses("Inviter")
        await expect(self.dialog.get_by_role("textbox", name="Le texte du mail")).to_have_value(re.compile(re.escape(self.link)))
        await self.dialog.get_by_role("button", name="Copier le texte").click()
        await self.nadia.sees("Texte copié")
        text = await self.page.evaluate("navigator.clipboard.readText()")
        for said in (TITLE, "14 décembre 2026", "Qui accompagne, et quand", "Garonne, 2e étage", "visio.example.fr", self.link):
            assert words(said).search(text), f"the mail does not say {said}"
        await self.nadia.shoots("matin-inviter")
        async with self.page.expect_download() as coming:
            await self.dialog.get_by_role("link", name=re.compile("Rendez-vous d’agenda")).click()
        await (await coming.value).save_as(folder / "invitation.ics")
        calendar = re.sub(r"\r\n[ \t]", "", (folder / "invitation.ics").read_bytes().decode())
        assert re.search(r"^DTSTART:20261214T083000Z\r$", calendar, re.MULTILINE)
        assert re.search(r"^SUMMARY:.*Réussir l’arrivée", calendar, re.MULTILINE)
        assert self.link.replace(",", "\\,") in calendar
        poster = await self._printed("Toulouse", folder)
        assert words("Réussir l'arrivée").search(poster)
        assert "Garonne" in poster
        runsheet = await self._printed("Déroulé imprimé", folder)
        for said in ("Écrire en silence", "9 h 37", "Actions"):
            assert words(said).search(runsheet), f"the run sheet does not say {said}"
        assert "Gommettes" not in runsheet

    async def _printed(self, name: str, folder: Path) -> str:
        """The words of a PDF that the dialog links to."""
        link = self.dialog.locator("section").get_by_role("link", name=re.compile(name))
        answer = await self.page.request.get(self.stage.server.url + str(await link.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
        file = folder / f"{name}.pdf"
        file.write_bytes(await answer.body())
        return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()

    async def plugs_screens_in(self) -> None:
        """Two machines open /ecran; what they show is typed once each, and each goes where it is wanted."""
        self.wall = await self._plugged("Le mur", WALL, "projeter")
        await self.nadia.shoots("matin-ecrans")
        self.tablet = await self._plugged("L’appareil d’une salle", TABLET, "salle")
        await self.dialog.get_by_role("button", name="Fermer").last.click()
        await self.nadia.closes_dialog()

    async def _plugged(self, kind: str, size: tuple[int, int], page: str) -> Page:
        screen = await self.stage.page(kind, size)
        await screen.goto(self.stage.server.url + "/ecran")
        code = await screen.locator("#code").inner_text()
        if not await self.page.get_by_label("Code affiché sur l’écran").count():
            await self.dialog.get_by_role("button", name="Brancher un écran…").click()
        await self.page.get_by_label("Code affiché sur l’écran").fill(code)
        await self.dialog.get_by_role("radio", name=re.compile(f"^{kind}")).check()
        await self.dialog.get_by_role("combobox", name="Site").select_option("Toulouse")
        await self.dialog.get_by_role("button", name="Brancher cet écran").click()
        await screen.wait_for_url(f"**/{page}")
        await screen.wait_for_selector("html[data-phase=ready]")
        return screen

    # --- during

    async def runs(self) -> None:
        """Two participants write in silence, then read."""
        await self.nadia.opens()
        await expect(self.page.get_by_text(words(REHEARSED))).to_have_count(0)
        for name, site in (("Maïwenn", "Montpellier"), ("Loïc", "À distance")):
            person = await participant(self.stage, name)
            await person.joins(self.link, site=site)
            self.people.append(person)
        maiwenn, loic = self.people
        await self.nadia.goes_on("Étape suivante : Écrire en silence")
        await Person(self.wall, self.stage, "mur").sees("Une idée par note, en silence.")
        await maiwenn.writes("PC pas prêt", "Ancre")
        await loic.writes("Un tuteur dès le premier jour", "Vent")
        await self.nadia.goes_on("Révéler les 2 notes")
        await self.nadia.goes_on("Étape suivante : Lire, site par site")
        for person in (*self.people, self.nadia):
            await expect(person.page.get_by_text(words("PC pas prêt")).first).to_be_attached()
        await Person(self.wall, self.stage, "mur").shoots("matin-mur")
        await self.nadia.shoots("matin-animer")

    async def hands_over(self) -> None:
        """Étienne drives from another device within a minute; nothing is loaded again for those who take part."""
        for person in self.people:
            await person.page.evaluate("() => { globalThis.sameVisit = true; }")
        begun = time.monotonic()
        await self.nadia.presses("Passer la main…")
        link = await self.dialog.get_by_label(re.compile("^Adresse")).input_value()
        await self.dialog.get_by_role("button", name="C’est fait").click()
        etienne = await facilitator(self.stage, "Étienne", TABLET)
        await etienne.joins(link, site="Toulouse")
        await self.page.goto("about:blank")
        await etienne.goes_on("Étape suivante : Actions")
        assert time.monotonic() - begun < 60
        for person in self.people:
            await person.sees("Actions")
            assert await person.page.evaluate("globalThis.sameVisit"), f"{person.name}'s page was loaded again"
        await etienne.presses("Noter une action")
        form = etienne.page.get_by_role("form", name=words("Noter une action"))
        await form.get_by_label("Quoi").fill(ACTION)
        await form.get_by_role("button", name=words("Ajouter l'action")).click()
        await Person(self.wall, self.stage, "mur").sees(ACTION)
        await etienne.shoots("matin-relais")
        await etienne.page.context.close()

    # --- after

    async def ends_twice(self) -> None:
        """The end was too early: it is undone, everyone goes on; then it is the end."""
        await self.page.goto(self.address + "/animer")
        await self.nadia.is_in()
        maiwenn = self.people[0]
        await self.nadia.goes_on("Étape suivante : Clôture")
        await self.nadia.goes_on("Terminer l'atelier")
        await maiwenn.sees("L'atelier est terminé. Merci.")
        await self.nadia.presses(re.compile("Reprendre"))
        if await self.page.get_by_role("dialog").count():
            await self.dialog.get_by_role("button", name=re.compile("Reprendre")).click()
        await expect(maiwenn.page.get_by_text(words("L'atelier est terminé. Merci."))).to_have_count(0)
        await self.nadia.goes_on("Terminer l'atelier")
        await maiwenn.sees("L'atelier est terminé. Merci.")
        await self.nadia.shoots("matin-fin")

    async def rereads(self) -> None:
        """A title, a takeaway and an action without anyone in charge are put right where they stand."""
        await self.page.goto(self.stage.server.url)
        card = self.page.locator(".card", has_text=TITLE)
        await expect(card).to_contain_text("1 action sans responsable")
        await self.nadia.shoots("matin-accueil")
        await card.get_by_role("link", name=re.compile("^Relire le compte rendu")).click()
        await self.nadia.is_in()
        await self.page.get_by_role("button", name=re.compile("^Y aller.*1 action sans responsable")).click()
        who = self.page.locator(":focus")
        await who.fill("Étienne")
        await who.press("Tab")
        await expect(self.page.get_by_role("heading", name=words("1 action sans responsable"))).to_have_count(0)
        await self.fill_in_place("Titre", "Réussir l’arrivée d’une nouvelle personne")
        takeaway = self.page.get_by_label(re.compile(r"^Ce que nous retenons de «\s+Écrire en silence"))
        await takeaway.fill("Tout se joue dans la première semaine.")
        await takeaway.blur()
        await self.nadia.shoots("matin-relire")

    async def fill_in_place(self, label: str, text: str) -> None:
        """Correct a text of the minutes where it stands."""
        field = self.page.get_by_label(label, exact=True)
        await field.fill(text)
        await field.blur()

    async def archives(self, version: int, folder: Path) -> Path:
        """Archive, and download the part to share."""
        label = "Archiver l'atelier" if version == 1 else f"Archiver la version {version}"
        await self.page.get_by_role("button", name=words(label)).click()
        await expect(self.page).to_have_url(re.compile("/archive$"))  # a page that loads itself again while the bundle is written
        part = self.page.locator('a[href$="/archive/diffusion"]')
        await expect(part).to_be_visible(timeout=90_000)
        async with self.page.expect_download() as coming:
            await part.click()
        given = await coming.value
        path = folder / given.suggested_filename
        await given.save_as(path)
        assert f"_v{version}" in path.name
        return path

    async def revises(self) -> None:
        """One more correction, after the archive was made."""
        await self.nadia.presses("Corriger le compte rendu")
        await self.page.wait_for_url("**/relire")
        await self.nadia.is_in()
        await self.fill_in_place("Titre", "Réussir l’arrivée, version relue")


async def test_the_facilitator_s_morning(stage: Stage, tmp_path: Path) -> None:
    nadia = await facilitator(stage, "Nadia")
    await nadia.signs_in()
    await nadia.creates(TITLE, "Speed Boat")
    morning = Morning(stage, nadia)
    audit = Audit()
    await morning.prepares()
    await audit.both(nadia.page, "prepared")
    await morning.rehearses()
    await morning.invites(tmp_path)
    await morning.plugs_screens_in()
    await morning.runs()
    await morning.hands_over()
    await morning.ends_twice()
    await morning.rereads()
    first = await morning.archives(1, tmp_path)
    await morning.revises()
    second = await morning.archives(2, tmp_path)
    audit.conclude()

    again = nadia.page.get_by_role("link", name=re.compile(r"dossier à diffuser\s+de la version 1"))
    answer = await nadia.page.request.get(stage.server.url + str(await again.get_attribute("href")))
    assert await answer.body() == first.read_bytes(), "the first version is kept beside the second, as it was"
    told = [_told(part) for part in (first, second)]
    for words_of in told:
        assert REHEARSED not in words_of
        for said in ("PC pas prêt", ACTION, "Étienne", "Tout se joue dans la première semaine.", "Qui accompagne, et quand"):
            assert said in words_of, said
        for said in ("Maïwenn", "Loïc", "Garonne", "invites-31", "05 61 00 00 00", "visio.example.fr"):
            assert said not in words_of, f"{said} was never to be archived"
    assert "Réussir l’arrivée d’une nouvelle personne" in told[0]
    assert "version relue" in told[1]
    for part in (first, second):
        assert "intact" in stage.server.run("verify", str(part))


def _told(part: Path) -> str:
    """Every byte of a part, as text."""
    with zipfile.ZipFile(part) as files:
        inside = [files.read(name) for name in files.namelist()]
        odt = next(name for name in files.namelist() if name.endswith(".odt"))
        with files.open(odt) as minutes, zipfile.ZipFile(minutes) as document:
            inside.append(document.read("content.xml"))
    return b"\n".join(inside).decode("utf-8", "replace")
