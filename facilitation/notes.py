"""Notes: adding, proposing, editing, moving, tinting, withdrawing, setting aside, revealing them.

What is written in secret depends on nothing that others wrote in secret, and nothing of others depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from facilitation import texts
from facilitation.authors import check_occupant, followed, once, sealed_in, signed
from facilitation.clusters import emptied, left_empty, next_rank
from facilitation.commands import (
    AddNotes,
    EditNote,
    MoveNotes,
    NewNote,
    NoteMove,
    ProposeNote,
    RestoreNotes,
    RevealNotes,
    SetAside,
    TintNotes,
    WithdrawNotes,
)
from facilitation.context import Context
from facilitation.placing import Ground, fit_rank, follow_tint, ground, rank_after, settle, within_board
from facilitation.reach import (
    GRACE,
    able,
    acting,
    at_hand,
    board_of,
    cluster_on,
    granted,
    known_notes,
    on_its_board,
    owns,
    public,
    seen_note,
    seen_notes,
    sees,
    suspended,
    zone_of,
)
from facilitation.records import Authorship, Block, Board, Cluster, Note, Seat, Timer, Tint, Zone
from facilitation.rejections import Refused
from facilitation.rights import drives
from facilitation.state import Change, Put, State, change

NOTES = 2000
"""Most notes that one may see in a session: what a board still pans smoothly with (DESIGN.md 9)."""

BESIDE = 24.0  # how far the second text of a double edit stands from the first, so that both are seen

# --- writing -----------------------------------------------------------------------------------------------------


def add(state: State, command: AddNotes, context: Context) -> tuple[Change, ...]:
    """N1. Whoever may add does, in the block where the text was begun; all the notes of one command or none."""
    seat = acting(state, context)
    board = board_of(state, command.board, seat)
    block = _writing(state, seat, command.block, context.at)
    if block and not drives(seat):
        on_its_board(state, seat, block, board, context.at)
    secret = block is not None and block.notes == "author" and not block.revealed
    known = list(known_notes(state, board.id, seat if secret else None))
    below_limit(state, seat, len(command.notes))
    changes: list[Change] = []
    for index, new in enumerate(command.notes):
        note = _new_note(state, board, block, new, context, index, secret, known)
        known.append(note)
        changes += signed(state, note, _author(state, seat, block, board, new, note.id))
    return once(changes)


def _writing(state: State, seat: Seat, begun: str, at: int) -> Block | None:
    """N2. The block by whose rules a text is taken. Facilitators write at any time; others while it lasts, and 3 s more."""
    block = state.find(Block, begun) if begun else state.block
    if begun and block is None:
        raise Refused("unknown_record")
    if drives(seat):
        return block
    if block is None:
        raise Refused("no_block")
    current = block.id == state.session.block
    if not granted(block, seat, "add") or not (current or block.left_at):
        raise Refused("not_allowed")
    if suspended(state, seat, at, GRACE):
        raise Refused("locked")
    if at > (_firm_end(state, block) if current else block.left_at + GRACE):
        raise Refused("time_over")
    return block


def _firm_end(state: State, block: Block) -> float:
    """N3. A soft end refuses nothing; a firm one does, 3 s after the timer's."""
    timer = state.find(Timer, "timer")
    firm = block.end == "firm" and timer is not None and timer.block == block.id and timer.deadline
    return timer.deadline + GRACE if firm and timer else float("inf")


def below_limit(state: State, seat: Seat, more: int) -> None:
    """N6. The limit counts only what the asker sees: what others hide, or write in their group, must not be felt."""
    if len(state.table("note")) + more <= NOTES:
        return
    seen = sum(1 for note in state.all(Note) if not note.withdrawn and (owns(state, seat, note) or _shown_to(state, seat, note)))
    if seen + more > NOTES:
        raise Refused("too_many_notes", limit=NOTES)


def _shown_to(state: State, seat: Seat, note: Note) -> bool:
    return public(note) and sees(state, seat, note)


