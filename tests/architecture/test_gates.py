"""The gates of other programs, run as tests: ruff, mypy strict, the JSDoc types, the unit tests of the browser modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

TSC = ROOT / "tools" / "node_modules" / ".bin" / "tsc"
GATES = {
    "ruff": [sys.executable, "-m", "ruff", "check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "tsc": [str(TSC), "--project", "tools/tsconfig.json"],
    "node": ["node", "--import", "./tests/js/node18.mjs", "--test", *sorted(map(str, (ROOT / "tests" / "js").glob("*.test.js")))],
}


def outcome(command: list[str], folder: Path = ROOT) -> tuple[int, str]:
    """Exit status and everything printed by one command."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("gate", GATES)
def test_gate(gate: str) -> None:
    status, printed = outcome(GATES[gate])
    assert status == 0, f"{' '.join(GATES[gate])}\n{printed}"


def test_gates_themselves_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\n\n\ndef f(x):\n    return x + 'a'\n", encoding="utf-8")
    (tmp_path / "a.js").write_text("/** @type {number} */\nexport const n = 'a';\n", encoding="utf-8")
    (tmp_path / "a.test.js").write_text("throw new Error('no');\n", encoding="utf-8")
    assert outcome([sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), "a.py"], tmp_path)[0]
    assert outcome([sys.executable, "-m", "mypy", "--strict", "a.py"], tmp_path)[0]
    assert outcome([str(TSC), "--allowJs", "--checkJs", "--strict", "--noEmit", "a.js"], tmp_path)[0]
    assert outcome(["node", "--test", "a.test.js"], tmp_path)[0]
