"""A real server process to be killed: `python -m tests.chaos.serving`, settings from the environment as ever.

It tells "ready" on its output once its port is open. With "debounced" it has the defect that the harness must catch:
answering, showing, and saving a little later.
"""

import asyncio
import os
import sys
from typing import Any

from server import config, telemetry
from server.app import STORE, Application, server_for
from server.log import Commit, Log
from server.log.sqlite import SqliteLog

LATER = 0.5
"""Seconds between the answer and the saving, where it is debounced; more than all clients need to hear the answer."""


class DebouncedLog(SqliteLog):
    """Keeps appends in memory for a while, as servers do that call the memory the truth and the disk a copy."""

    async def append(self, session: str, after: bytes | None, commit: Commit | None, *given: Any, **named: Any) -> Any:
        """Answer now, save later."""
        saving = super().append(session, after, commit, *given, **named)
        asyncio.get_running_loop().call_later(LATER, lambda: asyncio.ensure_future(saving))
        return commit


def main() -> None:
    """Serve until told to stop, or killed."""
    telemetry.start("warning")
    settings = config.load()
    log: Log = (DebouncedLog if "debounced" in sys.argv else SqliteLog).open(settings.data / STORE)
    server_for(Application(settings, log), on_listening=lambda: os.write(1, b"ready\n")).run()


if __name__ == "__main__":
    main()
