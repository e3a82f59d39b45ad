"""Settings: what an installation may choose, read once from the environment.

Every field of `Settings` is an environment variable of the same name in capitals. Its description and its French
description make the tables of the two READMEs (tools/settings_table.py). Nothing else in the server reads
the environment.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

HERE = Path(__file__).parent
SECRET_BYTES = 32
SAID = {"`int`": "a whole number", "`float`": "a number"}


class SettingError(ValueError):
    """Settings that cannot be used. The message names each variable, what was expected, what came and what to do."""


def _doc(description: str, french: str, *, secret: bool = False, **bounds: Any) -> Meta:
    return Meta(description=description, extra={"fr": french, "secret": secret}, **bounds)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings in force. Durations are seconds unless the name says days; sizes are bytes; rates are per second."""

    # Where the server listens and how it is reached.
    host: Annotated[str, _doc("Address to listen on.", "Adresse d’écoute.")] = "127.0.0.1"
    port: Annotated[int, _doc("Port to listen on.", "Port d’écoute.", ge=0, le=65535)] = 8000
    base_url: Annotated[
        str,
        _doc(
            "Public address, scheme included, without a path. Links, QR codes and the exact Origin check come from it. "
            "Empty: http://HOST:PORT.",
            "Adresse publique avec son protocole, sans chemin. Les liens, les QR codes et le contrôle exact de "
            "l’origine en viennent. Vide : http://HOST:PORT.",
        ),
    ] = ""
    forwarded_allow_ips: Annotated[
        str,
        _doc(
            "Reverse proxies whose X-Forwarded-* headers are believed, separated by commas.",
            "Mandataires inverses dont les en-têtes X-Forwarded-* sont crus, avec des virgules.",
        ),
    ] = "127.0.0.1"

    # What is kept, and the two secrets.
    data_dir: Annotated[
        str,
        _doc(
            "Folder of the database, the archives and the made secret.",
            "Dossier de la base, des archives et du secret créé.",
        ),
    ] = "data"
    secret_key: Annotated[
        str,
        _doc(
            "Signs every link and cookie; at least 32 characters. Empty: made at first start and kept in "
            "DATA_DIR, mode 600.",
            "Signe tous les liens et cookies ; 32 caractères au moins. Vide : créé au premier démarrage et gardé dans "
            "DATA_DIR, droits 600.",
            secret=True,
        ),
    ] = ""
    facilitation_key: Annotated[
        str,
        _doc(
            "What facilitators type to create sessions; at least 12 characters. Empty: made at first start, printed "
            "once, renewed by `pasdecote key`.",
            "Ce que saisissent les personnes qui animent pour créer un atelier ; 12 caractères au moins. Vide : créée "
            "au premier démarrage, affichée une fois, renouvelée par `pasdecote key`.",
            secret=True,
        ),
    ] = ""
    retention_days: Annotated[
        int,
        _doc(
            "Days that personal data are kept after a session closes, where the session does not say.",
            "Jours de conservation des données personnelles après la clôture, si l’atelier n’en dit rien.",
            ge=1,
            le=3650,
        ),
    ] = 30

    # Who runs it: shown on the pages that law asks for.
    lab_name: Annotated[str, _doc("Name of the lab, on every page.", "Nom du laboratoire, sur chaque page.")] = (
        "Pas de côté"
    )
    lab_address: Annotated[str, _doc("Postal address of the lab.", "Adresse postale du laboratoire.")] = ""
    controller: Annotated[
        str,
        _doc("Controller of the personal data (name, address).", "Responsable du traitement (nom, adresse)."),
    ] = ""
    data_protection_contact: Annotated[
        str,
        _doc(
            "How to reach the data protection officer.",
            "Comment joindre la déléguée ou le délégué à la protection des données.",
        ),
    ] = ""
    legal_basis: Annotated[
        str,
        _doc("Legal basis shown in the notice.", "Base légale affichée dans la notice."),
    ] = "mission d’intérêt public"
    accessibility_contact: Annotated[
        str,
        _doc("Who to write to about accessibility.", "À qui écrire au sujet de l’accessibilité."),
    ] = ""
    default_language: Annotated[
        Literal["fr", "en"],
        _doc(
            "Language of a browser that asks for neither.",
            "Langue servie à un navigateur qui n’en demande aucune des deux.",
        ),
    ] = "fr"
    timezone: Annotated[
        str,
        _doc("Time zone of new sessions.", "Fuseau horaire des nouveaux ateliers."),
    ] = "Europe/Paris"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        _doc("Least serious log line written.", "Gravité minimale des lignes de journal."),
    ] = "info"

    # Limits (each is tested at, above and far above its value).
    hello_timeout: Annotated[
        float,
        _doc("Time from the socket to its first valid hello.", "Délai entre la connexion et son premier hello.", gt=0),
    ] = 10.0
    message_rate: Annotated[
        float, _doc("Frames per second from one connection.", "Trames par seconde d’une connexion.", gt=0)
    ] = 20.0
    message_burst: Annotated[
        int, _doc("Frames one connection may send at once.", "Trames d’un coup d’une connexion.", ge=1)
    ] = 60
    strikes: Annotated[
        int,
        _doc(
            "Refusals for rate before the connection is closed.",
            "Refus pour débit avant la coupure de la connexion.",
            ge=1,
        ),
    ] = 3
    command_rate: Annotated[
        float, _doc("Commands per second in one session.", "Commandes par seconde dans un atelier.", gt=0)
    ] = 100.0
    command_burst: Annotated[
        int, _doc("Commands a session takes at once.", "Commandes d’un coup dans un atelier.", ge=1)
    ] = 600
    seat_connections: Annotated[int, _doc("Connections of one seat.", "Connexions d’une même place.", ge=1)] = 6
    session_connections: Annotated[int, _doc("Connections of one session.", "Connexions d’un même atelier.", ge=1)] = (
        600
    )
    process_connections: Annotated[int, _doc("Connections of the process.", "Connexions du processus.", ge=1)] = 6000
    accept_rate: Annotated[
        float,
        _doc(
            "New sockets per second; beyond, 503 and Retry-After.",
            "Connexions nouvelles par seconde ; au-delà, 503.",
            gt=0,
        ),
    ] = 600.0
    outbox_bytes: Annotated[
        int,
        _doc(
            "Bytes waiting for one slow connection before it goes stale.",
            "Octets en attente d’une connexion lente.",
            ge=4096,
        ),
    ] = 262144
    outbox_frames: Annotated[
        int, _doc("Frames waiting for one slow connection.", "Trames en attente d’une connexion lente.", ge=1)
    ] = 200
    outbox_age: Annotated[
        float, _doc("Age of the oldest waiting frame.", "Âge de la plus ancienne trame en attente.", gt=0)
    ] = 5.0
    outbox_total: Annotated[
        int,
        _doc(
            "Bytes waiting in the whole process before the slowest is shed.",
            "Octets en attente de tout le processus.",
            ge=65536,
        ),
    ] = 67108864
    ping_interval: Annotated[
        float, _doc("Time between pings of a socket.", "Temps entre deux pings d’une connexion.", gt=0)
    ] = 15.0
    ping_timeout: Annotated[float, _doc("Time a pong may take.", "Délai laissé au pong.", gt=0)] = 30.0
    drain_spread: Annotated[
        float,
        _doc(
            "Time over which a stopping server closes its sockets.", "Durée d’étalement des fermetures à l’arrêt.", ge=0
        ),
    ] = 5.0
    join_failures_minute: Annotated[
        int, _doc("Wrong codes a minute from one address.", "Codes faux par minute depuis une adresse.", ge=1)
    ] = 10
    join_failures_hour: Annotated[
        int,
        _doc("Wrong codes an hour in all before slow mode.", "Codes faux par heure en tout avant le mode lent.", ge=1),
    ] = 1000

    @property
    def url(self) -> str:
        """The public address, without a trailing slash."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the server over TLS: cookies are `__Host-` and Secure then."""
        return self.url.startswith("https://")

    @property
    def data(self) -> Path:
        """DATA_DIR as a path."""
        return Path(self.data_dir)

    @property
    def bundles(self) -> Path:
        """The folder of the written bundles."""
        return self.data / "bundles"


