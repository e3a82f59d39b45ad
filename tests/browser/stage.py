"""The stage of a story: a server process of its own, a browser, and pages that fail the test when anything goes wrong on them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright, expect

ROOT = Path(__file__).parents[2]
KEY = "une-clef-d-essai-pour-animer"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE = 20_000
"""Milliseconds that a state may take to show: generous, since what is waited for comes at once on a machine at rest."""
expect.set_options(timeout=PATIENCE)
PHONE, TABLET, COMPUTER, WALL = (390, 844), (1180, 820), (1440, 900), (1920, 1080)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`pasdecote serve` as anyone would run it, on its own folder and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start and wait for the line that says it listens."""
        settings = {
            "DATA_DIR": str(self.folder), "PORT": str(self.port), "BASE_URL": self.url, "FACILITATION_KEY": KEY,
            "TZ": "Europe/Paris",
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server", "serve"],
            cwd=ROOT,
            env={**os.environ, **settings, "LOG_LEVEL": "error"},
            stdout=subprocess.PIPE,
            text=True,
        )
        told = self._process.stdout
        assert told is not None
        with told:
            line = next((line for line in told if self.url in line), "")
        assert line, "the server stopped before it listened"

    def stop(self) -> None:
        """Stop as systemd would; the test fails where that takes too long."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=20)

    def run(self, *words: str) -> str:
        """What another command line of the same instance prints."""
        settings = {"DATA_DIR": str(self.folder), "BASE_URL": self.url}
        done = subprocess.run(
            [sys.executable, "-m", "server", *words],
            cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def chromium() -> str:
    """The browser that `make test` installs."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "expected Chromium on the PATH: `make test` installs it"
    return found


class Stage:
    """Opens pages, each in a browser profile of its own, and collects what goes wrong on any of them."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
        self.faults: list[str] = []
        kept = os.environ.get("PASDECOTE_SCREENS", "")
        self.screens = Path(kept) if kept else None
        self.leaving: list[Callable[[], Awaitable[None]]] = []
        self._contexts: list[BrowserContext] = []

    async def page(self, who: str, size: tuple[int, int] = COMPUTER, *, touch: bool = False, script: bool = True) -> Page:
        """A fresh profile's page: French, its console errors and failed requests held against the test."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="fr-FR", timezone_id="Europe/Paris", has_touch=touch,
            java_script_enabled=script, accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = await context.new_page()
        self.watch(page, who)
        return page

    def watch(self, page: Page, who: str) -> None:
        """Hold against the test what this page's console, scripts and requests complain of."""
        page.on("console", lambda said: self.faults.append(f"{who}: {said.text}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(f"{who}: {error}"))
        page.on("request", lambda one: self.faults.append(f"{who}: {one.url}") if self._is_foreign(one.url) else None)

    def _is_foreign(self, url: str) -> bool:
        return url.startswith(("http:", "https:", "ws:")) and f"127.0.0.1:{self.server.port}/" not in url

    async def close(self) -> None:
        """Close every page, and every socket told to `leaving`; raises AssertionError with all that went wrong."""
        for leave in self.leaving:
            await leave()
        for context in self._contexts:
            await context.close()
        assert not self.faults, "\n".join(self.faults)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server for the time of a story."""
    server = Server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


async def launched(playwright: Playwright) -> Browser:
    """A headless Chromium that talks to nobody but the pages it opens."""
    return await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


@contextlib.asynccontextmanager
async def staged(server: Server) -> AsyncIterator[Stage]:
    """A browser on a server, for one story; it fails if any page complained."""
    async with async_playwright() as playwright:
        browser = await launched(playwright)
        play = Stage(browser, server)
        try:
            yield play
            await play.close()
        finally:
            await browser.close()
