"""Harvest: chosen notes carried to another board as live notes that keep where they came from."""

from __future__ import annotations

from msgspec.structs import replace

from facilitation.authors import once, signed
from facilitation.carrying import same_zone
from facilitation.commands import Harvest
from facilitation.context import Context
from facilitation.notes import below_limit
from facilitation.placing import follow_tint, ground
from facilitation.reach import acting, board_of, known_notes, public, seen_notes, zone_of
from facilitation.records import Authorship, Board, Note, Zone
from facilitation.rejections import Refused
from facilitation.state import Change, Put, State


def carry(state: State, command: Harvest, context: Context) -> tuple[Change, ...]:
    """G19. Each note once: a live copy that says which note and group it came from, with the same author, known as before.

    Without a zone, it lands in the one of the same title, if the board has it. A copy that its author took back stays so.
    """
    seat = acting(state, context)
    board = board_of(state, command.board, seat)
    asked = zone_of(state, board, command.zone)
    notes = seen_notes(state, seat, command.notes)
    if not all(public(note) for note in notes):
        raise Refused("still_hidden")
    if any(note.board == board.id for note in notes):
        raise Refused("bad_choice", value=board.title)
    there = {one.origin for one in state.all(Note) if one.board == board.id}
    fresh = [note for note in notes if note.id not in there]
    below_limit(state, seat, len(fresh))
    changes: list[Change] = []
    after = state
    for index, note in enumerate(fresh):
        zone = asked or state.find(Zone, same_zone(state, note.zone, board.id))
        step = _copied(after, note, board, zone, context.new_id("harvest", index), context.at)
        changes += step
        after = after.apply(step)
    return once(changes)


def _copied(state: State, note: Note, board: Board, zone: Zone | None, id: str, at: int) -> tuple[Change, ...]:
    free = ground(state, board, zone, known_notes(state, board.id))
    x, y = free.place()
    home = state.find(Board, note.board)
    copy = replace(
        note, id=id, board=board.id, zone=zone.id if zone else "", cluster="", x=x, y=y, rank=free.rank(), scope=board.scope,
        tint=follow_tint(board, note, zone), edition=1, at=at, origin=note.id, group=(home.group if home else "") or note.group,
    )  # fmt: skip
    author = state.find(Authorship, note.id)
    return signed(state, copy, replace(author, id=id)) if author else (Put(copy),)
