"""Saving: one append in flight, one effect for a command id, fair turns, and every way the log can say no."""

from __future__ import annotations

import asyncio

import pytest

from facilitation import commands as ask
from facilitation.commands import NewNote
from facilitation.records import Authorship, Ballot, Note, Round
from facilitation.rejections import Rejection
from facilitation.state import Put
from server.live.directory import Directory
from server.live.saving import SHAPE, changes_of, encode_changes
from server.log import Commit, StorageBroken, StorageFull, UnknownSession
from tests.server.live.stage import SESSION, Stage
from tests.server.live.virtual import later, played, wall


async def on_board(method: str = "tableau-libre", view: str = "regrouper", **options: object) -> Stage:
    stage = Stage(**options)  # type: ignore[arg-type]
    await stage.open(("ali", "participant"), ("bea", "participant"), method=method)
    await stage.to_block(view)
    return stage


def notes(*texts: str) -> list[dict[str, object]]:
    return [{"text": text} for text in texts]


def test_everything_waiting_goes_into_one_commit_in_fair_order() -> None:
    async def scene() -> None:
        stage = await on_board()
        ali, bea, claire = [await stage.page(seat) for seat in ("ali", "bea", "claire")]
        before = len(stage.log.appends)
        for number in range(3):
            ali.send("add_notes", board=stage.board.id, notes=notes(f"a{number}"))
        for page, name in ((bea, "b0"), (claire, "c0")):
            page.send("add_notes", board=stage.board.id, notes=notes(name))
        await stage.settle()
        commits = [commit for commit, _ in stage.log.appends[before:]]
        assert len(commits) == 1
        assert commits[0] is not None
        assert [one.seat for one in commits[0].asked] == ["claire", "ali", "bea", "ali", "ali"]
        await stage.close()

    played(scene())


def test_a_command_id_has_one_effect_however_often_and_wherever_it_is_sent() -> None:
    async def scene() -> None:
        stage = await on_board()
        page, other = await stage.page("ali"), await stage.page("ali")
        id = page.send("add_notes", board=stage.board.id, notes=notes("une fois"))
        other.send("add_notes", id, board=stage.board.id, notes=notes("une fois"))
        await stage.settle()
        other.send("add_notes", id, board=stage.board.id, notes=notes("une fois"))
        await stage.settle()
        assert len(list(stage.live.state.all(Note))) == 1
        assert [frame["ids"] for frame in page.of("done") + other.of("done")] == [[id]] * 3
        await stage.close()

    played(scene())


def test_a_replay_that_the_rules_would_now_refuse_is_still_done() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("ali")
        id = page.send("add_notes", board=stage.board.id, notes=notes("une"))
        await stage.settle()
        await stage.tell(ask.EndSession(), "claire")
        page.send("add_notes", id, board=stage.board.id, notes=notes("une"))
        fresh = page.send("add_notes", board=stage.board.id, notes=notes("deux"))
        await stage.settle()
        page.knows()
        assert page.model.done == [id, id]
        assert page.model.refused == {fresh: "ended"}
        await stage.close()

    played(scene())


def test_a_rejection_is_not_remembered() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("ali")
        await stage.tell(ask.LockSession(locked=True), "claire")
        await later(10)
        id = page.send("add_notes", board=stage.board.id, notes=notes("plus tard"))
        await stage.settle()
        await stage.tell(ask.LockSession(locked=False), "claire")
        page.send("add_notes", id, board=stage.board.id, notes=notes("plus tard"))
        await stage.settle()
        page.knows()
        assert page.model.refused == {id: "locked"}
        assert page.model.done == [id]
        await stage.close()

    played(scene())


def test_no_change_is_done_without_a_commit() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("claire")
        before = len(stage.log.appends)
        id = page.send("lock_session", locked=False)
        await stage.settle()
        page.knows()
        assert page.model.done == [id]
        assert len(stage.log.appends) == before
        await stage.close()

    played(scene())


