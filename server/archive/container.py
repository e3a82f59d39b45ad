"""Zip files that are the same bytes for the same contents, and a reader that trusts nothing it is given.

Written: members in the order given, one fixed date, one set of permissions, no extra field; the comment at the end is
the SHA-256 of every byte before the end record, so that one changed byte anywhere shows, even in a header. Read: never
to a path, within bounds of members, inflated bytes and ratio, plain relative names once each.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from hashlib import sha256

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1  # 1 January 1980: a zip date says nothing of ours
UTF8 = 0x0800
UNIX, MODE = 3 << 8 | 20, 0o100644 << 16

MEMBERS, INFLATED, RATIO = 1_000, 100 * 2**20, 100
"""Most members, inflated bytes and ratio of inflated to packed bytes that `unpack` accepts."""

_ALREADY_PACKED = (".png", ".odt", ".woff2", ".zip")
_SEAL = b"sha256="


class Damaged(ValueError):
    """A zip file that cannot be trusted. `member` is the first wrong name, "" for the file as a whole."""

    def __init__(self, why: str, member: str = "") -> None:
        super().__init__(why)
        self.member = member


def pack(files: Mapping[str, bytes], *, stored: tuple[str, ...] = (), sealed: bool = True) -> bytes:
    """A zip of these files, by name, in their order; those named in `stored`, or packed already, are not compressed.

    `sealed` ends it with the digest of all the rest.
    """
    body, index = bytearray(), bytearray()
    for name, content in files.items():
        plain = name in stored or name.endswith(_ALREADY_PACKED)
        data, method = (content, 0) if plain else (_deflate(content), 8)
        raw = name.encode()
        shared = struct.pack(
            "<HHHHHLLLHH", 20, UTF8 if not name.isascii() else 0, method, 0, DOS_DATE, zlib.crc32(content), len(data),
            len(content), len(raw), 0,
        )  # fmt: skip
        index += CENTRAL + struct.pack("<H", UNIX) + shared + struct.pack("<HHHLL", 0, 0, 0, MODE, len(body)) + raw
        body += LOCAL + shared + raw + data
    comment = _SEAL + sha256(body + index).hexdigest().encode() if sealed else b""
    end = END + struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(index), len(body), len(comment))
    return bytes(body + index + end + comment)


def _deflate(content: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(content) + squeeze.flush()


def is_sealed(blob: bytes) -> bool:
    """Whether the comment is there, well formed, and the digest of everything before the end record."""
    length = 22 + len(_SEAL) + 64
    end = blob[-length:]
    if len(end) < length or end[:4] != END or not end[22:].startswith(_SEAL):
        return False
    counts = struct.unpack("<HHHHLLH", end[4:22])
    body = blob[:-length]
    whole = counts[:2] == (0, 0) and counts[2] == counts[3] and counts[4] + counts[5] == len(body) and counts[6] == 71
    return whole and end[22 + len(_SEAL) :] == sha256(body).hexdigest().encode()


def unpack(blob: bytes) -> dict[str, bytes]:
    """Every member by name, inflated in memory. Raises Damaged."""
    files: dict[str, bytes] = {}
    left = INFLATED
    for name, method, crc, packed, size, offset in _index(blob):
        if name in files:
            raise Damaged("the same name twice", name)
        if size > left or size > RATIO * packed + 4096:
            raise Damaged("larger than accepted once inflated", name)
        files[name] = _member(blob, name, method, crc, packed, size, offset)
        left -= size
    return files


def _index(blob: bytes) -> list[tuple[str, int, int, int, int, int]]:
    """The central directory: name, method, crc, packed size, size and offset of each member."""
    end = blob.rfind(END, max(0, len(blob) - 66_000))
    if end < 0 or len(blob) < end + 22:
        raise Damaged("not a zip file, or one cut short")
    _, _, _, count, length, start, _ = struct.unpack("<HHHHLLH", blob[end + 4 : end + 22])
    if count > MEMBERS or start + length > end:
        raise Damaged("too many members, or a directory out of its place")
    found, at = [], start
    for _ in range(count):
        head = blob[at : at + 46]
        if len(head) < 46 or head[:4] != CENTRAL:
            raise Damaged("a damaged directory")
        flags, method = struct.unpack("<HH", head[8:12])
        crc, packed, size, name_length, extra, comment = struct.unpack("<LLLHHH", head[16:34])
        (offset,) = struct.unpack("<L", head[42:46])
        name = _name(blob[at + 46 : at + 46 + name_length])
        if flags & 0x41 or method not in (0, 8):
            raise Damaged("encrypted, or packed in an unknown way", name)
        if head[38:42] and struct.unpack("<L", head[38:42])[0] >> 28 == 0xA:
            raise Damaged("a link, not a file", name)
        at += 46 + name_length + extra + comment
        if not name.endswith("/"):
            found.append((name, method, crc, packed, size, offset))
        elif size:
            raise Damaged("a folder with contents", name)
    return found


def _name(raw: bytes) -> str:
    """A plain relative name. Raises Damaged on one that would leave the folder it is unpacked in."""
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        raise Damaged("a name that is not UTF-8") from error
    parts = name.rstrip("/").split("/")
    if not name or any(ord(char) < 32 for char in name) or "\\" in name or ":" in name or {"", ".", ".."} & set(parts):
        raise Damaged("a name that leads elsewhere", ascii(name)[:80])
    return name


def _member(blob: bytes, name: str, method: int, crc: int, packed: int, size: int, offset: int) -> bytes:
    head = blob[offset : offset + 30]
    if len(head) < 30 or head[:4] != LOCAL:
        raise Damaged("a member out of its place", name)
    name_length, extra = struct.unpack("<HH", head[26:30])
    start = offset + 30 + name_length + extra
    if blob[offset + 30 : offset + 30 + name_length] != name.encode():
        raise Damaged("two names for one member", name)
    data = blob[start : start + packed]
    if method:
        try:
            inflate = zlib.decompressobj(-15)
            content = inflate.decompress(data, size + 1)
        except zlib.error as error:
            raise Damaged("packed bytes that cannot be read", name) from error
    else:
        content = data
    if len(content) != size or zlib.crc32(content) != crc:
        raise Damaged("bytes that are not those announced", name)
    return content
