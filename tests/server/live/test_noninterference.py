"""P1 (reliability.md 8): what one person does in secret changes nothing of what anybody else is sent.

Two runs with the same seed differ only in Ali's secrets: texts, how many, when, edited, withdrawn, tinted, hinted at;
marks of a ballot, how often changed. Everything written to every other socket must be byte-identical, with its number
of writes, its sizes and its virtual times. Only facilitators' gauges may differ in value, never in size or time.
Planted defects show that the comparison sees what it must.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as ask
from facilitation.commands import NewNote
from facilitation.sight import viewers
from server.live import gauges, hints, publishing, secrecy, writers
from server.wire import frames
from server.wire.frames import Write
from tests.server.live.stage import Page, Stage
from tests.server.live.virtual import at, played

END = 9.0
Sent = list[tuple[float, tuple[bytes, ...]]]


class Secret(NamedTuple):
    """Something that Ali does at a moment (s). `which` picks one of her notes, or a choice of the vote."""

    moment: float
    does: str
    text: str
    which: int


class Moments:
    """Randomness that depends on the moment only, so that what others draw does not depend on Ali's draws."""

    def __init__(self) -> None:
        self._moment = (0.0, 0)

    def __call__(self, size: int) -> bytes:
        now = asyncio.get_running_loop().time()
        self._moment = (now, self._moment[1] + 1 if self._moment[0] == now else 0)
        return hashlib.shake_128(repr(self._moment).encode()).digest(size)


def secret(does: tuple[str, ...]) -> st.SearchStrategy[Secret]:
    """One secret, never at the very instant of somebody else's act (those are at whole milliseconds)."""
    return st.builds(
        Secret,
        moment=st.integers(100, 8_500).map(lambda ms: ms / 1000 + 0.0005),
        does=st.sampled_from(does),
        text=st.text("abcdeé ", min_size=1, max_size=80).map(lambda text: "x" + text),
        which=st.integers(0, 5),
    )


WRITES = st.lists(secret(("add", "edit", "withdraw", "move", "hint", "writing", "idle", "refused")), max_size=12)
BALLOTS = st.lists(secret(("cast", "abstain", "refused")), max_size=10)


def act(page: Page, one: Secret) -> None:
    """Do a secret thing as Ali."""
    stage = page.stage
    mine = [key[1] for key in page.knows() if key[0] == "note"]
    note = mine[one.which % len(mine)] if mine else "none"
    match one.does:
        case "add":
            page.send("add_notes", board=stage.board.id, notes=[{"text": one.text}] * (1 + one.which % 3))
        case "edit":
            edition = page.knows().get(("note", note), {}).get("edition", 1)
            page.send("edit_note", note=note, text=one.text, edition=edition)
        case "withdraw":
            page.send("withdraw_notes", notes=[note])
        case "move":
            page.send("move_notes", moves=[{"note": note, "x": 10.0 * one.which, "y": 5.0}])
        case "hint":
            page.hint(note)
        case "writing" | "idle":
            page.hint(stage.live.state.session.block, one.does)
        case "refused":
            page.send("announce", text=one.text)
        case "cast":
            option = stage.round.options[one.which % 2].id
            page.send("cast_ballot", round=stage.round.id, marks={option: 1 + one.which % 2})
        case "abstain":
            page.send("cast_ballot", round=stage.round.id, abstains=True)


async def scene(secrets: list[Secret], voting: bool) -> dict[str, Sent]:
    """The others do the same at the same moments; what each of their sockets was sent."""
    stage = Stage(draw=Moments())
    await stage.open(("ali", "participant"), ("bea", "participant"), ("dan", "participant"), ("wall", "projector"))
    block = await stage.to_block("ecrire")
    if voting:
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="un"), NewNote(text="deux"))), "bea")
        await stage.tell(ask.RevealNotes(block=block.id), "claire")
        await stage.to_block("regrouper")
        for text in ("un", "deux"):
            await stage.tell(ask.GatherNotes(notes=(stage.note(text).id,), title=text), "claire")
        await stage.tell(ask.OpenRound(block=(await stage.to_block("voter")).id), "claire")
    start = 15.0
    await at(start)
    pages = {seat: await stage.page(seat) for seat in ("claire", "ali", "bea", "wall")}
    if voting:
        act(pages["ali"], Secret(0, "cast", "", secrets[0].which if secrets else 0))
    loop = asyncio.get_running_loop()
    for one in secrets:
        loop.call_at(1000.0 + start + one.moment, act, pages["ali"], one)
    for moment, does in others(stage, pages):
        loop.call_at(1000.0 + start + moment, does)
    await at(start + 2.2)
    pages["dan"] = await stage.page("dan")
    await at(start + 4.0)
    pages["bea"].knows()
    pages["bea again"] = await stage.page("bea", pages["bea"].model.cursor)
    await at(start + END)
    await stage.close()
    return {name: page.socket.sent for name, page in pages.items() if name != "ali"}


