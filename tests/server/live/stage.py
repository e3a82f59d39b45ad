"""A workshop on stage in virtual time: a live session on a log in memory, and people at browsers that read frames as
PROTOCOL.md says, so that a test plays both ends.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import msgpack

from facilitation import commands as ask
from facilitation.commands import Command
from facilitation.records import Block, Board, Note, Round, Session, from_wire
from facilitation.sight import parts, view
from facilitation.state import Change, Key, keys_of
from server.config import Settings
from server.live.directory import Directory
from server.live.saving import SHAPE, encode_changes
from server.live.session import LiveSession, Visit
from server.live.world import World
from server.log import Commit
from server.wire.connection import Connection
from server.wire.frames import CommandFrame, Hint, Write
from server.wire.outbox import Bounds, Pool
from tests.facilitation.workshop import library
from tests.server.live.memory import MemoryLog
from tests.server.live.virtual import later, wall

SESSION = "s1"


class Draws:
    """Randomness that is the same in every run, and never twice the same value."""

    def __init__(self) -> None:
        self._count = itertools.count()

    def __call__(self, size: int) -> bytes:
        return hashlib.shake_128(b"%d" % next(self._count)).digest(size)


class Socket:
    """The socket of one page: keeps what was written with its virtual time; `jam` stops it from taking anything."""

    def __init__(self) -> None:
        self.sent: list[tuple[float, tuple[bytes, ...]]] = []
        self.closed: tuple[int, str] | None = None
        self.jam = False
        self._held: list[Write] = []
        self.most_held = 0

    @property
    def paused(self) -> bool:
        return bool(self._held)

    def write(self, write: Write) -> None:
        if self.closed:
            return
        if self.jam:
            self._held.append(write)
            self.most_held = max(self.most_held, sum(len(one.joined) for one in self._held))
        else:
            self.sent.append((asyncio.get_running_loop().time(), write.frames))

    def close(self, code: int, reason: str) -> None:
        self.closed = self.closed or (code, reason)

    def unjam(self) -> None:
        self.jam = False
        held, self._held = self._held, []
        for write in held:
            self.write(write)


class Page:
    """A browser's page: one connection, and what it knows from the frames it read."""

    def __init__(self, stage: Stage, seat: str) -> None:
        self.stage = stage
        self.seat = seat
        self.socket = Socket()
        self.connection = Connection(self.socket, stage.pool, asyncio.get_running_loop().time, seat=seat)
        self.visit: Visit | None = None
        self.model = Model()
        self._read = 0

    async def enter(self, cursor: bytes = b"") -> Page:
        self.visit = await self.stage.directory.enter(SESSION, self.connection, cursor)
        return self

    def leave(self) -> None:
        assert self.visit
        self.visit.leave()
        self.connection.gone()

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Every frame that came, decoded."""
        return [msgpack.unpackb(frame) for _, write in self.socket.sent for frame in write]

    def of(self, type: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == type]

    def knows(self) -> dict[Key, dict[str, Any]]:
        """What the page shows, after reading all that came."""
        frames = self.frames
        for frame in frames[self._read :]:
            self.model.read(frame)
        self._read = len(frames)
        return self.model.records()

    def send(self, name: str, id: bytes = b"", **body: Any) -> bytes:
        """Send a command as it comes over the wire; its id."""
        assert self.visit
        id = id or self.stage.draw(16)
        self.visit.command(CommandFrame(id=id, name=name, body=body))
        return id

    def hint(self, about: str, doing: str = "editing") -> None:
        assert self.visit
        self.visit.hint(Hint(about=about, doing=doing))  # type: ignore[arg-type]


class Model:
    """What a client keeps, by part (PROTOCOL.md 5): a record is shown as long as one part holds it."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[Key, dict[str, Any]]] = {}
        self.cursor = b""
        self.done: list[bytes] = []
        self.refused: dict[bytes, str] = {}
        self._staged: dict[str, dict[Key, dict[str, Any]]] = {}

    def read(self, frame: Mapping[str, Any]) -> None:
        if frame["type"] == "welcome":
            self._staged[frame["part"]] = {(record["kind"], record["id"]): record for record in frame["records"]}
            if "cursor" in frame:
                self.parts, self._staged = self._staged, {}
        elif frame["type"] == "patch":
            self._patch(self.parts.setdefault(frame["part"], {}), frame)
        elif frame["type"] == "done":
            self.done += frame["ids"]
        elif frame["type"] == "refused":
            self.refused[frame["id"]] = frame["code"]
        self.cursor = frame.get("cursor", self.cursor)

    def _patch(self, part: dict[Key, dict[str, Any]], frame: Mapping[str, Any]) -> None:
        for kind, id in frame["remove"]:
            part.pop((kind, id), None)
        for record in frame["put"]:
            part[record["kind"], record["id"]] = record
        for fields in frame["set"]:
            part[fields["kind"], fields["id"]] = part[fields["kind"], fields["id"]] | fields

    def records(self) -> dict[Key, dict[str, Any]]:
        shown: dict[Key, dict[str, Any]] = {}
        for part in self.parts.values():
            shown |= part
        return shown


