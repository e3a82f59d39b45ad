"""The server under load: sockets and a live session on SQLite, in a process of its own, told what to do on stdin.

Each line asks, each line answers: "cpu" -> seconds of processor time so far; "rss" -> resident bytes; "bare SECONDS RATE"
writes one prepared frame RATE times a second to every socket (the floor: no decision, no log, no encoding) and answers
the processor time it took.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from pathlib import Path

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute

from facilitation import commands as ask
from facilitation.records import Session
from server.app import library
from server.config import Settings
from server.live.directory import Directory
from server.live.session import LiveSession
from server.log.sqlite import SqliteLog
from server.wire.channels import DirectProtocol
from server.wire.frames import Write, patch
from server.wire.websocket import LiveEndpoint

ORIGIN = "http://load"
NOTES = 300


async def seat(request: HTTPConnection, session: str) -> str:
    return request.query_params["seat"]


async def prepared(directory: Directory, people: int) -> LiveSession:
    """A session with that many seats and NOTES notes on its board."""
    live = await directory.create("load", Session(title="Charge"))
    await live.ask(ask.Join(seat="f", name="F", role="facilitator"))
    await asyncio.gather(
        *(live.ask(ask.Join(seat=f"p{number}", name=f"P{number}", role="participant")) for number in range(people))
    )
    await live.ask(ask.LoadMethod(method="tableau-libre"), "f")
    await live.ask(ask.OpenSession(), "f")
    board = next(iter(live.state.table("board")))
    for first in range(0, NOTES, 50):
        notes = tuple(ask.NewNote(text=f"note {first + number}") for number in range(50))
        assert await live.ask(ask.AddNotes(board=board, notes=notes), "f") is None
    return live


async def bare(live: LiveSession, seconds: float, rate: float) -> float:
    """Write one prepared frame to every socket, rate times a second; the processor time it took."""
    frame = Write((patch("everyone", (), b"bare" * 4),))
    joined = frame.joined
    channels = [connection._channel for connection in live.publisher.connections]
    transports = [getattr(channel, "transport", None) or channel for channel in channels]
    loop = asyncio.get_running_loop()
    started, cpu = loop.time(), time.process_time()
    for turn in range(int(seconds * rate)):
        for transport in transports:
            transport.write(joined if hasattr(transport, "get_write_buffer_size") else frame)
        await paced(started + (turn + 1) / rate)
    return time.process_time() - cpu


async def paced(moment: float) -> None:
    """Go on at that moment of the loop's clock: what paces a load, not what a test waits for."""
    loop = asyncio.get_running_loop()
    reached = loop.create_future()
    loop.call_at(moment, reached.set_result, None)
    await reached


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def obey(live: LiveSession, server: uvicorn.Server) -> None:
    """Answer what is asked on stdin, until it ends."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := (await reader.readline()).decode().split():
        match line:
            case ["cpu"]:
                answer: float = time.process_time()
            case ["rss"]:
                answer = resident()
            case ["bare", seconds, rate]:
                answer = await bare(live, float(seconds), float(rate))
            case _:
                raise ValueError(f"expected cpu, rss or bare, got {line}")
        print(answer, flush=True)
    server.should_exit = True


async def main(folder: str, people: str, mode: str) -> None:
    log = SqliteLog.open(Path(folder) / "load.db")
    settings = Settings(accept_rate=10_000)
    directory = Directory(log, settings, methods=library())
    live = await prepared(directory, int(people))
    endpoint = LiveEndpoint(directory, settings, seat, origins=frozenset({ORIGIN}))
    app = Starlette(routes=[WebSocketRoute("/s/{session}/live", endpoint)])
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    protocol = DirectProtocol if mode == "direct" else "websockets-sansio"
    config = uvicorn.Config(app, ws=protocol, ws_per_message_deflate=False, log_config=None, lifespan="off")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    print(listening.getsockname()[1], *live.state.table("note"), flush=True)
    await asyncio.gather(server.serve([listening]), obey(live, server))
    await directory.close()
    await log.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
