"""A workshop in memory, played by commands as people would: given a state of things, when someone asks, then what.

It keeps what the server keeps: a log without sealed records, and the seals beside it, so that every test can
also ask whether the fold of the log plus the seal is the live state.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import msgpack

from facilitation import commands as ask
from facilitation.commands import Command
from facilitation.context import Context
from facilitation.decide import decide
from facilitation.methods import Method, read
from facilitation.records import (
    Block,
    Board,
    Group,
    Note,
    Partition,
    Placement,
    Record,
    Round,
    Seat,
    Session,
    Site,
    Zone,
    kind_of,
)
from facilitation.rejections import Rejection
from facilitation.sight import parts, patches, seal_of, view
from facilitation.state import Change, Put, State, from_stored, to_stored

START = 1_791_963_000_000  # 14 October 2026, 9:30 in Paris
SECOND, MINUTE = 1000, 60_000

Patch = dict[str, list[Change]]


@cache
def library() -> dict[str, Method]:
    """The methods that come with the product, by id."""
    folder = Path(__file__).parents[2] / "facilitation" / "methods"
    methods = [read(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {method.id: method for method in methods}


class Workshop:
    """A session being played. Seats are called by their names in lower case; `at` is the present time."""

    def __init__(self, *, seed: str = "seed") -> None:
        self.seed = seed
        self.at = START
        self.state = State().apply([Put(Session(title="Atelier", created_at=START))])
        self.log: list[bytes] = [pack((Put(self.state.session),))]
        self.seal: dict[tuple[str, str], Record] = {}
        self.asked: dict[str, int] = {}
        self.sent: list[Patch] = []  # what each commit taught each audience
        self.answers: list[tuple[str, str]] = []  # (asker, "" or the refusal's code)

    # --- when ----------------------------------------------------------------------------------------------------

    def when(self, who: str, command: Command, *, after: int = 0) -> tuple[Change, ...] | Rejection:
        """Someone ("" = the server) asks, `after` ms from now; what was decided is applied and kept."""
        self.at += after
        count = self.asked[who] = self.asked.get(who, 0) + 1
        seed = hashlib.sha256(f"{self.seed}|{who}|{count}".encode()).digest()
        context = Context(at=self.at, actor=self.id(who), seed=seed, methods=library())
        decided = decide(self.state, command, context)
        self.answers.append((who, decided.code if isinstance(decided, Rejection) else ""))
        if not isinstance(decided, Rejection):
            self._keep(decided)
        return decided

    def do(self, who: str, command: Command, *, after: int = 0) -> tuple[Change, ...]:
        """`when`, for what must be granted."""
        decided = self.when(who, command, after=after)
        assert not isinstance(decided, Rejection), f"{who} asked {command}: expected changes, got {decided}"
        return decided

    def refused(self, who: str, command: Command, *, after: int = 0) -> str:
        """`when`, for what must be refused: the code. Nothing changes."""
        before = self.state
        decided = self.when(who, command, after=after)
        assert isinstance(decided, Rejection), f"{who} asked {command}: expected a refusal, got {decided}"
        assert decided.sentence
        assert self.state == before
        return decided.code

    def _keep(self, changes: tuple[Change, ...]) -> None:
        before, after = self.state, self.state.apply(changes)
        logged = []
        for change in changes:
            kind, id = (kind_of(change.record), change.record.id) if isinstance(change, Put) else (change.kind, change.id)
            old, new = before.get(kind, id), after.get(kind, id)
            if any(record and seal_of(record) for record in (old, new)):
                self.seal.pop((kind, id), None)
                if new:
                    self.seal[kind, id] = new
            else:
                logged.append(change)
        if logged:
            self.log.append(pack(tuple(logged)))
        self.sent.append(patches(before, after, changes))
        self.state = after

    # --- then ----------------------------------------------------------------------------------------------------

    def folded(self) -> State:
        """The state that a server loading this session finds: the log read again, and the seals."""
        state = State()
        for stored in self.log:
            state = state.apply(from_stored(msgpack.unpackb(stored)))
        return state.apply(Put(record) for record in self.seal.values())

    def sees(self, who: str) -> dict[tuple[str, str], Record]:
        """Everything that a seat sees, whatever the part it comes by; "wall" is the projector's."""
        seen: dict[tuple[str, str], Record] = {}
        for part in parts(self.seat(who)):
            seen |= view(self.state, part)
        return seen

    def reads(self, who: str) -> list[str]:
        """The texts of the notes that a seat sees, sorted."""
        return sorted(record.text for record in self.sees(who).values() if isinstance(record, Note))

    # --- looking -------------------------------------------------------------------------------------------------

    def id(self, who: str) -> str:
        """The seat id of a name; the server's is ""."""
        return f"seat-{who}" if who else ""

    def seat(self, who: str) -> Seat:
        """The seat of a name."""
        seat = self.state.find(Seat, self.id(who))
        assert seat
        return seat

    def site(self, name: str) -> str:
        """The id of a site by the start of its name."""
        return next(site.id for site in self.state.all(Site) if site.name.startswith(name))

    def block(self, view: str, nth: int = 0) -> Block:
        """The nth block with that view."""
        return sorted((one for one in self.state.all(Block) if one.view == view), key=lambda one: one.rank)[nth]

    @property
    def board(self) -> Board:
        """The plan's first board."""
        return next(iter(self.state.all(Board)))

    def zone(self, start: str, board: str = "") -> str:
        """The id of a zone by the start of its title, on the plan's first board unless told otherwise."""
        home = board or self.board.id
        return next(zone.id for zone in self.state.all(Zone) if zone.title.startswith(start) and zone.board == home)

    def note(self, text: str) -> Note:
        """The note of that text."""
        return next(note for note in self.state.all(Note) if note.text == text)

    def get(self, kind: str, id: str) -> Any:
        """The record of that kind and id."""
        return self.state.get(kind, id)

    @property
    def partition(self) -> Partition:
        """The partition made last."""
        return list(self.state.all(Partition))[-1]

    def groups(self, partition: str = "") -> list[Group]:
        """The groups of a partition, the last one by default, in order."""
        of = partition or self.partition.id
        return sorted((one for one in self.state.all(Group) if one.partition == of), key=lambda one: one.rank)

    def members(self, group: str) -> set[str]:
        """The names, in lower case, of who is placed in a group."""
        return {seat.removeprefix("seat-") for seat in (one.seat for one in self.state.all(Placement) if one.group == group)}

    def group(self, who: str) -> Group:
        """The group of a seat."""
        found = self.state.find(Group, self.seat(who).group)
        assert found
        return found

    def desk(self, who: str) -> str:
        """The board on which a seat writes: its group's while groups run, else the plan's first."""
        group = self.state.find(Group, self.seat(who).group)
        partition = self.state.find(Partition, group.partition) if group else None
        return group.board if group and partition and partition.status == "running" else self.board.id

    @property
    def round(self) -> Round:
        """The round opened last."""
        return list(self.state.all(Round))[-1]

    # --- given ---------------------------------------------------------------------------------------------------

    def join(self, name: str, role: Any = "participant", site: str = "", heads: int = 1) -> None:
        """Someone comes in."""
        self.do("", ask.Join(seat=self.id(name), name=name.title(), role=role, site=site, heads=heads))

    def enter(self, view: str, nth: int = 0) -> Block:
        """Nadia goes to the nth block with that view."""
        self.do("nadia", ask.EnterBlock(block=self.block(view, nth).id))
        return self.block(view, nth)

    def write(self, who: str, *texts: str, zone: str = "", **more: Any) -> list[Note]:
        """Someone writes notes in the present block."""
        notes = tuple(ask.NewNote(text=text, zone=zone, **more) for text in texts)
        changes = self.do(who, ask.AddNotes(board=self.desk(who), block=self.state.session.block, notes=notes))
        return [item.record for item in changes if isinstance(item, Put) and isinstance(item.record, Note)]

    def part(self, *groups: str, mode: Any = "hand", start: bool = True, seconds: int = 600, **more: Any) -> list[Group]:
        """Nadia splits people for the present block, each group given by the names of its members, and sends them there."""
        self.do("nadia", ask.DrawGroups(block=self.state.session.block, mode=mode, **more))
        for index, names in enumerate(groups):
            while len(self.groups()) <= index:
                self.do("nadia", ask.AddGroup(partition=self.partition.id))
            for name in names.split():
                where = ask.PlaceInGroup(partition=self.partition.id, seat=self.id(name), group=self.groups()[index].id)
                self.do("nadia", where)
        if start:
            self.do("nadia", ask.StartGroups(partition=self.partition.id, seconds=seconds))
        return self.groups()

    def recall(self) -> None:
        """Nadia calls everyone back."""
        self.do("nadia", ask.RecallGroups(partition=self.partition.id))

    def gather(self, title: str, *texts: str) -> str:
        """Nadia gathers notes under a title; the cluster's id."""
        ids = tuple(self.note(text).id for text in texts)
        self.do("nadia", ask.GatherNotes(notes=ids, title=title))
        return self.note(texts[0]).cluster

    def open_round(self, view: str = "voter", nth: int = 0, **more: Any) -> Round:
        """Nadia opens the vote of a block."""
        self.do("nadia", ask.OpenRound(block=self.block(view, nth).id, **more))
        return self.round

    def cast(self, who: str, marks: dict[str, int], **more: Any) -> tuple[Change, ...]:
        """Someone answers the round opened last."""
        return self.do(who, ask.CastBallot(round=self.round.id, marks=marks, **more))


