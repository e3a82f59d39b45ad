"""Gauges: the only counts over hidden records, coarse in time and of a size that does not depend on them.

Everyone learns who is present by site, the turnout of an open round and how many work in each group. Facilitators also
learn who is here, how many notes are still hidden in each zone, how many people have not contributed yet, never fewer
than SMALL together, and how many still have a text waiting: shared devices by site, other people as one number.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from facilitation import rounds
from facilitation.attended import heads_of
from facilitation.records import Authorship, Group, Note, Partition, Placement, Receipt, Round, Seat, Site, Zone
from facilitation.rights import DRIVERS
from facilitation.state import State
from server.wire import frames

SMALL = 3
"""Sites with fewer heads are counted together: a count over two people names them."""
MERGED = "merged"
WRITERS = ("participant", "room")
"""Roles whose texts a reveal waits for."""


def frames_of(state: State, here: frozenset[str], busy: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """The gauges frame of each shared audience. `here`: ids of the seats that have a connection; `busy`: that write."""
    seats = [seat for seat in state.all(Seat) if seat.id in here and not seat.removed]
    shared = {"people": _raw(_people(state, seats)), **_turnout(state), **_groups(state)}
    driving = {
        **shared,
        "here": sorted(seat.id for seat in seats),
        "hidden": _raw(_hidden(state)),
        "silent": _raw(_silent(state, seats)),
        "writing": _writing(state, busy),
    }
    return {"everyone": frames.gauges(shared), "facilitators": frames.gauges(driving)}


def _raw(numbers: dict[str, int]) -> msgspec.Raw:
    return msgspec.Raw(frames.counts(numbers))


def _writing(state: State, busy: frozenset[str]) -> dict[str, msgspec.Raw]:
    """Shared devices that still write, by site, and how many other people do. Sites are listed whether anybody writes or not."""
    present = [seat for seat in state.all(Seat) if seat.role in WRITERS and not seat.removed]
    sites = {site.id for site in state.all(Site) if site.room} | {seat.site for seat in present if seat.role == "room"}
    rooms = dict.fromkeys(sorted(sites), 0)
    people = 0
    for seat in present:
        if seat.id in busy and seat.role == "room":
            rooms[seat.site] += 1
        elif seat.id in busy:
            people += 1
    return {"rooms": _raw(rooms), "people": msgspec.Raw(frames.count(people))}


def _people(state: State, seats: list[Seat]) -> dict[str, int]:
    """Heads present that take part, by site, "" for those of none: counted as the minutes count them."""
    found = {site.id: 0 for site in state.all(Site)} | {"": 0}
    for seat in seats:
        found[seat.site] = found.get(seat.site, 0) + heads_of(seat)
    return found


def _turnout(state: State) -> dict[str, object]:
    """How many ballots of how many an open round has; nothing when none is open."""
    for round in state.all(Round):
        if round.status == "open":
            given = sum(len(one.heads) for one in state.all(Receipt) if one.round == round.id)
            ballots, heads = (msgspec.Raw(frames.count(number)) for number in (given, rounds.heads(state, round)))
            return {"turnout": {"round": round.id, "ballots": ballots, "heads": heads}}
    return {}


def _groups(state: State) -> dict[str, object]:
    """Heads placed in each group at work; nothing while everyone works together."""
    running = next((one for one in state.all(Partition) if one.status == "running"), None)
    if running is None:
        return {}
    found = {group.id: 0 for group in state.all(Group) if group.partition == running.id}
    for placement in state.all(Placement):
        seat = state.find(Seat, placement.seat)
        if placement.group in found and seat is not None and not seat.removed:
            found[placement.group] += seat.heads
    return {"groups": _raw(found)}


def _hidden(state: State) -> dict[str, int]:
    """Notes that wait for the reveal, by zone of the current board and of the groups' copies of it; "" for those in none."""
    running = {partition.id for partition in state.all(Partition) if partition.status == "running"}
    apart = {group.board for group in state.all(Group) if group.partition in running}
    boards = {state.block.board if state.block else "", *apart}
    found = {zone.id: 0 for zone in state.all(Zone) if zone.board in boards} | {"": 0}
    for note in state.all(Note):
        if note.scope == "author" and not note.withdrawn and not note.aside:
            found[note.zone if note.zone in found else ""] += 1
    return found


def _silent(state: State, seats: list[Seat]) -> dict[str, int]:
    """Heads present that have neither written in the current block nor answered its open round, by site."""
    contributed = _contributed(state)
    silent: Counter[str] = Counter()
    heads: Counter[str] = Counter()
    for seat in seats:
        if seat.heads and seat.role not in DRIVERS:
            heads[seat.site] += seat.heads
            silent[seat.site] += max(seat.heads - contributed.get(seat.id, 0), 0)
    return _merged(silent, heads)


def _contributed(state: State) -> dict[str, int]:
    """Heads of each seat that have contributed. An unsigned note of a shared device speaks for all before it."""
    voting = next((round.id for round in state.all(Round) if round.status == "open"), "")
    if voting:
        return {one.seat: len(one.heads) for one in state.all(Receipt) if one.round == voting}
    block = state.session.block
    signed: defaultdict[str, set[str]] = defaultdict(set)
    for authorship in state.all(Authorship):
        note = state.find(Note, authorship.id)
        if note is not None and note.block == block and not note.withdrawn:
            signed[authorship.seat].add(authorship.occupant)
    return {seat: 600 if "" in occupants else len(occupants) for seat, occupants in signed.items()}


def _merged(silent: Counter[str], heads: Counter[str]) -> dict[str, int]:
    """The counts by site, small sites together; where even together they are few, with the next smallest."""
    order = sorted(heads, key=lambda site: (heads[site], site))
    small = [site for site in order if heads[site] < SMALL]
    rest = [site for site in order if heads[site] >= SMALL]
    while small and rest and sum(heads[site] for site in small) < SMALL:
        small.append(rest.pop(0))
    counts = {site: silent[site] for site in sorted(rest)}
    if sum(heads[site] for site in small) >= SMALL:
        counts[MERGED] = sum(silent[site] for site in small)
    return counts
