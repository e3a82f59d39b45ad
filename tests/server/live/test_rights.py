"""Rights, over the live session: what each role is refused, by name, whatever it sends."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation.commands import COMMANDS, SERVER_ONLY, Command, NewNote, NoteMove, name_of
from facilitation.rejections import Rejection
from facilitation.rights import RIGHTS
from tests.server.live.stage import Stage
from tests.server.live.virtual import played

ROLES = ("participant", "observer", "room", "projector")

SAMPLES: dict[type[Command], Command] = {
    type(one): one
    for one in (
        ask.DescribeSession(title="Autre"), ask.PutSite(name="Ici"), ask.RemoveSite(site="x"), ask.OpenSession(),
        ask.EndSession(), ask.ResumeSession(), ask.CloseSession(), ask.LockSession(locked=True), ask.Announce(text="Bonjour"),
        ask.RevokeLink(role="participant"), ask.RenameSeat(seat="claire", name="Moi"), ask.EditProfile(service="DANE"),
        ask.RemoveSeat(seat="claire"), ask.SetHeads(seat="claire", heads=3), ask.NameOccupant(occupant="x", name="Mei"),
        ask.DismissOccupant(occupant="x"), ask.RaiseHand(), ask.LowerHand(seat="claire"), ask.LoadMethod(method="roti"),
        ask.AddBlock(title="B", minutes=5), ask.EditBlock(block="x"), ask.MoveBlock(block="x"), ask.RemoveBlock(block="x"),
        ask.WriteScript(block="x", text="t"), ask.EnterBlock(block="x"),
        ask.AddNotes(board="x", notes=(NewNote(text="n"),)), ask.ProposeNote(board="x", text="n"),
        ask.EditNote(note="x", text="n", edition=1), ask.MoveNotes(moves=(NoteMove(note="x"),)),
        ask.TintNotes(notes=("x",), tint="rose"), ask.WithdrawNotes(notes=("x",)), ask.RestoreNotes(notes=("x",)),
        ask.SetAside(notes=("x",), aside=True), ask.RevealNotes(block="x"),
        ask.GatherNotes(notes=("x",)), ask.ReleaseNotes(notes=("x",)), ask.RenameCluster(cluster="x", title="t"),
        ask.MoveCluster(cluster="x", x=1, y=1), ask.MergeClusters(into="x", clusters=("y",)),
        ask.SplitCluster(cluster="x", notes=("y",)), ask.DissolveCluster(cluster="x"),
        ask.OpenRound(block="x"), ask.CastBallot(round="x"), ask.CloseRound(round="x"), ask.ShowRound(round="x"),
        ask.StartTimer(), ask.PauseTimer(), ask.ResumeTimer(), ask.AdjustTimer(seconds=60), ask.StopTimer(),
        ask.AddSheet(type="action", what="w"), ask.EditSheet(sheet="x"), ask.RemoveSheet(sheet="x"),
        ask.TurnWall(), ask.HoldWall(held=True),
        ask.PutPractical(room="B 204"), ask.ListExcused(text="Jean"), ask.ApproveMinutes(by="Claire", on="2026-10-16"),
        ask.PublishMinutes(on="2026-10-16"), ask.WriteTakeaway(block="x", text="t"), ask.ReviseSession(),
        ask.CloseDoor(closed=True), ask.PlaceSeat(seat="claire", site=""), ask.MoveToDevice(seat="claire", device="x"),
        ask.DrawGroups(block="x", mode="random"), ask.AddGroup(partition="x"), ask.RenameGroup(group="x", name="n"),
        ask.RemoveGroup(group="x"), ask.PlaceInGroup(partition="x", seat="claire"), ask.StartGroups(partition="x"),
        ask.RecallGroups(partition="x"), ask.StepIn(group="x"), ask.ShowGroup(group="x"),
        ask.Harvest(notes=("x",), board="x"),
    )
}  # fmt: skip


def test_every_command_of_a_page_has_a_sample() -> None:
    assert set(SAMPLES) == set(COMMANDS.values()) - SERVER_ONLY


async def _answers(role: str) -> tuple[dict[str, str], Stage]:
    """What a role is answered to each sample while the session is open and a block of free writing is current."""
    stage = await Stage().open((role, role), method="tableau-libre")
    await stage.to_block("regrouper")
    before = stage.live.state
    answers: dict[str, str] = {}
    for cls, sample in SAMPLES.items():
        rejection = await stage.live.ask(sample, role)
        answers[name_of(cls)] = rejection.code if isinstance(rejection, Rejection) else "done"
        if RIGHTS[cls][0] == "drive":
            assert stage.live.state == before
        before = stage.live.state
    await stage.close()
    return answers, stage


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_facilitators_drives(role: str) -> None:
    answers, _ = played(_answers(role))
    driving = {name_of(cls) for cls, (capability, _) in RIGHTS.items() if capability == "drive"} & answers.keys()
    refused = {"not_allowed", "already_open", "not_ended", "not_open"}  # the phase may answer before the role
    assert {answers[name] for name in driving} <= refused
    assert "not_allowed" in {answers[name] for name in driving}


def test_a_projector_asks_for_nothing() -> None:
    answers, _ = played(_answers("projector"))
    assert "done" not in answers.values()


def test_an_observer_changes_nothing_of_the_board() -> None:
    answers, _ = played(_answers("observer"))
    written = {name for name in answers if RIGHTS[COMMANDS[name]][0] in ("add", "edit", "move", "cluster", "vote", "sheet")}
    assert "done" not in {answers[name] for name in written}


def test_a_stranger_is_told_that_no_seat_is_theirs() -> None:
    async def scene() -> None:
        stage = await Stage().open(method="tableau-libre")
        phase = {"already_open", "not_ended", "not_open", "closed"}
        for sample in SAMPLES.values():
            rejection = await stage.live.ask(sample, "nobody")
            assert rejection is not None
            assert rejection.code in {"unknown_seat"} | phase
        await stage.close()

    played(scene())
