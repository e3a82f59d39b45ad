"""The plan: its blocks, their rights and promises, and what entering one does; methods and boards."""

from __future__ import annotations

import pytest

from facilitation import commands as ask
from facilitation.agenda import ordered
from facilitation.methods import MethodError, lint, read
from facilitation.records import Block, Board, GroupPlan, RoundPlan, Script, Zone
from tests.facilitation.workshop import MINUTE, Workshop, library, opened, prepared, voting, writing


def titles(workshop: Workshop) -> list[str]:
    """The plan, in order."""
    return [block.title for block in ordered(workshop.state)]


def with_vote(plan: RoundPlan) -> tuple[Workshop, ask.EditBlock]:
    """A prepared workshop, and the command that gives its vote this plan."""
    workshop = prepared()
    return workshop, ask.EditBlock(block=workshop.block("voter").id, round=plan)


def test_A1_a_new_block_has_its_view_s_usual_rights() -> None:
    workshop = prepared()
    workshop.do("nadia", ask.AddBlock(title="Avant tout", minutes=3, view="ecrire", board=workshop.board.id))
    workshop.do("nadia", ask.AddBlock(after=workshop.block("lire").id, title="Encore", minutes=3, view="actions"))
    first = ordered(workshop.state)[0]
    assert (first.title, first.rights) == ("Avant tout", {"participant": ("add", "park")})
    plan = titles(workshop)
    assert plan.index("Encore") == plan.index("Lire, site par site") + 1
    assert workshop.refused("nadia", ask.AddBlock(title="X", minutes=1, board="no")) == "unknown_record"
    assert workshop.refused("nadia", ask.AddBlock(title="X", minutes=1, after="no")) == "unknown_record"


def test_A2_a_block_changes_as_asked() -> None:
    workshop = prepared()
    block = workshop.block("ecrire").id
    workshop.do("nadia", ask.EditBlock(block=block, minutes=12, instruction="Seul", wall="Silence", warn=30))
    workshop.do("nadia", ask.EditBlock(block=block, rights={"room": ("park", "add"), "participant": ("add",)}))
    changed = workshop.get("block", block)
    assert (changed.minutes, changed.rights) == (12, {"participant": ("add",), "room": ("add", "park")})
    for wrong, code in (
        (ask.EditBlock(block="no"), "unknown_record"), (ask.EditBlock(block=block, wall="x" * 91), "text_too_long"),
        (ask.EditBlock(block=block, rights={"king": ("add",)}), "bad_choice"),
        (ask.EditBlock(block=block, warn=-1), "bad_number"),
        (ask.EditBlock(block=block, rights={"participant": ("fly",)}), "bad_choice"),
    ):  # fmt: skip
        assert workshop.refused("nadia", wrong) == code


def test_A2_what_a_block_promised_on_secrecy_holds_once_notes_are_written() -> None:
    workshop = writing()
    block = workshop.block("ecrire").id
    workshop.write("claire", "secret")
    for broken in (ask.EditBlock(block=block, notes="everyone"), ask.EditBlock(block=block, authors="shown")):
        assert workshop.refused("nadia", broken) == "block_used"
    workshop.do("nadia", ask.EditBlock(block=block, minutes=20))


def test_A2_a_refusal_to_change_a_secret_block_does_not_tell_whether_anybody_wrote_in_it() -> None:
    empty, written = writing(), writing()
    written.write("claire", "secret")
    for workshop in (empty, written):
        assert workshop.refused("nadia", ask.EditBlock(block=workshop.block("ecrire").id, authors="shown")) == "block_used"


def test_A2_a_vote_s_plan_holds_while_it_is_open() -> None:
    workshop = voting()
    workshop.open_round()
    assert workshop.refused("nadia", ask.EditBlock(block=workshop.block("voter").id, round=None)) == "voting_open"


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (RoundPlan(method="dots", budget=5, cap=5), ""), (RoundPlan(method="dots", budget=11, cap=1), "bad_number"),
        (RoundPlan(method="dots", budget=2, cap=3), "bad_number"), (RoundPlan(method="scale", levels=("un",)), "bad_number"),
        (RoundPlan(method="scale", levels=("un", " ")), "empty_text"),
    ],
)  # fmt: skip
def test_A3_a_vote_s_plan_has_its_bounds(plan: RoundPlan, code: str) -> None:
    workshop, command = with_vote(plan)
    workshop.when("nadia", command)
    assert workshop.answers[-1][1] == code


def test_A3_a_scale_asks_its_question() -> None:
    workshop, command = with_vote(RoundPlan(method="scale", levels=("non", "oui"), target="notes"))
    workshop.do("nadia", command)
    changed = workshop.block("voter").round
    assert changed
    assert changed.target == "question"


