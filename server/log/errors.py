"""What a log answers when it does not do what was asked. Each error says what was expected and what was found.

Sentences are for operators and server logs; a person reads the rejection that the live session makes of them.
"""


class LogError(Exception):
    """Any refusal or failure of the log."""


class Conflict(LogError):
    """The log has moved on. Nothing was saved: read what came since, decide again, append again."""

    def __init__(self, session: str, after: bytes | None, last: bytes | None) -> None:
        super().__init__(f"session {session!r}: expected the last commit to be {_name(after)}, found {_name(last)}")
        self.session = session
        self.after = after
        self.last = last


class Repeated(LogError):
    """A command of this append already had its effect. Nothing was saved: answer `done` for these commands."""

    def __init__(self, session: str, commands: frozenset[bytes]) -> None:
        ids = ", ".join(sorted(command.hex() for command in commands))
        super().__init__(f"session {session!r}: already done: {ids}")
        self.session = session
        self.commands = commands


class SealShut(LogError):
    """A put (or an opening) came after the seal was shut. Nothing was saved: a shut seal never opens again."""

    def __init__(self, session: str, seal: str) -> None:
        super().__init__(f"session {session!r}: the seal {seal!r} is shut")
        self.session = session
        self.seal = seal


class UnknownSession(LogError):
    """No commit was ever appended to this session, so nothing can be sealed or rewritten in it."""

    def __init__(self, session: str) -> None:
        super().__init__(f"session {session!r} is not in this log")
        self.session = session


class UnknownCommit(LogError):
    """The commit to read from is not in the log: it was rewritten, or restored from an older backup. Load again."""

    def __init__(self, session: str, commit: bytes) -> None:
        super().__init__(f"session {session!r}: the commit {_name(commit)} is not in the log; load the session again")
        self.session = session
        self.commit = commit


class ChainBroken(LogError):
    """Stored bytes no longer match their hashes. `good` is the id of the last sound commit (None: not even the first),
    `count` how many sound commits the log holds. They were yielded before this was raised."""

    def __init__(self, session: str, good: bytes | None, count: int) -> None:
        super().__init__(
            f"session {session!r}: the chain of hashes is broken after {count} good commits (last good: {_name(good)})"
        )
        self.session = session
        self.good = good
        self.count = count


class StorageFull(LogError):
    """No space is left: nothing was saved and nothing that was saved is lost. Appends succeed again, without restart,
    as soon as there is space."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"storage is full, nothing of this was saved: {reason}")


class StorageBroken(LogError):
    """The storage failed. Nothing was acknowledged; in the rare case where its fate could not be read back, what was
    asked may still be found in the log later, and the next append then answers `Conflict` or `Repeated`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"storage failed, nothing of this is acknowledged: {reason}")


class Locked(LogError):
    """Another process owns the file."""

    def __init__(self, path: str, owner: str) -> None:
        super().__init__(
            f"{path} already belongs to {owner}: one process owns the file, and command-line tools reach it "
            "through that process. Several server processes on one store need Redis (STORE_URL=redis://…)."
        )
        self.path = path


class TooNew(LogError):
    """The file was written by a later version of the server."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(f"{path} has storage version {found}; this server knows versions up to {known}")


def _name(commit: bytes | None) -> str:
    return "none" if commit is None else commit.hex()
