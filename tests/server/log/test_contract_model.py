"""Random interleavings of appends, puts, shuttings and destructions on two sessions, against a naive model."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from server.log import Asked, Commit, Log, LogError, SealPut
from tests.server.log.engines import Opener, commit, everything, opened
from tests.server.log.model import Model, Refused

SESSIONS, SEATS, SEALS = ("a", "b"), ("", "s1", "s2"), ("authors", "round:r1", "round:r2")
COMMANDS = [bytes([n]) * 16 for n in range(6)]

seals = some.lists(some.sampled_from(SEALS), max_size=1).map(tuple)
puts = some.builds(
    SealPut,
    seal=some.sampled_from(SEALS),
    key=some.sampled_from(["k1", "k2"]),
    value=some.sampled_from([b"", b"x", b"y" * 3_000]),
    command=some.sampled_from([b"", *COMMANDS]),
    seat=some.sampled_from(SEATS),
)


@dataclass(frozen=True)
class Step:
    """One append to attempt. `place` counts back from the end of the session: 1 is the last commit, 0 none."""

    session: str
    place: int
    asked: tuple[tuple[str, bytes], ...] | None
    puts: tuple[SealPut, ...]
    open: tuple[str, ...]
    shut: tuple[str, ...]
    destroy: tuple[str, ...]


steps = some.builds(
    Step,
    session=some.sampled_from(SESSIONS),
    place=some.sampled_from([1, 1, 1, 1, 0, 2]),
    asked=some.none() | some.lists(some.tuples(some.sampled_from(SEATS), some.sampled_from(COMMANDS)), max_size=2).map(tuple),
    puts=some.lists(puts, max_size=3).map(tuple),
    open=seals,
    shut=seals,
    destroy=seals,
)


def planned(model: Model, step: Step) -> tuple[bytes | None, Commit | None]:
    """What the step appends, and after which commit, as somebody would who knows the model's state."""
    commits = model.commits(step.session)
    after = commits[-step.place][0] if 0 < step.place <= len(commits) else None
    if step.asked is None:
        return after, None
    return after, commit(b"\x90", *{Asked(id, seat, "do") for seat, id in step.asked})


async def play(log: Log, model: Model, group: list[Step]) -> None:
    """Attempt a group of steps at once; the log takes them in the order in which they were asked."""
    waits, expected = [], []
    for step in group:
        after, new = planned(model, step)
        rest = (step.puts, step.open, step.shut, step.destroy)
        waits.append(log.append(step.session, after, new, step.puts, open=step.open, shut=step.shut, destroy=step.destroy))
        try:
            model.append(step.session, after, new, *rest)
        except Refused as refusal:
            expected.append(str(refusal))
        else:
            expected.append("saved")
    answers = await asyncio.gather(*waits, return_exceptions=True)
    assert [type(one).__name__ if isinstance(one, LogError) else "saved" for one in answers] == expected
    assert not [one for one in answers if isinstance(one, Exception) and not isinstance(one, LogError)]


async def compare(log: Log, model: Model) -> None:
    for session in SESSIONS:
        assert [(one.id, one.asked) for one in await everything(log, session)] == model.commits(session)
        assert await log.seals(session) == model.seals(session)
        assert await log.sealed(session) == model.sealed(session)
        for seat in SEATS:
            for command in COMMANDS:
                assert await log.known(session, seat, command) == model.known(session, seat, command)
    assert await log.sessions() == sorted(model.sessions)


async def run(open_log: Opener, groups: list[list[Step]], reopen_at: int) -> None:
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        async with opened(open_log, Path(folder)) as log:
            for group in groups[:reopen_at]:
                await play(log, model, group)
            await compare(log, model)
        async with opened(open_log, Path(folder)) as log:
            for group in groups[reopen_at:]:
                await play(log, model, group)
            await compare(log, model)


def test_any_interleaving_gives_what_the_model_gives(open_log: Opener) -> None:
    @settings(max_examples=120, deadline=None)
    @given(groups=some.lists(some.lists(steps, min_size=1, max_size=8), max_size=12), reopen_at=some.integers(0, 12))
    def check(groups: list[list[Step]], reopen_at: int) -> None:
        asyncio.run(run(open_log, groups, reopen_at))

    check()
