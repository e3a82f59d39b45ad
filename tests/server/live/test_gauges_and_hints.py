"""Gauges: when they come, to whom, and how few they count. Hints: where they go, and who is named."""

from __future__ import annotations

import msgpack

from facilitation import commands as ask
from facilitation.commands import NewNote
from facilitation.records import Block, Group, Note, Partition, Placement, Receipt, Round, Seat, Session, Site, Zone
from facilitation.state import Put, State
from server.live import gauges
from tests.server.live.stage import Stage
from tests.server.live.virtual import later, played


def state(*people: tuple[str, str, int], **sites: int) -> State:
    """A state with these (seat, site, heads)."""
    records = [Session(title="A"), *(Site(id=site, name=site, heads=heads) for site, heads in sites.items())]
    seats = [
        Seat(id=seat, name=seat, role="room" if heads > 1 else "participant", site=site, heads=heads)
        for seat, site, heads in people
    ]
    return State().apply([Put(record) for record in (*records, *seats)])


def silent(*people: tuple[str, str, int]) -> dict[str, int]:
    made = state(*people)
    frame = msgpack.unpackb(gauges.frames_of(made, frozenset(seat for seat, _, _ in people))["facilitators"])
    counted: dict[str, int] = frame["silent"]
    return counted


def test_small_sites_are_counted_together_and_never_alone() -> None:
    assert silent(("a", "mtp", 5), ("b", "tls", 3)) == {"mtp": 5, "tls": 3}
    assert silent(("a", "mtp", 5), ("b", "tls", 2), ("c", "alb", 1)) == {"mtp": 5, "merged": 3}
    assert silent(("a", "mtp", 5), ("b", "nim", 3), ("c", "tls", 2)) == {"mtp": 5, "merged": 5}
    assert silent(("a", "mtp", 5), ("b", "tls", 1)) == {"merged": 6}
    assert silent(("a", "mtp", 2)) == {}
    assert silent() == {}


def test_turnout_is_everyones_and_its_size_tells_nothing() -> None:
    round = Round(id="r", block="b", method="dots", question="?", target="notes", options=())
    sizes = set()
    for heads in ((), (1,), tuple(range(1, 301))):
        made = state(("a", "", 500)).apply([Put(round), Put(Receipt(id="r:a", round="r", seat="a", heads=heads))])
        sizes.add(len(gauges.frames_of(made, frozenset({"a"}))["everyone"]))
    assert len(sizes) == 1


def test_hidden_notes_are_counted_on_the_boards_of_groups_at_work_too() -> None:
    block = Block(
        id="k", title="B", rank=1, minutes=5, nature="collaborative", view="ecrire", board="b", notes="author", status="current"
    )
    zones = [Zone(id=f"z {board}", board=board, title="Z", rank=1, x=0, y=0, width=1, height=1) for board in ("b", "bg", "bh")]
    notes = [Note(id=f"n{zone}", board="bg", block="k", text="?", zone=zone, scope="author") for zone in ("z bg", "")]
    records = [
        Session(title="A", block="k", status="open"), block, Partition(id="p", block="k", mode="hand", size=2, status="running"),
        Group(id="g", partition="p", name="G", rank=1, board="bg"), Group(id="h", partition="old", name="H", rank=1, board="bh"),
        *zones, *notes, Note(id="said", board="bg", block="k", text="dit", zone="z bg", scope="group:g"),
    ]  # fmt: skip
    made = State().apply(map(Put, records))
    told = msgpack.unpackb(gauges.frames_of(made, frozenset())["facilitators"])
    assert told["hidden"] == {"z b": 0, "z bg": 1, "": 1}


def test_everyone_learns_how_many_work_in_each_group_and_nobody_who() -> None:
    made = state(("a", "", 1), ("b", "", 3), ("c", "", 1))
    told = msgpack.unpackb(gauges.frames_of(made, frozenset())["everyone"])
    assert "groups" not in told
    running = Partition(id="p", block="b", mode="random", size=3, status="running")
    groups = [Group(id=one, partition="p", name=one, rank=1.0, scope="everyone") for one in ("g1", "g2", "g3")]
    places = [
        Placement(id=f"p:{one}", partition="p", seat=one, group=group) for one, group in (("a", "g1"), ("b", "g1"), ("c", "g2"))
    ]
    apart = made.apply([Put(record) for record in (running, *groups, *places)])
    frame = gauges.frames_of(apart, frozenset())["everyone"]
    assert msgpack.unpackb(frame)["groups"] == {"g1": 4, "g2": 1, "g3": 0}
    assert b"p:a" not in frame


