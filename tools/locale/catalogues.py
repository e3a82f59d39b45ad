"""The gettext catalogues under locale/: merged with what the sources say, compiled for Python (.mo) and browsers (.json).

French is the source: its catalogue repeats the message ids, for the plural rule of French (0 and 1 are singular).
Browsers need none for French: the message ids are the sentences, and core/i18n.js knows the rule.
The compiled files are committed, so that running the product needs neither Babel nor a build.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.locale.extract import Message

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fr", "en")
SOURCE = "fr"
BORN = datetime(2026, 11, 22, tzinfo=UTC)
"""One fixed date in every header: catalogues change when their texts do."""


def po_path(language: str) -> Path:
    """The catalogue that people edit."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "pasdecote.po"


def mo_path(language: str) -> Path:
    """The compiled catalogue of the server's pages."""
    return po_path(language).with_suffix(".mo")


def json_path(language: str) -> Path:
    """The compiled catalogue of the browser modules."""
    return ROOT / "static" / "locale" / f"{language}.json"


def read(language: str) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    path = po_path(language)
    if not path.is_file():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _empty(language: str) -> Catalog:
    return Catalog(
        locale=language, domain="pasdecote", project="Pas de côté", version="0", fuzzy=False, creation_date=BORN,
        revision_date=BORN, last_translator="Pas de côté", language_team="Pas de côté", msgid_bugs_address="SECURITY.md",
        header_comment="# Texts of Pas de côté. French is the source; `make locale` renews this file.",
    )  # fmt: skip


def sources(catalog: Catalog) -> list[str]:
    """Every French text of a catalogue, plurals included."""
    return [text for entry in catalog if entry.id for text in _texts(entry.id)]


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def merged(language: str, messages: Iterable[Message], old: Catalog) -> Catalog:
    """A catalogue of exactly these messages, with the translations that the old one had for them."""
    new = _empty(language)
    plurals = {message.id: message.plural for message in messages if message.plural}
    places: dict[str, set[str]] = {}
    for message in messages:
        places.setdefault(message.id, set()).add(message.source)
    for id, where in sorted(places.items(), key=lambda item: (min(item[1]), item[0])):
        plural = plurals.get(id, "")
        new.add(
            (id, plural) if plural else id,
            _translation(language, id, plural, old.get(id)),
            locations=[(place, 0) for place in sorted(where)],
            flags=["python-brace-format"] if "{" in id else [],
        )
    return new


def _translation(language: str, id: str, plural: str, old: Entry | None) -> Any:
    kept = tuple(_texts(old.string)) if old and not old.fuzzy else ()
    if plural:
        if len(kept) == 2 and all(kept):
            return kept
        return (id, plural) if language == SOURCE else ("", "")
    if kept and kept[0]:
        return kept[0]
    return id if language == SOURCE else ""


def untranslated(catalog: Catalog) -> list[str]:
    """Message ids without a whole translation."""
    return [_texts(entry.id)[0] for entry in catalog if entry.id and not all(_texts(entry.string))]


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .po file: no line numbers, long lines left whole, so that differences read well."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, include_lineno=False, sort_output=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def json_bytes(catalog: Catalog, messages: Iterable[Message]) -> bytes:
    """What browsers load: a text or the list of its plurals by message id, for the messages of browser modules only."""
    wanted = {message.id for message in messages if message.browser}
    table: dict[str, Any] = {}
    for entry in catalog:
        id = _texts(entry.id)[0] if entry.id else ""
        if id in wanted and all(_texts(entry.string)):
            table[id] = list(entry.string) if isinstance(entry.string, list | tuple) else entry.string
    return (json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0) + "\n").encode()


def compiled(messages: list[Message]) -> dict[Path, bytes]:
    """Every file that the sources and the present translations make, by path."""
    made: dict[Path, bytes] = {}
    for language in LANGUAGES:
        catalog = merged(language, messages, read(language))
        made[po_path(language)] = po_bytes(catalog)
        made[mo_path(language)] = mo_bytes(catalog)
        if language != SOURCE:
            made[json_path(language)] = json_bytes(catalog, messages)
    return made
