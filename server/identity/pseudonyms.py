"""Pseudonyms offered at the door: plants, winds and stones of the region. Names of things: they agree with anyone."""

from __future__ import annotations

import secrets
from collections.abc import Collection

NAMES = (
    "Acanthe", "Agave", "Ajonc", "Albizia", "Alizé", "Aubépine", "Autan", "Basalte", "Basilic", "Bourrache", "Bruyère",
    "Buis", "Câprier", "Cèdre", "Chêne vert", "Ciste", "Coquelicot", "Cyprès", "Érable", "Fenouil", "Figuier", "Garance",
    "Genêt", "Genévrier", "Glycine", "Granite", "Grenade", "Gui", "Hêtre", "Houx", "Iris", "Jasmin", "Jonc", "Laurier",
    "Lavande", "Lichen", "Lierre", "Mélèze", "Menthe", "Micocoulier", "Mistral", "Mûrier", "Myrte", "Narcisse", "Olivier",
    "Orme", "Pastel", "Pervenche", "Pin parasol", "Pivoine", "Platane", "Quartz", "Romarin", "Sarriette", "Sauge", "Schiste",
    "Sureau", "Tamaris", "Thym", "Tilleul", "Tramontane", "Valériane", "Verveine", "Yucca",
)  # fmt: skip


def offered(taken: Collection[str] = (), count: int = 1) -> list[str]:
    """`count` different pseudonyms, none in `taken` as long as the list allows; then with a number: « Thym 2 »."""
    used = {name.casefold() for name in taken}
    free = [name for name in NAMES if name.casefold() not in used]
    number = 2
    while len(free) < count:
        free += [f"{name} {number}" for name in NAMES if f"{name} {number}".casefold() not in used]
        number += 1
    return secrets.SystemRandom().sample(free, count)
