"""Writing notes: who may add, where and until when, whose they are, where they go."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation import notes as rules
from facilitation.records import Authorship, Board, Occupant, Seat
from facilitation.state import Put
from tests.facilitation.workshop import MINUTE, SECOND, Workshop, opened, writing


def adding(workshop: Workshop, text: str = "idée", *, block: str = "", **more: object) -> ask.AddNotes:
    """The command of one note."""
    return ask.AddNotes(board=workshop.board.id, block=block, notes=(ask.NewNote(text=text, **more),))  # type: ignore[arg-type]


class TestAdding:
    def test_N1_whoever_the_block_lets_add_does(self) -> None:
        workshop = writing()
        assert [note.text for note in workshop.write("claire", "une idée", "une autre")] == ["une idée", "une autre"]
        assert workshop.refused("guest", adding(workshop)) == "not_allowed"
        assert workshop.refused("wall", adding(workshop)) == "not_allowed"
        assert workshop.refused("", adding(workshop)) == "unknown_seat"

    def test_N1_one_unfit_text_refuses_the_whole_paste(self) -> None:
        workshop = writing()
        command = ask.AddNotes(board=workshop.board.id, notes=(ask.NewNote(text="bon"), ask.NewNote(text=" ")))
        assert workshop.refused("claire", command) == "empty_text"

    def test_N1_a_board_or_zone_that_is_not_there_is_refused(self) -> None:
        workshop = writing()
        assert workshop.refused("claire", ask.AddNotes(board="no", notes=(ask.NewNote(text="a"),))) == "unknown_record"
        assert workshop.refused("claire", adding(workshop, zone="no")) == "unknown_zone"

    def test_N2_nothing_can_be_added_where_the_block_gives_no_right(self) -> None:
        workshop = opened()
        assert workshop.refused("claire", adding(workshop)) == "not_allowed"
        workshop.do("nadia", adding(workshop))

    def test_N2_a_block_to_come_takes_no_text_yet(self) -> None:
        workshop = writing()
        assert workshop.refused("claire", adding(workshop, block=workshop.block("lire").id)) == "not_allowed"
        assert workshop.refused("claire", adding(workshop, block="never")) == "unknown_record"

    def test_N2_participants_write_on_the_block_s_own_board(self) -> None:
        workshop = writing()
        block = workshop.block("ecrire").id
        workshop.do("nadia", ask.EditBlock(block=block, board=""))
        workshop.do("claire", adding(workshop))
        other = Board(id="other", title="Autre")
        workshop.state = workshop.state.apply([Put(other)])
        workshop.enter("lire")
        command = ask.AddNotes(board="other", notes=(ask.NewNote(text="ailleurs"),))
        assert workshop.refused("claire", command) == "not_allowed"
        workshop.do("nadia", command)


class TestGrace:
    @pytest.mark.parametrize(("late", "code"), [(3 * SECOND, ""), (3 * SECOND + 1, "time_over")])
    def test_N2_a_text_begun_in_a_block_gets_in_for_three_seconds_after_it(self, late: int, code: str) -> None:
        workshop = writing()
        begun = workshop.block("ecrire").id
        workshop.enter("voter")
        workshop.when("claire", adding(workshop, block=begun), after=late)
        assert workshop.answers[-1] == ("claire", code)

    def test_N2_a_text_in_grace_follows_its_own_block_and_shows_at_once_after_the_reveal(self) -> None:
        workshop = writing()
        begun = workshop.block("ecrire").id
        workshop.write("loic", "avant")
        workshop.enter("lire")
        workshop.do("claire", adding(workshop, "en retard", block=begun), after=2 * SECOND)
        assert "en retard" in workshop.reads("wall")
        assert workshop.note("en retard").block == begun

    def test_N2_a_lock_takes_texts_for_three_seconds_then_refuses(self) -> None:
        workshop = writing()
        workshop.do("nadia", ask.LockSession(locked=True))
        workshop.do("claire", adding(workshop), after=3 * SECOND)
        assert workshop.refused("claire", adding(workshop), after=1) == "locked"
        workshop.do("nadia", adding(workshop))

    def test_N3_a_soft_end_refuses_nothing(self) -> None:
        workshop = writing()
        workshop.do("claire", adding(workshop), after=30 * MINUTE)

    def test_N3_a_firm_end_refuses_three_seconds_after_the_timer(self) -> None:
        workshop = writing()
        block = workshop.block("ecrire")
        workshop.do("nadia", ask.EditBlock(block=block.id, end="firm"))
        workshop.at = workshop.get("timer", "timer").deadline
        workshop.do("claire", adding(workshop), after=3 * SECOND)
        assert workshop.refused("claire", adding(workshop), after=1) == "time_over"
        workshop.do("nadia", ask.AdjustTimer(seconds=60))
        workshop.do("claire", adding(workshop))

    def test_N8_a_late_text_is_proposed_to_the_facilitators_only_and_theirs_to_bring_back(self) -> None:
        workshop = writing()
        workshop.enter("lire")
        workshop.do("claire", ask.ProposeNote(board=workshop.board.id, text="trop tard"), after=MINUTE)
        assert [who for who in ("nadia", "claire", "loic", "wall") if "trop tard" in workshop.reads(who)] == ["nadia", "claire"]
        workshop.do("nadia", ask.SetAside(notes=(workshop.note("trop tard").id,), aside=False))
        assert "trop tard" in workshop.reads("wall")
        assert workshop.refused("guest", ask.ProposeNote(board=workshop.board.id, text="moi")) == "not_allowed"

    def test_N8_the_author_of_a_proposed_text_stays_hidden_even_where_authors_show(self) -> None:
        workshop = opened("tableau-libre")
        workshop.do("claire", ask.ProposeNote(board=workshop.board.id, text="trop tard"))
        note = workshop.note("trop tard").id
        workshop.do("nadia", ask.SetAside(notes=(note,), aside=False))
        assert ("authorship", note) not in workshop.sees("nadia")


class TestAuthors:
    def test_N4_a_hidden_author_is_sealed_and_known_to_their_own_hand_only(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "secret")[0]
        authorship = workshop.get("authorship", note.id)
        assert (authorship.seat, authorship.sealed, authorship.scope) == ("seat-claire", True, "author")
        assert [who for who in ("nadia", "claire", "wall") if ("authorship", note.id) in workshop.sees(who)] == ["claire"]

    def test_N4_a_shown_author_becomes_a_name_that_everyone_reads(self) -> None:
        workshop = opened("tableau-libre")
        assert ("seat", "seat-claire") not in workshop.sees("loic")
        note = workshop.write("claire", "signé")[0]
        assert ("authorship", note.id) in workshop.sees("loic")
        assert ("seat", "seat-claire") in workshop.sees("wall")

    def test_N4_a_facilitator_types_for_another_seat_and_is_recorded_apart(self) -> None:
        workshop = writing()
        note = workshop.write("nadia", "dicté", seat="seat-table")[0]
        authorship = workshop.state.find(Authorship, note.id)
        assert authorship == Authorship(id=note.id, seat="seat-table", typist="seat-nadia", sealed=True)
        assert [who for who in ("nadia", "etienne", "table", "loic") if "dicté" in workshop.reads(who)] == ["nadia", "table"]

    def test_N4_only_facilitators_type_for_others_and_for_people_who_write(self) -> None:
        workshop = writing()
        assert workshop.refused("claire", adding(workshop, seat="seat-loic")) == "not_allowed"
        assert workshop.refused("nadia", adding(workshop, seat="seat-wall")) == "unknown_record"
        assert workshop.refused("nadia", adding(workshop, seat="nobody")) == "unknown_record"

    def test_N5_a_named_head_writes_only_through_its_own_device(self) -> None:
        workshop = writing()
        head = next(iter(workshop.state.all(Occupant))).id
        note = workshop.write("table", "à nous", occupant=head)[0]
        assert workshop.get("authorship", note.id).occupant == head
        assert workshop.refused("claire", adding(workshop, occupant=head)) == "unknown_record"
        workshop.do("table", ask.DismissOccupant(occupant=head))
        assert workshop.refused("table", adding(workshop, occupant=head)) == "unknown_record"
        assert workshop.get("authorship", note.id).occupant == head

    def test_N4_a_seat_that_leaves_keeps_what_it_wrote(self) -> None:
        workshop = writing()
        workshop.write("loic", "je pars")
        workshop.do("nadia", ask.RemoveSeat(seat="seat-loic"))
        workshop.enter("lire")
        assert "je pars" in workshop.reads("wall")
        removed = workshop.state.find(Seat, "seat-loic")
        assert removed and removed.removed


class TestPlaces:
    def test_N6_the_limit_counts_only_what_the_asker_sees(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rules, "NOTES", 2)
        workshop = writing()
        workshop.write("claire", "un", "deux")
        assert workshop.refused("claire", adding(workshop)) == "too_many_notes"
        workshop.write("loic", "je ne sens rien des notes de Claire")
        workshop.do("claire", ask.WithdrawNotes(notes=(workshop.note("un").id,)))
        workshop.write("claire", "à la place")

    def test_N7_a_note_with_no_place_takes_the_next_free_one_of_its_zone(self) -> None:
        workshop = writing()
        zone = workshop.get("zone", workshop.zone("Le vent"))
        notes = workshop.write("claire", *"abcdefghi", zone=zone.id)
        assert len({(note.x, note.y) for note in notes}) == 9
        assert [note.rank for note in notes] == list(range(1, 10))
        assert all(zone.x <= note.x < zone.x + zone.width and zone.y <= note.y < zone.y + zone.height for note in notes)

    def test_N7_a_full_zone_piles_its_notes_and_loses_none_outside_the_board(self) -> None:
        workshop = writing()
        texts = [str(number) for number in range(60)]
        notes = workshop.write("claire", *texts, zone=workshop.zone("Le vent"))
        notes += workshop.write("claire", *texts, zone=workshop.zone("Le vent"))
        assert len({(note.x, note.y) for note in notes}) >= 54
        assert all(0 <= note.x <= 1600 and 0 <= note.y <= 1157 for note in notes)

    def test_N7_a_place_asked_for_is_kept_within_the_board(self) -> None:
        workshop = writing()
        asked = workshop.write("claire", "ici", x=300.0, y=200.0)[0]
        assert (asked.x, asked.y) == (300, 200)
        lost = workshop.write("claire", "dehors", x=39_000.0, y=float("nan"))[0]
        assert (lost.x, lost.y) == (1430, 0)

    def test_N7_a_hidden_place_depends_on_nothing_that_others_hide(self) -> None:
        alone, crowded = writing(), writing()
        crowded.write("loic", "un", "deux", "trois", zone=crowded.zone("Le vent"))
        for workshop in (alone, crowded):
            workshop.write("claire", "la même", zone=workshop.zone("Le vent"))
        assert alone.note("la même") == crowded.note("la même")

    def test_N7_a_public_place_depends_on_nothing_hidden_even_of_its_author(self) -> None:
        alone, crowded = opened("tableau-libre"), opened("tableau-libre")
        block = crowded.block("regrouper")
        for workshop in (alone, crowded):
            workshop.do("nadia", ask.EditBlock(block=block.id, notes="author"))
        crowded.write("claire", "caché")
        for workshop in (alone, crowded):
            workshop.do("nadia", ask.AddBlock(after=block.id, title="Suite", minutes=5, board=workshop.board.id))
            workshop.enter("ecrire")
            workshop.write("nadia", "visible")
        assert alone.note("visible").x == crowded.note("visible").x
        assert alone.note("visible").rank == crowded.note("visible").rank

    def test_N1_the_time_of_what_is_written_in_secret_is_the_block_s_start(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "quand ?")[0]
        assert note.at == workshop.block("ecrire").started_at < workshop.at
        workshop.enter("lire")
        assert workshop.write("claire", "maintenant")[0].at == workshop.at


class TestTints:
    def test_N13_a_tint_is_taken_only_where_it_means_something(self) -> None:
        workshop = writing()
        vent = workshop.zone("Le vent")
        assert workshop.write("claire", "poussé", zone=vent)[0].tint == "pastel"
        assert workshop.refused("claire", adding(workshop, zone=vent, tint="rose")) == "bad_choice"
        free = opened("tableau-libre")
        note = free.write("claire", "choisi", tint="rose")[0]
        assert note.tint == "rose"
        free.do("claire", ask.TintNotes(notes=(note.id,), tint="pastel"))
        assert free.note("choisi").tint == "pastel"
        assert free.refused("claire", ask.TintNotes(notes=(note.id,), tint="abricot")) == "bad_choice"

    def test_N13_another_s_note_is_tinted_with_the_right_to_edit(self) -> None:
        workshop = opened("tableau-libre")
        note = workshop.write("nadia", "le mien")[0]
        workshop.do("claire", ask.TintNotes(notes=(note.id,), tint="rose"))
        workshop.do("nadia", ask.EditBlock(block=workshop.state.session.block, rights={"participant": ("add",)}))
        assert workshop.refused("claire", ask.TintNotes(notes=(note.id,), tint="")) == "not_yours"

    def test_N14_a_zone_s_tint_is_left_behind_for_the_next_zone_s(self) -> None:
        workshop = writing()
        note = workshop.write("claire", "voyage", zone=workshop.zone("Le vent"))[0]
        workshop.do("claire", ask.MoveNotes(moves=(ask.NoteMove(note=note.id, zone=workshop.zone("Les récifs")),)))
        assert workshop.note("voyage").tint == "rose"
