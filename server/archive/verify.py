"""Whether a bundle is exactly what the server once wrote, and whether its votes add up.

Everything is derived again: the zip's own digest, the SHA-256 of every file, the chain of the exported log, the records
that it leaves, and each tally from its ballots. The first thing that does not agree is named. Nothing is unpacked to disk,
and a hostile file costs no more than the bounds of `container.unpack`.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import msgspec

from facilitation.records import BallotBox, OpenedBallot, Round, SiteTally, Tally, from_wire
from facilitation.tallies import recount
from server.archive import parts
from server.archive.container import Damaged, is_sealed, unpack

LARGEST = 120 * 2**20
"""Bytes of the largest file that is looked at."""

Reason = Literal[
    "", "unreadable", "too_large", "not_ours", "changed", "missing", "added", "chain", "records", "tally", "envelope"
]

_SENTENCES: dict[Reason, tuple[str, str]] = {
    "": ("", ""),
    "unreadable": ("ce fichier ne se lit pas comme un dossier", "this file cannot be read as a bundle"),
    "too_large": ("ce fichier est trop gros", "this file is too large"),
    "not_ours": ("ce fichier n’est pas un dossier de ce service", "this file is not a bundle of this service"),
    "changed": ("{file} n’est plus celui d’origine", "{file} is not the original any more"),
    "missing": ("{file} manque", "{file} is missing"),
    "added": ("{file} a été ajouté", "{file} was added"),
    "chain": ("l’histoire de l’atelier ({file}) ne s’enchaîne plus", "the history of the workshop ({file}) is broken"),
    "records": ("{file} ne correspond pas à l’histoire de l’atelier", "{file} does not agree with the workshop’s history"),
    "tally": ("le résultat de {file} ne correspond pas à ses bulletins", "the result in {file} does not follow from its ballots"),
    "envelope": (
        "les fichiers sont ceux d’origine, mais le dossier zip a été refait",
        "the files are the original ones, but the zip file was made again",
    ),
}


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `files`: how many agree; `wrong`: the first file that does not; `reason`: in which way."""

    intact: bool
    files: int = 0
    reason: Reason = ""
    wrong: str = ""
    part: str = ""

    @property
    def why(self) -> str:
        """What does not agree, in French."""
        return self.told("fr")

    def told(self, language: str) -> str:
        """What does not agree, in "fr" or "en"; "" when intact."""
        french, english = _SENTENCES[self.reason]
        return (english if language == "en" else french).format(file=self.wrong)


