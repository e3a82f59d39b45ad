"""A log so plain that it is right by reading: dictionaries, one append at a time. No hashes, no pages, no disk."""

from dataclasses import dataclass, field

from server.log import Asked, Commit, Seal, SealPut


@dataclass
class Session:
    commits: list[Commit] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], SealPut] = field(default_factory=dict)
    accepted: dict[tuple[str, bytes], str] = field(default_factory=dict)  # (seat, command) -> seal, "" = the log

    def copy(self) -> "Session":
        return Session(self.commits[:], dict(self.states), dict(self.values), dict(self.accepted))


class Refused(Exception):
    """The name of the error that the log must answer."""


@dataclass
class Model:
    sessions: dict[str, Session] = field(default_factory=dict)

    def append(
        self,
        name: str,
        after: bytes | None,
        commit: Commit | None,
        puts: tuple[SealPut, ...],
        open: tuple[str, ...],
        shut: tuple[str, ...],
        destroy: tuple[str, ...],
    ) -> None:
        session = self.sessions.get(name, Session()).copy()
        last = session.commits[-1].id if session.commits else None
        if (commit or after is not None) and after != last:
            raise Refused("Conflict")
        if commit:
            session.commits.append(commit)
        for seal in open:
            self._open(session, seal)
        for put in puts:
            self._open(session, put.seal)
            session.values.pop((put.seal, put.key), None)
            if put.value:
                session.values[put.seal, put.key] = put
        asked = {(one.seat, one.id): "" for one in commit.asked} if commit else {}
        wanted = {(put.seat, put.command): put.seal for put in reversed(puts) if put.command} | asked
        for seat, id in wanted:
            if {(seat, id), ("", id)} & session.accepted.keys():
                raise Refused("Repeated")
        session.accepted |= wanted
        for seal in shut:
            self._exists(session)
            if session.states.get(seal) != "gone":
                session.states[seal] = "shut"
        for seal in destroy:
            self._destroy(session, seal)
        if session.commits:
            self.sessions[name] = session

    def _exists(self, session: Session) -> None:
        if not session.commits:
            raise Refused("UnknownSession")

    def _open(self, session: Session, seal: str) -> None:
        if session.states.get(seal, "open") != "open":
            raise Refused("SealShut")
        self._exists(session)
        session.states[seal] = "open"

    def _destroy(self, session: Session, seal: str) -> None:
        if session.states.get(seal, "gone") == "gone":
            return
        if session.states[seal] == "shut":
            session.states[seal] = "gone"
        else:
            del session.states[seal]
        session.values = {place: put for place, put in session.values.items() if place[0] != seal}
        session.accepted = {command: where for command, where in session.accepted.items() if where != seal}

    def seals(self, name: str) -> list[Seal]:
        states = self.sessions[name].states if name in self.sessions else {}
        return sorted(Seal(seal, state) for seal, state in states.items() if state != "gone")

    def sealed(self, name: str) -> list[SealPut]:
        values = self.sessions[name].values if name in self.sessions else {}
        return [values[place] for place in sorted(values)]

    def commits(self, name: str) -> list[tuple[bytes, tuple[Asked, ...]]]:
        return [(one.id, one.asked) for one in self.sessions.get(name, Session()).commits]

    def known(self, name: str, seat: str, command: bytes) -> bool:
        accepted = self.sessions.get(name, Session()).accepted
        return bool({(seat, command), ("", command)} & accepted.keys())
