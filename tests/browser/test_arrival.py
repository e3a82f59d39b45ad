"""From the link to a seat on a slow network: 400 ms away, 256 kbit/s. What the page needs comes at once, nothing in a chain."""

from __future__ import annotations

import re
import time

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.quick import Quick
from tests.browser.stage import PHONE, Stage

TRAIN = {"offline": False, "latency": 400, "downloadThroughput": 32_000, "uploadThroughput": 32_000}
FROM_SCAN_TO_SEAT = 30.0
"""Seconds, those that it takes to type a name included (counted as TYPING here)."""
TYPING = 8.0


async def slowed(page: Page) -> None:
    """The network of an old phone in a train, for this page."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", TRAIN)


async def seated(page: Page, link: str) -> tuple[float, float]:
    """Follow a link, give a name, enter; seconds until the form can be used, and until the page is alive."""
    started = time.monotonic()
    await page.goto(link, wait_until="commit")
    await expect(page.locator("#nom")).to_be_visible()
    form = time.monotonic() - started
    await page.locator("#nom").fill("Mei")
    pressed = time.monotonic()
    await page.get_by_role("button", name="Entrer dans l’atelier").click()
    await page.locator("html[data-phase=ready]").wait_for()
    return form, time.monotonic() - pressed


async def test_a_phone_in_a_train_is_seated_in_time(stage: Stage) -> None:
    quick = await Quick.made(stage)
    page = await stage.page("train", PHONE, touch=True)
    await slowed(page)
    form, entered = await seated(page, quick.roles["participant"])
    assert form + TYPING + entered <= FROM_SCAN_TO_SEAT, f"form after {form:.1f} s, alive {entered:.1f} s after the button"


@pytest.mark.parametrize("language", ["fr-FR", "en-GB"])
async def test_all_that_the_first_view_needs_was_asked_for_by_the_page_itself(stage: Stage, language: str) -> None:
    """No module, style or catalogue waits for another one to come first: what comes later is held back, and not missed."""
    quick = await Quick.made(stage)
    await quick.enter("Écrire en silence")
    context = await stage.browser.new_context(locale=language, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = await context.new_page()
    stage.watch(page, language)
    await page.goto(quick.roles["participant"])
    await page.locator("#nom").fill("Mei")
    await page.locator("[name=entrer]").click()
    await page.locator("html[data-phase=ready]").wait_for()
    html = await (await context.request.get(quick.page("participer"), headers={"accept-language": language})).text()
    told = set(re.findall(r'(?:href|src)="(/static/[^"#]+)"', html))
    fetched: list[str] = []
    held: list[Route] = []

    async def pass_on(route: Route) -> None:
        path = route.request.url.removeprefix(stage.server.url)
        fetched.append(path)
        if path in told or "/static/" not in path or not path.endswith((".js", ".css", ".json")):
            await route.continue_()
        else:
            held.append(route)

    await page.close()
    page = await context.new_page()
    stage.watch(page, language)
    await page.route("**/*", pass_on)  # routing leaves the cache out
    await page.goto(quick.page("participer"), wait_until="commit")
    await page.locator("html[data-phase=ready]").wait_for()
    await expect(page.locator("textarea").first).to_be_visible()
    scripts = [path for path in fetched if path.endswith((".js", ".json"))]
    assert len(scripts) == len(set(scripts)), "something was fetched twice"
    assert {path for path in told if path.endswith(".js")} <= set(scripts)
    for route in held:
        await route.continue_()
    await page.unroute("**/*")
    await context.close()
