"""Clusters: what gathers, what comes apart, and what an open vote holds in place."""

from __future__ import annotations

from facilitation import commands as ask
from facilitation.records import Cluster, Note
from tests.facilitation.workshop import Workshop, clustering, voting


def ids(workshop: Workshop, *texts: str) -> tuple[str, ...]:
    """The ids of the notes of these texts."""
    return tuple(workshop.note(text).id for text in texts)


def titles(workshop: Workshop) -> list[str]:
    """The titles of the clusters, sorted."""
    return sorted(cluster.title for cluster in workshop.state.all(Cluster))


def inside(workshop: Workshop, cluster: str) -> list[str]:
    """The texts of a cluster's notes, in order."""
    notes = [note for note in workshop.state.all(Note) if note.cluster == cluster]
    return [note.text for note in sorted(notes, key=lambda note: note.rank)]


def test_C1_notes_gather_at_the_top_of_their_zone_in_the_order_asked() -> None:
    workshop = clustering()
    first = workshop.note("deux")
    home = workshop.get("zone", first.zone)
    workshop.do("loic", ask.GatherNotes(notes=ids(workshop, "deux", "un"), title=" Alpha  "))
    cluster = workshop.get("cluster", workshop.note("un").cluster)
    assert (cluster.title, cluster.x, cluster.y, cluster.zone) == ("Alpha", home.x + 16, home.y + 48, home.id)
    assert inside(workshop, cluster.id) == ["deux", "un"]


