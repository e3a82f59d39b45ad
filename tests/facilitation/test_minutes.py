"""What surrounds the work: practical information, the door, takeaways, who could not come, approval, archiving again."""

from __future__ import annotations

from facilitation import commands as ask
from facilitation.records import Approval, Archive, Excused, Practical, Session, Takeaway
from facilitation.sessions import latest
from facilitation.state import Put
from tests.facilitation.test_sessions import BUNDLE
from tests.facilitation.workshop import Workshop, opened, prepared, writing

DAY = 24 * 3600 * 1000


def archived() -> Workshop:
    """A workshop ended, closed and written to its archive."""
    workshop = writing()
    workshop.write("claire", "une idée")
    for command in (ask.EndSession(), ask.CloseSession()):
        workshop.do("nadia", command)
    workshop.do("", BUNDLE)
    return workshop


class TestPractical:
    def test_S15_what_people_need_at_a_site_and_where_the_call_is(self) -> None:
        workshop = prepared()
        toulouse = workshop.site("Toulouse")
        workshop.do("nadia", ask.PutPractical(site=toulouse, room=" Salle 204 ", wifi="Invités, clef au tableau"))
        workshop.do("nadia", ask.PutPractical(site=toulouse, phone="05 61 00 00 00"))
        workshop.do("nadia", ask.PutPractical(video="https://visio.example/atelier"))
        assert workshop.get("practical", toulouse) == Practical(
            id=toulouse, room="Salle 204", wifi="Invités, clef au tableau", phone="05 61 00 00 00"
        )
        assert workshop.get("practical", "session").video == "https://visio.example/atelier"
        assert ("practical", toulouse) in opened_to_everyone(workshop)

    def test_S15_only_a_link_that_a_browser_opens_safely(self) -> None:
        workshop = prepared()
        for video in ("http://visio.example/a", "javascript:alert(1)", "https://visio.example/a b", "visio"):
            assert workshop.refused("nadia", ask.PutPractical(video=video)) == "bad_link"
        assert workshop.refused("nadia", ask.PutPractical(site="no", room="204")) == "unknown_record"
        assert workshop.refused("nadia", ask.PutPractical(room="x" * 201)) == "text_too_long"
        assert workshop.refused("etienne", ask.PutPractical(video="ftp://a")) == "bad_link"

    def test_S15_nothing_said_is_nothing_kept_and_a_site_takes_its_own_away(self) -> None:
        workshop = prepared()
        assert workshop.do("nadia", ask.PutPractical(room=" ")) == ()
        montpellier = workshop.site("Montpellier")
        workshop.do("nadia", ask.PutPractical(site=montpellier, room="Amphi"))
        workshop.do("nadia", ask.RemoveSite(site=montpellier))
        assert workshop.get("practical", montpellier) is None


def opened_to_everyone(workshop: Workshop) -> set[tuple[str, str]]:
    """What somebody who merely looks may see."""
    workshop.join("mur", "projector")
    return set(workshop.sees("mur"))


class TestDoor:
    def test_S17_a_closed_door_gives_no_new_seat_and_keeps_who_is_seated(self) -> None:
        workshop = opened()
        workshop.do("nadia", ask.CloseDoor(closed=True))
        for role in ("participant", "observer"):
            assert workshop.refused("", ask.Join(seat="late", name="Tard", role=role)) == "door_closed"
        assert workshop.do("", ask.Join(seat="seat-claire", name="Claire", role="participant")) == ()
        workshop.do("claire", ask.RaiseHand())
        workshop.do("nadia", ask.CloseDoor(closed=False))
        workshop.join("tard")

    def test_S17_who_helps_run_the_workshop_still_comes_in(self) -> None:
        workshop = opened()
        workshop.do("nadia", ask.CloseDoor(closed=True))
        for role in ("facilitator", "cofacilitator", "room", "projector"):
            workshop.join(f"renfort-{role}", role)
        assert workshop.do("nadia", ask.CloseDoor(closed=True)) == ()
        assert workshop.refused("claire", ask.CloseDoor(closed=False)) == "not_allowed"


class TestAgain:
    def test_S16_an_archived_session_is_corrected_and_archived_again(self) -> None:
        workshop = archived()
        closed = workshop.state.session.closed_at
        workshop.do("nadia", ask.ReviseSession(), after=DAY)
        workshop.do("nadia", ask.DescribeSession(title="Un titre corrigé"))
        workshop.do("nadia", ask.CloseSession())
        workshop.do("", BUNDLE)
        assert [one.id for one in workshop.state.all(Archive)] == ["v1", "v2"]
        last = latest(workshop.state)
        assert last
        assert last.version == 2
        assert workshop.state.session.closed_at == closed
        assert workshop.state.session.status == "closed"

    def test_S16_only_what_is_archived_is_revised_and_by_facilitators(self) -> None:
        workshop = archived()
        assert workshop.refused("claire", ask.ReviseSession()) == "not_allowed"
        workshop.do("nadia", ask.ReviseSession())
        assert workshop.refused("nadia", ask.ReviseSession()) == "not_ended"
        assert workshop.refused("claire", ask.RaiseHand()) == "ended"
        assert opened().refused("nadia", ask.ReviseSession()) == "not_ended"

    def test_S6_S16_corrected_is_not_resumed(self) -> None:
        workshop = archived()
        workshop.do("nadia", ask.ReviseSession())
        assert workshop.refused("nadia", ask.ResumeSession()) == "closed"

    def test_S7_a_rehearsal_is_not_archived(self) -> None:
        workshop = Workshop()
        workshop.state = workshop.state.apply([Put(Session(title="Atelier", rehearsal=True))])
        workshop.join("nadia", "facilitator")
        workshop.do("nadia", ask.OpenSession())
        workshop.do("nadia", ask.EndSession())
        assert workshop.refused("nadia", ask.CloseSession()) == "rehearsing"


