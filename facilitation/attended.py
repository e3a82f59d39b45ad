"""Who attended, each person once: the one reading of seats, shared devices and the people before them.

Every figure of people comes from here, so that the wall, the minutes and the tables agree. Who leads, observes or projects
is never counted among those who take part. A shared device counts its heads; whoever of them is known by name, or moved
there when their own device died, stands on a line of their own and the device keeps the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from facilitation.records import Occupant, Profile, Role, Seat, Site
from facilitation.state import State
from facilitation.wording import collated

TAKING_PART: tuple[Role, ...] = ("participant", "room")


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was there, or a shared device (`role` "room") with those of its heads who gave no name.

    `seat` is a seat's id, "" for a name given at a shared device. `heads` is 0 for who led or observed, and for who left
    before the end (`left`).
    """

    name: str
    role: Role
    site: str
    place: str = ""  # the site's id
    seat: str = ""
    service: str = ""
    department: str = ""
    device: str = ""  # name of the shared device they sat before
    heads: int = 1
    left: bool = False


def heads_of(seat: Seat) -> int:
    """People who take part at this seat: for a shared device all of its heads, none for who moved to one."""
    return seat.heads if seat.role in TAKING_PART and not seat.removed else 0


def attended(state: State) -> tuple[Person, ...]:
    """Everyone who was there, site by site, then by name; projectors are nobody."""
    places = {site.id: site for site in state.all(Site)}
    nowhere = Site(id="", name="", rank=1e9)
    seats = {seat.id: seat for seat in state.all(Seat) if not seat.removed and seat.role != "projector"}
    before: dict[str, list[Occupant]] = {}
    for occupant in state.all(Occupant):
        if occupant.seat in seats and (occupant.name or occupant.service or occupant.person):
            before.setdefault(occupant.seat, []).append(occupant)
    found: list[tuple[float, Person]] = []
    for seat in seats.values():
        if _sits_elsewhere(seat, before):
            continue
        site = places.get(seat.site, nowhere)
        people = _before(state, seat, before.get(seat.id, []), site) if seat.role == "room" else [_alone(state, seat, site)]
        found += [(site.rank, person) for person in people]
    return tuple(person for _, person in sorted(found, key=lambda one: (one[0], collated(one[1].name))))


def _sits_elsewhere(seat: Seat, before: dict[str, list[Occupant]]) -> bool:
    """Whether this seat's person is told of on the line of a shared device."""
    here = before.get(seat.device, []) if seat.device else []
    return seat.role == "participant" and any(one.person == seat.id and not one.gone for one in here)


def _alone(state: State, seat: Seat, site: Site) -> Person:
    profile = state.find(Profile, seat.id) or Profile(id=seat.id)
    return Person(
        name=seat.name, role=seat.role, site=site.name, place=site.id, seat=seat.id, service=profile.service,
        department=profile.department, heads=heads_of(seat),
    )  # fmt: skip


def _before(state: State, device: Seat, known: list[Occupant], site: Site) -> list[Person]:
    """The people before a shared device: those known, then the device with its other heads, if any are left."""
    people, rest = [], device.heads
    for one in known:
        moved = state.find(Seat, one.person) if one.person else None
        if one.gone and (moved or not one.name):
            continue
        person = _known(state, device, one, moved, site)
        if person.name:
            people.append(person)
            rest -= person.heads
    if rest > 0 or not people:
        heads = max(0, rest)
        unnamed = Person(name=device.name, role="room", site=site.name, place=site.id, seat=device.id, heads=heads)
        people += _by_service(unnamed, [one.service for one in known if not one.gone and not one.name and not one.person])
    return people


def _known(state: State, device: Seat, occupant: Occupant, moved: Seat | None, site: Site) -> Person:
    profile = state.find(Profile, moved.id) if moved else None
    return Person(
        name=moved.name if moved else occupant.name,
        role="participant",
        site=site.name,
        place=site.id,
        seat=moved.id if moved else "",
        service=occupant.service or (profile.service if profile else ""),
        department=profile.department if profile else "",
        device=device.name,
        heads=0 if occupant.gone else 1,
        left=occupant.gone,
    )


def _by_service(device: Person, services: list[str]) -> list[Person]:
    """The unnamed heads of a device, apart by the service that some of them gave."""
    told = Counter(service for service in services if service)
    rest = max(0, device.heads - sum(told.values()))
    parts = [msgspec.structs.replace(device, service=service, heads=heads) for service, heads in sorted(told.items())]
    return ([msgspec.structs.replace(device, heads=rest)] if rest or not parts else []) + parts


def by_service(people: Iterable[Person]) -> tuple[tuple[str, int], ...]:
    """People who took part by the service they named, in the order of its name; those who named none last, under ""."""
    counts: Counter[str] = Counter()
    for person in people:
        if person.role in TAKING_PART:
            counts[person.service] += person.heads
    told = [(service, heads) for service, heads in counts.items() if heads]
    return tuple(sorted(told, key=lambda item: (item[0] == "", collated(item[0]))))
