"""The offline page in a real browser, from a file: URL with the network off: no request, no complaint, nothing for axe."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.async_api import Page, async_playwright

from facilitation.records import Note, Sheet
from facilitation.state import Put, Set
from server.archive.bundle import Bundle
from server.archive.container import unpack
from tests.browser.stage import launched
from tests.server.archive.conftest import built_from
from tests.server.archive.scene import accueil

AXE = Path(__file__).parents[2] / "browser" / "vendor" / "axe.min.js"


def page_of(built: Bundle) -> bytes:
    return next(content for name, content in unpack(built.shared).items() if name.endswith("/index.html"))


@asynccontextmanager
async def opened(path: Path, width: int = 1440) -> AsyncIterator[tuple[Page, list[str]]]:
    """The page of a file, and what went wrong on it."""
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await launched(playwright)
        context = await browser.new_context(offline=True, viewport={"width": width, "height": 900}, locale="fr-FR")
        page = await context.new_page()
        page.on("console", lambda said: faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None)
        await page.goto(path.as_uri())
        try:
            yield page, faults
        finally:
            await browser.close()


@pytest.mark.parametrize("width", [390, 1440])
async def test_it_opens_from_a_disk_whole_and_quiet(built: Bundle, tmp_path: Path, width: int) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(page_of(built))
    async with opened(path, width) as (page, faults):
        images: list[int] = await page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
        assert images and all(images)
        await page.evaluate("document.fonts.ready.then(() => 0)")
        assert await page.evaluate("[...document.fonts].some(one => one.status === 'loaded')")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, "nothing runs off the side"
        text = await page.inner_text("main")
        for expected in ("Öznur", "Se repérer, connaître les gens", "Médiane", "13 personnes".replace(" ", "\u00a0")):
            assert expected in text or expected.replace("\u00a0", " ") in text
        assert faults == []


@pytest.mark.parametrize("which", ["built", "rich_built"])
async def test_axe_finds_nothing(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    built, path = request.getfixturevalue(which), tmp_path / "index.html"
    # The page's own CSP forbids scripts, axe included: it is looked at without that line, which changes nothing it shows.
    path.write_bytes(re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", page_of(built)))
    async with opened(path) as (page, _):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
        found: dict[str, Any] = await page.evaluate("tags => axe.run({runOnly: tags})", tags)
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]] == []


PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</style><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}", "javascript:alert(1)", "<!--", "]]>", "&lt;b&gt;", "'; alert(1) //", "<iframe src=http://evil.test>",
    "<link rel=stylesheet href=//evil.test/x.css>", "\u202ealert\u202c", "</title><script>alert(1)</script>",
    "<base href=//evil.test>",
]  # fmt: skip


async def test_payloads_in_every_text_stay_texts(tmp_path: Path) -> None:
    story = accueil()
    whole = "\n".join(PAYLOADS)
    notes = [Set("note", note.id, {"text": payload}) for note, payload in zip(story.state.all(Note), PAYLOADS, strict=False)]
    story.say(
        *notes,
        *(Set("cluster", f"cluster{place}", {"title": payload[:120]}) for place, payload in enumerate(PAYLOADS[:4])),
        *(Set(kind, id, {"title": whole}) for kind, id in (("board", "bateau"), ("zone", "ancre"), ("block", "lire"))),
        Set("session", "session", {"title": whole, "purpose": whole, "axis": whole}),
        Set("site", "toulouse", {"name": whole}),
        Set("seat", "seat00", {"name": whole}),
        Set("tally", "roti", {"comments": tuple(PAYLOADS)}),
        Put(Sheet(id="nasty", type="action", what=whole, who=whole, when=whole)),
    )
    path = tmp_path / "index.html"
    content = page_of(built_from(story))
    path.write_bytes(content)
    elements = list(html.fromstring(content).iter())
    assert not {"script", "iframe", "base", "link", "object"} & {one.tag for one in elements}
    assert not [name for one in elements for name in one.attrib if name.startswith("on")]
    async with opened(path) as (page, faults):
        assert PAYLOADS[0] in await page.inner_text("h1")
        assert faults == []


async def test_it_prints_on_a4_pages(built: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(page_of(built))
    async with opened(path) as (page, _):
        pdf = await page.pdf(prefer_css_page_size=True)
        assert pdf.startswith(b"%PDF") and 2 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 8


async def test_the_boards_open_alone(built: Bundle, tmp_path: Path) -> None:
    for name, content in unpack(built.shared).items():
        if name.endswith((".svg", ".png")):
            path = tmp_path / name.rpartition("/")[2]
            path.write_bytes(content)
            async with opened(path) as (_, faults):
                assert faults == []


def test_its_policy_allows_nothing_but_data(built: Bundle) -> None:
    page = page_of(built).decode()
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    assert found.group(1).startswith("default-src 'none'; img-src data:; font-src data:; style-src 'sha256-")
    assert "http:" not in re.sub(r'xmlns="[^"]+"', "", page) and "https:" not in page
