"""Somebody who does not see the page: goes by keyboard alone, and hears what a screen reader would be told.

What is heard is recorded where a screen reader listens: each change of a live region that was already there, each alert
that appears, once, in order, with its role and how politely it speaks; and, at every stop, the role and name that the
browser's own accessibility tree gives the element in focus.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from playwright.async_api import CDPSession, Page, expect

from tests.browser.people import Participant, words
from tests.browser.stage import PATIENCE

RECORD = r"""(() => {
  if (globalThis.heard) return;
  globalThis.heard = [];
  let waiting = [];
  globalThis.hearsMore = (known) => new Promise((resolve) => {
    if (globalThis.heard.length > known) resolve();
    else waiting.push(resolve);
  });
  const LIVE = "[role=status],[role=alert],[role=log],[aria-live=polite],[aria-live=assertive]";
  const before = new WeakMap();
  const hidden = (one) => one.getAttribute("aria-hidden") === "true" || !one.checkVisibility({ visibilityProperty: true });
  const said = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (node.nodeType !== Node.ELEMENT_NODE || hidden(node)) return "";
    return node.getAttribute("aria-label") ?? [...node.childNodes].map(said).join(" ");
  };
  // The no-break space at the end of a sentence said twice is what makes it heard twice.
  const textOf = (region) => said(region).replace(/[ \t\n]+/g, " ").replace(/^ | $/g, "");
  const look = () => {
    const already = globalThis.heard.length;
    for (const region of document.querySelectorAll(LIVE)) {
      if (region.getAttribute("aria-live") === "off" || region.getAttribute("aria-busy") === "true") continue;
      const alert = region.getAttribute("role") === "alert";
      const text = textOf(region);
      const known = before.has(region);
      const was = before.get(region) ?? "";
      before.set(region, text);
      // A region that comes with its text is announced only where it is an alert.
      if (text === was || text === "" || (!known && !alert)) continue;
      const polite = region.getAttribute("aria-live") ?? (alert ? "assertive" : "polite");
      globalThis.heard.push([polite, region.getAttribute("role") ?? "", text]);
    }
    if (globalThis.heard.length > already) waiting.splice(0).forEach((resolve) => resolve());
  };
  const start = () => {
    look();
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(look).observe(document.documentElement, all);
  };
  if (document.documentElement) start();
  else document.addEventListener("DOMContentLoaded", start);
})()"""

FOCUSED = "() => { const one = document.activeElement; return one && one !== document.body ? one : null; }"
POLITENESS = {"polite": "poli", "assertive": "pressant"}
ROLES = {
    "textbox": "champ", "button": "bouton", "link": "lien", "radio": "choix", "checkbox": "case", "region": "région",
    "listitem": "élément de liste", "spinbutton": "nombre", "heading": "titre", "article": "note", "main": "page",
}  # fmt: skip
SPACES = {"\u00a0": " ", "\u202f": " ", "’": "'"}


def plain(text: str) -> str:
    """As heard: one kind of space and of apostrophe."""
    for odd, usual in SPACES.items():
        text = text.replace(odd, usual)
    return re.sub(r" +", " ", text).strip()


class Listener(Participant):
    """A participant with a keyboard and a screen reader."""

    transcript: list[str]

    async def listens(self) -> None:
        """From now on everything is recorded, on every page."""
        self.transcript = []
        self._taken = 0
        await self.page.add_init_script(RECORD)
        self._tree: CDPSession = await self.page.context.new_cdp_session(self.page)
        await self._tree.send("Accessibility.enable")

    async def chapter(self, title: str) -> None:
        """What comes next is about this."""
        await self._take()
        self.transcript += ["", f"# {title}"]

    async def hears(self, text: str) -> None:
        """Wait until a live region said this, since the last time that something was waited for."""
        try:
            async with asyncio.timeout(PATIENCE / 1000):
                while not any(plain(text) in one for one in await self._take()):
                    await self.page.evaluate("(known) => globalThis.hearsMore(known)", self._taken)
        except TimeoutError:
            raise AssertionError(f"expected to hear {text!r}, heard: {self.transcript[-6:]}") from None

    async def _take(self) -> list[str]:
        said: list[list[str]] = await self.page.evaluate("(from) => (globalThis.heard ?? []).slice(from)", self._taken)
        self._taken += len(said)
        lines = [f"[{POLITENESS[polite]}] {plain(text)}" for polite, _, text in said]
        self.transcript += lines
        return lines

    async def new_page(self) -> None:
        """The browser went to another page: its recorder begins at nothing."""
        self._taken = 0

    # --- where one is

    async def focus(self) -> str:
        """Role and name of what has the focus, as the accessibility tree says it; "" on nothing."""
        found = await self.page.evaluate_handle(FOCUSED)
        element = found.as_element()
        if element is None:
            return ""
        await element.evaluate("(one) => { globalThis.inFocus = one; }")
        node = await self._node("globalThis.inFocus")
        return f"{ROLES.get(node['role'], node['role'])} « {node['name']} »" + (f", {node['state']}" if node["state"] else "")

    async def _node(self, expression: str) -> dict[str, str]:
        found = await self._tree.send("Runtime.evaluate", {"expression": expression})
        tree: Any = await self._tree.send(
            "Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        )
        node = tree["nodes"][0]
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        states = {"checked": "coché", "pressed": "enfoncé", "expanded": "déplié", "disabled": "indisponible"}
        state = [said for name, said in states.items() if properties.get(name) in (True, "true")]
        return {
            "role": node["role"]["value"], "name": plain(node.get("name", {}).get("value", "")), "state": ", ".join(state),
        }  # fmt: skip

    async def presses_key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def goes_to(self, name: str, *, back: bool = False, quietly: bool = False) -> None:
        """Press Tab (or Shift+Tab) until what has the focus bears this name; write the stop down."""
        passed = []
        for _ in range(80):
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
            here = await self.focus()
            passed.append(here)
            if plain(name) in here:
                if not quietly:
                    await self._take()
                    self.transcript.append(f"  → {here}")
                return
        raise AssertionError(f"80 presses of Tab never came to {name!r}: {list(dict.fromkeys(passed))}")

    async def walks_to(self, name: str, key: str = "ArrowDown") -> None:
        """Go down a list with the arrows until this is in focus; write the stop down."""
        for _ in range(20):
            here = await self.focus()
            if plain(name) in here:
                await self._take()
                self.transcript.append(f"  ↓ {here}")
                return
            await self.page.keyboard.press(key)
        raise AssertionError(f"20 presses of {key} never came to {name!r}")

    async def is_on(self, name: str) -> None:
        """The focus is there, and was not moved."""
        here = await self.focus()
        assert plain(name) in here, f"expected the focus on {name!r}, it is on {here!r}"

    async def types(self, text: str) -> None:
        """Type, letter by letter."""
        await self.page.keyboard.type(text)

    async def no_timer_speaks(self) -> None:
        """In the accessibility tree, nothing that counts down is a live region or lies in one."""
        tree: Any = await self._tree.send("Accessibility.getFullAXTree")
        nodes = {node["nodeId"]: node for node in tree["nodes"]}

        def live(node: dict[str, Any]) -> str:
            told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
            return str(told.get("live", ""))

        timers = [node for node in tree["nodes"] if node.get("role", {}).get("value") == "timer"]
        assert timers, "expected a timer on the page"
        for node in timers:
            above: dict[str, Any] | None = node
            while above is not None:
                assert live(above) in ("", "off"), f"the timer speaks: {above.get('role')}, live {live(above)}"
                above = nodes.get(above.get("parentId", ""))


async def listener(stage: Any, name: str, size: tuple[int, int]) -> Listener:
    """Somebody who listens, before a fresh page."""
    page: Page = await stage.page(name, size)
    one = Listener(page, stage, name)
    await one.listens()
    return one


async def expect_text(page: Page, text: str) -> None:
    """Those words stand somewhere on the page."""
    await expect(page.get_by_text(words(text)).first).to_be_attached()
