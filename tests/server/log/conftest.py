"""One fixture per engine: a test that takes `log` runs on every log there is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.log import Log
from tests.server.log.engines import ENGINES, Opener, opened


@pytest.fixture(params=sorted(ENGINES))
def open_log(request: pytest.FixtureRequest) -> Opener:
    return ENGINES[request.param]


@pytest.fixture
async def log(open_log: Opener, tmp_path: Path) -> AsyncIterator[Log]:
    async with opened(open_log, tmp_path) as log:
        yield log
