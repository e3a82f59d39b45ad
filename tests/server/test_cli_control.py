"""The socket by which tools reach the process that owns the store."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server.cli.control import NAME, Control, Failed, NoServer, ask


async def double(n: int) -> int:
    return 2 * n


async def refuse() -> None:
    raise Failed("the session is still open")


async def break_down() -> None:
    raise RuntimeError("Camille wrote this")


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Control]:
    control = Control(folder, {"double": double, "refuse": refuse, "break_down": break_down})
    await control.open()
    try:
        yield control
    finally:
        await control.close()


async def test_an_operation_is_done_by_the_owner(tmp_path: Path) -> None:
    async with serving(tmp_path):
        assert await ask(tmp_path, "double", n=21) == 42


async def test_the_socket_is_its_owners_alone_and_goes_with_the_server(tmp_path: Path) -> None:
    async with serving(tmp_path):
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert not (tmp_path / NAME).exists()


async def test_a_refusal_comes_back_as_its_sentence(tmp_path: Path) -> None:
    async with serving(tmp_path):
        with pytest.raises(Failed, match="the session is still open"):
            await ask(tmp_path, "refuse")
        with pytest.raises(Failed, match="expected one of double, refuse, break_down, got 'fly'"):
            await ask(tmp_path, "fly")


async def test_a_fault_names_its_class_and_nothing_that_it_quotes(tmp_path: Path) -> None:
    async with serving(tmp_path):
        with pytest.raises(Failed) as failed:
            await ask(tmp_path, "break_down")
        assert "RuntimeError" in str(failed.value) and "Camille" not in str(failed.value)
        assert await ask(tmp_path, "double", n=1) == 2


async def test_without_a_server_the_tool_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(NoServer):
        await ask(tmp_path, "double", n=1)
    (tmp_path / NAME).write_bytes(b"")  # left by a process that was killed
    with pytest.raises(NoServer):
        await ask(tmp_path, "double", n=1)
    async with serving(tmp_path):
        assert await ask(tmp_path, "double", n=1) == 2


async def test_a_folder_whose_path_is_too_long_for_a_socket_serves_too(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["a" * 30] * 5))
    deep.mkdir(parents=True)
    async with serving(deep):
        assert await ask(deep, "double", n=4) == 8


async def test_nonsense_on_the_socket_harms_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / NAME))
        writer.write(b"not json\n")
        assert await reader.read() == b""
        writer.close()
        assert await ask(tmp_path, "double", n=3) == 6
