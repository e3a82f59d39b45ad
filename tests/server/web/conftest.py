"""A whole server on a fresh store, asked over HTTP in one process; and browsers that each keep their own cookies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from facilitation.commands import Command
from facilitation.state import State
from server.app import Application, create_app
from server.config import load
from server.identity import keys

KEY = "clé de laboratoire 2026"
ORIGIN = "http://127.0.0.1:8000"


class Browser:
    """One browser: cookies of its own, and the headers that browsers add to forms."""

    def __init__(self, app: Application, portal: Any, language: str = "fr") -> None:
        self.client = TestClient(app, base_url=ORIGIN, follow_redirects=False, headers={"accept-language": language})
        self.client.portal = portal

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, str] | None = None, **options: Any) -> Any:
        headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **options.pop("headers", {})}
        return self.client.post(path, data=data, headers=headers, **options)


class Site:
    """The server, and what a test does to it from inside."""

    def __init__(self, app: Application, portal: Any) -> None:
        self.app = app
        self.portal = portal

    def browser(self, language: str = "fr") -> Browser:
        return Browser(self.app, self.portal, language)

    def state(self, sid: str) -> State:
        async def read() -> State:
            return (await self.app.directory.open(sid)).state

        return self.portal.call(read)

    def ask(self, sid: str, command: Command, actor: str = "") -> Any:
        async def ask() -> Any:
            live = await self.app.directory.open(sid)
            return await live.ask(command, actor=actor)

        return self.portal.call(ask)

    def link(self, sid: str, role: Any, site: str = "") -> str:
        return self.app.web.links.role_path(sid, role, self.state(sid).session.generations, site)

    def facilitator(self) -> Browser:
        """A browser where the key was given."""
        browser = self.browser()
        assert browser.post("/cle", {"cle": KEY}).status_code == 303
        return browser

    def workshop(self, browser: Browser, title: str = "Réussir l’arrivée", method: str = "speed-boat") -> str:
        """A workshop created from the pages; its session id."""
        answer = browser.post("/seances", {"titre": title, "nom": "Nadia", "methode": method})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"].split("/")[2])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(keys, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))  # the real cost is tested once
    app = create_app(load({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40, "FACILITATION_KEY": KEY}))
    with TestClient(app, base_url=ORIGIN) as client:
        yield Site(app, client.portal)
