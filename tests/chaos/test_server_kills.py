"""D1 at the server: killed at each named point under eight clients, it comes back with everything anyone was told.

Every answered command has its effect once, what a client has seen is still there, what was not answered is sent again
under its id and done, every view agrees with a fresh one, and the log's chain holds.
"""

import asyncio
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from server.app import STORE
from server.log.sqlite import SqliteLog
from tests.chaos.clients import Client
from tests.chaos.processes import Server, client
from tests.chaos.stage import SEATS
from tests.server.log.engines import everything

POINTS = (
    "after-decode", "before-begin", "after-insert", "before-commit", "after-commit", "after-append", "before-publish",
)  # fmt: skip
COMMANDS = 40
"""Commands per client, more than any client gets to ask before the kill."""


async def work(client: Client) -> None:
    """Ask until the connection is lost."""
    for number in range(COMMANDS):
        if client.cut:
            return
        await client.ask(*command(client, number))
    await client.gone()


def command(client: Client, number: int) -> tuple[str, dict[str, object]]:
    """The next thing that this client asks, different each time."""
    if client.seat == "nadia":
        return "announce", {"text": f"annonce {number}"}
    if client.session == "vote":
        (first, second) = sorted(cluster["id"] for cluster in client.records("cluster"))
        marks = {first: 1 + number % 2, second: 1} if number % 3 else {second: 2}
        return "cast_ballot", {"round": client.records("round")[0]["id"], "marks": marks}
    block = client.records("session")[0]["block"]
    board = next(one["board"] for one in client.records("block") if one["id"] == block)
    return "add_notes", {"board": board, "block": block, "notes": [{"text": f"{client.seat} {number}"}]}


def told(clients: list[Client]) -> dict[str, Counter[str]]:
    """By seat, the notes that a client has seen: they must never be missing again."""
    return {f"{client.session} {client.seat}": client.texts() for client in clients}


def check_effects(clients: list[Client], seen: dict[str, Counter[str]]) -> None:
    """Every command asked had its effect, once; nothing seen is gone."""
    for one in clients:
        assert one.refused == []
        texts = one.texts()
        assert not seen[f"{one.session} {one.seat}"] - texts, "a note that was seen is gone"
        assert max(texts.values(), default=1) == 1, f"a note is there twice: {texts}"
        asked = [body for name, body in one.done if name == "add_notes"]
        missing = {body["notes"][0]["text"] for body in asked} - texts.keys()
        assert not missing, f"done, but not there: {missing}"


async def check_tally(clients: list[Client]) -> None:
    """Close the vote: each ballot counts once, as last asked."""
    voters = [one for one in clients if one.session == "vote" and one.seat != "nadia"]
    expected: Counter[str] = Counter()
    for voter in voters:
        cast = [body["marks"] for name, body in voter.done if name == "cast_ballot"]
        expected.update(cast[-1] if cast else {})
    (nadia,) = (one for one in clients if one.session == "vote" and one.seat == "nadia")
    await nadia.ask("close_round", {"round": nadia.records("round")[0]["id"], "show": True})
    await nadia.settled()
    assert nadia.refused == []
    (tally,) = nadia.records("tally")
    assert {row["option"]: row["points"] for row in tally["rows"] if row["points"]} == dict(expected)


async def check_views(server: Server, clients: list[Client]) -> None:
    """What each client has patched together is what a fresh connection is given."""
    for one in clients:
        fresh = client(server.address, one.session, one.seat)
        await fresh.enter()
        await one.until(lambda one=one, fresh=fresh: one.view == fresh.view)  # type: ignore[misc]
        await fresh.leave()


async def check_log(folder: Path, clients: list[Client]) -> None:
    """The chain holds, and no command stands in it twice."""
    log = SqliteLog.open(folder / STORE)
    for session in SEATS:
        commits = await everything(log, session)
        ids = Counter((asked.seat, asked.id) for commit in commits for asked in commit.asked)
        assert max(ids.values()) == 1
    await log.close()


async def work_until_killed(server: Server, failpoint: str, defect: str = "") -> list[Client]:
    """Eight clients at work on a server that dies at the failpoint."""
    server.start(failpoint, defect)
    clients = [client(server.address, session, name) for session, names in SEATS.items() for name in names]
    clients.append(client(server.address, "vote", "nadia"))
    assert len(clients) == 8
    await asyncio.gather(*(one.enter() for one in clients))
    await asyncio.gather(*(work(one) for one in clients))
    assert server.stop() == -signal.SIGKILL, "the failpoint was not reached: this run proves nothing"
    assert any(one.done for one in clients)
    assert any(one.pending for one in clients)
    return clients


async def come_back(server: Server, clients: list[Client]) -> None:
    """Everyone returns to the server started again, and what was not answered is sent again and answered."""
    server.start()
    await asyncio.gather(*(one.enter() for one in clients))
    await asyncio.gather(*(one.settled() for one in clients))


async def check(server: Server, clients: list[Client], seen: dict[str, Counter[str]], folder: Path) -> None:
    """All that must hold once everyone has come back; ends the server."""
    check_effects(clients, seen)
    await check_tally(clients)
    await check_views(server, clients)
    # uvicorn ends by the signal it was given, once it has closed everything: the WAL is gone with the last connection.
    assert server.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
    assert not (folder / f"{STORE}-wal").exists()
    await check_log(folder, clients)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_named_point_the_server_keeps_its_word(point: str, server: Server, tmp_path: Path) -> None:
    # A frame comes for each command, a commit only for several.
    passage = random.Random(point).randrange(8, 20) * (5 if point == "after-decode" else 1)
    clients = await work_until_killed(server, f"{point}:{passage}")
    seen = told(clients)
    await come_back(server, clients)
    await check(server, clients, seen, tmp_path)


async def test_killed_again_while_everyone_comes_back_the_server_keeps_its_word(server: Server, tmp_path: Path) -> None:
    clients = await work_until_killed(server, "before-commit:11")
    seen = told(clients)
    # The first group of commands sent again is on disk, and nobody is told.
    server.start("after-commit:1")
    await asyncio.gather(*(one.enter() for one in clients), return_exceptions=True)
    await asyncio.gather(*(one.gone() for one in clients))
    assert server.stop() == -signal.SIGKILL
    await come_back(server, clients)
    await check(server, clients, seen, tmp_path)


async def test_the_harness_catches_a_server_that_saves_after_it_answers(server: Server) -> None:
    clients = await work_until_killed(server, "after-append:40", defect="debounced")
    seen = told(clients)
    await come_back(server, clients)
    with pytest.raises(AssertionError, match=r"is gone|not there"):
        check_effects(clients, seen)
