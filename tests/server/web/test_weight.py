"""The static tree as it travels: modules without their documentation, and the participant's page within its weight."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from server.web.assets import Assets

STATIC = Path(__file__).parents[3] / "static"
FIRST_VIEW = 60 * 1024
"""Bytes of gzipped JavaScript that a phone fetches before the participant's page can be used (DESIGN.md 9)."""


def packed(assets: Assets, path: str) -> bytes:
    """What a browser that takes gzip receives for a path of the tree."""
    asset = assets._files[path]
    return asset.packed if asset.packed is not None else asset.body


def test_documentation_and_types_stay_home_and_lines_stay(tmp_path: Path) -> None:
    source = (
        "/**\n * What this is.\n */\nimport { a } from './b.js';\n"
        "  /** @type {number} */ (a)?.go();\n/** @param {x} y */\nexport const text = `/* kept */`;\n" + "// filler\n" * 40
    )
    (tmp_path / "one.js").write_text(source)
    sent = gzip.decompress(packed(Assets(tmp_path), "one.js")).decode()
    assert sent.count("\n") == source.count("\n")
    assert "What this is" not in sent and "@param" not in sent
    assert "  (a)?.go();" in sent and "`/* kept */`" in sent


@pytest.mark.parametrize("entry", ["pages/participer.js", "pages/salle.js"])
def test_what_a_participant_or_a_room_fetches_first_is_within_its_weight(entry: str) -> None:
    assets = Assets(STATIC)
    paths = [entry, *(address.removeprefix(assets.base) for address in assets.modules(entry))]
    weights = {path: len(packed(assets, path)) for path in paths}
    heaviest = sorted(weights, key=lambda path: -weights[path])[:5]
    assert sum(weights.values()) <= FIRST_VIEW, f"{sum(weights.values())} bytes in {len(paths)} modules; heaviest: {heaviest}"
