"""The files of the project, as the checks see them. Every checker takes texts and gives sentences; none reads by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = frozenset(
    ".git .venv node_modules vendor __pycache__ .mypy_cache .ruff_cache .pytest_cache .hypothesis data build dist".split()
)
Files = dict[str, str]
"""Texts by path from the root, with slashes."""


def files(*folders: str, suffixes: Iterable[str]) -> Files:
    """Every text under the folders ("" is the root itself) with one of the suffixes; third-party and made files left out."""
    wanted = frozenset(suffixes)
    found: Files = {}
    for folder in folders:
        for path in _walk(ROOT / folder):
            if path.suffix in wanted or path.name in wanted:
                found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in LEFT_OUT and not path.name.endswith(".egg-info"):
                yield from _walk(path)
        elif path.is_file():
            yield path


def lines_matching(texts: Files, pattern: str, why: str, flags: int = 0) -> list[str]:
    """One sentence per line that matches: path, line, what was found, why it may not stand."""
    expression = re.compile(pattern, flags)
    return [
        f"{path}:{number}: {match.group(0).strip()!r}: {why}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (match := expression.search(line))
    ]


def told(faults: list[str]) -> str:
    """What a failing test prints: every sentence on its own line."""
    return "\n" + "\n".join(faults)
