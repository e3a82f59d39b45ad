"""Serving from the command line: the server, the socket of the tools beside it, and what is printed at start."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import click
import msgspec

from facilitation.records import Site
from server import telemetry
from server.app import Application, serve
from server.cli.control import NAME, Control, Failed
from server.cli.demonstration import read
from server.cli.operations import Operations
from server.cli.ready import Ready, made_ready
from server.cli.scene import Play
from server.config import Settings
from server.identity import codes
from server.identity.keys import new_key
from server.log import Locked
from server.web.i18n import Words

Then = Callable[[Application], Awaitable[None]]


def run(
    settings: Settings, said: Words, *, then: Then | None = None, at_port: Callable[[], None] = lambda: None
) -> None:
    """Serve until told to stop. Raises Failed.

    `then` runs once the store is open, before the first request; `at_port` once the port is open.
    """
    telemetry.start(settings.log_level)
    _check_port(settings, said)
    kept: list[Control] = []

    async def started(app: Application) -> None:
        control = Control(settings.data, Operations(app).table())
        await control.open()
        kept.append(control)
        if app.new_key:
            click.echo(key_lines(app.new_key, said))
        if then is not None:
            await then(app)

    def listening() -> None:
        click.echo(said("Le service écoute sur {url}", url=settings.url))
        telemetry.event("serving", port=settings.port, storage="sqlite")
        at_port()

    # uvicorn raises the signal again once it has drained: leaving by it is leaving well.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        with suppress(KeyboardInterrupt):
            serve(settings, on_started=started, on_listening=listening)
    except Locked as locked:
        raise Failed(str(locked)) from locked
    finally:
        if kept:
            (settings.data / NAME).unlink(missing_ok=True)


def key_lines(key: str, said: Words) -> str:
    """A new facilitation key, to be read once."""
    once = said("Elle ouvre le côté animation et ne sera plus affichée. «\u00a0pasdecote key\u00a0» en donne une autre.")
    return f"{said('Clé d’animation')}\n    {key}\n{once}\n"


def _check_port(settings: Settings, said: Words) -> None:
    """Say at once, in a sentence, that the port is taken: the server itself would only find out once all is loaded."""
    if not settings.port:
        return
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            why = error.strerror or type(error).__name__
            text = said("Impossible d’écouter sur {host}, port {port} ({why}). Arrêtez l’autre service, ou choisissez PORT.",
                        host=settings.host, port=settings.port, why=why)  # fmt: skip
            raise Failed(text) from error


# --- demonstration -------------------------------------------------------------------------------------------------


def demonstrate(settings: Settings, said: Words, *, play: bool, speed: float) -> None:
    """Serve a ready session from a store of its own, beside the real one. Raises Failed."""
    settings = msgspec.structs.replace(settings, data_dir=str(settings.data / "demonstration"))
    if not settings.facilitation_key:
        settings = msgspec.structs.replace(settings, facilitation_key=_kept_key(settings.data))
    if settings.log_level == "info":  # the links are what one looks for here
        settings = msgspec.structs.replace(settings, log_level="warning")
    shown = read()
    port_open = asyncio.Event()
    acting: list[asyncio.Task[None]] = []

    async def then(app: Application) -> None:
        ready = await made_ready(app, shown)
        live = await app.directory.open(ready.session)
        names = {site.id: site.name for site in live.state.all(Site)}
        click.echo(links_lines(ready, names, settings, said))
        if play:
            method = app.directory.methods[shown.methode]
            acting.append(asyncio.create_task(_played(Play(shown, method, ready, speed=speed), port_open, said)))

    run(settings, said, then=then, at_port=port_open.set)


def _kept_key(folder: Path) -> str:
    """The key of the demonstration store: made once, shown at every start. It opens nothing else."""
    path = folder / "facilitation.key"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(new_key(), encoding="ascii")
    return path.read_text(encoding="ascii")


def links_lines(ready: Ready, sites: dict[str, str], settings: Settings, said: Words) -> str:
    """The ways into the demonstration, each on its line."""
    names = {
        "facilitator": said("Animer"),
        "cofacilitator": said("Coanimer"),
        "participant": said("Participer"),
        "projector": said("Projeter"),
        "room": said("Salle"),
    }
    rows = [(f"{names[link.role]} ({sites[link.site]})" if link.site else names[link.role], link.url) for link in ready.links]
    rows.append((said("Code de l’atelier"), codes.shown(ready.code)))
    rows.append((said("Clé d’animation"), settings.facilitation_key))
    width = max(len(name) for name, _ in rows)
    title = said("Un atelier de démonstration est prêt.")
    return "\n".join([title, *(f"  {name.ljust(width)}  {value}" for name, value in rows), ""])


async def _played(play: Play, port_open: asyncio.Event, said: Words) -> None:
    """Wait for the port to open, then play; the actors stay in their seats until the server stops."""
    await port_open.wait()
    try:
        await play.perform()
        click.echo(said("La démonstration est jouée. L’atelier reste ouvert."))
    except (OSError, RuntimeError, TimeoutError) as error:
        telemetry.event("play_failed", error=error)
        click.echo(said("La démonstration s’est interrompue. L’atelier reste ouvert."), err=True)
