"""Methods: recipes kept as TOML files (schema `methode/1`, French ASCII keys so that facilitators can edit them).

`read` turns a file's text into a `Method`, `lint` says what would not run or would disappoint. Opening files
is the server's work; making blocks and boards from a method is `boards.py`'s.
"""

from __future__ import annotations

import re
import tomllib
from typing import Literal

import msgspec

from facilitation.records import GroupPlan, Mix, Nature, RoundPlan, SheetType, Tint, View
from facilitation.rights import Capability

SCHEMA = "methode/1"
COLLABORATIVE_SHARE = 0.5  # domain.md row 41: « minimum de 50 % de travail collaboratif »
TOLERANCE = 0.1  # of the announced length

NATURES: dict[str, Nature] = {
    "collaboratif": "collaborative", "descendant": "top-down", "pause": "pause", "logistique": "logistics",
}  # fmt: skip
ROLES = {
    "participant": "participant", "salle": "room", "observateur": "observer", "animateur": "facilitator",
    "coanimateur": "cofacilitator",
}  # fmt: skip
CAPABILITIES: dict[str, Capability] = {
    "note.ajouter": "add", "note.modifier": "edit", "note.deplacer": "move", "grappe.creer": "cluster",
    "voter": "vote", "fiche": "sheet", "parking": "park",
}  # fmt: skip
MODES: dict[str, Literal["random", "balanced", "hand", "merge"]] = {
    "aleatoire": "random", "equilibre": "balanced", "choisi": "hand", "fusion": "merge",
}  # fmt: skip
SHEETS: dict[str, SheetType] = {"action": "action", "decision": "decision", "parking": "parking"}


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TOML table of a method file: only known keys."""


class Taille(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many people."""

    min: int = 1
    ideal: int = 8
    max: int = 600


