"""The session from prepared to closed, its sites, lock, announcement, links and wall."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from facilitation import commands as ask
from facilitation.records import Archive, Authorship, Session, Wall
from facilitation.rights import RIGHTS
from facilitation.state import Put, State
from tests.facilitation.workshop import Workshop, opened, prepared, voting, writing

BUNDLE = ask.RecordArchive(shared="a.zip", shared_size=1, shared_hash="aa", reserved="b.zip", reserved_size=2, reserved_hash="bb")


def ended(workshop: Workshop) -> Workshop:
    """The same workshop, ended."""
    workshop.do("nadia", ask.EndSession())
    return workshop


def test_S1_only_what_is_given_changes_and_only_to_something_sensible() -> None:
    workshop = prepared()
    workshop.do("nadia", ask.DescribeSession(title="Accueil", date="2026-10-14", start="09:30", retention=60, axis="A2"))
    session = workshop.state.session
    assert (session.title, session.date, session.start, session.retention, session.axis) == (
        "Accueil", "2026-10-14", "09:30", 60, "A2",
    )  # fmt: skip
    workshop.do("nadia", ask.DescribeSession(purpose="", list_present=True))
    assert workshop.state.session.title == "Accueil"
    for wrong, code in (
        (ask.DescribeSession(title=" "), "empty_text"), (ask.DescribeSession(date="2026-02-30"), "bad_date"),
        (ask.DescribeSession(date="14/10"), "bad_date"), (ask.DescribeSession(start="25:00"), "bad_time"),
        (ask.DescribeSession(retention=0), "bad_number"),
    ):  # fmt: skip
        assert workshop.refused("nadia", wrong) == code


def test_S2_a_site_without_a_room_expects_no_heads() -> None:
    workshop = prepared()
    workshop.do("nadia", ask.PutSite(name="Nîmes", room=False, heads=9))
    site = workshop.get("site", workshop.site("Nîmes"))
    assert (site.heads, site.rank) == (0, 4)
    workshop.do("nadia", ask.PutSite(site=site.id, name="Nîmes", room=True, heads=9))
    assert workshop.get("site", site.id).heads == 9
    assert workshop.refused("nadia", ask.PutSite(site="no", name="X")) == "unknown_record"


def test_S3_a_site_stays_as_long_as_someone_sits_there() -> None:
    workshop = prepared()
    assert workshop.refused("nadia", ask.RemoveSite(site=workshop.site("Toulouse"))) == "site_in_use"
    workshop.do("nadia", ask.RemoveSite(site=workshop.site("Montpellier")))
    assert workshop.refused("nadia", ask.RemoveSite(site="no")) == "unknown_record"


def test_S4_opening_enters_the_first_block() -> None:
    workshop = opened()
    assert workshop.state.session.status == "open"
    assert workshop.state.block == workshop.block("accueil")
    assert workshop.refused("nadia", ask.OpenSession()) == "already_open"
    bare = Workshop()
    bare.join("nadia", "facilitator")
    bare.do("nadia", ask.OpenSession())
    assert bare.state.block is None


def test_S4_before_opening_nobody_but_facilitators_acts() -> None:
    workshop = prepared()
    workshop.join("claire")
    assert workshop.refused("claire", ask.RaiseHand()) == "not_open"
    assert workshop.refused("claire", ask.OpenSession()) == "not_allowed"
    assert workshop.refused("nadia", ask.ResumeSession()) == "not_ended"


def test_S5_ending_stops_input_and_resuming_undoes_it() -> None:
    workshop = writing()
    workshop.do("claire", ask.RaiseHand())
    ended(workshop)
    assert workshop.get("timer", "timer") is None
    assert workshop.get("call", "seat-claire") is None
    assert workshop.refused("claire", ask.RaiseHand()) == "ended"
    late = ask.AddNotes(board=workshop.board.id, notes=(ask.NewNote(text="a"),))
    assert workshop.refused("claire", late) == "ended"
    workshop.do("nadia", late)


def test_S6_resuming_gives_the_block_its_clock_back() -> None:
    workshop = ended(writing())
    spent = workshop.block("ecrire").spent
    workshop.do("nadia", ask.ResumeSession(), after=60_000)
    assert (workshop.block("ecrire").spent, workshop.block("ecrire").entered_at) == (spent, workshop.at)
    workshop.write("claire", "encore")


def test_S7_closing_lets_go_of_every_hidden_author() -> None:
    workshop = writing()
    note = workshop.write("claire", "qui ?")[0]
    assert workshop.refused("nadia", ask.CloseSession()) == "not_ended"
    ended(workshop).do("nadia", ask.CloseSession())
    assert workshop.get("authorship", note.id) is None
    assert workshop.seal == {}
    assert workshop.refused("nadia", ask.EndSession()) == "closed"
    assert workshop.refused("claire", ask.RaiseHand()) == "closed"


def test_S7_shown_authors_stay_and_an_open_vote_stops_the_closing() -> None:
    free = opened("tableau-libre")
    free.write("claire", "signé")
    ended(free).do("nadia", ask.CloseSession())
    assert any(True for _ in free.state.all(Authorship))
    workshop = voting()
    workshop.open_round()
    assert ended(workshop).refused("nadia", ask.CloseSession()) == "round_open"
    workshop.do("nadia", ask.CloseRound(round=workshop.round.id))
    workshop.do("nadia", ask.CloseSession())


def test_S8_only_the_server_records_the_archive() -> None:
    workshop = ended(opened())
    workshop.do("nadia", ask.CloseSession())
    assert workshop.refused("nadia", BUNDLE) == "not_allowed"
    workshop.do("", BUNDLE)
    archive = workshop.state.find(Archive, "v1")
    assert archive
    assert (archive.version, archive.shared_hash, workshop.state.session.status) == (1, "aa", "closed")


def test_S9_a_lock_suspends_everyone_but_the_facilitators() -> None:
    workshop = opened("tableau-libre")
    workshop.do("nadia", ask.LockSession(locked=True))
    assert workshop.state.session.locked_at == workshop.at
    assert workshop.do("nadia", ask.LockSession(locked=True), after=9) == ()
    assert workshop.refused("claire", ask.AddSheet(type="decision", what="Oui")) == "locked"
    workshop.do("nadia", ask.AddSheet(type="decision", what="Oui"))
    workshop.do("nadia", ask.LockSession(locked=False))
    workshop.write("claire", "de nouveau")


def test_S10_one_announcement_at_a_time() -> None:
    workshop = opened()
    workshop.do("nadia", ask.Announce(text="Pause à 11 h"))
    workshop.do("etienne", ask.Announce(text="Pause à midi"))
    assert workshop.get("announcement", "announcement").text == "Pause à midi"
    workshop.do("nadia", ask.Announce(text=""))
    assert workshop.get("announcement", "announcement") is None
    assert workshop.do("nadia", ask.Announce(text=" ")) == ()


def test_S11_a_revoked_link_is_replaced_by_its_next_generation() -> None:
    workshop = opened()
    for _ in range(2):
        workshop.do("nadia", ask.RevokeLink(role="room"))
    assert workshop.state.session.generations == {"room": 2}


def test_S12_S13_the_wall_is_turned_held_and_let_go() -> None:
    workshop = writing()
    block = workshop.state.session.block
    workshop.do("nadia", ask.HoldWall(held=True))
    assert workshop.state.find(Wall, "wall") == Wall(view="ecrire", focus=block, held=True)
    workshop.enter("lire")
    assert workshop.get("wall", "wall").view == "ecrire"
    workshop.do("nadia", ask.TurnWall(view="lire", focus=workshop.zone("L’île"), page=2))
    assert workshop.get("wall", "wall").held
    workshop.do("nadia", ask.HoldWall(held=False))
    assert workshop.get("wall", "wall") == Wall()
    workshop.do("nadia", ask.TurnWall(view="actions"))
    workshop.enter("regrouper")
    assert workshop.get("wall", "wall") == Wall()
    assert workshop.do("nadia", ask.HoldWall(held=False)) == ()


def test_S13_what_is_held_is_what_was_seen_and_letting_go_in_the_same_block_keeps_the_page() -> None:
    workshop = writing()
    block = workshop.state.session.block
    workshop.state = workshop.state.apply([Put(replace(workshop.get("block", block), revealed=True))])
    workshop.do("nadia", ask.TurnWall(page=1))
    workshop.do("nadia", ask.HoldWall(held=True))
    assert workshop.get("wall", "wall") == Wall(view="lire", focus=block, page=1, held=True)
    workshop.do("nadia", ask.HoldWall(held=False))
    assert workshop.get("wall", "wall") == Wall(page=1)
    workshop.do("nadia", ask.EndSession())
    workshop.do("nadia", ask.HoldWall(held=True))
    assert workshop.get("wall", "wall").view == "fin"


def test_S12_what_a_group_alone_sees_is_not_put_on_the_wall() -> None:
    workshop = writing()
    zone = workshop.get("zone", workshop.zone("L’île"))
    workshop.state = workshop.state.apply([Put(replace(zone, scope="group:g1"))])
    assert workshop.refused("nadia", ask.TurnWall(view="lire", focus=zone.id)) == "still_hidden"


def test_S14_every_command_says_who_may_ask_it_and_when() -> None:
    assert set(RIGHTS) == set(ask.COMMANDS.values())
    assert ask.parse("raise_hand", {"reason": "help"}) == ask.RaiseHand(reason="help")
    for name in ("join", "record_archive", "fly"):
        with pytest.raises(KeyError):
            ask.parse(name, {})


def test_S14_a_state_without_a_session_is_no_session() -> None:
    with pytest.raises(LookupError):
        _ = State().session
    assert isinstance(Workshop().state.session, Session)
