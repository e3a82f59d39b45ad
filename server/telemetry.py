"""Logs: one JSON line per event, with fields from a closed list and nothing that people wrote or may open.

What a line may hold is decided here alone. Messages of other libraries are kept to their unformatted first line, errors
to their class and the places they passed through: the text of an exception may quote what a participant typed.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import Any, Final

FIELDS: Final = frozenset(
    "session seat command refusal frame role audience close reason route method status ms bytes count commits changes "
    "connections sessions attempt port pid signal version shape rule part setting storage language".split()
)
"""Every field a line may carry. Values are numbers, booleans or short words of ours, never text from a person."""

LONGEST = 80
_log = logging.getLogger("pasdecote")


def event(name: str, /, *, level: int = logging.INFO, error: BaseException | None = None, **fields: Any) -> None:
    """Write one line: `name` (snake case), allowed fields, and the class and places of `error` if any.

    A field outside FIELDS is dropped and its name listed under "dropped".
    """
    if _log.isEnabledFor(level):
        _log.log(level, name, extra={"fields": fields}, exc_info=error)


class Lines(logging.Formatter):
    """Log records as JSON lines in ASCII: control and direction characters come out escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object: at, level, from, event, then the allowed fields."""
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "event": _first_line(record.msg),
        }
        fields: dict[str, Any] = getattr(record, "fields", {})
        line.update({name: _plain(value) for name, value in fields.items() if name in FIELDS})
        dropped = sorted(name for name in fields if name not in FIELDS)
        if dropped:
            line["dropped"] = dropped
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["where"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def _first_line(message: object) -> str:
    """The template of a message, never its arguments: `%s` stays `%s`."""
    return str(message).split("\n", 1)[0][: 2 * LONGEST] if isinstance(message, str) else type(message).__name__


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:LONGEST]


def _places(error: BaseException) -> list[str]:
    """The functions an error passed through, innermost last; no source line, no value."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


def start(level: str = "info") -> None:
    """Send every log line of the process through `Lines` to standard error, at `level` and above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # its lines hold paths, and a path may be a secret link
        logger.setLevel(max(root.level, logging.WARNING if level != "debug" else logging.DEBUG))  # one line a socket else
