"""What is typed for the minutes alone: takeaways, who could not come, the approval, the day of publication."""

from __future__ import annotations

from facilitation import agenda, texts
from facilitation.bounds import date
from facilitation.commands import ApproveMinutes, ListExcused, PublishMinutes, WriteTakeaway
from facilitation.context import Context
from facilitation.records import Approval, Excused, Takeaway
from facilitation.rejections import Refused
from facilitation.state import Change, Put, Remove, State, change


def write_takeaway(state: State, command: WriteTakeaway, context: Context) -> tuple[Change, ...]:
    """D1. One takeaway for each block, up to 1 500 characters; an empty one goes."""
    agenda.block_of(state, command.block)
    return _kept(state, Takeaway(id=command.block, text=texts.clean(command.text, 1500, empty=True)))


def list_excused(state: State, command: ListExcused, context: Context) -> tuple[Change, ...]:
    """D2. Who could not come is typed once for the session; it goes where the names of those present go."""
    return _kept(state, Excused(text=texts.clean(command.text, 600, empty=True)))


def _kept(state: State, typed: Takeaway | Excused) -> tuple[Change, ...]:
    present = state.find(type(typed), typed.id)
    if not typed.text:
        return (Remove("takeaway" if isinstance(typed, Takeaway) else "excused", typed.id),) if present else ()
    return () if present == typed else (Put(typed),)


def approve(state: State, command: ApproveMinutes, context: Context) -> tuple[Change, ...]:
    """D3. Minutes are a draft until somebody approved them, on a day; nobody's name makes them a draft again."""
    by = texts.clean(command.by, 120, lines=False, empty=True)
    present = state.find(Approval, "approval")
    if not by:
        return (Remove("approval", "approval"),) if present else ()
    on = date(command.on)
    if not on:
        raise Refused("bad_date", value=command.on)
    approval = Approval(by=by, on=on)
    return () if present == approval else (Put(approval),)


def publish(state: State, command: PublishMinutes, context: Context) -> tuple[Change, ...]:
    """D4. Participants read the minutes at their own link from the day promised, once they are archived."""
    return change(state.session, publish_on=date(command.on))
