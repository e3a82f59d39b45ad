"""Finds every text of the interface: Python, templates, browser modules, and the data that pages show as it stands."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import msgspec
from babel.messages.extract import extract

from facilitation.records import Tint
from facilitation.rejections import SENTENCES
from server.wire.byes import BYES
from tools.locale import javascript

ROOT = Path(__file__).parents[2]
CALLS = {"_", "N_", "gettext", "said", "_said", "say", "words"}
COUNTS = {"count", "ngettext"}


class Message(msgspec.Struct, frozen=True, order=True):
    """One text: French source, its plural or "", the file it stands in, and whether the browser needs it."""

    id: str
    plural: str
    source: str
    browser: bool = False


def everything() -> list[Message]:
    """Every message of the product, in order of source and place. Raises javascript.Unreadable with the file's name."""
    return [*_python(), *_templates(), *_browser(), *_data()]


def _python() -> Iterator[Message]:
    for path in sorted((ROOT / "server").rglob("*.py")):
        for one, many in from_python(path.read_text(encoding="utf-8")):
            yield Message(one, many, _name(path))


def from_python(text: str) -> Iterator[tuple[str, str]]:
    """Message id and plural of each call of a word function; both branches of a conditional count."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = _called(node.func)
        if called in CALLS:
            yield from ((text, "") for text in _constants(node.args[0]))
        elif called in COUNTS and len(node.args) > 2:
            yield from zip(_constants(node.args[0]), _constants(node.args[1]), strict=True)


def _called(function: ast.expr) -> str:
    """The name that a call goes by: `said`, `self.said` and `self.words(request)` are "said", "said" and "words"."""
    if isinstance(function, ast.Call):
        return _called(function.func)
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""


def _constants(argument: ast.expr) -> list[str]:
    if isinstance(argument, ast.IfExp):
        return _constants(argument.body) + _constants(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def _templates() -> Iterator[Message]:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        with path.open("rb") as file:
            options = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "newstyle_gettext": "true"}
            keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
            for _, text, _, _ in extract("jinja2.ext:babel_extract", file, keywords, options=options):
                one, many = text if isinstance(text, tuple) else (text, "")
                yield Message(one, many, _name(path))


def _browser() -> Iterator[Message]:
    for path in sorted((ROOT / "static").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        try:
            for _, one, many in javascript.messages(path.read_text(encoding="utf-8")):
                yield Message(one, many, _name(path), browser=True)
        except (javascript.Unreadable, ValueError, IndexError) as error:
            raise javascript.Unreadable(f"{_name(path)}: {error}") from error


def _data() -> Iterator[Message]:
    """Refusals (said by the server), tints (named by the browser), and what the list of methods says."""
    for sentence in SENTENCES.values():
        yield Message(sentence, "", "facilitation/rejections.py")
    for bye in BYES.values():
        yield Message(bye.sentence, "", "server/wire/byes.py")
    for tint in get_args(Tint):
        if tint:
            yield Message(tint, "", "facilitation/records.py", browser=True)
    for path in sorted((ROOT / "facilitation" / "methods").glob("*.toml")):
        method = tomllib.loads(path.read_text(encoding="utf-8"))
        for field in ("titre", "resume"):
            yield Message(method[field], "", _name(path), browser=True)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
