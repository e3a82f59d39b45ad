"""How many people there were: the wall, the minutes and both tables say one number, whatever happened to who held a phone."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable

import msgpack
import pytest
from lxml import html

from facilitation import commands as ask
from facilitation.records import Occupant, Seat, Site
from facilitation.report import derive
from server.archive.bundle import Bundle, Lab, build
from server.archive.container import unpack
from server.live import gauges
from tests.facilitation.workshop import MINUTE, START, Workshop, opened

TAKES_PART = ("Participation", "Appareil partagé")


def occupants(shop: Workshop) -> list[Occupant]:
    return [one for one in shop.state.all(Occupant) if one.seat == "seat-table" and not one.gone]


def a_phone_dies(shop: Workshop) -> None:
    shop.do("nadia", ask.MoveToDevice(seat="seat-claire", device="seat-table"))


def a_phone_comes_back(shop: Workshop) -> None:
    a_phone_dies(shop)
    shop.do("nadia", ask.MoveToDevice(seat="seat-claire"))


def heads_are_named(shop: Workshop) -> None:
    first, second, *_ = occupants(shop)
    shop.do("table", ask.NameOccupant(occupant=first.id, name="Hélène", service="DRAJES"))
    shop.do("table", ask.NameOccupant(occupant=second.id, name="", service="DRARI"))


def a_named_head_leaves(shop: Workshop) -> None:
    heads_are_named(shop)
    shop.do("table", ask.DismissOccupant(occupant=occupants(shop)[0].id))


def somebody_is_removed_and_somebody_comes(shop: Workshop) -> None:
    shop.do("nadia", ask.RemoveSeat(seat="seat-loic"))
    shop.join("anais", site=shop.site("Montpellier"))
    shop.join("late")


def somebody_changes_places(shop: Workshop) -> None:
    shop.do("nadia", ask.PlaceSeat(seat="seat-maiwenn", site=shop.site("Toulouse")))
    shop.do("table", ask.SetHeads(seat="seat-table", heads=6))
    a_phone_dies(shop)


STORIES: list[Callable[[Workshop], None]] = [
    lambda shop: None, a_phone_dies, a_phone_comes_back, heads_are_named, a_named_head_leaves,
    somebody_is_removed_and_somebody_comes, somebody_changes_places,
]  # fmt: skip


def on_the_wall(shop: Workshop) -> Counter[str]:
    """Heads by site as the projector is told, once everyone's page is connected."""
    here = frozenset(seat.id for seat in shop.state.all(Seat) if not seat.removed)
    told: dict[str, int] = msgpack.unpackb(gauges.frames_of(shop.state, here)["everyone"])["people"]
    names = {site.id: site.name for site in shop.state.all(Site)}
    return Counter({names.get(site, ""): heads for site, heads in told.items() if heads})


def archived(shop: Workshop) -> Bundle:
    shop.do("nadia", ask.EndSession(), after=MINUTE)
    shop.do("nadia", ask.CloseSession(), after=MINUTE)
    return build(shop.state, [(START + 1000 * n, stored) for n, stored in enumerate(shop.log)], Lab(name="L"))


def rows(blob: bytes, name: str) -> list[dict[str, str]]:
    body = next(body for path, body in unpack(blob).items() if path.endswith(name))
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def in_the_minutes(built: Bundle) -> Counter[str]:
    """The table « Personnes par site » of the offline page."""
    page = html.fromstring(next(body for path, body in unpack(built.shared).items() if path.endswith("index.html")).decode())
    (table,) = [one for one in page.iter("table") if "Personnes par site" in (one.findtext("caption") or "")]
    found = Counter({row.findtext("th"): int(row.findtext("td")) for row in table.find("tbody")})
    return Counter({("" if site == "Site non précisé" else site): heads for site, heads in found.items() if heads})


def in_the_head(built: Bundle) -> int:
    page = html.fromstring(next(body for path, body in unpack(built.shared).items() if path.endswith("index.html")).decode())
    (told,) = [one.findtext("dd") for one in page.iter("div") if one.findtext("dt") == "Personnes"]
    return int(re.match(r"\d+", told)[0])  # type: ignore[index]


def in_participation(built: Bundle) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows(built.shared, "participation.csv"):
        found["" if row["Site"] == "Site non précisé" else row["Site"]] += int(row["Personnes"])
    return found


def in_attendance(built: Bundle) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows(built.reserved, "presences.csv"):
        if row["Rôle"] in TAKES_PART or row["Rôle"].startswith("Devant "):
            found[row["Site"]] += int(row["Personnes"])
    return +found


@pytest.mark.parametrize("story", STORIES)
def test_the_wall_the_minutes_and_the_tables_agree(story: Callable[[Workshop], None]) -> None:
    shop = opened()
    story(shop)
    wall = on_the_wall(shop)
    built = archived(shop)
    assert wall == in_the_minutes(built) == in_participation(built) == in_attendance(built)
    assert wall.total() == in_the_head(built) == derive(shop.state).heads


def test_nobody_is_on_two_lines() -> None:
    shop = opened()
    heads_are_named(shop)
    a_phone_dies(shop)
    lines = rows(archived(shop).reserved, "presences.csv")
    named = [row for row in lines if row["Nom"] in ("Claire", "Hélène")]
    assert [(row["Nom"], row["Rôle"], row["Personnes"]) for row in named] == [
        ("Claire", "Devant Table", "1"), ("Hélène", "Devant Table", "1")
    ]  # fmt: skip
    assert [(row["Service"], row["Personnes"]) for row in lines if row["Nom"] == "Table"] == [("", "2"), ("DRARI", "1")]


def test_who_gave_a_name_and_left_is_told_apart() -> None:
    shop = opened()
    a_named_head_leaves(shop)
    (line,) = [row for row in rows(archived(shop).reserved, "presences.csv") if row["Nom"] == "Hélène"]
    assert (line["Présence"], line["Personnes"]) == ("en salle, avant la fin", "0")
