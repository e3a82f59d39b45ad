"""(state, command, context) -> changes, or a rejection. One explicit table says which rule answers which command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facilitation import (
    agenda,
    apart,
    boards,
    clusters,
    devices,
    groups,
    harvest,
    minutes,
    notes,
    people,
    rounds,
    sessions,
    sheets,
    timers,
    wall,
)
from facilitation import commands as ask
from facilitation.commands import Command
from facilitation.context import Context
from facilitation.records import Seat
from facilitation.rejections import Refused, Rejection
from facilitation.rights import CLOSED, RIGHTS, drives
from facilitation.state import Change, State

Rule = Callable[[State, Any, Context], tuple[Change, ...]]

RULES: dict[type[Command], Rule] = {
    ask.DescribeSession: sessions.describe,
    ask.PutSite: sessions.put_site,
    ask.RemoveSite: sessions.remove_site,
    ask.OpenSession: sessions.open_session,
    ask.EndSession: sessions.end,
    ask.ResumeSession: sessions.resume,
    ask.CloseSession: sessions.close,
    ask.RecordArchive: sessions.record_archive,
    ask.ReviseSession: sessions.revise,
    ask.PutPractical: sessions.put_practical,
    ask.ListExcused: minutes.list_excused,
    ask.ApproveMinutes: minutes.approve,
    ask.PublishMinutes: minutes.publish,
    ask.WriteTakeaway: minutes.write_takeaway,
    ask.CloseDoor: sessions.close_door,
    ask.LockSession: sessions.lock,
    ask.Announce: sessions.announce,
    ask.RevokeLink: sessions.revoke_link,
    ask.TurnWall: wall.turn,
    ask.HoldWall: wall.hold,
    ask.Join: people.join,
    ask.RenameSeat: people.rename,
    ask.EditProfile: people.edit_profile,
    ask.PlaceSeat: people.place,
    ask.MoveToDevice: devices.move_to,
    ask.RemoveSeat: people.remove,
    ask.SetHeads: devices.set_heads,
    ask.NameOccupant: devices.name_occupant,
    ask.DismissOccupant: devices.dismiss_occupant,
    ask.RaiseHand: people.raise_hand,
    ask.LowerHand: people.lower_hand,
    ask.LoadMethod: boards.load_method,
    ask.AddBlock: agenda.add,
    ask.EditBlock: agenda.edit,
    ask.MoveBlock: agenda.move,
    ask.RemoveBlock: agenda.remove,
    ask.WriteScript: agenda.write_script,
    ask.EnterBlock: agenda.enter,
    ask.AddNotes: notes.add,
    ask.ProposeNote: notes.propose,
    ask.EditNote: notes.edit,
    ask.MoveNotes: notes.move,
    ask.TintNotes: notes.tint,
    ask.WithdrawNotes: notes.withdraw,
    ask.RestoreNotes: notes.restore,
    ask.SetAside: notes.set_aside,
    ask.RevealNotes: notes.reveal,
    ask.GatherNotes: clusters.gather,
    ask.ReleaseNotes: clusters.release,
    ask.RenameCluster: clusters.rename,
    ask.MoveCluster: clusters.move,
    ask.MergeClusters: clusters.merge,
    ask.SplitCluster: clusters.split,
    ask.DissolveCluster: clusters.dissolve,
    ask.DrawGroups: groups.draw,
    ask.AddGroup: apart.add,
    ask.RenameGroup: groups.rename,
    ask.RemoveGroup: groups.remove,
    ask.PlaceInGroup: apart.place,
    ask.StartGroups: apart.start,
    ask.RecallGroups: apart.recall,
    ask.StepIn: apart.step_in,
    ask.ShowGroup: apart.show,
    ask.Harvest: harvest.carry,
    ask.OpenRound: rounds.open_round,
    ask.CastBallot: rounds.cast,
    ask.CloseRound: rounds.close,
    ask.ShowRound: rounds.show,
    ask.StartTimer: timers.start,
    ask.PauseTimer: timers.pause,
    ask.ResumeTimer: timers.resume,
    ask.AdjustTimer: timers.adjust,
    ask.StopTimer: timers.stop,
    ask.AddSheet: sheets.add,
    ask.EditSheet: sheets.edit,
    ask.RemoveSheet: sheets.remove,
}


def decide(state: State, command: Command, context: Context) -> tuple[Change, ...] | Rejection:
    """The changes that a command makes (none at all is an answer too), or why it makes none. Never raises on any input."""
    try:
        admit(state, command, context)
        return RULES[type(command)](state, command, context)
    except Refused as refused:
        return refused.rejection


def admit(state: State, command: Command, context: Context) -> None:
    """Stop whoever has no seat, and what this phase of the session does not allow. Raises Refused."""
    capability, phases = RIGHTS[type(command)]
    _in_phase(state.session.status, phases)
    if not context.actor:
        return
    seat = state.find(Seat, context.actor)
    if seat is None or seat.removed:
        raise Refused("unknown_seat")
    if drives(seat):
        if capability == "server":
            raise Refused("not_allowed")
        return
    if capability in ("drive", "server") or seat.role == "projector":
        raise Refused("not_allowed")
    if state.session.status == "ended":
        raise Refused("ended")


def _in_phase(status: str, phases: tuple[str, ...]) -> None:
    if status in phases:
        return
    if phases == (CLOSED,):
        raise Refused("not_ended")
    if status == "preparing":
        raise Refused("not_ended" if phases == ("ended",) else "not_open")
    if status == "open":
        raise Refused("not_ended" if phases == ("ended",) else "already_open")
    raise Refused("ended" if status == "ended" else "closed")