class Zone(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A zone of a board; `rect` is x, y, width, height as fractions of the board."""

    id: str
    titre: str
    rect: tuple[float, float, float, float]
    teinte: Tint = ""


class Tableau(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A board; `fond` names a drawing of ours; `teintes` maps a tint to its meaning."""

    id: str
    titre: str
    fond: str = ""
    alt: str = ""
    largeur: int = 1600
    hauteur: int = 1157
    teintes: dict[str, str] = {}
    zones: tuple[Zone, ...] = ()


class Visibilite(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sees a note before the reveal, and whether authors show after it."""

    notes: Literal["tous", "auteur"] = "tous"
    auteurs: Literal["montres", "masques"] = "masques"


class Minuteur(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the end of the time is marked."""

    fin: Literal["souple", "ferme"] = "souple"
    alerte_s: int = 60


class Vote(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a block votes."""

    methode: Literal["points", "echelle"]
    question: str = ""
    cible: Literal["notes", "grappes", "question"] = "grappes"
    budget: int = 3
    max_par_cible: int = 2
    secret: bool = True
    propre_idee: bool = True
    echelle: tuple[str, ...] = ()
    commentaire: bool = False
    animateurs: bool = False


class Groupes(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a block splits people; `apporter` takes notes along to the groups' boards."""

    mode: Literal["aleatoire", "equilibre", "choisi", "fusion"] = "equilibre"
    taille: int = 4
    melanger: tuple[Mix, ...] = ()
    apporter: bool = False


class Bloc(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A block of the plan."""

    id: str
    titre: str
    minutes: int
    nature: str
    vue: View
    tableau: str = ""
    consigne: str = ""
    mur: str = ""
    notes_animateur: str = ""
    visibilite: Visibilite = Visibilite()
    droits: dict[str, tuple[str, ...]] = {}
    minuteur: Minuteur = Minuteur()
    vote: Vote | None = None
    groupes: Groupes | None = None
    fiches: tuple[str, ...] = ()


class Method(_Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole method file."""

    schema: str
    id: str
    titre: str
    resume: str
    version: str
    licence: str
    sources: tuple[str, ...] = ()
    intentions: tuple[str, ...] = ()
    taille: Taille = Taille()
    duree_min: int
    preparation_min: int = 0
    niveau: int = 1
    hybride: Literal["oui", "possible", "non"] = "oui"
    materiel: tuple[str, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    blocs: tuple[Bloc, ...]


class Finding(msgspec.Struct, frozen=True):
    """What `lint` found: an `error` stops the method from being used, a `warning` is for its author to weigh."""

    level: Literal["error", "warning"]
    message: str


class MethodError(ValueError):
    """A file that is no method: the message says where, what was expected and what came."""


def read(text: str) -> Method:
    """The method that a TOML text describes. Raises MethodError."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MethodError(f"this is not TOML: {error}") from error
    if plain.get("schema") != SCHEMA:
        raise MethodError(f"expected schema = {SCHEMA!r}, got {plain.get('schema')!r}")
    try:
        return msgspec.convert(plain, Method)
    except msgspec.ValidationError as error:
        raise MethodError(f"{plain.get('id', 'this method')}: {error}") from error


def lint(method: Method) -> list[Finding]:
    """Everything that would not run (errors) or would disappoint (warnings), each in a sentence that names the place."""
    found = (*_of_boards(method), *_of_blocks(method), *_of_votes(method), *_of_groups(method))
    errors = [Finding("error", message) for message in found]
    return errors + [Finding("warning", message) for message in _of_minutes(method)]


def _of_boards(method: Method) -> list[str]:
    found = _repeated([board.id for board in method.tableaux], "board")
    for board in method.tableaux:
        found += _repeated([zone.id for zone in board.zones], f"zone of board {board.id}")
        if board.fond and not board.alt:
            found.append(f'board {board.id} has a background: expected alt = "…", a sentence for who does not see it')
        for zone in board.zones:
            x, y, width, height = zone.rect
            if min(x, y) < 0 or min(width, height) <= 0 or x + width > 1 or y + height > 1:
                found.append(
                    f"zone {zone.id} of board {board.id} leaves the canvas: rect = {list(zone.rect)} must lie within 0 and 1"
                )
            if not zone.titre.strip():
                found.append(f"zone {zone.id} of board {board.id} has no title")
    return found


def _repeated(ids: list[str], what: str) -> list[str]:
    wrong = [
        f"{what} id {id!r} must be lower-case letters, digits and dashes"
        for id in ids
        if not re.fullmatch(r"[a-z0-9-]{1,40}", id)
    ]
    return wrong + [f"{what} id {id!r} is used twice" for id in sorted({id for id in ids if ids.count(id) > 1})]


def _of_blocks(method: Method) -> list[str]:
    found = _repeated([block.id for block in method.blocs], "block")
    boards = {board.id for board in method.tableaux}
    for place, block in enumerate(method.blocs):
        if block.tableau and block.tableau not in boards:
            found.append(
                f"block {block.id} is on board {block.tableau!r}, which this method does not have: {sorted(boards)}"
            )
        if block.nature not in NATURES:
            found.append(f"block {block.id}: nature must be one of {sorted(NATURES)}, got {block.nature!r}")
        if len(block.mur) > 90:
            found.append(
                f"block {block.id}: mur counts {len(block.mur)} characters, 90 at most can be read from the back"
            )
        found += [
            f"block {block.id}: no sheet is called {name!r}: {sorted(SHEETS)}"
            for name in block.fiches
            if name not in SHEETS
        ]
        found += _of_rights(block)
        if block.visibilite.notes == "auteur" and not _revealed_later(method.blocs[place + 1 :], block.tableau):
            found.append(
                f"block {block.id} hides notes and no later block shows its board: they would never be revealed"
            )
    return found


def _of_rights(block: Bloc) -> list[str]:
    found = [
        f"block {block.id}: no role is called {role!r}: {sorted(ROLES)}" for role in block.droits if role not in ROLES
    ]
    named = [name for names in block.droits.values() for name in names]
    return found + [
        f"block {block.id}: no right is called {name!r}: {sorted(CAPABILITIES)}"
        for name in named
        if name not in CAPABILITIES
    ]


def _revealed_later(blocks: tuple[Bloc, ...], board: str) -> bool:
    return any(block.tableau == board and block.vue in ("lire", "regrouper", "voter", "resultat") for block in blocks)


def _of_votes(method: Method) -> list[str]:
    found = []
    for place, block in enumerate(method.blocs):
        vote = block.vote
        if vote is None:
            continue
        before = method.blocs[:place]
        if vote.methode == "echelle" and not 2 <= len(vote.echelle) <= 11:
            found.append(f"block {block.id}: a scale needs 2 to 11 levels, lowest first, got {len(vote.echelle)}")
        if vote.methode == "points" and not 1 <= vote.max_par_cible <= vote.budget <= 10:
            found.append(
                f"block {block.id}: expected 1 ≤ max_par_cible ≤ budget ≤ 10, got {vote.max_par_cible} and {vote.budget}"
            )
        if vote.methode == "points" and not any(one.tableau == block.tableau and one.vue == "ecrire" for one in before):
            found.append(
                f"block {block.id} votes on {vote.cible} that no earlier block writes on board {block.tableau!r}"
            )
    return found


def _of_groups(method: Method) -> list[str]:
    found = []
    for place, block in enumerate(method.blocs):
        plan = block.groupes
        if plan is None:
            continue
        before = method.blocs[:place]
        if block.vue in ("voter", "resultat"):
            found.append(f"block {block.id}: nobody works apart in the view {block.vue!r}, which is everyone's")
        if not 2 <= plan.taille <= 60:
            found.append(f"block {block.id}: expected groups of 2 to 60, got taille = {plan.taille}")
        if len(set(plan.melanger)) < len(plan.melanger):
            found.append(f"block {block.id}: melanger names the same trait twice: {list(plan.melanger)}")
        if plan.melanger and plan.mode not in ("equilibre", "fusion"):
            found.append(f"block {block.id}: only 'equilibre' and 'fusion' mix, got melanger with mode = {plan.mode!r}")
        if plan.mode == "fusion" and not any(one.groupes for one in before):
            found.append(f"block {block.id} joins groups that no earlier block makes")
        if plan.apporter and not any(one.tableau == block.tableau and one.vue == "ecrire" for one in before if one.tableau):
            found.append(f"block {block.id} takes notes along that no earlier block writes on board {block.tableau!r}")
    return found


def _of_minutes(method: Method) -> list[str]:
    total = sum(block.minutes for block in method.blocs)
    found = []
    if abs(total - method.duree_min) > TOLERANCE * method.duree_min:
        found.append(f"the blocks last {total} min, duree_min says {method.duree_min}: expected ±10 %")
    working = sum(block.minutes for block in method.blocs if block.nature != "pause")
    together = sum(block.minutes for block in method.blocs if block.nature == "collaboratif")
    if working and together / working < COLLABORATIVE_SHARE:
        found.append(f"collaborative share {together * 100 // working} %: at least 50 % is expected")
    return found


def plan_of(vote: Vote | None) -> RoundPlan | None:
    """The round plan of a block's vote."""
    if vote is None:
        return None
    target: Literal["notes", "clusters", "question"] = "question"
    if vote.methode == "points":
        target = "notes" if vote.cible == "notes" else "clusters"
    return RoundPlan(
        method="dots" if vote.methode == "points" else "scale",
        question=vote.question,
        target=target,
        budget=vote.budget,
        cap=vote.max_par_cible,
        own=vote.propre_idee,
        secret=vote.secret,
        levels=vote.echelle,
        comment=vote.commentaire,
        facilitators_vote=vote.animateurs,
    )


def groups_of(groups: Groupes | None) -> GroupPlan | None:
    """The plan of a block's groups."""
    if groups is None:
        return None
    return GroupPlan(mode=MODES[groups.mode], size=groups.taille, mix=groups.melanger, carry=groups.apporter)
