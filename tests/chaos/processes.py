"""Real server processes to be killed, and clients that hold a seat there."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from server.identity.links import Links
from server.identity.seats import PAGES, Seats
from server.log.failpoints import VARIABLE
from tests.chaos.clients import Client
from tests.chaos.stage import seat_id

SECRET = "a secret for tests, of more than 32 characters"


class Server:
    """Server processes, one after the other, on one store and one port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def start(self, failpoint: str = "", defect: str = "") -> None:
        """Start a process and wait until it listens."""
        settings = {"DATA_DIR": str(self._folder), "PORT": str(self.port), "SECRET_KEY": SECRET, "DRAIN_SPREAD": "0"}
        environment = {**os.environ, **settings, "FACILITATION_KEY": "a key for tests", VARIABLE: failpoint}
        command = [sys.executable, "-m", "tests.chaos.serving", *([defect] if defect else [])]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def stop(self, sign: int = 0) -> int:
        """End the process (without a signal, wait for its own end) and return its exit code."""
        assert self._process is not None
        if sign:
            self._process.send_signal(sign)
        with self._process as process:
            return process.wait(20)

    def end(self) -> None:
        """Leave no process behind, however the test went."""
        if self._process is not None:
            self.stop(signal.SIGKILL)


def client(address: str, session: str, name: str) -> Client:
    """A client that holds this seat (stage.py) of the server at that address."""
    page = PAGES["facilitator" if name == "nadia" else "participant"]
    links = Links(SECRET.encode())
    cookie = f"{Seats(links, secure=False).cookie(session, page)}={links.seat_token('cookie', session, seat_id(name), 0)}"
    return Client(address, session, name, cookie, page)
