"""The commands on a store that no server holds: what they print, and how they fail in a sentence."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.cli import doctor
from server.cli.main import main
from server.config import Settings, load, resource
from server.web import i18n

SAID = i18n.load(resource("locale"))["fr"]


class Shell:
    """Runs the command in this process; keeps what it printed and its exit status."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capture = capture
        self.environ = monkeypatch
        for name in Settings.__struct_fields__:
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv("DATA_DIR", str(folder))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        umask = os.umask(0o022)
        try:
            with pytest.raises(SystemExit) as left:
                main(arguments)
        finally:
            os.umask(umask)
        out, err = self._capture.readouterr()
        return int(left.value.code or 0), out, err


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path / "data", capsys, monkeypatch)


async def with_session(folder: Path, **fields: Any) -> None:
    """A store with one entry in the lab's list."""
    app = create_app(load({}, data_dir=str(folder)))
    await app.lab.start()
    await app.lab.add("s1", "Accueil", **fields)
    await app.directory.close()
    await app.log.close()


def test_an_empty_store_says_so(shell: Shell) -> None:
    assert shell.run("sessions") == (0, "Aucun atelier.\n", "")


def test_sessions_are_listed_for_people_and_for_programs(shell: Shell) -> None:
    asyncio.run(with_session(shell.folder, created_at=1_790_000_000_000, date="2026-10-14"))
    status, out, _ = shell.run("sessions")
    assert status == 0 and "s1" in out and "préparé" in out and "2026-10-14" in out and "Accueil" in out
    (entry,) = json.loads(shell.run("sessions", "--json")[1])
    assert (entry["id"], entry["title"]) == ("s1", "Accueil")


def test_the_key_is_renewed_and_printed_once(shell: Shell) -> None:
    asyncio.run(with_session(shell.folder))
    _, out, _ = shell.run("key")
    key = out.splitlines()[1].strip()

    async def opens() -> bool:
        app = create_app(load({}, data_dir=str(shell.folder)))
        try:
            return await app.lab.key_opens(key)
        finally:
            await app.log.close()

    assert asyncio.run(opens())
    assert shell.run("key")[1].splitlines()[1].strip() != key


def test_a_key_of_the_environment_is_renewed_there(shell: Shell) -> None:
    shell.environ.setenv("FACILITATION_KEY", "une-clef-assez-longue")
    status, _, err = shell.run("key")
    assert status == 1 and "FACILITATION_KEY" in err


def test_a_backup_never_replaces_a_file(shell: Shell, tmp_path: Path) -> None:
    asyncio.run(with_session(shell.folder))
    copy = tmp_path / "copy.db"
    status, out, _ = shell.run("backup", str(copy))
    assert status == 0 and str(copy.stat().st_size) in out
    status, _, err = shell.run("backup", str(copy))
    assert status == 1 and "existe déjà" in err


def test_an_unknown_session_is_named_with_what_to_do(shell: Shell) -> None:
    status, _, err = shell.run("archive", "nowhere", str(shell.folder.parent))
    assert status == 1 and "nowhere" in err and "pasdecote sessions" in err


def test_a_bad_setting_stops_every_command_by_name(shell: Shell) -> None:
    shell.environ.setenv("PORT", "beaucoup")
    status, out, err = shell.run("sessions")
    assert (status, out) == (2, "") and err.startswith("PORT: expected a whole number")


def test_a_file_that_is_no_bundle_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    status, out, _ = shell.run("verify", str(tmp_path / "x.zip"))
    assert status == 1 and "modifié" in out


def test_help_names_every_command(shell: Shell) -> None:
    _, out, _ = shell.run("--help")
    for name in "serve demo sessions archive verify purge key doctor backup".split():
        assert f"\n  {name} " in out


def test_commands_speak_english_where_it_is_the_default(shell: Shell) -> None:
    shell.environ.setenv("DEFAULT_LANGUAGE", "en")
    assert shell.run("sessions")[1] == "No session.\n"


# --- doctor --------------------------------------------------------------------------------------------------------


def test_doctor_masks_secrets_and_marks_what_the_environment_gives(shell: Shell) -> None:
    shell.environ.setenv("SECRET_KEY", "s" * 40)
    shell.environ.setenv("PORT", "8100")
    status, out, _ = shell.run("doctor")
    assert status == 0 and "s" * 40 not in out
    assert "* SECRET_KEY = ••••••••" in out and "* PORT = 8100" in out and "  HOST = 127.0.0.1" in out
    assert "Aucun serveur" in out


def findings(**chosen: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"ok": [], "note": [], "warning": [], "fault": []}
    for finding in doctor.examine(load({}, **chosen), SAID):
        found[finding.level].append(finding.text)
    return found


def test_doctor_warns_of_an_address_in_clear(tmp_path: Path) -> None:
    text = " ".join(findings(data_dir=str(tmp_path), base_url="http://atelier.exemple.fr")["warning"])
    assert "https" in text


def test_doctor_finds_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (fault,) = findings(data_dir=str(tmp_path / "file" / "data"))["fault"]
    assert "DATA_DIR" in fault


def test_doctor_notes_what_law_asks_for(tmp_path: Path) -> None:
    notes = " ".join(findings(data_dir=str(tmp_path))["note"])
    assert "CONTROLLER" in notes and "DATA_PROTECTION_CONTACT" in notes
    assert not findings(data_dir=str(tmp_path), controller="a", data_protection_contact="b", accessibility_contact="c")["note"]


@pytest.mark.parametrize(("median", "level"), [(0.01, "warning"), (2.0, "ok"), (80.0, "warning")])
def test_doctor_judges_the_time_of_a_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, median: float, level: str
) -> None:
    monkeypatch.setattr(doctor, "fsync_ms", lambda folder: median)
    assert any("disque" in text for text in findings(data_dir=str(tmp_path))[level])


def test_a_measured_flush_leaves_nothing_behind(tmp_path: Path) -> None:
    assert doctor.fsync_ms(tmp_path, 3) > 0
    assert not list(tmp_path.iterdir())


def test_everything_in_the_data_folder_is_its_owners_alone(shell: Shell) -> None:
    shell.run("sessions")
    assert stat.S_IMODE(shell.folder.stat().st_mode) == 0o700
    kept = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shell.folder.iterdir()}
    assert {"secret.key", "pasdecote.db"} <= set(kept) and set(kept.values()) == {0o600}