class TestMinutes:
    def test_D1_one_takeaway_for_each_block(self) -> None:
        workshop = writing()
        block = workshop.block("ecrire").id
        workshop.do("nadia", ask.WriteTakeaway(block=block, text=" L’accueil commence avant l’arrivée. "))
        assert workshop.get("takeaway", block) == Takeaway(id=block, text="L’accueil commence avant l’arrivée.")
        assert workshop.do("nadia", ask.WriteTakeaway(block=block, text="L’accueil commence avant l’arrivée.")) == ()
        assert workshop.refused("nadia", ask.WriteTakeaway(block=block, text="x" * 1501)) == "text_too_long"
        assert workshop.refused("nadia", ask.WriteTakeaway(block="no", text="x")) == "unknown_record"
        assert ("takeaway", block) not in workshop.sees("claire")
        workshop.do("nadia", ask.EndSession())
        workshop.do("etienne", ask.WriteTakeaway(block=block, text=""))
        assert workshop.get("takeaway", block) is None

    def test_D2_who_could_not_come_is_the_facilitators_until_the_minutes(self) -> None:
        workshop = opened()
        workshop.do("nadia", ask.ListExcused(text="Mme Soler, M. Aït Ali"))
        assert workshop.get("excused", "excused") == Excused(text="Mme Soler, M. Aït Ali")
        assert ("excused", "excused") not in workshop.sees("claire")
        assert workshop.refused("claire", ask.ListExcused(text="moi")) == "not_allowed"
        workshop.do("nadia", ask.ListExcused(text=" "))
        assert workshop.do("nadia", ask.ListExcused(text="")) == ()
        assert workshop.get("excused", "excused") is None

    def test_D3_minutes_are_a_draft_until_approved_on_a_day(self) -> None:
        workshop = writing()
        approve = ask.ApproveMinutes(by="Hélène Roux, cheffe de projet", on="2026-10-16")
        assert workshop.refused("nadia", approve) == "not_ended"
        workshop.do("nadia", ask.EndSession())
        workshop.do("nadia", approve)
        assert workshop.get("approval", "approval") == Approval(by="Hélène Roux, cheffe de projet", on="2026-10-16")
        assert workshop.do("nadia", approve) == ()
        for day in ("", "2026-02-30", "16/10"):
            assert workshop.refused("nadia", ask.ApproveMinutes(by="Hélène Roux", on=day)) == "bad_date"
        workshop.do("nadia", ask.ApproveMinutes(by=""))
        assert workshop.get("approval", "approval") is None

    def test_D3_S16_corrected_minutes_are_a_draft_again(self) -> None:
        workshop = writing()
        workshop.do("nadia", ask.EndSession())
        workshop.do("nadia", ask.ApproveMinutes(by="Hélène Roux", on="2026-10-16"))
        workshop.do("nadia", ask.CloseSession())
        workshop.do("", BUNDLE)
        workshop.do("nadia", ask.ReviseSession())
        assert workshop.get("approval", "approval") is None

    def test_D4_the_day_when_participants_may_read(self) -> None:
        workshop = archived()
        workshop.do("nadia", ask.PublishMinutes(on="2026-10-20"))
        assert workshop.state.session.publish_on == "2026-10-20"
        assert workshop.refused("nadia", ask.PublishMinutes(on="lundi")) == "bad_date"
        assert workshop.refused("claire", ask.PublishMinutes(on="2026-10-20")) == "not_allowed"
        workshop.do("nadia", ask.PublishMinutes(on=""))
        assert workshop.state.session.publish_on == ""
        prepared().do("nadia", ask.PublishMinutes(on="2026-10-20"))


def test_S1_what_stays_open_and_what_is_not_decided_ahead() -> None:
    workshop = prepared()
    workshop.do("nadia", ask.DescribeSession(stays_open=" L’ordre des priorités ", not_decided="Le calendrier"))
    session = workshop.state.session
    assert (session.stays_open, session.not_decided) == ("L’ordre des priorités", "Le calendrier")
    for wrong in (ask.DescribeSession(stays_open="x" * 601), ask.DescribeSession(not_decided="x" * 601)):
        assert workshop.refused("nadia", wrong) == "text_too_long"


def test_S1_a_reference_of_the_lab_s_own_filing() -> None:
    workshop = prepared()
    workshop.do("nadia", ask.DescribeSession(reference="COOP-2026-014"))
    assert workshop.state.session.reference == "COOP-2026-014"
    assert workshop.refused("nadia", ask.DescribeSession(reference="x" * 81)) == "text_too_long"
