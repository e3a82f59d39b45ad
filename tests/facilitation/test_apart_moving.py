"""Who comes late, leaves, changes group or device while people work apart."""

from __future__ import annotations

from facilitation import commands as ask
from tests.facilitation.workshop import apart, opened


def test_G15_a_latecomer_goes_to_the_smallest_group_at_work() -> None:
    workshop = apart()
    workshop.join("tard", site=workshop.site("À distance"))
    assert workshop.group("tard") == workshop.group("claire"), "two heads there, five before the table"
    assert workshop.group("tard").board in {id for kind, id in workshop.sees("tard") if kind == "board"}
    workshop.join("regard", "observer")
    workshop.join("aide", "cofacilitator")
    assert workshop.seat("regard").group == workshop.seat("aide").group == ""


def test_G15_of_groups_as_small_the_one_that_lacks_least_takes_the_latecomer() -> None:
    workshop = opened()
    workshop.join("anna", site=workshop.site("Montpellier"))
    workshop.enter("ecrire")
    workshop.part("anna maiwenn", "claire loic")
    workshop.join("tard", site=workshop.site("À distance"))
    assert workshop.group("tard") == workshop.group("claire")


def test_G15_a_latecomer_joins_the_drafts_but_not_one_made_by_hand() -> None:
    workshop = opened()
    for view, mode in (("ecrire", "random"), ("lire", "hand")):
        workshop.do("nadia", ask.DrawGroups(block=workshop.block(view).id, mode=mode, size=2))  # type: ignore[arg-type]
    workshop.join("tard")
    assert [one.partition for one in workshop.state.table("placement").values() if one.seat == "seat-tard"] == [  # type: ignore[attr-defined]
        next(iter(workshop.state.table("partition")))
    ]
    assert workshop.seat("tard").group == ""


def test_G15_an_empty_group_waits_for_nobody() -> None:
    workshop = apart()
    workshop.do("nadia", ask.AddGroup(partition=workshop.partition.id))
    workshop.join("tard")
    assert workshop.group("tard") == workshop.group("claire")


def test_G7_while_groups_run_people_move_at_once_and_what_they_wrote_stays() -> None:
    workshop = apart(notes="everyone", authors="shown")
    note = workshop.write("claire", "laissé")[0]
    elsewhere = workshop.group("maiwenn").id
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-claire", group=elsewhere))
    assert workshop.group("claire") == workshop.group("maiwenn")
    assert workshop.reads("loic") == ["laissé"]
    assert workshop.reads("claire") == []
    assert ("seat", "seat-claire") in workshop.sees("loic"), "an author shown once is known by name from then on"
    assert workshop.get("note", note.id).board == workshop.group("loic").board
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-claire", group=""))
    assert workshop.seat("claire").group == ""


def test_G18_who_is_removed_leaves_the_drafts_and_counts_no_more() -> None:
    workshop = apart()
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="random", size=2))
    draft = workshop.partition.id
    workshop.do("nadia", ask.RemoveSeat(seat="seat-table"))
    assert workshop.get("placement", f"{draft}:seat-table") is None
    workshop.join("tard")
    assert workshop.group("tard") == workshop.group("maiwenn"), "one head left there"


def test_G18_who_moves_to_a_shared_device_goes_where_it_goes_and_stays_there_on_the_way_back() -> None:
    workshop = apart()
    workshop.do("nadia", ask.MoveToDevice(seat="seat-claire", device="seat-table"))
    assert workshop.group("claire") == workshop.group("table")
    assert workshop.get("placement", f"{workshop.partition.id}:seat-claire") is None
    workshop.do("claire", ask.MoveToDevice(seat="seat-claire"))
    assert workshop.group("claire") == workshop.group("table")
    assert workshop.get("placement", f"{workshop.partition.id}:seat-claire").group == workshop.group("table").id
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-table", group=""))
    assert workshop.seat("table").group == ""


def test_G7_a_shared_device_takes_along_who_moved_there() -> None:
    workshop = apart()
    workshop.do("nadia", ask.MoveToDevice(seat="seat-claire", device="seat-table"))
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-table", group=workshop.group("loic").id))
    assert workshop.group("claire") == workshop.group("table") == workshop.group("loic")
