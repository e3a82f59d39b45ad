"""Fixtures of the stories: one browser for the module, one server and one stage for each story."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.browser.stage import Server, Stage, served, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A browser on a fresh server; the story fails if any page complained."""
    with served(tmp_path) as server:
        async with staged(server) as play:
            yield play


@pytest.fixture
def server(stage: Stage) -> Server:
    """The server behind the stage."""
    return stage.server
