"""The commands, their options and what they print. Sentences are French message ids, said in DEFAULT_LANGUAGE."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from server import __version__
from server.cli import doctor as examination
from server.cli import serving
from server.cli.control import Failed, NoServer, ask
from server.cli.operations import perform
from server.cli.verifying import verified
from server.config import SettingError, Settings, given, load, resource
from server.identity import codes
from server.web import i18n
from server.web.i18n import Words

MARKS = {"ok": "  ", "note": "· ", "warning": "! ", "fault": "✗ "}


class Tool:
    """The commands on one set of settings, in one language."""

    def __init__(self, settings: Settings, said: Words) -> None:
        self._settings = settings
        self._said = said

    def group(self) -> click.Group:
        """The whole command, ready to run."""
        said = self._said
        group = click.Group("pasdecote", help=said("Pas de côté\u00a0: ateliers à distance et hybrides, archive comprise."))
        click.version_option(__version__, message="%(version)s")(group)
        host = click.Option(["--host"], help=said("Adresse d’écoute, à la place de HOST."))
        port = click.Option(["--port"], type=click.IntRange(1, 65535), help=said("Port d’écoute, à la place de PORT."))
        session = click.Argument(["session"])
        file = click.Path(exists=True, dir_okay=False, path_type=Path)
        folder = click.Path(exists=True, file_okay=False, writable=True, path_type=Path)
        play = click.Option(["--play"], is_flag=True, help=said("Des personnes simulées y agissent."))
        speed = click.Option(["--speed"], type=click.FloatRange(0.1, 1000), default=1.0, help=said("Rythme de --play."))
        as_json = click.Option(["--json", "as_json"], is_flag=True, help=said("En JSON, pour d’autres programmes."))
        close = click.Option(["--close"], is_flag=True, help=said("Terminer et clore d’abord l’atelier."))
        for name, run, params, help in (
            ("serve", self.serve, [host, port], said("Servir l’application.")),
            ("demo", self.demo, [host, port, play, speed], said("Servir un atelier de démonstration prêt.")),
            ("sessions", self.sessions, [as_json], said("Lister les ateliers.")),
            ("archive", self.archive, [session, click.Argument(["folder"], type=folder, default="."), close],
             said("Écrire le dossier d’un atelier clos\u00a0: diffusion et réserve.")),
            ("verify", self.verify, [click.Argument(["files"], type=file, nargs=-1, required=True)],
             said("Vérifier un dossier\u00a0: empreintes et dépouillements recalculés.")),
            ("purge", self.purge, [], said("Effacer les données personnelles arrivées à échéance.")),
            ("key", self.key, [], said("Renouveler la clé d’animation.")),
            ("doctor", self.doctor, [], said("Montrer les réglages en vigueur, le stockage et ce qui manque.")),
            ("backup", self.backup, [click.Argument(["file"], type=click.Path(path_type=Path))],
             said("Copier la base, même pendant que le serveur tourne.")),
        ):  # fmt: skip
            group.add_command(click.Command(name, callback=run, params=list(params), help=help))
        return group

    def _with(self, host: str | None, port: int | None) -> Settings:
        chosen = {"host": host, "port": port}
        return msgspec.structs.replace(self._settings, **{name: value for name, value in chosen.items() if value})

    def _perform(self, do: str, **given: Any) -> Any:
        return asyncio.run(perform(self._settings, do, **given))

    # --- serving

    def serve(self, host: str | None, port: int | None) -> None:
        """Serve until told to stop."""
        serving.run(self._with(host, port), self._said)

    def demo(self, host: str | None, port: int | None, play: bool, speed: float) -> None:
        """Serve a ready session."""
        serving.demonstrate(self._with(host, port), self._said, play=play, speed=speed)

    # --- the store

    def sessions(self, as_json: bool) -> None:
        """One line a session, newest first."""
        entries = self._perform("sessions")
        if as_json:
            click.echo(json.dumps(entries, ensure_ascii=False))
            return
        for entry in entries:
            click.echo(f"{entry['id']}  {self._status(entry):<12}  {codes.shown(entry['code'])}  {_day(entry)}  {entry['title']}")
        if not entries:
            click.echo(self._said("Aucun atelier."))

    def _status(self, entry: dict[str, Any]) -> str:
        said = self._said
        if entry["purged_at"]:
            return said("effacé")
        names = {"preparing": said("préparé"), "open": said("ouvert"), "ended": said("terminé")}
        return names.get(entry["status"], said("archivé"))

    def archive(self, session: str, folder: Path, close: bool) -> None:
        """Write both parts, and say where."""
        for path in self._perform("archive", session=session, folder=str(folder.absolute()), close=close):
            click.echo(path)

    def verify(self, files: Sequence[Path]) -> None:
        """One verdict a file; the exit status is 1 when one of them was changed."""
        wrong = 0
        for path in files:
            intact, sentence = verified(path, self._said)
            wrong += not intact
            click.echo(f"{path.name}\u00a0: {sentence}")
        sys.exit(1 if wrong else 0)

    def purge(self) -> None:
        """Purge what is due, and say what was."""
        purged = self._perform("purge")
        for one in purged:
            click.echo(f"{one['session']}  {one['title']}  ({one['rule']})")
        click.echo(self._said.count("{n} atelier effacé.", "{n} ateliers effacés.", len(purged)))

    def key(self) -> None:
        """Print the new key, once."""
        click.echo(serving.key_lines(self._perform("key"), self._said))

    def backup(self, file: Path) -> None:
        """Copy the store, and say its size."""
        size = self._perform("backup", path=str(file.absolute()))
        click.echo(self._said("{file}\u00a0: {size} octets. Les votes ouverts et les auteurs cachés n’y sont pas.",
                              file=file, size=size))  # fmt: skip

    # --- looking

    def doctor(self) -> None:
        """Settings, findings, and the running server if there is one; the exit status is 1 when something must be mended."""
        click.echo(self._said("Réglages en vigueur (* venus de l’environnement)"))
        click.echo("\n".join(examination.settings_lines(self._settings, given())))
        click.echo("")
        findings = [*examination.examine(self._settings, self._said), asyncio.run(self._owner())]
        for finding in findings:
            click.echo(MARKS[finding.level] + finding.text)
        sys.exit(1 if any(finding.level == "fault" for finding in findings) else 0)

    async def _owner(self) -> examination.Finding:
        try:
            about = await ask(self._settings.data, "about")
        except NoServer:
            return examination.Finding("note", self._said("Aucun serveur ne tourne sur ce DATA_DIR."))
        text = self._said("Serveur en marche\u00a0: version {version}, processus {pid}, {sessions} ateliers", **about)
        return examination.Finding("ok", text)


def _day(entry: dict[str, Any]) -> str:
    """The session's date, or the day it was made."""
    if entry["date"]:
        return str(entry["date"])
    return datetime.fromtimestamp(entry["created_at"] / 1000, tz=UTC).date().isoformat()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every expected failure is one sentence on standard error and the exit status 1 (2: settings)."""
    os.umask(0o077)  # the store, its copies and the bundles are their owner's alone
    try:
        settings = load()
    except SettingError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    said = i18n.load(resource("locale"))[settings.default_language]
    try:
        Tool(settings, said).group().main(arguments, prog_name="pasdecote")
    except (Failed, SettingError) as failed:
        click.echo(str(failed), err=True)
        sys.exit(1)
