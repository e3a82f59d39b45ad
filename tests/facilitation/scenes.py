"""The second scenario, on its way: its people at its sites, under its own method, with the first step begun."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from facilitation import commands as ask
from tests.facilitation.workshop import Workshop

SCENARIO = Path(__file__).parents[1] / "scenarios" / "convocations-examens.toml"


def convocations() -> tuple[Workshop, dict[str, Any]]:
    """The workshop on exam convocations, everyone in, and the scenario that it plays."""
    scene = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))
    workshop = Workshop()
    workshop.join("nadia", "facilitator")
    workshop.do("nadia", ask.LoadMethod(method=scene["methode"]))
    for site in scene["sites"]:
        workshop.do("nadia", ask.PutSite(name=site["nom"], room=site["salle"], heads=site.get("tetes", 0)))
    names = {site["id"]: site["nom"] for site in scene["sites"]}
    for person in scene["personnes"]:
        seat, site = f"seat-{person['nom'].lower()}", workshop.site(names[person["site"]])
        workshop.do("", ask.Join(seat=seat, name=person["nom"], role="participant", site=site, service=person["service"]))
    workshop.do("nadia", ask.OpenSession())
    return workshop, scene
