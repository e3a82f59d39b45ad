"""Seeded storms: a workshop at random, with connections that come, vanish, resume, jam and are slow.

After each storm, whatever happened: every page shows what its seat sees, computed from the state alone; the fold of the
log and the seals is the live state; replaying any command has no second effect; nobody was sent what they may not see.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

import msgpack
import pytest

from facilitation.records import Block, Cluster, Note, Round
from facilitation.state import Change, Remove
from server.live.directory import Directory
from server.wire import frames
from tests.server.live.stage import SESSION, Page, Stage
from tests.server.live.virtual import later, played

SEATS = (
    ("ali", "participant"),
    ("bea", "participant"),
    ("salle", "room"),
    ("leo", "cofacilitator"),
    ("wall", "projector"),
    ("obs", "observer"),
)
ACTORS = ("claire", *(seat for seat, _ in SEATS))


class Storm:
    """Random acts of random people. Everything is drawn from one seed."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.random = random.Random(seed)
        self.pages: list[Page] = []
        self.asked: list[tuple[str, bytes, str, dict[str, object]]] = []
        self.texts: dict[str, str] = {}  # text written -> seat

    async def blow(self, steps: int) -> None:
        for _ in range(steps):
            await self._step()
            await later(self.random.choice((0.0, 0.001, 0.01, 0.1, 0.3)))
        for page in self.pages:
            page.socket.unjam()
            page.connection.drained()
        await self.stage.settle()
        for page in self.pages:
            page.connection.drained()
        await self.stage.settle()

    async def _step(self) -> None:
        kind = self.random.random()
        if kind < 0.12 or not self.pages:
            self.pages.append(await self.stage.page(self.random.choice(ACTORS)))
        elif kind < 0.20:
            await self._cut(self.random.choice(self.pages))
        elif kind < 0.26:
            page = self.random.choice(self.pages)
            page.socket.jam = True
        elif kind < 0.34:
            page = self.random.choice(self.pages)
            page.socket.unjam()
            page.connection.drained()
        elif kind < 0.40 and self.asked:
            seat, id, name, body = self.random.choice(self.asked)
            for page in self.pages:
                if page.seat == seat:
                    page.send(name, id, **body)
                    break
        else:
            self._ask(self.random.choice(self.pages))

    async def _cut(self, page: Page) -> None:
        """The network goes, and comes back with the cursor last read; unread frames are lost."""
        page.knows()
        page.leave()
        self.pages.remove(page)
        if self.random.random() < 0.8:
            again = await self.stage.page(page.seat, page.model.cursor)
            again.model = page.model
            self.pages.append(again)

    def _ask(self, page: Page) -> None:
        name, body = self._command(page)
        if name == "add_notes":
            self.texts[str(body["notes"][0]["text"])] = page.seat  # type: ignore[index]
        id = page.send(name, **body)
        self.asked.append((page.seat, id, name, body))

    def _command(self, page: Page) -> tuple[str, dict[str, object]]:
        state, draw = self.stage.live.state, self.random
        notes = [note.id for note in state.all(Note)] or ["none"]
        clusters = [cluster.id for cluster in state.all(Cluster)] or ["none"]
        blocks = [block.id for block in state.all(Block)]
        rounds = list(state.all(Round))
        text = f"texte {page.seat} {draw.randrange(10**9)} caché"
        some = draw.sample(notes, min(len(notes), draw.randint(1, 3)))
        choices: list[tuple[str, dict[str, object]]] = [
            ("add_notes", {"board": self.stage.board.id, "notes": [{"text": text}]}),
            ("add_notes", {"board": self.stage.board.id, "notes": [{"text": text}]}),
            ("edit_note", {"note": some[0], "text": text + "!", "edition": draw.randint(1, 2)}),
            ("move_notes", {"moves": [{"note": id, "x": draw.random() * 900, "y": draw.random() * 900} for id in some]}),
            ("withdraw_notes", {"notes": some}),
            ("restore_notes", {"notes": some}),
            ("gather_notes", {"notes": some, "title": "groupe"}),
            ("merge_clusters", {"into": clusters[0], "clusters": clusters}),
            ("dissolve_cluster", {"cluster": draw.choice(clusters)}),
            ("raise_hand", {}),
            ("add_sheet", {"type": "action", "what": "Appeler la mairie", "who": "Mei"}),
            ("set_heads", {"seat": "salle", "heads": draw.randint(1, 5)}),
        ]
        if page.seat in ("claire", "leo") and draw.random() < 0.7:
            choices = [
                ("enter_block", {"block": draw.choice(blocks)}),
                ("reveal_notes", {"block": draw.choice(blocks)}),
                ("set_aside", {"notes": some, "aside": draw.random() < 0.5}),
                ("lock_session", {"locked": draw.random() < 0.3}),
                ("open_round", {"block": draw.choice(blocks)}),
                ("announce", {"text": draw.choice(("", "Plus que deux minutes"))}),
                ("adjust_timer", {"seconds": 60}),
                *(("close_round", {"round": one.id, "show": True}) for one in rounds if one.status == "open"),
                *(("show_round", {"round": one.id}) for one in rounds),
            ]
        elif rounds and draw.random() < 0.4:
            one = draw.choice(rounds)
            marks = {draw.choice(one.options).id: 1}
            return "cast_ballot", {"round": one.id, "marks": marks, "head": draw.randint(1, 2), "final": draw.random() < 0.2}
        return draw.choice(choices)


