"""D3 at the server: while the disk is full or fails, commands are refused by name, everything else goes on, and once it
is well again the same commands are done, without restart."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import apsw
import pytest

from server import config
from server.app import STORE, Application, server_for
from server.log.sqlite import SqliteLog
from tests.chaos.clients import Client
from tests.chaos.processes import SECRET, client
from tests.chaos.stage import SEATS, lay
from tests.server.log.disks import FailingDisk, failing_disk


@pytest.fixture
def disk() -> Iterator[FailingDisk]:
    with failing_disk() as disk:
        yield disk


@pytest.fixture
async def address(disk: FailingDisk, tmp_path: Path) -> AsyncIterator[str]:
    """The whole application on that disk, in this process, on a port of its own."""
    await lay(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = config.load({}, data_dir=str(tmp_path), port=port, secret_key=SECRET, drain_spread=0.0)
    listening = asyncio.Event()
    server = server_for(Application(settings, SqliteLog.open(tmp_path / STORE, vfs="failing")), on_listening=listening.set)
    serving = asyncio.create_task(server.serve())
    await listening.wait()
    yield f"127.0.0.1:{port}"
    disk.heal()
    server.should_exit = True
    await serving


@pytest.fixture
async def clients(address: str) -> AsyncIterator[list[Client]]:
    """Everyone of the session "open"."""
    clients = [client(address, "open", seat) for seat in SEATS["open"]]
    await asyncio.gather(*(one.enter() for one in clients))
    yield clients
    await asyncio.gather(*(one.leave() for one in clients))


async def write(client: Client, text: str, id: bytes = b"") -> None:
    block = client.records("session")[0]["block"]
    (board,) = {one["board"] for one in client.records("block") if one["id"] == block}
    await client.ask("add_notes", {"board": board, "block": block, "notes": [{"text": text}]}, id)
    await client.settled()


@pytest.mark.parametrize(
    ("operation", "error", "code"),
    [("write wal", apsw.FullError, "storage_full"), ("sync wal", apsw.IOError, "storage_broken")],
)
async def test_commands_are_refused_by_name_while_the_disk_fails_and_done_once_it_is_well(
    operation: str, error: type[apsw.Error], code: str, clients: list[Client], disk: FailingDisk
) -> None:
    ada, bao, chloe = clients
    await write(ada, "avant")
    await bao.until(lambda: bao.texts()["avant"] == 1)
    disk.fail(operation, error)
    for one in clients:
        await write(one, f"pendant {one.seat}", bytes([7]) * 16)
        assert one.refused[-1]["code"] == code
        assert one.refused[-1]["message"]
    assert not any(one.cut for one in clients)
    assert [set(one.texts()) for one in clients] == [{"avant"}] * 3

    disk.heal()
    await write(ada, "pendant ada", bytes([7]) * 16)
    for one in (bao, chloe):
        await one.until(lambda one=one: one.texts()["pendant ada"] == 1)  # type: ignore[misc]
    assert max(chloe.texts().values()) == 1
