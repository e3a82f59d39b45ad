"""Rounds: what is voted on, by whom, within which limits, and what is left once counted."""

from __future__ import annotations

import msgpack
import pytest

from facilitation import commands as ask
from facilitation.records import Ballot, BallotBox, Receipt, SiteTally, Tally
from tests.facilitation.workshop import Workshop, clustering, opened, voting, writing


def option(workshop: Workshop, title: str) -> str:
    """The id of an option of the round opened last, by its title."""
    return next(one.id for one in workshop.round.options if one.title == title)


def ballot(workshop: Workshop, marks: dict[str, int] | None = None, **more: object) -> ask.CastBallot:
    """A ballot for the round opened last; `marks` by option title."""
    return ask.CastBallot(round=workshop.round.id, marks={option(workshop, t): n for t, n in (marks or {}).items()}, **more)  # type: ignore[arg-type]


def close(workshop: Workshop, *, show: bool = False) -> Tally:
    """The round opened last, closed; its tally."""
    workshop.do("nadia", ask.CloseRound(round=workshop.round.id, show=show))
    tally = workshop.state.find(Tally, workshop.round.id)
    assert tally
    return tally


class TestOpening:
    def test_R1_a_block_without_a_vote_opens_none(self) -> None:
        workshop = voting()
        assert workshop.refused("nadia", ask.OpenRound(block=workshop.block("lire").id)) == "no_round_here"
        assert workshop.refused("nadia", ask.OpenRound(block="no")) == "unknown_record"
        assert workshop.refused("claire", ask.OpenRound(block=workshop.block("voter").id)) == "not_allowed"

    def test_R1_one_vote_at_a_time(self) -> None:
        workshop = voting()
        workshop.open_round()
        assert workshop.refused("nadia", ask.OpenRound(block=workshop.block("voter").id)) == "round_open"

    def test_R1_at_least_two_choices(self) -> None:
        workshop = clustering()
        workshop.gather("Seule", "un")
        workshop.enter("voter")
        assert workshop.refused("nadia", ask.OpenRound(block=workshop.block("voter").id)) == "nothing_to_vote"

    def test_R2_clusters_are_the_choices_in_reading_order_with_their_counts(self) -> None:
        workshop = voting()
        assert [(one.title, one.count) for one in workshop.open_round().options] == [("Alpha", 2), ("Bêta", 1)]

    def test_R2_a_lone_note_is_a_choice_only_when_the_opening_names_it(self) -> None:
        workshop = voting()
        named = (workshop.note("quatre").id, workshop.note("trois").cluster)
        assert [one.title for one in workshop.open_round(options=named).options] == ["Bêta", "quatre"]

    def test_R2_what_the_board_does_not_offer_is_refused(self) -> None:
        workshop = voting()
        command = ask.OpenRound(block=workshop.block("voter").id, options=(workshop.note("un").id, workshop.note("quatre").id))
        assert workshop.refused("nadia", command) == "unknown_option"

    def test_R2_a_vote_on_notes_offers_every_visible_note(self) -> None:
        workshop = voting(target="notes")
        workshop.do("nadia", ask.SetAside(notes=(workshop.note("deux").id,), aside=True))
        assert sorted(one.title for one in workshop.open_round().options) == ["quatre", "trois", "un"]

    def test_R2_an_empty_cluster_is_no_choice(self) -> None:
        workshop = voting()
        workshop.do("nadia", ask.SetAside(notes=(workshop.note("trois").id,), aside=True))
        assert workshop.refused("nadia", ask.OpenRound(block=workshop.block("voter").id)) == "nothing_to_vote"

    def test_R2_a_scale_offers_its_levels(self) -> None:
        workshop = opened()
        workshop.enter("voter", 1)
        options = workshop.open_round(nth=1).options
        assert [one.id for one in options] == ["1", "2", "3", "4", "5"]
        assert options[4].title == "5. Très utile"

    def test_R3_a_run_off_takes_the_options_tied_first_as_they_were(self) -> None:
        workshop = voting()
        workshop.open_round()
        first = workshop.round
        workshop.do("claire", ballot(workshop, {"Alpha": 1, "Bêta": 1}))
        unclosed = ask.OpenRound(block=first.block, runoff_of=first.id)
        assert workshop.refused("nadia", unclosed) == "round_open"
        close(workshop)
        workshop.do("nadia", ask.RenameCluster(cluster=first.options[0].id, title="Autre"))
        assert workshop.open_round(runoff_of=first.id).options == first.options
        assert workshop.round.runoff_of == first.id

    def test_R3_a_run_off_of_nothing_or_of_others_is_refused(self) -> None:
        workshop = voting()
        block = workshop.block("voter").id
        assert workshop.refused("nadia", ask.OpenRound(block=block, runoff_of="no")) == "unknown_record"
        workshop.open_round()
        first = workshop.round.id
        close(workshop)
        lone = ask.OpenRound(block=block, runoff_of=first, options=(workshop.note("quatre").id,))
        assert workshop.refused("nadia", lone) == "unknown_option"


