"""Hands and keys on the board and its list: what they ask of the server, and what they never do by mistake."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.people import Facilitator, Participant, facilitator, participant, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, Stage

BADGE, MAIL, PC, RISK = "Le badge arrive tard", "Pas d'adresse de messagerie", "PC pas prêt", "Tout repose sur une personne"

BACK = 40_000  # ms: tries to connect again are spread over half a minute at most


class Desk:
    """A facilitator and a participant before the same four notes, one of them hers, at the step where notes are gathered."""

    def __init__(self, quick: Quick, nadia: Facilitator, claire: Participant) -> None:
        self.quick = quick
        self.nadia = nadia
        self.claire = claire

    @classmethod
    async def laid(cls, stage: Stage) -> Desk:
        quick = await Quick.made(stage)
        await quick.enter("Regrouper")
        for text, zone in ((BADGE, "ancre"), (MAIL, "ancre"), (RISK, "recifs")):
            await quick.writes(quick.driver, text, zone)
        nadia = await facilitator(stage, "Nadia")
        await nadia.joins(quick.roles["facilitator"], site="Montpellier")
        claire = await participant(stage, "Claire", COMPUTER)
        await claire.joins(quick.roles["participant"], site="À distance")
        await claire.writes(PC, "Ancre")
        for page in (nadia.page, claire.page):
            await expect(page.locator(".board .note:not(.unsent)")).to_have_count(4)
        return cls(quick, nadia, claire)

    def note(self, text: str) -> dict[str, Any]:
        """The server's record of a note."""
        return next(note for note in self.quick.driver.all("note") if note["text"] == text)

    async def knows(self, text: str, **fields: Any) -> None:
        """Wait until the server has a note so."""
        await self.quick.driver.until(
            lambda: any(one["text"] == text and fields.items() <= one.items() for one in self.quick.driver.all("note"))
        )


@pytest.fixture
async def desk(stage: Stage) -> Any:
    laid = await Desk.laid(stage)
    yield laid
    await laid.quick.leave()


def card(page: Page, text: str) -> Locator:
    """A note on the board."""
    return page.locator(".board .note").filter(has_text=words(text))


async def drag(page: Page, note: Locator, target: Locator, *, drop: bool = True) -> None:
    """Take a note by its middle and carry it to the foot of something."""
    start, end = await note.bounding_box(), await target.bounding_box()
    assert start and end
    await page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] - 40, steps=8)
    if drop:
        await page.mouse.up()


async def test_a_note_is_carried_to_another_zone_and_brought_back(desk: Desk) -> None:
    page = desk.nadia.page
    before = desk.note(BADGE)
    reefs = page.locator(".board .zone").filter(has_text=words("Les récifs"))
    await drag(page, card(page, BADGE), reefs)
    await desk.knows(BADGE, zone=desk.quick.zone("recifs"), tint="rose")
    await page.keyboard.press("Control+z")
    await desk.knows(BADGE, zone=before["zone"], x=before["x"], y=before["y"], tint=before["tint"])


async def test_escape_gives_up_a_carry(desk: Desk) -> None:
    page = desk.nadia.page
    before = desk.note(BADGE)
    await drag(page, card(page, BADGE), page.locator(".board .zone").filter(has_text=words("Les récifs")), drop=False)
    await page.keyboard.press("Escape")
    await page.mouse.up()
    await expect(page.locator(".board .dragging")).to_have_count(0)
    await drag(page, card(page, PC), page.locator(".board .zone").filter(has_text=words("L'île")))
    await desk.knows(PC, zone=desk.quick.zone("ile"))
    assert desk.note(BADGE) == before


async def test_several_notes_are_gathered_and_the_caret_waits_in_the_title(desk: Desk) -> None:
    page = desk.nadia.page
    await card(page, BADGE).click()
    await card(page, PC).click(modifiers=["Control"])
    await page.get_by_role("toolbar").get_by_role("button", name="Regrouper").click()
    await expect(page.locator(".board .title-field")).to_be_focused()
    await page.keyboard.type("Matériel")
    await page.keyboard.press("Enter")
    await expect(desk.claire.page.locator(".board .cluster").filter(has_text="Matériel").locator(".note")).to_have_count(2)
    await drag(page, card(page, MAIL), page.locator(".board .cluster").filter(has_text="Matériel"))
    await expect(desk.claire.page.locator(".board .cluster").filter(has_text="Matériel").locator(".note")).to_have_count(3)