def test_they_come_every_five_seconds_to_each_audience() -> None:
    async def scene() -> None:
        stage = await Stage().open(("ali", "participant"), ("wall", "projector"))
        await stage.to_block("ecrire")
        claire, ali, wall = [await stage.page(seat) for seat in ("claire", "ali", "wall")]
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="a"), NewNote(text="b"))), "ali")
        await later(20)
        for page in (claire, ali, wall):
            times = [moment for moment, write in page.socket.sent if b"gauges" in write[0]]
            assert len(times) == 4
            assert all(abs(moment / 5 - round(moment / 5)) < 1e-6 for moment in times)
        (told,) = claire.of("gauges")[-1:]
        assert told["here"] == ["ali", "claire", "wall"]
        assert sum(told["hidden"].values()) == 2
        assert told["people"] == {"": 1}, "who leads is not among them"
        for page in (ali, wall):
            assert all(set(frame) == {"type", "people"} for frame in page.of("gauges"))
        ali.leave()
        await later(5)
        assert claire.of("gauges")[-1]["here"] == ["claire", "wall"]
        again = await stage.page("ali")
        assert again.of("gauges")[0]["people"] == {"": 0}  # the last ones: asking often tells nothing sooner
        await stage.close()

    played(scene())


def test_a_hint_goes_where_the_record_goes() -> None:
    async def scene() -> None:
        stage = await Stage().open(("ali", "participant"), ("bea", "participant"))
        block = await stage.to_block("ecrire")
        claire, ali, bea = [await stage.page(seat) for seat in ("claire", "ali", "bea")]
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="à moi"),)), "ali")
        await stage.settle()
        ali.hint(stage.note("à moi").id)
        bea.hint(stage.note("à moi").id)
        ali.hint(block.id, "writing")
        await later(3)
        assert not [page for page in (claire, ali, bea) if page.of("hints")]
        await stage.tell(ask.RevealNotes(block=block.id), "claire")
        await later(3)
        ali.hint(stage.note("à moi").id)
        await later(1)
        assert bea.of("hints")[-1]["list"] == [{"about": stage.note("à moi").id, "doing": "editing"}]
        assert not ali.of("hints")
        ali.hint(stage.note("à moi").id, "idle")
        await later(1)
        assert bea.of("hints")[-1]["list"] == []
        await stage.close()

    played(scene())


def test_a_hint_names_where_the_block_shows_authors_and_is_forgotten() -> None:
    async def scene() -> None:
        stage = await Stage().open(("ali", "participant"), ("bea", "participant"), method="tableau-libre")
        await stage.to_block("regrouper")
        ali, bea = await stage.page("ali"), await stage.page("bea")
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="à nous"),)), "bea")
        await stage.settle()
        for _ in range(50):
            ali.hint(stage.note("à nous").id)
        await later(1)
        assert [frame["list"] for frame in bea.of("hints")] == [
            [{"about": stage.note("à nous").id, "doing": "editing", "by": "Ali"}]
        ]
        await later(20)
        assert bea.of("hints")[-1]["list"] == []
        ali.hint(stage.note("à nous").id)
        await later(1)
        ali.leave()
        await later(1)
        assert bea.of("hints")[-1]["list"] == []
        await stage.close()

    played(scene())


def test_hints_are_at_most_ten_a_second() -> None:
    async def scene() -> None:
        stage = await Stage().open(("ali", "participant"), ("bea", "participant"), method="tableau-libre")
        await stage.to_block("regrouper")
        ali, bea = await stage.page("ali"), await stage.page("bea")
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="a"), NewNote(text="b"))), "bea")
        await stage.settle()
        for turn in range(1000):
            ali.hint(stage.note("ab"[turn % 2]).id)
            await later(0.001)
        await later(1)
        assert len(bea.of("hints")) <= 11
        await stage.close()

    played(scene())
