"""The timer of the current block: a deadline on the server's clock, or what remains while paused.

It informs; at zero nothing closes by itself. Grace for late texts is a rule of `notes.py`.
"""

from __future__ import annotations

from msgspec import UNSET

from facilitation.commands import AdjustTimer, PauseTimer, ResumeTimer, StartTimer, StopTimer
from facilitation.context import Context
from facilitation.records import Block, Timer
from facilitation.rejections import Refused
from facilitation.state import Change, Put, Remove, State, change

MINUTE = 60_000
LONGEST = 10 * 60 * MINUTE


def on_entry(state: State, block: Block, context: Context) -> tuple[Change, ...]:
    """T1. A block entered for the first time starts its own timer; going back to one, or entering a block
    without minutes, leaves none running.
    """
    if block.minutes and not block.started_at:
        total = block.minutes * MINUTE
        return (Put(Timer(block=block.id, total=total, deadline=context.at + total)),)
    return (Remove("timer", "timer"),) if state.find(Timer, "timer") else ()


def _timer(state: State) -> Timer:
    timer = state.find(Timer, "timer")
    if timer is None:
        raise Refused("no_timer")
    return timer


def start(state: State, command: StartTimer, context: Context) -> tuple[Change, ...]:
    """T2. A timer starts in the current block, for its minutes unless told otherwise; one that runs is not restarted."""
    block = state.block
    if block is None:
        raise Refused("no_block")
    present = state.find(Timer, "timer")
    if present and (present.remaining or present.deadline > context.at):
        raise Refused("timer_running")
    total = command.seconds * 1000 if command.seconds is not UNSET else max(block.minutes, 1) * MINUTE
    return (Put(Timer(block=block.id, total=total, deadline=context.at + total)),)


def pause(state: State, command: PauseTimer, context: Context) -> tuple[Change, ...]:
    """T3. Pausing keeps what remains, to the millisecond; a timer at zero has nothing to keep."""
    timer = _timer(state)
    if not timer.deadline:
        return ()
    remaining = timer.deadline - context.at
    return change(timer, deadline=0, remaining=remaining) if remaining > 0 else ()


def resume(state: State, command: ResumeTimer, context: Context) -> tuple[Change, ...]:
    """T4. Resuming sets a new deadline for what remained."""
    timer = _timer(state)
    if timer.deadline:
        return ()
    return change(timer, deadline=context.at + timer.remaining, remaining=0)


def adjust(state: State, command: AdjustTimer, context: Context) -> tuple[Change, ...]:
    """T5. Plus and minus move the one deadline for all; past zero, plus counts from now; never below zero nor above ten hours."""
    timer = _timer(state)
    step = command.seconds * 1000
    left = timer.remaining if not timer.deadline else max(0, timer.deadline - context.at)
    aimed = min(LONGEST, max(0, left + step))
    total = max(MINUTE, timer.total + aimed - left)
    if not timer.deadline:
        return change(timer, remaining=max(1000, aimed), total=total)
    return change(timer, deadline=context.at + aimed, total=total)


def stop(state: State, command: StopTimer, context: Context) -> tuple[Change, ...]:
    """T6. Stopping takes the timer off every screen."""
    return (Remove("timer", _timer(state).id),)
