"""Checking a bundle that somebody brings back: whether it is exactly what the server once wrote."""

from __future__ import annotations

from typing import BinaryIO

from server.archive.verify import Verdict, verify

__all__ = ["Verdict", "check"]


def check(file: BinaryIO, name: str) -> Verdict:
    """The verdict on an uploaded zip. `name` is what the browser calls it; nothing is written anywhere."""
    return verify(file.read(), name)
