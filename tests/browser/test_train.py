"""« Le vieux téléphone dans un train »: a slow line that comes and goes, a slow processor, a tab that the phone kills.

Maïwenn comes in by a link, writes while the train is in a tunnel, loses her tab in the middle of a sentence, comes back
through the link in her webmail, then on another phone by her own link. All that she wrote is there, once; her vote counts,
once; she sees the result.
"""

import re
from dataclasses import dataclass

from playwright.async_api import BrowserContext, CDPSession, Page, expect

from tests.browser.people import READY, Participant, participant, words
from tests.browser.quick import Quick
from tests.browser.stage import PHONE, Stage

LATENCY, SPEED, SLOWER = 400, 256_000 // 8, 4
"""Milliseconds, bytes a second, times slower than this machine."""
SEATED_WITHIN = 30_000
FIELD = "Votre note"
WEBMAIL = "https://messagerie.exemple.fr/"
MAIL = """<!doctype html><html lang="fr"><title>Messagerie</title><p>Bonjour, voici le lien de l'atelier :
<a href="{link}">Rejoindre l'atelier</a></p></html>"""
FIRST_VIEW = """() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"))
  .map((one) => [one.startTime, one.name.replace(/.*static\\/\\w+\\//, "")])"""


@dataclass
class Line:
    """What the train lets through to one page."""

    session: CDPSession

    @classmethod
    async def of(cls, page: Page) -> "Line":
        """A slow phone on a slow line."""
        line = cls(await page.context.new_cdp_session(page))
        await line.session.send("Network.enable")
        await line.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await line.carries()
        return line

    async def carries(self, *, cut: bool = False) -> None:
        """Slowly, or nothing at all."""
        speed = {"latency": LATENCY, "downloadThroughput": SPEED, "uploadThroughput": SPEED}
        await self.session.send("Network.emulateNetworkConditions", {"offline": cut, **speed})


async def clock(page: Page) -> float:
    """The page's own clock, in ms since the epoch."""
    return float(await page.evaluate("() => performance.timeOrigin + performance.now()"))


async def came_in(stage: Stage, quick: Quick) -> tuple[Participant, Line]:
    """From the link to the seat, by the page's own clock: within half a minute, hands included."""
    maiwenn = await participant(stage, "Maïwenn")
    page = maiwenn.page
    line = await Line.of(page)
    await page.goto(quick.roles["participant"])
    scanned = float(await page.evaluate("() => performance.timeOrigin"))
    await maiwenn.joins(page.url, site="À distance")
    seated = await clock(page)
    assert seated - scanned < SEATED_WITHIN, f"{(seated - scanned) / 1000:.1f} s from the link to the seat"
    await expect(page.get_by_label(FIELD, exact=True)).to_be_visible()
    # The whole graph is known at once: no module waits for another to come before it is asked for.
    starts = [start for start, name in await page.evaluate(FIRST_VIEW) if name.startswith("core/")]
    assert starts and max(starts) - min(starts) < 2 * LATENCY, starts
    return maiwenn, line


async def in_the_tunnel(maiwenn: Participant, line: Line) -> None:
    """The line is cut: a note waits, a sentence is begun, and the phone kills the tab."""
    page = maiwenn.page
    await maiwenn.writes("Le train m'apprend qui est en retard", "Vent")
    await expect(page.locator(".notes-state .saved")).to_be_visible()
    await line.carries(cut=True)
    await maiwenn.writes("Écrite dans le tunnel", "Ancre")
    await maiwenn.sees("1 note en attente d'envoi, gardée sur cet appareil")
    await expect(page.locator(".own-list li").filter(has_text="Écrite dans le tunnel")).to_contain_text("En attente")
    await maiwenn.shoots("train-tunnel")
    await page.get_by_label(FIELD, exact=True).press_sequentially("Une phrase que le téléphone n'a pas lais")
    await page.close()


async def back_from_the_webmail(context: BrowserContext, stage: Stage, link: str) -> tuple[Participant, Line]:
    """A link in a page of another site, followed on the same phone once the train is out: the same seat, the same text."""
    page = await context.new_page()
    await context.route(f"{WEBMAIL}**", lambda route: route.fulfill(body=MAIL.format(link=link), content_type="text/html"))
    await page.goto(WEBMAIL)
    line = await Line.of(page)
    await page.get_by_role("link").click()
    await page.wait_for_url("**/participer")
    stage.watch(page, "Maïwenn, de retour")
    await page.wait_for_selector(READY)
    return Participant(page, stage, "Maïwenn"), line


