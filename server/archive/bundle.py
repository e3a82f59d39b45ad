"""The two parts of a session's bundle, as bytes: what is in each, in which file, under which name.

Each is a BagIt folder (RFC 8493) in a zip of its own, never one inside the other. README.md beside this module says
which file goes where and why. Nothing here reads a clock: the same session gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

import server
from facilitation import records as nouns
from facilitation.counted import RoundPart
from facilitation.report import derive
from facilitation.sessions import latest
from facilitation.state import State
from facilitation.wording import Language, local
from server.archive import container, names, parts
from server.archive.documents import boards, minutes, offline, raster, tables
from server.archive.documents.pages import render
from server.archive.documents.words import Words
from server.archive.parts import Part

Batch = tuple[int, bytes]
"""When a commit was made (ms) and its stored changes."""


class Lab(msgspec.Struct, frozen=True, kw_only=True):
    """What the documents say of who made them, and in which language."""

    name: str
    address: str = ""
    language: Language = "fr"
    method: str = ""  # text of the method's file


@dataclass(frozen=True)
class Bundle:
    """Both parts: name and bytes. `undrawn` counts images that could not be drawn as PNG: they are there as SVG only."""

    shared_name: str
    shared: bytes
    reserved_name: str
    reserved: bytes
    undrawn: int = 0


def build(state: State, batches: Sequence[Batch], lab: Lab) -> Bundle:
    """Both parts of a session's bundle. Heavy: seconds of computing, run it off the loop.

    Raises LookupError or ValueError on a damaged log. A board that cannot be drawn never holds a session back: its PNG is
    left out, and counted.
    """
    final = parts.fold_commits(changes for _, changes in batches)
    stem = names.stem(state.session, lab.name)
    words = Words(lab.language, state.session.timezone)
    imprint = _imprint(state, batches, stem, lab)
    reserved_name = f"{stem}_reserve_v{imprint.version}"
    shared = _shared(state, words, imprint, lab) | _data(final, batches, "diffusion", lab)
    reserved = _reserved(state, words) | _data(final, batches, "reserve", lab)
    return Bundle(
        shared_name=f"{imprint.shared}.zip",
        shared=_bag(imprint.shared, "diffusion", shared, state, words, lab, imprint),
        reserved_name=f"{reserved_name}.zip",
        reserved=_bag(reserved_name, "reserve", reserved, state, words, lab, imprint),
        undrawn=sum(name.endswith(".svg") and f"{name[:-4]}.png" not in shared for name in shared),
    )


def _imprint(state: State, batches: Sequence[Batch], stem: str, lab: Lab) -> minutes.Imprint:
    """The first version is dated by the closing that it came with, a later one by the commit that closed again."""
    version, before, session = names.version_of(state), latest(state), state.session
    frozen = session.status in ("closing", "closed")
    at = batches[-1][0] if before and batches else session.closed_at
    return minutes.Imprint(
        lab=lab.name, address=lab.address, name=f"{stem}_compte-rendu_v{version}", version=version,
        shared=f"{stem}_diffusion_v{version}", at=at if frozen else 0, replaced=before.version if before else 0,
        replaced_at=before.at if before else 0,
    )  # fmt: skip


# --- contents ----------------------------------------------------------------------------------------------------


def _shared(state: State, words: Words, imprint: minutes.Imprint, lab: Lab) -> dict[str, bytes]:
    report = derive(state, names=state.session.list_present)
    drawings = boards.draw(state, words)
    pictures = [_picture(one) for one in drawings]
    files = {
        "index.html": offline.write(report, words, imprint, drawings),
        f"10-documents/{imprint.name}.odt": minutes.write(report, words, imprint, pictures),
        "20-tableaux/notes.csv": tables.notes(report, words),
        "30-decisions-actions/actions.csv": tables.actions(report, words),
        "30-decisions-actions/decisions.csv": tables.decisions(report, words),
        "30-decisions-actions/points-a-reprendre.csv": tables.parking(report, words),
        "40-votes/votes.csv": tables.votes(report, words),
        "70-donnees/deroule.csv": tables.agenda(report, words),
        "70-donnees/participation.csv": tables.sites(report, words),
    }
    for number, drawing in enumerate(drawings, 1):
        files |= _images(f"20-tableaux/tableau-{number}-{names.slug(drawing.title, names.PLAIN, 'sans-titre')}", drawing)
    for number, part in enumerate(report.rounds, 1):
        files[_vote_name(number, part)] = _vote(state, part)
    if report.groups:
        files["70-donnees/sous-groupes.csv"] = tables.groups(report, words)
    if lab.method:
        files["70-donnees/methode.toml"] = lab.method.encode()
    return files


def _picture(one: boards.Drawing) -> minutes.Picture:
    """A board as the minutes show it: a group's is smaller, for there may be many."""
    content = _drawn(one.image, raster.APART if one.apart else raster.NARROW)
    return minutes.Picture(one.title, one.alt, content, one.image.width, one.image.height, one.apart)


