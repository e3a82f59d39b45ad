"""Notes once written: edited, moved, withdrawn, set aside, revealed."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation.records import Note
from tests.facilitation.workshop import SECOND, Workshop, clustering, opened, voting, writing


def edit(note: Note, text: str, edition: int | None = None) -> ask.EditNote:
    """Rewrite a note as it is read now, or as it was at an edition."""
    return ask.EditNote(note=note.id, text=text, edition=edition or note.edition)


def move(note: Note, **to: object) -> ask.MoveNotes:
    """Move one note."""
    return ask.MoveNotes(moves=(ask.NoteMove(note=note.id, **to),))  # type: ignore[arg-type]


def free() -> Workshop:
    """An open board with signed notes, one by Claire and one by Nadia."""
    workshop = opened("tableau-libre")
    workshop.write("claire", "de Claire", tint="rose")
    workshop.write("nadia", "de Nadia")
    return workshop


class TestEditing:
    def test_N9_one_s_own_note_changes_at_any_time(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "brouillon")[0]
        workshop.enter("voter")
        workshop.do("claire", edit(workshop.note("brouillon"), "au propre"))
        assert workshop.get("note", note.id).text == "au propre"

    def test_N9_another_s_note_changes_with_the_right_to_edit(self) -> None:
        workshop = free()
        workshop.do("claire", edit(workshop.note("de Nadia"), "de nous"))
        block = workshop.state.session.block
        workshop.do("nadia", ask.EditBlock(block=block, rights={"participant": ("add",)}))
        assert workshop.refused("claire", edit(workshop.note("de nous"), "à moi")) == "not_yours"
        workshop.do("nadia", edit(workshop.note("de Claire"), "corrigé"))

    def test_N9_a_note_out_of_sight_answers_as_one_that_never_was(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "caché")[0]
        for who in ("loic", "nadia"):
            assert workshop.refused(who, edit(note, "vu !")) == "unknown_record"
            assert workshop.refused(who, move(note)) == "unknown_record"
            assert workshop.refused(who, ask.WithdrawNotes(notes=(note.id,))) == "unknown_record"
            assert workshop.refused(who, ask.TintNotes(notes=(note.id,), tint="")) == "unknown_record"
        assert workshop.refused("nadia", ask.SetAside(notes=(note.id,), aside=True)) == "unknown_record"
        assert workshop.refused("nadia", ask.GatherNotes(notes=(note.id,))) == "unknown_record"

    def test_N9_the_same_text_changes_nothing(self) -> None:
        workshop = free()
        assert workshop.do("claire", edit(workshop.note("de Claire"), " de Claire ", 7)) == ()

    def test_N9_a_lock_lets_one_s_own_text_in_for_three_seconds(self) -> None:
        workshop = free()
        workshop.do("nadia", ask.LockSession(locked=True))
        workshop.do("claire", edit(workshop.note("de Claire"), "juste à temps"), after=3 * SECOND)
        assert workshop.refused("claire", edit(workshop.note("juste à temps"), "trop tard"), after=1) == "locked"
        assert workshop.refused("claire", edit(workshop.note("de Nadia"), "non")) == "locked"
        assert workshop.refused("claire", move(workshop.note("de Nadia"))) == "locked"
        assert workshop.refused("claire", ask.WithdrawNotes(notes=(workshop.note("juste à temps").id,))) == "locked"

    def test_N10_two_writers_both_texts_survive(self) -> None:
        workshop = free()
        read = workshop.note("de Nadia")
        workshop.do("claire", edit(read, "par Claire"))
        workshop.do("loic", edit(read, "par Loïc"))
        second = workshop.note("par Loïc")
        assert {"par Claire", "par Loïc"} <= set(workshop.reads("wall"))
        assert (second.origin, second.zone, second.edition) == (read.id, read.zone, 1)
        assert workshop.note("par Claire").rank < second.rank
        assert workshop.get("authorship", second.id).seat == "seat-loic"

    def test_N10_the_second_text_stands_in_the_same_cluster_right_after_the_first(self) -> None:
        workshop = clustering("un", "deux", "trois")
        workshop.gather("Alpha", "un", "deux", "trois")
        read = workshop.note("un")
        workshop.do("nadia", edit(read, "un bis"))
        workshop.do("claire", edit(read, "un ter"))
        second = workshop.note("un ter")
        assert second.cluster == read.cluster
        assert read.rank < second.rank < workshop.note("deux").rank

    def test_N10_a_double_edit_in_secret_stays_secret(self) -> None:
        workshop = writing()
        read = workshop.write("nadia", "dicté", seat="seat-claire")[0]
        workshop.do("claire", edit(read, "par Claire"))
        workshop.do("nadia", edit(read, "par Nadia"))
        assert [who for who in ("claire", "nadia", "loic", "wall", "etienne") if "par Nadia" in workshop.reads(who)] == [
            "claire", "nadia",
        ]  # fmt: skip

    def test_N10_an_edit_that_crossed_the_reveal_is_no_double(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "un")[0]
        workshop.do("claire", edit(note, "deux"))
        read = workshop.get("note", note.id)
        workshop.enter("lire")
        workshop.do("claire", edit(read, "trois"))
        assert workshop.reads("wall") == ["trois"]


class TestMoving:
    def test_N11_one_s_own_note_moves_in_any_block(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "caché", zone=workshop.zone("Le vent"))[0]
        workshop.do("claire", move(note, zone=note.zone, x=100.0, y=150.0))
        moved = workshop.get("note", note.id)
        assert (moved.x, moved.y, moved.zone) == (100, 150, note.zone)

    def test_N11_another_s_note_moves_with_the_right_to_move(self) -> None:
        workshop = clustering()
        workshop.do("loic", move(workshop.note("un"), zone=workshop.zone("L’île")))
        workshop.enter("voter")
        assert workshop.refused("loic", move(workshop.note("un"))) == "not_yours"
        assert workshop.refused("guest", move(workshop.note("un"))) == "not_yours"

    def test_N11_moved_in_words_it_finds_a_place_and_the_last_rank_there(self) -> None:
        workshop = clustering()
        for text in ("un", "deux"):
            workshop.do("loic", move(workshop.note(text), zone=workshop.zone("L’île")))
        first, second = workshop.note("un"), workshop.note("deux")
        assert (first.x, first.y) != (second.x, second.y)
        assert first.rank < second.rank
        workshop.do("loic", move(second, zone=second.zone, rank=first.rank - 1))
        assert workshop.note("deux").x == second.x
        assert workshop.note("deux").rank < first.rank

    def test_N11_several_notes_move_together_or_none(self) -> None:
        workshop = clustering()
        moves = tuple(ask.NoteMove(note=id, zone=workshop.zone("L’île")) for id in (workshop.note("un").id, "nothing"))
        assert workshop.refused("loic", ask.MoveNotes(moves=moves)) == "unknown_record"

    @pytest.mark.parametrize("rank", [float("nan"), float("inf"), -1e12])
    def test_N11_a_rank_that_cannot_order_is_refused(self, rank: float) -> None:
        workshop = clustering()
        assert workshop.refused("loic", move(workshop.note("un"), rank=rank)) == "bad_number"

    def test_N11_a_zone_of_another_board_is_refused(self) -> None:
        workshop = clustering()
        assert workshop.refused("loic", move(workshop.note("un"), zone="elsewhere")) == "unknown_zone"
        assert workshop.refused("loic", move(workshop.note("un"), cluster="elsewhere")) == "unknown_record"

    def test_N12_into_a_cluster_and_out_of_it_takes_the_right_to_cluster(self) -> None:
        workshop = clustering()
        cluster = workshop.gather("Alpha", "un", "deux")
        workshop.do("loic", move(workshop.note("trois"), cluster=cluster))
        assert workshop.note("trois").rank > workshop.note("deux").rank
        workshop.do("loic", move(workshop.note("trois"), zone=workshop.zone("L’île")))
        assert workshop.note("trois").cluster == ""
        workshop.do("nadia", ask.EditBlock(block=workshop.state.session.block, rights={"participant": ("move",)}))
        assert workshop.refused("loic", move(workshop.note("trois"), cluster=cluster)) == "not_allowed"

    def test_N12_a_hidden_note_joins_no_cluster(self) -> None:
        workshop = clustering()
        cluster = workshop.gather("Alpha", "un", "deux")
        rights = {"participant": ("add", "cluster")}
        workshop.do("nadia", ask.EditBlock(block=workshop.block("lire").id, notes="author", rights=rights))  # type: ignore[arg-type]
        workshop.enter("lire")
        note = workshop.write("claire", "caché")[0]
        assert workshop.refused("claire", move(note, cluster=cluster)) == "still_hidden"


class TestOutOfSight:
    def test_N15_only_the_author_withdraws_a_note(self) -> None:
        workshop = free()
        note = workshop.note("de Claire")
        assert workshop.refused("nadia", ask.WithdrawNotes(notes=(note.id,))) == "not_yours"
        workshop.do("claire", ask.WithdrawNotes(notes=(note.id,)))
        assert [who for who in ("claire", "nadia", "wall") if "de Claire" in workshop.reads(who)] == ["claire"]

    def test_N16_a_withdrawn_note_returns_where_it_was(self) -> None:
        workshop = clustering()
        workshop.gather("Alpha", "un", "deux")
        before = workshop.note("un")
        workshop.do("claire", ask.WithdrawNotes(notes=(before.id,)))
        workshop.do("claire", ask.RestoreNotes(notes=(before.id,)))
        assert workshop.note("un") == before
        assert workshop.do("claire", ask.RestoreNotes(notes=(before.id,))) == ()

    def test_N16_withdrawn_in_secret_and_restored_after_the_reveal_everyone_sees_it(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "je doute", zone=workshop.zone("Le vent"))[0]
        workshop.write("loic", "sûr", zone=workshop.zone("Le vent"))
        workshop.do("claire", ask.WithdrawNotes(notes=(note.id,)))
        workshop.enter("lire")
        assert workshop.reads("wall") == ["sûr"]
        workshop.do("claire", ask.RestoreNotes(notes=(note.id,)))
        assert workshop.reads("wall") == ["je doute", "sûr"]
        assert workshop.note("je doute").rank > workshop.note("sûr").rank

    def test_N17_nobody_learns_the_author_of_a_note_out_of_sight(self) -> None:
        workshop = free()
        note = workshop.note("de Claire")
        for away, back in (
            (ask.WithdrawNotes(notes=(note.id,)), ask.RestoreNotes(notes=(note.id,))),
            (ask.SetAside(notes=(note.id,), aside=True), ask.SetAside(notes=(note.id,), aside=False)),
        ):
            who = "claire" if isinstance(away, ask.WithdrawNotes) else "nadia"
            workshop.do(who, away)
            assert [one for one in ("loic", "nadia", "wall") if ("authorship", note.id) in workshop.sees(one)] == []
            workshop.do(who, back)
            assert ("authorship", note.id) in workshop.sees("wall")

    def test_N18_facilitators_set_aside_what_they_see_and_bring_it_back(self) -> None:
        workshop = free()
        note = workshop.note("de Claire")
        assert workshop.refused("loic", ask.SetAside(notes=(note.id,), aside=True)) == "not_allowed"
        workshop.do("nadia", ask.SetAside(notes=(note.id,), aside=True))
        assert [who for who in ("claire", "nadia", "loic", "wall") if "de Claire" in workshop.reads(who)] == ["claire", "nadia"]
        assert workshop.do("nadia", ask.SetAside(notes=(note.id,), aside=True)) == ()

    def test_N18_a_hidden_note_is_not_set_aside_even_by_who_typed_it(self) -> None:
        workshop = writing()
        note = workshop.write("nadia", "dicté", seat="seat-table")[0]
        assert workshop.refused("nadia", ask.SetAside(notes=(note.id,), aside=True)) == "still_hidden"

    def test_N19_a_cluster_that_shows_no_note_goes_and_its_note_returns_to_the_zone(self) -> None:
        workshop = clustering()
        cluster = workshop.gather("Seule", "un")
        workshop.do("claire", ask.WithdrawNotes(notes=(workshop.note("un").id,)))
        assert workshop.get("cluster", cluster) is None
        workshop.do("claire", ask.RestoreNotes(notes=(workshop.note("un").id,)))
        assert (workshop.note("un").cluster, workshop.note("un").withdrawn) == ("", False)

    def test_N19_an_open_vote_keeps_the_cluster_that_it_is_about(self) -> None:
        workshop = voting()
        options = workshop.open_round().options
        workshop.do("claire", ask.WithdrawNotes(notes=(workshop.note("trois").id,)))
        assert workshop.round.options == options
        assert workshop.get("cluster", workshop.note("trois").cluster).title == "Bêta"


class TestRevealing:
    def test_N20_all_hidden_notes_of_a_block_appear_in_one_commit(self) -> None:
        workshop = writing()
        workshop.write("claire", "un", "deux")
        workshop.write("table", "trois")
        assert workshop.reads("wall") == workshop.reads("nadia") == []
        workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
        assert workshop.reads("wall") == ["deux", "trois", "un"]
        assert workshop.refused("nadia", ask.RevealNotes(block=workshop.block("ecrire").id)) == "nothing_to_reveal"
        assert workshop.refused("nadia", ask.RevealNotes(block="no")) == "unknown_record"
        assert workshop.refused("claire", ask.RevealNotes(block=workshop.block("ecrire").id)) == "not_allowed"

    def test_N20_ranks_and_places_are_drawn_by_lot_not_by_arrival(self) -> None:
        orders = set()
        for number in range(12):
            workshop = writing(seed=f"lot {number}")
            zone = workshop.zone("Le vent")
            workshop.write("claire", "a", zone=zone)
            workshop.write("loic", "b", "c", zone=zone)
            workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
            notes = sorted(workshop.state.all(Note), key=lambda note: note.rank)
            assert [note.rank for note in notes] == [1, 2, 3]
            assert notes == sorted(notes, key=lambda note: (note.y, note.x))
            orders.add("".join(note.text for note in notes))
        assert len(orders) >= 4

    def test_N20_the_lot_and_the_record_tell_nothing_of_secret_editing(self) -> None:
        views = []
        for drafts in (("fini",), ("a", "ab", "abc", "fini")):
            workshop = writing()
            note = workshop.write("claire", drafts[0], zone=workshop.zone("Le vent"))[0]
            for draft in drafts[1:]:
                workshop.do("claire", edit(workshop.get("note", note.id), draft))
            workshop.write("loic", "autre", zone=workshop.zone("Le vent"))
            workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
            views.append(list(workshop.sees("wall").values()))
        assert views[0] == views[1]

    def test_N20_authors_show_only_where_the_block_shows_them(self) -> None:
        for authors, seen in (("shown", True), ("hidden", False)):
            workshop = opened()
            workshop.do("nadia", ask.EditBlock(block=workshop.block("ecrire").id, authors=authors))  # type: ignore[arg-type]
            workshop.enter("ecrire")
            note = workshop.write("claire", "qui ?")[0]
            assert ("authorship", note.id) not in workshop.sees("wall")
            workshop.enter("lire")
            assert (("authorship", note.id) in workshop.sees("wall")) is seen
            assert (("seat", "seat-claire") in workshop.sees("loic")) is seen

    def test_N20_withdrawn_notes_stay_back(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "non", "oui")[0]
        workshop.do("claire", ask.WithdrawNotes(notes=(note.id,)))
        workshop.enter("lire")
        assert workshop.reads("wall") == ["oui"]

    def test_N21_once_revealed_a_block_hides_nothing_more(self) -> None:
        workshop = writing()
        workshop.enter("lire")
        assert workshop.block("ecrire").revealed
        workshop.enter("ecrire")
        workshop.write("claire", "au grand jour")
        assert workshop.reads("wall") == ["au grand jour"]
