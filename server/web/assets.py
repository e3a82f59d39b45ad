"""The static tree, read once at start: hashed as a whole, gzipped in memory, served for ever under /static/<hash>/.

One hash for the whole tree keeps relative imports between modules working without a build step. A page names its entry
module; the graph of its imports is walked here, so that the browser fetches all of it in one round trip.
"""

from __future__ import annotations

import gzip
import mimetypes
import posixpath
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

IMMUTABLE = "public, max-age=31536000, immutable"
SKIPPED = (".d.ts", ".md")
_DOC = re.compile(rb"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*$|/\*\* @(?:type|param)\b(?:[^*]|\*(?!/))*\*/ ?", re.MULTILINE)
"""What is written for readers and for the type checker alone: documentation blocks, and types before an expression."""
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json"}
_IMPORT = re.compile(r"""^\s*(?:import|export)\b(?!\s*\()[^"';]*?(?:from\s*)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


SHEETS = {
    "preparer": ("css/pages.css", "css/prepare.css"),
    "animer": ("css/board.css", "css/list.css", "css/parts.css", "css/drive.css", "css/groups.css"),
    "relire": ("css/parts.css", "css/review.css"),
    "participer": ("css/board.css", "css/list.css", "css/parts.css", "css/people.css"),
    "salle": ("css/board.css", "css/list.css", "css/parts.css", "css/people.css", "css/room.css"),
    "projeter": ("css/wall.css",),
}
"""Page -> its style sheets beside the shared ones."""


class Asset(msgspec.Struct, frozen=True):
    """One file: its bytes, gzipped too where that is smaller, and its media type.

    Gzipped modules travel without their documentation and types (a quarter of their weight); lines keep their numbers.
    """

    body: bytes
    packed: bytes | None
    type: str


class Assets:
    """Every file under `root`, and the addresses of each."""

    def __init__(self, root: Path) -> None:
        paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.endswith(SKIPPED))
        self._files = {path.relative_to(root).as_posix(): _asset(path) for path in paths}
        self.tree = _hash(self._files)
        self._graphs: dict[str, tuple[str, ...]] = {}

    @property
    def base(self) -> str:
        """The address of the tree, ending with "/"."""
        return f"/static/{self.tree}/"

    def url(self, name: str) -> str:
        """The address of one file, such as "css/base.css". Raises LookupError if the tree has none: a wrong template."""
        if name not in self._files:
            raise LookupError(f"no file {name!r} in the static tree")
        return self.base + name

    def has(self, name: str) -> bool:
        """Whether the tree holds this file."""
        return name in self._files

    def modules(self, entry: str) -> tuple[str, ...]:
        """The addresses of everything that a module imports, near or far, nearest first; the entry itself left out."""
        if entry not in self._graphs:
            self._graphs[entry] = tuple(self.base + name for name in self._walk(entry))
        return self._graphs[entry]

    def _walk(self, entry: str) -> list[str]:
        seen, ahead = [entry], [entry]
        while ahead:
            name = ahead.pop(0)
            for target in _imports(name, self._files[name].body.decode()):
                if target in self._files and target not in seen:
                    seen.append(target)
                    ahead.append(target)
        return seen[1:]

    async def serve(self, request: Request) -> Response:
        """GET /static/<hash>/<path>. Under an older hash, the present file is served without promising it for ever."""
        asset = self._files.get(request.path_params["path"])
        if asset is None:
            raise HTTPException(404)
        current = request.path_params["tree"] == self.tree
        headers = {"Cache-Control": IMMUTABLE if current else "no-cache", "Vary": "Accept-Encoding"}
        if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.packed, headers=headers, media_type=asset.type)
        return Response(asset.body, headers=headers, media_type=asset.type)


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    lean = _DOC.sub(lambda found: b"\n" * found[0].count(b"\n"), body) if path.suffix == ".js" else body
    packed = None if path.suffix in (".woff2", ".png") else gzip.compress(lean, 9, mtime=0)
    return Asset(body, packed if packed is not None and len(packed) < len(body) else None, kind)


def _hash(files: dict[str, Asset]) -> str:
    whole = sha256()
    for name, asset in files.items():
        whole.update(f"{name}\n{sha256(asset.body).hexdigest()}\n".encode())
    return whole.hexdigest()[:16]


def _imports(name: str, source: str) -> Iterable[str]:
    folder = posixpath.dirname(name)
    return (posixpath.normpath(posixpath.join(folder, target)) for target in _IMPORT.findall(source))
