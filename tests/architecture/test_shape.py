"""Files and functions stay short; tests wait for conditions; text is never code; nothing is left for later."""

from __future__ import annotations

from tests.architecture import shape
from tests.architecture.tree import Files, files, told

CODE = [".py", ".js", ".css", ".mjs"]


def every_test() -> Files:
    # The checkers name what they forbid.
    texts = files("tests", suffixes=[".py", ".js"])
    return {path: text for path, text in texts.items() if not path.startswith("tests/architecture/")}


def test_files_stay_within_their_limit() -> None:
    faults = shape.too_long(files("facilitation", "server", "static", "tools", "tests", suffixes=CODE))
    assert not faults, told(faults)


def test_functions_stay_short() -> None:
    faults = shape.long_functions(files("facilitation", "server", "tools", "tests", suffixes=[".py"]))
    assert not faults, told(faults)


def test_tests_never_sleep() -> None:
    faults = shape.sleeps(every_test())
    assert not faults, told(faults)


def test_every_test_runs() -> None:
    faults = shape.untested(every_test())
    assert not faults, told(faults)


def test_browser_code_never_turns_text_into_markup_or_code() -> None:
    faults = shape.text_as_code(files("static", suffixes=[".js"]))
    assert not faults, told(faults)


def test_pages_hold_no_inline_script_style_or_handler() -> None:
    # The offline archive page is one file by design: its style stands inside, under no policy of ours.
    texts = files("templates", suffixes=[".html", ".svg", ".xml"])
    faults = shape.inline_code({path: text for path, text in texts.items() if not path.startswith("templates/archive/")})
    assert not faults, told(faults)


def test_nothing_is_left_for_later() -> None:
    faults = shape.left_for_later(files("facilitation", "server", "static", "tools", "templates", suffixes=[*CODE, ".html"]))
    assert not faults, told(faults)


def test_the_checks_themselves_can_fail() -> None:
    assert shape.too_long({"server/x.py": "\n" * 401})
    assert shape.too_long({"tests/x.py": "\n" * 501}) and not shape.too_long({"tests/x.py": "\n" * 450})
    assert shape.long_functions({"x.py": "def f():\n" + "    pass\n" * 62})
    assert shape.sleeps({"x.py": "    await asyncio.sleep(0.1)"}) and not shape.sleeps({"x.py": "await asyncio.sleep(0)"})
    assert shape.sleeps({"x.js": "await new Promise((resolve) => setTimeout(resolve, 50));"})
    assert shape.untested({"x.py": "@pytest.mark.skip"}) and shape.untested({"x.js": "test.skip('a')"})
    assert shape.text_as_code({"x.js": "element.innerHTML = note.text"})
    assert shape.inline_code({"x.html": "<script>alert(1)</script>"}) and shape.inline_code({"x.html": '<p style="a">'})
    assert not shape.inline_code({"x.html": '<script type="module" src="a.js"></script>'})
    assert shape.left_for_later({"x.py": "# TO" + "DO later"})
