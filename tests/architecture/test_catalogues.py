"""Every text of the interface stands in the catalogues, is translated, and the compiled files are current."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import ROOT, told
from tools.locale import javascript
from tools.locale.catalogues import compiled, read, untranslated
from tools.locale.extract import everything, from_python

PLACE = re.compile(r"\{(\w*)\}|%\((\w+)\)s")


def test_catalogues_are_complete_and_current() -> None:
    stale = [str(path.relative_to(ROOT)) for path, content in compiled(everything()).items() if _stored(path) != content]
    assert not stale, f"not current, run make locale: {stale}"
    waiting = untranslated(read("en"))
    assert not waiting, told([f"no English text for: {id}" for id in waiting])


def _stored(path: object) -> bytes:
    try:
        return path.read_bytes()  # type: ignore[attr-defined,no-any-return]
    except FileNotFoundError:
        return b""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_translations_keep_the_places_of_their_source(language: str) -> None:
    faults = []
    for entry in read(language):
        sources = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        places = {name for source in sources for name in PLACE.findall(source)}
        faults += [f"{sources[0]!r}: {text!r}" for text in texts if text and not set(PLACE.findall(text)) <= places]
        if entry.id and len(texts) == 1 and texts[0] and set(PLACE.findall(texts[0])) != places:
            faults.append(f"{sources[0]!r}: {texts[0]!r} loses a place")
    assert not faults, told(faults)


def test_browser_texts_are_found_wherever_they_stand() -> None:
    text = r"""
    const a = t("Un", { n: t('Deux') }), b = open ? t("Trois") : at("non");
    html`<p title=${t("Quatre\u00a0!")}>${items.map((i) => html`<b>${tn("{n} note", "{n} notes", i.n)}</b>`)}</p>`;
    t(done ? "Cinq" : kind === "x" ? "Six" : `${"x"}` ?? "non");
    """
    with pytest.raises(javascript.Unreadable):
        list(javascript.messages("t(`Bonjour ${name}`)"))
    found = [(one, many) for _, one, many in javascript.messages(text.replace(': `${"x"}` ?? "non"', ': "Sept"'))]
    assert found == [
        ("Un", ""), ("Deux", ""), ("Trois", ""), ("Quatre\u00a0!", ""), ("{n} note", "{n} notes"),
        ("Cinq", ""), ("Six", ""), ("Sept", ""),
    ]  # fmt: skip


def test_server_texts_are_found_wherever_they_stand() -> None:
    text = 'said("Un" if x else "Deux"); page.words(request)("Trois"); said.count("{n} a", "{n} b", 2); line.count("x")'
    assert sorted(from_python(text)) == [("Deux", ""), ("Trois", ""), ("Un", ""), ("{n} a", "{n} b")]
