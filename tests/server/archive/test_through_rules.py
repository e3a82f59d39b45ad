"""Bundles of workshops played through the rules: what was secret stays so, and every exported log folds to its records."""

from __future__ import annotations

import json
from random import Random

import pytest

from facilitation import commands as ask
from facilitation.records import Cluster, Note, Tally
from facilitation.state import Set
from server.archive import bundle, parts
from server.archive.container import unpack
from server.archive.verify import verify
from tests.facilitation.storm import Storm
from tests.facilitation.workshop import MINUTE, START, Workshop, writing
from tests.server.archive.conftest import LAB
from tests.server.archive.test_bundle import all_text

SECRET_ONCE = "PREMIER-JET-DE-CLAIRE"


def batches(workshop: Workshop) -> list[tuple[int, bytes]]:
    """The commits of a workshop, a second apart."""
    return [(START + 1000 * place, stored) for place, stored in enumerate(workshop.log)]


def played(ballots: dict[str, dict[str, int]], order: tuple[str, ...]) -> Workshop:
    """From silent writing to the closed session; ballots are marks by the title's first letter."""
    shop = writing()
    anchor = shop.zone("L’ancre")
    draft = shop.write("claire", SECRET_ONCE, zone=anchor)[0]
    shop.do("claire", ask.EditNote(note=draft.id, text="On ne croise personne", edition=draft.edition))
    shop.write("maiwenn", "Le badge arrive trop tard", "À RETIRER", zone=anchor)
    shop.do("maiwenn", ask.WithdrawNotes(notes=(shop.note("À RETIRER").id,)))
    shop.write("loic", "Aucun interlocuteur", zone=anchor)
    shop.enter("lire")
    shop.enter("regrouper")
    for title, text in (("A", "On ne croise personne"), ("B", "Le badge arrive trop tard"), ("C", "Aucun interlocuteur")):
        shop.gather(title, text)
    shop.enter("voter")
    shop.open_round()
    ids = {cluster.title: cluster.id for cluster in shop.state.all(Cluster)}
    for who in order:
        shop.cast(who, {ids[title]: dots for title, dots in ballots[who].items()})
    shop.do("nadia", ask.CloseRound(round=shop.round.id, show=True), after=MINUTE)
    shop.enter("actions")
    shop.do("nadia", ask.AddSheet(type="action", what="Nommer quelqu’un", who="Loïc", when="2026-12-15"))
    shop.do("nadia", ask.EndSession(), after=MINUTE)
    shop.do("nadia", ask.CloseSession(), after=MINUTE)
    return shop


BALLOTS: dict[str, dict[str, int]] = {"maiwenn": {"A": 2, "B": 1}, "claire": {"C": 2}, "loic": {"B": 1, "C": 1}}
PEOPLE = ("maiwenn", "claire", "loic")


def built(shop: Workshop) -> bundle.Bundle:
    return bundle.build(shop.state, batches(shop), LAB)


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return played(BALLOTS, PEOPLE)


def test_a_played_workshop_verifies_in_both_parts(shop: Workshop) -> None:
    made = built(shop)
    assert verify(made.shared).intact and verify(made.reserved).intact
    assert next(shop.state.all(Tally)).ballots == 3


def test_drafts_and_withdrawn_texts_are_in_no_part(shop: Workshop) -> None:
    made = built(shop)
    for part in (made.shared, made.reserved):
        for secret in (SECRET_ONCE, "À RETIRER"):
            assert secret not in all_text(part)
    for name in ("Maiwenn", "Claire", "Nadia"):
        assert name not in all_text(made.shared)
    assert "Loïc" in all_text(made.shared), "in charge of an action"


def test_who_cast_which_ballot_changes_no_byte(shop: Workshop) -> None:
    """P5: two workshops that differ only in who chose what, and in which order, give the same bytes."""
    swapped = {"maiwenn": BALLOTS["loic"], "claire": BALLOTS["maiwenn"], "loic": BALLOTS["claire"]}
    other = played(swapped, ("loic", "maiwenn", "claire"))
    assert built(other) == built(shop)


def test_who_wrote_in_secret_is_in_no_part_where_authors_are_hidden(shop: Workshop) -> None:
    made = built(shop)
    for part in (made.shared, made.reserved):
        files = unpack(part)
        session = json.loads(next(content for name, content in files.items() if name.endswith("session.json")))
        assert not [one for one in session["records"] if one["kind"] == "authorship"]
        for note in shop.state.all(Note):
            lines = [line for line in all_text(part).splitlines() if note.id in line]
            assert not [line for line in lines if "seat-" in line]


@pytest.mark.parametrize("seed", range(8))
def test_after_any_storm_each_log_folds_to_its_records(seed: int) -> None:
    storm = Storm(Random(seed))
    for _ in range(120):
        storm.blow()
    shop = storm.workshop
    shop.state = shop.state.apply([Set("session", "session", {"closed_at": shop.at})])
    final = parts.fold_commits(stored for _, stored in batches(shop))
    for part in ("diffusion", "reserve"):
        lines = [json.loads(line) for line in parts.lines_of(batches(shop), final, part)]
        assert parts.replay(lines) == json.loads(json.dumps(parts.records_of(final, part)))
        told = json.dumps(lines)
        for note in shop.state.all(Note):
            if note.withdrawn or note.scope == "author":
                assert note.id not in told
    kinds = {one["kind"] for one in parts.records_of(final, "diffusion")}
    assert not kinds & {"seat", "profile", "authorship", "occupant", "ballot", "ballot_box", "receipt", "script", "call"}
