"""The demonstration, as people start it: a process of its own, played to its end over real forms and sockets."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitation.records import Note, Round, Seat, Sheet, Tally
from facilitation.state import State
from server.cli.control import NAME
from server.cli.demonstration import read
from server.live.loading import load
from server.log.sqlite import SqliteLog
from tests.architecture.tree import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One demonstration process, and the tools run beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.env = {**os.environ, "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
        self.printed: list[str] = []
        command = [sys.executable, "-m", "server", "demo", "--port", str(self.port), "--play", "--speed", "400"]
        self.process = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, text=True)

    def until(self, sentence: str) -> None:
        """Read what is printed until this sentence comes."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.rstrip())
            if sentence in line:
                return
        raise AssertionError("\n".join(["expected to read", sentence, "got", *self.printed]))

    def tool(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same store."""
        env = {**self.env, "DATA_DIR": str(self.folder / "demonstration")}
        return subprocess.run(
            [sys.executable, "-m", "server", *arguments], env=env, capture_output=True, text=True, timeout=60, check=False
        )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"))
    running.until("La démonstration est jouée")
    yield running
    running.process.kill()
    running.process.wait(10)
    if running.process.stdout:
        running.process.stdout.close()


def state_of(folder: Path, path: Path) -> State:
    async def loaded() -> State:
        log = SqliteLog.open(path)
        try:
            (session,) = [one for one in await log.sessions() if one != "lab"]
            return (await load(log, session)).state
        finally:
            await log.close()

    return asyncio.run(loaded())


def test_the_links_of_every_role_are_printed_and_open(demo: Demo) -> None:
    links = {line.split("http")[0].strip(): "http" + line.split("http")[1] for line in demo.printed if "/l/" in line}
    assert {"Animer", "Participer", "Projeter", "Salle (Montpellier)", "Salle (Toulouse)"} <= set(links)
    for url in links.values():
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.status == 200 and b"<form" in answer.read()


def test_tools_reach_the_running_server(demo: Demo) -> None:
    (entry,) = json.loads(demo.tool("sessions", "--json").stdout)
    assert (entry["title"], entry["status"]) == (read().titre, "open")
    assert str(demo.process.pid) in demo.tool("doctor").stdout


def test_a_second_server_on_the_store_is_refused_in_a_sentence(demo: Demo) -> None:
    second = demo.tool("serve", "--port", str(free_port()))
    assert second.returncode == 1 and str(demo.process.pid) in second.stderr and "Traceback" not in second.stderr


def test_a_taken_port_is_named(demo: Demo, tmp_path: Path) -> None:
    env = {**demo.env, "DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "server", "serve", "--port", str(demo.port)]
    refused = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 1 and str(demo.port) in refused.stderr and "Traceback" not in refused.stderr


def test_what_was_played_is_what_the_file_says(demo: Demo, tmp_path: Path) -> None:
    done = demo.tool("backup", str(tmp_path / "copy.db"))
    assert done.returncode == 0, done.stderr
    state, shown = state_of(tmp_path, tmp_path / "copy.db"), read()
    assert sorted(note.text for note in state.all(Note)) == sorted(idea.texte for idea in shown.notes)
    assert {seat.name for seat in state.all(Seat)} == {figure.nom for figure in shown.personnes}
    assert {sheet.what for sheet in state.all(Sheet)} == {paper.quoi for paper in shown.fiches}
    points = {heap.titre: 0 for heap in shown.groupes}
    for figure in shown.personnes:
        for dots in figure.dots:
            for heap, count in dots.items():
                points[next(one.titre for one in shown.groupes if one.id == heap)] += count
    dots_round = next(one for one in state.all(Round) if one.method == "dots")
    tally = state.find(Tally, dots_round.id)
    assert tally is not None and dots_round.status == "shown"
    titles = {option.id: option.title for option in dots_round.options}
    assert {titles[row.option]: row.points for row in tally.rows} == points
    assert (tally.ballots, tally.abstentions) == (9, 1)


def test_a_second_start_finds_the_same_session_again(demo: Demo) -> None:
    """Last: it stops the process, as a service manager would, and starts another."""
    links = [line for line in demo.printed if "/l/" in line]
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(20)
    assert demo.process.returncode == 0
    assert not (demo.folder / "demonstration" / NAME).exists()
    command = [sys.executable, "-m", "server", "demo", "--port", str(demo.port)]
    with subprocess.Popen(command, env=demo.env, stdout=subprocess.PIPE, text=True) as again:
        assert again.stdout is not None
        printed = [again.stdout.readline().rstrip() for _ in range(len(links) + 1)]
        again.send_signal(signal.SIGTERM)
        again.wait(20)
    assert [line for line in printed if "/l/" in line] == links


def test_the_played_session_is_closed_archived_and_verified_without_a_server(demo: Demo, tmp_path: Path) -> None:
    """After the one above, nobody holds the store."""
    (entry,) = json.loads(demo.tool("sessions", "--json").stdout)
    refused = demo.tool("archive", entry["id"], str(tmp_path))
    assert refused.returncode == 1 and "--close" in refused.stderr
    done = demo.tool("archive", entry["id"], str(tmp_path), "--close")
    assert done.returncode == 0, done.stderr
    files = [Path(line) for line in done.stdout.splitlines()]
    assert [path.name.split("_")[-2] for path in files] == ["diffusion", "reserve"]
    verdict = demo.tool("verify", *map(str, files))
    assert verdict.returncode == 0 and verdict.stdout.count("intact") == 2, verdict.stdout
    changed = bytearray(files[0].read_bytes())
    changed[len(changed) // 2] ^= 1
    files[0].write_bytes(changed)
    verdict = demo.tool("verify", *map(str, files))
    assert verdict.returncode == 1 and "modifié" in verdict.stdout and "intact" in verdict.stdout
    (entry,) = json.loads(demo.tool("sessions", "--json").stdout)
    assert entry["status"] == "closed" and entry["closed_at"]
