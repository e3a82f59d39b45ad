"""`make locale`: writes locale/ and static/locale/ again, and says what still waits for a translation."""

from __future__ import annotations

import sys

from tools.locale.catalogues import ROOT, compiled, read, untranslated
from tools.locale.extract import everything


def main() -> int:
    """Write what changed; 1 when English texts are missing."""
    for path, content in compiled(everything()).items():
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"{path.relative_to(ROOT)}: renewed")
    waiting = untranslated(read("en"))
    for id in waiting:
        print(f"untranslated: {id}")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
