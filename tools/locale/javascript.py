"""Message ids in browser modules: the literal arguments of `t("…")` and `tn("…", "…", n)`, inside html`…` too.

Babel's own reader loses its place in nested templates; this one needs no place: it looks for the two names and reads
their arguments, strings escaped or not, alone or as branches of a conditional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CALL = re.compile(r"(?<![\w$.])(tn?)\(")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v"}
OPENERS = {"(": ")", "[": "]", "{": "}"}


class Unreadable(ValueError):
    """A call whose message id cannot be known from the source. The message gives its line and text."""


def messages(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, message id and plural ("" for none) of every call. Raises Unreadable for a template literal as message id."""
    for match in CALL.finditer(text):
        if _defines(text, match.start()):
            continue
        line = text.count("\n", 0, match.start()) + 1
        arguments = _arguments(text, match.end())
        if match.group(1) == "tn":
            one, many = (_literals(argument, line) for argument in arguments[:2])
            for singular, plural in zip(one, many, strict=True):
                yield line, singular, plural
        else:
            for message in _literals(arguments[0], line) if arguments else ():
                yield line, message, ""


def _defines(text: str, at: int) -> bool:
    """Whether the name at this place is being defined, or stands in a comment line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.rstrip().endswith("function") or before.lstrip().startswith(("*", "//", "/*"))


def _arguments(text: str, at: int) -> list[str]:
    """The source of each argument of the call whose bracket opens just before `at`."""
    found, start, place, closers = [], at, at, [")"]
    while closers:
        sign = text[place]
        if sign in "\"'`":
            place = _after_string(text, place)
            continue
        if sign in OPENERS:
            closers.append(OPENERS[sign])
        elif sign == closers[-1]:
            closers.pop()
        elif sign == "," and len(closers) == 1:
            found.append(text[start:place])
            start = place + 1
        place += 1
    found.append(text[start : place - 1])
    return [argument.strip() for argument in found if argument.strip()]


def _after_string(text: str, at: int) -> int:
    """The place after the string or template that opens at `at`."""
    quote, place = text[at], at + 1
    while text[place] != quote:
        if text[place] == "\\":
            place += 1
        elif quote == "`" and text.startswith("${", place):
            place = _after_hole(text, place + 2) - 1
        place += 1
    return place + 1


def _after_hole(text: str, at: int) -> int:
    """The place after the `}` that ends a template's hole opened just before `at`."""
    depth = 1
    while depth:
        sign = text[at]
        if sign in "\"'`":
            at = _after_string(text, at)
            continue
        depth += {"{": 1, "}": -1}.get(sign, 0)
        at += 1
    return at


def _literals(argument: str, line: int) -> list[str]:
    """The texts an argument may be: one literal, or the literal branches of a conditional; none for a variable."""
    found = []
    for branch in _branches(argument):
        if branch[:1] in "\"'" and branch and _after_string(branch, 0) == len(branch):
            found.append(_unescaped(branch[1:-1]))
        elif branch.startswith("`"):
            raise Unreadable(f"line {line}: {branch[:60]}: a message id is a plain string, its places are written {{name}}")
    return found


def _branches(argument: str) -> list[str]:
    """The parts of a conditional expression between `?` and `:` at its top level, conditions included; else the whole."""
    parts, start, place, depth = [], 0, 0, 0
    while place < len(argument):
        sign = argument[place]
        if sign in "\"'`":
            place = _after_string(argument, place)
            continue
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif sign in "?:" and depth == 0 and argument[place : place + 2] not in ("?.", "??"):
            parts.append(argument[start:place])
            start = place + 1
        elif argument[place : place + 2] == "??":
            place += 1
        place += 1
    parts.append(argument[start:])
    return [part.strip() for part in parts]


def _unescaped(body: str) -> str:
    def one(match: re.Match[str]) -> str:
        escape = match.group(1)
        if escape[0] in "ux":
            return chr(int(escape[1:].strip("{}"), 16))
        return ESCAPES.get(escape, escape)

    return re.sub(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", one, body, flags=re.DOTALL)
