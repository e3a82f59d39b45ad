"""Groups on paper: drawn as a draft that only facilitators see, then adjusted until they start."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation import commands as ask
from facilitation.groups import members
from facilitation.records import Group, GroupPlan, Partition, Placement
from tests.facilitation.scenes import convocations
from tests.facilitation.workshop import Workshop, apart, opened, prepared

EVERYONE = {"claire", "loic", "maiwenn", "table"}


def drawing(mode: Any = "balanced", **more: Any) -> Workshop:
    """A draft drawn for the writing step."""
    workshop = opened()
    workshop.enter("ecrire")
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("ecrire").id, mode=mode, **more))
    return workshop


def placed(workshop: Workshop) -> list[set[str]]:
    """Who is in each group, in order."""
    return [workshop.members(group.id) for group in workshop.groups()]


# --- drawing -----------------------------------------------------------------------------------------------------


def test_G1_a_draft_is_the_facilitators_alone() -> None:
    workshop = drawing()
    assert workshop.partition.status == "draft"
    assert set(workshop.sent[-1]) == {"facilitators"}
    assert {kind for kind, _ in workshop.sees("claire")}.isdisjoint({"partition", "group", "placement"})
    assert workshop.refused("claire", ask.DrawGroups(block=workshop.block("ecrire").id, mode="random")) == "not_allowed"


def test_G1_drawing_again_replaces_the_draft_of_that_step_and_no_other() -> None:
    workshop = drawing()
    workshop.do("etienne", ask.DrawGroups(block=workshop.block("lire").id, mode="random"))
    workshop.do("etienne", ask.DrawGroups(block=workshop.block("ecrire").id, mode="random", size=2))
    assert sorted(one.block for one in workshop.state.all(Partition)) == sorted(workshop.block(v).id for v in ("ecrire", "lire"))
    kept = {one.id for one in workshop.state.all(Partition)}
    for cls in (Group, Placement):
        assert {one.partition for one in workshop.state.all(cls)} == kept  # type: ignore[attr-defined]


def test_G1_groups_are_drawn_where_people_can_work_apart_and_never_over_those_at_work() -> None:
    workshop = apart()
    assert workshop.refused("nadia", ask.DrawGroups(block="ghost", mode="random")) == "unknown_record"
    assert workshop.refused("nadia", ask.DrawGroups(block=workshop.block("voter").id, mode="random")) == "no_groups_here"
    assert workshop.refused("nadia", ask.DrawGroups(block=workshop.block("ecrire").id, mode="random")) == "groups_running"
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="random"))
    assert prepared().refused("nadia", ask.DrawGroups(block="any", mode="random")) == "not_open"


def test_G1_a_step_taken_out_of_the_plan_takes_its_draft_along() -> None:
    workshop = opened()
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="random", size=2))
    workshop.do("nadia", ask.RemoveBlock(block=workshop.block("lire").id))
    assert [len(workshop.state.table(kind)) for kind in ("partition", "group", "placement")] == [0, 0, 0]


def test_G2_facilitators_observers_and_the_wall_follow_no_draw() -> None:
    workshop = drawing("random", size=2)
    assert set().union(*placed(workshop)) == EVERYONE


def test_G2_who_left_or_goes_on_at_a_shared_device_follows_no_draw() -> None:
    workshop = opened()
    workshop.do("nadia", ask.RemoveSeat(seat="seat-loic"))
    workshop.do("nadia", ask.MoveToDevice(seat="seat-maiwenn", device="seat-table"))
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="random", size=4))
    assert set().union(*placed(workshop)) == {"claire", "table"}


def test_G2_alone_nobody_can_be_split() -> None:
    workshop = prepared()
    workshop.join("claire")
    workshop.do("nadia", ask.OpenSession())
    for mode in ("random", "hand", "merge"):
        draw = ask.DrawGroups(block=workshop.block("lire").id, mode=mode)  # type: ignore[arg-type]
        assert workshop.refused("nadia", draw) == "nobody_to_group"


def test_G3_the_seed_is_public_and_draws_the_same_groups_again() -> None:
    workshop = drawing("random", size=2)
    first, seed = placed(workshop), workshop.partition.seed
    assert len(seed) == 16
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("ecrire").id, mode="random", size=2, seed=seed))
    assert placed(workshop) == first
    odd = ask.DrawGroups(block=workshop.block("ecrire").id, mode="random", seed="pas une graine")
    assert workshop.refused("nadia", odd) == "bad_choice"


def test_G3_the_groups_have_plain_names_and_an_order() -> None:
    assert [group.name for group in drawing("random", size=2).groups()] == ["Groupe 1", "Groupe 2", "Groupe 3"]


def test_G3_the_same_service_in_other_capitals_is_the_same() -> None:
    workshop = opened()
    workshop.do("claire", ask.EditProfile(service="DRANE "))
    workshop.do("loic", ask.EditProfile(service="drane"))
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="hand"))
    for who in ("claire", "loic"):
        place = ask.PlaceInGroup(partition=workshop.partition.id, seat=f"seat-{who}", group=workshop.groups()[0].id)
        workshop.do("nadia", place)
    assert workshop.partition.shortfalls == (), "a hand promises no mix"
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="balanced", mix=("service",), size=60))
    assert [one.code for one in workshop.partition.shortfalls] == ["one_service"]


@pytest.mark.parametrize("plan", [GroupPlan(size=1), GroupPlan(size=61), GroupPlan(mix=("site", "site"))])
def test_G4_a_step_plans_groups_of_2_to_60_and_mixes_nothing_twice(plan: GroupPlan) -> None:
    workshop = prepared()
    block = workshop.block("ecrire").id
    assert workshop.refused("nadia", ask.EditBlock(block=block, groups=plan)) in ("bad_number", "bad_choice")
    workshop.do("nadia", ask.EditBlock(block=block, groups=GroupPlan(size=3, mix=("site", "service"), carry=True)))
    assert workshop.block("ecrire").groups == GroupPlan(size=3, mix=("site", "service"), carry=True)
    workshop.do("nadia", ask.EditBlock(block=block, groups=None))
    assert workshop.block("ecrire").groups is None


def test_G5_what_a_draw_could_not_grant_is_said_and_said_again_when_people_move() -> None:
    workshop = drawing("balanced", size=2, mix=("site",))
    assert {one.code for one in workshop.partition.shortfalls} == {"one_site"}
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("ecrire").id, mode="hand", size=4))
    one, other = workshop.groups()
    for who, group in (("claire", one), ("maiwenn", one), ("loic", other)):
        workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat=f"seat-{who}", group=group.id))
    assert [(lack.code, lack.group) for lack in workshop.partition.shortfalls] == [("lone_remote", one.id)]
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-loic", group=one.id))
    assert workshop.partition.shortfalls == ()


def test_G5_a_draft_says_it_again_when_a_site_or_a_service_changes() -> None:
    workshop = drawing("balanced", size=60, mix=("service",))
    assert [one.code for one in workshop.partition.shortfalls] == ["one_service"]
    for who, service in (("claire", "DRANE"), ("loic", "DRAIO")):
        workshop.do(who, ask.EditProfile(service=service))
        assert set(workshop.sent[-1]) <= {"facilitators", f"seat:seat-{who}"}
    assert workshop.partition.shortfalls == ()
    workshop.do("nadia", ask.PlaceSeat(seat="seat-loic", site=workshop.site("Toulouse")))
    assert [one.code for one in workshop.partition.shortfalls] == ["lone_remote"]


def test_G5_once_at_work_the_partition_is_everyone_s_and_says_nothing_of_services() -> None:
    workshop = drawing("balanced", size=60, mix=("service", "site"))
    assert [one.code for one in workshop.partition.shortfalls] == ["one_service"]
    workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
    assert workshop.partition.shortfalls == ()
    workshop.join("tard")
    assert workshop.partition.shortfalls == ()
    assert workshop.sees("wall")["partition", workshop.partition.id] == workshop.partition


# --- the second scenario -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [f"{number:x}" for number in range(40)])
def test_G3_the_twelve_of_the_convocations_mix_services_and_leave_no_remote_person_alone(seed: str) -> None:
    workshop, scene = convocations()
    plan = scene["groupes"]
    mix = tuple(plan["melanger"])
    block = workshop.block("lire").id
    workshop.do("nadia", ask.DrawGroups(block=block, mode="balanced", size=plan["taille"], mix=mix, seed=seed))
    assert_as_asked(workshop, scene)
    assert workshop.partition.shortfalls == ()


@pytest.mark.parametrize("seed", [f"{number:x}" for number in range(20)])
def test_G6_so_do_the_fours_that_its_own_method_makes_of_pairs(seed: str) -> None:
    workshop, scene = convocations()
    pairs, fours = workshop.block("ecrire", 1), workshop.block("ecrire", 2)
    for block in (pairs, fours):
        assert block.groups
        workshop.do("nadia", ask.EnterBlock(block=block.id))
        plan = block.groups
        workshop.do("nadia", ask.DrawGroups(block=block.id, mode=plan.mode, size=plan.size, mix=plan.mix, seed=seed))
        workshop.do("nadia", ask.StartGroups(partition=workshop.partition.id))
    assert fours.groups and list(fours.groups.mix) == scene["groupes"]["melanger"]
    assert_as_asked(workshop, scene)
    assert workshop.partition.shortfalls == ()


def assert_as_asked(workshop: Workshop, scene: dict[str, Any]) -> None:
    """The two comments of the scenario: at least two services in a group of four, no lone remote person with a room."""
    people = {one["nom"].lower(): one for one in scene["personnes"]}
    groups = placed(workshop)
    assert sorted(len(group) for group in groups) == [4, 4, 4]
    assert set().union(*groups) == set(people)
    for group in groups:
        assert len({people[who]["service"] for who in group}) >= 2
        assert len({people[who]["site"] for who in group}) >= 2
        assert sum(people[who]["site"] == "distance" for who in group) != 1


# --- adjusting ---------------------------------------------------------------------------------------------------


def test_G6_merging_takes_groups_that_worked() -> None:
    workshop = opened()
    draw = ask.DrawGroups(block=workshop.block("lire").id, mode="merge")
    assert workshop.refused("nadia", draw) == "nothing_to_merge"
    workshop = apart()
    workshop.do("nadia", ask.DrawGroups(block=workshop.block("lire").id, mode="merge"))
    assert placed(workshop) == [EVERYONE]


def test_G7_by_hand_the_groups_are_empty_and_nobody_is_placed() -> None:
    workshop = drawing("hand", size=3)
    assert placed(workshop) == [set(), set()]


def test_G7_somebody_placed_elsewhere_is_no_longer_where_they_were() -> None:
    workshop = drawing("hand")
    one, other = workshop.groups()
    for group in (one.id, other.id, other.id):
        workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-claire", group=group))
    assert placed(workshop) == [set(), {"claire"}]
    workshop.do("nadia", ask.PlaceInGroup(partition=workshop.partition.id, seat="seat-claire", group=""))
    assert placed(workshop) == [set(), set()]
    assert workshop.seat("claire").group == "", "a draft sends nobody anywhere"


def test_G7_only_who_works_in_groups_is_placed_in_one() -> None:
    workshop = drawing("hand")
    partition, group = workshop.partition.id, workshop.groups()[0].id
    for who in ("nadia", "etienne", "wall"):
        assert workshop.refused("nadia", ask.PlaceInGroup(partition=partition, seat=f"seat-{who}", group=group)) == "bad_choice"
    workshop.do("nadia", ask.PlaceInGroup(partition=partition, seat="seat-guest", group=group))
    workshop.do("nadia", ask.MoveToDevice(seat="seat-claire", device="seat-table"))
    assert workshop.refused("nadia", ask.PlaceInGroup(partition=partition, seat="seat-claire", group=group)) == "bad_choice"
    assert workshop.refused("nadia", ask.PlaceInGroup(partition=partition, seat="ghost", group=group)) == "unknown_record"
    assert workshop.refused("nadia", ask.PlaceInGroup(partition=partition, seat="seat-loic", group="ghost")) == "unknown_record"
    assert workshop.refused("nadia", ask.PlaceInGroup(partition="ghost", seat="seat-loic", group=group)) == "unknown_record"


def test_G8_groups_are_added_renamed_and_removed_while_empty() -> None:
    workshop = drawing("hand", size=2)
    partition = workshop.partition.id
    workshop.do("nadia", ask.AddGroup(partition=partition))
    workshop.do("nadia", ask.AddGroup(partition=partition, name="  L’accueil  "))
    assert [group.name for group in workshop.groups()] == ["Groupe 1", "Groupe 2", "Groupe 3", "Groupe 4", "L’accueil"]
    first, last = workshop.groups()[0], workshop.groups()[-1]
    workshop.do("nadia", ask.RenameGroup(group=first.id, name="Les Toulousains"))
    assert workshop.groups()[0].name == "Les Toulousains"
    workshop.do("nadia", ask.PlaceInGroup(partition=partition, seat="seat-claire", group=first.id))
    assert workshop.refused("nadia", ask.RemoveGroup(group=first.id)) == "group_not_empty"
    workshop.do("nadia", ask.RemoveGroup(group=last.id))
    assert last.id not in {group.id for group in workshop.groups()}
    assert workshop.refused("nadia", ask.RemoveGroup(group=last.id)) == "unknown_record"
    assert workshop.refused("nadia", ask.RenameGroup(group=first.id, name=" ")) == "empty_text"


def test_G8_once_at_work_a_group_is_renamed_with_its_board_added_with_one_and_never_removed() -> None:
    workshop = apart()
    group = workshop.group("claire")
    workshop.do("nadia", ask.RenameGroup(group=group.id, name="Les distants"))
    assert workshop.get("board", group.board).title == "Les distants"
    workshop.do("nadia", ask.AddGroup(partition=workshop.partition.id))
    late = workshop.groups()[-1]
    assert late.scope == "everyone"
    assert workshop.get("board", late.board).scope == f"group:{late.id}"
    assert workshop.refused("nadia", ask.RemoveGroup(group=late.id)) == "groups_running"
    workshop.recall()
    assert workshop.refused("nadia", ask.AddGroup(partition=workshop.partition.id)) == "groups_over"
    assert workshop.refused("nadia", ask.RemoveGroup(group=late.id)) == "groups_over"


# --- whatever people do ------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    people=st.lists(
        st.tuples(st.sampled_from(("participant", "room")), st.integers(1, 6), st.integers(0, 3)), min_size=2, max_size=25
    ),
    mode=st.sampled_from(("random", "balanced")),
    size=st.integers(2, 9),
    seed=st.text("0123456789abcdef", min_size=1, max_size=8),
)
def test_G3_whoever_comes_nobody_is_in_two_groups_and_nobody_is_lost(
    people: list[tuple[str, int, int]], mode: Any, size: int, seed: str
) -> None:
    workshop = prepared()
    sites = ["", workshop.site("Montpellier"), workshop.site("Toulouse"), workshop.site("À distance")]
    for index, (role, heads, site) in enumerate(people):
        workshop.join(f"p{index}", role, sites[site], heads=heads)
    workshop.do("nadia", ask.OpenSession())
    draw = ask.DrawGroups(block=workshop.block("lire").id, mode=mode, size=size, mix=("site",), seed=seed)
    workshop.do("nadia", draw)
    once = placed(workshop)
    workshop.do("nadia", draw)
    assert placed(workshop) == once
    found = members(workshop.state, workshop.partition.id)
    everyone = sorted(f"seat-p{index}" for index in range(len(people)))
    assert sorted(seat.id for seats in found.values() for seat in seats) == everyone
    assert all(found.values())
    lacking = {lack.group for lack in workshop.partition.shortfalls if lack.code == "one_site"}
    for group, seats in found.items():
        mixed = len({seat.site for seat in seats if seat.site}) >= 2
        assert mode == "random" or mixed == (group not in lacking)