def test_another_process_was_quicker_so_we_read_on_and_decide_again() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("ali")
        theirs = Commit(
            id=b"t" * 16,
            shape=SHAPE,
            at=wall(),
            asked=(),
            changes=encode_changes([Put(Note(id="theirs", board=stage.board.id, block="", text="d’un autre processus"))]),
        )
        stage.log.race = [theirs]
        page.send("add_notes", board=stage.board.id, notes=notes("la nôtre"))
        await stage.settle()
        assert {note.text for note in stage.live.state.all(Note)} == {"d’un autre processus", "la nôtre"}
        assert stage.agrees(page)
        await stage.close()

    played(scene())


def test_a_log_of_a_newer_server_is_left_to_it() -> None:
    async def scene() -> None:
        stage = await on_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        newer = Commit(id=b"t" * 16, shape=SHAPE + 1, at=wall(), asked=(), changes=encode_changes([]))
        stage.log.race = [newer]
        ali.send("add_notes", board=stage.board.id, notes=notes("la nôtre"))
        await stage.settle()
        assert ali.socket.closed == bea.socket.closed == (1012, "restarting")
        assert not list(stage.live.state.all(Note))
        await stage.close()

    played(scene())


def test_a_rewritten_log_is_loaded_again() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("ali")
        await stage.tell(ask.Announce(text="avant"), "claire")
        stored = stage.log.model.sessions[SESSION]
        whole = [Put(record) for record in stage.live.state.records() if record.id != "announcement"]
        stored.commits[:] = [Commit(id=b"r" * 16, shape=SHAPE, at=wall(), asked=(), changes=encode_changes(whole))]
        page.send("add_notes", board=stage.board.id, notes=notes("après"))
        await stage.settle()
        assert [note.text for note in stage.live.state.all(Note)] == ["après"]
        assert stage.live.state.get("announcement", "announcement") is None
        assert stage.agrees(page)
        await stage.close()

    played(scene())


def test_after_five_conflicts_the_answer_is_busy_and_nothing_changed() -> None:
    async def scene() -> None:
        stage = await on_board()
        page = await stage.page("ali")
        stage.log.race = [
            Commit(id=bytes([number]) * 16, shape=SHAPE, at=wall(), asked=(), changes=encode_changes([]))
            for number in range(5)
        ]
        id = page.send("add_notes", board=stage.board.id, notes=notes("jamais"))
        await stage.settle()
        page.knows()
        assert page.model.refused == {id: "busy"}
        assert not list(stage.live.state.all(Note))
        page.send("add_notes", id, board=stage.board.id, notes=notes("enfin"))
        await stage.settle()
        assert [note.text for note in stage.live.state.all(Note)] == ["enfin"]
        await stage.close()

    played(scene())


@pytest.mark.parametrize(
    ("error", "code"), [(StorageFull("no space"), "storage_full"), (StorageBroken("no disk"), "storage_broken")]
)
def test_a_log_that_cannot_save_refuses_by_name_and_nothing_is_shown(error: Exception, code: str) -> None:
    async def scene() -> None:
        stage = await on_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        sent = len(bea.of("patch"))
        stage.log.fail = error  # type: ignore[assignment]
        id = ali.send("add_notes", board=stage.board.id, notes=notes("perdue ?"))
        await stage.settle()
        ali.knows()
        assert ali.model.refused == {id: code}
        assert len(bea.of("patch")) == sent
        assert not list(stage.live.state.all(Note))
        stage.log.fail = None
        ali.send("add_notes", id, board=stage.board.id, notes=notes("perdue ?"))
        await stage.settle()
        assert stage.agrees(bea)
        assert len(list(stage.live.state.all(Note))) == 1
        await stage.close()

    played(scene())


