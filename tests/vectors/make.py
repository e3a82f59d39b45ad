"""The vectors of frames.json: every kind of frame, as bytes and decoded. `python -m tests.vectors.make` writes the file.

The file is what released clients were built on: bytes in it change only with the protocol's name.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgpack
import msgspec

from facilitation.records import Authorship, Note, Option, Round, Seat, Session
from facilitation.state import Put, Remove, Set
from server.wire import frames

FILE = Path(__file__).parent / "frames.json"
ID = bytes(range(16))
CURSOR = bytes(range(16, 32))
NOTE = Note(id="n1", board="b1", block="k1", text="Un café d’accueil, dès 9 h", zone="z1", x=120.5, y=64, rank=1.5)
SEAT = Seat(id="s1", name="Mei", role="participant", joined_at=1_791_963_000_000)
ROUND = Round(
    id="r1", block="k2", method="dots", question="?", target="notes", options=(Option(id="n1", title="Un café", count=2),)
)


def hexed(value: Any) -> Any:
    """Plain values with bytes as {"$hex": …}, fit for JSON."""
    if isinstance(value, bytes):
        return {"$hex": value.hex()}
    if isinstance(value, dict):
        return {key: hexed(inner) for key, inner in value.items()}
    return [hexed(inner) for inner in value] if isinstance(value, list | tuple) else value


CLIENT: dict[str, dict[str, Any]] = {
    "hello": {"type": "hello"},
    "hello, resuming": {"type": "hello", "cursor": CURSOR, "language": "fr"},
    "command": {"type": "command", "id": ID, "name": "raise_hand", "body": {"reason": "help"}},
    "command with a body": {
        "type": "command",
        "id": ID,
        "name": "add_notes",
        "body": {"board": "b1", "block": "k1", "notes": [{"text": "Un café d’accueil ☕", "zone": "z1", "x": 120.5, "y": 64}]},
    },
    "hint": {"type": "hint", "about": "n1", "doing": "editing"},
    "hint that a text waits": {"type": "hint", "about": "k1", "doing": "writing"},
    "ping": {"type": "ping", "at": 1_791_963_000_000},
}

SERVER: dict[str, bytes] = {
    "welcome, everyone": frames.welcome("everyone", [Session(title="Accueillir"), NOTE, ROUND]),
    "welcome, own": frames.last_welcome(
        [Authorship(id="n1", seat="s1", sealed=True)], SEAT, ["everyone", "own"], 1_791_963_000_123, CURSOR
    ),
    "welcome, group": frames.welcome("group", [Note(id="n3", board="b2", block="k1", text="Entre nous", scope="group:g1")]),
    "patch": frames.patch(
        "everyone", [Put(NOTE), Set("note", "n2", {"x": 10.25, "zone": "", "aside": True}), Remove("cluster", "c1")], CURSOR
    ),
    "patch without a cursor": frames.patch("own", [Remove("note", "n1")]),
    "patch that ends a resume": frames.patch("everyone", (), CURSOR),
    "done": frames.done([ID, CURSOR]),
    "refused": frames.refused(ID, "text_too_long", "Le texte compte 612 caractères.", {"length": 612, "limit": 500}),
    "gauges, everyone": frames.gauges(
        {
            "people": msgspec.Raw(frames.counts({"t1": 12, "": 3})),
            "turnout": {"round": "r1", "ballots": msgspec.Raw(frames.count(4)), "heads": msgspec.Raw(frames.count(15))},
        }
    ),
    "gauges, facilitators": frames.gauges(
        {
            "people": msgspec.Raw(frames.counts({"t1": 12, "": 3})),
            "here": ["s1", "s2"],
            "hidden": msgspec.Raw(frames.counts({"z1": 8, "": 0})),
            "silent": msgspec.Raw(frames.counts({"merged": 4})),
            "writing": {"rooms": msgspec.Raw(frames.counts({"t1": 1})), "people": msgspec.Raw(frames.count(2))},
        }
    ),
    "hints": frames.hints([{"about": "n1", "doing": "editing", "by": "Mei"}]),
    "pong": frames.pong(1_791_963_000_000, 1_791_963_000_123),
    "bye": frames.bye("restarting", "Le serveur redémarre. La page se reconnecte toute seule."),
}

REFUSED: dict[str, tuple[str, bytes]] = {
    "empty": ("malformed", b""),
    "no map": ("malformed", msgpack.packb([1])),
    "cut short": ("malformed", msgpack.packb(CLIENT["hint"])[:-1]),
    "bytes after": ("malformed", msgpack.packb(CLIENT["ping"]) + b"\xc0"),
    "the byte that is no value": ("malformed", b"\xc1"),
    "nine levels": ("malformed", b"\x91" * 9 + b"\xc0"),
    "not a number": ("malformed", msgpack.packb({"type": "ping", "at": float("nan")})),
    "beyond 53 bits": ("malformed", msgpack.packb({"type": "ping", "at": 2**53})),
    "a key twice": ("malformed", b"\x82\xa1a\x01\xa1a\x02"),
    "a timestamp": ("malformed", b"\x81\xa2at\xd6\xff\x00\x00\x00\x01"),
    "a lone surrogate": ("malformed", b"\x81\xa4type\xa3\xed\xa0\x80"),
    "unknown type": ("unfit", msgpack.packb({"type": "shout"})),
    "unknown field": ("unfit", msgpack.packb({"type": "ping", "at": 1, "loud": True})),
    "an id of 15 bytes": ("unfit", msgpack.packb({"type": "command", "id": ID[:15], "name": "raise_hand", "body": {}})),
}


def vectors() -> dict[str, Any]:
    """The content of the file."""
    return {
        "protocol": frames.SUBPROTOCOL,
        "client": [
            {"name": name, "hex": msgpack.packb(frame).hex(), "frame": hexed(frame)} for name, frame in CLIENT.items()
        ],
        "server": [
            {"name": name, "hex": data.hex(), "frame": hexed(msgpack.unpackb(data))} for name, data in SERVER.items()
        ],
        "refused": [{"name": name, "hex": data.hex(), "code": code} for name, (code, data) in REFUSED.items()],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
