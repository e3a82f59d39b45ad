"""Working apart: what a group is sent, what nobody else is, and that moving between groups never mixes two views."""

from __future__ import annotations

import time

import msgpack

from facilitation import commands as ask
from facilitation.records import Board, Group, Note, Seat
from facilitation.state import Put, Remove, Set
from tests.server.live.stage import Page, Stage
from tests.server.live.test_noninterference import Moments
from tests.server.live.virtual import at, later, played

PEOPLE = ("ali", "bea", "chloe", "dan")


async def apart() -> Stage:
    """Ali and Béa in group A, Chloé in B, Dan in none; each group has a board and a note of its own."""
    people = [(name, "participant") for name in PEOPLE]
    stage = await Stage().open(*people, ("wall", "projector"), method="tableau-libre")
    await stage.to_block("regrouper")
    for group in "AB":
        await stage.put(
            Put(Group(id=group, partition="p", name=f"Groupe {group}", rank=1.0, board=f"board {group}", scope="everyone")),
            Put(Board(id=f"board {group}", title=group, scope=f"group:{group}", group=group)),
            Put(noted(f"{group}1", group)),
        )
    await stage.put(*(Set("seat", seat, {"group": group}) for seat, group in (("ali", "A"), ("bea", "A"), ("chloe", "B"))))
    await stage.settle()
    return stage


def noted(id: str, group: str) -> Note:
    return Note(id=id, board=f"board {group}", block="b", text=f"dit en {group}", scope=f"group:{group}")


def notes(page: Page) -> set[str]:
    return {id for kind, id in page.knows() if kind == "note"}


def test_a_group_is_a_part_that_its_members_share() -> None:
    async def scene() -> None:
        stage = await apart()
        ali, bea, chloe, dan, claire, wall = [await stage.page(seat) for seat in (*PEOPLE, "claire", "wall")]
        assert ali.of("welcome")[-1]["parts"] == ["everyone", "group", "own"]
        assert [frame["part"] for frame in ali.of("welcome")] == ["everyone", "group", "own"]
        assert [frame["part"] for frame in claire.of("welcome")] == ["everyone", "facilitators", "own"]
        assert [page.of("welcome")[-1]["parts"] for page in (dan, wall)] == [["everyone", "own"]] * 2
        await stage.put(Put(noted("A2", "A")))
        await stage.settle()
        assert [notes(page) for page in (ali, bea, chloe, dan, wall)] == [{"A1", "A2"}] * 2 + [{"B1"}, set(), set()]
        assert notes(claire) == {"A1", "A2", "B1"}
        mine, theirs = (page.socket.sent[-1][1] for page in (ali, bea))
        assert mine[0] is theirs[0]
        assert read(mine[0])["part"] == "group"
        assert len(chloe.socket.sent) == len(dan.socket.sent) == len(wall.socket.sent) == 1
        assert all(stage.agrees(page) for page in (ali, bea, chloe, dan, claire, wall))
        await stage.close()

    played(scene())


def read(frame: bytes) -> dict[str, object]:
    value: dict[str, object] = msgpack.unpackb(frame)
    return value


def test_the_members_of_a_group_know_each_others_names_and_nobody_elses() -> None:
    async def scene() -> None:
        stage = await apart()
        ali = await stage.page("ali")
        assert {id for kind, id in ali.knows() if kind == "seat"} == {"ali", "bea"}
        await stage.put(Set("seat", "claire", {"group": "A"}))
        await stage.settle()
        assert {id for kind, id in ali.knows() if kind == "seat"} == {"ali", "bea", "claire"}
        await stage.close()

    played(scene())


def test_frames_of_one_write_go_from_the_narrowest_part_to_the_widest() -> None:
    async def scene() -> None:
        stage = await apart()
        ali = await stage.page("ali")
        await stage.put(
            Put(noted("A2", "A")), Set("seat", "ali", {"name": "Alice"}), Set("session", "session", {"title": "Autre"})
        )
        await stage.settle()
        write = [read(frame) for frame in ali.socket.sent[-1][1]]
        assert [frame["part"] for frame in write] == ["own", "group", "everyone"]
        assert ["cursor" in frame for frame in write] == [False, False, True]
        await stage.put(Put(noted("A3", "A")), Set("seat", "ali", {"heads": 2}))
        await stage.settle()
        write = [read(frame) for frame in ali.socket.sent[-1][1]]
        assert [(frame["part"], "cursor" in frame) for frame in write] == [("own", False), ("group", True)]
        await stage.close()

    played(scene())


