"""What is imported is declared, what is declared is used, and the tested versions satisfy what is declared."""

from __future__ import annotations

import sys
import tomllib
from importlib import metadata

from packaging.requirements import Requirement

from tests.architecture.imports import imported
from tests.architecture.tree import ROOT, Files, files

BY_NAME = {"argon2": "argon2-cffi", "multipart": "python-multipart", "python_multipart": "python-multipart"}
LOADED_BY_OTHERS = {"uvloop", "httptools", "websockets", "python-multipart"}
"""uvicorn and starlette load these by themselves; without them sockets or forms fail or are slow."""


def declared() -> dict[str, Requirement]:
    """The run-time requirements of pyproject.toml by name, in lower case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {one.name.lower(): one for one in map(Requirement, project["dependencies"])}


def used(texts: Files) -> set[str]:
    """Distribution names of the third-party modules that these texts import."""
    tops = {name.split(".")[0] for text in texts.values() for _, name in imported(text)}
    ours = {"facilitation", "server", "tools", "tests", "__future__"}
    return {BY_NAME.get(top, top).lower() for top in tops if top not in sys.stdlib_module_names and top not in ours}


def test_imports_and_declared_dependencies_agree() -> None:
    names = used(files("facilitation", "server", suffixes=[".py"]))
    missing = sorted(names - set(declared()))
    assert not missing, f"imported but not in pyproject.toml: {missing}"
    idle = sorted(set(declared()) - names - LOADED_BY_OTHERS)
    assert not idle, f"in pyproject.toml but never imported: {idle}"


def test_installed_and_pinned_versions_satisfy_what_is_declared() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.lower().split("==") for line in lines if "==" in line)
    for name, requirement in declared().items():
        assert name in pins, f"constraints.txt: expected a pinned {name}"
        for version in (pins[name], metadata.version(name)):
            assert requirement.specifier.contains(version), f"{name} {version} does not satisfy {requirement}"


def test_the_checks_themselves_can_fail() -> None:
    assert used({"server/x.py": "import argon2\nimport os\nfrom server import log\nimport numpy"}) == {"argon2-cffi", "numpy"}
