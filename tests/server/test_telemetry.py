"""Log lines: JSON, fields of the closed list only, nothing that people wrote, even when an error quotes it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from server import telemetry

CANARY = "Camille\n\u202e<script>"


class Kept(logging.Handler):
    """Keeps each line as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(telemetry.Lines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_line_is_one_json_object_with_its_fields(kept: Kept) -> None:
    telemetry.event("served", port=8000, ms=1.5, storage="sqlite")
    (line,) = kept.lines
    said = json.loads(line)
    assert (said["event"], said["level"], said["port"], said["ms"], said["storage"]) == ("served", "info", 8000, 1.5, "sqlite")
    assert said["at"].endswith("Z")


def test_a_field_outside_the_list_is_dropped_and_named(kept: Kept) -> None:
    telemetry.event("joined", seat="s1", name=CANARY)
    said = json.loads(kept.lines[0])
    assert said["seat"] == "s1" and "name" not in said and said["dropped"] == ["name"]
    assert "Camille" not in kept.lines[0]


def test_control_and_direction_characters_come_out_escaped_and_short(kept: Kept) -> None:
    telemetry.event("odd", reason="a\nb\u202ec" + "x" * 500)
    (line,) = kept.lines
    assert "\n" not in line and "\u202e" not in line and line.isascii()
    assert len(json.loads(line)["reason"]) == telemetry.LONGEST


def test_an_error_is_its_class_and_places_never_its_words(kept: Kept) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        telemetry.event("failed", level=logging.ERROR, error=error)
    said = json.loads(kept.lines[0])
    assert said["error"] == "ValueError" and said["where"][-1].endswith("test_an_error_is_its_class_and_places_never_its_words")
    assert "Camille" not in kept.lines[0]


def test_messages_of_libraries_keep_their_template_only(kept: Kept) -> None:
    logging.getLogger("uvicorn.error").warning("request from %s", CANARY)
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task Camille>")
    assert [json.loads(line)["event"] for line in kept.lines] == ["request from %s", "Task exception was never retrieved"]
    assert "Camille" not in "".join(kept.lines)


def test_request_lines_are_not_logged_since_a_path_may_be_a_secret_link() -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        telemetry.start("warning")
        assert root.level == logging.WARNING and len(root.handlers) == 1
        assert not logging.getLogger("uvicorn.access").propagate
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
            logging.getLogger(name).propagate = True