def test_who_changes_group_gets_a_fresh_view_and_nothing_more_of_the_first() -> None:
    """What the group left learns in the same turn is not for who has gone."""

    async def scene() -> None:
        stage = await apart()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        await later(1)
        await stage.put(Set("seat", "ali", {"group": "B"}))
        await stage.put(Put(Note(id="A9", board="board A", block="b", text="après son départ", scope="group:A")))
        await stage.settle()
        assert notes(ali) == {"B1"}
        assert notes(bea) == {"A1", "A9"}
        assert not any("après son départ".encode() in frame for _, write in ali.socket.sent for frame in write)
        assert [frame["part"] for frame in ali.frames[3:]] == ["everyone", "group", "own"]
        assert stage.agrees(ali)
        assert stage.agrees(bea)
        await stage.put(Set("seat", "ali", {"group": ""}))
        await stage.settle()
        assert notes(ali) == set()
        assert stage.agrees(ali)
        await stage.close()

    played(scene())


def test_an_answer_due_with_a_fresh_view_follows_it() -> None:
    async def scene() -> None:
        stage = await apart()
        ali = await stage.page("ali")
        await later(1)
        await stage.put(Set("session", "session", {"title": "Publié à l’instant"}))
        await later(0.001)
        told = len(ali.frames)
        id = ali.send("raise_hand")
        bad = ali.send("rename_cluster", cluster="nowhere", title="x")
        await stage.live.finish()
        await stage.put(Set("seat", "ali", {"group": "B"}))
        await stage.settle()
        types = [frame["type"] for frame in ali.frames[told:]]
        assert types == ["welcome", "welcome", "welcome", "done", "refused"]
        ali.knows()
        assert ali.model.done == [id]
        assert ali.model.refused == {bad: "unknown_record"}
        assert stage.agrees(ali)
        await stage.close()

    played(scene())


def test_nobody_resumes_across_a_change_of_group() -> None:
    """Cut before, during or after the change, at any frame: coming back gives a whole view that agrees."""

    async def scene() -> None:
        stage = await apart()
        ali = await stage.page("ali")
        ali.knows()
        before = ali.model.cursor
        ali.leave()
        await stage.put(Set("seat", "ali", {"group": "B"}))
        early = await stage.page("ali", before)
        assert early.of("welcome")
        early.knows()
        early.leave()
        await stage.settle()
        for cursor in (before, early.model.cursor):
            back = await stage.page("ali", cursor)
            assert back.of("welcome")
            assert stage.agrees(back)
        await stage.put(Put(noted("B2", "B")))
        await stage.settle()
        back.knows()
        cursor = back.model.cursor
        await stage.put(Put(noted("B3", "B")), Remove("note", "B2"))
        await stage.settle()
        resumed = await stage.page("ali", cursor)
        assert [frame["type"] for frame in resumed.frames[:2]] == ["patch", "patch"]
        resumed.model = type(resumed.model)()
        resumed.model.parts = {part: dict(records) for part, records in back.model.parts.items()}
        assert stage.agrees(resumed)
        assert notes(resumed) == {"B1", "B3"}
        await stage.close()

    played(scene())


def test_a_cut_forgets_frames_kept_and_refuses_older_places() -> None:
    async def scene() -> None:
        stage = await apart()
        ring = stage.live.publisher.ring
        everyone = ("everyone", "seat:dan")
        place = ring.cursor(everyone)
        assert ring.since(place, everyone) is not None
        ring.cut("seat:dan", stage.live.publisher._turn + 1)
        assert ring.since(place, everyone) is None
        assert ring.since(place, ("everyone", "group:A", "seat:ali")) is not None
        await stage.close()

    played(scene())


def test_there_and_back_within_one_turn_changes_nothing() -> None:
    async def scene() -> None:
        stage = await apart()
        ali = await stage.page("ali")
        await later(1)
        await stage.put(Set("seat", "ali", {"group": "B"}))
        await stage.put(Set("seat", "ali", {"group": "A"}))
        await stage.put(Put(noted("A2", "A")))
        await stage.settle()
        assert len(ali.of("welcome")) == 3
        assert stage.agrees(ali)
        await stage.close()

    played(scene())


def test_a_hint_stays_within_the_group_and_reaches_the_facilitators() -> None:
    async def scene() -> None:
        stage = await apart()
        ali, bea, chloe, dan, claire = [await stage.page(seat) for seat in (*PEOPLE, "claire")]
        ali.hint("A1")
        chloe.hint("A1")
        await later(1)
        assert [one["about"] for one in bea.of("hints")[-1]["list"]] == ["A1"]
        assert len(claire.of("hints")[-1]["list"]) == 1
        assert not [page for page in (ali, chloe, dan) if page.of("hints")]
        await stage.close()

    played(scene())


