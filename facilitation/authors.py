"""Who wrote a note, and who may know: authorships follow the sight of their notes, and sealed ones never show."""

from __future__ import annotations

from collections.abc import Iterable

from facilitation.reach import public
from facilitation.records import Authorship, Block, Note, Occupant, Seat
from facilitation.rejections import Refused
from facilitation.state import Change, Key, Put, State, change, keys_of


def sealed_in(block: Block | None) -> bool:
    """Whether a note written in this block hides its author, as one written in no block does."""
    return block is None or block.authors == "hidden"


def signed(state: State, note: Note, authorship: Authorship) -> tuple[Change, ...]:
    """A new note with its authorship, known at once to all who see the note, where both may be."""
    scope = note.scope if public(note) and not authorship.sealed else "author"
    authorship = Authorship(
        id=note.id, seat=authorship.seat, occupant=authorship.occupant, typist=authorship.typist,
        sealed=authorship.sealed, scope=scope,
    )  # fmt: skip
    return (Put(note), Put(authorship), *(_known(state, authorship.seat) if scope == "everyone" else ()))


def followed(state: State, note: Note) -> tuple[Change, ...]:
    """N17. What a note's new form does to the sight of its authorship: out of sight, nobody learns who wrote it.

    An author shown once is known for good; a block whose authors became hidden meanwhile shows no more of them.
    """
    authorship = state.find(Authorship, note.id)
    if authorship is None:
        return ()
    shown = public(note) and not authorship.sealed and not sealed_in(state.find(Block, note.block))
    changes = change(authorship, scope=note.scope if shown else "author")
    return changes + (_known(state, authorship.seat) if shown and note.scope == "everyone" else ())


def _known(state: State, seat: str) -> tuple[Change, ...]:
    """The seat's name, become everyone's to read. Within a group, its members have it already."""
    found = state.find(Seat, seat)
    return change(found, scope="everyone") if found else ()


def once(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The same changes, each said once: several notes of one seat make it known together."""
    kept: list[Change] = []
    said: dict[Key, list[Change]] = {}
    for item in changes:
        (of_same,) = (said.setdefault(key, []) for key in keys_of((item,)))
        if item not in of_same:
            of_same.append(item)
            kept.append(item)
    return tuple(kept)


def check_occupant(state: State, occupant: str, seat: str) -> None:
    """N5. A named head writes only through the device that it sits at. Raises Refused("unknown_record")."""
    if not occupant:
        return
    found = state.find(Occupant, occupant)
    if found is None or found.gone or found.seat != seat:
        raise Refused("unknown_record")
