"""The shared vectors (tests/vectors): bytes that released clients were built on, read and written as they stand."""

from __future__ import annotations

import json
from typing import Any

import msgpack
import pytest

from server.wire import frames
from server.wire.decoding import Malformed
from tests.vectors.make import FILE, SERVER, vectors
from tools.protocol_tables import FILE as PROTOCOL
from tools.protocol_tables import rewritten

KEPT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))


def named(section: str) -> Any:
    return pytest.mark.parametrize("vector", KEPT[section], ids=lambda vector: vector["name"])


def test_the_file_is_what_its_maker_writes() -> None:
    assert vectors() == KEPT


@named("client")
def test_client_frames_are_read(vector: dict[str, Any]) -> None:
    data = bytes.fromhex(vector["hex"])
    frame = frames.read(data)
    assert msgpack.unpackb(data)["type"] == vector["frame"]["type"] == frame.__struct_config__.tag


@named("refused")
def test_refused_bytes_are_refused_by_that_name(vector: dict[str, Any]) -> None:
    with pytest.raises((Malformed, frames.Unfit)) as caught:
        frames.read(bytes.fromhex(vector["hex"]))
    assert {Malformed: "malformed", frames.Unfit: "unfit"}[caught.type] == vector["code"]


def test_every_kind_of_frame_has_a_vector() -> None:
    types = {vector["frame"]["type"] for section in ("client", "server") for vector in KEPT[section]}
    assert types == set("hello command hint ping welcome patch done refused gauges hints pong bye".split())
    assert len(KEPT["server"]) == len(SERVER)


def test_the_protocol_document_is_current() -> None:
    text = PROTOCOL.read_text(encoding="utf-8")
    assert rewritten(text) == text, "run python -m tools.protocol_tables"
