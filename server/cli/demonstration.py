"""The demonstration workshop as data: read from demonstration.toml, and made ready as a session of this installation."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from facilitation.records import Role

FILE = Path(__file__).with_name("demonstration.toml")


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One site; with `salle`, a room where `tetes` heads are expected."""

    id: str
    nom: str
    salle: bool = False
    tetes: int = 0


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One simulated person or shared device, and how each of its heads votes. An empty `votes` abstains."""

    nom: str
    site: str
    role: Role = "participant"
    service: str = ""
    departement: str = ""
    encadre: bool = False
    tetes: int = 1
    votes: dict[str, int] = {}
    votes_de_la_table: tuple[dict[str, int], ...] = ()
    roti: int = 0
    roti_de_la_table: tuple[int, ...] = ()
    commentaire: str = ""

    @property
    def dots(self) -> tuple[dict[str, int], ...]:
        """Dots by cluster, one entry a head."""
        return self.votes_de_la_table or (self.votes,)

    @property
    def levels(self) -> tuple[int, ...]:
        """Level from 1, one entry a head."""
        return self.roti_de_la_table or (self.roti,)


class Idea(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One note: who writes it, where, and the cluster it ends in ("" for none)."""

    de: str
    zone: str
    texte: str
    groupe: str = ""


class Heap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One cluster by its name in this file, and its title."""

    id: str
    titre: str


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sheet; an action is due `dans_jours` days after today."""

    type: Literal["action", "decision", "parking"]
    quoi: str
    qui: str = ""
    dans_jours: int = 0


class Demonstration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    titre: str
    objet: str
    axe: str
    methode: str
    fuseau: str
    sites: tuple[Place, ...]
    personnes: tuple[Figure, ...]
    groupes: tuple[Heap, ...]
    notes: tuple[Idea, ...]
    fiches: tuple[Paper, ...]


def read(path: Path = FILE) -> Demonstration:
    """The demonstration in a TOML file. Raises msgspec.ValidationError where it is not one."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Demonstration)
