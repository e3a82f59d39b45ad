"""Rounds: opening a vote on frozen options, casting ballots, closing with the count, showing the result.

Ballots and receipts are sealed records: they never enter the log, and closing takes them away (sight.seal_of).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from facilitation import groups, texts
from facilitation.commands import CastBallot, CloseRound, OpenRound, ShowRound
from facilitation.context import Context
from facilitation.reach import acting, granted, public, suspended
from facilitation.records import (
    Authorship,
    Ballot,
    BallotBox,
    Block,
    Cluster,
    Note,
    OpenedBallot,
    Option,
    Receipt,
    Round,
    RoundPlan,
    Seat,
    SiteTally,
    Tally,
    Zone,
)
from facilitation.rejections import Refused
from facilitation.rights import drives, grants
from facilitation.state import Change, Put, Remove, State, change
from facilitation.tallies import count, recount, sites_may_show, sort_key

OPTIONS = 200
"""Most choices of one vote: as many as a ballot may mark (commands.py)."""

COMMENT = 500

# --- opening -----------------------------------------------------------------------------------------------------


def open_round(state: State, command: OpenRound, context: Context) -> tuple[Change, ...]:
    """R1. A block's vote opens with its plan and options frozen; one vote at a time, with everyone in the plenary."""
    block = state.find(Block, command.block)
    if block is None:
        raise Refused("unknown_record")
    if block.round is None:
        raise Refused("no_round_here")
    if any(one.status == "open" for one in state.all(Round)):
        raise Refused("round_open")
    if groups.running(state):
        raise Refused("groups_running")
    options = _options(state, block, block.round, command)
    if len(options) < 2:
        raise Refused("nothing_to_vote")
    if len(options) > OPTIONS:
        raise Refused("bad_number", value=len(options), low=2, high=OPTIONS)
    plan = block.round
    return (
        Put(
            Round(
                id=context.new_id("round"), block=block.id, method=plan.method, question=plan.question or block.title,
                target=plan.target, options=options, budget=plan.budget, cap=plan.cap, own=plan.own, secret=plan.secret,
                comment=plan.comment, facilitators_vote=plan.facilitators_vote, opened_at=context.at,
                runoff_of=command.runoff_of,
            )
        ),
    )  # fmt: skip


def _options(state: State, block: Block, plan: RoundPlan, command: OpenRound) -> tuple[Option, ...]:
    if command.runoff_of:
        return _runoff(state, command)
    if plan.method == "scale":
        return tuple(Option(id=str(place), title=level) for place, level in enumerate(plan.levels, start=1))
    offered = _targets(state, block.board, plan.target)
    if not command.options:
        return tuple(option for option, usual in offered if usual)
    asked = set(command.options)
    if asked - {option.id for option, _ in offered}:
        raise Refused("unknown_option")
    return tuple(option for option, _ in offered if option.id in asked)


def _targets(state: State, board: str, target: str) -> list[tuple[Option, bool]]:
    """R2. What a board offers to a vote, in reading order, and whether it is there unasked.

    Clusters: every cluster that shows a note; a note in none is a choice of its own only where the opening names it.
    Notes: every note that everyone sees.
    """
    if target == "question":
        return []
    shown = [note for note in state.all(Note) if note.board == board and public(note)]
    within: dict[str, int] = {}
    for note in shown:
        within[note.cluster] = within.get(note.cluster, 0) + 1
    clusters = [one for one in state.all(Cluster) if one.board == board and one.id in within]
    places = {one.id: one.rank for one in clusters}
    found: list[tuple[tuple[float, int, float, float, str], Option, bool]] = []
    for note in shown:
        if target == "notes" or not note.cluster:
            order = (_zone_rank(state, note.zone), int(not note.cluster), places.get(note.cluster, 0.0), note.rank, note.id)
            found.append((order, Option(id=note.id, title=note.text), target == "notes"))
    for one in clusters if target == "clusters" else ():
        order = (_zone_rank(state, one.zone), 0, one.rank, 0.0, one.id)
        found.append((order, Option(id=one.id, title=one.title, count=within[one.id]), True))
    return [(option, usual) for _, option, usual in sorted(found, key=lambda item: item[0])]


def _zone_rank(state: State, id: str) -> float:
    """A zone's place in reading order; the open board comes last."""
    zone = state.find(Zone, id)
    return zone.rank if zone else float("inf")


def _runoff(state: State, command: OpenRound) -> tuple[Option, ...]:
    """R3. A run-off votes again on some options of a closed round, as they were voted on: by default those tied first."""
    former = state.find(Round, command.runoff_of)
    tally = state.find(Tally, command.runoff_of)
    if former is None:
        raise Refused("unknown_record")
    if former.status == "open" or tally is None:
        raise Refused("round_not_closed")
    asked = set(command.options) or {row.option for row in tally.rows if row.rank == 1}
    if asked - {option.id for option in former.options}:
        raise Refused("unknown_option")
    return tuple(option for option in former.options if option.id in asked)


