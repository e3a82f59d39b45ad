"""Join codes: eight symbols that survive being read from a wall, dictated or typed on a phone.

The alphabet holds 30 symbols (39 bits in all). The six left out look like one that stays, and are read as it.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ACDEFGHJKMNPQRTUVWXY"
LOOK_ALIKES = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
LENGTH = 8
SCREEN = 6
"""Symbols of the code that pairs a screen: it lives ten minutes and serves once, and guesses are counted."""


def new_code(length: int = LENGTH) -> str:
    """A fresh code, drawn at random. Whether another session has it already is for the lab to say."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normalise(typed: str, length: int = LENGTH) -> str:
    """The code that was meant: capitals, without spaces, dashes or accents, look-alikes resolved; "" if it cannot be one."""
    plain = unicodedata.normalize("NFKD", typed[:200]).upper()
    symbols = [LOOK_ALIKES.get(char, char) for char in plain if char.isalnum()]
    if len(symbols) != length or any(symbol not in ALPHABET for symbol in symbols):
        return ""
    return "".join(symbols)


def shown(code: str) -> str:
    """The code as written on screens and paper: K7M4 RPX2, in two halves joined by a no-break space."""
    half = len(code) // 2
    return f"{code[:half]}\u00a0{code[half:]}" if len(code) in (LENGTH, SCREEN) else code