def load(environ: Mapping[str, str] | None = None, **chosen: Any) -> Settings:
    """Settings from the environment; `chosen` (by field name) wins over it, for the command line and tests.

    Raises SettingError with one sentence per variable that cannot be used.
    """
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field in msgspec.structs.fields(Settings):
        name = field.name.upper()
        raw = chosen.get(field.name, source.get(name, ""))
        if raw in ("", None):
            continue
        try:
            values[field.name] = msgspec.convert(raw, field.type, strict=False)
        except msgspec.ValidationError as error:
            why = _choices(field.type) or str(error)
            faults.append(_fault(name, raw, why, field.default, is_secret(field.type)))
    if not faults:
        settings = Settings(**values)
        faults = _inconsistent(settings)
    if faults:
        raise SettingError("\n".join(faults))
    return msgspec.structs.replace(settings, base_url=settings.base_url.rstrip("/"))


def given(environ: Mapping[str, str] | None = None) -> frozenset[str]:
    """The names of the settings that the environment gives, in capitals."""
    source = os.environ if environ is None else environ
    return frozenset(name.upper() for name in Settings.__struct_fields__ if source.get(name.upper()))


def _choices(annotation: Any) -> str:
    """« one of fr, en » for a setting that is one of a few words, "" for any other."""
    inner = get_args(annotation)[0]
    return f"one of {', '.join(get_args(inner))}" if get_origin(inner) is Literal else ""


