"""Three sessions ready to be worked in, laid into a store before a server process takes it.

"open" writes where everyone reads, "secret" writes in silence with authors hidden, "vote" has a secret dot round open.
"""

from pathlib import Path

from facilitation import commands as ask
from facilitation.commands import Command
from facilitation.records import Block, Cluster, Note, Round, Session
from server import config
from server.app import STORE, library
from server.live.directory import Directory
from server.live.session import LiveSession
from server.log.sqlite import SqliteLog

SEATS = {
    "open": ("ada", "bao", "chloe"),
    "secret": ("dia", "elio"),
    "vote": ("fanny", "gael"),
}
"""Participants by session; "nadia" drives each."""


def seat_id(name: str) -> str:
    return f"seat-{name}"


async def lay(folder: Path) -> None:
    """Make the three sessions in the store of this data folder."""
    settings = config.load({}, data_dir=str(folder))
    log = SqliteLog.open(folder / STORE)
    directory = Directory(log, settings, methods=library())
    await _opened(directory, "open", "tableau-libre")
    secret = await _opened(directory, "secret", "speed-boat")
    await _enter(secret, "ecrire")
    await _voting(await _opened(directory, "vote", "speed-boat"))
    await directory.close()
    await log.close()


async def _do(live: LiveSession, command: Command, who: str = "nadia") -> None:
    rejection = await live.ask(command, actor=seat_id(who) if who else "")
    assert rejection is None, f"{who} asked {command}: {rejection}"


async def _opened(directory: Directory, session: str, method: str) -> LiveSession:
    live = await directory.create(session, Session(title=session, created_at=directory.now()))
    await _do(live, ask.Join(seat=seat_id("nadia"), name="Nadia", role="facilitator"), "")
    await _do(live, ask.LoadMethod(method=method))
    for name in SEATS[session]:
        await _do(live, ask.Join(seat=seat_id(name), name=name.title(), role="participant"), "")
    await _do(live, ask.OpenSession())
    return live


async def _enter(live: LiveSession, view: str) -> Block:
    block = next(block for block in live.state.all(Block) if block.view == view)
    await _do(live, ask.EnterBlock(block=block.id))
    return block


async def _voting(live: LiveSession) -> None:
    block = await _enter(live, "regrouper")
    texts = ("un", "deux", "trois", "quatre")
    notes = tuple(ask.NewNote(text=text) for text in texts)
    await _do(live, ask.AddNotes(board=block.board, block=block.id, notes=notes))
    found = {note.text: note.id for note in live.state.all(Note)}
    for title, pair in (("Alpha", texts[:2]), ("Bêta", texts[2:])):
        await _do(live, ask.GatherNotes(notes=tuple(found[text] for text in pair), title=title))
    voting = await _enter(live, "voter")
    await _do(live, ask.OpenRound(block=voting.id))
    assert len(list(live.state.all(Cluster))) == 2 and len(list(live.state.all(Round))) == 1
