"""The static tree: hashed, gzipped, immutable; every module that a page needs known before it is asked for."""

from pathlib import Path
from typing import Any

import pytest

from server.web.assets import IMMUTABLE, Assets
from server.web.shells import DESKS


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "core").mkdir()
    pages = tmp_path / "pages"
    (pages / "a.js").write_text('import { b } from "../core/b.js";\nexport * from "./c.js";\nimport "../core/d.js";\n')
    (pages / "c.js").write_text('import {\n  d,\n} from "../core/d.js";\nconst later = () => import("../core/e.js");\n')
    (tmp_path / "core" / "b.js").write_text('import "./d.js";\n// import "./e.js"\n')
    (tmp_path / "core" / "d.js").write_text("export const d = 1;\n" * 50)
    (tmp_path / "core" / "e.js").write_text("export {};\n")
    (tmp_path / "core" / "e.d.ts").write_text("export {};\n")
    return tmp_path


def test_the_graph_of_a_page_is_whole_and_static(tree: Path) -> None:
    assets = Assets(tree)
    names = [address.removeprefix(assets.base) for address in assets.modules("pages/a.js")]
    assert sorted(names) == ["core/b.js", "core/d.js", "pages/c.js"]


def test_one_changed_byte_changes_every_address(tree: Path) -> None:
    before = Assets(tree)
    (tree / "core" / "e.js").write_text("export { };\n")
    assert Assets(tree).tree != before.tree
    assert Assets(tree).url("core/b.js") != before.url("core/b.js")


def test_a_wrong_name_in_a_template_is_an_error(tree: Path) -> None:
    with pytest.raises(LookupError, match="nulle"):
        Assets(tree).url("css/nulle.css")
    assert not Assets(tree).has("core/e.d.ts")


def test_files_are_served_for_ever_and_gzipped(site: Any) -> None:
    web, browser = site.app.web, site.browser()
    answer = browser.get(web.assets.url("css/base.css"))
    assert answer.headers["cache-control"] == IMMUTABLE
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/css")
    plain = browser.get(web.assets.url("css/base.css"), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == answer.text
    older = browser.get("/static/0123456789abcdef/css/base.css")
    assert older.headers["cache-control"] == "no-cache"
    assert browser.get(f"{web.assets.base}../server/config.py").status_code == 404
    assert browser.get(f"{web.assets.base}%2e%2e/pyproject.toml").status_code == 404


@pytest.mark.parametrize("page", sorted(DESKS))
def test_every_page_preloads_its_whole_graph(site: Any, page: str) -> None:
    web = site.app.web
    graph = web.assets.modules(f"pages/{page}.js")
    assert len(graph) == len(set(graph)) > 5
    browser = site.browser()
    for address in graph:
        assert browser.get(address).status_code == 200, address
