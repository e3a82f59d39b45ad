"""The draw alone: units in, groups out. Sizes first, then no lone remote person, then the mix; chance decides the rest."""

from __future__ import annotations

from itertools import product
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.drawing import Side, Unit, completed, drawn, how_many, merged, shortfalls
from facilitation.records import Mix

SERVICES, SITES = ("draio", "drane", "dsden", ""), ("montpellier", "toulouse", "distance", "")
BOTH: tuple[Mix, ...] = ("service", "site")


def person(id: str, service: str = "", site: str = "", heads: int = 1) -> Unit:
    """Someone of a service, at a site; « distance » is no room."""
    return Unit(
        id=id, heads=heads, parts=heads, remote=heads * (site == "distance"), room=heads * (site in ("montpellier", "toulouse")),
        traits={"service": (service,) if service else (), "site": (site,) * heads if site else ()},
    )  # fmt: skip


@st.composite
def crowds(draw: st.DrawFn, most: int = 40, heads: int = 1) -> list[Unit]:
    """People of any service and site, and shared devices of up to `heads`."""
    said = st.tuples(st.sampled_from(SERVICES), st.sampled_from(SITES), st.integers(1, heads))
    return [person(f"s{index}", *one) for index, one in enumerate(draw(st.lists(said, min_size=2, max_size=most)))]


def sizes(groups: list[list[str]], units: list[Unit]) -> list[int]:
    """The heads of each group, sorted."""
    heads = {unit.id: unit.heads for unit in units}
    return sorted(sum(heads[id] for id in group) for group in groups)


def lacks(groups: list[list[str]], units: list[Unit], mix: tuple[Mix, ...]) -> list[str]:
    """What the groups lack, by code."""
    known = {unit.id: unit for unit in units}
    named = [(str(index), [known[id] for id in group]) for index, group in enumerate(groups)]
    return sorted(one.code for one in shortfalls(named, mix))


@pytest.mark.parametrize(
    ("heads", "size", "groups"),
    [(12, 4, 3), (10, 4, 3), (11, 4, 3), (13, 4, 3), (5, 2, 2), (3, 2, 1), (2, 4, 1), (5, 4, 1), (6, 4, 2), (7, 2, 3), (1, 2, 1),
     (600, 2, 300), (600, 60, 10)],
)  # fmt: skip
def test_G4_there_are_as_many_groups_as_come_nearest_to_the_size_and_nobody_is_alone(heads: int, size: int, groups: int) -> None:
    assert how_many(heads, size, heads) == groups


def test_G4_there_are_never_more_groups_than_units() -> None:
    assert how_many(20, 4, 3) == 3


