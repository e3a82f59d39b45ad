"""The log's plain model (tests/server/log/model.py, proven equal to the real one) as a log for virtual time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from server import log as real
from server.log import Commit, LogError, Repeated, Seal, SealPut
from tests.server.log.model import Model, Refused


class MemoryLog:
    """A `Log` without threads or disk. `fail` is raised by the next appends, `race` runs before the next one."""

    def __init__(self) -> None:
        self.model = Model()
        self.fail: LogError | None = None
        self.race: list[Commit] = []
        self.appends: list[tuple[Commit | None, tuple[SealPut, ...]]] = []

    async def append(
        self,
        session: str,
        after: bytes | None,
        commit: Commit | None,
        puts: Sequence[SealPut] = (),
        *,
        open: Sequence[str] = (),
        shut: Sequence[str] = (),
        destroy: Sequence[str] = (),
    ) -> Commit | None:
        if self.fail is not None:
            raise self.fail
        if self.race and commit is not None:
            other = self.race.pop(0)
            last = self.model.sessions[session].commits[-1].id
            self.model.append(session, last, other, (), (), (), ())
        try:
            self.model.append(session, after, commit, tuple(puts), tuple(open), tuple(shut), tuple(destroy))
        except Refused as refused:
            raise self._error(str(refused), session, commit, puts) from None
        self.appends.append((commit, tuple(puts)))
        return commit

    def _error(self, name: str, session: str, commit: Commit | None, puts: Sequence[SealPut]) -> LogError:
        if name == "Repeated":
            ids = [one.id for one in (commit.asked if commit else ())] + [put.command for put in puts]
            done = {id for _, id in self.model.sessions[session].accepted}
            return Repeated(session, frozenset(ids) & done)
        made = {
            "Conflict": lambda: real.Conflict(session, None, None),
            "SealShut": lambda: real.SealShut(session, self._shut_among(session, puts)),
            "UnknownSession": lambda: real.UnknownSession(session),
        }
        return made[name]()

    def _shut_among(self, session: str, puts: Sequence[SealPut]) -> str:
        states = self.model.sessions[session].states
        return next((put.seal for put in puts if states.get(put.seal) not in (None, "open")), "")

    async def read(self, session: str, after: bytes | None = None) -> AsyncIterator[Commit]:
        known = self.model.sessions.get(session)
        commits = known.commits if known else []
        places = [place for place, commit in enumerate(commits) if commit.id == after]
        if after is not None and not places:
            raise real.UnknownCommit(session, after)
        for commit in commits[places[0] + 1 :] if places else commits:
            yield commit

    async def sealed(self, session: str, seal: str | None = None) -> list[SealPut]:
        return [put for put in self.model.sealed(session) if seal in (None, put.seal)]

    async def seals(self, session: str) -> list[Seal]:
        return self.model.seals(session)

    async def accepted(self, session: str, seal: str) -> list[bytes]:
        return sorted(id for (_, id), where in self.model.sessions[session].accepted.items() if where == seal)

    async def shut(self, session: str, seal: str) -> None:
        self.model.append(session, None, None, (), (), (seal,), ())

    async def known(self, session: str, seat: str, command: bytes) -> bool:
        return self.model.known(session, seat, command)

    async def sessions(self) -> list[str]:
        return sorted(self.model.sessions)

    async def rewrite(self, session: str, after: bytes, commits: Sequence[Commit], **forget: Sequence[str]) -> Commit:
        raise AssertionError("no test here rewrites a log")

    async def backup(self, path: Path) -> None:
        raise AssertionError("no test here backs a log up")

    async def close(self) -> None:
        return
