"""Moving to a shared device over the live session: the ballot goes along under its seal, and the log says nothing of it."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation.records import Ballot, Seat, Tally
from server.live.saving import changes_of
from tests.server.live.memory import MemoryLog
from tests.server.live.stage import SESSION, Page, Stage
from tests.server.live.virtual import later, played


async def polling(log: MemoryLog | None = None) -> tuple[Stage, Page]:
    """A question on a scale is open; Ali has a phone, and a tablet is there for two."""
    stage = await Stage(log=log).open(("ali", "participant"), method="roti")
    await stage.tell(ask.Join(seat="table", name="Table", role="room", heads=2))
    block = await stage.to_block("voter")
    await stage.tell(ask.OpenRound(block=block.id), "claire")
    return stage, await stage.page("ali")


def vote(page: Page, stage: Stage, **more: object) -> None:
    page.send("cast_ballot", round=stage.round.id, marks={"4": 1}, **more)


@pytest.mark.parametrize("voted", [True, False])
def test_P11_a_move_is_named_in_the_log_whether_or_not_a_ballot_goes_along(voted: bool) -> None:
    async def scene() -> None:
        stage, ali = await polling()
        if voted:
            vote(ali, stage)
        await stage.settle()
        claire = await stage.page("claire")
        claire.send("move_to_device", seat="ali", device="table")
        await stage.settle()
        commit, puts = stage.log.appends[-1]
        assert commit is not None
        assert [(one.seat, one.name) for one in commit.asked] == [("claire", "move_to_device")]
        assert {type(one).__name__ for one in changes_of(commit)} == {"Put", "Set"}
        assert len(puts) == (3 if voted else 0)
        for page in (ali, claire, await stage.page("table")):
            assert stage.agrees(page)
        await stage.close()

    played(scene())


def test_P11_the_moved_ballot_counts_after_a_restart() -> None:
    async def scene() -> None:
        log = MemoryLog()
        stage, ali = await polling(log)
        vote(ali, stage)
        await stage.settle()
        await stage.tell(ask.MoveToDevice(seat="ali", device="table"), "claire")
        before = stage.live.state
        await stage.close()
        again = Stage(log=log, draw=stage.draw)
        again.live = await again.directory.open(SESSION)
        assert again.live.state == before
        assert [one.seat for one in again.live.state.all(Ballot)] == ["table"]
        table = await again.page("table")
        for head in (2, 3):
            vote(table, again, head=head, final=True)
        await again.settle()
        await again.tell(ask.CloseRound(round=again.round.id, show=True), "claire")
        tally = again.live.state.find(Tally, again.round.id)
        assert tally
        assert (tally.ballots, tally.heads) == (3, 3)
        await again.close()

    played(scene())


def test_P11_the_phone_back_finds_its_ballot_and_is_counted_once() -> None:
    async def scene() -> None:
        stage, ali = await polling()
        vote(ali, stage)
        await stage.settle()
        await stage.tell(ask.MoveToDevice(seat="ali", device="table"), "claire")
        await stage.settle()
        assert not any(kind in ("ballot", "receipt") for kind, _ in ali.knows())
        table = await stage.page("table")
        await later(6)
        assert table.of("gauges")[-1]["people"][""] == 3
        ali.send("move_to_device", seat="ali", device="")
        await stage.settle()
        assert stage.agrees(ali)
        assert any(kind == "ballot" for kind, _ in ali.knows())
        seats = {one.id: one.heads for one in stage.live.state.all(Seat)}
        assert (seats["ali"], seats["table"]) == (1, 2)
        await stage.close()

    played(scene())
