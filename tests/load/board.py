"""How smoothly a board of 2 000 notes moves: `python -m tests.load.board` prints frames per second, gesture by gesture.

A real server, a real Chromium without a graphics card (the worst case), the facilitator's page at 1366 x 768. Run it on
a quiet machine: the browser, the server and this script share it.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.browser.people import facilitator
from tests.browser.quick import Quick
from tests.browser.stage import Stage, launched, served

NOTES, PER_COMMAND = 2000, 50
SCREEN = (1366, 768)
WORDS = "Le badge et l’ordinateur arrivent deux semaines après la personne, et personne ne sait à qui le dire".split()

GESTURE = """async ([zooming, seconds]) => {
  const board = document.querySelector(".board");
  board.setPointerCapture = () => {};
  const say = (type, x, buttons) => board.dispatchEvent(
    new PointerEvent(type, { bubbles: true, pointerId: 7, clientX: x, clientY: 300, button: 0, buttons }));
  const wheel = (deltaY) => board.dispatchEvent(
    new WheelEvent("wheel", { bubbles: true, cancelable: true, ctrlKey: true, deltaY, clientX: 600, clientY: 400 }));
  const turn = (i) => zooming
    ? wheel(i % 120 < 60 ? -5 : 5)
    : say("pointermove", 500 + (i % 120 < 60 ? i % 120 : 120 - (i % 120)) * 8, 1);
  if (!zooming) say("pointerdown", 500, 1);
  const start = performance.now();
  let [frames, last, worst] = [0, start, 0];
  await new Promise((done) => requestAnimationFrame(function frame(now) {
    worst = Math.max(worst, now - last);
    last = now;
    turn(frames++);
    if (now - start < seconds * 1000) requestAnimationFrame(frame); else done();
  }));
  if (!zooming) say("pointerup", 500, 0);
  return [frames / seconds, worst];
}"""


async def fill(quick: Quick) -> None:
    """Two thousand notes all over the board."""
    chance = random.Random(7)
    board = quick.driver.all("board")[0]
    for _ in range(NOTES // PER_COMMAND):
        notes = [
            {
                "text": " ".join(chance.sample(WORDS, chance.randint(3, 14))),
                "x": chance.uniform(0, board["width"] - 170),
                "y": chance.uniform(0, board["height"] - 104),
            }
            for _ in range(PER_COMMAND)
        ]
        await quick.driver.do("add_notes", board=board["id"], notes=notes)


async def measure(page: Page, what: str, *, zooming: bool = False) -> None:
    """Print one line of the table."""
    fps, worst = await page.evaluate(GESTURE, [zooming, 4])
    print(f"| {what} | {fps:.0f} | {worst:.0f} ms |")


async def main() -> None:
    """Lay the board out, open it, move about."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as server:
        async with async_playwright() as playwright:
            browser = await launched(playwright)
            stage = Stage(browser, server)
            quick = await Quick.made(stage)
            await quick.enter("Regrouper")
            await fill(quick)
            nadia = await facilitator(stage, "Nadia", SCREEN)
            await nadia.joins(quick.roles["facilitator"], site="Montpellier")
            page = nadia.page
            await page.wait_for_selector(".board .zoom-value")
            print("| gesture | frames per second | longest frame |\n|---|---|---|")
            await measure(page, "pan, whole board")
            for _ in range(4):
                await page.get_by_role("button", name="Agrandir").click()
            await measure(page, "pan, near")
            await measure(page, "zoom", zooming=True)
            await quick.leave()
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
