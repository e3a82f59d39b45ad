"""The report: what the deliverables say of a workshop, and what never gets into it."""

from __future__ import annotations

import msgspec
import pytest

from facilitation import report as reports
from facilitation.records import (
    Block,
    Board,
    Cluster,
    Note,
    Option,
    Profile,
    Round,
    Row,
    Seat,
    Session,
    Sheet,
    Site,
    SiteTally,
    Tally,
    Zone,
)
from facilitation.report import derive
from facilitation.state import Put, State
from tests.server.archive.scene import accueil

SCENE = accueil().state


def state_of(*records: object) -> State:
    return State().apply([Put(Session(title="T")), *(Put(record) for record in records)])  # type: ignore[arg-type]


def note(id: str, **fields: object) -> Note:
    return Note(**{"id": id, "board": "b", "block": "", "text": id, **fields})  # type: ignore[arg-type]


def test_the_scenarios_people() -> None:
    report = derive(SCENE)
    assert (report.heads, report.leading, report.observing) == (13, 2, 0)
    assert [(site.name.split(",")[0], site.heads, site.shared) for site in report.sites] == [
        ("Montpellier", 6, 3), ("Toulouse", 4, 4), ("À distance", 3, 0)
    ]  # fmt: skip
    assert dict(report.services)["DRAJES"] == 1 and dict(report.services)[""] == 7
    assert sum(count for _, count in report.services) == report.heads
    assert report.services[-1][0] == "", "who named none comes last"


def test_names_are_there_on_request_only() -> None:
    assert derive(SCENE).people == ()
    people = derive(SCENE, names=True).people
    assert [one.name for one in people][:3] == ["Jean-Baptiste", "Maïwenn", "Nadia"]
    assert "Projecteur" not in [one.name for one in people]
    nameless = msgspec.json.encode(derive(SCENE)).decode()
    for name in ("Maïwenn", "Jean-Baptiste", "Claire", "Anaïs", "Étienne", "Table Toulouse"):
        assert name not in nameless


def test_somebody_removed_is_not_counted() -> None:
    gone = Seat(id="s", name="X", role="participant", removed=True)
    assert derive(state_of(gone)).heads == 0


def test_the_scenarios_votes() -> None:
    dots, roti = derive(SCENE).rounds
    assert [(line.title, line.points) for line in dots.lines] == [
        ("Se repérer, connaître les gens", 15), ("Matériel et accès", 12), ("Démarches répétées", 6), ("Formation tardive", 4)
    ]  # fmt: skip
    assert (dots.heads, dots.ballots, dots.placed, dots.available) == (13, 13, 37, 39)
    assert roti.median == 4 and [line.points for line in roti.lines] == [0, 0, 2, 5, 6]
    assert len(roti.comments) == 2


def a_round(**fields: object) -> Round:
    given = {
        "id": "r", "block": "", "method": "dots", "question": "", "target": "clusters", "status": "shown",
        "options": (Option(id="a", title="A"), Option(id="b", title="B"), Option(id="c", title="C")), **fields,
    }  # fmt: skip
    return Round(**given)  # type: ignore[arg-type]


def a_tally(**fields: object) -> Tally:
    counts = (("a", 3, 2, 1), ("b", 3, 3, 1), ("c", 0, 0, 3))
    rows = tuple(Row(option=id, points=points, ballots=ballots, rank=rank) for id, points, ballots, rank in counts)
    return Tally(**{"id": "r", "rows": rows, "ballots": 4, "abstentions": 1, "heads": 5, **fields})  # type: ignore[arg-type]


def test_ties_are_ties_and_nothing_is_tied_at_zero() -> None:
    (part,) = derive(state_of(a_round(), a_tally())).rounds
    assert [(line.title, line.rank, line.tied) for line in part.lines] == [("A", 1, True), ("B", 1, True), ("C", 3, False)]
    assert part.available == 9, "an abstention has no dots to place"


def test_a_result_never_shown_is_only_for_who_asks() -> None:
    state = state_of(a_round(status="closed"), a_tally())
    assert derive(state).rounds == ()
    assert [part.shown for part in derive(state, unshown=True).rounds] == [False]
    assert "round_not_shown" in [gap.code for gap in derive(state).gaps]


def test_results_by_site_follow_the_order_of_sites() -> None:
    tallies = [SiteTally(id=f"r:{id}", round="r", site=id, rows=a_tally().rows, ballots=5) for id in ("y", "x")]
    sites = [Site(id="x", name="Montpellier", rank=1), Site(id="y", name="Toulouse", rank=2)]
    (part,) = derive(state_of(*sites, *tallies, a_round(), a_tally(sites="shown"))).rounds
    assert [one.site for one in part.by_site] == ["Montpellier", "Toulouse"]