class TestCasting:
    def test_R4_participants_and_rooms_vote_and_nobody_else(self) -> None:
        workshop = voting()
        workshop.open_round()
        for who in ("claire", "table"):
            workshop.do(who, ballot(workshop, {"Alpha": 1}))
        for who in ("nadia", "guest"):
            assert workshop.refused(who, ballot(workshop, {"Alpha": 1})) == "no_ballot"
        assert workshop.refused("wall", ballot(workshop, {"Alpha": 1})) == "not_allowed"

    def test_R4_facilitators_vote_only_where_the_plan_says_so(self) -> None:
        workshop = voting(facilitators_vote=True)
        workshop.open_round()
        workshop.do("nadia", ballot(workshop, {"Alpha": 1}))
        assert close(workshop).heads == 3 + 4 + 2

    def test_R5_a_ballot_changes_until_the_close_and_can_be_taken_back(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("claire", ballot(workshop, {"Alpha": 2}))
        workshop.do("claire", ballot(workshop, {"Bêta": 1}))
        assert workshop.do("claire", ballot(workshop, {"Bêta": 1})) == ()
        workshop.do("loic", ballot(workshop, {"Alpha": 1}, final=True))
        workshop.do("loic", ballot(workshop))
        assert workshop.do("loic", ballot(workshop)) == ()
        tally = close(workshop)
        assert {row.option: row.points for row in tally.rows} == {option(workshop, "Alpha"): 0, option(workshop, "Bêta"): 1}
        assert workshop.refused("claire", ballot(workshop, {"Bêta": 1})) == "round_closed"
        assert workshop.refused("claire", ask.CastBallot(round="no")) == "unknown_record"

    def test_R5_a_shared_device_deposits_one_ballot_a_head_for_good(self) -> None:
        workshop = voting()
        workshop.open_round()
        for head in (1, 2, 3, 4):
            workshop.do("table", ballot(workshop, {"Alpha": 1}, head=head))
            workshop.do("table", ballot(workshop, {"Bêta": 1}, head=head, final=True))
            assert workshop.refused("table", ballot(workshop, {"Alpha": 1}, head=head)) == "already_deposited"
        assert workshop.refused("table", ballot(workshop, {"Alpha": 1}, head=5)) == "no_such_head"
        assert workshop.refused("table", ask.SetHeads(seat="seat-table", heads=3)) == "heads_below_ballots"
        assert close(workshop).ballots == 4

    def test_R5_a_deposited_ballot_is_seen_by_nobody_any_more(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("table", ballot(workshop, {"Alpha": 1}))
        id = f"{workshop.round.id}:seat-table:1"
        assert ("ballot", id) in workshop.sees("table")
        workshop.do("table", ballot(workshop, {"Alpha": 1}, final=True))
        assert ("ballot", id) not in workshop.sees("table")

    def test_R5_an_empty_deposit_and_i_do_not_vote_abstain(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("table", ballot(workshop, final=True))
        workshop.do("claire", ballot(workshop, {"Alpha": 1}, abstains=True))
        tally = close(workshop)
        assert (tally.ballots, tally.abstentions, [row.points for row in tally.rows]) == (2, 2, [0, 0])

    def test_R5_a_lock_suspends_the_vote(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("nadia", ask.LockSession(locked=True))
        assert workshop.refused("claire", ballot(workshop, {"Alpha": 1})) == "locked"

    @pytest.mark.parametrize(
        ("marks", "code"),
        [({"Alpha": 2, "Bêta": 2}, "over_budget"), ({"Alpha": 3}, "over_cap"), ({"Alpha": 2, "Bêta": 1}, "")],
    )
    def test_R6_marks_stay_within_the_budget_and_the_cap(self, marks: dict[str, int], code: str) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.when("claire", ballot(workshop, marks))
        assert workshop.answers[-1][1] == code

    def test_R6_options_are_frozen_at_opening(self) -> None:
        workshop = voting()
        workshop.open_round()
        late = workshop.gather("Tard", "quatre")
        command = ask.CastBallot(round=workshop.round.id, marks={late: 1})
        assert workshop.refused("claire", command) == "unknown_option"

    def test_R6_a_scale_takes_one_level(self) -> None:
        workshop = opened()
        workshop.enter("voter", 1)
        workshop.open_round(nth=1)
        for marks in ({"1": 1, "2": 1}, {"3": 2}):
            assert workshop.refused("claire", ask.CastBallot(round=workshop.round.id, marks=marks)) == "one_level"
        workshop.cast("claire", {"4": 1, "2": 0}, comment="  Bien  ")
        tally = close(workshop)
        assert (tally.median, tally.comments) == (4.0, ("Bien",))

    def test_R7_one_s_own_ideas_where_the_plan_excludes_them(self) -> None:
        workshop = voting(own=False)
        workshop.open_round()
        assert workshop.refused("claire", ballot(workshop, {"Alpha": 1})) == "own_idea"
        workshop.do("loic", ballot(workshop, {"Alpha": 1}))

    def test_R8_the_receipt_says_to_the_seat_alone_which_heads_answered(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("table", ballot(workshop, {"Alpha": 1}, head=3))
        workshop.do("table", ballot(workshop, {"Alpha": 1}, head=1, final=True))
        key = ("receipt", f"{workshop.round.id}:seat-table")
        assert workshop.sees("table")[key] == Receipt(id=key[1], round=workshop.round.id, seat="seat-table", heads=(1, 3))
        assert [who for who in ("nadia", "claire", "wall") if key in workshop.sees(who)] == []
        workshop.do("table", ballot(workshop, head=3))
        assert workshop.get(*key).heads == (1,)


class TestClosing:
    def test_R9_closing_leaves_a_count_and_a_box_and_no_ballot(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("claire", ballot(workshop, {"Alpha": 2}))
        tally = close(workshop)
        assert (tally.ballots, tally.heads, tally.scope, workshop.round.status) == (1, 3 + 4, "facilitators", "closed")
        assert not any(True for _ in workshop.state.all(Ballot))
        assert not any(True for _ in workshop.state.all(Receipt))
        assert workshop.refused("nadia", ask.CloseRound(round=workshop.round.id)) == "round_closed"
        assert workshop.refused("nadia", ask.CloseRound(round="no")) == "unknown_record"

    def test_R9_the_log_holds_no_ballot_before_or_after(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("claire", ballot(workshop, {"Alpha": 2}))
        close(workshop, show=True)
        words = repr([msgpack.unpackb(stored) for stored in workshop.log])
        assert "'ballot'" not in words
        assert "'receipt'" not in words
        assert f"{workshop.round.id}:seat-claire" not in words

    def test_R9_a_session_restored_in_mid_round_closes_on_zero_ballots(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("claire", ballot(workshop, {"Alpha": 2}))
        workshop.seal.clear()
        workshop.state = workshop.folded()
        tally = close(workshop, show=True)
        assert (tally.ballots, [row.points for row in tally.rows]) == (0, [0, 0])

    def test_R10_never_more_ballots_than_heads(self) -> None:
        workshop = voting()
        workshop.open_round()
        for head in (1, 2, 3, 4):
            workshop.do("table", ballot(workshop, {"Alpha": 1}, head=head, final=head == 4))
        workshop.do("table", ask.SetHeads(seat="seat-table", heads=2))
        assert close(workshop).ballots == 2

    def test_R10_a_seat_removed_after_voting_keeps_its_ballot(self) -> None:
        workshop = voting()
        workshop.open_round()
        workshop.do("claire", ballot(workshop, {"Alpha": 2}))
        workshop.do("nadia", ask.RemoveSeat(seat="seat-claire"))
        tally = close(workshop)
        assert (tally.ballots, tally.heads) == (1, 7)

    def test_R11_the_box_says_neither_who_nor_in_which_order(self) -> None:
        boxes = []
        for order in (("claire", "loic"), ("loic", "claire")):
            workshop = voting()
            workshop.open_round()
            for who in order:
                workshop.do(who, ballot(workshop, {"Alpha": 2} if who == "claire" else {"Bêta": 1}))
            close(workshop, show=True)
            boxes.append(workshop.state.find(BallotBox, workshop.round.id))
        assert boxes[0] == boxes[1]
        assert boxes[0] and {one.site for one in boxes[0].ballots} == {""}

    @pytest.mark.parametrize(("heads", "sites", "shown"), [(4, "withheld", 0), (5, "shown", 2)])
    def test_R11_sites_are_told_apart_only_from_five_ballots_each(self, heads: int, sites: str, shown: int) -> None:
        workshop = voting()
        for who in ("maiwenn", "claire", "loic", "table"):
            workshop.do("nadia", ask.RemoveSeat(seat=f"seat-{who}"))
        for name, site, count in (("tablea", "Montpellier", 5), ("tableb", "Toulouse", heads)):
            workshop.join(name, "room", workshop.site(site), heads=count)
        workshop.open_round()
        for name, count in (("tablea", 5), ("tableb", heads)):
            for head in range(1, count + 1):
                workshop.do(name, ballot(workshop, {"Alpha": 1}, head=head, final=True))
        assert close(workshop, show=True).sites == sites
        tallies = list(workshop.state.all(SiteTally))
        assert len(tallies) == shown
        assert all(tally.rows[0].points == 5 and tally.scope == "everyone" for tally in tallies)

    def test_R11_a_single_site_says_so(self) -> None:
        workshop = voting()
        for who in ("maiwenn", "table"):
            workshop.do("nadia", ask.RemoveSeat(seat=f"seat-{who}"))
        workshop.open_round()
        assert close(workshop).sites == "single"

    def test_R12_the_result_shows_to_everyone_when_shown_and_stays(self) -> None:
        workshop = voting()
        workshop.open_round()
        assert workshop.refused("nadia", ask.ShowRound(round=workshop.round.id)) == "round_not_closed"
        tally = close(workshop)
        assert [who for who in ("nadia", "claire", "wall") if ("tally", tally.id) in workshop.sees(who)] == ["nadia"]
        workshop.do("nadia", ask.ShowRound(round=tally.id))
        assert ("tally", tally.id) in workshop.sees("wall")
        assert workshop.round.status == "shown"
        assert workshop.do("nadia", ask.ShowRound(round=tally.id)) == ()
        assert workshop.refused("nadia", ask.ShowRound(round="no")) == "unknown_record"

    def test_R12_comments_are_sorted_by_their_text_and_tied_to_no_answer(self) -> None:
        workshop = writing()
        workshop.enter("voter", 1)
        workshop.open_round(nth=1)
        workshop.cast("loic", {"5": 1}, comment="Zut")
        workshop.cast("claire", {"1": 1}, comment="Ah")
        assert close(workshop).comments == ("Ah", "Zut")
        box = workshop.state.find(BallotBox, workshop.round.id)
        assert box and "Zut" not in repr(box)
