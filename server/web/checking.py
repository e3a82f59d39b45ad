"""Checking a bundle that somebody brings back: whether it is exactly what the server once wrote."""

from __future__ import annotations

from typing import BinaryIO

import msgspec


class Verdict(msgspec.Struct, frozen=True):
    """`intact`, with how many `files` agree; otherwise `why` names the first thing that does not."""

    intact: bool
    files: int = 0
    why: str = ""


def check(file: BinaryIO, name: str) -> Verdict:
    """The verdict on an uploaded zip. `name` is what the browser calls it; nothing is written anywhere."""
    from server.archive.verify import verify

    return verify(file.read(), name)