async def test_two_people_write_in_one_note_and_both_texts_stay(desk: Desk) -> None:
    nadia, claire = desk.nadia.page, desk.claire.page
    await card(nadia, PC).dblclick()
    await expect(card(claire, PC).locator(".tag.writing")).to_have_text(words("en cours d'écriture"))
    await card(claire, PC).dblclick()
    await claire.keyboard.type("Texte de Claire")
    await nadia.keyboard.type("Texte de Nadia")
    await nadia.keyboard.press("Enter")
    await desk.knows("Texte de Nadia")
    await expect(claire.locator(".editor-foot")).to_contain_text(words("les deux textes resteront"))
    await claire.keyboard.press("Enter")
    for page in (nadia, claire):
        await expect(card(page, "Texte de Nadia")).to_be_visible()
        await expect(card(page, "Texte de Claire")).to_be_visible()


async def test_keys_move_edit_and_ask_before_taking_away(desk: Desk) -> None:
    page = desk.nadia.page
    before = desk.note(RISK)
    await card(page, RISK).click()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Shift+ArrowDown")
    await desk.knows(RISK, x=before["x"] + 8, y=before["y"] + 40, zone=before["zone"])
    await page.keyboard.press("Enter")
    await expect(page.locator(".board .editor-field")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(card(page, RISK)).to_be_focused()
    await page.keyboard.press("Delete")
    await page.get_by_role("dialog").get_by_role("button", name="Mettre de côté").click()
    await expect(card(desk.claire.page, RISK)).to_have_count(0)


async def test_the_list_does_it_all_by_keys_and_the_focus_follows_the_note(desk: Desk) -> None:
    page = desk.nadia.page
    await desk.nadia.shows_list()
    row = page.locator(".list-row").filter(has_text=words(BADGE))
    await row.focus()
    await page.keyboard.press("d")
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await desk.knows(BADGE, zone=desk.quick.zone("recifs"))
    await expect(row).to_be_focused()
    await page.keyboard.press("g")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Accès")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=words("Accès"))).to_be_visible()
    await expect(row).to_be_focused()
    await page.keyboard.press("z")
    await expect(page.get_by_role("heading", name=words("Accès"))).to_have_count(0)
    await expect(row).to_be_focused()


async def test_what_is_written_while_the_server_is_away_leaves_when_it_is_back(desk: Desk, stage: Stage) -> None:
    page = desk.claire.page
    stage.server.stop()
    await expect(page.locator("html[data-phase=offline]")).to_have_count(1)
    await desk.claire.writes("Écrite pendant la coupure", "Vent")
    await desk.claire.sees("1 note en attente d'envoi")
    await page.get_by_label("Votre note", exact=True).fill("Un brouillon")
    stage.server.start()
    await expect(card(desk.nadia.page, "Écrite pendant la coupure")).to_have_count(1, timeout=BACK)
    stage.server.stop()
    await expect(page.locator("html[data-phase=offline]")).to_have_count(1)
    await desk.claire.writes("Écrite puis rechargée", "Vent")
    await page.get_by_label("Votre note", exact=True).fill("Un brouillon")
    stage.server.start()
    await page.goto(page.url)
    await desk.claire.is_in()
    await expect(page.get_by_label("Votre note", exact=True)).to_have_value("Un brouillon")
    for someone in (desk.nadia.page, page):
        await expect(card(someone, "Écrite puis rechargée")).to_have_count(1, timeout=BACK)
        await expect(card(someone, "Écrite pendant la coupure")).to_have_count(1)
    stage.faults[:] = [one for one in stage.faults if "WebSocket" not in one and "ERR_" not in one]
