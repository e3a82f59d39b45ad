"""Documents on A4 paper, set by typst in a process of its own: what wants printing before a session, and never its records.

Values reach the template as JSON, never as markup, so that no text can be taken for an instruction. The PDF is tagged for
screen readers (PDF/UA-1); a text with a character that no font of ours has is set without that promise, and still whole.
Run as `python -m server.archive.press`: the job on the input, the PDF on the output.
"""

from __future__ import annotations

import asyncio
import json
import resource as limits
import sys
from typing import Any, Literal

import msgspec
import typst

from server.archive.apart import run_apart
from server.archive.documents.lettering import FONTS
from server.config import resource

TIMEOUT = 30.0
"""Seconds after which a page is given up: one takes a fraction of that."""
AT_ONCE = 2
MEMORY = 2 * 2**30
"""Bytes of address space: typst maps its own, so this is generous."""

_turns = asyncio.Semaphore(AT_ONCE)


class PressFailed(RuntimeError):
    """The document could not be set. Says how the process ended, never what people wrote."""


class Sheet(msgspec.Struct, frozen=True):
    """A template of templates/archive, and its values as JSON."""

    template: str
    values: str


def sheet(template: str, values: dict[str, Any]) -> Sheet:
    """A job for the press."""
    return Sheet(template, json.dumps(values, ensure_ascii=False))


def printed(job: Sheet) -> bytes:
    """The PDF of a job. Raises RuntimeError (typst's) where it cannot be set at all."""
    try:
        return _set(job, ["ua-1"])
    except RuntimeError:
        return _set(job, [])


def _set(job: Sheet, standards: list[Literal["ua-1"]]) -> bytes:
    folder = resource("templates") / "archive"
    done = typst.compile(
        str(folder / job.template), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf",
        sys_inputs={"values": job.values}, pdf_standards=[*standards],
    )  # fmt: skip
    if not isinstance(done, bytes):
        raise RuntimeError("expected one document from typst, got several")
    return done


async def printed_apart(job: Sheet, *, within: float = TIMEOUT) -> bytes:
    """The PDF of a job, set off the loop, two at a time. Raises PressFailed."""
    async with _turns:
        try:
            code, out, _ = await run_apart("server.archive.press", msgspec.msgpack.encode(job), within)
        except TimeoutError:
            raise PressFailed(f"the document took more than {within:g} s and was given up") from None
    if code:
        raise PressFailed(f"the document's process ended with {code}")
    return out


def main() -> None:
    """Do the job on the standard input."""
    limits.setrlimit(limits.RLIMIT_AS, (MEMORY, MEMORY))
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Sheet)
    sys.stdout.buffer.write(printed(job))


if __name__ == "__main__":
    main()
