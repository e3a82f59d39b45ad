"""D1 where something ends: a round or a session whose closing was cut short is finished by whoever comes next."""

import asyncio
import signal
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from server.app import STORE
from server.archive.verify import verify
from server.log.sqlite import SqliteLog
from tests.chaos.clients import Client
from tests.chaos.processes import Server, client
from tests.chaos.stage import SEATS
from tests.server.log.engines import everything


async def everyone(server: Server, session: str) -> list[Client]:
    """The facilitator first, then all participants, in the session."""
    clients = [client(server.address, session, name) for name in ("nadia", *SEATS[session])]
    await asyncio.gather(*(one.enter() for one in clients))
    return clients


async def killed(server: Server, clients: list[Client]) -> None:
    await asyncio.gather(*(one.gone() for one in clients))
    assert server.stop() == -signal.SIGKILL


def round_of(one: Client) -> dict[str, object]:
    (round,) = one.records("round")
    return round


async def test_a_round_killed_between_its_seal_and_its_tally_is_counted_by_who_comes_next(server: Server, tmp_path: Path) -> None:
    server.start("after-shut")
    nadia, *voters = clients = await everyone(server, "vote")
    (first, second) = sorted(cluster["id"] for cluster in nadia.records("cluster"))
    expected: Counter[str] = Counter()
    for voter, marks in zip(voters, ({first: 2, second: 1}, {first: 1}), strict=True):
        await voter.ask("cast_ballot", {"round": round_of(voter)["id"], "marks": marks})
        await voter.settled()
        expected.update(marks)
    await nadia.ask("close_round", {"round": round_of(nadia)["id"], "show": True})
    await killed(server, clients)

    server.start()
    nadia.pending.clear()  # she does not insist
    await asyncio.gather(*(one.enter() for one in clients))
    await nadia.until(lambda: bool(nadia.records("tally")))
    (tally,) = nadia.records("tally")
    assert round_of(nadia)["status"] == "closed"
    assert {row["option"]: row["points"] for row in tally["rows"] if row["points"]} == dict(expected)
    await voters[0].ask("cast_ballot", {"round": round_of(nadia)["id"], "marks": {second: 1}})
    await voters[0].settled()
    assert voters[0].refused
    server.stop(signal.SIGKILL)
    log = SqliteLog.open(tmp_path / STORE)
    seals, values, commits = await log.seals("vote"), await log.sealed("vote"), await everything(log, "vote")
    await log.close()
    # What is left under a seal is who wrote the notes, hidden until the session closes.
    assert {seal.id for seal in seals} | {put.seal for put in values} == {"authors"}
    assert commits


@pytest.mark.parametrize("point", ["before-bundle", "before-rename:2", "after-bundle"])
async def test_a_session_killed_while_it_closes_is_closed_by_who_comes_next(point: str, server: Server, tmp_path: Path) -> None:
    server.start(point)
    nadia, *writers = clients = await everyone(server, "open")
    block = nadia.records("session")[0]["block"]
    board = next(one["board"] for one in nadia.records("block") if one["id"] == block)
    await writers[0].ask("add_notes", {"board": board, "block": block, "notes": [{"text": "ce qui reste"}]})
    await writers[0].settled()
    for name in ("end_session", "close_session"):
        await nadia.ask(name, {})
    await killed(server, clients)
    assert nadia.refused == []

    server.start()
    nadia = client(server.address, "open", "nadia")
    await nadia.enter()
    await nadia.until(lambda: nadia.records("session")[0]["status"] == "closed")
    (archive,) = nadia.records("archive")
    for part in ("shared", "reserved"):
        written = (tmp_path / "bundles" / archive[part]).read_bytes()
        assert (len(written), sha256(written).hexdigest()) == (archive[f"{part}_size"], archive[f"{part}_hash"])
        assert verify(written).intact
    assert "ce qui reste" in nadia.texts()


@pytest.mark.parametrize("point", ["before-bundle", "before-rename:2", "after-bundle"])
async def test_a_revision_killed_while_it_closes_gets_its_version_and_the_first_stays(
    point: str, server: Server, tmp_path: Path
) -> None:
    server.start()
    nadia, *others = await everyone(server, "open")
    for name in ("end_session", "close_session"):
        await nadia.ask(name, {})
    await nadia.until(lambda: nadia.records("session")[0]["status"] == "closed")
    (first,) = nadia.records("archive")
    kept = {first[part]: (tmp_path / "bundles" / first[part]).read_bytes() for part in ("shared", "reserved")}
    await nadia.ask("revise_session", {})
    await nadia.until(lambda: nadia.records("session")[0]["status"] == "ended")
    await asyncio.gather(*(one.leave() for one in (nadia, *others)))
    server.stop(signal.SIGTERM)

    server.start(point)
    await nadia.enter()
    await nadia.ask("describe_session", {"title": "Le même, corrigé"})
    await nadia.settled()
    await nadia.ask("close_session", {})
    await killed(server, [nadia])

    server.start()
    nadia = client(server.address, "open", "nadia")
    await nadia.enter()
    await nadia.until(lambda: nadia.records("session")[0]["status"] == "closed")
    archives = sorted(nadia.records("archive"), key=lambda one: one["version"])
    assert [one["version"] for one in archives] == [1, 2]
    for archive in archives:
        for part in ("shared", "reserved"):
            written = (tmp_path / "bundles" / archive[part]).read_bytes()
            assert (len(written), sha256(written).hexdigest()) == (archive[f"{part}_size"], archive[f"{part}_hash"])
            assert verify(written).intact
    assert all((tmp_path / "bundles" / name).read_bytes() == written for name, written in kept.items())
    assert not list((tmp_path / "bundles").glob(".*")), "no draft is left"