def _new_note(
    state: State, board: Board, block: Block | None, new: NewNote, context: Context, index: int, secret: bool, known: list[Note]
) -> Note:
    zone = zone_of(state, board, new.zone)
    x, y, rank = settle(state, board, zone, known, new.x, new.y, unsaid=-1.0)
    return Note(
        id=context.new_id("note", index),
        board=board.id,
        block=block.id if block else "",
        text=texts.note(new.text),
        zone=zone.id if zone else "",
        tint=_tint(board, zone, new.tint),
        x=x,
        y=y,
        rank=rank,
        scope="author" if secret else board.scope,
        at=block.started_at if secret and block else context.at,
    )


def _author(state: State, seat: Seat, block: Block | None, board: Board, new: NewNote, note: str) -> Authorship:
    """N4. The author is who thought it; a facilitator typing for another seat is recorded apart, as typist."""
    author = new.seat or seat.id
    if author != seat.id:
        found = state.find(Seat, author)
        if not drives(seat):
            raise Refused("not_allowed")
        if found is None or found.removed or found.role in ("observer", "projector") or not sees(state, found, board):
            raise Refused("unknown_record")
    check_occupant(state, new.occupant, author)
    typist = seat.id if author != seat.id else ""
    return Authorship(id=note, seat=author, occupant=new.occupant, typist=typist, sealed=sealed_in(block))


def propose(state: State, command: ProposeNote, context: Context) -> tuple[Change, ...]:
    """N8. A text that came too late goes to the facilitators, set aside; its author stays hidden, as the block promised."""
    seat = acting(state, context)
    if seat.role == "observer":
        raise Refused("not_allowed")
    board = board_of(state, command.board, seat)
    zone = zone_of(state, board, command.zone)
    below_limit(state, seat, 1)
    x, y, rank = settle(state, board, zone, known_notes(state, board.id), -1.0, -1.0, unsaid=-1.0)
    note = Note(
        id=context.new_id("note"), board=board.id, block=state.session.block, text=texts.note(command.text),
        zone=zone.id if zone else "", tint=_tint(board, zone, ""), x=x, y=y, rank=rank, scope=board.scope, aside=True,
        at=context.at,
    )  # fmt: skip
    return signed(state, note, Authorship(id=note.id, seat=seat.id, sealed=True))


def edit(state: State, command: EditNote, context: Context) -> tuple[Change, ...]:
    """N9. One's own note always, another's with the right to. N10. A text written over an older one stands beside it."""
    seat = acting(state, context)
    note = seen_note(state, seat, command.note)
    own = owns(state, seat, note)
    if own and suspended(state, seat, context.at, GRACE):
        raise Refused("locked")
    if not own:
        at_hand(state, note, context, "edit")
    text = texts.note(command.text)
    if text == note.text:
        return ()
    # A reveal starts the count again: an edition ahead of 1 was read before it, and nobody has written since.
    crossed = note.edition == 1 and command.edition > 1
    if command.edition == note.edition or crossed:
        return change(note, text=text, edition=note.edition + 1)
    return _beside(state, seat, note, text, context)


def _beside(state: State, seat: Seat, note: Note, text: str, context: Context) -> tuple[Change, ...]:
    own = owns(state, seat, note)
    known = known_notes(state, note.board, seat if note.scope == "author" else None)
    siblings = [one for one in known if one.zone == note.zone and one.cluster == note.cluster]
    x, y = within_board(board_of(state, note.board), note.x + BESIDE, note.y + BESIDE)
    second = replace(
        note, id=context.new_id("note"), text=text, edition=1, origin=note.id, x=x, y=y, rank=rank_after(note, siblings),
        at=note.at if note.scope == "author" else context.at,
    )  # fmt: skip
    first = state.find(Authorship, note.id)
    sealed = first.sealed if first else True
    if own and first:
        return signed(state, second, replace(first, id=second.id))
    return signed(state, second, Authorship(id=second.id, seat=seat.id, sealed=sealed))


# --- placing and tinting -----------------------------------------------------------------------------------------


