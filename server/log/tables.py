"""The SQLite file: its tables, its settings, and the statements on them. No thread, no transaction, no await here.

A `Tables` wraps the one connection of the file. Whoever calls it opens and ends the transactions (writer.py).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from server.log import chain
from server.log.contract import PAGE, Asked, Commit, Seal, SealPut
from server.log.errors import (
    ChainBroken,
    Conflict,
    Repeated,
    SealShut,
    StorageBroken,
    TooNew,
    UnknownCommit,
    UnknownSession,
)

VERSION = 1
"""Version of the tables below, kept in `store`. A file with a higher one is refused."""

LOG = ""
"""In `commands.seal`: accepted by the log itself, not by a seal."""

# `store.turn` is the random mark of the last transaction: after a COMMIT whose fate is unknown, it tells.
# `heads` says how long each chain must be, so that a lost tail is not taken for a shorter log.
# `sealed` and `commands` have no rowid: it would keep the order of arrival of secret things.
SCHEMA = """
CREATE TABLE store (version INTEGER NOT NULL, turn BLOB NOT NULL) STRICT;
CREATE TABLE heads (
    session TEXT PRIMARY KEY, seq INTEGER NOT NULL, id BLOB NOT NULL, hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE commits (
    session TEXT NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT;
CREATE UNIQUE INDEX commits_by_id ON commits (session, id);
CREATE TABLE commands (
    session TEXT NOT NULL, seat TEXT NOT NULL, id BLOB NOT NULL, seal TEXT NOT NULL,
    PRIMARY KEY (session, seat, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX commands_by_seal ON commands (session, seal) WHERE seal <> '';
CREATE TABLE seals (
    session TEXT NOT NULL, seal TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open', 'shut', 'gone')),
    PRIMARY KEY (session, seal)
) STRICT, WITHOUT ROWID;
CREATE TABLE sealed (
    session TEXT NOT NULL, seal TEXT NOT NULL, key TEXT NOT NULL,
    value BLOB NOT NULL, command BLOB NOT NULL, seat TEXT NOT NULL,
    PRIMARY KEY (session, seal, key)
) STRICT, WITHOUT ROWID;
"""

Row = tuple[Any, ...]


class Head(NamedTuple):
    """The last commit of a session: its place from 1 (0: none yet), id and hash."""

    seq: int
    id: bytes | None
    hash: bytes


class Page(NamedTuple):
    """Some sound commits, whether they reach the end of the log, and what is wrong after them, if anything."""

    commits: list[Commit]
    last: bool
    broken: ChainBroken | None = None


class Tables:
    """The tables of one open file."""

    def __init__(self, path: Path, synchronous: str = "FULL", vfs: str = "") -> None:
        """Open or create the file. Raises apsw errors, `TooNew`, or `StorageBroken` for a file that is not ours.

        `synchronous` and `vfs` exist for the tests that show what a weaker setting loses.
        """
        self.connection = apsw.Connection(str(path), vfs=vfs or None)
        try:
            self._set_up(synchronous)
            self._check_version(path)
        except BaseException:
            self.connection.close(True)
            raise

    def _set_up(self, synchronous: str) -> None:
        # EXCLUSIVE: nobody else can open the file meanwhile, and the WAL index stays in this process's memory.
        for pragma in (
            "locking_mode=EXCLUSIVE",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "wal_autocheckpoint=0",
        ):
            self.connection.execute(f"PRAGMA {pragma}").fetchall()

    def _check_version(self, path: Path) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        tables = {name for (name,) in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not tables:
            self.connection.execute(SCHEMA)
            self.connection.execute("INSERT INTO store VALUES (?, x'')", (VERSION,))
        elif "store" not in tables:
            raise StorageBroken(f"{path} is a SQLite file, but not a log of this server")
        self.connection.execute("COMMIT")
        (found,) = self._row("SELECT version FROM store") or (None,)
        if not isinstance(found, int):
            raise StorageBroken(f"{path} is damaged: it does not tell its version")
        if found > VERSION:
            raise TooNew(str(path), found, VERSION)

    def _row(self, statement: str, values: Sequence[Any] = ()) -> Row | None:
        row: Row | None = self.connection.execute(statement, values).fetchone()
        return row

    def _do(self, statement: str, values: Sequence[Any]) -> None:
        self.connection.execute(statement, values)

    # Transactions

    def mark(self, turn: bytes) -> None:
        """Note the random mark of this transaction, for `turn()` to find."""
        self._do("UPDATE store SET turn = ?", (turn,))

    def turn(self) -> bytes:
        """The mark of the last transaction in the file."""
        row = self._row("SELECT turn FROM store")
        return row[0] if row else b""

    def truncate(self) -> None:
        """Copy the WAL into the file, flush it, and cut the WAL to nothing."""
        self.connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    # Commits

    def head(self, session: str) -> Head:
        """The last commit of a session; seq 0 and the chain's origin if there is none."""
        row = self._row("SELECT seq, id, hash FROM heads WHERE session = ?", (session,))
        return Head(*row) if row else Head(0, None, chain.origin(session))

    def expect(self, session: str, after: bytes | None) -> Head:
        """The last commit, if it is that one. Raises `Conflict`."""
        head = self.head(session)
        if head.id != after:
            raise Conflict(session, after, head.id)
        return head

    def add(self, session: str, head: Head, commit: Commit, stored: bytes) -> Commit:
        """Store a commit after `head` and return it with its hash.

        Raises ValueError on an id used before in this session, `ChainBroken` where commits lie beyond the head.
        """
        hash = chain.link(head.hash, stored)
        try:
            self._do("INSERT INTO commits VALUES (?, ?, ?, ?, ?)", (session, head.seq + 1, commit.id, stored, hash))
        except apsw.ConstraintError:
            if self._row("SELECT 1 FROM commits WHERE session = ? AND id = ?", (session, commit.id)):
                raise ValueError(f"the commit id {commit.id.hex()} was used before in session {session!r}") from None
            raise ChainBroken(session, head.id, head.seq) from None
        self._do("INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?)", (session, head.seq + 1, commit.id, hash))
        return Commit(commit.id, commit.shape, commit.at, commit.asked, commit.changes, hash)

    def page(self, session: str, after: bytes | None) -> Page:
        """Up to PAGE commits after that one, their chain verified. Raises `UnknownCommit`."""
        place = self._place(session, after)
        commits: list[Commit] = []
        rows: list[Row] = self.connection.execute(
            "SELECT seq, id, body, hash FROM commits WHERE session = ? AND seq > ? ORDER BY seq LIMIT ?",
            (session, place.seq, PAGE),
        ).fetchall()
        for seq, id, stored, hash in rows:
            commit = _sound(place, seq, stored, hash)
            if commit is None or commit.id != id:
                return Page(commits, True, ChainBroken(session, place.id, place.seq))
            commits.append(commit)
            place = Head(seq, id, hash)
        last = len(rows) < PAGE
        if last and place != self.head(session):
            return Page(commits, True, ChainBroken(session, place.id, place.seq))
        return Page(commits, last)

    def _place(self, session: str, after: bytes | None) -> Head:
        if after is None:
            return Head(0, None, chain.origin(session))
        row = self._row("SELECT seq, id, hash FROM commits WHERE session = ? AND id = ?", (session, after))
        if row is None:
            raise UnknownCommit(session, after)
        return Head(*row)

    def sessions(self) -> list[str]:
        """All sessions, those whose head is lost included: reading one of them says so."""
        rows = self.connection.execute("SELECT session FROM heads UNION SELECT session FROM commits WHERE seq = 1")
        return sorted(session for (session,) in rows)

    def erase(self, session: str) -> None:
        """Delete all commits of a session and what the log knows of its commands."""
        self._do("DELETE FROM commits WHERE session = ?", (session,))
        self._do("DELETE FROM commands WHERE session = ? AND seal = ?", (session, LOG))
        self._do("DELETE FROM heads WHERE session = ?", (session,))

    def drop(self, session: str) -> None:
        """Delete whatever there is of a session."""
        for table in ("commits", "heads", "commands", "seals", "sealed"):
            self._do(f"DELETE FROM {table} WHERE session = ?", (session,))

    # Commands

    def known(self, session: str, seat: str, command: bytes) -> bool:
        """Whether this command was accepted, from this seat or from one not told."""
        return (
            self._row("SELECT 1 FROM commands WHERE session = ? AND seat IN (?, '') AND id = ?", (session, seat, command))
            is not None
        )

    def accepted(self, session: str, seal: str) -> list[bytes]:
        """The ids of the commands that a seal remembers, sorted."""
        rows = self.connection.execute("SELECT id FROM commands WHERE session = ? AND seal = ?", (session, seal))
        return sorted({id for (id,) in rows})

    def remember(self, session: str, commands: dict[tuple[str, bytes], str]) -> None:
        """Accept commands: (seat, command id) -> seal or LOG. Raises `Repeated` if one was accepted before."""
        repeated = frozenset(id for seat, id in commands if self.known(session, seat, id))
        if repeated:
            raise Repeated(session, repeated)
        for (seat, id), seal in commands.items():
            self._do("INSERT INTO commands VALUES (?, ?, ?, ?)", (session, seat, id, seal))

    def remember_again(self, session: str, asked: Iterable[Asked]) -> None:
        """Accept the commands of a rewritten log; one may stand in it twice after an erasure, or under a seal."""
        for one in asked:
            self._do("INSERT OR IGNORE INTO commands VALUES (?, ?, ?, ?)", (session, one.seat, one.id, LOG))

    # Seals

    def _state(self, session: str, seal: str) -> str | None:
        row = self._row("SELECT state FROM seals WHERE session = ? AND seal = ?", (session, seal))
        return row[0] if row else None

    def _set_state(self, session: str, seal: str, state: str) -> None:
        if self._row("SELECT 1 FROM heads WHERE session = ?", (session,)) is None:
            raise UnknownSession(session)
        self._do("INSERT OR REPLACE INTO seals VALUES (?, ?, ?)", (session, seal, state))

    def open(self, session: str, seal: str) -> None:
        """Open a seal, if it is not open yet. Raises `SealShut`, `UnknownSession`."""
        state = self._state(session, seal)
        if state is None:
            self._set_state(session, seal, "open")
        elif state != "open":
            raise SealShut(session, seal)

    def put(self, session: str, put: SealPut) -> None:
        """Put, replace or remove one value. Raises `SealShut`, `UnknownSession`."""
        self.open(session, put.seal)
        if put.value:
            values = (session, put.seal, put.key, put.value, put.command, put.seat)
            self._do("INSERT OR REPLACE INTO sealed VALUES (?, ?, ?, ?, ?, ?)", values)
        else:
            self._do("DELETE FROM sealed WHERE session = ? AND seal = ? AND key = ?", (session, put.seal, put.key))

    def shut(self, session: str, seal: str) -> None:
        """Shut a seal, whether or not it was ever opened. Raises `UnknownSession`."""
        if self._state(session, seal) != "gone":
            self._set_state(session, seal, "shut")

    def destroy(self, session: str, seal: str) -> bool:
        """Delete a seal and all it holds; a shut one leaves a mark that keeps it shut. Says if it existed."""
        state = self._state(session, seal)
        if state in (None, "gone"):
            return False
        self._do("DELETE FROM sealed WHERE session = ? AND seal = ?", (session, seal))
        self._do("DELETE FROM commands WHERE session = ? AND seal = ?", (session, seal))
        if state == "shut":
            self._set_state(session, seal, "gone")
        else:
            self._do("DELETE FROM seals WHERE session = ? AND seal = ?", (session, seal))
        return True

    def forget(self, session: str, seat: str) -> None:
        """Delete what a seat put under any seal."""
        self._do("DELETE FROM sealed WHERE session = ? AND seat = ?", (session, seat))
        self._do("DELETE FROM commands WHERE session = ? AND seat = ? AND seal <> ?", (session, seat, LOG))

    def seals(self, session: str) -> list[Seal]:
        """The seals not yet destroyed, sorted."""
        rows = self.connection.execute(
            "SELECT seal, state FROM seals WHERE session = ? AND state <> 'gone' ORDER BY seal", (session,)
        )
        return [Seal(*row) for row in rows]

    def sealed(self, session: str, seal: str | None) -> list[SealPut]:
        """The values under one seal or under all, sorted by seal and key."""
        rows = self.connection.execute(
            "SELECT seal, key, value, command, seat FROM sealed WHERE session = ?1 AND (?2 IS NULL OR seal = ?2) "
            "ORDER BY seal, key",
            (session, seal),
        )
        return [SealPut(*row) for row in rows]


def _sound(before: Head, seq: object, stored: object, hash: object) -> Commit | None:
    """The commit of a row, None if it does not follow `before`. In a damaged file even types are not what they were."""
    if seq != before.seq + 1 or not isinstance(stored, bytes) or not isinstance(hash, bytes):
        return None
    return chain.commit_of(stored, hash) if chain.link(before.hash, stored) == hash else None