# --- casting -----------------------------------------------------------------------------------------------------


def votes(state: State, round: Round, seat: Seat) -> bool:
    """R4. Whether a seat has ballots in a round: as its block grants; facilitators only where the plan says so too."""
    if seat.removed or seat.heads < 1 or seat.role in ("observer", "projector"):
        return False
    if drives(seat):
        return round.facilitators_vote
    return granted(state.find(Block, round.block), seat, "vote") or grants(state.block, seat.role, "vote")


def heads(state: State, round: Round) -> int:
    """How many ballots a round may receive: the heads of the seats that vote, and the ballots of those since removed."""
    left = {seat.id: seat for seat in state.all(Seat) if not votes(state, round, seat)}
    standing = sum(seat.heads for seat in state.all(Seat) if seat.id not in left)
    return standing + sum(1 for seat, _ in _counted(state, round) if seat.id in left)


def cast(state: State, command: CastBallot, context: Context) -> tuple[Change, ...]:
    """R5. One ballot a head, changeable until the close, or until deposited on a shared device."""
    seat = acting(state, context)
    round = state.find(Round, command.round)
    if round is None:
        raise Refused("unknown_record")
    if round.status != "open":
        raise Refused("round_closed")
    if seat.device:  # P11: its ballot is there, and only there
        raise Refused("on_device")
    if not votes(state, round, seat):
        raise Refused("no_ballot")
    if suspended(state, seat, context.at):
        raise Refused("locked")
    present = _present(state, round, seat, command.head)
    ballot = _ballot(state, round, seat, command)
    if not ballot.marks and not ballot.abstains:
        return _taken_back(state, present)
    return () if present == ballot else (Put(ballot), *_receipt(state, ballot))


def _present(state: State, round: Round, seat: Seat, head: int) -> Ballot | None:
    """The ballot that this head already has. Raises Refused where it has none to give or has deposited it."""
    mine = [ballot for ballot in state.all(Ballot) if ballot.round == round.id and ballot.seat == seat.id]
    present = next((ballot for ballot in mine if ballot.head == head), None)
    if present and present.final:
        raise Refused("already_deposited")
    if head > seat.heads or sum(1 for ballot in mine if ballot.final) >= seat.heads:
        raise Refused("no_such_head", heads=seat.heads, head=head)
    return present


def _ballot(state: State, round: Round, seat: Seat, command: CastBallot) -> Ballot:
    marks = {id: number for id, number in sorted(command.marks.items()) if number}
    final = command.final and seat.role == "room"
    # An empty ballot that is deposited is a way of not voting; not deposited, it takes one's answer back.
    abstains = command.abstains or (final and not marks)
    if abstains:
        marks = {}
    _fitting(state, round, seat, marks)
    comment = texts.clean(command.comment, COMMENT, empty=True) if round.comment else ""
    return Ballot(
        id=f"{round.id}:{seat.id}:{command.head}", round=round.id, seat=seat.id, head=command.head, marks=marks,
        abstains=abstains, comment=comment, final=final,
    )  # fmt: skip


def _fitting(state: State, round: Round, seat: Seat, marks: dict[str, int]) -> None:
    """R6. Marks on frozen options only, within the budget and the cap; R7: on one's own ideas where allowed; one level."""
    if set(marks) - {option.id for option in round.options}:
        raise Refused("unknown_option")
    if round.method == "scale":
        if marks and list(marks.values()) != [1]:
            raise Refused("one_level")
        return
    if sum(marks.values()) > round.budget:
        raise Refused("over_budget", marks=sum(marks.values()), budget=round.budget)
    if any(number > round.cap for number in marks.values()):
        raise Refused("over_cap", cap=round.cap)
    if not round.own and marks.keys() & _own_ideas(state, seat):
        raise Refused("own_idea")


def _own_ideas(state: State, seat: Seat) -> set[str]:
    """The notes of a seat, and the clusters that show one of them."""
    own = {one.id for one in state.all(Authorship) if one.seat == seat.id}
    return own | {note.cluster for note in state.all(Note) if note.id in own and note.cluster and public(note)}


def _receipt(state: State, ballot: Ballot) -> tuple[Change, ...]:
    """R8. The seat, and nobody else, sees which of its heads have answered."""
    id = f"{ballot.round}:{ballot.seat}"
    present = state.find(Receipt, id)
    answered = tuple(sorted({*(present.heads if present else ()), ballot.head}))
    if present:
        return change(present, heads=answered)
    return (Put(Receipt(id=id, round=ballot.round, seat=ballot.seat, heads=answered)),)


