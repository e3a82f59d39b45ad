"""Writes the parts of PROTOCOL.md that the code knows best (commands, records, refusals, endings): `make protocol`.

Run as `python -m tools.protocol_tables`; a test fails when the file is not current.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect as shapes

from facilitation.commands import COMMANDS, SERVER_ONLY, NewNote, NoteMove
from facilitation.decide import RULES
from facilitation.records import (
    KINDS,
    GroupPlan,
    OpenedBallot,
    Option,
    Record,
    RoundPlan,
    Row,
    Shortfall,
)
from facilitation.rejections import SENTENCES
from facilitation.rights import RIGHTS
from server.wire.byes import BYES

ROOT = Path(__file__).parent.parent
FILE = ROOT / "PROTOCOL.md"
VECTORS = ROOT / "tests" / "vectors" / "frames.json"
LAB = {"axis", "entry", "erasure", "key_holder"}
"""Kinds of the lab's own log, which no socket carries."""
PARTS: dict[type[msgspec.Struct], str] = {
    NewNote: "new note",
    NoteMove: "note move",
    RoundPlan: "round plan",
    GroupPlan: "group plan",
    Option: "option",
    Row: "row",
    Shortfall: "shortfall",
    OpenedBallot: "opened ballot",
}
"""Structs within commands and records, and what they are called."""


def commands() -> str:
    """Every command a page may ask, by the module of its rule."""
    lines: list[str] = []
    noun = ""
    for name, cls in COMMANDS.items():
        if cls in SERVER_ONLY:
            continue
        module = RULES[cls].__module__.rpartition(".")[2]
        if module != noun:
            noun = module
            lines += [f"### {noun.capitalize()}", ""]
        capability, phases = RIGHTS[cls]
        lines += [f"**`{name}`** — {_doc(cls)}", f"Takes `{capability}`, while {_listed(phases)}.", "", *_fields(cls), ""]
    asked = ", ".join(f"`{name}`" for name, cls in COMMANDS.items() if cls in SERVER_ONLY)
    return "\n".join([*lines, f"The server alone asks {asked}: from a page they are `unknown_command`."])


def records() -> str:
    """Every kind of record, and the structs within them."""
    lines: list[str] = []
    for kind, cls in KINDS.items():
        if kind not in LAB:
            lines += [f"**`{kind}`** — {_doc(cls)}", "", *_fields(cls), ""]
    return "\n".join(lines)


def structs() -> str:
    """The structs within commands and records."""
    lines: list[str] = []
    for cls, name in PARTS.items():
        lines += [f"**{name}** — {_doc(cls)}", "", *_fields(cls), ""]
    return "\n".join(lines)


def refusals() -> str:
    """Every code of a refused command with its sentence."""
    rows = [f"| `{code}` | {sentence} |" for code, sentence in SENTENCES.items()]
    return "\n".join(["| code | sentence |", "|---|---|", *rows])


def endings() -> str:
    """Every code of a bye with its close code and sentence."""
    rows = [f"| `{code}` | {bye.close} | {bye.sentence} |" for code, bye in BYES.items()]
    return "\n".join(["| code | close code | sentence |", "|---|---|---|", *rows])


def examples() -> str:
    """The shared vectors, as bytes and decoded."""
    kept = json.loads(VECTORS.read_text(encoding="utf-8"))
    lines: list[str] = []
    for section, title in (("client", "From the client"), ("server", "From the server")):
        lines += [f"### {title}", ""]
        for vector in kept[section]:
            frame = json.dumps(vector["frame"], ensure_ascii=False)
            lines += [f"{vector['name']}:", "", "```", *textwrap.wrap(vector["hex"], 120), frame, "```", ""]
    lines += ["### Refused", "", "| bytes | what | code |", "|---|---|---|"]
    lines += [f"| `{one['hex'] or '(none)'}` | {one['name']} | `{one['code']}` |" for one in kept["refused"]]
    return "\n".join(lines)


SECTIONS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "records": records,
    "structs": structs,
    "refusals": refusals,
    "endings": endings,
    "examples": examples,
}


