"""Lengths, and habits that may not creep in: sleeps, text as code, skipped tests, things left for later."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import Files, lines_matching

LONGEST_FILE = 400
LONGEST_TEST_FILE = 500
LONGEST_FUNCTION = 60


def too_long(texts: Files) -> list[str]:
    """Files over their limit, by path: 500 lines under tests/, 400 elsewhere."""
    faults = []
    for path, text in texts.items():
        limit = LONGEST_TEST_FILE if path.startswith("tests/") else LONGEST_FILE
        count = text.count("\n")
        if count > limit:
            faults.append(f"{path}: {count} lines, expected at most {limit}: part it by subject")
    return faults


def long_functions(texts: Files) -> list[str]:
    """Python functions over 60 lines."""
    return [
        f"{path}:{node.lineno}: {node.name} has {length} lines, expected at most {LONGEST_FUNCTION}"
        for path, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno) > LONGEST_FUNCTION
    ]


def sleeps(texts: Files) -> list[str]:
    """Tests that wait for time to pass instead of a condition. `asyncio.sleep(0)` only yields and may stay."""
    wait = "a test waits for a condition, never for time"
    return (
        lines_matching(texts, r"\btime\.sleep\(|\b(asyncio|anyio|trio)\.sleep\((?!0\))", wait)
        + lines_matching(texts, r"waitForTimeout|wait_for_timeout", wait)
        + lines_matching(texts, r"setTimeout\((resolve|done|ok|r|res),\s*[1-9]", wait)
    )


def untested(texts: Files) -> list[str]:
    """Tests that may not run."""
    pattern = r"pytest\.(mark\.)?(skip|xfail)|importorskip|\b(test|it|describe)\.(skip|todo)\(|\{\s*skip:"
    return lines_matching(texts, pattern, "a test that may not run proves nothing")


def text_as_code(texts: Files) -> list[str]:
    """Browser code that turns text into markup or code; the security policy would stop it too."""
    pattern = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\b|dangerouslySetInnerHTML"
        r"|createContextualFragment|DOMParser"
    )
    return lines_matching(texts, pattern, "text never becomes markup or code here: use textContent or html``")


def inline_code(texts: Files) -> list[str]:
    """Templates with scripts, styles or handlers in the page, which the security policy refuses."""
    pattern = r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:"
    return lines_matching(texts, pattern, "pages hold no inline script, style or handler", re.IGNORECASE)


def left_for_later(texts: Files) -> list[str]:
    """Marks of unfinished work."""
    pattern = r"\b(TODO|FIXME|XXX|HACK)\b|\bNotImplementedError\b"
    return lines_matching(texts, pattern, "finish it, or take it out")