class Stage:
    """One process with one session. `page` opens a browser for a seat; `tell` has the server or a seat ask."""

    def __init__(
        self,
        *,
        log: MemoryLog | None = None,
        settings: Settings | None = None,
        draw: Callable[[int], bytes] | None = None,
    ) -> None:
        self.log = log or MemoryLog()
        self.draw = draw or Draws()
        self.world = World(now=wall, draw=self.draw)
        self.settings = settings or Settings()
        self.directory = Directory(self.log, self.settings, methods=library(), world=self.world)
        self.pool = Pool(Bounds())
        self.live: LiveSession

    async def open(self, *seats: tuple[str, str], method: str = "brainstorming-silencieux") -> Stage:
        """Create the session with its plan and these (seat, role)s, and open it."""
        self.live = await self.directory.create(SESSION, Session(title="Atelier", created_at=wall()))
        await self.tell(ask.Join(seat="claire", name="Claire", role="facilitator"))
        for seat, role in seats:
            await self.tell(ask.Join(seat=seat, name=seat.capitalize(), role=role))  # type: ignore[arg-type]
        await self.tell(ask.LoadMethod(method=method), "claire")
        await self.tell(ask.OpenSession(), "claire")
        return self

    async def tell(self, command: Command, actor: str = "") -> None:
        """Ask for what must be granted."""
        rejection = await self.live.ask(command, actor)
        assert rejection is None, f"{actor or 'the server'} asked {command}: {rejection}"

    async def put(self, *changes: Change) -> None:
        """Save and apply changes as they are, whatever the rules would say."""
        commit = Commit(id=self.draw(16), shape=SHAPE, at=wall(), asked=(), changes=encode_changes(changes))
        await self.log.append(SESSION, self.live.last, commit)
        self.live.last = commit.id
        self.live._apply(self.live.state.apply(changes), keys_of(changes), commit.id)

    async def page(self, seat: str, cursor: bytes = b"") -> Page:
        return await Page(self, seat).enter(cursor)

    async def to_block(self, view: str) -> Block:
        """Enter the first block with that view."""
        block = min((one for one in self.live.state.all(Block) if one.view == view), key=lambda one: one.rank)
        if self.live.state.session.block != block.id:
            await self.tell(ask.EnterBlock(block=block.id), "claire")
        await self.settle()
        return block

    @property
    def board(self) -> Board:
        return next(iter(self.live.state.all(Board)))

    def note(self, text: str) -> Note:
        return next(note for note in self.live.state.all(Note) if note.text == text)

    @property
    def round(self) -> Round:
        return next(iter(self.live.state.all(Round)))

    async def settle(self) -> None:
        """Wait until everything asked is saved and told, secrecy grid included."""
        await self.live.finish()
        await later(0.6)

    def sees(self, seat: str) -> dict[Key, Any]:
        """What a seat sees, computed from the state alone."""
        found = self.live.state.get("seat", seat)
        assert found is not None
        return {key: record for part in parts(found) for key, record in view(self.live.state, part).items()}  # type: ignore[arg-type]

    def agrees(self, page: Page) -> bool:
        """Whether what a page patched together is what its seat sees."""
        return {key: from_wire(plain) for key, plain in page.knows().items()} == self.sees(page.seat)

    async def close(self) -> None:
        await self.directory.close()
