"""Workshops with groups, played through the rules, in their bundle: what groups wrote is there, who was in them is not."""

from __future__ import annotations

import json

import pytest

from facilitation import commands as ask
from facilitation.report import Report, derive
from server.archive import bundle, parts
from server.archive.verify import verify
from tests.facilitation.workshop import MINUTE, Workshop, apart
from tests.server.archive.conftest import LAB
from tests.server.archive.test_bundle import all_text, inside
from tests.server.archive.test_through_rules import batches

NEVER = "JAMAIS-REVELEE"


@pytest.fixture(scope="module")
def shop() -> Workshop:
    """Two groups write; one note is carried to the plenary; one group's note is withdrawn; all is archived."""
    shop = apart(notes="everyone")
    shop.write("claire", "un", "deux")
    shop.write("maiwenn", "trois", "RETIREE-DU-GROUPE")
    shop.do("maiwenn", ask.WithdrawNotes(notes=(shop.note("RETIREE-DU-GROUPE").id,)))
    shop.recall()
    shop.do("nadia", ask.Harvest(notes=(shop.note("un").id,), board=shop.board.id))
    shop.do("nadia", ask.EndSession(), after=MINUTE)
    shop.do("nadia", ask.CloseSession(), after=MINUTE)
    return shop


@pytest.fixture(scope="module")
def made(shop: Workshop) -> bundle.Bundle:
    return bundle.build(shop.state, batches(shop), LAB)


def report(shop: Workshop, *, names: bool = False) -> Report:
    return derive(shop.state, names=names)


def test_each_group_has_its_board_after_the_plenary(shop: Workshop) -> None:
    boards = report(shop).boards
    assert [bool(board.group) for board in boards] == [False, True, True]
    assert sorted(note.text for board in boards[1:] for note in board.notes) == ["deux", "trois", "un"]
    (carried,) = boards[0].notes
    assert (carried.text, carried.group) == ("un", shop.group("claire").name)
    assert report(shop).notes == 3, "the one carried counts once"


def test_how_people_were_split_is_told_with_names_only_on_request(shop: Workshop) -> None:
    (split,) = report(shop).groups
    assert sum(group.heads for group in split.groups) == report(shop).heads
    assert not any(group.members for group in split.groups)
    (named,) = report(shop, names=True).groups
    assert {"Claire", "Maiwenn"} <= {name for group in named.groups for name in group.members}


def test_both_parts_verify_and_say_what_groups_wrote(made: bundle.Bundle) -> None:
    for part in (made.shared, made.reserved):
        assert verify(part).intact
        records = json.loads(inside(part)["data/70-donnees/session.json"])["records"]
        assert sorted(one["text"] for one in records if one["kind"] == "note") == ["deux", "trois", "un", "un"]
        assert "RETIREE-DU-GROUPE" not in all_text(part)


def test_the_part_to_share_names_nobody_of_any_group(made: bundle.Bundle) -> None:
    text = all_text(made.shared)
    for name in ("Claire", "Maiwenn", "Loic", "seat-"):
        assert name not in text, name
    assert "Claire" in inside(made.reserved)["data/60-presences/sous-groupes.csv"].decode()


def test_what_a_group_never_saw_is_in_no_part() -> None:
    shop = apart(notes="author")
    shop.write("claire", NEVER)
    assert shop.note(NEVER).scope == "author"
    for part in ("diffusion", "reserve"):
        assert NEVER not in json.dumps(parts.records_of(shop.folded(), part))  # type: ignore[arg-type]
