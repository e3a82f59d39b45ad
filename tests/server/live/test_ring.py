"""The ring of frames already sent, at its bounds and above, and the time of commits when the wall clock jumps."""

from __future__ import annotations

from facilitation import commands as ask
from server.live.ring import FRAMES, SPAN, Ring
from server.live.world import World
from tests.server.live.stage import Stage
from tests.server.live.virtual import START, later, played

ORIGIN = b"origin"


def filled(frames: int, *, every: float = 0.0) -> Ring:
    ring = Ring(ORIGIN)
    for turn in range(1, frames + 1):
        ring.keep(turn, turn * every, "everyone", b"f%d" % turn, b"c%d" % turn)
    return ring


def test_as_many_frames_as_it_keeps_and_one_more() -> None:
    missed = filled(FRAMES).since(ORIGIN, ("everyone",))
    assert missed is not None
    assert len(missed) == FRAMES
    assert filled(FRAMES + 1).since(ORIGIN, ("everyone",)) is None
    assert filled(FRAMES + 1).since(b"c1", ("everyone",)) is not None


def test_as_old_as_it_keeps_and_older() -> None:
    assert filled(121, every=1.0).since(ORIGIN, ("everyone",)) is not None
    assert filled(122, every=1.0).since(ORIGIN, ("everyone",)) is None
    ring = filled(10)
    ring.trim(SPAN + 1)
    assert ring.since(ORIGIN, ("everyone",)) is None
    assert ring.since(b"c10", ("everyone",)) == []


def test_only_ones_own_audiences_in_the_order_of_turns_widest_last() -> None:
    ring = Ring(ORIGIN)
    ring.keep(1, 0, "everyone", b"e1", b"c1")
    ring.keep(1, 0, "seat:a", b"a1", b"c1")
    ring.keep(2, 0, "seat:b", b"b2", b"c2")
    ring.keep(3, 0, "facilitators", b"f3", b"c3")
    ring.keep(3, 0, "everyone", b"e3", b"c3")
    assert ring.since(ORIGIN, ("everyone", "seat:a")) == [b"a1", b"e1", b"e3"]
    assert ring.since(ORIGIN, ("everyone", "facilitators", "seat:b")) == [b"e1", b"b2", b"f3", b"e3"]
    assert ring.since(b"c2", ("everyone",)) == [b"e3"]
    assert ring.cursor(("seat:a",)) == b"c1"
    assert ring.cursor(("seat:z",)) == ORIGIN
    assert ring.since(b"unknown", ("everyone",)) is None


def test_cursors_are_bounded_too() -> None:
    ring = filled(10_000)
    assert ring.since(b"c9000", ("everyone",)) is not None
    assert ring.since(b"c5000", ("everyone",)) is None


def test_time_never_goes_back_where_the_wall_clock_does() -> None:
    async def scene() -> None:
        stage = await Stage().open()
        jumps = iter([START + 60_000, START - 3_600_000, START - 3_500_000, START + 120_000])
        moment = [START + 30_000]
        stage.live._world = World(now=lambda: moment[0], draw=stage.draw)
        times = []
        for jump in jumps:
            moment[0] = jump
            await stage.tell(ask.Announce(text=f"{jump}"), "claire")
            await later(1)
            found = stage.live.state.get("announcement", "announcement")
            times.append(found.at)  # type: ignore[union-attr]
        assert times == sorted(times)
        commits = [commit.at for commit, _ in stage.log.appends if commit]
        assert commits == sorted(commits)
        assert times[-1] == START + 120_000
        await stage.close()

    played(scene())
