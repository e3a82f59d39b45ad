"""The language of a request, and its words: French sentences are the message ids, a gettext catalogue translates them.

Chosen by cookie, then by Accept-Language, then by the installation's default. Rejections are translated here too, at
the edge: the rules know French only.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

import msgspec

from facilitation.rejections import SENTENCES, Rejection
from facilitation.wording import Language

LANGUAGES: dict[Language, str] = {"fr": "Français", "en": "English"}
COOKIE = "pdc-langue"


class Words(msgspec.Struct, frozen=True):
    """One language: its code, and how to say things in it."""

    language: Language
    catalogue: gettext.NullTranslations

    def __call__(self, sentence: str, **places: object) -> str:
        """A French sentence said in this language, its {places} filled."""
        said = self.catalogue.gettext(sentence)
        return said.format(**places) if places else said

    def count(self, one: str, many: str, n: int, **places: object) -> str:
        """« {n} note » or « {n} notes »: in French 0 and 1 are singular, as the catalogue says for others."""
        if isinstance(self.catalogue, gettext.GNUTranslations):
            return self.catalogue.ngettext(one, many, n).format(n=n, **places)
        return (many if n >= 2 else one).format(n=n, **places)

    def refusal(self, rejection: Rejection) -> str:
        """A rejection's sentence."""
        return self(SENTENCES[rejection.code]).format(**rejection.params)


def load(folder: Path) -> dict[str, Words]:
    """The words of every language, from `folder`/<language>.mo. French needs no catalogue."""
    return {language: Words(language, _catalogue(folder, language)) for language in LANGUAGES}


def _catalogue(folder: Path, language: Language) -> gettext.NullTranslations:
    for path in (folder / f"{language}.mo", folder / language / "LC_MESSAGES" / "pasdecote.mo"):
        if path.is_file():
            with path.open("rb") as file:
                return gettext.GNUTranslations(file)
    return gettext.NullTranslations()


def chosen(cookies: Mapping[str, str], accept: str, default: str) -> str:
    """The language of a request: "fr" or "en"."""
    kept = cookies.get(COOKIE, "")
    if kept in LANGUAGES:
        return kept
    for tag in _by_preference(accept):
        if tag in LANGUAGES:
            return tag
    return default


def _by_preference(accept: str) -> list[str]:
    """Primary language tags of an Accept-Language header, most wanted first; refused ones (q=0) left out."""
    wanted: list[tuple[float, int, str]] = []
    for place, item in enumerate(accept[:500].split(",")):
        tag, _, parameters = item.partition(";")
        try:
            quality = float(parameters.strip().removeprefix("q=")) if parameters.strip() else 1.0
        except ValueError:
            continue
        if quality > 0:
            wanted.append((-quality, place, tag.strip().split("-")[0].lower()))
    return [tag for _, _, tag in sorted(wanted)]