def test_C1_clusters_stand_side_by_side_until_the_zone_is_full_then_where_the_first_note_stood() -> None:
    workshop = clustering()
    home = workshop.get("zone", workshop.note("un").zone)
    columns = int((home.width - 32 + 8) // 196)
    written = workshop.write("loic", *(f"note {place}" for place in range(columns + 1)), zone=home.id)
    stood = []
    for note in written:
        workshop.do("loic", ask.GatherNotes(notes=(note.id,)))
        cluster = workshop.get("cluster", workshop.get("note", note.id).cluster)
        stood.append((cluster.x, cluster.y))
    assert stood[:columns] == [(home.x + 16 + 196 * column, home.y + 48) for column in range(columns)]
    assert stood[columns] == (written[columns].x, written[columns].y)


def test_C1_a_title_may_wait_and_a_place_may_be_chosen() -> None:
    workshop = clustering()
    workshop.do("loic", ask.GatherNotes(notes=ids(workshop, "un"), x=500.0, y=700.0))
    cluster = workshop.get("cluster", workshop.note("un").cluster)
    assert (cluster.title, cluster.x, cluster.y) == ("", 500, 700)


def test_C1_more_notes_join_at_the_end() -> None:
    workshop = clustering()
    cluster = workshop.gather("Alpha", "un", "deux")
    workshop.do("loic", ask.GatherNotes(notes=ids(workshop, "deux", "trois"), cluster=cluster))
    assert inside(workshop, cluster) == ["un", "deux", "trois"]
    assert workshop.refused("loic", ask.GatherNotes(notes=ids(workshop, "quatre"), cluster="no")) == "unknown_record"
    assert workshop.refused("loic", ask.GatherNotes(notes=("no",))) == "unknown_record"


def test_C1_clustering_takes_the_right_to() -> None:
    workshop = clustering()
    workshop.gather("Alpha", "un", "deux")
    workshop.enter("voter")
    assert workshop.refused("loic", ask.GatherNotes(notes=ids(workshop, "trois"))) == "not_allowed"
    assert workshop.refused("guest", ask.DissolveCluster(cluster=workshop.note("un").cluster)) == "not_allowed"
    workshop.do("nadia", ask.LockSession(locked=True))
    assert workshop.refused("loic", ask.ReleaseNotes(notes=ids(workshop, "un"))) == "locked"


def test_C2_a_cluster_left_empty_goes() -> None:
    workshop = clustering()
    workshop.gather("Alpha", "un")
    workshop.gather("Bêta", "un", "deux")
    assert titles(workshop) == ["Bêta"]


def test_C3_released_notes_take_free_places_on_their_zone() -> None:
    workshop = clustering()
    cluster = workshop.gather("Alpha", "un", "deux", "trois")
    workshop.do("loic", ask.ReleaseNotes(notes=ids(workshop, "un", "deux", "quatre")))
    assert inside(workshop, cluster) == ["trois"]
    loose = [workshop.note(text) for text in ("un", "deux", "quatre")]
    assert len({(note.x, note.y) for note in loose}) == len({note.rank for note in loose}) == 3
    workshop.do("loic", ask.ReleaseNotes(notes=ids(workshop, "trois")))
    assert titles(workshop) == []


def test_C4_a_cluster_is_renamed_even_during_a_vote_whose_options_keep_their_titles() -> None:
    workshop = voting()
    workshop.open_round()
    workshop.do("nadia", ask.RenameCluster(cluster=workshop.note("un").cluster, title="Gamma"))
    assert [option.title for option in workshop.round.options] == ["Alpha", "Bêta"]
    assert titles(workshop) == ["Bêta", "Gamma"]
    assert workshop.refused("nadia", ask.RenameCluster(cluster="no", title="x")) == "unknown_record"


def test_C5_a_cluster_moves_with_its_notes_into_another_zone() -> None:
    workshop = clustering()
    cluster = workshop.gather("Alpha", "un", "deux")
    there = workshop.zone("Le vent")
    workshop.do("loic", ask.MoveCluster(cluster=cluster, zone=there, x=60.0, y=9000.0))
    assert (workshop.get("cluster", cluster).x, workshop.get("cluster", cluster).y) == (60, 1105)
    assert {(workshop.note(text).zone, workshop.note(text).tint) for text in ("un", "deux")} == {(there, "pastel")}
    workshop.do("loic", ask.MoveCluster(cluster=cluster, zone=there, x=70.0, y=80.0))
    assert workshop.get("cluster", cluster).x == 70


def test_C6_clusters_merge_in_order_under_the_first_title() -> None:
    workshop = clustering()
    alpha, beta = workshop.gather("Alpha", "un", "deux"), workshop.gather("Bêta", "trois")
    workshop.do("claire", ask.WithdrawNotes(notes=ids(workshop, "deux")))
    workshop.do("loic", ask.MergeClusters(into=beta, clusters=(alpha, beta)))
    assert titles(workshop) == ["Bêta"]
    assert inside(workshop, beta) == ["trois", "un", "deux"]
    assert workshop.refused("loic", ask.MergeClusters(into=beta, clusters=(beta,))) == "needs_two"


def test_C7_some_notes_split_off_beside() -> None:
    workshop = clustering()
    alpha = workshop.gather("Alpha", "un", "deux", "trois")
    workshop.do("loic", ask.SplitCluster(cluster=alpha, notes=ids(workshop, "deux"), title="Bêta"))
    assert titles(workshop) == ["Alpha", "Bêta"]
    assert workshop.get("cluster", workshop.note("deux").cluster).x > workshop.get("cluster", alpha).x
    stale = ask.SplitCluster(cluster=alpha, notes=ids(workshop, "deux"))
    assert workshop.refused("loic", stale) == "changed_meanwhile"


def test_C8_a_dissolved_cluster_lets_every_note_go() -> None:
    workshop = clustering()
    alpha = workshop.gather("Alpha", "un", "deux", "trois")
    workshop.do("nadia", ask.SetAside(notes=ids(workshop, "trois"), aside=True))
    workshop.do("loic", ask.DissolveCluster(cluster=alpha))
    assert titles(workshop) == []
    assert {note.cluster for note in workshop.state.all(Note)} == {""}


def test_C9_what_an_open_vote_is_about_does_not_go() -> None:
    workshop = voting()
    alpha, beta = workshop.note("un").cluster, workshop.note("trois").cluster
    workshop.open_round()
    for command in (
        ask.DissolveCluster(cluster=alpha),
        ask.MergeClusters(into=alpha, clusters=(beta,)),
        ask.ReleaseNotes(notes=ids(workshop, "trois")),
        ask.GatherNotes(notes=ids(workshop, "trois"), title="Autre"),
        ask.MoveNotes(moves=(ask.NoteMove(note=workshop.note("trois").id, cluster=alpha),)),
    ):
        assert workshop.refused("nadia", command) == "voting_open"
    workshop.do("nadia", ask.GatherNotes(notes=ids(workshop, "quatre"), cluster=alpha))
    assert [option.count for option in workshop.round.options] == [2, 1]
    workshop.do("nadia", ask.CloseRound(round=workshop.round.id))
    workshop.do("nadia", ask.DissolveCluster(cluster=alpha))