def test_two_hundred_people_go_into_fifty_groups_without_stalling_the_others() -> None:
    async def scene() -> float:
        people = [(f"p{number:03}", "participant") for number in range(200)]
        stage = await Stage().open(*people, method="tableau-libre")
        await stage.to_block("regrouper")
        shown = [
            Put(Note(id=f"n{number}", board=stage.board.id, block="b", text="Une idée assez longue " * 3, scope="everyone"))
            for number in range(300)
        ]
        await stage.put(*shown)
        pages = [await stage.page(seat) for seat, _ in people]
        await stage.settle()
        changes = [
            Put(Board(id=f"board {group}", title="x", scope=f"group:{group}", group=f"{group}")) for group in range(50)
        ]
        await stage.put(*changes, *(Set("seat", seat, {"group": f"{place % 50}"}) for place, (seat, _) in enumerate(people)))
        started = time.perf_counter()
        stage.live.publisher.publish()
        spent = time.perf_counter() - started
        assert [len(page.of("welcome")) for page in pages] == [5] * 200
        assert all(stage.agrees(page) for page in pages[::20])
        everyone = {id(page.socket.sent[-1][1][0]) for page in pages}
        assert len(everyone) == 1
        assert stage.live.state.find(Seat, "p000") is not None
        await stage.close()
        return spent

    assert played(scene()) < 0.5


def test_a_workshop_splits_by_the_rules_and_every_page_agrees_all_along() -> None:
    """Drawn, started, written in, joined late, stepped into, recalled, and read again by another process in the middle."""

    async def scene() -> None:
        stage = await Stage().open(*((name, "participant") for name in PEOPLE), method="tableau-libre")
        block = await stage.to_block("regrouper")
        pages = {name: await stage.page(name) for name in (*PEOPLE, "claire")}
        await stage.tell(ask.DrawGroups(block=block.id, mode="random", size=2), "claire")
        (partition,) = stage.live.state.table("partition")
        await stage.settle()
        assert not any(kind in ("partition", "group") for kind, _ in pages["ali"].knows())
        await stage.tell(ask.StartGroups(partition=partition), "claire")
        await stage.settle()
        assert all("group" in pages[name].of("welcome")[-1]["parts"] for name in PEOPLE)
        board = mine(stage, "ali").board
        pages["ali"].send("add_notes", board=board, notes=[{"text": "entre nous"}])
        await stage.settle()
        told = {name for name, page in pages.items() if any(b"entre nous" in one for _, w in page.socket.sent for one in w)}
        together = {name for name in PEOPLE if mine(stage, name) == mine(stage, "ali")}
        assert told == together | {"claire"}
        await stage.tell(ask.Join(seat="eve", name="Ève", role="participant"))
        pages["eve"] = await stage.page("eve")
        await stage.tell(ask.StepIn(group=mine(stage, "ali").id), "claire")
        await stage.settle()
        assert pages["eve"].of("welcome")[-1]["parts"] == ["everyone", "group", "own"]
        assert all(stage.agrees(page) for page in pages.values())
        again = Stage(log=stage.log, draw=stage.draw)
        again.live = await again.directory.open("s1")
        assert all([again.agrees(await again.page(name)) for name in pages])
        await again.close()
        await stage.tell(ask.RecallGroups(partition=partition), "claire")
        await stage.settle()
        assert all(stage.agrees(page) for page in pages.values())
        await stage.close()

    played(scene())


def mine(stage: Stage, seat: str) -> Group:
    """The group that a seat works in."""
    found = stage.live.state.find(Seat, seat)
    assert found is not None
    group = stage.live.state.find(Group, found.group)
    assert group is not None
    return group


def test_what_one_group_does_changes_no_byte_for_the_others() -> None:
    """Two runs that differ in one group’s notes and hints: all that the other group and the wall are sent is alike."""

    async def scene(texts: tuple[str, ...]) -> dict[str, list[tuple[float, tuple[bytes, ...]]]]:
        stage = Stage(draw=Moments())
        await stage.open(*((name, "participant") for name in PEOPLE), ("wall", "projector"), method="tableau-libre")
        block = await stage.to_block("regrouper")
        await stage.tell(ask.DrawGroups(block=block.id, mode="random", size=2, seed="5eed"), "claire")
        (partition,) = stage.live.state.table("partition")
        await stage.tell(ask.StartGroups(partition=partition), "claire")
        await at(15)
        pages = {name: await stage.page(name) for name in (*PEOPLE, "wall")}
        inside = [name for name in PEOPLE if mine(stage, name) == mine(stage, "ali")]
        other = next(name for name in PEOPLE if name not in inside)
        for place, text in enumerate(texts):
            await at(16 + place)
            pages["ali"].send("add_notes", board=mine(stage, "ali").board, notes=[{"text": text}])
            await later(0.2)
            pages["ali"].hint(stage.note(text).id)
        await at(25)
        pages[other].send("add_notes", board=mine(stage, other).board, notes=[{"text": "à côté"}])
        await stage.tell(ask.RecallGroups(partition=partition), "claire")
        await at(31)
        await stage.close()
        return {name: page.socket.sent for name, page in pages.items() if name not in inside}

    first, second = (played(scene(texts)) for texts in (("un",), ("deux", "trois plus long", "quatre")))
    assert len(first) == 3
    assert first == second
