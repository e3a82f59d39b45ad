"""The page of the lab's axes: whose it is, and what stands beside a field that cannot be taken."""

from __future__ import annotations

import re
from typing import Any

from facilitation.lab import Axis


def axes(site: Any) -> list[Axis]:
    """The lab's axes, in order."""
    found: list[Axis] = site.app.lab.axes
    return found


def added(browser: Any, label: str, du: str = "", au: str = "") -> Any:
    return browser.post("/axes", {"acte": "ranger", "axe": "nouvel", "libelle": label, "du": du, "au": au})


def test_axes_are_added_renamed_moved_retired_and_restored(site: Any) -> None:
    nadia = site.facilitator()
    assert "Aucun axe en vigueur" in nadia.get("/axes").text
    for label in ("Appui aux projets", "Innovation managériale", "Essaimage"):
        assert added(nadia, label).status_code == 303
    first, second, third = axes(site)
    page = nadia.get("/axes").text
    assert re.search(r"Appui aux projets.*Innovation managériale.*Essaimage", page, re.DOTALL)
    nadia.post("/axes", {"acte": "ranger", "axe": second.id, "libelle": "Participation", "du": "", "au": ""})
    nadia.post("/axes", {"acte": "monter", "axe": third.id})
    assert [axis.label for axis in axes(site)] == ["Appui aux projets", "Essaimage", "Participation"]
    answer = nadia.post("/axes", {"acte": "retirer", "axe": first.id})
    assert answer.headers["location"] == f"/axes#axe-{first.id}"
    assert "plus en vigueur" in nadia.get("/axes").text
    assert axes(site)[0].until
    nadia.post("/axes", {"acte": "retablir", "axe": first.id})
    assert axes(site)[0].until == ""


def test_what_cannot_be_taken_is_said_beside_its_field_and_kept(site: Any) -> None:
    nadia = site.facilitator()
    added(nadia, "Participation", "2026-01-01", "2026-12-31")
    for label, du, au, field, words in (
        (" ", "", "", "libelle", "vide"),
        ("Neuf", "14/10/2026", "", "du", "n’est pas une date"),
        ("Neuf", "", "demain", "au", "n’est pas une date"),
        ("Neuf", "2026-12-01", "2026-11-01", "au", "vient avant le début"),
        ("PARTICIPATION", "2026-06-01", "", "libelle", "déjà dans la liste"),
    ):
        answer = added(nadia, label, du, au)
        assert answer.status_code == 422, words
        assert re.search(rf'id="n-{field}-erreur">.*{words}', answer.text, re.DOTALL), words
        assert f'value="{label}"' in answer.text
    id = axes(site)[0].id
    answer = nadia.post("/axes", {"acte": "ranger", "axe": id, "libelle": "", "du": "", "au": ""})
    assert f'id="a-{id}-libelle-erreur"' in answer.text
    assert len(axes(site)) == 1


def test_the_list_is_for_whoever_holds_the_key(site: Any) -> None:
    stranger = site.browser()
    assert stranger.get("/axes").headers["location"] == "/#animer"
    assert added(stranger, "Neuf").headers["location"] == "/#animer"
    assert axes(site) == []


def test_an_unknown_act_changes_nothing(site: Any) -> None:
    nadia = site.facilitator()
    assert nadia.post("/axes", {"acte": "tout", "axe": "x"}).status_code == 303
    assert nadia.post("/axes", {"acte": "retirer", "axe": "x"}).status_code == 303
    assert axes(site) == []
