"""The page of a screen that waits to be plugged in: read from 6 m, on any machine, by anyone, with or without a script."""

from __future__ import annotations

from playwright.async_api import Route, expect

from tests.browser.audit import Audit
from tests.browser.people import words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, PHONE, TABLET, WALL, Stage

LEGIBLE = 0.04
"""Of the height: what the back of a room can read."""

SIZES_OF = """() => Object.fromEntries(["h1", ".screen-how", ".screen-code strong", ".screen-left"].map((one) =>
  [one, parseFloat(getComputedStyle(document.querySelector(one)).fontSize) / innerHeight]))"""


async def test_it_is_legible_and_sound_everywhere(stage: Stage) -> None:
    audit = Audit()
    for size in (WALL, TABLET, PHONE):
        page = await stage.page("écran", size)
        await page.goto(stage.server.url + "/ecran")
        await page.locator("html[data-phase=ready]").wait_for()
        await audit.both(page, f"écran {size}")
        if size == WALL:
            shares = await page.evaluate(SIZES_OF)
            assert min(shares.values()) >= LEGIBLE, shares
            assert shares[".screen-code strong"] >= 0.25
    audit.conclude()


async def test_it_says_when_the_network_is_gone_and_finds_its_way_back(stage: Stage) -> None:
    quick = await Quick.made(stage)
    page = await stage.page("écran", WALL)
    await page.goto(stage.server.url + "/ecran")
    await page.locator("html[data-phase=ready]").wait_for()
    code = await page.locator("#code").inner_text()

    async def cut(route: Route) -> None:
        await route.abort()

    await page.route("**/ecran/suite", cut)
    await page.reload()
    await expect(page.get_by_text(words("Connexion perdue"))).to_be_visible()
    stage.faults.clear()  # the browser's own word on what was cut
    await page.unroute("**/ecran/suite")
    await expect(page.get_by_text(words("Connexion perdue"))).to_have_count(0)
    assert await page.locator("#code").inner_text() == code
    stage.faults.clear()
    assert await plugged(stage, quick, code) == {"ok": True}
    await page.wait_for_url("**/projeter")
    await page.locator("html[data-phase=ready]").wait_for()


async def test_without_a_script_a_button_goes_on(stage: Stage) -> None:
    quick = await Quick.made(stage)
    page = await stage.page("écran", COMPUTER, script=False)
    await page.goto(stage.server.url + "/ecran")
    code = await page.locator("#code").inner_text()
    await page.get_by_role("button", name=words("continuer")).click()
    await page.wait_for_url("**/ecran")
    assert await page.locator("#code").inner_text() == code
    assert await plugged(stage, quick, code) == {"ok": True}
    await page.get_by_role("button", name=words("continuer")).click()
    await page.wait_for_url("**/projeter")


async def plugged(stage: Stage, quick: Quick, code: str) -> object:
    """What the server answers to the facilitator who typed this code."""
    context = await stage.browser.new_context()
    page = await context.new_page()
    await page.goto(quick.roles["facilitator"])
    await page.locator("#nom").fill("Nadia")
    await page.locator("[name=entrer]").click()
    await page.locator("html[data-phase=ready]").wait_for()
    url = f"{stage.server.url}/s/{quick.id}/ecrans"
    answer = await context.request.post(url, data={"code": code, "role": "projector"}, headers={"Origin": stage.server.url})
    said: object = await answer.json()
    await context.close()
    return said