@given(heads=st.integers(2, 600), size=st.integers(2, 60))
def test_G4_no_number_of_groups_comes_nearer_to_the_size(heads: int, size: int) -> None:
    groups = how_many(heads, size, heads)
    assert heads // groups >= 2
    better = [n for n in range(1, heads // 2 + 1) if abs(heads / n - size) < abs(heads / groups - size)]
    assert better == []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(units=crowds(), size=st.integers(2, 9), seed=st.text("0123456789abcdef", max_size=8), mix=st.sampled_from(((), BOTH)))
def test_G3_everyone_is_in_one_group_and_sizes_differ_by_one_at_most(
    units: list[Unit], size: int, seed: str, mix: tuple[Mix, ...]
) -> None:
    groups = drawn(units, how_many(len(units), size, len(units)), mix, seed)
    assert sorted(id for group in groups for id in group) == sorted(unit.id for unit in units)
    assert sizes(groups, units)[-1] - sizes(groups, units)[0] <= 1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(units=crowds(most=25), seed=st.integers(0, 9), chance=st.randoms(use_true_random=False))
def test_G3_the_same_seed_and_people_give_the_same_draw_in_whatever_order_they_came(
    units: list[Unit], seed: int, chance: Random
) -> None:
    again = chance.sample(units, len(units))
    assert drawn(units, how_many(len(units), 4, len(units)), BOTH, str(seed)) == drawn(
        again, how_many(len(units), 4, len(units)), BOTH, str(seed)
    )


def test_G3_another_seed_gives_another_draw() -> None:
    units = [person(f"s{index}") for index in range(20)]
    assert len({str(drawn(units, 5, (), str(seed))) for seed in range(8)}) == 8


def test_G3_another_seed_gives_another_draw_where_every_service_is_another() -> None:
    """Nothing but the seed tells these people apart: not the alphabet of their services."""
    units = [person(f"s{index}", f"service {index}", ("montpellier", "toulouse", "distance")[index % 3]) for index in range(12)]
    assert len({str(drawn(units, 3, BOTH, str(seed))) for seed in range(8)}) == 8


def test_G3_by_chance_every_pair_of_people_may_meet() -> None:
    units = [person(id) for id in "abcdef"]
    met = {(one, other) for seed in range(60) for group in drawn(units, 3, (), str(seed)) for one, other in [group]}
    assert len(met) == 15


@settings(max_examples=80, deadline=None, derandomize=True)
@given(units=crowds(most=7), seed=st.integers(0, 9))
def test_G3_no_other_way_of_being_as_even_lacks_fewer_things(units: list[Unit], seed: int) -> None:
    """Against every way there is: none as even leaves fewer remote people alone, or mixes in more groups."""
    count = how_many(len(units), 3, len(units))
    groups = drawn(units, count, BOTH, str(seed))
    known = {unit.id: unit for unit in units}

    def weight(sides: list[Side]) -> tuple[int, int]:
        return sum(side.lone() for side in sides), sum(len(side.unmixed()) for side in sides)

    ours = weight([Side(BOTH, (known[id] for id in group)) for group in groups])
    best = ours
    for way in product(range(count), repeat=len(units) - 1):
        sides = [Side(BOTH) for _ in range(count)]
        for unit, side in zip(units, (0, *way), strict=True):
            sides[side].add(unit)
        heads = [side.heads for side in sides]
        if max(heads) - min(heads) <= 1:
            best = min(best, weight(sides))
    assert ours[0] == best[0]
    assert ours[1] - best[1] <= 1


@settings(max_examples=80, deadline=None, derandomize=True)
@given(units=crowds(most=14, heads=6), size=st.integers(2, 8), seed=st.integers(0, 9))
def test_G3_a_shared_device_is_never_parted_and_no_hand_over_would_make_two_groups_more_even(
    units: list[Unit], size: int, seed: int
) -> None:
    heads = {unit.id: unit.heads for unit in units}
    groups = drawn(units, how_many(sum(heads.values()), size, len(units)), (), str(seed))
    assert sorted(id for group in groups for id in group) == sorted(heads)
    for one, other in product(groups, repeat=2):
        apart = sum(heads[id] for id in one) - sum(heads[id] for id in other)
        assert all(apart <= heads[id] for id in one), "the unit would fit better in the other group"


def test_G3_remote_people_are_never_alone_with_a_room_where_there_are_two() -> None:
    for many in range(2, 9):
        units = [person(f"r{index}", site="distance") for index in range(many)]
        units += [person(f"x{index}", site="montpellier") for index in range(16 - many)]
        for seed in range(10):
            assert lacks(drawn(units, 4, ("site",), str(seed)), units, ()) == []


def test_G5_what_no_draw_can_reach_is_said() -> None:
    alone = [person("r", "a", "distance"), *(person(f"x{index}", "a", "toulouse") for index in range(7))]
    assert lacks(drawn(alone, 2, BOTH, "1"), alone, BOTH) == ["lone_remote", "one_service", "one_service", "one_site"]
    silent = [person(f"s{index}") for index in range(4)]
    assert lacks(drawn(silent, 2, BOTH, "1"), silent, BOTH) == ["one_service", "one_service", "one_site", "one_site"]
    assert lacks([[]], [], BOTH) == []


def test_G5_people_of_no_site_are_neither_remote_nor_in_a_room() -> None:
    units = [person("r", site="distance"), person("n")]
    assert lacks([["n", "r"]], units, ()) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pairs=st.lists(st.integers(1, 5), min_size=2, max_size=13), seed=st.integers(0, 9))
def test_G6_groups_join_two_by_two_and_an_odd_one_joins_the_smallest(pairs: list[int], seed: int) -> None:
    groups = [[person(f"{index}-{place}") for place in range(heads)] for index, heads in enumerate(pairs)]
    joined = merged(groups, (), str(seed))
    whole = [{one.split("-")[0] for one in group} for group in joined]
    assert sorted(id for group in joined for id in group) == sorted(unit.id for group in groups for unit in group)
    assert sum(len(former) for former in whole) == len(groups), "no former group is parted"
    assert sorted(len(former) for former in whole) == [2] * (len(groups) // 2 - len(groups) % 2) + [3] * (len(groups) % 2)


def test_G6_merging_chooses_who_meets_so_that_sites_mix_and_no_remote_person_is_alone() -> None:
    pairs = [[person(f"{site}{index}", site=site) for index in range(2)] for site in ("montpellier", "toulouse")]
    pairs += [[person("r", site="distance"), person("n1")], [person("q", site="distance"), person("n2")]]
    units = [unit for pair in pairs for unit in pair]
    for seed in range(10):
        joined = merged(pairs, ("site",), str(seed))
        assert sizes(joined, units) == [4, 4]
        assert "lone_remote" not in lacks(joined, units, ())


def test_G6_who_was_in_no_group_joins_the_smallest() -> None:
    units = {id: person(id) for id in "abcde"}
    assert completed([["a", "b", "c"], ["d"]], [units["e"]], units, "1") == [["a", "b", "c"], ["d", "e"]]


def test_G3_six_hundred_people_are_drawn_in_well_under_a_tenth_of_a_second() -> None:
    rng = Random(1)
    units = [person(f"s{index}", rng.choice("abcdefgh"), rng.choice(SITES)) for index in range(600)]
    for size in (2, 4, 60):
        before = process_time()
        groups = drawn(units, how_many(600, size, 600), BOTH, "ab")
        assert process_time() - before < 0.25, "four times what it takes on a quiet machine"
        assert sizes(groups, units)[-1] - sizes(groups, units)[0] <= 1
