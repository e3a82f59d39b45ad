"""The Toulouse tablet: four heads, names and services, ideas copied from paper, ballots passed on, and two phones that die."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import expect

from tests.browser.audit import Audit
from tests.browser.people import Facilitator, Participant, Room, facilitator, participant, room, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, Stage
from tests.browser.test_workshop import read_csv

DEVICE = "Table Toulouse"
AT_TABLE = {"A": ("Hélène Ségur", "DRAFPIC"), "B": ("Karim Benali", "DSDEN de la Haute-Garonne"), "C": ("Zoé Lô", "")}
PAPER = [
    "Une journée d’accueil par site, le premier mardi du mois",
    "Un livret de deux pages, pas quarante",
    "Le badge et la messagerie prêts le premier jour",
    "Un binôme pendant trois mois",
]
GROUPS = {"Accueil": PAPER[0], "Livret": PAPER[1], "Matériel": PAPER[2], "Binôme": PAPER[3]}
LEVELS = [5, 4, 4, 3, 2, 5]


class Cast:
    """Nadia drives; four people share the tablet; Anaïs and Bruno sit beside it with phones; Chloé is far away."""

    def __init__(self, stage: Stage, quick: Quick) -> None:
        self.stage = stage
        self.quick = quick
        self.audit = Audit()
        self.nadia: Facilitator
        self.table: Room
        self.anais: Participant
        self.bruno: Participant
        self.chloe: Participant

    @classmethod
    async def met(cls, stage: Stage) -> Cast:
        """Everyone is in, each by their own link."""
        cast = cls(stage, await Quick.made(stage))
        roles = cast.quick.roles
        cast.nadia = await facilitator(stage, "Nadia")
        await cast.nadia.joins(roles["facilitator"])
        cast.table = await room(stage, DEVICE)
        await cast.table.joins_room(cast.quick.rooms["Toulouse"], 4)
        cast.anais = await participant(stage, "Anaïs")
        await cast.anais.joins(roles["participant"], site="Toulouse", service="Rectorat, DSI")
        cast.bruno = await participant(stage, "Bruno")
        await cast.bruno.joins(roles["participant"], site="Toulouse", service="CROUS")
        cast.chloe = await participant(stage, "Chloé", COMPUTER)
        await cast.chloe.joins(roles["participant"], site="À distance")
        return cast

    async def looked_at(self, title: str) -> None:
        """Keep the table's page, wide and as on a phone, and hear what axe says of it."""
        await self.table.shoots(title)
        await self.audit.look(self.table.page, title)
        await self.audit.squeeze(self.table.page, title)

    async def moves(self, name: str) -> None:
        """Nadia sends somebody to the tablet, from the list of people."""
        page = self.nadia.page
        site = page.locator(".people-site").filter(has=page.get_by_role("heading", name=words("Toulouse")))
        if await site.locator("details[open]").count() == 0:
            await site.locator("summary").click()
        await page.get_by_role("button", name=words(f"Actions pour {name}")).click()
        await page.get_by_role("menuitem", name=words(f"Passe sur l'appareil de {DEVICE}")).click()
        await expect(site.locator(".people-seat").filter(has_text=name)).to_contain_text(DEVICE)


async def names_given(cast: Cast) -> None:
    """Three of the four say who they are; the fourth keeps a letter."""
    table, page = cast.table, cast.table.page
    await table.sees("En attendant, autour de cet appareil")
    await cast.looked_at("salle-accueil")
    await table.presses("Nommer la personne A")
    for letter, (name, service) in AT_TABLE.items():
        await page.get_by_label(f"Nom de la personne {letter}", exact=True).fill(name)
        await page.get_by_label(words(f"Service (personne {letter})")).fill(service)
    await cast.looked_at("salle-noms")
    await page.get_by_role("dialog").get_by_role("button", name="C’est bon").click()
    await expect(page.locator(".occupant")).to_have_text(
        [re.compile("Hélène Ségur.*DRAFPIC"), re.compile("Karim Benali"), re.compile("Zoé Lô"), re.compile("Personne D")]
    )


