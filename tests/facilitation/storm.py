"""A workshop under a storm: anybody asks anything, sensible or not, and what must always be true is checked after each.

Secrets carry canaries, words that nothing else holds, so that a leak is found in the bytes that an audience gets,
by an oracle that does not ask `sight.py` who may see what.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import msgpack
from msgspec.structs import replace

from facilitation import commands as ask
from facilitation.commands import Command
from facilitation.groups import running
from facilitation.records import (
    Authorship,
    Block,
    Board,
    Cluster,
    Group,
    GroupPlan,
    Note,
    Occupant,
    Partition,
    Placement,
    Record,
    Round,
    Seat,
    Sheet,
    Site,
    Zone,
    kind_of,
)
from facilitation.rejections import SENTENCES, Rejection
from facilitation.sight import seal_of, view
from facilitation.state import Change, Put, Remove, Set, from_stored, to_stored
from tests.facilitation.workshop import SECOND, Workshop, opened, pack

WRITERS, DRIVERS, OTHERS = ("maiwenn", "claire", "loic", "table", "nadia"), ("nadia", "etienne"), ("guest", "wall", "", "ghost")
ALL_RIGHTS = {"participant": ("add", "edit", "move", "cluster", "vote", "sheet", "park")}
ROLES = ("participant", "room", "observer", "cofacilitator", "projector")

View = dict[tuple[str, str], Record]


class Storm:
    """A speed boat in the hands of chance. `rng` decides all; the same chance gives the same storm."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.workshop = opened()
        self.workshop.do("nadia", ask.EditBlock(block=self.workshop.block("ecrire").id, authors=rng.choice(("shown", "hidden"))))
        self.workshop.enter("ecrire")
        for block in list(self.workshop.state.all(Block)):
            if rng.random() < 0.6:
                self.workshop.do("nadia", ask.EditBlock(block=block.id, rights=ALL_RIGHTS))  # type: ignore[arg-type]
        self.who = ""
        if rng.random() < 0.6:
            self.workshop.part("claire loic", "maiwenn table")
        self.shown: dict[str, View] = {}
        self.shown = {audience: view(self.workshop.state, audience) for audience in self.audiences()}
        self.canaries = 0
        self.comments: set[str] = set()  # canaries in open ballots
        self.step = 0

    # --- what happens --------------------------------------------------------------------------------------------

    def blow(self) -> None:
        """One command from someone, then every check."""
        who, command = self.ask_something()
        before, commits = self.workshop.state, len(self.workshop.sent)
        after = self.rng.choice((0, 1, 400, 2999, 3 * SECOND, 60 * SECOND))
        decided = self.workshop.when(who, command, after=after)
        self.step += 1
        if isinstance(decided, Rejection):
            assert decided.code in SENTENCES
            assert decided.sentence
            assert self.workshop.state is before
            return
        self._stored(decided)
        self._grouped()
        if len(self.workshop.sent) > commits:
            self._patched(self.workshop.sent[-1])

    def ask_something(self) -> tuple[str, Command]:
        """Who asks, and what. Calm returns soon after a lock or an end, and people work more than they meddle."""
        session = self.workshop.state.session
        if session.status == "ended" and self.rng.random() < 0.4:
            return "nadia", ask.ResumeSession()
        if session.locked and self.rng.random() < 0.4:
            return "nadia", ask.LockSession(locked=False)
        if self.rng.random() < 0.04:
            return "nadia", ask.EnterBlock(block=self.rng.choice(list(self.workshop.state.all(Block))).id)
        if running(self.workshop.state) is None and self.rng.random() < 0.08:
            return "nadia", self._sent_apart()
        makers: list[tuple[int, Callable[[], Command]]] = [
            (9, self._add), (2, self._propose), (8, self._edit), (5, self._move), (3, self._notes(ask.WithdrawNotes)),
            (3, self._notes(ask.RestoreNotes)), (3, self._aside), (2, self._tint), (2, self._reveal), (5, self._gather),
            (2, self._notes(ask.ReleaseNotes)), (3, self._cluster), (3, self._open), (12, self._cast), (2, self._close),
            (5, self._people), (3, self._agenda), (1, self._timer), (3, self._sheet), (1, self._session), (7, self._groups),
        ]  # fmt: skip
        make = self.rng.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0]
        self.who = self._asker(make)
        return self.who, make()

    def _asker(self, make: Callable[[], Command]) -> str:
        """Usually someone who might: facilitators drive, people write. Sometimes anybody."""
        if self.rng.random() < 0.08:
            return self.rng.choice(OTHERS + WRITERS)
        driving = (
            self._aside, self._reveal, self._open, self._close, self._agenda, self._timer, self._session, self._groups,
        )  # fmt: skip
        return self.rng.choice(DRIVERS if make in driving else WRITERS)

    def _pick(self, cls: type[Record]) -> str:
        ids = [record.id for record in self.workshop.state.all(cls)]
        return self.rng.choice(ids) if ids and self.rng.random() < 0.97 else self.rng.choice(("", "bogus"))

    def _note(self) -> str:
        """Usually a note that the asker sees."""
        if self.rng.random() < 0.15 or self.workshop.state.find(Seat, self.workshop.id(self.who)) is None:
            return self._pick(Note)
        seen = [id for kind, id in self.workshop.sees(self.who) if kind == "note"]
        return self.rng.choice(seen) if seen else "none"

    def _some_notes(self) -> tuple[str, ...]:
        return tuple(self._note() for _ in range(self.rng.choice((1, 1, 2, 3))))

    def _text(self) -> str:
        self.canaries += 1
        return self.rng.choice((*[f"canari{self.canaries}x"] * 9, "", "\x00", "x" * 501))

    def _at(self) -> float:
        return self.rng.choice((-1.0, 0.0, 40.0, 700.5, -20000.0, 40000.0, float("nan")))

    def _add(self) -> Command:
        board = self._board()
        zones = [one.id for one in self.workshop.state.all(Zone) if one.board == board] or [""]
        note = ask.NewNote(
            text=self._text(), x=self._at(), y=self._at(),
            zone=self.rng.choice((*self.rng.choices(zones, k=2), "", self._pick(Zone))),
            occupant=self._pick(Occupant) if self.rng.random() < 0.1 else "",
            seat=self._pick(Seat) if self.rng.random() < 0.1 else "",
        )  # fmt: skip
        more = tuple(ask.NewNote(text=f"canari{self.canaries}x{number}") for number in range(self.rng.randint(0, 2)))
        block = self._pick(Block) if self.rng.random() < 0.3 else self.workshop.state.session.block
        return ask.AddNotes(board=board, block=block, notes=(note, *more))

    def _board(self) -> str:
        """Usually the board on which the asker works now."""
        if self.rng.random() < 0.15 or self.workshop.state.find(Seat, self.workshop.id(self.who)) is None:
            return self._pick(Board)
        return self.workshop.desk(self.who)

    def _propose(self) -> Command:
        return ask.ProposeNote(board=self._board(), text=self._text())

    def _edit(self) -> Command:
        return ask.EditNote(note=self._note(), text=self._text(), edition=self.rng.randint(1, 3))

    def _move(self) -> Command:
        to = ask.NoteMove(
            note=self._note(), zone=self._pick(Zone), cluster=self._pick(Cluster) if self.rng.random() < 0.4 else "",
            x=self._at(), y=self._at(), rank=self.rng.choice((0.5, 3.0, 7.0, float("inf"))),
        )  # fmt: skip
        return ask.MoveNotes(moves=(to, ask.NoteMove(note=self._note(), zone=self._pick(Zone))))

    def _notes(self, cls: Callable[..., Command]) -> Callable[[], Command]:
        return lambda: cls(notes=self._some_notes())

    def _aside(self) -> Command:
        return ask.SetAside(notes=self._some_notes(), aside=self.rng.random() < 0.6)

    def _tint(self) -> Command:
        return ask.TintNotes(notes=self._some_notes(), tint=self.rng.choice(("", "rose", "pastel")))

    def _reveal(self) -> Command:
        return ask.RevealNotes(block=self._pick(Block))

    def _gather(self) -> Command:
        cluster = self._pick(Cluster) if self.rng.random() < 0.3 else ""
        return ask.GatherNotes(notes=self._some_notes(), cluster=cluster, title=self.rng.choice(("", "Groupe")))

    def _cluster(self) -> Command:
        cluster = self._pick(Cluster)
        return self.rng.choice((
            ask.RenameCluster(cluster=cluster, title="Autre"), ask.DissolveCluster(cluster=cluster),
            ask.MoveCluster(cluster=cluster, zone=self._pick(Zone), x=self._at(), y=self._at()),
            ask.MergeClusters(into=cluster, clusters=(self._pick(Cluster), self._pick(Cluster))),
            ask.SplitCluster(cluster=cluster, notes=self._some_notes()),
        ))  # fmt: skip

    def _open(self) -> Command:
        options = (*self._some_notes(), self._pick(Cluster)) if self.rng.random() < 0.3 else ()
        runoff = self._pick(Round) if self.rng.random() < 0.2 else ""
        block = self.rng.choice([one.id for one in self.workshop.state.all(Block) if one.round] or ["none"])
        return ask.OpenRound(block=block, options=options, runoff_of=runoff)

    def _cast(self) -> Command:
        rounds = list(self.workshop.state.all(Round))
        options = [option.id for option in rounds[-1].options] if rounds else ["none"]
        self.canaries += 1
        comment = f"canari{self.canaries}x" if self.rng.random() < 0.5 else ""
        self.comments.add(comment)
        return ask.CastBallot(
            round=rounds[-1].id if rounds else "none", head=self.rng.randint(1, 5) if self.who == "table" else 1,
            abstains=self.rng.random() < 0.1,
            marks={self.rng.choice(options): self.rng.choice((0, 1, 1, 1, 2, 3)) for _ in range(self.rng.randint(0, 2))},
            comment=comment, final=self.rng.random() < 0.4,
        )  # fmt: skip

    def _close(self) -> Command:
        if self.rng.random() < 0.3:
            return ask.ShowRound(round=self._pick(Round))
        return ask.CloseRound(round=self._pick(Round), show=self.rng.random() < 0.5)

    def _people(self) -> Command:
        seat = self._pick(Seat)
        return self.rng.choice((
            ask.RenameSeat(seat=seat, name="Nom"), ask.SetHeads(seat="seat-table", heads=self.rng.randint(0, 6)),
            ask.DismissOccupant(occupant=self._pick(Occupant)), ask.NameOccupant(occupant=self._pick(Occupant), name="Ici"),
            ask.RaiseHand(), ask.LowerHand(seat=seat), ask.EditProfile(site=self._pick(Site), manages=True),
            ask.RemoveSeat(seat=f"seat-late{self.rng.randint(0, 3)}"), ask.PlaceSeat(seat=seat, site=self._pick(Site)),
            ask.MoveToDevice(seat=self.workshop.id(self.who), device=""), ask.MoveToDevice(seat=seat, device="seat-table"),
            ask.Join(seat=f"seat-late{self.rng.randint(0, 3)}", name="Tard", role=self.rng.choice(ROLES), heads=2),  # type: ignore[arg-type]
        ))  # fmt: skip

    def _agenda(self) -> Command:
        block = self._pick(Block)
        return self.rng.choice((
            ask.EnterBlock(block=block), ask.EnterBlock(block=self.workshop.block("ecrire").id),
            ask.EnterBlock(block=self._pick(Block)),
            ask.EditBlock(block=block, notes=self.rng.choice(("author", "everyone")), minutes=3),
            ask.EditBlock(block=block, rights=self.rng.choice((ALL_RIGHTS, {}))),
            ask.EditBlock(block=block, groups=self.rng.choice((GroupPlan(carry=True), GroupPlan(size=1), None))),
            ask.EditBlock(block=block, board=self._pick(Board)),
            ask.AddBlock(after=block, title="Suite", minutes=2, board=self.workshop.board.id),
            ask.MoveBlock(block=block, after=self._pick(Block)),
            ask.RemoveBlock(block=block), ask.WriteScript(block=block, text="Pour nous"),
        ))  # fmt: skip

    def _groups(self) -> Command:
        """Splitting people, mostly in the present step, and what comes of it."""
        state = self.workshop.state
        present = [one.id for one in state.all(Partition) if one.block == state.session.block and one.status != "over"]
        partition = present[-1] if present and self.rng.random() < 0.8 else self._pick(Partition)
        seat, at_work = self._pick(Seat), running(state)
        if at_work and self.rng.random() < 0.06:
            return ask.RecallGroups(partition=at_work.id)
        now = [one.id for one in state.all(Group) if one.partition == partition]
        group = self.rng.choice(now) if now and self.rng.random() < 0.8 else self._pick(Group)
        return self.rng.choice((
            self._draw(self._pick(Block)), ask.StartGroups(partition=partition, seconds=60),
            ask.PlaceInGroup(partition=partition, seat=seat, group=group),
            ask.PlaceInGroup(partition=partition, seat=f"seat-{self.rng.choice(WRITERS)}", group=group),
            ask.PlaceInGroup(partition=partition, seat=seat), ask.AddGroup(partition=partition), ask.RemoveGroup(group=group),
            ask.RenameGroup(group=group, name="Les autres"), ask.StepIn(group=group), ask.StepIn(),
            ask.Harvest(notes=self._some_notes(), board=self._pick(Board), zone=self.rng.choice(("", "", self._pick(Zone)))),
            ask.Harvest(notes=self._found(), board=self.workshop.board.id),
            ask.Harvest(notes=self._found(), board=self._pick(Board)), ask.ShowGroup(group=group),
        ))  # fmt: skip

    def _found(self) -> tuple[str, ...]:
        """Notes of groups, hidden or not."""
        apart = [one.id for one in self.workshop.state.all(Note) if one.board != self.workshop.board.id] or ["none"]
        return tuple(self.rng.choice(apart) for _ in range(self.rng.choice((1, 2))))

    def _draw(self, block: str) -> Command:
        mode, mix = self.rng.choice(("random", "balanced", "merge", "merge", "hand")), self.rng.choice(((), ("site",)))
        return ask.DrawGroups(block=block, size=self.rng.choice((2, 2, 3, 60)), mode=mode, mix=mix)  # type: ignore[arg-type]

    def _sent_apart(self) -> Command:
        """A draft for the present step, or its start."""
        state = self.workshop.state
        draft = [one.id for one in state.all(Partition) if one.block == state.session.block and one.status == "draft"]
        return ask.StartGroups(partition=draft[-1]) if draft else self._draw(state.session.block)

    def _timer(self) -> Command:
        adjust = ask.AdjustTimer(seconds=self.rng.choice((-60, 60)))
        return self.rng.choice((ask.StartTimer(), ask.PauseTimer(), ask.ResumeTimer(), ask.StopTimer(), adjust))

    def _sheet(self) -> Command:
        return self.rng.choice((
            ask.AddSheet(type=self.rng.choice(("action", "parking")), what="Faire", origin=self._pick(Note)),  # type: ignore[arg-type]
            ask.EditSheet(sheet=self._pick(Sheet), who="Loïc"), ask.RemoveSheet(sheet=self._pick(Sheet)),
        ))  # fmt: skip

    def _session(self) -> Command:
        locked = self.rng.random() < 0.3
        return self.rng.choice((
            ask.LockSession(locked=locked), ask.LockSession(locked=False), ask.Announce(text="Bientôt"), ask.TurnWall(page=1),
            ask.HoldWall(held=locked), ask.EndSession(), ask.ResumeSession(), ask.ResumeSession(), ask.PutSite(name="Nîmes"),
        ))  # fmt: skip

    # --- what must be true ---------------------------------------------------------------------------------------

    def audiences(self) -> list[str]:
        """Every audience that a connection may be in."""
        state = self.workshop.state
        apart = {f"group:{group.id}" for group in state.all(Group)} | {one for one in self.shown if one.startswith("group:")}
        return ["everyone", "facilitators", *sorted(apart), *(f"seat:{seat.id}" for seat in state.all(Seat))]

    def _stored(self, changes: tuple[Change, ...]) -> None:
        """Changes come back from their stored bytes as they were."""
        again = from_stored(msgpack.unpackb(pack(changes)))
        assert to_stored(again) == to_stored(changes)

    def _grouped(self) -> None:
        """Nobody is in two groups; seats, notes, zones and clusters agree with the groups and boards that they are on."""
        state = self.workshop.state
        placed = [(one.partition, one.seat) for one in state.all(Placement)]
        assert len(set(placed)) == len(placed)
        groups = {group.id: group for group in state.all(Group)}
        for one in state.all(Placement):
            assert groups[one.group].partition == one.partition
        assert len([one for one in state.all(Partition) if one.status == "running"]) <= 1
        at_work = running(state)
        where = {one.seat: one.group for one in state.all(Placement) if at_work and one.partition == at_work.id}
        for seat in state.all(Seat):
            if at_work and not seat.removed and seat.role in ("participant", "room", "observer"):
                assert seat.group == where.get(seat.device or seat.id, ""), seat
        boards = {board.id: board for board in state.all(Board)}
        for note in state.all(Note):
            assert note.scope in ("author", boards[note.board].scope), note
            assert not note.cluster or getattr(state.get("cluster", note.cluster), "board", note.board) == note.board
        for lying in (*state.all(Zone), *state.all(Cluster)):
            assert lying.scope == boards[lying.board].scope
        sources = {note.id: note.board for note in state.all(Note)}
        carried = [(note.board, note.origin) for note in state.all(Note) if sources.get(note.origin, note.board) != note.board]
        assert len(set(carried)) == len(carried), "harvested twice"

    def _patched(self, sent: dict[str, list[Change]]) -> None:
        """Patching what an audience saw gives what it sees; nothing in the patch is a secret from it."""
        for audience in self.audiences():
            seen = self.shown.setdefault(audience, {})
            patch = sent.get(audience, [])
            for change in patch:
                _patch(seen, change)
            assert seen == view(self.workshop.state, audience), audience
            if patch:
                self._no_secret(audience, pack(tuple(patch)).decode("utf-8", "replace"), seen)
        assert set(sent) <= set(self.audiences()), set(sent) - set(self.audiences())

    def _no_secret(self, audience: str, words: str, seen: View) -> None:
        state = self.workshop.state
        for note in state.all(Note):
            if note.text in words and audience not in self._readers(note):
                public = [one.text for one in state.all(Note) if audience in self._readers(one)]
                assert any(note.text in text for text in public), f"{audience} reads {note}"
        for record in seen.values():
            own = audience == f"seat:{getattr(record, 'seat', '')}"
            assert kind_of(record) not in ("ballot", "receipt") or own
            assert kind_of(record) != "ballot_box"
            if isinstance(record, Authorship) and record.sealed:
                assert audience in (f"seat:{record.seat}", f"seat:{record.typist}")

    def _readers(self, note: Note) -> set[str]:
        """Who may read a note, told from its fields and from its true authorship."""
        authorship = state_author(self.workshop, note.id)
        hands = {f"seat:{seat}" for seat in authorship}
        if note.withdrawn:
            return hands
        if note.aside:
            return hands | {"facilitators"}
        if note.scope.startswith("group:"):
            return {note.scope, "facilitators"}
        return hands if note.scope == "author" else {"everyone"}

    def settle(self) -> None:
        """The fold of the log plus the seal is the live state, and the log holds no sealed record."""
        assert self.workshop.folded() == self.workshop.state
        for stored in self.workshop.log:
            for change in from_stored(msgpack.unpackb(stored)):
                assert not (isinstance(change, Put) and seal_of(change.record))
        logged = b"".join(self.workshop.log).decode("utf-8", "replace")
        told = {comment for tally in self.workshop.state.table("tally").values() for comment in getattr(tally, "comments", ())}
        texts = " ".join(note.text for note in self.workshop.state.all(Note))
        for comment in self.comments - told - {""}:
            assert comment not in logged or comment in texts


def state_author(workshop: Workshop, note: str) -> set[str]:
    """The seats behind a note: its author's and its typist's."""
    authorship = workshop.state.find(Authorship, note)
    return {seat for seat in (authorship.seat, authorship.typist) if seat} if authorship else set()


def _patch(seen: View, change: Change) -> None:
    match change:
        case Put(record):
            seen[kind_of(record), record.id] = record
        case Set(kind, id, fields):
            seen[kind, id] = replace(seen[kind, id], **fields)
        case Remove(kind, id):
            del seen[kind, id]
