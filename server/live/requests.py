"""Commands on their way to the log: who asked, when it came, and whose turn it is.

Everything waiting goes into one commit, one command per seat in turn, facilitators first, as long as the session's
allowance lasts; a room that all votes at once is served, a flood from one seat waits behind the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from facilitation.commands import CloseRound, CloseSession, Command, name_of
from facilitation.rejections import Rejection
from server.wire.allowances import Bucket

WAITING = 150
"""Commands that may wait for one seat; more than any page has unanswered."""

BATCH = 200
"""Most commands in one commit: bounds how long deciding them holds the loop."""

ALONE = (CloseRound, CloseSession)
"""Commands that shut or destroy a seal: each has an append of its own."""

Answer = Callable[[Rejection | None], None]


class Request:
    """One command: `at` is when it arrived (ms), kept through every try, as is `seed`, drawn once."""

    __slots__ = ("_answer", "actor", "at", "command", "id", "seed")

    def __init__(self, id: bytes, actor: str, command: Command, at: int, seed: bytes, answer: Answer) -> None:
        self.id = id
        self.actor = actor
        self.command = command
        self.at = at
        self.seed = seed
        self._answer: Answer | None = answer

    def answer(self, rejection: Rejection | None) -> None:
        """Say what came of it: None once its effect is durable. Only the first answer counts."""
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(rejection)

    @property
    def name(self) -> str:
        """The command's wire name."""
        return name_of(type(self.command))

    @property
    def alone(self) -> bool:
        """Whether it goes into no commit with others."""
        return isinstance(self.command, ALONE)


class FairQueue:
    """Requests by seat, taken in turn. `first(seat)` says who goes before the others (the server itself does)."""

    def __init__(self, bucket: Bucket, first: Callable[[str], bool]) -> None:
        self._bucket = bucket
        self._first = first
        self._seats: dict[str, deque[Request]] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, request: Request) -> bool:
        """Let a request wait. False when its seat has too many waiting; the server's own (people joining) may all wait."""
        line = self._seats.setdefault(request.actor, deque())
        if request.actor and len(line) >= WAITING:
            return False
        line.append(request)
        self._size += 1
        return True

    def wait(self, now: float) -> float:
        """Seconds until one request may be taken; the server's own never wait."""
        return 0.0 if "" in self._seats else self._bucket.wait(now)

    def take(self, now: float) -> list[Request]:
        """The next requests that go together, in their order. One that goes alone comes alone."""
        batch: list[Request] = []
        allowed = min(BATCH, max(self._bucket.left(now), len(self._seats.get("", ()))))
        order = sorted(self._seats, key=lambda seat: not (seat == "" or self._first(seat)))
        while order and len(batch) < allowed:
            for seat in order:
                line = self._seats[seat]
                if len(batch) >= allowed or (line[0].alone and batch):
                    return self._taken(batch, now)
                batch.append(line.popleft())
                if not line:
                    del self._seats[seat]
                if batch[-1].alone:
                    return self._taken(batch, now)
            order = [seat for seat in order if seat in self._seats]
        return self._taken(batch, now)

    def _taken(self, batch: list[Request], now: float) -> list[Request]:
        self._size -= len(batch)
        self._bucket.take(now, min(len(batch), self._bucket.left(now)))
        return batch