def move(state: State, command: MoveNotes, context: Context) -> tuple[Change, ...]:
    """N11. One's own notes always, others' with the right to. N12. Into or out of a cluster, with the right to cluster."""
    seat = acting(state, context)
    changes: tuple[Change, ...] = ()
    left: set[str] = set()
    after = state
    for item in command.moves:
        note = seen_note(after, seat, item.note)
        at_hand(state, note, context, "move")
        if item.cluster != note.cluster:
            able(state, context, "cluster")
            left.add(note.cluster)
        step = _moved(after, seat, note, item)
        changes += step
        after = after.apply(step)
    return changes + emptied(state, after, left)


def _moved(state: State, seat: Seat, note: Note, item: NoteMove) -> tuple[Change, ...]:
    board = board_of(state, note.board)
    cluster = cluster_on(state, board.id, item.cluster) if item.cluster else None
    if cluster:
        if not public(note):
            raise Refused("still_hidden")
        rank = _said(item.rank, note.rank if note.cluster == cluster.id else next_rank(state, cluster.id))
        zone = state.find(Zone, cluster.zone)
        return change(note, cluster=cluster.id, zone=cluster.zone, rank=rank, tint=follow_tint(board, note, zone))
    zone = zone_of(state, board, item.zone)
    x, y, rank = _landing(state, seat, board, zone, note, item)
    tint = follow_tint(board, note, zone)
    return change(note, cluster="", zone=zone.id if zone else "", x=x, y=y, rank=rank, tint=tint)


def _landing(
    state: State, seat: Seat, board: Board, zone: Zone | None, note: Note, item: NoteMove
) -> tuple[float, float, float]:
    """Where a note moved onto a zone lands: a place left out (0, 0) is kept within a zone, and found in another."""
    stays = item.zone == note.zone and not note.cluster
    known = (one for one in known_notes(state, board.id, None if public(note) else seat) if one.id != note.id)
    if stays and item.x == 0 and item.y == 0:
        x, y, rank = note.x, note.y, note.rank
    elif stays:
        (x, y), rank = within_board(board, item.x, item.y), note.rank
    else:
        x, y, rank = settle(state, board, zone, known, item.x, item.y, unsaid=0.0)
    return x, y, _said(item.rank, rank)


def _said(rank: float | UnsetType, otherwise: float) -> float:
    return otherwise if rank is UNSET else fit_rank(rank)


def _tint(board: Board, zone: Zone | None, asked: Tint) -> Tint:
    """N13. A tint is taken only where it means something: of the board's list, or the zone's own, which goes unsaid."""
    given: Tint = zone.tint if zone else ""
    if asked and asked != given and asked not in board.tints:
        raise Refused("bad_choice", value=asked)
    return asked or given


def tint(state: State, command: TintNotes, context: Context) -> tuple[Change, ...]:
    """N13. One's own notes always, others' with the right to edit; no tint gives the zone's back."""
    seat = acting(state, context)
    changes: tuple[Change, ...] = ()
    for note in seen_notes(state, seat, command.notes):
        at_hand(state, note, context, "edit")
        zone = state.find(Zone, note.zone)
        changes += change(note, tint=_tint(board_of(state, note.board), zone, command.tint))
    return changes


# --- out of sight, and back --------------------------------------------------------------------------------------


def withdraw(state: State, command: WithdrawNotes, context: Context) -> tuple[Change, ...]:
    """N15. One's own notes only: facilitators set aside, they do not take back what others said."""
    changes: tuple[Change, ...] = ()
    notes = _own_notes(state, command.notes, context)
    for note in notes:
        changes += _put_away(state, note, replace(note, withdrawn=True))
    return changes + left_empty(state, changes, {note.cluster for note in notes})


def restore(state: State, command: RestoreNotes, context: Context) -> tuple[Change, ...]:
    """N16. A note taken back may return; if its block was revealed meanwhile, everyone sees it."""
    changes: tuple[Change, ...] = ()
    for note in _own_notes(state, command.notes, context):
        if note.withdrawn:
            changes += _brought_back(state.apply(changes), replace(note, withdrawn=False))
    return once(changes)