def test_a_flood_waits_behind_the_others_and_beyond_its_bound_is_busy() -> None:
    async def scene() -> None:
        stage = await on_board()
        ali, bea = await stage.page("ali"), await stage.page("bea")
        for number in range(1000):
            ali.send("add_notes", board=stage.board.id, notes=notes(f"{number}"))
        last = bea.send("add_notes", board=stage.board.id, notes=notes("de Béa"))
        await stage.settle()
        bea.knows()
        ali.knows()
        assert bea.model.done == [last]
        assert set(ali.model.refused.values()) == {"busy"}
        assert len(ali.model.refused) == 1000 - 150
        await stage.close()

    played(scene())


def test_a_whole_amphitheatre_joins_at_once() -> None:
    async def scene() -> None:
        stage = await on_board()
        joins = (ask.Join(seat=f"s{number}", name="Mei", role="participant") for number in range(500))
        assert await asyncio.gather(*(stage.live.ask(join) for join in joins)) == [None] * 500
        await stage.close()

    played(scene())


def test_what_is_sealed_never_enters_the_log_and_names_nobody_there() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        page = await stage.page("ali")
        id = page.send("add_notes", board=stage.board.id, notes=notes("secrète"))
        await stage.settle()
        note = stage.note("secrète")
        edited = page.send("edit_note", note=note.id, text="plus secrète", edition=1)
        await stage.settle()
        commits = [commit for commit, _ in stage.log.appends if commit]
        assert not [change for commit in commits for change in changes_of(commit) if "Authorship" in str(change)]
        assert not [one for commit in commits for one in commit.asked if one.seat == "ali"]
        assert await stage.log.known(SESSION, "ali", id)
        assert await stage.log.known(SESSION, "ali", edited)
        assert stage.live.state.find(Authorship, note.id)
        page.send("edit_note", edited, note=note.id, text="plus secrète", edition=1)
        await stage.settle()
        page.knows()
        assert page.model.done == [id, edited, edited]
        await stage.close()

    played(scene())


async def voting(stage: Stage) -> Round:
    for text in ("un", "deux"):
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text=text),)), "ali")
    await stage.tell(ask.RevealNotes(block=(await stage.to_block("ecrire")).id), "claire")
    await stage.to_block("regrouper")
    for text in ("un", "deux"):
        await stage.tell(ask.GatherNotes(notes=(stage.note(text).id,), title=f"groupe {text}"), "claire")
    block = await stage.to_block("voter")
    await stage.tell(ask.OpenRound(block=block.id), "claire")
    return stage.round


def test_a_round_is_closed_on_the_shut_seal_and_its_ballots_are_gone() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        round = await voting(stage)
        ali = await stage.page("ali")
        id = ali.send("cast_ballot", round=round.id, marks={round.options[0].id: 1})
        await stage.settle()
        assert list(stage.live.state.all(Ballot))
        assert b"marks" not in b"".join(commit.changes for commit, _ in stage.log.appends if commit)
        await stage.tell(ask.CloseRound(round=round.id, show=True), "claire")
        await stage.settle()
        assert not list(stage.live.state.all(Ballot))
        assert not await stage.log.sealed(SESSION, f"round:{round.id}")
        ali.send("cast_ballot", id, round=round.id, marks={round.options[0].id: 1})
        late = ali.send("cast_ballot", round=round.id, marks={round.options[0].id: 1})
        await stage.settle()
        assert stage.agrees(ali)
        assert ali.model.done == [id, id]
        assert ali.model.refused == {late: "round_closed"}
        await stage.close()

    played(scene())


def test_whoever_loads_a_round_whose_seal_is_shut_finishes_its_closing() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        round = await voting(stage)
        await stage.tell(ask.CastBallot(round=round.id, marks={round.options[0].id: 1}), "ali")
        await stage.log.shut(SESSION, f"round:{round.id}")
        found = await reloaded(stage)
        state = (await found.open(SESSION)).state
        assert [one.status for one in state.all(Round)] == ["closed"]
        tally = state.get("tally", round.id)
        assert tally is not None
        assert tally.ballots == 1  # type: ignore[attr-defined]
        await found.close()

    played(scene())