def pack(changes: tuple[Change, ...]) -> bytes:
    """Changes in the bytes of a log."""
    packed: bytes = msgpack.packb(to_stored(changes))
    return packed


def prepared(method: str = "speed-boat", seed: str = "seed") -> Workshop:
    """A plan, three sites, and nobody but the two facilitators; not yet open."""
    workshop = Workshop(seed=seed)
    workshop.join("nadia", "facilitator")
    workshop.do("nadia", ask.LoadMethod(method=method))
    for name, room, heads in (("Montpellier", True, 6), ("Toulouse", True, 4), ("À distance", False, 0)):
        workshop.do("nadia", ask.PutSite(name=name, room=room, heads=heads))
    workshop.join("etienne", "cofacilitator", workshop.site("Toulouse"))
    return workshop


def opened(method: str = "speed-boat", seed: str = "seed") -> Workshop:
    """Everyone is in, the first block is current."""
    workshop = prepared(method, seed)
    workshop.join("maiwenn", site=workshop.site("Montpellier"))
    workshop.join("claire", site=workshop.site("À distance"))
    workshop.join("loic", site=workshop.site("À distance"))
    workshop.join("table", "room", workshop.site("Toulouse"), heads=4)
    workshop.join("guest", "observer")
    workshop.join("wall", "projector")
    workshop.do("nadia", ask.OpenSession(), after=MINUTE)
    return workshop