@pytest.mark.parametrize("seed", range(60))
def test_after_any_storm_everything_agrees(seed: int) -> None:
    async def scene() -> None:
        stage = await Stage().open(*SEATS)
        storm = Storm(stage, seed)
        await storm.blow(150)
        for page in storm.pages:
            if page.socket.closed is None:
                assert stage.agrees(page), f"{page.seat}: {difference(stage, page)}"
        await no_second_effect(storm)
        nobody_read_what_is_hidden(storm)
        state = stage.live.state
        await stage.close()
        again = Directory(stage.log, stage.settings, methods=stage.directory.methods, world=stage.world)
        assert (await again.open(SESSION)).state == state
        await again.close()

    played(scene())


def difference(stage: Stage, page: Page) -> set[object]:
    """The keys on which a page and its seat's sight disagree."""
    return set(page.knows()) ^ set(stage.sees(page.seat)) or {"fields differ"}


async def no_second_effect(storm: Storm) -> None:
    """Replay every command that had an effect: nothing changes. (`done` without a change is not remembered.)"""
    stage = storm.stage
    before = stage.live.state
    for seat, id, name, body in storm.asked:
        if await stage.log.known(SESSION, seat, id):
            page = await stage.page(seat)
            page.send(name, id, **body)
            page.leave()
    await stage.settle()
    assert stage.live.state == before


def nobody_read_what_is_hidden(storm: Storm) -> None:
    """A text that is still its author's alone was never in a byte sent to somebody else."""
    state = storm.stage.live.state
    hidden = {note.text for note in state.all(Note) if note.scope == "author" and not note.withdrawn and note.edition == 1}
    for page in storm.pages:
        heard = b"".join(frame for _, write in page.socket.sent for frame in write)
        for text in hidden:
            if storm.texts.get(text) not in (page.seat, None):
                assert text.encode() not in heard
    for page in storm.pages:
        sent = [record for frame in page.of("patch") + page.of("welcome") for record in frame.get("put", frame.get("records"))]
        kinds = {record["kind"] for record in sent}
        assert "ballot_box" not in kinds
        if page.seat in ("ali", "bea", "wall", "obs"):
            assert not kinds & {"script", "archive", "occupant"}
        for record in sent:
            if record["kind"] in ("ballot", "receipt"):
                assert record["seat"] == page.seat
            if record["kind"] == "authorship" and record["sealed"]:
                assert page.seat in (record["seat"], record["typist"])


def test_a_defect_in_patching_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The storm can fail: forgetting removals is caught."""
    patch = frames.patch

    def forgetful(part: str, changes: Iterable[Change], cursor: bytes = b"") -> bytes:
        return patch(part, [one for one in changes if not isinstance(one, Remove)], cursor)

    monkeypatch.setattr(frames, "patch", forgetful)
    caught = 0
    for seed in range(10):
        try:
            test_after_any_storm_everything_agrees(seed)
        except AssertionError:
            caught += 1
    assert caught
    assert msgpack.unpackb(frames.patch("own", ()))["remove"] == []
