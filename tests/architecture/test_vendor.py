"""Third-party files are the ones that were reviewed: hashes match, nothing is unlisted, licences are there, no eval."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, told

FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"]
OURS = {"manifest.json", "ui.d.ts", "msgpack.d.ts"}


def faults_of(folder: Path) -> list[str]:
    """What differs between a vendor folder and its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["file"]: entry["sha384"] for entry in manifest}
    faults = []
    for name, sha384 in listed.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{name}: listed in manifest.json, not in {folder.name}")
        elif base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode() != sha384:
            faults.append(f"{name}: its SHA-384 is not the one in manifest.json: run make vendor, then review it")
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    third = {name for name in present if name not in OURS and not name.startswith("LICENSES/")}
    faults += [f"{name}: in {folder.name}, not in manifest.json" for name in sorted(third - set(listed))]
    for entry in manifest:
        for package in entry["packages"]:
            licence = package["name"].removeprefix("@").replace("/", "-") + ".txt"
            if f"LICENSES/{licence}" not in present:
                faults.append(f"LICENSES/{licence}: missing, {entry['file']} needs it")
    return faults


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tested"])
def test_files_match_their_manifest_and_have_their_licence(folder: Path) -> None:
    faults = faults_of(folder)
    assert not faults, told(faults)


@pytest.mark.parametrize("name", ["ui.js", "msgpack.js"])
def test_served_modules_run_under_a_policy_without_eval(name: str) -> None:
    text = (FOLDERS[0] / name).read_text(encoding="utf-8")
    assert "eval(" not in text and "new Function" not in text


def test_the_check_itself_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("changed", encoding="utf-8")
    (tmp_path / "b.js").write_text("unlisted", encoding="utf-8")
    package = {"name": "@a/b", "version": "1", "license": "MIT"}
    entries = [{"file": "a.js", "sha384": "x", "packages": [package]}, {"file": "c.js", "sha384": "x", "packages": []}]
    (tmp_path / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    faults = faults_of(tmp_path)
    assert len(faults) == 4, told(faults)
