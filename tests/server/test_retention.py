"""The promise of the join page: personal data go when their days are over, once, and the purge is on record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from facilitation.commands import (
    AddSheet,
    ApproveMinutes,
    CloseSession,
    DescribeSession,
    EndSession,
    Join,
    ListExcused,
    OpenSession,
    PutPractical,
    RecordArchive,
    ReviseSession,
)
from facilitation.erasure import NOBODY
from facilitation.lab import Erasure
from facilitation.records import Approval, Archive, Excused, Practical, Profile, Purge, Seat, Session, Sheet
from server.app import Application, create_app, library
from server.archive.retention import DAY, Retention
from server.config import load
from server.live.directory import Directory
from server.live.session import LiveSession
from server.live.world import World

CLOSED = 1_790_000_000_000


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Application]:
    app = create_app(load({}, data_dir=str(tmp_path)))
    app.directory = Directory(app.log, app.settings, methods=library(), world=World(now=lambda: CLOSED))
    await app.lab.start("une-clef-assez-longue")
    yield app
    await app.directory.close()
    await app.log.close()


async def closed_session(app: Application, sid: str = "s1", retention: int = 30) -> LiveSession:
    """A session with one person and one action, closed at CLOSED, its bundle on disk; the lab's list does not know yet."""
    await app.lab.add(sid, f"Atelier {sid}", created_at=CLOSED - DAY, retention=retention)
    live = await app.directory.create(sid, Session(title=f"Atelier {sid}", created_at=CLOSED - DAY, retention=retention))
    join = Join(seat="seat-1", name="Camille", role="facilitator", service="Canopée")
    sheet = AddSheet(type="action", what="Écrire le guide", who="Camille")
    for actor, command in (("", join), ("", OpenSession()), ("seat-1", sheet), ("", EndSession()), ("", CloseSession())):
        assert await live.ask(command, actor) is None
    await archive(app, live, f"{sid}-diffusion.zip", f"{sid}-reserve.zip")
    return live


async def archive(app: Application, live: LiveSession, *names: str) -> None:
    """Put two files on disk as the parts of a bundle, and on record."""
    app.settings.bundles.mkdir(exist_ok=True)
    for name in names:
        (app.settings.bundles / name).write_bytes(b"zip")
    archived = RecordArchive(
        shared=names[0], shared_size=3, shared_hash="0" * 64, reserved=names[1], reserved_size=3, reserved_hash="0" * 64
    )
    assert await live.ask(archived) is None


def retention_at(app: Application, at: int) -> Retention:
    return Retention(app.log, app.lab, app.directory, app.settings.bundles, lambda: at)


async def test_nothing_goes_before_its_day(app: Application) -> None:
    await closed_session(app)
    assert await retention_at(app, CLOSED + 30 * DAY - 1).purge() == []
    assert (await app.directory.open("s1")).state.find(Seat, "seat-1").name == "Camille"  # type: ignore[union-attr]


async def test_people_go_on_their_day_and_the_work_stays(app: Application) -> None:
    await closed_session(app)
    (purged,) = await retention_at(app, CLOSED + 30 * DAY).purge()
    assert (purged.session, purged.rule, purged.files) == ("s1", "retention 30 days", ("s1-reserve.zip",))
    state = (await app.directory.open("s1")).state
    (seat,) = state.all(Seat)
    assert seat.name == NOBODY and not list(state.all(Profile))
    assert [(sheet.what, sheet.who) for sheet in state.all(Sheet)] == [("Écrire le guide", "Camille")]
    (record,) = state.all(Purge)
    assert (record.at, record.rule) == (CLOSED + 30 * DAY, "retention 30 days")
    assert [path.name for path in app.settings.bundles.iterdir()] == ["s1-diffusion.zip"]


async def test_no_byte_of_the_store_keeps_the_name_of_the_service(app: Application) -> None:
    await closed_session(app)
    await retention_at(app, CLOSED + 30 * DAY).purge()
    kept = [commit.changes async for commit in app.log.read("s1")]
    assert len(kept) == 1 and "Canopée".encode() not in kept[0]


async def test_the_lab_remembers_and_purges_once(app: Application) -> None:
    await closed_session(app)
    at = CLOSED + 40 * DAY
    assert len(await retention_at(app, at).purge()) == 1
    assert await retention_at(app, at + DAY).purge() == []
    state = await app.lab.refresh()
    assert msgspec.structs.asdict(state.find(Erasure, "s1")) == {  # type: ignore[arg-type]
        "id": "s1", "at": at, "rule": "retention 30 days",
    }  # fmt: skip
    assert (await app.lab.entry("s1")).purged_at == at  # type: ignore[union-attr]


async def test_each_session_has_its_own_days(app: Application) -> None:
    await closed_session(app, "short", retention=7)
    await closed_session(app, "long", retention=365)
    assert [one.session for one in await retention_at(app, CLOSED + 8 * DAY).purge()] == ["short"]


async def test_a_session_that_never_came_is_dealt_with_too(app: Application) -> None:
    await app.lab.add("ghost", "Jamais venu", created_at=CLOSED, closed_at=CLOSED, retention=1)
    (purged,) = await retention_at(app, CLOSED + 2 * DAY).purge()
    assert (purged.session, purged.files) == ("ghost", ())


async def revised(app: Application, *commands: object) -> LiveSession:
    """A closed session taken up again, and corrected."""
    live = await closed_session(app)
    for command in (ReviseSession(), *commands):
        assert await live.ask(command, "seat-1") is None  # type: ignore[arg-type]
    return live


async def test_every_version_of_the_part_that_names_people_goes(app: Application) -> None:
    live = await revised(app, DescribeSession(title="Un autre titre"), CloseSession())
    await archive(app, live, "autre_diffusion_v2.zip", "autre_reserve_v2.zip")
    (purged,) = await retention_at(app, CLOSED + 30 * DAY).purge()
    assert purged.files == ("autre_reserve_v2.zip", "s1-reserve.zip")
    assert {path.name for path in app.settings.bundles.iterdir()} == {"autre_diffusion_v2.zip", "s1-diffusion.zip"}
    state = (await app.directory.open("s1")).state
    assert [one.id for one in state.all(Archive)] == ["v1", "v2"]


async def test_a_session_being_revised_is_purged_on_its_day_too(app: Application) -> None:
    await revised(
        app, ListExcused(text="René Lefèvre"), PutPractical(wifi="mot-de-passe"), ApproveMinutes(by="Nadia", on="2026-10-16"),
    )  # fmt: skip
    (purged,) = await retention_at(app, CLOSED + 30 * DAY).purge()
    assert purged.session == "s1"
    state = (await app.directory.open("s1")).state
    assert state.session.status == "closed", "it stays as it was last archived"
    assert not list(state.all(Excused)) and not list(state.all(Practical))
    assert state.find(Approval, "approval"), "the minutes' own"
    kept = [commit.changes async for commit in app.log.read("s1")]
    for name in ("Canopée", "Lefèvre", "mot-de-passe"):
        assert name.encode() not in b"".join(kept)


async def test_days_changed_while_revising_are_kept(app: Application) -> None:
    live = await closed_session(app)
    await retention_at(app, CLOSED).follow()
    for command in (ReviseSession(), DescribeSession(retention=90)):
        assert await live.ask(command, "seat-1") is None
    assert await retention_at(app, CLOSED + 31 * DAY).purge() == []
    assert [one.session for one in await retention_at(app, CLOSED + 90 * DAY).purge()] == ["s1"]
