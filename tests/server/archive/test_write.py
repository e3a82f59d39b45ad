"""Writing: whole or not at all, the same again, and a worker that fails or hangs harms nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from facilitation.records import to_wire
from server.archive import write
from server.archive.bundle import Lab
from server.archive.verify import verify
from server.archive.worker import Job
from server.config import Settings, load
from server.log.contract import Commit
from tests.server.archive.scene import Story


def settings_in(folder: Path) -> Settings:
    return load({}, data_dir=str(folder), lab_name="La Coopérative")


async def test_both_parts_are_written_and_told(story: Story, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)

    async def commits() -> AsyncIterator[Commit]:
        for commit in story.commits:
            yield commit

    told = await write.write_bundle(story.state, commits(), settings)
    for name, size, digest in (
        (told.shared, told.shared_size, told.shared_hash),
        (told.reserved, told.reserved_size, told.reserved_hash),
    ):
        content = (settings.bundles / name).read_bytes()
        assert (len(content), sha256(content).hexdigest()) == (size, digest)
        assert verify(content).intact
    assert sorted(path.name for path in settings.bundles.iterdir()) == sorted((told.shared, told.reserved))
    assert await write.write_bundle(story.state, story.commits, settings) == told, "again, the same"


async def test_a_worker_that_fails_says_the_class_of_its_error_only(story: Story) -> None:
    records = [to_wire(one) for one in story.state.records()]
    with pytest.raises(write.BuildFailed) as failed:
        await write.build_apart(Job(records, [(0, b"SECRET-DAMAGED")], Lab(name="L")))
    assert "SECRET" not in str(failed.value)


async def test_a_worker_that_hangs_is_given_up(story: Story) -> None:
    records = [to_wire(one) for one in story.state.records()]
    with pytest.raises(write.BuildFailed, match="given up"):
        await write.build_apart(Job(records, [], Lab(name="L")), within=0.01)


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "part.zip"
    write.put(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        write.put(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_flushed_before_its_name_and_its_folder_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    flush, rename = os.fsync, os.replace

    def flushed(handle: int) -> None:
        seen.append("folder" if Path(f"/proc/self/fd/{handle}").resolve() == tmp_path else "file")
        flush(handle)

    def renamed(old: str, new: Path) -> None:
        seen.append("name")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    write.put(tmp_path / "part.zip", b"content")
    assert seen == ["file", "name", "folder"]


def test_a_draft_left_by_a_killed_process_goes_at_the_next_writing(tmp_path: Path) -> None:
    (tmp_path / ".part.zip.abc.draft").write_bytes(b"half")
    write.put(tmp_path / "part.zip", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["part.zip"]
    assert (tmp_path / "part.zip").stat().st_mode & 0o077 == 0, "personal data: the server's own eyes only"


async def test_building_leaves_the_loop_free(story: Story, tmp_path: Path) -> None:
    building = asyncio.create_task(write.write_bundle(story.state, story.commits, settings_in(tmp_path)))
    turns = 0
    while not building.done():
        await asyncio.wait({building}, timeout=0.02)
        turns += 1
    assert turns > 5
