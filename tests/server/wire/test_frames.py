"""Frames: typed as they come, encoded and framed as browsers expect."""

from __future__ import annotations

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from facilitation.records import Option, Round, Site, to_wire
from facilitation.state import Put, Remove, Set
from server.wire import frames
from server.wire.decoding import Malformed
from server.wire.frames import CommandFrame, Hello, Hint, Ping, Unfit, Write

ID = bytes(range(16))


@pytest.mark.parametrize(
    ("plain", "frame"),
    [
        ({"type": "hello"}, Hello()),
        ({"type": "hello", "cursor": ID, "language": "en"}, Hello(cursor=ID, language="en")),
        ({"type": "command", "id": ID, "name": "open_session"}, CommandFrame(id=ID, name="open_session")),
        ({"type": "hint", "about": "n1", "doing": "idle"}, Hint(about="n1", doing="idle")),
        ({"type": "ping", "at": 12}, Ping(at=12)),
    ],
)
def test_frames_are_typed(plain: dict[str, object], frame: object) -> None:
    assert frames.read(msgpack.packb(plain)) == frame


@pytest.mark.parametrize(
    ("plain", "id"),
    [
        ({"type": "shout"}, b""),
        ({}, b""),
        ({"type": "hello", "language": "de"}, b""),
        ({"type": "command", "id": b"short", "name": "x"}, b""),
        ({"type": "command", "id": ID, "name": 3}, ID),
        ({"type": "command", "id": ID, "name": "x", "body": []}, ID),
        ({"type": "command", "id": ID, "name": "x", "more": 1}, ID),
        ({"type": "hint", "about": "n1", "doing": "dancing"}, b""),
        ({"type": "ping", "at": "now"}, b""),
    ],
)
def test_what_is_no_frame_of_ours_tells_the_command_that_it_was_meant_to_be(plain: object, id: bytes) -> None:
    with pytest.raises(Unfit) as caught:
        frames.read(msgpack.packb(plain))
    assert caught.value.id == id


@pytest.mark.parametrize("value", [[], 3, "hello", None, b"hello"])
def test_what_is_no_map_is_malformed(value: object) -> None:
    with pytest.raises(Malformed):
        frames.read(msgpack.packb(value))


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536, 200_000])
def test_framed_is_what_rfc_6455_says(size: int) -> None:
    payload = b"x" * size
    assert frames.framed(payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)


def test_a_write_joins_its_frames_once() -> None:
    write = Write((b"a", b"bc"))
    assert write.joined == b"\x82\x01a\x82\x02bc"
    assert write.joined is write.joined
    assert write.size == 3


def test_a_patch_says_what_is_put_set_and_removed() -> None:
    site = Site(id="t", name="Toulouse")
    plain = msgpack.unpackb(frames.patch("everyone", [Put(site), Set("site", "m", {"heads": 3}), Remove("site", "x")], ID))
    assert plain == {
        "type": "patch",
        "part": "everyone",
        "put": [{"kind": "site", "id": "t", "name": "Toulouse", "room": False, "heads": 0, "rank": 0.0}],
        "set": [{"kind": "site", "id": "m", "heads": 3}],
        "remove": [["site", "x"]],
        "cursor": ID,
    }
    assert "cursor" not in msgpack.unpackb(frames.patch("own", ()))


def test_the_wire_form_of_a_record_is_its_one_form() -> None:
    round = Round(id="r", block="b", method="dots", question="?", target="notes", options=(Option(id="n", title="N"),))
    (plain,) = msgpack.unpackb(frames.welcome("everyone", [round]))["records"]
    assert plain == msgpack.unpackb(msgpack.packb(to_wire(round)))


@given(st.dictionaries(st.text(max_size=8), st.integers(0, 70_000), max_size=20))
def test_counts_have_a_size_that_only_their_keys_decide(numbers: dict[str, int]) -> None:
    packed = frames.counts(numbers)
    assert msgpack.unpackb(packed) == {key: min(value, 65_535) for key, value in numbers.items()}
    assert len(packed) == len(frames.counts(dict.fromkeys(numbers, 0)))
