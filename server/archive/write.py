"""Writing a closing session's bundle: built in a process of its own, then put on disk whole or not at all.

A part appears under its name only when every byte of it, and its name, are on disk. Writing again the same session
writes the same bytes under the same names, so whoever finds a session closing may do it again.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import tempfile
import time
import zipfile
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import msgspec

import facilitation
from facilitation.commands import RecordArchive
from facilitation.records import to_wire
from facilitation.state import State
from server import telemetry
from server.archive.apart import run_apart
from server.archive.bundle import Lab
from server.archive.worker import Answer, Job
from server.config import Settings
from server.log.contract import Commit, Log
from server.log.failpoints import failpoint

TIMEOUT = 120.0
"""Seconds after which a build is given up: a bundle of 300 notes takes less than 10."""


class BuildFailed(RuntimeError):
    """The bundle could not be built. Says how the worker ended, never what people wrote."""


class Closing(Protocol):
    """A session being closed, as the live session is."""

    id: str
    state: State


def bundle_writer(log: Log, settings: Settings) -> Callable[[Closing], Awaitable[RecordArchive]]:
    """What the directory of live sessions calls to write a closing session's bundle from its log."""

    async def write(live: Closing) -> RecordArchive:
        begun = time.monotonic()
        told = await write_bundle(live.state, log.read(live.id), settings)
        spent = round(1000 * (time.monotonic() - begun))
        telemetry.event("bundle_written", session=live.id, bytes=told.shared_size + told.reserved_size, ms=spent)
        return told

    return write


async def write_bundle(state: State, commits: AsyncIterable[Commit] | Iterable[Commit], settings: Settings) -> RecordArchive:
    """Build both parts of a session's bundle and write them to `settings.bundles`; what to record of them.

    Raises BuildFailed, OSError (a full disk: nothing appears), and what reading the log raises.
    """
    answer = await _built(state, commits, settings)
    if answer.undrawn:
        telemetry.event("boards_undrawn", level=logging.WARNING, count=answer.undrawn)
    await asyncio.to_thread(_save, answer, settings.bundles)
    return RecordArchive(
        shared=answer.shared_name,
        shared_size=len(answer.shared),
        shared_hash=sha256(answer.shared).hexdigest(),
        reserved=answer.reserved_name,
        reserved_size=len(answer.reserved),
        reserved_hash=sha256(answer.reserved).hexdigest(),
    )


async def _built(state: State, commits: AsyncIterable[Commit] | Iterable[Commit], settings: Settings) -> Answer:
    batches = [(commit.at, commit.changes) async for commit in _each(commits)]
    return await build_apart(Job([to_wire(one) for one in state.records()], batches, _lab(state, settings)))


async def preview(log: Log, live: Closing, settings: Settings) -> tuple[str, bytes]:
    """The minutes as they would be archived now, file name and ODT; nothing is kept. Raises BuildFailed."""
    answer = await _built(live.state, log.read(live.id), settings)
    with zipfile.ZipFile(io.BytesIO(answer.shared)) as bundle:
        member = next(one for one in bundle.namelist() if one.endswith(".odt"))
        return member.rpartition("/")[2], bundle.read(member)


async def _each(commits: AsyncIterable[Commit] | Iterable[Commit]) -> AsyncIterable[Commit]:
    if isinstance(commits, AsyncIterable):
        async for commit in commits:
            yield commit
    else:
        for commit in commits:
            yield commit


def _lab(state: State, settings: Settings) -> Lab:
    return Lab(
        name=settings.lab_name,
        address=settings.lab_address,
        language=settings.default_language,
        method=_method(state.session.method),
    )


def _method(id: str) -> str:
    """The file of the method that the plan came from, "" when there is none of that id."""
    folder = Path(facilitation.__file__).parent / "methods"
    return next((path.read_text(encoding="utf-8") for path in folder.glob("*.toml") if path.stem == id), "")


async def build_apart(job: Job, *, within: float = TIMEOUT) -> Answer:
    """Have a job done by a process of its own, within seconds. Raises BuildFailed."""
    try:
        code, out, err = await run_apart("server.archive.worker", msgspec.msgpack.encode(job), within)
    except TimeoutError:
        raise BuildFailed(f"the bundle took more than {within:g} s and was given up") from None
    if code:
        raise BuildFailed(f"the bundle's process ended with {code}: {_class_of(err)}")
    return msgspec.msgpack.decode(out, type=Answer)


def _class_of(trace: bytes) -> str:
    """The class of the error that ended the worker: its text may quote what people wrote."""
    last = trace.decode(errors="replace").strip().rpartition("\n")[2]
    return last.partition(":")[0][:80] or "no trace"


# --- on disk -----------------------------------------------------------------------------------------------------


def _save(answer: Answer, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in ((answer.shared_name, answer.shared), (answer.reserved_name, answer.reserved)):
        put(folder / name, content)


def put(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all: a draft, flushed, renamed, and its folder flushed. Raises OSError."""
    for left in path.parent.glob(f".{path.name}.*.draft"):  # by a process killed in the middle
        left.unlink(missing_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        failpoint("before-rename")
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, as far as the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
