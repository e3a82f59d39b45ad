"""One browser's connection: whose it is, its outbox, its language, its allowances. A seat may hold several."""

from __future__ import annotations

from collections.abc import Callable

from server.wire import frames
from server.wire.allowances import Bucket, Strikes
from server.wire.byes import BYES
from server.wire.frames import Write
from server.wire.outbox import Channel, Outbox, Pool

Translate = Callable[[str, str], str]
"""(language, French sentence) -> the sentence in that language."""


def french(language: str, sentence: str) -> str:
    """The `Translate` that leaves sentences as they are."""
    return sentence


class Connection:
    """What the live session writes to. `refresh` is set by the session that it enters: it sends a fresh view."""

    def __init__(
        self,
        channel: Channel,
        pool: Pool,
        clock: Callable[[], float],
        *,
        seat: str = "",
        language: str = "fr",
        translate: Translate = french,
        bucket: Bucket | None = None,
        strikes: Strikes | None = None,
    ) -> None:
        self.seat = seat
        self.language = language
        self.closing = ""
        self.refresh: Callable[[], None] = lambda: None
        self.bucket = bucket or Bucket(20, 60, clock())
        self.strikes = strikes or Strikes(3)
        self._translate = translate
        self._channel = channel
        self._outbox = Outbox(channel, pool, clock, lambda: self.refresh(), lambda: self.end("too_slow"))
        self.send = self._outbox.push
        self.drained = self._outbox.drained

    @property
    def stale(self) -> bool:
        """Whether it waits for a fresh view: what is written meanwhile is dropped."""
        return self._outbox.stale

    def say(self, sentence: str) -> str:
        """A French sentence in the language of this connection."""
        return self._translate(self.language, sentence)

    def end(self, code: str) -> None:
        """Say why and close, once. What waits in the outbox is dropped: the browser resumes from its cursor."""
        if self.closing:
            return
        self.closing = code
        self._outbox.clear()
        bye = BYES[code]
        self._channel.write(Write((frames.bye(code, self.say(bye.sentence)),)))
        self._channel.close(bye.close, code)

    def gone(self) -> None:
        """The socket is no more: nothing may stay counted for it."""
        self.closing = self.closing or "gone"
        self._outbox.clear()