def _fault(name: str, raw: Any, why: str, default: Any, secret: bool) -> str:
    got = "(secret)" if secret else repr(raw)
    expected = re.sub(r", got .*$", "", why).removeprefix("Expected ")
    for typed, said in SAID.items():
        expected = expected.replace(typed, said)
    return f"{name}: expected {expected}, got {got}. Correct it, or unset it to use {default!r}."


def _inconsistent(settings: Settings) -> list[str]:
    faults = []
    if settings.base_url:
        parts = urlsplit(settings.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            faults.append(
                f"BASE_URL: expected a scheme and a host without a path, got {settings.base_url!r}. "
                "Write it like https://atelier.exemple.fr."
            )
    if 0 < len(settings.secret_key) < 32:
        faults.append("SECRET_KEY: expected at least 32 characters, got fewer. Unset it to have one made in DATA_DIR.")
    if 0 < len(settings.facilitation_key) < 12:
        faults.append(
            "FACILITATION_KEY: expected at least 12 characters, got fewer. Unset it to have one made at first start."
        )
    return faults


def is_secret(annotation: Any) -> bool:
    """Whether a field's annotation says that its value is never shown."""
    return any((meta.extra or {}).get("secret", False) for meta in getattr(annotation, "__metadata__", ()))


def signing_key(settings: Settings) -> bytes:
    """The key that signs links and cookies: SECRET_KEY, or DATA_DIR/secret.key, made with mode 600 if absent.

    Raises SettingError where the file can neither be read nor made.
    """
    if settings.secret_key:
        return settings.secret_key.encode()
    path = settings.data / "secret.key"
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as error:
        raise SettingError(
            f"DATA_DIR: expected a folder where {path} can be kept, got {error.strerror}. "
            "Point DATA_DIR at a folder that the server may write in, or set SECRET_KEY."
        ) from error


def _make_secret(path: Path) -> None:
    """Write a new secret whole or not at all: two starting processes end with the same one."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(SECRET_BYTES).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def resource(name: str) -> Path:
    """A folder that ships with the product ("static", "templates", "locale"), installed or run from its sources."""
    installed = HERE / f"_{name}"
    return installed if installed.is_dir() else HERE.parent / name
