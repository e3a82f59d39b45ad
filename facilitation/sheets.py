"""Sheets: decisions, actions (quoi, qui, quand) and parked points, from a note or from nothing."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from facilitation import texts
from facilitation.bounds import date
from facilitation.commands import AddSheet, EditSheet, RemoveSheet
from facilitation.context import Context
from facilitation.reach import sees
from facilitation.records import Cluster, Note, Seat, Sheet
from facilitation.rejections import Refused
from facilitation.rights import may
from facilitation.sight import audiences
from facilitation.state import Change, Put, State, change

SHEETS = 300


def _allowed(state: State, type: str, context: Context) -> None:
    """H1. Parking takes "park" or "sheet"; decisions and actions take "sheet", and the block must hold that sheet."""
    seat = state.find(Seat, context.actor)
    if seat is None or may(state, seat, "sheet") or (type == "parking" and may(state, seat, "park")):
        return
    raise Refused("locked" if state.session.locked else "not_allowed")


def add(state: State, command: AddSheet, context: Context) -> tuple[Change, ...]:
    """H2. A sheet keeps where it came from; who wrote it is not kept. A parked point names nobody."""
    _allowed(state, command.type, context)
    ranks = [sheet.rank for sheet in state.all(Sheet)]
    if len(ranks) >= SHEETS:
        raise Refused("bad_number", value=len(ranks) + 1, low=0, high=SHEETS)
    _visible_origin(state, command.origin, context)
    sheet = Sheet(
        id=context.new_id("sheet"),
        type=command.type,
        what=texts.clean(command.what, 500),
        who="" if command.type == "parking" else _who(command.who),
        when=date(command.when),
        origin=command.origin,
        rank=max(ranks, default=0.0) + 1,
        at=context.at,
    )
    return (Put(sheet),)


def _who(text: str) -> str:
    return texts.clean(text, 120, lines=False, empty=True)


def _visible_origin(state: State, origin: str, context: Context) -> None:
    """A sheet is everyone's: what it comes from is too. What is hidden from the asker answers as what never was."""
    found = state.find(Note, origin) or state.find(Cluster, origin)
    seat = state.find(Seat, context.actor)
    if origin and (found is None or (seat and not sees(state, seat, found))):
        raise Refused("unknown_record")
    if found and "everyone" not in audiences(found):
        raise Refused("still_hidden")


def _sheet(state: State, id: str, context: Context) -> Sheet:
    sheet = state.find(Sheet, id)
    if sheet is None:
        raise Refused("unknown_record")
    _allowed(state, sheet.type, context)
    return sheet


def edit(state: State, command: EditSheet, context: Context) -> tuple[Change, ...]:
    """H3. Whoever may write a sheet may correct one, and turn a parked point into an action or a decision."""
    sheet = _sheet(state, command.sheet, context)
    given: dict[str, Any] = {}
    if command.type is not UNSET:
        _allowed(state, command.type, context)
        given["type"] = command.type
    if command.what is not UNSET:
        given["what"] = texts.clean(command.what, 500)
    if command.who is not UNSET:
        given["who"] = _who(command.who)
    if command.when is not UNSET:
        given["when"] = date(command.when)
    return change(sheet, **given)


def remove(state: State, command: RemoveSheet, context: Context) -> tuple[Change, ...]:
    """H4. A removed sheet leaves every screen and the archive; it can be brought back."""
    return change(_sheet(state, command.sheet, context), removed=command.removed)
