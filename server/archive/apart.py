"""Heavy work in a process of its own: it never holds up a live session, and one that runs wild can be stopped."""

from __future__ import annotations

import asyncio
import sys
from typing import NamedTuple

from server.config import HERE


class Done(NamedTuple):
    """How a process ended (0: well), and all that it wrote."""

    code: int
    out: bytes
    err: bytes


async def run_apart(module: str, job: bytes, within: float) -> Done:
    """Run a module of ours on a job until it ends. Raises TimeoutError after `within` seconds; it is then killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, cwd=HERE.parent,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(within):
            out, err = await process.communicate(job)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Done(process.returncode or 0, out, err)
