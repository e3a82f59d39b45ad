"""Three projectors side by side: 16:9, a small one, an old 4:3 one; what is drawn on each is measured."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.audit import Audit
from tests.browser.people import READY, words
from tests.browser.quick import Quick
from tests.browser.stage import Stage

SIZES = ((1920, 1080), (1280, 720), (1024, 768))
SMALLEST = 0.04
"""Of the height: what the back of a room can read (interface.md)."""

MEASURE = """async (smallest) => {
  await document.fonts.ready;
  for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
  const wall = document.querySelector(".wall");
  const found = [];
  const name = (one, text) => `${one.className || one.tagName} "${text.trim().slice(0, 50)}"`;
  const walk = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent;
    const one = walk.currentNode.parentElement;
    if (text.trim() === "" || one.closest(".visually-hidden, .wall-controls") || !one.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (size < innerHeight * smallest - 0.1) found.push(`small: ${size} px, ${name(one, text)}`);
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const ink = 0.2 * size;  // the space above and below letters within their line
    for (const line of range.getClientRects()) {
      if (line.right > innerWidth + 1 || line.left < -1 || line.bottom - ink > innerHeight || line.top + ink < 0) {
        found.push(`off the screen: ${name(one, text)}`);
        break;
      }
      const box = one.closest(".fit, .wall-note, .cluster-column, .wall-page");
      const room = box?.getBoundingClientRect();
      if (room && (line.bottom - ink > room.bottom + 1 || line.right > room.right + 2 || line.left < room.left - 2)) {
        found.push(`out of its box: ${name(one, text)} in ${box.className}`);
        break;
      }
    }
  }
  for (const one of wall.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    if (style.overflowY !== "hidden" || one.closest(".visually-hidden, .wall-controls")) continue;
    const over = [one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth];
    if (over[0] > 0.21 * parseFloat(style.fontSize) || over[1] > 3) {
      found.push(`clipped by ${over.join(" and ")}: ${name(one, one.textContent)}`);
    }
  }
  const parts = [".wall-page", ".wall-foot", ".ecrire-body", ".actions-body", ".regrouper-body"].map((one) => `${one} > *`);
  const boxes = [...wall.querySelectorAll(parts.join())]
    .filter((one) => one.checkVisibility() && one.textContent.trim() !== "");
  for (const one of boxes) {
    for (const next of boxes) {
      if (one === next || one.contains(next) || next.contains(one)) continue;
      const [a, b] = [one.getBoundingClientRect(), next.getBoundingClientRect()];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 4) found.push(`over each other: ${name(one, one.textContent)} / ${name(next, next.textContent)}`);
    }
  }
  return [...new Set(found)];
}"""

SHARE = "(one) => { const { width, height } = one.getBoundingClientRect(); return Math.min(width, height) / innerHeight; }"


class Screens:
    """The walls of one workshop."""

    def __init__(self, stage: Stage, pages: list[Page]) -> None:
        self.stage = stage
        self.pages = pages
        self.audit = Audit()
        self.findings: list[str] = []

    @classmethod
    async def of(cls, stage: Stage, quick: Quick, sizes: tuple[tuple[int, int], ...] = SIZES) -> Screens:
        """One of each size, come in by the projector's link."""
        pages = []
        for size in sizes:
            page = await stage.page(f"mur {size[1]}", size)
            await page.goto(quick.roles["projector"])
            await page.locator("main form button.primary").click()
            await page.wait_for_selector(READY)
            pages.append(page)
        return cls(stage, pages)

    @property
    def first(self) -> Page:
        """The 16:9 one."""
        return self.pages[0]

    async def see(self, text: str) -> None:
        """Those words are on every wall."""
        for page in self.pages:
            await expect(page.get_by_text(words(text)).first).to_be_visible()

    async def do_not_see(self, text: str) -> None:
        """Those words are on none."""
        for page in self.pages:
            await expect(page.get_by_text(words(text))).to_have_count(0)

    async def look(self, state: str, *, text: str = "") -> None:
        """Measure each wall in this state: letters, edges, contrast; keep a picture of each."""
        if text:
            await self.see(text)
        await asyncio.gather(*(self._measured(page, state) for page in self.pages))
        await self.audit.look(self.first, state)

    async def _measured(self, page: Page, state: str) -> None:
        size: Any = page.viewport_size
        found = await page.evaluate(MEASURE, SMALLEST)
        self.findings += [f"{state}, {size['width']} x {size['height']}: {one}" for one in found]
        if self.stage.screens is not None:
            await page.screenshot(path=self.stage.screens / f"{state}-{size['height']}.png")

    async def share(self, selector: str) -> float:
        """The least share of the height that this takes on any wall."""
        shares: list[float] = [await page.locator(selector).first.evaluate(SHARE) for page in self.pages]
        return min(shares)

    def all(self, selector: str) -> list[Locator]:
        """The same place on every wall."""
        return [page.locator(selector) for page in self.pages]

    def conclude(self) -> None:
        """Raises AssertionError with every finding."""
        found = [*self.findings, *self.audit.findings]
        assert not found, "\n" + "\n".join(found)