def test_a_ballot_for_a_seal_just_shut_makes_nobody_else_wait() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        round = await voting(stage)
        ali, claire = await stage.page("ali"), await stage.page("claire")
        await stage.log.shut(SESSION, f"round:{round.id}")
        late = ali.send("cast_ballot", round=round.id, marks={round.options[0].id: 1})
        said = claire.send("announce", text="Le vote se ferme")
        await stage.settle()
        ali.knows()
        claire.knows()
        assert ali.model.refused == {late: "busy"}
        assert claire.model.done == [said]
        await stage.tell(ask.CloseRound(round=round.id), "claire")
        ali.send("cast_ballot", late, round=round.id, marks={round.options[0].id: 1})
        await stage.settle()
        ali.knows()
        assert ali.model.refused == {late: "round_closed"}
        await stage.close()

    played(scene())


def test_a_round_restored_without_its_seal_opens_again_empty_and_says_so() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        round = await voting(stage)
        await stage.tell(ask.CastBallot(round=round.id, marks={round.options[0].id: 1}), "ali")
        stored = stage.log.model.sessions[SESSION]
        stored.states.clear()
        stored.values.clear()
        found = await reloaded(stage)
        live = await found.open(SESSION)
        announcement = live.state.get("announcement", "announcement")
        assert announcement is not None
        assert "voter à nouveau" in announcement.text  # type: ignore[attr-defined]
        assert await live.ask(ask.CastBallot(round=round.id, marks={round.options[0].id: 2}), "ali") is None
        await found.close()

    played(scene())


async def reloaded(stage: Stage) -> Directory:
    await stage.close()
    return Directory(stage.log, stage.settings, methods=stage.directory.methods, world=stage.world)


def test_a_reloaded_session_is_the_live_one() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        round = await voting(stage)
        await stage.tell(ask.CastBallot(round=round.id, marks={round.options[0].id: 1}), "ali")
        state = stage.live.state
        found = await reloaded(stage)
        assert (await found.open(SESSION)).state == state
        await found.close()

    played(scene())


def test_closing_destroys_hidden_authorship_and_writes_the_bundle_until_it_is_written() -> None:
    async def scene() -> None:
        stage = await on_board("brainstorming-silencieux", "ecrire")
        await stage.tell(ask.AddNotes(board=stage.board.id, notes=(NewNote(text="un"),)), "ali")
        tries = []

        async def write_bundle(live: object) -> ask.RecordArchive:
            tries.append(live)
            if len(tries) == 1:
                raise OSError("no space")
            return ask.RecordArchive(
                shared="a.zip", shared_size=1, shared_hash="0", reserved="b.zip", reserved_size=1, reserved_hash="0"
            )

        stage.directory.write_bundle = write_bundle
        await stage.tell(ask.EndSession(), "claire")
        assert await stage.log.sealed(SESSION, "authors")
        await stage.tell(ask.CloseSession(), "claire")
        assert not await stage.log.sealed(SESSION, "authors")
        assert not list(stage.live.state.all(Authorship))
        await later(40)
        assert len(tries) == 2
        assert stage.live.state.session.status == "closed"
        assert await stage.live.ask(ask.Announce(text="trop tard"), "claire") == Rejection("closed")
        await stage.close()

    played(scene())


def test_sessions_load_once_and_a_failed_load_is_no_session() -> None:
    async def scene() -> None:
        stage = await on_board()
        found = await reloaded(stage)
        first, second = await asyncio.gather(found.open(SESSION), found.open(SESSION))
        assert first is second
        for unknown in ("nulle-part", "lab"):
            with pytest.raises(UnknownSession):
                await found.open(unknown)
        await later(200)
        assert await found.open(SESSION) is not first
        assert await first.ask(ask.Announce(text="par l’ancienne"), "claire") is None
        assert (await found.open(SESSION)).state.get("announcement", "announcement")
        await found.close()

    played(scene())
