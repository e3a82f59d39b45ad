"""Who may import whom: one table for Python, one for the browser modules."""

from __future__ import annotations

import ast
import posixpath
import re
import sys

from tests.architecture.tree import Files

WORLD = frozenset(
    "asyncio concurrent ctypes getpass glob http importlib io logging multiprocessing os pathlib queue random sched secrets "
    "select shutil signal socket sqlite3 ssl subprocess sys tempfile threading time urllib uuid warnings".split()
)
"""Standard modules that reach outside: rules may not import them (invariant 4 of DECISIONS.md)."""

BASE = frozenset({"config", "telemetry"})
BELOW: dict[str, frozenset[str]] = {
    "config": frozenset(),
    "telemetry": frozenset(),
    "log": BASE,
    "wire": BASE,
    "live": BASE | {"log", "wire"},
    "identity": BASE | {"log", "live"},
    "archive": BASE | {"log", "live", "identity"},
    "web": BASE | {"log", "wire", "live", "identity", "archive"},
    "app": BASE | {"log", "wire", "live", "identity", "archive", "web"},
}
"""What each part of server/ may import of the others. cli and __main__ stand above all; nothing imports them."""

FAILPOINTS = "server.log.failpoints"
"""Where a test may have the process killed: any part may name such a point."""

BROWSER: dict[str, frozenset[str]] = {
    "core": frozenset({"vendor"}),
    "views": frozenset({"core", "board", "vendor"}),
    "board": frozenset({"core", "views", "vendor"}),
    "pages": frozenset({"core", "board", "views", "vendor"}),
}


IMPORT = re.compile(
    r"""(?:^|\n)\s*(?:import|export)\s[^;'"]*?\bfrom\s*['"]([^'"]+)['"]"""
    r"""|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]"""
)


def imported(text: str) -> list[tuple[int, str]]:
    """Line and full name of every absolute import of a Python text, wherever it stands."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def impure_imports(texts: Files) -> list[str]:
    """Imports of facilitation/ other than itself, msgspec and the quiet part of the standard library."""
    faults = []
    for path, text in texts.items():
        for line, name in imported(text):
            top = name.split(".")[0]
            allowed = top in {"facilitation", "msgspec"} or (top in sys.stdlib_module_names and top not in WORLD)
            if not allowed:
                faults.append(f"{path}:{line}: imports {top}; rules import msgspec and what touches nothing outside")
    return faults


def impure_calls(texts: Files) -> list[str]:
    """Calls in facilitation/ that read a clock, a file or the console, and anything awaited."""
    faults = []
    for path, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith):
                faults.append(f"{path}:{node.lineno}: rules never wait")
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in {"open", "print", "input"} or called.endswith((".now", ".today", ".utcnow")):
                    faults.append(f"{path}:{node.lineno}: calls {called}(); rules touch no clock, file or console")
    return faults


def part_of(path: str) -> str:
    """The part of server/ that a path belongs to: "log" for server/log/sqlite.py, "app" for server/app.py."""
    return path.split("/")[1].removesuffix(".py")


def upward_imports(texts: Files) -> list[str]:
    """Imports in server/ that go against `BELOW`."""
    faults = []
    for path, text in texts.items():
        part = part_of(path)
        if part in {"cli", "__main__", "__init__"}:
            continue
        if part not in BELOW:
            faults.append(f"{path}: server/{part} has no place in the table of import directions")
            continue
        for line, name in imported(text):
            words = name.split(".")
            if words[0] != "server" or len(words) < 2 or words[1] == part or name.startswith(FAILPOINTS):
                continue
            if words[1] not in BELOW[part]:
                faults.append(f"{path}:{line}: server/{part} imports server/{words[1]}, which stands beside or above it")
    return faults


def browser_imports(texts: Files, present: frozenset[str]) -> list[str]:
    """Imports of browser modules that go against `BROWSER`, are not relative, lead to no file, or go round in a circle."""
    faults = []
    graph: dict[str, list[str]] = {}
    for path, text in texts.items():
        part = path.split("/")[1]
        for match in IMPORT.finditer(text):
            target = next(group for group in match.groups() if group)
            if not target.startswith("."):
                faults.append(f"{path}: imports {target!r}; browser modules import by relative path")
                continue
            whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if whole not in present:
                faults.append(f"{path}: imports {target!r}, which is no file")
            other = whole.split("/")[1]
            if "import(" in match.group(0):
                continue  # loaded when it is wanted, or a type: no direction
            graph.setdefault(path, []).append(whole)
            if part in BROWSER and other != part and other not in BROWSER[part]:
                faults.append(f"{path}: static/{part} imports static/{other}, which stands beside or above it")
    return faults + [f"modules import each other in a circle: {' -> '.join(circle)}" for circle in circles(graph)]


def circles(graph: dict[str, list[str]]) -> list[list[str]]:
    """The circles of an import graph, each as the path that closes on itself; one for each module where one closes."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(path: str, trail: list[str]) -> None:
        if path in trail:
            found.append([*trail[trail.index(path) :], path])
        elif path not in done:
            for target in graph.get(path, []):
                visit(target, [*trail, path])
            done.add(path)

    for path in graph:
        visit(path, [])
    return found
