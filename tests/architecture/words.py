"""Wording: epicene French without middle dots, typography, the words of the interface; no address of a machine or registry."""

from __future__ import annotations

import re

from tests.architecture.tree import Files, lines_matching

ENDINGS = r"(?:e|es|ne|nes|le|les|trice|trices|rice|rices|euse|euses|ère|ères|esse|te|tes|fe|ve)"
LETTER = r"[A-Za-zÀ-ÖØ-öø-ÿœŒ]"

HOSTS = (
    "py" + r"pi\.org",
    "pythonhosted" + r"\.org",
    "npm" + r"js\.(?:org|com)",
    "yarn" + r"pkg\.com",
    r"_auth" + "Token",
    r'"resolved"' + ":",
    r"(?:index|registry)[-_]url\b",
)


def middle_dots(texts: Files) -> list[str]:
    """Words parted by a middle dot, a bullet or a bracketed ending: « participant·e », « agent(e)s »."""
    why = "write it epicene: « les personnes qui participent », or both forms"
    return lines_matching(texts, rf"{LETTER}{{2,}}[·•‧]{ENDINGS}\b", why) + lines_matching(
        texts, rf"{LETTER}{{3,}}\({ENDINGS}\)", why
    )


def dotted_words(texts: Files) -> list[str]:
    """Words parted by a full stop, « participant.e.s », in texts that are only French (not code)."""
    pattern = rf"\b(?!www\b){LETTER}{{3,}}\.{ENDINGS}(?:\.?s)?\b(?![./\w])"
    return lines_matching(texts, pattern, "write it epicene, without a dot inside the word")


def untidy_french(texts: Files) -> list[str]:
    """French sentences with a plain space or none where French typography wants a no-break one, or a straight apostrophe."""
    return (
        lines_matching(texts, rf"{LETTER} (?:[;:!?»]|%(?!\())", "wants U+00A0 before : » %, U+202F before ; ! ?")
        + lines_matching(texts, r"« ", "wants U+00A0 inside guillemets")
        + lines_matching(texts, rf"{LETTER}[!?;](?=\s|$)", "wants U+202F before ; ! ?")
        + lines_matching(texts, rf"{LETTER}'{LETTER}", "wants the apostrophe ’")
    )


def words_off_screen(texts: Files) -> list[str]:
    """Words that the interface does not use: it says atelier, compte rendu, « le vote est clos »."""
    pattern = r"\bséances?\b|\bscell|\bpost-it\b|\bcarte(s)? mentale|\bbrainwriting anonyme\b|\butilisateur|\buser\b"
    return lines_matching(texts, pattern, "is not a word of the interface", re.IGNORECASE)


def addresses(texts: Files) -> list[str]:
    """Paths of somebody's machine and hosts of package registries."""
    machine = r"(?<![\w.$}~])/(?:work|farm|home|root|Users)/\w|(?<![\w.])/tmp/\w"
    return lines_matching(texts, machine, "a path of one machine") + lines_matching(
        texts, "|".join(HOSTS), "a package registry's address"
    )
