"""One process owns the file, and only a file of ours, of a version we know, is opened."""

import stat
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from server.log import Locked, StorageBroken, TooNew
from server.log.sqlite import SqliteLog
from server.log.tables import VERSION
from tests.server.log.engines import everything, grow

OWNER = """
import sys, asyncio
from pathlib import Path
from server.log.sqlite import SqliteLog
log = SqliteLog.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


async def test_a_second_process_is_refused_and_told_of_redis(tmp_path: Path) -> None:
    path = tmp_path / "pasdecote.db"
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        with pytest.raises(Locked, match=f"process {owner.pid}.*Redis"):
            SqliteLog.open(path)
        owner.kill()
    # The lock dies with its owner.
    await SqliteLog.open(path).close()


async def test_the_same_process_cannot_open_the_file_twice(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    with pytest.raises(Locked):
        SqliteLog.open(tmp_path / "pasdecote.db")
    await log.close()
    await SqliteLog.open(tmp_path / "pasdecote.db").close()


async def test_another_program_cannot_open_the_file_meanwhile(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    reading = "import apsw, sys; apsw.Connection(sys.argv[1]).execute('SELECT * FROM heads').fetchall()"
    done = subprocess.run(
        [sys.executable, "-c", reading, str(tmp_path / "pasdecote.db")], capture_output=True, text=True, check=False
    )
    assert "BusyError" in done.stderr
    await log.close()


async def test_a_file_held_by_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pasdecote.db"
    await SqliteLog.open(path).close()
    held = "import apsw, sys; c = apsw.Connection(sys.argv[1]); c.execute('BEGIN EXCLUSIVE'); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", held, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "1\n"
        with pytest.raises(StorageBroken, match="Busy"):
            SqliteLog.open(path)
        holder.kill()


async def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "data" / "pasdecote.db")
    await grow(log, "a", 1)
    for file in (tmp_path / "data").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    await log.close()


async def test_a_later_version_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pasdecote.db"
    await SqliteLog.open(path).close()
    with apsw.Connection(str(path)) as connection:
        connection.execute("UPDATE store SET version = ?", (VERSION + 1,))
    connection.close()
    for _ in range(2):  # the refusal leaves no lock behind
        with pytest.raises(TooNew, match=f"version {VERSION + 1}"):
            SqliteLog.open(path)


async def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(StorageBroken, match="not a log of this server"):
        SqliteLog.open(path)
    text = tmp_path / "text.db"
    text.write_text("not a database\n" * 100)
    with pytest.raises(StorageBroken, match="NotADB"):
        SqliteLog.open(text)
    assert text.read_text() == "not a database\n" * 100


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageBroken):
        SqliteLog.open(tmp_path / "file" / "pasdecote.db")
    with pytest.raises(StorageBroken):
        SqliteLog.open(tmp_path)


async def test_every_commit_is_flushed_before_it_is_answered(tmp_path: Path) -> None:
    log = SqliteLog.open(tmp_path / "pasdecote.db")
    names = ("synchronous", "journal_mode", "secure_delete", "locking_mode")
    settings = await log._ask(lambda tables: {name: tables.connection.pragma(name) for name in names})
    assert settings == {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1, "locking_mode": "exclusive"}
    assert await everything(log, "a") == []
    await log.close()