def _images(path: str, drawing: boards.Drawing) -> dict[str, bytes]:
    """A board, then the pages of what has no room on it, each as SVG and PNG."""
    pages = [(path, drawing.image, raster.WIDE)]
    pages += [(f"{path}-suite-{place}", image, raster.PAGE) for place, image in enumerate(drawing.continued, 1)]
    files = {}
    for name, image, pixels in pages:
        files[f"{name}.svg"] = image.svg.encode()
        files[f"{name}.png"] = _drawn(image, pixels)
    return {name: content for name, content in files.items() if content}


def _drawn(image: boards.Image, pixels: int) -> bytes:
    """The PNG of an image, b"" when it cannot be drawn."""
    try:
        return raster.png(image, pixels)
    except RuntimeError:
        return b""


def _reserved(state: State, words: Words) -> dict[str, bytes]:
    report = derive(state, names=True, unshown=True)
    files = {
        "20-tableaux/auteurs.csv": tables.authors(state, words),
        "20-tableaux/notes-mises-de-cote.csv": tables.aside(state, words),
        "60-presences/presences.csv": tables.attendance(state, words),
    }
    if report.groups:
        files["60-presences/sous-groupes.csv"] = tables.members(report, words)
    unshown = [(number, part) for number, part in enumerate(report.rounds, 1) if not part.shown]
    return files | {_vote_name(number, part): _vote(state, part) for number, part in unshown}


def _vote_name(number: int, part: RoundPart) -> str:
    return f"40-votes/vote-{number}-{names.slug(part.step, names.PLAIN, 'sans-titre')}.json"


def _vote(state: State, part: RoundPart) -> bytes:
    """A round, its result and its ballots, sorted and nameless: what it takes to count again."""
    box = state.find(nouns.BallotBox, part.id)
    by_site = [one for one in state.all(nouns.SiteTally) if one.round == part.id]
    return _json({
        "format": parts.FORMAT,
        "round": _wire(state.find(nouns.Round, part.id)),
        "tally": _wire(state.find(nouns.Tally, part.id)),
        "site_tallies": sorted((nouns.to_wire(one) for one in by_site), key=lambda one: str(one["id"])),
        "ballots": msgspec.to_builtins(box.ballots) if box else [],
    })  # fmt: skip


def _wire(record: nouns.Record | None) -> dict[str, Any]:
    return nouns.to_wire(record) if record else {}


def _data(final: State, batches: Sequence[Batch], part: Part, lab: Lab) -> dict[str, bytes]:
    lines = parts.lines_of(batches, final, part)
    last = json.loads(lines[-1])["hash"] if lines else parts.origin(part)
    session = {
        "format": parts.FORMAT,
        "part": part,
        "records": parts.records_of(final, part),
        "log": {"file": "commits.jsonl", "lines": len(lines), "hash": last},
    }
    return {
        "70-donnees/session.json": _json(session),
        "70-donnees/commits.jsonl": b"".join(line + b"\n" for line in lines),
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


# --- the bag -----------------------------------------------------------------------------------------------------


def _bag(
    name: str, part: Part, contents: dict[str, bytes], state: State, words: Words, lab: Lab, imprint: minutes.Imprint
) -> bytes:
    session = state.session
    listing = [(path, words.size(len(contents[path]))) for path in sorted(contents)]
    readme = render(
        "LISEZMOI.txt", words, part=part, name=name, files=listing, report=derive(state), lab=lab, imprint=imprint,
        erased=words.erased(session.closed_at, session.retention), listed=session.list_present,
    )  # fmt: skip
    payload = {f"data/{path}": contents[path] for path in sorted({**contents, "LISEZMOI.txt": b""}) if path in contents}
    payload["data/LISEZMOI.txt"] = readme.replace("\n", "\r\n").encode()
    payload = {path: payload[path] for path in sorted(payload)}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _info(name, part, payload, state, lab, imprint),
        "manifest-sha256.txt": manifest(payload),
    }
    tags["tagmanifest-sha256.txt"] = manifest(tags)
    return container.pack({f"{name}/{path}": content for path, content in (tags | payload).items()})


def _info(name: str, part: Part, payload: dict[str, bytes], state: State, lab: Lab, imprint: minutes.Imprint) -> bytes:
    session, before = state.session, latest(state)
    replaced = ("", "")
    if before:
        shared = part == "diffusion"
        replaced = (before.shared, before.shared_hash) if shared else (before.reserved, before.reserved_hash)
    facts = {
        "Source-Organization": lab.name,
        "Organization-Address": lab.address,
        "External-Description": session.title,
        "External-Identifier": name,
        "Internal-Sender-Identifier": session.reference,
        "Bagging-Date": local(imprint.at, session.timezone).date().isoformat() if imprint.at else "",
        "Bag-Software-Agent": f"Pas de cote {server.__version__}",
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
        "Part": part,
        "Version": str(imprint.version),
        "Replaces": replaced[0],
        "Replaces-SHA256": replaced[1],
        "Retention-Days": str(session.retention) if part == "reserve" else "",
    }
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in facts.items() if value).encode()


def manifest(files: dict[str, bytes]) -> bytes:
    """SHA-256 of each file, as `sha256sum -c` reads it."""
    return "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in files.items()).encode()
