"""A server on sessions that are ready to be worked in; it leaves no process behind, however the test went."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.processes import Server
from tests.chaos.stage import lay


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    await lay(tmp_path)
    server = Server(tmp_path)
    yield server
    server.end()
