"""An online backup: pages copied through SQLite's backup API between the writer's turns, then cleared of open seals."""

import os
from pathlib import Path

import apsw

from server.log.failpoints import failpoint

STEP = 500
"""Pages (4 KiB) copied in one turn of the writer: about 1 ms, so an append hardly waits for a backup."""

CLEAR = """
DELETE FROM commands WHERE (session, seal) IN (SELECT session, seal FROM seals WHERE state = 'open');
DELETE FROM sealed WHERE (session, seal) IN (SELECT session, seal FROM seals WHERE state = 'open');
DELETE FROM seals WHERE state = 'open';
"""


class Copy:
    """One backup under way. `step` and `abandon` belong to the writer's thread, `finish` to any other."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        self._target: apsw.Connection | None = None
        self._backup: apsw.Backup | None = None

    def step(self, source: apsw.Connection) -> bool:
        """Copy some pages; True once all are there. Raises apsw errors and OSError."""
        if self._backup is None:
            self._begin(source)
        assert self._backup is not None and self._target is not None
        done = self._backup.step(STEP)
        failpoint("during-backup")
        if done:
            self._backup.finish()
            self._target.close()
        return done

    def _begin(self, source: apsw.Connection) -> None:
        self.part.unlink(missing_ok=True)
        os.close(os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._target = apsw.Connection(str(self.part))
        self._backup = self._target.backup("main", source, "main")

    def abandon(self) -> None:
        """Give up and leave no file."""
        if self._backup is not None:
            self._backup.close(True)
        if self._target is not None:
            self._target.close(True)
        self.part.unlink(missing_ok=True)

    def finish(self) -> None:
        """Remove the open seals without a trace, flush, and give the copy its name. Raises apsw errors and OSError."""
        try:
            self._clear()
            _flush(self.part)
            os.replace(self.part, self.path)
            _flush(self.path.parent)
        except BaseException:
            self.part.unlink(missing_ok=True)
            raise

    def _clear(self) -> None:
        copy = apsw.Connection(str(self.part))
        try:
            # One file that needs no WAL beside it, and VACUUM so that no free page keeps an old ballot.
            copy.execute("PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; BEGIN IMMEDIATE").fetchall()
            copy.execute(CLEAR)
            copy.execute("COMMIT; VACUUM")
        finally:
            copy.close(True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