def test_A4_blocks_change_order() -> None:
    workshop = prepared()
    plan = ordered(workshop.state)
    workshop.do("nadia", ask.MoveBlock(block=plan[3].id, after=plan[0].id))
    assert titles(workshop)[:2] == [plan[0].title, plan[3].title]
    workshop.do("nadia", ask.MoveBlock(block=plan[3].id))
    assert titles(workshop)[0] == plan[3].title
    assert workshop.do("nadia", ask.MoveBlock(block=plan[3].id)) == ()
    assert workshop.do("nadia", ask.MoveBlock(block=plan[3].id, after=plan[3].id)) == ()
    assert workshop.refused("nadia", ask.MoveBlock(block=plan[3].id, after="no")) == "unknown_record"


def test_A5_only_a_block_that_has_not_served_leaves_the_plan() -> None:
    workshop = opened()
    assert workshop.refused("nadia", ask.RemoveBlock(block=workshop.block("accueil").id)) == "current_block"
    first = workshop.block("accueil").id
    workshop.enter("ecrire")
    assert workshop.refused("nadia", ask.RemoveBlock(block=first)) == "block_used"
    last = workshop.block("fin").id
    workshop.do("nadia", ask.RemoveBlock(block=last))
    assert workshop.get("block", last) is workshop.get("script", last) is None


def test_A6_the_script_is_the_facilitators_alone() -> None:
    workshop = opened()
    block = workshop.block("lire").id
    workshop.do("nadia", ask.WriteScript(block=block, text="Laissez parler Claire."))
    readers = [who for who in ("nadia", "etienne", "claire", "wall") if ("script", block) in workshop.sees(who)]
    assert readers == ["nadia", "etienne"]
    assert workshop.do("nadia", ask.WriteScript(block=block, text="Laissez parler Claire.")) == ()
    workshop.do("nadia", ask.WriteScript(block=block, text=" "))
    assert workshop.do("nadia", ask.WriteScript(block=block, text="")) == ()


def test_A7_one_block_is_current_and_its_time_is_counted() -> None:
    workshop = opened()
    workshop.at += 5 * MINUTE
    workshop.enter("ecrire")
    workshop.at += 2 * MINUTE
    workshop.enter("accueil")
    assert [block.status for block in ordered(workshop.state)][:2] == ["current", "done"]
    assert (workshop.block("accueil").spent, workshop.block("ecrire").spent) == (5 * MINUTE, 2 * MINUTE)
    started = workshop.block("ecrire").started_at
    workshop.enter("ecrire")
    assert (workshop.block("ecrire").started_at, workshop.block("ecrire").left_at) == (started, 0)
    assert workshop.do("nadia", ask.EnterBlock(block=workshop.block("ecrire").id)) == ()
    assert workshop.refused("nadia", ask.EnterBlock(block="no")) == "unknown_record"
    assert workshop.refused("claire", ask.EnterBlock(block=workshop.block("fin").id)) == "not_allowed"


def test_A7_leaving_waits_for_the_open_vote() -> None:
    workshop = voting()
    workshop.open_round()
    assert workshop.refused("nadia", ask.EnterBlock(block=workshop.block("fin").id)) == "round_open"


def test_A8_a_board_put_before_everyone_has_no_hidden_notes_left() -> None:
    workshop = writing()
    first_block = workshop.block("ecrire").id
    workshop.do("nadia", ask.AddBlock(after=first_block, title="Second temps", minutes=5, board=workshop.board.id))
    second = workshop.block("ecrire", 1).id
    workshop.do("nadia", ask.EditBlock(block=second, notes="author"))
    zone = workshop.zone("Le vent")
    workshop.write("claire", "premier", zone=zone)
    workshop.enter("ecrire", 1)
    workshop.write("loic", "second", zone=zone)
    assert workshop.reads("wall") == []
    workshop.enter("regrouper")
    first, later = workshop.note("premier"), workshop.note("second")
    assert workshop.reads("wall") == ["premier", "second"]
    assert (first.x, first.y, first.rank) != (later.x, later.y, later.rank)


def test_A8_going_back_hides_nothing() -> None:
    workshop = writing()
    workshop.write("claire", "vu")
    workshop.enter("lire")
    workshop.enter("ecrire")
    assert workshop.reads("wall") == ["vu"]


def test_B1_a_method_replaces_the_plan_before_opening_only() -> None:
    workshop = prepared()
    before = {block.id for block in workshop.state.all(Block)}
    workshop.do("nadia", ask.LoadMethod(method="roti"))
    assert before.isdisjoint(block.id for block in workshop.state.all(Block))
    assert workshop.state.session.method == "roti"
    assert not any(True for cls in (Board, Zone) for _ in workshop.state.all(cls))
    assert workshop.refused("nadia", ask.LoadMethod(method="no")) == "unknown_method"
    workshop.do("nadia", ask.OpenSession())
    assert workshop.refused("nadia", ask.LoadMethod(method="speed-boat")) == "already_open"