def test_boards_read_zone_by_zone_clusters_first() -> None:
    (board,) = derive(SCENE).boards
    counts = [(zone.title.split(" ")[0], zone.count) for zone in board.zones]
    assert counts == [("Le", 5), ("L’île", 3), ("L’ancre", 8), ("Les", 3)]
    anchor = board.zones[2]
    assert [(cluster.title, len(cluster.notes)) for cluster in anchor.clusters] == [
        ("Matériel et accès", 3), ("Se repérer, connaître les gens", 3), ("Démarches répétées", 1), ("Formation tardive", 1)
    ]  # fmt: skip
    assert anchor.notes == ()


def test_notes_withdrawn_set_aside_or_never_revealed_are_not_there() -> None:
    hidden = [note("w", withdrawn=True), note("a", aside=True), note("s", scope="author"), note("f", scope="facilitators")]
    report = derive(state_of(Board(id="b", title="B"), *hidden))
    assert report.boards == () and report.notes == 0
    assert {gap.code: gap.count for gap in report.gaps}["notes_aside"] == 1
    assert {gap.code: gap.count for gap in report.gaps}["notes_unrevealed"] == 1


def test_what_lies_in_no_zone_comes_last_and_is_counted() -> None:
    state = state_of(
        Board(id="b", title="B", tints={"rose": "Urgent"}),
        Zone(id="z", board="b", title="Z", rank=0, x=0, y=0, width=1, height=1),
        note("in", zone="z", tint="rose"), note("out"), note("lost", zone="gone"), note("orphan", cluster="gone", zone="z"),
        Cluster(id="c", board="b", title="C"), note("member", cluster="c", zone="z", tint="paille"),
    )  # fmt: skip
    (board,) = derive(state).boards
    assert [(zone.title, [one.id for one in zone.notes], len(zone.clusters)) for zone in board.zones] == [
        ("Z", ["in", "orphan"], 0), ("", ["lost", "out"], 1)
    ]  # fmt: skip
    assert board.count == 5
    assert board.zones[0].notes[0].meaning == "Urgent" and board.zones[0].notes[1].meaning == ""


@pytest.mark.parametrize(
    ("natures", "whole", "working"),
    [
        ({"collaborative": 49, "top-down": 51}, 0.49, 0.49),
        ({"collaborative": 50, "pause": 50}, 0.5, 1.0),
        ({"pause": 10}, 0.0, None),
        ({}, None, None),
    ],
)
def test_the_collaborative_share(natures: dict[str, int], whole: float | None, working: float | None) -> None:
    blocks = [
        Block(id=nature, title=nature, rank=0, minutes=minutes, nature=nature, view="lire", started_at=1, spent=minutes * 60_000)  # type: ignore[arg-type]
        for nature, minutes in natures.items()
    ]
    report = derive(state_of(*blocks))
    assert (report.planned.whole, report.planned.working) == (whole, working)
    assert (report.actual.whole, report.actual.working) == (whole, working)
    assert ("share_under_half" in [gap.code for gap in report.gaps]) is (whole is not None and whole < 0.5)


def test_a_step_that_never_ran_has_no_real_time() -> None:
    report = derive(state_of(Block(id="x", title="X", rank=0, minutes=10, nature="collaborative", view="lire")))
    assert report.steps[0].actual is None
    assert report.actual.whole is None and report.planned.whole == 1.0


def test_actions_come_by_due_date_and_undated_last() -> None:
    sheets = [
        Sheet(id="a", type="action", what="sans date", rank=0),
        Sheet(id="b", type="action", what="tard", when="2026-12-15", rank=1),
        Sheet(id="c", type="action", what="tôt", when="2026-11-30", who="Loïc", rank=2),
        Sheet(id="d", type="action", what="non", removed=True),
    ]
    report = derive(state_of(*sheets))
    assert [(one.number, one.what) for one in report.actions] == [(1, "tôt"), (2, "tard"), (3, "sans date")]
    gaps = {gap.code: gap for gap in report.gaps}
    assert gaps["action_without_who"].count == 2 and gaps["action_without_when"].ids == ("a",)


def test_the_origin_of_a_sheet_is_told_only_while_it_shows() -> None:
    sheets = [Sheet(id="a", type="action", what="A", origin="n"), Sheet(id="b", type="action", what="B", origin="w")]
    report = derive(state_of(note("n", text="La note"), note("w", text="Retirée", withdrawn=True), *sheets))
    assert [one.origin for one in report.actions] == ["La note", ""]


def test_an_empty_session_reports_what_is_missing() -> None:
    report = derive(state_of())
    assert {gap.code for gap in report.gaps} == {"no_purpose", "no_date", "no_decision"}
    assert (report.heads, report.sites, report.boards, report.rounds) == (0, (), (), ())


def test_profiles_of_rooms_do_not_count_as_a_service() -> None:
    room = Seat(id="r", name="Table", role="room", heads=3)
    report = derive(state_of(room, Profile(id="r", service="Accueil")))
    assert report.services == (("", 3),)


def test_it_needs_a_session() -> None:
    with pytest.raises(LookupError):
        derive(State())
    assert reports.MINUTE == 60_000
