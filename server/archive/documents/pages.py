"""The templates of the documents: one environment, everything escaped, nothing in it that XML forbids."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.config import resource

if TYPE_CHECKING:
    from server.archive.documents.words import Words

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lawful(text: str) -> str:
    """The text with each character that XML forbids replaced by U+FFFD, which shows."""
    return _ILLEGAL.sub("\ufffd", text)


def _finalize(value: Any) -> Any:
    if isinstance(value, str):
        legal = lawful(value)
        return Markup(legal) if isinstance(value, Markup) else legal
    return value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates") / "archive"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["units"] = lambda value: f"{round(float(value), 2):g}"
    return environment


def render(template: str, words: Words, **values: Any) -> str:
    """A template with these values and the sentences of a language."""
    text: str = _environment().get_template(template).render(words=words, _=words.gettext, **values)
    return text
