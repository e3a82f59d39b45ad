"""Boards and zones, and the making of a plan from a method."""

from __future__ import annotations

from facilitation import methods
from facilitation.agenda import usual_rights
from facilitation.commands import LoadMethod
from facilitation.context import Context
from facilitation.methods import Bloc, Method, Tableau
from facilitation.records import Block, Board, Script, Zone, kind_of
from facilitation.rejections import Refused
from facilitation.rights import BLOCK_CAPABILITIES
from facilitation.state import Change, Put, Remove, State, change


def load_method(state: State, command: LoadMethod, context: Context) -> tuple[Change, ...]:
    """B1. Before opening, a method replaces the whole plan: blocks, scripts, boards and zones are its own copies."""
    method = context.methods.get(command.method)
    if method is None:
        raise Refused("unknown_method", name=command.method)
    if any(block.started_at for block in state.all(Block)):
        raise Refused("plan_in_use")
    former = [record for cls in (Block, Script, Zone, Board) for record in state.all(cls)]
    cleared: tuple[Change, ...] = tuple(Remove(kind_of(record), record.id) for record in former)
    return cleared + plan(method, context) + change(state.session, method=method.id, block="")


def plan(method: Method, context: Context) -> tuple[Change, ...]:
    """The records that a method makes, under fresh ids."""
    boards = {board.id: context.new_id("board:" + board.id) for board in method.tableaux}
    changes: list[Change] = []
    for board in method.tableaux:
        changes += _board(board, boards[board.id], context)
    for place, block in enumerate(method.blocs):
        changes += _block(block, float(place + 1), boards.get(block.tableau, ""), context)
    return tuple(changes)


def _board(board: Tableau, id: str, context: Context) -> list[Change]:
    made: list[Change] = [
        Put(
            Board(
                id=id, title=board.titre, width=board.largeur, height=board.hauteur, background=board.fond, alt=board.alt,
                tints=dict(board.teintes),
            )
        )
    ]  # fmt: skip
    for place, zone in enumerate(board.zones):
        x, y, width, height = zone.rect
        made.append(
            Put(
                Zone(
                    id=context.new_id(f"zone:{board.id}:{zone.id}"), board=id, title=zone.titre, rank=float(place + 1),
                    x=round(x * board.largeur), y=round(y * board.hauteur), width=round(width * board.largeur),
                    height=round(height * board.hauteur), tint=zone.teinte,
                )
            )
        )  # fmt: skip
    return made


def _block(block: Bloc, rank: float, board: str, context: Context) -> list[Change]:
    id = context.new_id("block:" + block.id)
    made: list[Change] = [
        Put(
            Block(
                id=id, title=block.titre, rank=rank, minutes=block.minutes, nature=methods.NATURES[block.nature],
                view=block.vue, board=board, instruction=block.consigne, wall=block.mur,
                notes="author" if block.visibilite.notes == "auteur" else "everyone",
                authors="shown" if block.visibilite.auteurs == "montres" else "hidden",
                rights=_rights(block), round=methods.plan_of(block.vote), groups=methods.groups_of(block.groupes),
                sheets=tuple(methods.SHEETS[name] for name in block.fiches),
                end="firm" if block.minuteur.fin == "ferme" else "soft", warn=block.minuteur.alerte_s,
            )
        )
    ]  # fmt: skip
    if block.notes_animateur:
        made.append(Put(Script(id=id, text=block.notes_animateur)))
    return made


def _rights(block: Bloc) -> dict[str, tuple[str, ...]]:
    if not block.droits:
        return usual_rights(block.vue)
    given = {
        methods.ROLES[role]: {methods.CAPABILITIES[name] for name in names} for role, names in block.droits.items()
    }
    return {role: tuple(one for one in BLOCK_CAPABILITIES if one in given[role]) for role in sorted(given)}
