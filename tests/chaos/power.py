"""A disk whose power can be cut at any write: it records what SQLite does to its files, and rebuilds what may be left.

What was flushed is kept. Of what was not, any part may be: each write, truncation or deletion since the last flush of
its file is kept or lost by chance, and one in ten of those kept is torn at a 512-byte sector. A deletion is flushed with
its folder, as SQLite's own Unix layer does it: on demand, and with the first flush of a journal or WAL it created.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import apsw

SECTOR = 512


class Event(NamedTuple):
    """One thing that reached the disk ("write", "truncate", "delete", "sync", "sync folder"), or "ack": an operation was
    answered."""

    kind: str
    file: str
    at: int = 0
    data: bytes = b""


class RecordingDisk(apsw.VFS):
    """Real files, with everything that is done to them kept in `events`."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "")
        self.events: list[Event] = []

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or "temporary"
        return _File(self, Path(path).name, name, flags)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        super().xDelete(name, sync_folder)
        self.events.append(Event("delete", Path(name).name))
        if sync_folder:
            self.events.append(Event("sync folder", ""))


class _File(apsw.VFSFile):
    def __init__(self, disk: RecordingDisk, short: str, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._events = disk.events
        self._name = short
        journal = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
        self._syncs_folder = bool(flags[0] & journal and flags[0] & apsw.SQLITE_OPEN_CREATE)
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._events.append(Event("write", self._name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._events.append(Event("truncate", self._name, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._events.append(Event("sync", self._name))
        if self._syncs_folder:
            self._syncs_folder = False
            self._events.append(Event("sync folder", ""))


@contextmanager
def recording_disk(name: str = "recording") -> Iterator[RecordingDisk]:
    disk = RecordingDisk(name)
    try:
        yield disk
    finally:
        disk.unregister()


@dataclass
class Platter:
    """What is surely on the disk, and what waits in caches, per file."""

    kept: dict[str, bytearray | None] = field(default_factory=dict)
    waiting: dict[str, list[Event]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Go one event further."""
        if event.kind == "sync":
            self.kept[event.file] = _after(self.kept.get(event.file), self.waiting.pop(event.file, []))
        elif event.kind == "sync folder":
            self._delete_for_good()
        elif event.kind != "ack":
            self.waiting.setdefault(event.file, []).append(event)

    def _delete_for_good(self) -> None:
        for name, events in self.waiting.items():
            deletions = [place for place, event in enumerate(events) if event.kind == "delete"]
            if deletions:
                self.kept[name] = None
                self.waiting[name] = events[deletions[-1] + 1 :]

    def cut(self, chance: random.Random, folder: Path) -> None:
        """Leave in `folder` the files, and only those, that one power cut now could leave."""
        for path in folder.iterdir():
            path.unlink()
        for name in self.kept.keys() | self.waiting.keys():
            survivors = [_torn(event, chance) for event in self.waiting.get(name, []) if chance.random() < 0.5]
            left = _after(self.kept.get(name), survivors)
            if left is not None:
                (folder / name).write_bytes(left)


def _after(before: bytearray | None, events: list[Event]) -> bytearray | None:
    content = None if before is None else bytearray(before)
    for event in events:
        if event.kind == "delete":
            content = None
            continue
        content = bytearray() if content is None else content
        if event.kind == "truncate":
            del content[event.at :]
        else:
            content.extend(bytes(max(0, event.at - len(content))))
            content[event.at : event.at + len(event.data)] = event.data
    return content


def _torn(event: Event, chance: random.Random) -> Event:
    if event.kind != "write" or chance.random() >= 0.1:
        return event
    sectors = (len(event.data) + SECTOR - 1) // SECTOR
    return event._replace(data=event.data[: chance.randrange(sectors + 1) * SECTOR])
