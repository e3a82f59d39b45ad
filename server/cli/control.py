"""How command-line tools reach the process that owns the store: a Unix socket in DATA_DIR, readable by its owner alone.

One JSON line asks {"do": name, "with": {...}}, one JSON line answers {"done": result} or {"failed": sentence}. Whoever may
open the socket may read the database file too, so that nothing more is checked.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from server import telemetry

NAME = "pasdecote.sock"
LINE_MAX = 16 * 1024 * 1024
SHORT = 100
"""Longest path that fits a Unix socket address everywhere (the kernel's limit is 108 bytes)."""

Operation = Callable[..., Awaitable[Any]]


class Failed(Exception):
    """An operation that could not be done; the message is a sentence for whoever asked."""


class NoServer(Exception):
    """No server runs on this DATA_DIR."""


class Control:
    """The owner's end: serves operations until closed."""

    def __init__(self, folder: Path, operations: Mapping[str, Operation]) -> None:
        self._folder = folder
        self._operations = operations
        self._server: asyncio.Server | None = None
        self._handle = -1

    async def open(self) -> None:
        """Start listening. A socket left by a process that was killed is replaced: the store's lock says who owns it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._handle, address = _address(self._folder)
        with suppress(FileNotFoundError):
            (self._folder / NAME).unlink()
        before = os.umask(0o177)
        try:
            self._server = await asyncio.start_unix_server(self._serve, address, limit=LINE_MAX)
        finally:
            os.umask(before)

    async def close(self) -> None:
        """Stop listening and remove the socket."""
        if self._server is not None:
            self._server.close()
            with suppress(FileNotFoundError):
                (self._folder / NAME).unlink()
        if self._handle >= 0:
            os.close(self._handle)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = json.loads(await reader.readline())
            writer.write(json.dumps(await self._answer(asked)).encode() + b"\n")
            await writer.drain()
        except asyncio.CancelledError:
            return  # the server stops while an operation is under way: whoever asked is told by the closed socket
        except (OSError, ValueError) as error:
            telemetry.event("control_failed", level=logging.WARNING, error=error)
        finally:
            writer.close()

    async def _answer(self, asked: Any) -> dict[str, Any]:
        operation = self._operations.get(asked.get("do", ""))
        if operation is None:
            return {"failed": f"expected one of {', '.join(self._operations)}, got {str(asked.get('do'))[:40]!r}"}
        try:
            return {"done": await operation(**asked.get("with", {}))}
        except Failed as failed:
            return {"failed": str(failed)}
        except Exception as error:
            telemetry.event("operation_failed", level=logging.ERROR, error=error, command=str(asked.get("do")))
            return {"failed": f"{type(error).__name__}: the server's log says where"}


async def ask(folder: Path, do: str, /, **given: Any) -> Any:
    """Have the server that owns `folder` do an operation; its result.

    Raises NoServer where none listens, Failed with the sentence it answers.
    """
    handle, address = _address(folder)
    try:
        reader, writer = await asyncio.open_unix_connection(address, limit=LINE_MAX)
    except OSError as error:
        raise NoServer(str(folder)) from error
    finally:
        if handle >= 0:
            os.close(handle)
    try:
        writer.write(json.dumps({"do": do, "with": given}).encode() + b"\n")
        answer = json.loads(await reader.readline() or b'{"failed": "the server stopped before it answered"}')
    finally:
        writer.close()
    if "failed" in answer:
        raise Failed(answer["failed"])
    return answer["done"]


def _address(folder: Path) -> tuple[int, str]:
    """The socket's address, and the folder's handle (-1: none) that a path too long for one goes through."""
    path = folder.absolute() / NAME
    if len(os.fsencode(path)) <= SHORT or not Path("/proc/self/fd").is_dir():
        return -1, str(path)
    try:
        handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    except OSError:
        return -1, str(path)
    return handle, f"/proc/self/fd/{handle}/{NAME}"