class _Wrong(Exception):
    def __init__(self, reason: Reason, wrong: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.wrong = wrong


def verify(source: Path | bytes, name: str = "") -> Verdict:
    """The verdict on a bundle, from its path or its bytes. Never raises on what a file holds; OSError on an unreadable path.

    `name` is only what the caller knows the file by; a bundle that was renamed is still intact.
    """
    if isinstance(source, Path):
        if source.stat().st_size > LARGEST:
            return Verdict(intact=False, reason="too_large")
        source = source.read_bytes()
    if len(source) > LARGEST:
        return Verdict(intact=False, reason="too_large")
    files: dict[str, bytes] = {}
    part = ""
    try:
        files = _opened(source)
        _manifests(files)
        part = _log(files)
        for path in sorted(files):
            if re.fullmatch(r"data/40-votes/vote-[^/]+\.json", path):
                _tally(path, files[path], files)
        if not is_sealed(source):
            raise _Wrong("envelope")
    except _Wrong as found:
        return Verdict(intact=False, reason=found.reason, wrong=found.wrong, part=part)
    return Verdict(intact=True, files=len(files), part=part)


def _opened(blob: bytes) -> dict[str, bytes]:
    """The files of the bag, by path inside it."""
    try:
        members = unpack(blob)
    except Damaged as damage:
        inside = damage.member.partition("/")[2] or damage.member
        raise _Wrong("changed" if inside else "unreadable", inside) from None
    roots = {name.partition("/")[0] for name in members}
    if len(roots) != 1 or not all("/" in name for name in members):
        raise _Wrong("not_ours")
    return {name.partition("/")[2]: content for name, content in members.items()}


# --- files -------------------------------------------------------------------------------------------------------


def _manifests(files: dict[str, bytes]) -> None:
    """Every file has the digest that its manifest gives, and none is missing or added."""
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if name not in files:
            raise _Wrong("missing" if "manifest-sha256.txt" in files else "not_ours", name)
    payload = _read_manifest("manifest-sha256.txt", files)
    tags = _read_manifest("tagmanifest-sha256.txt", files)
    for path, digest in [*tags.items(), *payload.items()]:
        if path not in files:
            raise _Wrong("missing", path)
        if sha256(files[path]).hexdigest() != digest:
            raise _Wrong("changed", path)
    known = {*payload, *tags, "tagmanifest-sha256.txt"}
    for path in sorted(files):
        if path not in known:
            raise _Wrong("added", path)


def _read_manifest(name: str, files: dict[str, bytes]) -> dict[str, str]:
    """Digest by path. Any line of another form, or out of the written order, is a change of the manifest."""
    found: dict[str, str] = {}
    try:
        lines = files[name].decode().split("\n")
    except UnicodeDecodeError:
        raise _Wrong("changed", name) from None
    if lines[-1]:
        raise _Wrong("changed", name)
    for line in lines[:-1]:
        read = re.fullmatch(r"([0-9a-f]{64})  (\S[^\r]*)", line)
        if read is None or read.group(2) in found:
            raise _Wrong("changed", name)
        found[read.group(2)] = read.group(1)
    return found


# --- history -----------------------------------------------------------------------------------------------------

_SESSION, _COMMITS = "data/70-donnees/session.json", "data/70-donnees/commits.jsonl"


def _log(files: dict[str, bytes]) -> str:
    """The chain of the exported log holds, and its end is the session as told. The part's name."""
    session = _json(_SESSION, files)
    part = session.get("part")
    if session.get("format") != parts.FORMAT or part not in ("diffusion", "reserve"):
        raise _Wrong("records", _SESSION)
    lines = _chained(files.get(_COMMITS, b""), str(part), session.get("log"))
    try:
        left = parts.replay(lines)
    except (LookupError, TypeError, ValueError):
        raise _Wrong("chain", _COMMITS) from None
    if left != session.get("records"):
        raise _Wrong("records", _SESSION)
    return str(part)


def _chained(raw: bytes, part: str, announced: Any) -> list[dict[str, Any]]:
    lines, previous = [], parts.origin(part)
    for number, text in enumerate(raw.splitlines(), 1):
        line = _parsed(text)
        digest = line.pop("hash", "") if isinstance(line, dict) else ""
        if not isinstance(line, dict) or line.get("n") != number or digest != parts.link(previous, line):
            raise _Wrong("chain", _COMMITS)
        previous = digest
        lines.append(line)
    if announced != {"file": "commits.jsonl", "lines": len(lines), "hash": previous}:
        raise _Wrong("chain", _COMMITS)
    return lines


# --- votes -------------------------------------------------------------------------------------------------------


def _tally(path: str, content: bytes, files: dict[str, bytes]) -> None:
    """A vote's ballots, counted again, give its result, in all and by site; the session's records say the same."""
    vote = _json(path, files)
    try:
        told, tally = from_wire(vote["round"]), from_wire(vote["tally"])
        by_site = [from_wire(one) for one in vote["site_tallies"]]
        box = BallotBox(id=told.id, ballots=msgspec.convert(vote["ballots"], tuple[OpenedBallot, ...]))
        agreed = isinstance(told, Round) and isinstance(tally, Tally) and _counted(told, tally, by_site, box)
    except (LookupError, TypeError, ValueError):
        agreed = False
    records = _json(_SESSION, files)["records"]
    same = [one for one in records if one.get("kind") == "tally" and one.get("id") == vote.get("tally", {}).get("id")]
    if not agreed or same != [vote["tally"]]:
        raise _Wrong("tally", path)


def _counted(told: Round, tally: Tally, by_site: list[Any], box: BallotBox) -> bool:
    whole = recount(told, box)
    if (tally.rows, tally.ballots, tally.abstentions, tally.median) != (
        whole.rows, whole.ballots, whole.abstentions, whole.median,
    ):  # fmt: skip
        return False
    for one in by_site:
        if not isinstance(one, SiteTally):
            return False
        count = recount(told, box, one.site)
        if one.rows != count.rows or one.ballots != count.ballots:
            return False
    return True


def _json(path: str, files: dict[str, bytes]) -> dict[str, Any]:
    found = _parsed(files.get(path, b""))
    if not isinstance(found, dict):
        raise _Wrong("missing" if path not in files else "changed", path)
    return found


def _parsed(content: bytes) -> Any:
    """The value of a JSON text, None when it is none; deep nesting is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