def test_B1_speed_boat_makes_its_board_zones_vote_and_scripts() -> None:
    workshop = prepared()
    assert (workshop.board.background, [zone.tint for zone in workshop.state.all(Zone)]) == (
        "bateau", ["pastel", "tilleul", "paille", "rose"],
    )  # fmt: skip
    block = workshop.block("ecrire")
    assert (block.notes, block.authors, block.rights) == ("author", "hidden", {"participant": ("add", "park")})
    vote = workshop.block("voter").round
    assert vote
    assert (vote.method, vote.target, vote.budget, vote.cap) == ("dots", "clusters", 3, 2)
    assert any(True for _ in workshop.state.all(Script))


@pytest.mark.parametrize("method", sorted(library()))
def test_M1_every_method_of_the_library_is_sound(method: str) -> None:
    assert lint(library()[method]) == []


def test_M1_a_file_that_is_no_method_says_why() -> None:
    for text, word in (("schema = ", "TOML"), ('schema = "methode/9"', "methode/1"), ('schema = "methode/1"\nid = "x"', "titre")):
        with pytest.raises(MethodError, match=word):
            read(text)


BROKEN = """
schema = "methode/1"
id = "essai"
titre = "Essai"
resume = "Essai"
version = "1"
licence = "CC0"
duree_min = 60
[[tableaux]]
id = "T"
titre = "T"
fond = "bateau"
[[tableaux.zones]]
id = "z"
titre = " "
rect = [0.5, 0.5, 0.6, 0.1]
[[blocs]]
id = "a"
titre = "A"
minutes = 5
nature = "descendant"
vue = "ecrire"
tableau = "nulle-part"
visibilite = { notes = "auteur" }
droits = { roi = ["voler"] }
fiches = ["conte"]
mur = "%s"
[[blocs]]
id = "a"
titre = "B"
minutes = 5
nature = "magique"
vue = "voter"
vote = { methode = "echelle", echelle = ["un"] }
[[blocs]]
id = "c"
titre = "C"
minutes = 1
nature = "logistique"
vue = "voter"
tableau = "T"
vote = { methode = "points", budget = 20 }
"""


def test_M2_the_lint_names_each_fault_and_its_place() -> None:
    found = lint(read(BROKEN % ("x" * 91)))
    messages = "\n".join(finding.message for finding in found)
    for words in (
        "'T' must be lower-case", "expected alt", "leaves the canvas", "has no title", "'a' is used twice", "nulle-part",
        "magique", "91 characters",
        "conte", "roi", "voler", "never be revealed", "2 to 11 levels", "1 ≤ max_par_cible", "no earlier block",
    ):  # fmt: skip
        assert words in messages, words
    warnings = [finding.message for finding in found if finding.level == "warning"]
    assert len(warnings) == 2
    assert "50 %" in warnings[1]


APART = """
schema = "methode/1"
id = "essai"
titre = "Essai"
resume = "Essai"
version = "1"
licence = "CC0"
duree_min = 5
[[tableaux]]
id = "t"
titre = "T"
[[blocs]]
id = "a"
titre = "A"
minutes = 5
nature = "collaboratif"
vue = "%s"
tableau = "t"
groupes = %s
"""


@pytest.mark.parametrize(
    ("view", "groups", "words"),
    [("ecrire", "{ taille = 1 }", "2 to 60, got taille = 1"), ("lire", "{ taille = 61 }", "2 to 60"),
     ("voter", "{}", "nobody works apart"), ("ecrire", '{ melanger = ["site", "site"] }', "same trait twice"),
     ("ecrire", '{ mode = "aleatoire", melanger = ["site"] }', "only 'equilibre' and 'fusion' mix"),
     ("ecrire", '{ mode = "fusion" }', "no earlier block makes"), ("ecrire", "{ apporter = true }", "no earlier block writes")],
)  # fmt: skip
def test_M2_the_lint_names_what_no_group_can_do(view: str, groups: str, words: str) -> None:
    errors = [finding.message for finding in lint(read(APART % (view, groups))) if finding.level == "error"]
    assert len(errors) == 1
    assert words in errors[0]
    assert errors[0].startswith("block a")


def test_M2_a_mode_or_a_trait_that_does_not_exist_is_no_method() -> None:
    assert lint(read(APART % ("ecrire", "{ mode = \"choisi\", taille = 3 }"))) == []
    for groups in ('{ mode = "roi" }', '{ melanger = ["age"] }', '{ tirage = "fort" }'):
        with pytest.raises(MethodError, match="essai"):
            read(APART % ("ecrire", groups))


def test_B1_a_method_s_plan_of_groups_comes_along() -> None:
    workshop = prepared("1-2-4-tous")
    plans = [workshop.block("ecrire", nth).groups for nth in range(3)]
    assert plans == [
        None, GroupPlan(mode="balanced", size=2, mix=("service",), carry=True),
        GroupPlan(mode="merge", size=4, mix=("service", "site"), carry=True),
    ]  # fmt: skip
