"""Writes the settings tables of README.md (French) and README.en.md between their markers: `make settings`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from server.config import Settings, is_secret

ROOT = Path(__file__).parent.parent
BEGIN = "<!-- settings: begin (make settings) -->"
END = "<!-- settings: end -->"
HEADS = {
    "fr": "| Variable | Défaut | Effet |\n|---|---|---|",
    "en": "| Variable | Default | Effect |\n|---|---|---|",
}
FILES = {"fr": "README.md", "en": "README.en.md"}


def table(language: str) -> str:
    """The settings as a Markdown table, one line per variable, in declaration order."""
    lines = [HEADS[language]]
    for field in msgspec.structs.fields(Settings):
        description, french = _texts(field.type)
        name = f"`{field.name.upper()}`" + (" 🔒" if is_secret(field.type) else "")
        default = f"`{field.default}`" if field.default != "" else "—"
        lines.append(f"| {name} | {default} | {french if language == 'fr' else description} |")
    return "\n".join(lines)


def _texts(annotation: Any) -> tuple[str, str]:
    meta = annotation.__metadata__[0]
    return meta.description, meta.extra["fr"]


def rewritten(text: str, language: str) -> str:
    """The README text with its table renewed. Raises ValueError where the markers are missing."""
    if BEGIN not in text or END not in text:
        raise ValueError(f"expected the markers {BEGIN!r} and {END!r} in {FILES[language]}")
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{table(language)}\n{END}{rest.split(END, 1)[1]}"


def main() -> int:
    """Write both files; say which changed."""
    for language, name in FILES.items():
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = rewritten(old, language)
        if new != old:
            path.write_text(new, encoding="utf-8")
            print(f"{name}: settings table renewed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
