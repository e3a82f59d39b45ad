"""Epicene and typographed French, the words of the interface, no address of a machine or of a registry."""

from __future__ import annotations

from tests.architecture import words
from tests.architecture.tree import Files, files, told

TEXTS = [".py", ".js", ".mjs", ".css", ".html", ".svg", ".xml", ".toml", ".md", ".po", ".json", ".yml", ".sh", ".txt"]
SHOWN = ("templates", "static", "locale", "facilitation/methods")


def french_messages() -> Files:
    """The French sentences of the interface: the message ids, which French is the source of."""
    from tools.locale.catalogues import read, sources

    return {f"locale/fr ({message})": message for message in sources(read("fr"))}


def test_what_is_shown_is_epicene_without_middle_dots() -> None:
    texts = files(*SHOWN, suffixes=TEXTS) | files("facilitation", "server", suffixes=[".py"])
    faults = words.middle_dots(texts) + words.dotted_words(french_messages())
    assert not faults, told(faults)


def test_french_sentences_keep_french_typography() -> None:
    faults = words.untidy_french(french_messages())
    assert not faults, told(faults)


def test_the_interface_keeps_to_its_words() -> None:
    faults = words.words_off_screen(french_messages())
    assert not faults, told(faults)


def test_no_address_of_a_machine_or_registry_stands_in_the_tree() -> None:
    texts = files("", suffixes=[*TEXTS, "Makefile", "Procfile", "run", ".npmrc", ".conf", ".service"])
    faults = words.addresses({path: text for path, text in texts.items() if path != "tests/architecture/words.py"})
    assert not faults, told(faults)


def test_the_checks_themselves_can_fail() -> None:
    assert words.middle_dots({"a": "les participant·es"}) and words.middle_dots({"a": "un(e) agent(e)"})
    assert not words.middle_dots({"a": "9 h 05 · Toulouse"})
    assert words.dotted_words({"a": "les participant.e.s"}) and not words.dotted_words({"a": "Fin de l’étape. Les votes"})
    assert words.untidy_french({"a": "Attention !"}) and words.untidy_french({"a": "Attention!"})
    assert words.untidy_french({"a": "l'atelier"}) and not words.untidy_french({"a": "L’atelier\u202f: prêt\u00a0?"})
    assert words.words_off_screen({"a": "La séance commence"})
    assert words.addresses({"a": "see /ho" + "me/someone/x"}) and words.addresses({"a": "https://py" + "pi.org/simple"})
