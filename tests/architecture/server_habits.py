"""Habits of server/: one place reads the environment, one writes logs, and log fields come from the closed list."""

from __future__ import annotations

import ast

from server.telemetry import FIELDS
from tests.architecture.tree import Files, lines_matching

READERS = {"server/config.py", "server/log/failpoints.py"}
"""failpoints.py reads where a test wants the process killed: no setting of an installation."""

GIVEN = frozenset({"level", "error"})


def stray_environment(texts: Files) -> list[str]:
    """Reads of the environment outside server/config.py."""
    others = {path: text for path, text in texts.items() if path not in READERS}
    return lines_matching(others, r"os\.environ\b|\bgetenv\(", "settings are read in server/config.py alone")


def stray_logging(texts: Files) -> list[str]:
    """Loggers made outside server/telemetry.py."""
    others = {path: text for path, text in texts.items() if path != "server/telemetry.py"}
    return lines_matching(
        others, r"\blogging\.(getLogger|info|warning|error|exception|debug|critical)\(", "log through telemetry.event"
    )


def unlisted_fields(texts: Files) -> list[str]:
    """Calls of telemetry.event with a field that is not in the closed list, or fields that cannot be seen."""
    faults = []
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "telemetry.event":
                for keyword in node.keywords:
                    if keyword.arg is None:
                        faults.append(f"{path}:{node.lineno}: gives fields by **, which nobody can check")
                    elif keyword.arg not in FIELDS | GIVEN:
                        faults.append(f"{path}:{node.lineno}: field {keyword.arg!r} is not in telemetry.FIELDS")
    return faults