def _doc(cls: type) -> str:
    """Its docstring on one line, other commands called by their wire names."""
    names = {one.__name__: name for name, one in COMMANDS.items()}
    text = " ".join((inspect.getdoc(cls) or "").split())
    return re.sub(r"`(\w+)`", lambda found: f"`{names.get(found[1], found[1])}`", text)


def _listed(words: tuple[str, ...]) -> str:
    return " or ".join(f"`{word}`" for word in words)


def _fields(cls: type[msgspec.Struct]) -> list[str]:
    fields = msgspec.structs.fields(cls)
    if not fields:
        return ["No fields."]
    notes, types = _comments(cls), get_type_hints(cls, include_extras=True)
    rows = []
    for field in fields:
        if issubclass(cls, Record) and field.name == "id" and field.default is msgspec.NODEFAULT:
            continue
        said = said_type(shapes.type_info(types[field.name]))
        rows.append(f"| `{field.name}` | {said} | {_default(field)} | {notes.get(field.name, '')} |")
    return ["| field | type | left out | |", "|---|---|---|---|", *rows] if rows else ["No field but `id`."]


def _default(field: Any) -> str:
    if field.default is msgspec.UNSET:
        return "unchanged"
    if field.default is not msgspec.NODEFAULT:
        return f"`{msgspec.json.encode(field.default).decode()}`"
    return "must be given" if field.default_factory is msgspec.NODEFAULT else "empty"


def _comments(cls: type) -> dict[str, str]:
    """What stands after # beside a field."""
    found = re.findall(r"^    (\w+):.*?\s# (.*)$", inspect.getsource(cls), re.MULTILINE)
    return {name: text.replace("|", "\\|") for name, text in found if not text.startswith(("type:", "noqa"))}


def said_type(shape: Any) -> str:
    """A type in words, bounds included."""
    match shape:
        case shapes.UnionType(types):
            return " or ".join(said_type(one) for one in types if not _unset(one))
        case shapes.StrType():
            return "text" + (f" of at most {shape.max_length}" if shape.max_length is not None else "")
        case shapes.IntType() | shapes.FloatType():
            word = "integer" if isinstance(shape, shapes.IntType) else "number"
            return word + (f" {shape.ge} to {shape.le}" if shape.ge is not None else "")
        case shapes.BoolType():
            return "true or false"
        case shapes.NoneType():
            return "nil"
        case shapes.LiteralType(values):
            return ", ".join(f'`"{value}"`' for value in values)
        case shapes.VarTupleType():
            low, high = shape.min_length or 0, shape.max_length
            return "list of " + (f"{low} to {high} × " if high is not None else "") + said_type(shape.item_type)
        case shapes.DictType():
            most = f" of at most {shape.max_length}" if shape.max_length is not None else ""
            return f"map{most} from {said_type(shape.key_type)} to {said_type(shape.value_type)}"
        case shapes.StructType(cls):
            return f"**{PARTS[cls]}**"
    raise TypeError(f"expected a type of commands or records, got {shape!r}")


def _unset(shape: Any) -> bool:
    return isinstance(shape, shapes.CustomType) and shape.cls is msgspec.UnsetType


def rewritten(text: str) -> str:
    """The file's text with its generated parts renewed. Raises ValueError where a marker is missing."""
    for name, made in SECTIONS.items():
        begin, end = f"<!-- {name}: begin (make protocol) -->", f"<!-- {name}: end -->"
        if begin not in text or end not in text:
            raise ValueError(f"expected the markers {begin!r} and {end!r} in PROTOCOL.md")
        before, rest = text.split(begin, 1)
        text = f"{before}{begin}\n{made()}\n{end}{rest.split(end, 1)[1]}"
    return text


def main() -> int:
    """Write the file if it is not current."""
    old = FILE.read_text(encoding="utf-8")
    new = rewritten(old)
    if new != old:
        FILE.write_text(new, encoding="utf-8")
        print("PROTOCOL.md renewed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
