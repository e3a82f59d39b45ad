"""Every page under the settings that people choose for themselves: large letters, narrow screen, own colours, no motion."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from playwright.async_api import Page

from tests.browser.audit import Audit
from tests.browser.people import READY, Facilitator, words
from tests.browser.quick import Quick
from tests.browser.stage import COMPUTER, KEY, TABLET, WALL, Server, Stage, served, staged

WORD = "anticonstitutionnellement" * 3

RINGS = """() => {
  const ringed = (one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // Within a date's field, what opens the calendar has the focus, and the browser's own ring.
  if (one.type === "date" && !one.matches(":focus-visible")) return [true, ""];
  const near = [one, one.closest("label"), one.parentElement, one.nextElementSibling, ...(one.labels ?? [])].filter(Boolean);
  const name = (one.getAttribute("aria-label") ?? one.textContent ?? "").trim().slice(0, 40);
  return [near.some(ringed), `${one.tagName.toLowerCase()}.${one.className} "${name}"`];
}"""
"""Whether what has the focus shows an outline, itself or on the label that stands for it: shadows are not painted then."""

MOTION = """() => {
  const longest = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 1 : 1000)));
  const found = [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return longest(style.transitionDuration) > 1 || (style.animationName !== "none" && longest(style.animationDuration) > 1);
  }).map((one) => `${one.tagName} ${one.getAttribute("class") ?? ""}`);
  const running = document.getAnimations().filter((one) => (one.effect?.getComputedTiming().duration ?? 0) > 1);
  const names = running.map((one) => `running: ${one.animationName ?? one.transitionProperty ?? "script"}`);
  return [...new Set(found), ...names, ...(globalThis.animated ?? [])];
}"""
WATCH = """(() => {
  globalThis.animated = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (frames, options) {
    const lasts = typeof options === "number" ? options : options?.duration ?? 0;
    if (lasts > 1) globalThis.animated.push(`animate: ${this.className} ${lasts}`);
    return animate.call(this, frames, options);
  };
})()"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole file: each test lays out its own workshop."""
    with served(tmp_path_factory.mktemp("settings")) as server:
        yield server


@pytest.fixture
async def stage(shared: Server) -> AsyncIterator[Stage]:
    """A browser of the test's own."""
    async with staged(shared) as play:
        yield play


# --- how one comes to each page


async def _working(stage: Stage) -> Quick:
    """A workshop in the middle of gathering its notes."""
    quick = await Quick.made(stage)
    claire = await quick.joins("Claire", site="Montpellier")
    await quick.enter("Écrire en silence")
    for text in ("Le badge arrive trop tard", WORD, "Pas d’adresse de messagerie"):
        await quick.writes(claire, text)
    await quick.enter("Regrouper")
    await quick.gather(["Le badge arrive trop tard", WORD], f"Matériel {WORD}"[:110])
    return quick


async def _driving(stage: Stage, page: Page, quick: Quick) -> None:
    nadia = Facilitator(page, stage, "Nadia")
    await nadia.joins(quick.roles["facilitator"], site="Montpellier")


async def home(stage: Stage, page: Page) -> None:
    await Quick.made(stage)
    await page.goto(stage.server.url)
    await page.get_by_label(words("Clé d'animation")).fill(KEY)
    await page.get_by_role("button", name=words("Se connecter")).click()
    await page.get_by_role("link", name=words("Préparer un atelier")).first.wait_for()


async def door(stage: Stage, page: Page) -> None:
    quick = await Quick.made(stage)
    await page.goto(quick.roles["participant"])