def _taken_back(state: State, ballot: Ballot | None) -> tuple[Change, ...]:
    if ballot is None:
        return ()
    receipt = state.find(Receipt, f"{ballot.round}:{ballot.seat}")
    left = tuple(head for head in receipt.heads if head != ballot.head) if receipt else ()
    return (Remove("ballot", ballot.id), *(change(receipt, heads=left) if receipt else ()))


# --- closing and showing -----------------------------------------------------------------------------------------


def close(state: State, command: CloseRound, context: Context) -> tuple[Change, ...]:
    """R9. Closing counts the ballots and takes them out of the seal: the count and a sorted box stay, nobody's name."""
    round = _round(state, command.round)
    if round.status != "open":
        raise Refused("round_closed")
    cast = _counted(state, round)
    opened = [OpenedBallot(marks=ballot.marks, abstains=ballot.abstains, site=seat.site) for seat, ballot in cast]
    sites = {seat.site for seat in state.all(Seat) if votes(state, round, seat)} | {ballot.site for ballot in opened}
    by_site = sites_may_show(sites, opened)
    box = _box(round, opened, by_site)
    scope = "everyone" if command.show else "facilitators"
    result = count(round, box.ballots)
    tally = Tally(
        id=round.id, rows=result.rows, ballots=result.ballots, abstentions=result.abstentions, heads=heads(state, round),
        median=result.median, comments=tuple(sorted(ballot.comment for _, ballot in cast if ballot.comment)),
        sites="shown" if by_site else "single" if len(sites) < 2 else "withheld", scope=scope,
    )  # fmt: skip
    closed = change(round, status="shown" if command.show else "closed", closed_at=context.at)
    of_sites = _site_tallies(round, box, sites, scope) if by_site else ()
    return (*closed, Put(tally), *of_sites, Put(box), *_unsealed(state, round))


def _round(state: State, id: str) -> Round:
    round = state.find(Round, id)
    if round is None:
        raise Refused("unknown_record")
    return round


def _counted(state: State, round: Round) -> list[tuple[Seat, Ballot]]:
    """R10. The ballots that count, no more of a seat than it has heads: deposited ones first, then the lowest heads."""
    of_seat: dict[str, list[Ballot]] = {}
    for ballot in state.all(Ballot):
        if ballot.round == round.id:
            of_seat.setdefault(ballot.seat, []).append(ballot)
    counted: list[tuple[Seat, Ballot]] = []
    for id, ballots in sorted(of_seat.items()):
        seat = state.find(Seat, id)
        if seat:
            ballots.sort(key=lambda ballot: (not ballot.final, ballot.head))
            counted += [(seat, ballot) for ballot in ballots[: seat.heads]]
    return counted


def _box(round: Round, opened: Sequence[OpenedBallot], by_site: bool) -> BallotBox:
    """R11. The ballots in the order of their own bytes; without sites unless every site has five."""
    kept = opened if by_site else [replace(ballot, site="") for ballot in opened]
    return BallotBox(id=round.id, ballots=tuple(sorted(kept, key=sort_key)))


def _site_tallies(round: Round, box: BallotBox, sites: set[str], scope: str) -> tuple[Change, ...]:
    changes: tuple[Change, ...] = ()
    for site in sorted(sites):
        result = recount(round, box, site)
        tally = SiteTally(
            id=f"{round.id}:{site}", round=round.id, site=site, rows=result.rows, ballots=result.ballots, scope=scope
        )
        changes += (Put(tally),)
    return changes


def _unsealed(state: State, round: Round) -> tuple[Change, ...]:
    """The sealed records of a round, taken away. An empty seal (a session restored in mid-round) has none."""
    ballots = sorted(ballot.id for ballot in state.all(Ballot) if ballot.round == round.id)
    receipts = sorted(receipt.id for receipt in state.all(Receipt) if receipt.round == round.id)
    return (*(Remove("ballot", id) for id in ballots), *(Remove("receipt", id) for id in receipts))


def show(state: State, command: ShowRound, context: Context) -> tuple[Change, ...]:
    """R12. A closed round's result becomes everyone's, by site where that may be said; it never goes back."""
    round = _round(state, command.round)
    if round.status == "open":
        raise Refused("round_not_closed")
    changes = change(round, status="shown")
    tally = state.find(Tally, round.id)
    if tally:
        changes += change(tally, scope="everyone")
    for of_site in state.all(SiteTally):
        if of_site.round == round.id:
            changes += change(of_site, scope="everyone")
    return changes
