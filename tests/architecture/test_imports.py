"""Imports run one way: facilitation <- log, wire <- live <- web, archive <- app; core <- views, board <- pages."""

from __future__ import annotations

from tests.architecture.imports import browser_imports, impure_calls, impure_imports, upward_imports
from tests.architecture.tree import ROOT, files, told


def test_rules_import_nothing_that_touches_the_world() -> None:
    faults = impure_imports(files("facilitation", suffixes=[".py"]))
    assert not faults, told(faults)


def test_rules_call_no_clock_file_or_console_and_never_wait() -> None:
    faults = impure_calls(files("facilitation", suffixes=[".py"]))
    assert not faults, told(faults)


def test_server_parts_import_downwards_only() -> None:
    faults = upward_imports(files("server", suffixes=[".py"]))
    assert not faults, told(faults)


def test_browser_modules_import_downwards_only_and_find_their_files() -> None:
    present = frozenset(path.relative_to(ROOT).as_posix() for path in (ROOT / "static").rglob("*") if path.is_file())
    faults = browser_imports(files("static", suffixes=[".js"]), present)
    assert not faults, told(faults)


def test_the_checks_themselves_can_fail() -> None:
    assert impure_imports({"facilitation/x.py": "import random"})
    assert impure_imports({"facilitation/x.py": "def f():\n    from server.log import Log"})
    assert not impure_imports({"facilitation/x.py": "import math\nfrom msgspec import Struct"})
    assert impure_calls({"facilitation/x.py": "from datetime import date\nd = date.today()"})
    assert impure_calls({"facilitation/x.py": "async def f(): ..."})
    assert upward_imports({"server/log/x.py": "from server.live import session"})
    assert upward_imports({"server/wire/x.py": "from server import log"})
    assert upward_imports({"server/odd/x.py": ""})
    assert not upward_imports({"server/live/x.py": "from server.log import Log"})
    assert browser_imports({"static/core/a.js": 'import { b } from "../pages/b.js";'}, frozenset({"static/pages/b.js"}))
    assert browser_imports({"static/core/a.js": 'import { b } from "./b.js";'}, frozenset())
    assert browser_imports({"static/core/a.js": 'const b = () => import("./b.js");'}, frozenset())
    assert browser_imports({"static/core/a.js": 'import { b } from "preact";'}, frozenset())
    both = {"static/core/a.js": 'import { b } from "./b.js";', "static/core/b.js": 'import { a } from "./a.js";'}
    assert browser_imports(both, frozenset(both))
