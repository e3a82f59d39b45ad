"""Verification: one flipped byte anywhere, each file in turn; hostile zips; tallies that do not follow from ballots."""

from __future__ import annotations

import io
import json
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from server.archive.bundle import Bundle, manifest
from server.archive.container import END, Damaged, pack, unpack
from server.archive.verify import verify


def test_an_untouched_bundle_is_intact(built: Bundle) -> None:
    for blob, part in ((built.shared, "diffusion"), (built.reserved, "reserve")):
        verdict = verify(blob)
        assert verdict.intact and verdict.part == part and verdict.why == ""
        assert verdict.files == len(unpack(blob))


def test_a_file_on_disk_is_read_too(built: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "renamed.zip"
    path.write_bytes(built.reserved)
    assert verify(path).intact


def test_one_flipped_byte_in_each_file_names_that_file(built: Bundle) -> None:
    for blob in (built.shared, built.reserved):
        members = unpack(blob)
        for name, content in members.items():
            changed = bytearray(content)
            changed[len(changed) // 2] ^= 1
            verdict = verify(pack({**members, name: bytes(changed)}))
            assert not verdict.intact
            assert verdict.wrong == name.partition("/")[2] or "manifest" in name, name


def test_one_flipped_bit_anywhere_is_seen(built: Bundle) -> None:
    chance = random.Random(20261014)
    for blob in (built.shared, built.reserved):
        places = [*range(60), *range(len(blob) - 400, len(blob)), *(chance.randrange(len(blob)) for _ in range(400))]
        for place in places:
            changed = bytearray(blob)
            changed[place] ^= 1 << chance.randrange(8)
            assert not verify(bytes(changed)).intact, f"byte {place} of {len(blob)}"


def test_cut_short_or_lengthened_is_seen(built: Bundle) -> None:
    for changed in (built.reserved[:-1], built.reserved[:200], built.reserved + b"x", b"", b"PK"):
        assert not verify(changed).intact


def redone(blob: bytes, path: str, change: Callable[[bytes], bytes]) -> bytes:
    """The bundle with one file changed and both manifests made again, as somebody careful would."""
    members = unpack(blob)
    root = next(iter(members)).partition("/")[0]
    members[f"{root}/{path}"] = change(members[f"{root}/{path}"])
    inside = {name.partition("/")[2]: content for name, content in members.items()}
    payload = {name: content for name, content in inside.items() if name.startswith("data/")}
    members[f"{root}/manifest-sha256.txt"] = inside["manifest-sha256.txt"] = manifest(payload)
    tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    members[f"{root}/tagmanifest-sha256.txt"] = manifest({name: inside[name] for name in tags})
    return pack(members)


def test_a_ballot_changed_with_all_hashes_made_again_is_seen(built: Bundle) -> None:
    def one_more(content: bytes) -> bytes:
        vote = json.loads(content)
        vote["ballots"][0]["marks"] = {"cluster3": 2}
        return json.dumps(vote).encode()

    path = next(name.partition("/")[2] for name in unpack(built.shared) if "vote-1-" in name)
    verdict = verify(redone(built.shared, path, one_more))
    assert (verdict.reason, verdict.wrong) == ("tally", path)


def test_a_record_changed_with_all_hashes_made_again_is_seen(built: Bundle) -> None:
    path = "data/70-donnees/session.json"
    verdict = verify(redone(built.shared, path, lambda content: content.replace("Öznur".encode(), b"Marie", 1)))
    assert (verdict.reason, verdict.wrong) == ("records", path)


def test_a_line_of_history_changed_is_seen(built: Bundle) -> None:
    path = "data/70-donnees/commits.jsonl"
    verdict = verify(redone(built.shared, path, lambda content: content.replace(b'"x":', b'"X":', 1)))
    assert (verdict.reason, verdict.wrong) == ("chain", path)


def test_a_file_added_or_taken_away_is_named(built: Bundle) -> None:
    members = unpack(built.reserved)
    root = next(iter(members)).partition("/")[0]
    added = verify(pack({**members, f"{root}/data/plus.txt": b"x"}))
    assert (added.reason, added.wrong) == ("added", "data/plus.txt")
    gone = f"{root}/data/60-presences/presences.csv"
    missing = verify(pack({name: content for name, content in members.items() if name != gone}))
    assert (missing.reason, missing.wrong) == ("missing", "data/60-presences/presences.csv")


def test_zipped_again_by_another_program_says_so(built: Bundle) -> None:
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in unpack(built.reserved).items():
            made.writestr(name, content)
    verdict = verify(again.getvalue())
    assert not verdict.intact and verdict.reason == "envelope"
    assert "refait" in verdict.why and "again" in verdict.told("en")


# --- hostile zips --------------------------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/passwd", "a\\..\\b", "C:/x", "a//b", "./a", "a/\x01b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(Damaged):
        unpack(zipped(**{name: b"x"}))
    assert not verify(zipped(**{name: b"x"})).intact


def test_a_bomb_is_refused_before_it_swells() -> None:
    with pytest.raises(Damaged, match="larger"):
        unpack(zipped(bomb=b"\0" * 50_000_000))


def test_a_size_that_lies_is_refused() -> None:
    blob = bytearray(zipped(a=b"\0" * 4_000_000))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = blob.index(mark)
        blob[at + place : at + place + 4] = struct.pack("<L", 100)
    with pytest.raises(Damaged):
        unpack(bytes(blob))


def test_too_many_members_are_refused() -> None:
    with pytest.raises(Damaged, match="many"):
        unpack(zipped(**{f"f{number}": b"" for number in range(1_001)}))


def test_the_same_name_twice_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", b"2")
    with pytest.raises(Damaged, match="twice"):
        unpack(made.getvalue())


def test_a_link_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Damaged, match="link"):
        unpack(made.getvalue())


def test_deep_json_is_no_crash(built: Bundle) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    for path in ("data/70-donnees/session.json", "data/70-donnees/commits.jsonl"):
        assert not verify(redone(built.shared, path, lambda _: deep)).intact


def test_noise_is_never_an_exception() -> None:
    chance = random.Random(1)
    for size in (0, 1, 21, 22, 100, 5_000):
        assert not verify(chance.randbytes(size)).intact
        assert not verify(END + chance.randbytes(size)).intact


def test_the_digest_of_the_zip_is_what_the_readme_says(built: Bundle) -> None:
    end = built.shared.rindex(END)
    assert built.shared[end + 22 :] == b"sha256=" + sha256(built.shared[:end]).hexdigest().encode()
