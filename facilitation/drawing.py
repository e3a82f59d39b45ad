"""The draw of groups: who goes with whom, from a public seed. Pure: units in, lists of ids and shortfalls out.

A unit is what cannot be parted: a person, a shared device with its heads, or a whole group that is merged. A draw weighs,
in this order: even sizes, no lone remote person with a room, the mix asked for. It deals the units out, then swaps them
between groups while that helps. The same seed and units always give the same groups, in whatever order they come.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from facilitation.records import Mix, Shortfall

SMALLEST = 2  # a group of one is nobody to talk to
LOOKS = 24  # groups looked at for each unit dealt
PATIENCE, LOOK, TRY = 12_000, 1, 6  # what improving may cost: a seminar of 600 is drawn in a few hundredths of a second
STARTS, CROWD = 6, 60  # deals tried while something is lacking; a crowd is mixed enough by one
LONE, UNMIXED = 10**9, 10**6  # what an unwanted thing weighs; each outweighs all that follow


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """Who stays together. `heads` people, of whom some attend from afar and some in a room; `traits`: what a draw mixes.

    `parts` counts what must be even before heads are: as many as heads, or 1 for a group that is merged.
    """

    id: str
    heads: int = 1
    parts: int = 1
    remote: int = 0
    room: int = 0
    traits: dict[Mix, tuple[str, ...]] = {}


class Side:
    """The units of one group while it is drawn, with the sums that its cost is made of."""

    def __init__(self, mix: Sequence[Mix], units: Iterable[Unit] = ()) -> None:
        self.units: list[Unit] = []
        self.heads = self.parts = self.remote = self.room = 0
        self.counts: dict[Mix, dict[str, int]] = {one: {} for one in mix}
        for unit in units:
            self.add(unit)

    def add(self, unit: Unit) -> None:
        """One more unit."""
        self.units.append(unit)
        self._sum(unit, 1)

    def remove(self, unit: Unit) -> None:
        """One unit less."""
        self.units.remove(unit)
        self._sum(unit, -1)

    def _sum(self, unit: Unit, sign: int) -> None:
        self.heads += sign * unit.heads
        self.parts += sign * unit.parts
        self.remote += sign * unit.remote
        self.room += sign * unit.room
        for mix, counts in self.counts.items():
            for value in unit.traits.get(mix, ()):
                counts[value] = counts.get(value, 0) + sign

    def lone(self) -> bool:
        """Whether one remote person is alone with people in a room."""
        return self.remote == 1 and self.room > 0

    def unmixed(self) -> list[Mix]:
        """The traits that do not differ within the group, as far as is known."""
        return [mix for mix, counts in self.counts.items() if self.units and sum(map(bool, counts.values())) < SMALLEST]

    def cost(self) -> int:
        """What is unwanted here, sizes apart. Squares grow when people alike gather: their sum is least when all is spread."""
        alike = sum(count * count for counts in self.counts.values() for count in counts.values())
        # Fewer people of the room beside a lone remote one is already a step towards none.
        return self.lone() * (LONE + self.room * 10 * UNMIXED) + len(self.unmixed()) * UNMIXED + alike


def how_many(heads: int, size: int, units: int) -> int:
    """How many groups of about that size: the number whose mean size is nearest, never so many that someone is alone."""
    most = max(1, min(units, heads // SMALLEST))
    low = heads // size
    return min((n for n in (low, low + 1) if 1 <= n <= most), key=lambda n: abs(heads / n - size), default=min(max(low, 1), most))


def drawn(units: Iterable[Unit], groups: int, mix: Sequence[Mix], seed: str) -> list[list[str]]:
    """The units of each group, by id: as many groups as asked for, none empty where units allow."""
    known = list(units)
    best: tuple[tuple[int, ...], list[Side]] | None = None
    for start in range(STARTS if len(known) <= CROWD else 1):
        lots = f"{seed}|{start}" if start else seed
        sides = _dealt(sorted(known, key=lambda unit: _lot(lots, unit.id)), groups, mix, lots)
        _improve(sides)
        lacks = (sum(side.lone() for side in sides), sum(len(side.unmixed()) for side in sides))
        uneven = (sum(side.parts * side.parts for side in sides), sum(side.heads * side.heads for side in sides))
        if best is None or (*uneven, *lacks) < best[0]:
            best = ((*uneven, *lacks), sides)
        if lacks == (0, 0):
            break
    return [sorted(unit.id for unit in side.units) for side in best[1]] if best else []


def shortfalls(groups: Iterable[tuple[str, Iterable[Unit]]], mix: Sequence[Mix]) -> tuple[Shortfall, ...]:
    """What the groups, by id, lack: said of any draw or placing by hand."""
    found: list[Shortfall] = []
    for id, units in groups:
        side = Side(mix, units)
        if side.lone():
            found.append(Shortfall(code="lone_remote", group=id))
        found += [Shortfall(code="one_service" if one == "service" else "one_site", group=id) for one in side.unmixed()]
    return tuple(found)


def _lot(seed: str, id: str) -> bytes:
    return hashlib.sha256(f"{seed}|{id}".encode()).digest()


# --- dealing -----------------------------------------------------------------------------------------------------


def _dealt(units: list[Unit], groups: int, mix: Sequence[Mix], seed: str) -> list[Side]:
    """Big units first, then those whose traits are common, each to the emptiest group that it suits best.

    Traits as common as each other follow one another by lot: the seed decides, not the alphabet.
    """
    common: dict[tuple[Mix, str], int] = {}
    for unit in units:
        for trait in _traits(unit, mix):
            common[trait] = common.get(trait, 0) + 1

    def turn(pack: tuple[Unit, ...]) -> tuple[int, int, list[tuple[int, bytes]]]:
        size = (-sum(unit.parts for unit in pack), -sum(unit.heads for unit in pack))
        return (*size, [(-common[trait], _lot(seed, ":".join(trait))) for trait in _traits(pack[0], mix)])

    sides = [Side(mix) for _ in range(groups)]
    for step, pack in enumerate(sorted(_packs(units, seed), key=turn)):
        least = min((side.parts, side.heads) for side in sides)
        emptiest = [side for side in sides if (side.parts, side.heads) == least]
        first = step % len(emptiest)
        best = min((*emptiest[first:], *emptiest[:first])[:LOOKS], key=lambda side: _likeness(side, pack))
        for unit in pack:
            best.add(unit)
    return sides


def _traits(unit: Unit, mix: Sequence[Mix]) -> list[tuple[Mix, str]]:
    return [(one, value) for one in mix for value in unit.traits.get(one, ())]


def _packs(units: list[Unit], seed: str) -> Iterator[tuple[Unit, ...]]:
    """Remote people two by two, where there are rooms; everyone else alone."""
    rooms = any(unit.room for unit in units)
    remote = [unit for unit in units if rooms and unit.remote == 1 and unit.parts == 1 and unit.heads == 1]
    remote.sort(key=lambda unit: [_lot(seed, service) for service in unit.traits.get("service", ())])
    half = len(remote) // 2
    yield from zip(remote[:half], remote[half : 2 * half], strict=True)
    packed = {unit.id for unit in remote[: 2 * half]}
    yield from ((unit,) for unit in units if unit.id not in packed)


def _likeness(side: Side, pack: tuple[Unit, ...]) -> int:
    """How many people of the group are like those who would come."""
    return sum(counts.get(value, 0) for mix, counts in side.counts.items() for unit in pack for value in unit.traits.get(mix, ()))


# --- swapping ----------------------------------------------------------------------------------------------------


def _improve(sides: list[Side]) -> None:
    """Swap or hand over units while that helps: the groups that lack most first, until nothing does or patience ends."""
    patience = PATIENCE
    better = True
    while better:
        better = False
        for one, other in _in_turn(sides):
            for mine, theirs in _exchanges(one, other):
                gain = _evener(one, other, mine, theirs)
                patience -= LOOK if gain is False else TRY
                if gain is not False and _exchanged(one, other, mine, theirs, certain=gain is True):
                    better = True
                    break
            if patience <= 0:
                return


def _in_turn(sides: list[Side]) -> Iterator[tuple[Side, Side]]:
    """Every two groups where something may be gained, those at fault first."""
    for one, other in combinations(sorted(sides, key=_fault, reverse=True), 2):
        if one.counts or one.lone() or other.lone() or max(abs(one.parts - other.parts), abs(one.heads - other.heads)) > 1:
            yield one, other


def _fault(side: Side) -> int:
    return side.lone() * 10 + len(side.unmixed())


def _exchanges(one: Side, other: Side) -> list[tuple[Unit | None, Unit | None]]:
    swaps: list[tuple[Unit | None, Unit | None]] = [(mine, theirs) for mine in one.units for theirs in other.units]
    return swaps + [(mine, None) for mine in one.units] + [(None, theirs) for theirs in other.units]


def _evener(one: Side, other: Side, mine: Unit | None, theirs: Unit | None) -> bool | None:
    """Whether an exchange makes two groups more even; None when it changes nothing of that, but perhaps something else."""
    for have, there, given, taken in (
        (one.parts, other.parts, mine.parts if mine else 0, theirs.parts if theirs else 0),
        (one.heads, other.heads, mine.heads if mine else 0, theirs.heads if theirs else 0),
    ):
        change = (given - taken) * (there - have + given - taken)
        if change:
            return change < 0
    same = mine and theirs and (mine.remote, mine.room, mine.traits) == (theirs.remote, theirs.room, theirs.traits)
    return False if same else None


def _exchanged(one: Side, other: Side, mine: Unit | None, theirs: Unit | None, *, certain: bool) -> bool:
    """Make an exchange if it lowers the cost of both groups together, or is a good one for certain."""
    before = one.cost() + other.cost()
    _exchange(one, other, mine, theirs)
    if certain or one.cost() + other.cost() < before:
        return True
    _exchange(one, other, theirs, mine)
    return False


def _exchange(one: Side, other: Side, mine: Unit | None, theirs: Unit | None) -> None:
    for unit, source, target in ((mine, one, other), (theirs, other, one)):
        if unit:
            source.remove(unit)
            target.add(unit)


# --- merging -----------------------------------------------------------------------------------------------------


def merged(groups: Sequence[Sequence[Unit]], mix: Sequence[Mix], seed: str) -> list[list[str]]:
    """The groups joined two by two, an odd one with the smallest; by ids of their units."""
    wholes = {_whole_id(units): units for units in groups}
    together = [_whole(id, units) for id, units in wholes.items()]
    joined = drawn(together, max(1, len(together) // 2), mix, seed)
    return [sorted(unit.id for id in ids for unit in wholes[id]) for ids in joined]


def _whole_id(units: Sequence[Unit]) -> str:
    return min(unit.id for unit in units)


def _whole(id: str, units: Sequence[Unit]) -> Unit:
    """A group that stays together, as one unit of a draw."""
    traits: dict[Mix, tuple[str, ...]] = {}
    for unit in units:
        for mix, values in unit.traits.items():
            traits[mix] = (*traits.get(mix, ()), *values)
    return Unit(
        id=id, parts=1, heads=sum(unit.heads for unit in units), remote=sum(unit.remote for unit in units),
        room=sum(unit.room for unit in units), traits=traits,
    )  # fmt: skip


def completed(groups: list[list[str]], late: Iterable[Unit], units: dict[str, Unit], seed: str) -> list[list[str]]:
    """The groups with who was in none of them, each in the smallest."""
    sides = [Side((), (units[id] for id in ids)) for ids in groups]
    for unit in sorted(late, key=lambda unit: _lot(seed, unit.id)):
        min(sides, key=lambda side: side.heads).add(unit)
    return [sorted(unit.id for unit in side.units) for side in sides]
