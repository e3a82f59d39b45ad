"""Documentation that must keep up: commands, frames, refusals and settings, numbered rules and the tests that cite them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

from tests.architecture.tree import Files

RULE = re.compile(r"\b([A-Z]{1,2}\d{1,3})\b")
HEADING = re.compile(r"^\s*(?:[-*]\s+)?(?:#+\s+)?(?:\|\s*)?\**([A-Z]{1,2}\d{1,3})\b", re.MULTILINE)
CITED = re.compile(r"def test_([A-Z]{1,2}\d{1,3}(?:_[A-Z]{1,2}\d{1,3})*)_")


def unnamed(document: str, text: str, what: str, names: Iterable[str]) -> list[str]:
    """One sentence per name that the document does not write in backticks."""
    return [f"{document}: expected `{name}` ({what}), found nothing about it" for name in names if f"`{name}`" not in text]


def rules_of(text: str) -> list[str]:
    """The rule numbers that RULES.md gives, in order: those that open a line, a list item, a heading or a table row."""
    return list(dict.fromkeys(HEADING.findall(text)))


def cited(tests: Files) -> dict[str, str]:
    """Rule numbers cited by test names, with one file each: `test_N3_…`, `test_N3_N4_…`."""
    found: dict[str, str] = {}
    for path, text in tests.items():
        for group in CITED.findall(text):
            for number in RULE.findall(group.replace("_", " ")):
                found.setdefault(number, path)
    return found


def rule_faults(rules: list[str], citations: dict[str, str]) -> list[str]:
    """Rules without a test, and tests that cite a rule that is not there."""
    uncited = [f"RULES.md: {rule} is cited by no test (name one test_{rule}_…)" for rule in rules if rule not in citations]
    unknown = [
        f"{path}: cites rule {number}, which RULES.md does not hold" for number, path in citations.items() if number not in rules
    ]
    return uncited + unknown


LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def broken_links(documents: Files, present: Callable[[str], bool]) -> list[str]:
    """Relative links of Markdown files that lead to no file."""
    faults = []
    for path, text in documents.items():
        for target in LINK.findall(text):
            if "://" in target or target.startswith("mailto:"):
                continue
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if not present(whole):
                faults.append(f"{path}: links to {target}, which is no file")
    return faults
