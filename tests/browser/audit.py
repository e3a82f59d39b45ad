"""What a page must hold for those who do not see it, see it large, or hold it on a small phone: axe, reflow, large text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = {"width": 320, "height": 640}

RUN = """async (tags) => {
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map((one) => one.finished.catch(() => 0)));
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  const why = (node) => node.failureSummary?.split("\\n")[1]?.trim() ?? "";
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} (${why(node)})`));
}"""

WIDER = """async () => {
  // The page's own script answers to a new size in the next frame.
  for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1).slice(0, 3)
    .map((one) => `wider than the screen: ${one.tagName} ${one.className} "${one.textContent.trim().slice(0, 40)}"`);
}"""

CLIPPED = """() => [...document.querySelectorAll("button, a.button, h1, h2, h3, label, summary, .chip")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".visually-hidden, .board, [inert]") || one.clientWidth === 0) return false;
  const tall = one.scrollHeight > one.clientHeight + 4;
  return one.scrollWidth > one.clientWidth + 2 || tall && getComputedStyle(one).overflowY !== "visible";
}).map((one) => `clipped: ${one.tagName} ${one.className} "${one.textContent.trim().slice(0, 40)}" `
  + `${one.scrollWidth}>${one.clientWidth} ${one.scrollHeight}>${one.clientHeight}`)"""


class Audit:
    """Looks at pages in their states, and keeps what it finds."""

    def __init__(self) -> None:
        self.findings: list[str] = []

    async def look(self, page: Page, state: str) -> None:
        """Run axe on the page as it is."""
        if not await page.evaluate("() => typeof globalThis.axe === 'object'"):
            await page.evaluate(AXE)
        self._keep(page, state, await page.evaluate(RUN, TAGS))

    async def squeeze(self, page: Page, state: str) -> None:
        """On 320 px nothing makes the page scroll sideways; in letters twice as large nothing is cut."""
        size: Any = page.viewport_size
        await page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self._keep(page, f"{state}, 320 px", await page.evaluate(WIDER))
        await page.set_viewport_size(size)
        fonts = await page.context.new_cdp_session(page)
        await fonts.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        self._keep(page, f"{state}, 200 %", [*await page.evaluate(WIDER), *await page.evaluate(CLIPPED)])
        await fonts.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
        await fonts.detach()
        # The browser may not tell pages that letters are back to their size: somebody's next gesture does.
        await page.evaluate("() => dispatchEvent(new Event('resize'))")

    async def both(self, page: Page, state: str) -> None:
        """Axe, then the squeezing."""
        await self.look(page, state)
        await self.squeeze(page, state)

    def _keep(self, page: Page, state: str, found: list[str]) -> None:
        self.findings += [f"{state} ({page.url.split('/')[-1].split('?')[0] or 'accueil'}): {one}" for one in found]

    def conclude(self) -> None:
        """Raises AssertionError with every finding."""
        assert not self.findings, "\n" + "\n".join(self.findings)
