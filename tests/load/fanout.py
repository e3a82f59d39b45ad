"""Load, run by hand: many people in one session, a note moved or written so many times a second.

    python -m tests.load.fanout [--people 200] [--rate 50] [--seconds 10] [--rounds 3] [--mode direct|asgi]

Prints, for each round: the server's processor time per delivered update (one update seen by one person), that of a bare loop
writing one prepared frame to the same sockets at the same rate in the same run, their ratio; command -> visible on everybody
else's screen, p50/p95/p99; memory per connection. Server on core 0, everybody else on core 1.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgpack
import uvloop

from tests.load.server import ORIGIN, paced

ROOT = Path(__file__).parents[2]


class Person(asyncio.Protocol):
    """A page's socket, as small as can be: counts messages, notes when each update became visible."""

    def __init__(self, crowd: Crowd, seat: str) -> None:
        self.crowd = crowd
        self.seat = seat
        self.buffer = b""
        self.opened = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        lines = [
            f"GET /s/load/live?seat={self.seat} HTTP/1.1", "Host: load", f"Origin: {ORIGIN}", "Upgrade: websocket",
            "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol: pasdecote.1", "", "",
        ]  # fmt: skip
        transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        data = self.buffer + data
        if not self.opened:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self.buffer = head
                return
            assert b" 101 " in head, head
            self.opened = True
            self.send({"type": "hello"})
        place = 0
        while (read := _message(data, place)) is not None:
            opcode, payload, place = read
            if opcode == 2:
                self.crowd.heard(self, payload)
            elif opcode == 9:
                self.transport.write(b"\x8a" + bytes([0x80 | len(payload)]) + bytes(4) + payload)
        self.buffer = data[place:]

    def send(self, frame: dict[str, Any]) -> None:
        payload = msgpack.packb(frame)
        size = len(payload)
        head = bytes([0x82, 0x80 | size]) if size < 126 else b"\x82\xfe" + size.to_bytes(2, "big")
        self.transport.write(head + bytes(4) + payload)  # a mask of zeros leaves the payload as it is

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.lost += 1


def _message(data: bytes, place: int) -> tuple[int, bytes, int] | None:
    """One unmasked frame: opcode, payload, where the next begins."""
    if len(data) < place + 2:
        return None
    size, start = data[place + 1], place + 2
    if size >= 126:
        width = 2 if size == 126 else 8
        size, start = int.from_bytes(data[start : start + width], "big"), start + width
    if len(data) < start + size:
        return None
    return data[place] & 15, data[start : start + size], start + size


class Crowd:
    """Everybody but the server."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.expected = 0
        self.welcomed: set[Person] = set()
        self.whole = asyncio.Event()
        self.bare = 0
        self.refused: list[str] = []
        self.lost = 0
        self.asked: dict[float, tuple[Person, float]] = {}
        self.late: list[float] = []
        self.delivered = 0

    def heard(self, person: Person, payload: bytes) -> None:
        now = time.perf_counter()
        frame = msgpack.unpackb(payload)
        match frame["type"]:
            case "patch" if frame.get("cursor") == b"bare" * 4:
                self.bare += 1
            case "patch":
                for fields in frame["set"]:
                    asked = self.asked.get(fields.get("x", fields.get("text")))
                    if asked is not None:
                        self.delivered += 1
                        if asked[0] is not person:
                            self.late.append(now - asked[1])
            case "welcome" if "cursor" in frame:
                self.welcomed.add(person)
                if len(self.welcomed) == self.expected:
                    self.whole.set()
            case "refused":
                self.refused.append(frame["code"])

    async def join(self, port: int, people: int) -> None:
        self.expected = people
        for number in range(people):
            person = Person(self, f"p{number}")
            await asyncio.get_running_loop().create_connection(lambda one=person: one, "127.0.0.1", port)  # type: ignore[misc]
            self.people.append(person)
        await self.whole.wait()

    async def act(self, notes: list[str], editions: dict[str, int], seconds: float, rate: float) -> int:
        """Move a note four times out of five, write it otherwise; how often."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        count = int(seconds * rate)
        for turn in range(count):
            person = random.choice(self.people)
            note = notes[turn % len(notes)]
            if turn % 5:
                mark: Any = round(random.random() * 1000, 9)
                body: dict[str, Any] = {"moves": [{"note": note, "x": mark, "y": 100.0}]}
                name = "move_notes"
            else:
                mark = f"texte {turn} {random.random()}"
                body, name = {"note": note, "text": mark, "edition": editions.get(note, 1)}, "edit_note"
                editions[note] = editions.get(note, 1) + 1
            self.asked[mark] = (person, time.perf_counter())
            person.send({"type": "command", "id": os.urandom(16), "name": name, "body": body})
            await paced(started + (turn + 1) / rate)
        await paced(loop.time() + 1.0)
        return count


class Server:
    """The other process."""

    def __init__(self, folder: str, people: int, mode: str) -> None:
        command = [sys.executable, "-m", "tests.load.server", folder, str(people), mode]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        os.sched_setaffinity(self.process.pid, {0})
        port, *self.notes = self._line().split()
        self.port = int(port)

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    async def ask(self, question: str) -> float:
        assert self.process.stdin
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        return float(await asyncio.to_thread(self._line))

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def points(values: list[float]) -> str:
    """p50 / p95 / p99 in milliseconds."""
    ordered = sorted(values)
    return " / ".join(f"{1000 * ordered[int(len(ordered) * part)]:.1f}" for part in (0.50, 0.95, 0.99))


async def measure(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = await asyncio.to_thread(Server, folder, options.people, options.mode)
        crowd = Crowd()
        alone = await server.ask("rss")
        await crowd.join(server.port, options.people)
        memory = (await server.ask("rss") - alone) / options.people
        print(f"{options.people} people, {options.rate}/s, {options.mode}; {memory / 1024:.1f} KB a connection")
        editions: dict[str, int] = {}
        ratios, lates = [], []
        for _ in range(options.rounds):
            crowd.delivered, crowd.bare, crowd.late = 0, 0, []
            floor = await server.ask(f"bare {options.seconds} {options.rate}")
            await paced(asyncio.get_running_loop().time() + 0.5)
            before = await server.ask("cpu")
            count = await crowd.act(server.notes, editions, options.seconds, options.rate)
            cpu = await server.ask("cpu") - before
            each, least = cpu / crowd.delivered, floor / crowd.bare
            ratios.append(each / least)
            lates += crowd.late
            print(
                f"  {count} updates, {crowd.delivered} delivered, {len(crowd.refused)} refused, {crowd.lost} lost; "
                f"{1e6 * each:.1f} us each, bare {1e6 * least:.1f} us, ratio {each / least:.2f}; "
                f"visible after {points(crowd.late)} ms"
            )
        print(f"ratio: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}; visible p50/p95/p99 {points(lates)} ms")
        await asyncio.to_thread(server.close)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mode", choices=["direct", "asgi"], default="direct")
    options = parser.parse_args()
    os.sched_setaffinity(0, {1})
    uvloop.run(measure(options))


if __name__ == "__main__":
    main()
