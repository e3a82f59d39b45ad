"""Publishing and resuming: who is sent what, when, and what is left out."""

from __future__ import annotations

import msgpack

from facilitation import commands as ask
from facilitation.commands import NewNote
from tests.server.live.stage import Stage
from tests.server.live.virtual import at, later, played


def note(text: str) -> dict[str, object]:
    return {"text": text}


async def open_board() -> Stage:
    stage = await Stage().open(("ali", "participant"), ("bea", "participant"), ("wall", "projector"), method="tableau-libre")
    await stage.to_block("regrouper")
    return stage


async def secret_board() -> Stage:
    stage = await Stage().open(("ali", "participant"), ("bea", "participant"), ("wall", "projector"))
    await stage.to_block("ecrire")
    return stage


def test_patched_is_computed_for_every_seat() -> None:
    async def scene() -> None:
        stage = await open_board()
        pages = [await stage.page(seat) for seat in ("claire", "ali", "bea", "wall")]
        for page in pages[:3]:
            page.send("add_notes", board=stage.board.id, notes=[note(f"idée de {page.seat}")])
        await stage.settle()
        assert all(stage.agrees(page) for page in pages)
        assert len([key for key in pages[3].knows() if key[0] == "note"]) == 3
        await stage.close()

    played(scene())


def test_done_follows_the_patch_in_the_same_write() -> None:
    async def scene() -> None:
        stage = await open_board()
        page = await stage.page("ali")
        id = page.send("add_notes", board=stage.board.id, notes=[note("une idée")])
        await stage.settle()
        types = [[frame["type"] for frame in map(read, write)] for _, write in page.socket.sent[1:]]
        assert ["patch", "patch", "done"] in types
        assert page.of("done")[-1]["ids"] == [id]
        await stage.close()

    played(scene())


def read(frame: bytes) -> dict[str, object]:
    value: dict[str, object] = msgpack.unpackb(frame)
    return value


def test_the_cursor_comes_once_in_the_last_patch_of_a_write() -> None:
    async def scene() -> None:
        stage = await open_board()
        pages = [await stage.page(seat) for seat in ("claire", "ali", "bea", "wall")]
        pages[1].send("add_notes", board=stage.board.id, notes=[note("a")])
        pages[2].send("raise_hand")
        await stage.settle()
        pages[2].send("raise_hand", reason="help")
        await stage.settle()
        for page in pages:
            for _, write in page.socket.sent[1:]:
                patches = [frame for frame in map(read, write) if frame["type"] == "patch"]
                assert ["cursor" in patch for patch in patches] == [False] * (len(patches) - 1) + [True] * bool(patches)
        await stage.close()

    played(scene())


def test_commits_of_one_tick_are_one_frame_encoded_once() -> None:
    async def scene() -> None:
        stage = await open_board()
        ali, bea, wall = [await stage.page(seat) for seat in ("ali", "bea", "wall")]
        await stage.settle()
        before = len(bea.socket.sent)
        ali.send("add_notes", board=stage.board.id, notes=[note("premier")])
        await stage.live.finish()
        for number in range(20):
            ali.send("add_notes", board=stage.board.id, notes=[note(f"{number}")])
            await later(0.0004)
        await stage.settle()
        new = [write for _, write in bea.socket.sent[before:] if b"patch" in write[0]]
        assert len(new) == 2
        same = [write for _, write in wall.socket.sent[-len(new) :]]
        assert all(mine[0] is theirs[0] for mine, theirs in zip(new, same, strict=True))
        await stage.close()

    played(scene())


def test_while_something_is_hidden_writes_follow_the_grid() -> None:
    async def scene() -> None:
        stage = await secret_board()
        pages = [await stage.page(seat) for seat in ("claire", "ali", "bea")]
        started = [len(page.socket.sent) for page in pages]
        for moment in (1.013, 1.1, 1.271, 1.6):
            await at(10 + moment)
            pages[1].send("add_notes", board=stage.board.id, notes=[note(f"clandestine {moment}")])
            pages[2].send("raise_hand")
        await stage.settle()
        for page, start in zip(pages, started, strict=True):
            times = [moment for moment, _ in page.socket.sent[start:]]
            assert times
            assert all(abs(moment * 4 - round(moment * 4)) < 1e-6 for moment in times)
        heard = [frame for page in (pages[0], pages[2]) for _, write in page.socket.sent for frame in write]
        assert not any(b"clandestine" in frame for frame in heard)
        await stage.close()

    played(scene())


