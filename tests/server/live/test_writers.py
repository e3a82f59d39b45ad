"""Who still writes: counted for facilitators, in a fixed size, and for nobody else."""

from __future__ import annotations

from typing import Any

import msgpack

from facilitation import commands as ask
from facilitation.records import Seat, Session, Site
from facilitation.state import Put, State
from server.live import gauges
from tests.server.live.stage import Page, Stage
from tests.server.live.virtual import at, later, played


def writing(page: Page) -> Any:
    return page.of("gauges")[-1]["writing"]


async def secret(*seats: tuple[str, str]) -> Stage:
    stage = await Stage().open(*seats)
    await stage.put(Put(Site(id="tls", name="Toulouse", room=True, heads=4)), Put(Site(id="mtp", name="Montpellier", room=True)))
    await stage.put(Put(Seat(id="tab", name="Tablette", role="room", site="tls", heads=4)))
    await stage.to_block("ecrire")
    return stage


def test_rooms_are_named_by_site_and_people_are_one_number() -> None:
    async def scene() -> None:
        stage = await secret(("ali", "participant"), ("bea", "participant"))
        block = stage.live.state.session.block
        claire, ali, bea, tab = [await stage.page(seat) for seat in ("claire", "ali", "bea", "tab")]
        await later(5)
        assert writing(claire) == {"rooms": {"mtp": 0, "tls": 0}, "people": 0}
        for page in (ali, bea, tab):
            page.hint(block, "writing")
        await later(5)
        assert writing(claire) == {"rooms": {"mtp": 0, "tls": 1}, "people": 2}
        ali.hint(block, "idle")
        tab.leave()
        await later(5)
        assert writing(claire) == {"rooms": {"mtp": 0, "tls": 0}, "people": 1}
        assert not any("writing" in frame for page in (ali, bea, tab) for frame in page.of("gauges"))
        assert not any(page.of("hints") for page in (claire, ali, bea, tab))
        await stage.close()

    played(scene())


def test_two_tabs_are_one_person() -> None:
    async def scene() -> None:
        stage = await secret(("ali", "participant"))
        block = stage.live.state.session.block
        claire, one, other = [await stage.page(seat) for seat in ("claire", "ali", "ali")]
        one.hint(block, "writing")
        other.hint(block, "writing")
        await later(5)
        assert writing(claire)["people"] == 1
        one.leave()
        await later(1)
        other.hint(block, "writing")
        await later(5)
        assert writing(claire)["people"] == 1
        await stage.close()

    played(scene())


def test_it_is_forgotten_after_ten_seconds_and_with_the_block() -> None:
    async def scene() -> None:
        stage = await secret(("ali", "participant"))
        block = stage.live.state.session.block
        claire, ali = await stage.page("claire"), await stage.page("ali")
        await at(20.1)
        ali.hint(block, "writing")
        await at(30.05)
        assert writing(claire)["people"] == 1
        await at(35.05)
        assert writing(claire)["people"] == 0
        ali.hint(block, "writing")
        await stage.to_block("regrouper")
        ali.hint(block, "writing")  # a page that has not heard of the new step yet
        await at(40.05)
        assert writing(claire)["people"] == 0
        await stage.close()

    played(scene())


def test_only_those_who_may_be_waited_for_count() -> None:
    async def scene() -> None:
        stage = await secret(("ali", "participant"), ("olga", "observer"), ("wall", "projector"))
        block = stage.live.state.session.block
        pages = {seat: await stage.page(seat) for seat in ("claire", "ali", "olga", "wall")}
        for page in pages.values():
            page.hint(block, "writing")
            page.hint("no such thing", "writing")
        await later(5)
        assert writing(pages["claire"])["people"] == 1
        await stage.tell(ask.RemoveSeat(seat="ali"), "claire")
        await later(5)
        assert writing(pages["claire"])["people"] == 0
        await stage.close()

    played(scene())


def test_a_hint_about_a_note_is_kept_beside_it() -> None:
    async def scene() -> None:
        stage = await secret(("ali", "participant"), ("bea", "participant"))
        claire, ali, bea = [await stage.page(seat) for seat in ("claire", "ali", "bea")]
        await stage.tell(ask.AddSheet(type="parking", what="À voir"), "claire")
        (sheet,) = stage.live.state.table("sheet")
        await stage.settle()
        ali.hint(sheet)
        ali.hint(stage.live.state.session.block, "writing")
        await later(5)
        assert [one["about"] for one in bea.of("hints")[-1]["list"]] == [sheet]
        assert writing(claire)["people"] == 1
        await stage.close()

    played(scene())


def test_its_size_depends_on_nobody_writing() -> None:
    rooms = [Seat(id=f"r{n}", name="Salle", role="room", site="tls" if n % 2 else "") for n in range(300)]
    people = [Seat(id=f"p{n}", name="P", role="participant") for n in range(290)]
    state = State().apply(map(Put, [Session(title="A"), Site(id="tls", name="Toulouse", room=True), *rooms, *people]))
    sizes = set()
    for busy in ((), ("r1",), tuple(seat.id for seat in (*rooms, *people))):
        frame = gauges.frames_of(state, frozenset(), frozenset(busy))["facilitators"]
        sizes.add(len(frame))
    assert len(sizes) == 1
    assert msgpack.unpackb(frame)["writing"] == {"rooms": {"": 150, "tls": 150}, "people": 290}


def test_who_moved_to_a_device_is_counted_there_only() -> None:
    seats = [
        Seat(id="ali", name="Ali", role="participant", site="tls", heads=0, device="tab"),
        Seat(id="tab", name="Tablette", role="room", site="tls", heads=5),
        Seat(id="olga", name="Olga", role="observer", site="tls", heads=0),
    ]
    state = State().apply(map(Put, [Session(title="A"), Site(id="tls", name="Toulouse", room=True), *seats]))
    told = msgpack.unpackb(gauges.frames_of(state, frozenset({"ali", "tab", "olga"}))["everyone"])
    assert told["people"] == {"tls": 5, "": 0}, "as the minutes count: who only observes is told apart"