def others(stage: Stage, pages: dict[str, Page]) -> list[tuple[float, Callable[[], object]]]:
    """What everybody else does, at whole milliseconds."""
    bea, claire = pages["bea"], pages["claire"]
    return [
        (0.4, lambda: bea.send("raise_hand")),
        (0.401, lambda: claire.send("announce", text="Encore une minute")),
        (1.2, lambda: bea.send("add_notes", board=stage.board.id, notes=[{"text": "de Béa"}])),
        (1.5, lambda: claire.send("adjust_timer", seconds=60)),
        (2.0, lambda: claire.send("lower_hand", seat="bea")),
        (2.001, lambda: bea.send("raise_hand", reason="help")),
        (3.3, lambda: bea.send("announce", text="refusée")),
        (5.6, lambda: claire.send("announce", text="C’est fini")),
        (7.0, lambda: bea.send("add_notes", board=stage.board.id, notes=[{"text": "encore"}])),
    ]


def comparable(sent: dict[str, Sent]) -> dict[str, list[tuple[float, list[Any]]]]:
    """Everything to the byte; of facilitators' gauges, the size."""
    return {
        name: [(round(moment, 6), [_told(name, frame) for frame in write]) for moment, write in writes]
        for name, writes in sent.items()
    }


def _told(name: str, frame: bytes) -> bytes | int:
    return len(frame) if name == "claire" and msgpack.unpackb(frame)["type"] == "gauges" else frame


def differ(first: list[Secret], second: list[Secret], voting: bool) -> list[str]:
    """Whose sockets tell the two runs apart."""
    one, other = (comparable(played(scene(secrets, voting))) for secrets in (first, second))
    return [name for name in one if one[name] != other[name]]


@settings(max_examples=200, deadline=None)
@given(WRITES, WRITES)
def test_what_is_written_in_secret_changes_nothing_for_anyone_else(first: list[Secret], second: list[Secret]) -> None:
    assert differ(first, second, voting=False) == []


@settings(max_examples=200, deadline=None)
@given(BALLOTS, BALLOTS)
def test_what_is_voted_changes_nothing_for_anyone_else(first: list[Secret], second: list[Secret]) -> None:
    assert differ(first, second, voting=True) == []


# --- planted defects, each of which the comparison must see -------------------------------------------------------

BUSY = [Secret(moment / 10 + 0.3975, "add", f"note {moment}", moment) for moment in range(70)]
WRITING = [*BUSY[:5], *(Secret(3 + moment / 3 + 0.0005, "writing", "", moment) for moment in range(12))]
HINTING = [*BUSY[:5], *(Secret(3 + moment / 3 + 0.0005, "hint", "", moment) for moment in range(12))]


def no_grid(patch: pytest.MonkeyPatch) -> None:
    """Publishing at once, as if nothing were hidden."""
    patch.setattr(secrecy.Secrecy, "hides", False)


def one_number_for_all(patch: pytest.MonkeyPatch) -> None:
    """The cursor is the last commit's, whoever it was for."""
    take = publishing.Publisher.take

    def plain(self: Any, state: Any, keys: Any, cursor: bytes) -> None:
        take(self, state, keys, cursor)
        self._touched = dict.fromkeys(self._touched, (self._commits, cursor))

    patch.setattr(publishing.Publisher, "take", plain)


def gauges_at_once(patch: pytest.MonkeyPatch) -> None:
    """Counts follow each commit."""
    take = publishing.Publisher.take

    def eager(self: Any, state: Any, keys: Any, cursor: bytes) -> None:
        take(self, state, keys, cursor)
        here = frozenset(connection.seat for connection in self.connections)
        for connection in self.connections:
            connection.send(Write((gauges.frames_of(state, here)["everyone"],)))

    patch.setattr(publishing.Publisher, "take", eager)


def counter_of_hidden_notes(patch: pytest.MonkeyPatch) -> None:
    """« 3 notes cachées » for everyone."""
    made = gauges.frames_of

    def telling(state: Any, here: Any, busy: Any) -> dict[str, bytes]:
        return dict.fromkeys(("everyone", "facilitators"), made(state, here, busy)["facilitators"])

    patch.setattr(gauges, "frames_of", telling)


def hints_for_all(patch: pytest.MonkeyPatch) -> None:
    """Hints about what nobody else sees."""
    patch.setattr(hints, "viewers", lambda state, record: viewers(state, record) | {"everyone"})


def writers_told_at_once(patch: pytest.MonkeyPatch) -> None:
    """« Ali écrit… », as it begins."""
    patch.setattr(hints, "KINDS", ("note", "cluster", "sheet", "block"))
    patch.setattr(writers.Writers, "take", lambda self, connection, hint: False)


def writers_for_all(patch: pytest.MonkeyPatch) -> None:
    """Who still writes, in the gauges of everyone."""
    made = gauges.frames_of

    def telling(state: Any, here: Any, busy: Any) -> dict[str, bytes]:
        told = made(state, here, busy)
        return told | {"everyone": frames.gauges({"writing": gauges._writing(state, busy)})}

    patch.setattr(gauges, "frames_of", telling)


@pytest.mark.parametrize(
    ("plant", "secrets"),
    [
        (no_grid, BUSY),
        (one_number_for_all, BUSY),
        (gauges_at_once, BUSY),
        (counter_of_hidden_notes, BUSY),
        (hints_for_all, HINTING),
        (writers_told_at_once, WRITING),
        (writers_for_all, WRITING),
    ],
)
def test_a_planted_leak_is_seen(
    plant: Callable[[pytest.MonkeyPatch], None], secrets: list[Secret], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert differ(secrets, secrets[:5], voting=False) == []
    plant(monkeypatch)
    assert differ(secrets, secrets[:5], voting=False) != []