async def copied_from_paper(cast: Cast) -> None:
    """What the table wrote by hand becomes as many notes, said before they are put; nobody else reads them yet."""
    table, page = cast.table, cast.table.page
    await cast.nadia.goes_on("Étape suivante : Écrire en silence")
    await table.writes(PAPER[3], "Vent")
    await table.presses("Idées sur papier")
    field = page.get_by_label("Idées écrites sur papier, une par ligne")
    await field.fill("\n".join(f"- {line}" for line in (*PAPER[:3], "x" * 503)))
    await table.sees("Ligne 4 : 3 caractères de trop")
    await cast.nadia.sees("Toulouse saisit encore")
    await field.fill("\n".join(f"- {line}" for line in PAPER[:3]))
    await page.reload()
    await table.is_in()
    await table.presses("Idées sur papier")
    await expect(field).to_have_value(re.compile("deux pages"))
    await page.get_by_role("radio", name="Ancre").check(force=True)
    await page.get_by_role("radio", name="Karim Benali").check(force=True)
    await cast.looked_at("salle-papier")
    await table.presses("Poser 3 notes")
    await expect(page.locator(".room-note")).to_have_count(4)
    await expect(page.locator(".room-note").first).to_contain_text("Karim Benali")
    await table.presses(re.compile("^Écrire$"))
    await cast.looked_at("salle-ecrire")
    await cast.nadia.does_not_see(PAPER[1])
    await cast.nadia.goes_on("Révéler les 4 notes")
    await table.presses("Tout le monde")
    await expect(cast.chloe.page.get_by_text(words(PAPER[0])).first).to_be_attached()
    await cast.quick.enter("Regrouper")
    for title, text in GROUPS.items():
        await cast.quick.gather([text], title)


async def called(cast: Cast) -> None:
    """The table calls in silence, Nadia sees who, the table takes it back."""
    await cast.table.presses("Appeler l'animation")
    await cast.table.sees("L'animation est prévenue")
    await expect(cast.nadia.page.get_by_text(words(DEVICE)).first).to_be_attached()
    await cast.looked_at("salle-appel")
    await cast.table.presses("Annuler l'appel")
    await expect(cast.table.page.get_by_role("button", name=words("Appeler l'animation"))).to_be_visible()


async def dots_passed(cast: Cast) -> None:
    """Two have voted at the table and Bruno on his phone when his dies; Anaïs's dies before she could. Nobody votes twice."""
    table = cast.table
    await cast.quick.enter("Gommettes")
    await cast.nadia.goes_on("Ouvrir le vote")
    await table.sees("Bulletin 1 sur 4")
    await cast.looked_at("salle-tour")
    await deposits(table, {"Accueil": 2, "Livret": 1})
    await deposits(table, {"Accueil": 1})
    await cast.bruno.votes({"Binôme": 2})
    await dies(cast.bruno)
    await cast.moves("Bruno")
    await table.sees("Bulletin 4 sur 5")
    await table.sees("Bruno vote ici")
    await cast.looked_at("salle-passez")
    await dies(cast.anais)
    await cast.moves("Anaïs")
    await table.sees("Bulletin 4 sur 6")
    await cast.chloe.votes({"Livret": 2, "Matériel": 1})
    await deposits(table, {"Matériel": 2, "Binôme": 1})
    await table.presses("C'est à moi")
    await cast.looked_at("salle-bulletin")
    await table.presses("Je ne vote pas")
    await table.page.get_by_role("dialog").get_by_role("button", name="Je ne vote pas").click()
    await table.sees("Bulletin 6 sur 6")
    await deposits(table, {"Livret": 2, "Binôme": 1})
    await table.sees("Les 6 bulletins de la table sont déposés")
    await expect(cast.nadia.page.locator(".turnout")).to_contain_text(re.compile(r"7\s+bulletins sur 7"))
    await cast.nadia.goes_on("Clore le vote et afficher le résultat")
    for title, points in {"Livret": 5, "Binôme": 4, "Accueil": 3, "Matériel": 3}.items():
        row = table.page.locator("main li").filter(has_text=title).filter(has_text=str(points))
        await expect(row.first).to_be_visible()
    await table.sees("7 bulletins sur 7")
    await cast.looked_at("salle-resultat")


