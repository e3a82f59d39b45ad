"""Every command, frame, refusal and setting is documented; rules and tests name each other."""

from __future__ import annotations

from gettext import NullTranslations

from facilitation.commands import COMMANDS
from facilitation.rejections import SENTENCES
from server.cli.main import Tool
from server.config import load
from server.web.i18n import Words
from tests.architecture import documents
from tests.architecture.tree import ROOT, files, told
from tools.settings_table import FILES, rewritten

FRAMES = "hello command hint ping welcome patch done refused gauges hints pong bye".split()


def test_protocol_documents_every_command_frame_and_refusal() -> None:
    text = (ROOT / "PROTOCOL.md").read_text(encoding="utf-8")
    faults = [
        *documents.unnamed("PROTOCOL.md", text, "command", COMMANDS),
        *documents.unnamed("PROTOCOL.md", text, "frame", FRAMES),
        *documents.unnamed("PROTOCOL.md", text, "refusal", SENTENCES),
    ]
    assert not faults, told(faults)


def test_readmes_hold_the_current_settings_table() -> None:
    for language, name in FILES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert rewritten(text, language) == text, f"{name}: its settings table is not current: run make settings"


def test_readmes_name_every_command_of_the_tool() -> None:
    names = Tool(load({}), Words("fr", NullTranslations())).group().commands
    for name in FILES.values():
        faults = documents.unnamed(name, (ROOT / name).read_text(encoding="utf-8"), "command line", names)
        assert not faults, told(faults)


def test_rules_and_tests_name_each_other() -> None:
    rules = documents.rules_of((ROOT / "RULES.md").read_text(encoding="utf-8"))
    assert rules, "RULES.md holds no numbered rule"
    faults = documents.rule_faults(rules, documents.cited(files("tests", suffixes=[".py"])))
    assert not faults, told(faults)


def test_links_between_documents_lead_somewhere() -> None:
    faults = documents.broken_links(files("", suffixes=[".md"]), lambda path: (ROOT / path).exists())
    assert not faults, told(faults)


def test_the_checks_themselves_can_fail() -> None:
    assert documents.unnamed("P", "about `add_notes`", "command", ["add_notes", "fly"]) == [
        "P: expected `fly` (command), found nothing about it"
    ]
    assert documents.rules_of("- **N1** a\n### N2 b\n| N3 | c |\nsee N4") == ["N1", "N2", "N3"]
    assert documents.cited({"t.py": "def test_N1_N2_works(): ..."}) == {"N1": "t.py", "N2": "t.py"}
    assert len(documents.rule_faults(["N1"], {"N9": "t.py"})) == 2
    assert documents.broken_links({"a/x.md": "[b](../b.md) [c](https://exemple.fr)"}, lambda path: False) == [
        "a/x.md: links to ../b.md, which is no file"
    ]
