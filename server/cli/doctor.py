"""What `pasdecote doctor` finds: the settings in force, the storage and its honesty, what is missing for real use."""

from __future__ import annotations

import os
import platform
import resource as limits
import secrets
import shutil
import statistics
import time
from collections.abc import Set
from pathlib import Path
from typing import Literal

import apsw
import msgspec

from server import __version__
from server.config import Settings, is_secret, resource
from server.web.i18n import Words

FSYNCS = 20
HONEST_MS = 0.1
"""Below this a flush cannot have reached a disk: something on the way answers before writing."""
SLOW_MS = 50.0
"""Above this every acknowledgement waits long enough to be felt."""
LITTLE_SPACE = 1 << 30

Level = Literal["ok", "note", "warning", "fault"]


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at, and what it means."""

    level: Level
    text: str


def settings_lines(settings: Settings, given: Set[str]) -> list[str]:
    """Every setting in force, secrets masked; those that the environment gives are marked with *."""
    lines = []
    for field in msgspec.structs.fields(Settings):
        name, value = field.name.upper(), getattr(settings, field.name)
        shown = ("••••••••" if value else "—") if is_secret(field.type) else value if value != "" else "—"
        lines.append(f"{'*' if name in given else ' '} {name} = {shown}")
    return lines


def examine(settings: Settings, said: Words) -> list[Finding]:
    """Everything that can be found without opening the store."""
    found = [_versions(said), *_data(settings, said), *_reach(settings, said), *_notices(settings, said)]
    return [*found, _handles(settings, said), *_resources(said)]


def _versions(said: Words) -> Finding:
    text = said(
        "Pas de côté {version}, Python {python}, SQLite {sqlite}",
        version=__version__, python=platform.python_version(), sqlite=apsw.sqlite_lib_version(),
    )  # fmt: skip
    return Finding("ok", text)


def _data(settings: Settings, said: Words) -> list[Finding]:
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        median = fsync_ms(folder)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        text = said("DATA_DIR {folder}\u00a0: impossible d’y écrire ({why}). Choisissez un autre dossier, ou ses droits.",
                    folder=folder, why=error.strerror or type(error).__name__)  # fmt: skip
        return [Finding("fault", text)]
    return [_flush(median, said), _space(folder, free, said)]


def fsync_ms(folder: Path, times: int = FSYNCS) -> float:
    """Median milliseconds that writing 4 KiB and flushing them takes in this folder. Raises OSError."""
    draft = folder / f"doctor-{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        return statistics.median(_one_flush(handle) for _ in range(times))
    finally:
        os.close(handle)
        draft.unlink()


def _one_flush(handle: int) -> float:
    start = time.perf_counter()
    os.write(handle, bytes(4096))
    os.fsync(handle)
    return (time.perf_counter() - start) * 1000


def _flush(median: float, said: Words) -> Finding:
    if median < HONEST_MS:
        text = said("Écriture sur disque en {ms} ms\u00a0: trop vite pour être vraie. Une coupure de courant peut perdre des "
                    "notes déjà confirmées.", ms=f"{median:.3f}")  # fmt: skip
        return Finding("warning", text)
    if median > SLOW_MS:
        text = said("Écriture sur disque en {ms} ms\u00a0: chaque note mettra ce temps à s’afficher.", ms=f"{median:.0f}")
        return Finding("warning", text)
    return Finding("ok", said("Écriture sur disque en {ms} ms (médiane)", ms=f"{median:.2f}"))


def _space(folder: Path, free: int, said: Words) -> Finding:
    level: Level = "warning" if free < LITTLE_SPACE else "ok"
    return Finding(level, said("DATA_DIR {folder}\u00a0: {free} Mo libres", folder=folder.absolute(), free=free >> 20))


def _reach(settings: Settings, said: Words) -> list[Finding]:
    found = [Finding("ok", said("Adresse publique\u00a0: {url}", url=settings.url))]
    local = settings.url.startswith(("http://127.", "http://localhost", "http://[::1]"))
    if not settings.secure and not local:
        text = said("BASE_URL n’est pas en https\u00a0: les liens et les cookies passeraient en clair. Mettez TLS devant.")
        found.append(Finding("warning", text))
    if local and settings.host not in ("127.0.0.1", "localhost", "::1"):
        text = said("BASE_URL est vide alors que HOST est ouvert à tous\u00a0: les liens et les QR codes ne mèneront nulle part.")
        found.append(Finding("warning", text))
    return found


def _notices(settings: Settings, said: Words) -> list[Finding]:
    wanted = {
        "CONTROLLER": settings.controller,
        "DATA_PROTECTION_CONTACT": settings.data_protection_contact,
        "ACCESSIBILITY_CONTACT": settings.accessibility_contact,
    }
    return [
        Finding("note", said("{name} est vide\u00a0: la page d’information légale reste incomplète.", name=name))
        for name, value in wanted.items()
        if not value
    ]


def _handles(settings: Settings, said: Words) -> Finding:
    allowed, _ = limits.getrlimit(limits.RLIMIT_NOFILE)
    wanted = settings.process_connections + 200
    if allowed < wanted:
        text = said("{allowed} fichiers ouverts permis, {wanted} souhaités pour PROCESS_CONNECTIONS\u00a0: voir LimitNOFILE.",
                    allowed=allowed, wanted=wanted)  # fmt: skip
        return Finding("warning", text)
    return Finding("ok", said("{allowed} fichiers ouverts permis", allowed=allowed))


def _resources(said: Words) -> list[Finding]:
    wanted = {"static": "vendor/ui.js", "templates": "", "locale": "en/LC_MESSAGES/pasdecote.mo"}
    return [
        Finding("fault", said("Il manque {path} dans l’installation\u00a0: réinstallez l’application.", path=f"{name}/{file}"))
        for name, file in wanted.items()
        if not (resource(name) / file).exists()
    ]