def writing(method: str = "speed-boat", seed: str = "seed") -> Workshop:
    """Everyone writes in silence."""
    workshop = opened(method, seed)
    workshop.enter("ecrire")
    workshop.at += MINUTE
    return workshop


def clustering(*texts: str, seed: str = "seed") -> Workshop:
    """Claire's notes are revealed, everyone clusters."""
    workshop = writing(seed=seed)
    workshop.write("claire", *(texts or ("un", "deux", "trois", "quatre")), zone=workshop.zone("L’ancre"))
    workshop.enter("regrouper")
    return workshop


def apart(block: str = "ecrire", seed: str = "seed", **edits: Any) -> Workshop:
    """Claire and Loïc work in one group, Maiwenn and the table in another, in a block edited as said."""
    workshop = opened(seed=seed)
    if edits:
        workshop.do("nadia", ask.EditBlock(block=workshop.block(block).id, **edits))
    workshop.enter(block)
    workshop.at += MINUTE
    workshop.part("claire loic", "maiwenn table")
    workshop.at += MINUTE
    return workshop


def voting(seed: str = "seed", **plan: Any) -> Workshop:
    """Two clusters and a lone note stand on the board, and the vote of the plan is about to open."""
    workshop = clustering("un", "deux", "trois", "quatre", seed=seed)
    workshop.gather("Alpha", "un", "deux")
    workshop.gather("Bêta", "trois")
    if plan:
        block = workshop.block("voter")
        given = {name: getattr(block.round, name) for name in block.round.__struct_fields__} if block.round else {}
        workshop.do("nadia", ask.EditBlock(block=block.id, round=type(block.round)(**{**given, **plan})))  # type: ignore[misc]
    workshop.enter("voter")
    return workshop
