"""A disk that fails when told to: a shim between SQLite and the real files."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw


class FailingDisk(apsw.VFS):
    """Real files, but the operations named in `fail` raise: "write wal", "sync wal", "write db", "sync db", "open db".
    `seen` counts them."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.seen: dict[str, int] = {}
        self._failing: dict[str, tuple[type[apsw.Error], int]] = {}

    def fail(self, what: str, error: type[apsw.Error], times: int = 1_000) -> None:
        """Let the next `times` operations of this name raise."""
        self._failing[what] = (error, times)

    def heal(self) -> None:
        self._failing.clear()

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        self.check("open", _kind(flags))
        return _File(self, name, flags)

    def check(self, operation: str, kind: str) -> None:
        what = f"{operation} {kind}"
        self.seen[what] = self.seen.get(what, 0) + 1
        error, times = self._failing.get(what, (apsw.IOError, 0))
        if times:
            self._failing[what] = (error, times - 1)
            raise error(f"told to fail: {what}")


class _File(apsw.VFSFile):
    def __init__(self, disk: FailingDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        self._kind = _kind(flags)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.check("write", self._kind)
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        # The bytes stay in the kernel's cache, as after a real failed flush: only the promise is missing.
        self._disk.check("sync", self._kind)
        super().xSync(flags)


def _kind(flags: list[int]) -> str:
    return "wal" if flags[0] & apsw.SQLITE_OPEN_WAL else "db"


@contextmanager
def failing_disk(name: str = "failing") -> Iterator[FailingDisk]:
    disk = FailingDisk(name)
    try:
        yield disk
    finally:
        disk.unregister()