async def taking_part(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    person = Facilitator(page, stage, "Maïwenn")
    await person.joins(quick.roles["participant"], site="Montpellier")
    await person.sees("Regrouper")


async def table(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    await page.goto(quick.rooms["Toulouse"])
    await page.locator("input[name=nom]").fill("Table")
    await page.locator("button[name=entrer]").click()
    await page.wait_for_selector(READY)


async def driving(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    await _driving(stage, page, quick)


async def preparing(stage: Stage, page: Page) -> None:
    quick = await Quick.made(stage, opened=False)
    await _driving(stage, page, quick)
    await page.goto(quick.page("preparer"))
    await page.wait_for_selector(READY)


async def rereading(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    await _driving(stage, page, quick)
    await quick.driver.do("add_sheet", type="action", what=f"Commander {WORD}", who="", when="")
    await quick.driver.do("end_session")
    await page.goto(quick.page("relire"))
    await page.get_by_text("Commander").first.wait_for()


async def archive(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    await _driving(stage, page, quick)
    await quick.driver.do("end_session")
    await quick.driver.do("close_session")
    await quick.driver.until(lambda: quick.driver.all("session")[0]["status"] == "closed", 60)
    await page.goto(quick.page("archive"))


async def wall(stage: Stage, page: Page) -> None:
    quick = await _working(stage)
    await page.goto(quick.roles["projector"])
    await page.locator("main form button.primary").click()
    await page.wait_for_selector(READY)


async def screen(stage: Stage, page: Page) -> None:
    await page.goto(stage.server.url + "/ecran")
    await page.get_by_role("heading", level=1).wait_for()


async def statement(stage: Stage, page: Page) -> None:
    await page.goto(stage.server.url + "/accessibilite")


PAGES: dict[str, tuple[Callable[[Stage, Page], Awaitable[None]], tuple[int, int]]] = {
    "accueil": (home, COMPUTER), "rejoindre": (door, COMPUTER), "participer": (taking_part, COMPUTER), "salle": (table, TABLET),
    "animer": (driving, COMPUTER), "preparer": (preparing, COMPUTER), "relire": (rereading, COMPUTER),
    "archive": (archive, COMPUTER), "projeter": (wall, WALL), "ecran": (screen, COMPUTER), "accessibilite": (statement, COMPUTER),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
async def test_a_page_under_the_settings_of_its_reader(stage: Stage, name: str) -> None:
    come, size = PAGES[name]
    page = await stage.page("quelqu'un", size)
    await page.add_init_script(WATCH)
    await page.emulate_media(reduced_motion="reduce")
    await come(stage, page)
    audit = Audit()
    if name != "projeter":  # the wall is measured by its height, on its own screens (test_wall.py)
        await audit.squeeze(page, name)
    moving = await page.evaluate(MOTION)
    await page.emulate_media(forced_colors="active", reduced_motion="reduce")
    unseen, stops = await _unseen(page)
    audit.conclude()
    assert moving == []
    assert stops > 0 and unseen == []
    if stage.screens is not None:
        await page.screenshot(path=stage.screens / f"couleurs-{name}.png")


async def _unseen(page: Page, most: int = 40) -> tuple[list[str], int]:
    """Go round by Tab: what takes the focus without showing it, and at how many stops."""
    unseen: dict[str, None] = {}
    stops = 0
    for _ in range(most):
        await page.keyboard.press("Tab")
        found = await page.evaluate(RINGS)
        if found is None:
            if stops:
                break
            continue
        stops += 1
        if not found[0]:
            unseen[found[1]] = None
    return list(unseen), stops


async def test_the_checks_see_a_planted_fault(stage: Stage) -> None:
    page = await stage.page("quelqu'un")
    await page.add_init_script(WATCH)
    await page.goto(stage.server.url)
    await page.emulate_media(forced_colors="active")
    await page.evaluate("""() => {
      const plant = document.querySelector("main").appendChild(document.createElement("button"));
      plant.textContent = "Sans contour";
      plant.style.cssText = "outline: none; box-shadow: 0 0 0 3px blue; transition: color 2s";
      plant.animate([{ opacity: 0 }, { opacity: 1 }], 400);
    }""")
    assert any("Sans contour" in one for one in (await _unseen(page))[0])
    moving = await page.evaluate(MOTION)
    assert any(one.startswith("BUTTON") for one in moving) and any(one.startswith("animate") for one in moving)