def test_a_reveal_puts_the_notes_for_everyone_and_the_author_keeps_hers() -> None:
    async def scene() -> None:
        stage = await secret_board()
        block = await stage.to_block("ecrire")
        ali, bea = await stage.page("ali"), await stage.page("bea")
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="idée d’Ali"),)), "ali")
        await stage.settle()
        assert ("note", stage.note("idée d’Ali").id) not in bea.knows()
        await stage.tell(ask.RevealNotes(block=block.id), "claire")
        await stage.settle()
        assert stage.agrees(ali)
        assert stage.agrees(bea)
        assert ("note", stage.note("idée d’Ali").id) in ali.knows()
        assert ("note", stage.note("idée d’Ali").id) in bea.knows()
        await stage.close()

    played(scene())


def test_resuming_gives_what_was_missed_and_only_that() -> None:
    async def scene() -> None:
        stage = await open_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        ali.send("add_notes", board=stage.board.id, notes=[note("vue")])
        await stage.settle()
        bea.knows()
        cursor = bea.model.cursor
        bea.leave()
        ali.send("add_notes", board=stage.board.id, notes=[note("manquée")])
        await stage.settle()
        back = await stage.page("bea", cursor)
        assert [frame["type"] for frame in back.frames[:2]] == ["patch", "patch"]
        assert not back.of("welcome")
        back.model = bea.model
        assert stage.agrees(back)
        await stage.close()

    played(scene())


def test_resuming_with_nothing_missed_answers_an_empty_patch() -> None:
    async def scene() -> None:
        stage = await open_board()
        bea = await stage.page("bea")
        bea.knows()
        back = await stage.page("bea", bea.model.cursor)
        (patch,) = [frame for frame in back.frames if frame["type"] != "gauges"]
        assert (patch["type"], patch["put"], patch["set"], patch["remove"]) == ("patch", [], [], [])
        assert patch["cursor"] == bea.model.cursor
        await stage.close()

    played(scene())


def test_a_cut_within_a_write_resumes_without_loss() -> None:
    """Whatever prefix of the frames arrived, resuming from the last cursor read completes the view."""

    async def scene() -> None:
        stage = await open_board()
        ali = await stage.page("ali")
        for text in ("un", "deux", "trois"):
            ali.send("add_notes", board=stage.board.id, notes=[note(text)])
            ali.send("raise_hand")
            await stage.settle()
            ali.send("lower_hand", seat="ali")
            await stage.settle()
        frames = ali.frames
        first = next(place for place, frame in enumerate(frames) if "cursor" in frame)
        for cut in range(first, len(frames)):
            back = await stage.page("ali")
            back.leave()
            back.model = type(back.model)()
            for frame in frames[: cut + 1]:
                back.model.read(frame)
            again = await stage.page("ali", back.model.cursor)
            again.model = back.model
            assert stage.agrees(again), f"cut after frame {cut}"
            again.leave()
        await stage.close()

    played(scene())


def test_an_unknown_or_old_cursor_gets_one_welcome() -> None:
    async def scene() -> None:
        stage = await open_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        bea.knows()
        old = bea.model.cursor
        stranger = await stage.page("bea", b"x" * 16)
        assert [frame["part"] for frame in stranger.of("welcome")] == ["everyone", "own"]
        ali.send("add_notes", board=stage.board.id, notes=[note("a")])
        await later(130)
        ali.send("add_notes", board=stage.board.id, notes=[note("b")])
        await later(10)
        late = await stage.page("bea", old)
        assert len(late.of("welcome")) == 2
        assert stage.agrees(late)
        await stage.close()

    played(scene())


def test_a_removed_seat_is_told_and_closed() -> None:
    async def scene() -> None:
        stage = await open_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        await stage.tell(ask.RemoveSeat(seat="ali"), "claire")
        await stage.settle()
        assert ali.socket.closed == (4401, "unknown_seat")
        assert ali.of("bye")[0]["code"] == "unknown_seat"
        assert bea.socket.closed is None
        await stage.close()

    played(scene())


def test_resuming_across_a_restart_misses_nothing() -> None:
    """The last commit is a place to resume from, unless something waits under a seal that it cannot tell of."""

    async def scene() -> None:
        stage = await open_board()
        bea = await stage.page("bea")
        await stage.tell(ask.Announce(text="Une pause"), "claire")
        await stage.settle()
        bea.knows()
        again = await restarted(stage)
        back = await again.page("bea", bea.model.cursor)
        assert [frame["type"] for frame in back.frames] == ["patch"]
        await again.close()
        secret = await secret_board()
        ali = await secret.page("ali")
        await secret.tell(ask.AddNotes(board=secret.board.id, notes=(NewNote(text="cachée"),)), "ali")
        await secret.settle()
        ali.knows()
        again = await restarted(secret)
        back = await again.page("ali", ali.model.cursor)
        assert back.of("welcome")
        assert again.agrees(back)
        await again.close()

    played(scene())


async def restarted(stage: Stage) -> Stage:
    """Another process on the same log."""
    await stage.close()
    again = Stage(log=stage.log, draw=stage.draw)
    again.live = await again.directory.open("s1")
    return again
