"""The workshop of `scenarios/accueil-nouvel-agent.toml`: who comes from where, what they write and vote, what must come out."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "scenarios" / "accueil-nouvel-agent.toml"
ZONES = {"ile": "L'île", "vent": "Le vent", "ancre": "L'ancre", "recifs": "Les récifs"}
SHORT = {"ile": "Île", "vent": "Vent", "ancre": "Ancre", "recifs": "Récifs"}


class Scene:
    """The scenario, as the people of a story ask it."""

    def __init__(self) -> None:
        self.plain: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def person(self, name: str) -> dict[str, Any]:
        """One person's line."""
        return next(one for one in self.plain["personnes"] if one["nom"] == name)

    def site(self, id: str) -> str:
        """A site's name."""
        return str(next(one["nom"] for one in self.plain["sites"] if one["id"] == id))

    def notes(self, name: str) -> list[tuple[str, str]]:
        """What a person writes: (zone, text)."""
        return [(one["zone"], one["texte"]) for one in self.plain["notes"] if one["de"] == name]

    def ballots(self, name: str) -> list[dict[str, int]]:
        """A person's ballot, or a room's, one a head."""
        given = self.plain["vote"]["bulletins"][name]
        return given if isinstance(given, list) else [given]

    @property
    def points(self) -> dict[str, int]:
        """The tally that must come out."""
        return dict(self.plain["vote"]["attendu"]["points"])

    def levels(self) -> list[int]:
        """The ROTI answers, one a head, highest first."""
        return [int(level) for level, heads in self.plain["roti"]["notes"].items() for _ in range(heads)]
