"""The process that builds a bundle: reads a job on its input, writes the two parts to its output, and ends.

Apart from the server, so that seconds of drawing never hold up a live session, and a drawing that runs wild can be
stopped. Run as `python -m server.archive.worker`; the job and the answer are msgpack.
"""

from __future__ import annotations

import resource
import sys
from typing import Any

import msgspec

from facilitation.records import from_wire
from facilitation.state import Put, State
from server.archive.bundle import Batch, Lab, build

MEMORY = 2 * 2**30
"""Bytes of address space: typst maps its own, so this is generous."""


class Job(msgspec.Struct, frozen=True):
    """A session to archive: the wire form of its records, and its commits as (ms, stored changes)."""

    records: list[dict[str, Any]]
    batches: list[Batch]
    lab: Lab


class Answer(msgspec.Struct, frozen=True):
    """The two parts, by name, and how many images are there as SVG only."""

    shared_name: str
    shared: bytes
    reserved_name: str
    reserved: bytes
    undrawn: int = 0


def perform(job: Job) -> Answer:
    """Build the bundle of a job. Raises as `bundle.build` does."""
    state = State().apply(Put(from_wire(plain)) for plain in job.records)
    built = build(state, job.batches, job.lab)
    return Answer(built.shared_name, built.shared, built.reserved_name, built.reserved, built.undrawn)


def main() -> None:
    """Do the job on the standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(msgspec.msgpack.encode(perform(job)))


if __name__ == "__main__":
    main()