async def deposits(table: Room, ballot: dict[str, int]) -> None:
    """One head's ballot, for good."""
    await table.presses("C'est à moi")
    for target, dots in ballot.items():
        for _ in range(dots):
            await table.page.get_by_role("button", name=re.compile(words(target).pattern + ".*Ajouter")).click()
    await table.presses("Déposer mon bulletin")
    if sum(ballot.values()) < 3:
        await table.page.get_by_role("dialog").get_by_role("button", name=words("Déposer ainsi")).click()


async def dies(person: Participant) -> None:
    """The phone is gone, its cookie still in it."""
    address = person.page.url
    await person.page.goto("about:blank")
    person.name = address


async def levels_passed(cast: Cast) -> None:
    """The question on how useful it was is passed on like a ballot, six heads of it."""
    await cast.quick.enter("Bilan de l'atelier")
    await cast.nadia.goes_on("Ouvrir le vote")
    await cast.chloe.answers(4)
    await cast.table.sees("Bulletin 1 sur 6")
    await cast.table.presses("C'est à moi")
    await cast.looked_at("salle-niveaux")
    await cast.table.page.locator(".level").filter(has=cast.table.page.get_by_text("5", exact=True)).click()
    await cast.table.presses("Déposer mon bulletin")
    await cast.table.passes_levels(LEVELS[1:])
    await expect(cast.nadia.page.locator(".turnout")).to_contain_text(re.compile(r"7\s+bulletins sur 7"))
    await cast.nadia.goes_on("Clore le vote et afficher le résultat")
    await cast.table.sees("7 bulletins sur 7")


async def back_to_life(cast: Cast) -> None:
    """Anaïs has found a charger: her phone says where her ballot is, and takes her back; the table is one head fewer."""
    page = cast.anais.page
    await page.goto(cast.anais.name)
    await cast.anais.is_in()
    await cast.anais.sees("Vous participez avec")
    await cast.anais.presses("Reprendre ici")
    await expect(page.locator(".moved-band")).to_have_count(0)
    await expect(cast.table.page.locator(".heads-count")).to_contain_text("5")
    await expect(cast.table.page.locator(".occupant").filter(has_text="Anaïs")).to_have_count(0)


async def archived(nadia: Facilitator, folder: Path) -> tuple[Path, Path]:
    """Nadia ends, archives, and downloads both parts."""
    await nadia.goes_on("Terminer l'atelier")
    await nadia.goes_on("Relire le compte rendu")
    await nadia.page.wait_for_url("**/relire")
    await nadia.presses("Archiver l'atelier")
    await nadia.page.wait_for_url("**/archive")
    await expect(nadia.page.get_by_role("heading", name=words("À télécharger"))).to_be_visible(timeout=60_000)
    parts = []
    for part in ("diffusion", "reserve"):
        async with nadia.page.expect_download() as coming:
            await nadia.page.locator(f'a[href$="/archive/{part}"]').click()
        given = await coming.value
        parts.append(folder / given.suggested_filename)
        await given.save_as(parts[-1])
    return parts[0], parts[1]


async def test_the_toulouse_tablet(stage: Stage, tmp_path: Path) -> None:
    cast = await Cast.met(stage)
    await names_given(cast)
    await copied_from_paper(cast)
    await called(cast)
    await dots_passed(cast)
    await levels_passed(cast)
    await back_to_life(cast)
    await cast.quick.enter("Clôture")
    shared, reserved = await archived(cast.nadia, tmp_path)
    assert cast.audit.findings == []

    votes = read_csv(shared, "votes.csv")
    assert {(row["Étape"], row["Bulletins"], row["Personnes"]) for row in votes} == {
        ("Gommettes", "7", "7"), ("Bilan de l’atelier", "7", "7"),
    }  # fmt: skip
    assert {row["Choix"]: int(row["Points"]) for row in votes if row["Étape"] == "Gommettes"} == {
        "Livret": 5, "Binôme": 4, "Accueil": 3, "Matériel": 3,
    }  # fmt: skip
    present = read_csv(reserved, "presences.csv")
    heads = {row["Nom"]: (row["Service"], int(row["Personnes"])) for row in present if row["Rôle"] != "Animation"}
    assert heads["Hélène Ségur"] == ("DRAFPIC", 1)
    assert heads["Bruno"] == ("CROUS", 1) and heads["Anaïs"] == ("Rectorat, DSI", 1) and heads["Chloé"] == ("", 1)
    assert sum(number for _, number in heads.values()) == 7
