"""axe, run on a page as it stands: every finding of the RGAA and WCAG 2.2 AA rules, and any scrolling sideways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
SIZES = ((320, 640), (390, 844), (1440, 900))
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}"""


async def findings(page: Page) -> list[str]:
    """What axe finds on the page, rule and element; and whether it scrolls sideways."""
    await page.evaluate(SOURCE)
    found: list[Any] = await page.evaluate(RUN, TAGS)
    beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [str(one) for one in found] + ([f"scrolls sideways by {beyond} px"] if beyond > 0 else [])


async def findings_at_each_size(page: Page) -> list[str]:
    """The findings at 320, 390 and 1440 px, each with its width."""
    every = []
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        every += [f"{width}: {one}" for one in await findings(page)]
    return every