def _own_notes(state: State, ids: Iterable[str], context: Context) -> list[Note]:
    seat = acting(state, context)
    if suspended(state, seat, context.at):
        raise Refused("locked")
    notes = seen_notes(state, seat, ids)
    if not all(owns(state, seat, note) for note in notes):
        raise Refused("not_yours")
    return notes


def set_aside(state: State, command: SetAside, context: Context) -> tuple[Change, ...]:
    """N18. Facilitators take a note off the board, or bring one back, a proposal too; never one still hidden."""
    changes: tuple[Change, ...] = ()
    notes = seen_notes(state, acting(state, context), command.notes)
    for note in notes:
        if note.scope == "author":
            raise Refused("still_hidden")
        if command.aside and not note.aside:
            changes += _put_away(state, note, replace(note, aside=True))
        elif note.aside and not command.aside:
            changes += _brought_back(state.apply(changes), replace(note, aside=False))
    return once(changes + left_empty(state, changes, {note.cluster for note in notes if command.aside}))


def _put_away(state: State, note: Note, away: Note) -> tuple[Change, ...]:
    return change(note, withdrawn=away.withdrawn, aside=away.aside) + followed(state, away)


def _brought_back(state: State, note: Note) -> tuple[Change, ...]:
    """The note on its board again. What it lost meanwhile (its cluster, its secret) is put right."""
    before = state.find(Note, note.id)
    block = state.find(Block, note.block)
    board = board_of(state, note.board)
    if note.cluster and state.find(Cluster, note.cluster) is None:
        note = _resettled(state, board, replace(note, cluster=""))
    if note.scope == "author" and block and block.revealed:
        note = _resettled(state, board, replace(note, scope=board.scope, edition=1))
    return (change(before, **asdict(note)) if before else ()) + followed(state, note)


def _resettled(state: State, board: Board, note: Note) -> Note:
    known = known_notes(state, board.id)
    x, y, rank = settle(state, board, state.find(Zone, note.zone), known, -1.0, -1.0, unsaid=-1.0)
    return replace(note, x=x, y=y, rank=rank)


# --- revealing ---------------------------------------------------------------------------------------------------


def reveal(state: State, command: RevealNotes, context: Context) -> tuple[Change, ...]:
    """N20. Every note written in secret in a block appears at once, in ranks and places drawn by lot."""
    block = state.find(Block, command.block)
    if block is None:
        raise Refused("unknown_record")
    if not _waiting(state, block):
        raise Refused("nothing_to_reveal")
    return revealing(state, block, context)


def revealing(state: State, block: Block, context: Context) -> tuple[Change, ...]:
    """N21. The changes that end a block's secrecy, for whatever waits there: a text that comes later appears at once."""
    waiting = _waiting(state, block)
    drawn: list[Note] = []
    for board in sorted({note.board for note in waiting}):  # a lot for each: no group's weighs on another's
        here = [note for note in waiting if note.board == board]
        drawn += _drawn(state, context.shuffled(here, f"reveal:{block.id}:{board}"))
    changes: tuple[Change, ...] = change(block, revealed=True, revealed_at=context.at)
    for note in sorted(drawn, key=lambda note: note.id):
        changes += (Put(note), *followed(state, note))
    return once(changes)


def _waiting(state: State, block: Block) -> list[Note]:
    """The notes that hide until the block's reveal, by id: the order in which they came must not weigh on the lot."""
    hidden = (note for note in state.all(Note) if note.scope == "author" and note.block == block.id and not note.withdrawn)
    return sorted(hidden, key=lambda note: note.id)


def _drawn(state: State, notes: list[Note]) -> list[Note]:
    """The notes in sight of whoever sees their board, each after the last of its zone. Secret editions are counted no more."""
    grounds: dict[tuple[str, str], Ground] = {}
    drawn = []
    for note in notes:
        key = (note.board, note.zone)
        board = board_of(state, note.board)
        if key not in grounds:
            grounds[key] = ground(state, board, state.find(Zone, note.zone), known_notes(state, board.id))
        (x, y), rank = grounds[key].place(), grounds[key].rank()
        drawn.append(replace(note, scope=board.scope, cluster="", x=x, y=y, rank=rank, edition=1))
    return drawn