async def on_another_phone(maiwenn: Participant, stage: Stage) -> Participant:
    """Her own link, opened in a browser that knows nothing of her."""
    await maiwenn.page.locator(".page-foot .link").first.click()
    link = await maiwenn.page.locator(".personal-link").inner_text()
    await maiwenn.page.keyboard.press("Escape")
    page = await stage.page("Maïwenn, ailleurs", PHONE, touch=True)
    await page.goto(link)
    await page.wait_for_selector(READY)
    return Participant(page, stage, "Maïwenn")


async def votes_in_another_tunnel(maiwenn: Participant, line: Line, quick: Quick) -> None:
    """Dots put while nothing carries wait, are said to wait, and count once."""
    await line.carries(cut=True)
    for side in ("Badge et ordinateur", "Badge et ordinateur", "Le train"):
        await maiwenn.page.get_by_role("button", name=re.compile(words(side).pattern + ".*Ajouter")).click()
    await maiwenn.sees("En attente d'envoi : gardé sur cet appareil")
    await maiwenn.shoots("train-vote")
    await line.carries()
    await maiwenn.page.evaluate("() => dispatchEvent(new Event('online'))")
    await maiwenn.sees("Gommettes enregistrées")
    await expect(maiwenn.page.locator(".vote-left .saved")).to_be_visible()


async def test_the_old_phone_in_a_train(stage: Stage) -> None:
    quick = await Quick.made(stage)
    await quick.enter("Écrire en silence")
    zoe = await quick.joins("Zoé", site="Toulouse")
    await quick.writes(zoe, "Badge en retard")
    await quick.writes(zoe, "Ordinateur absent")

    maiwenn, line = await came_in(stage, quick)
    context = maiwenn.page.context
    await in_the_tunnel(maiwenn, line)
    maiwenn, line = await back_from_the_webmail(context, stage, quick.roles["participant"])
    page = maiwenn.page
    await expect(page.get_by_label(FIELD, exact=True)).to_have_value("Une phrase que le téléphone n'a pas lais")
    await page.get_by_label(FIELD, exact=True).press_sequentially("sé finir")
    await maiwenn.presses("Poser la note")
    own = page.locator(".own-list li")
    await expect(own).to_have_count(3)
    await expect(page.locator(".own-list .unsent")).to_have_count(0)
    await expect(page.locator(".notes-state .saved")).to_be_visible()

    elsewhere = await on_another_phone(maiwenn, stage)
    await expect(elsewhere.page.locator(".own-list li")).to_have_count(3)
    await expect(elsewhere.page.get_by_label(FIELD, exact=True)).to_have_value("")
    await elsewhere.page.context.close()

    await quick.driver.do("reveal_notes", block=quick.block("Écrire en silence")["id"])
    await quick.enter("Regrouper")
    await quick.gather(["Badge en retard", "Ordinateur absent"], "Badge et ordinateur")
    await quick.gather(["Le train m'apprend qui est en retard"], "Le train")
    hers = sorted(note["text"] for note in quick.driver.all("note"))
    assert hers == sorted([
        "Badge en retard", "Ordinateur absent", "Le train m'apprend qui est en retard", "Écrite dans le tunnel",
        "Une phrase que le téléphone n'a pas laissé finir",
    ])  # fmt: skip
    assert [seat["name"] for seat in quick.driver.all("seat")].count("Maïwenn") == 1

    await quick.enter("Gommettes")
    opened = await quick.round()
    await maiwenn.sees("Par quoi commencer")
    await votes_in_another_tunnel(maiwenn, line, quick)
    await quick.driver.do("close_round", round=opened["id"], show=True)
    await expect(page.locator(".result-row").filter(has_text="Badge et ordinateur")).to_contain_text("2")
    await maiwenn.shoots("train-resultat")
    tally = quick.driver.get("tally", opened["id"])
    assert tally and tally["ballots"] == 1 and sum(row["points"] for row in tally["rows"]) == 3
    stage.faults[:] = [one for one in stage.faults if "ERR_INTERNET_DISCONNECTED" not in one]
