"""The scenario grown: groups that worked apart, a harvest, takeaways, somebody moved to the table, the minutes approved."""

from __future__ import annotations

import msgspec

from facilitation.records import (
    Approval,
    Archive,
    Block,
    Board,
    Excused,
    Group,
    Note,
    Occupant,
    Partition,
    Placement,
    Practical,
    Seat,
    Takeaway,
    Zone,
)
from facilitation.state import Change, Put, Set
from tests.server.archive.scene import MINUTE, START, Story, accueil

TAKEAWAYS = {
    "ecrire": "Le matériel arrive trop tard et personne n’est désigné : deux constats qui reviennent sur chaque site.",
    "regrouper": "Quatre familles de difficultés.\nLes démarches répétées tiennent surtout à trois formulaires.",
    "voter": "Nous commençons par « se repérer, connaître les gens » : c’est le moins coûteux, et rien ne l’empêche.",
}
IDEAS = (
    ("Un plan du bâtiment et un trombinoscope à jour", "Déjeuner d’équipe la première semaine"),
    ("Une fiche « qui fait quoi » par service", "Le parrain prévu avant l’arrivée"),
)
WIFI, VIDEO, EXCUSED = "MOT-DE-PASSE-WIFI", "https://visio.exemple.fr/LIEN-VISIO", "Camille Dupont (DRAIO)\nRené Lefèvre"
MOVED = "seat02"
CORRECTED = "Chaque nouvel agent connaît le nom de son interlocuteur une semaine avant son arrivée."


def revised(story: Story, archive: Archive) -> Story:
    """The same, archived as v1, corrected (a decision's words) and closed again."""
    story.say(Put(archive), Set("session", "session", {"status": "closed"}), after=MINUTE)
    story.say(Set("session", "session", {"status": "ended"}), after=60 * MINUTE)
    story.say(Set("sheet", "decision", {"what": CORRECTED}))
    story.say(Set("session", "session", {"status": "closing"}), after=MINUTE)
    return story


def enriched(*, list_present: bool = False) -> Story:
    """The scenario of the project with everything that the minutes may hold, closed and waiting for its bundle."""
    story = accueil(list_present=list_present)
    story.say(Set("session", "session", {"status": "ended"}))
    story.put(Practical(id="montpellier", room="Salle Occitanie", wifi=WIFI), Practical(id="session", video=VIDEO))
    _groups(story)
    _moved(story)
    story.put(*(Takeaway(id=block, text=text) for block, text in TAKEAWAYS.items()), Excused(text=EXCUSED))
    story.put(Approval(by="Nadia", on="2026-10-16"))
    story.say(
        Set("session", "session", {
            "stays_open": "Le calendrier, et qui s’en occupe dans chaque département.",
            "not_decided": "Le budget de 2027 ; la suite donnée au parrainage.",
            "reference": "2026-ARR-014",
            "publish_on": "2026-10-16",
        }),
    )  # fmt: skip
    story.say(Set("session", "session", {"status": "closing"}), after=MINUTE)
    return story


def _groups(story: Story) -> None:
    """Two groups work on copies of a board; one idea of each is harvested to the plenary's."""
    begun = START + 30 * MINUTE
    parts = tuple(Group(id=f"g{n}", partition="part", name=f"Groupe {n}", rank=float(n), board=f"bg{n}") for n in (1, 2))
    block = story.state.find(Block, "regrouper")
    assert block
    story.put(Partition(id="part", block="regrouper", mode="balanced", size=4, mix=("service", "site"), seed="00"))
    story.put(*parts)
    seats = [seat for seat in story.state.all(Seat) if seat.role in ("participant", "room")]
    placed: list[Change] = []
    for place, seat in enumerate(seats):
        group = f"g{place % 2 + 1}"
        placed += [Put(Placement(id=f"part:{seat.id}", partition="part", seat=seat.id, group=group)),
                   Set("seat", seat.id, {"group": group})]  # fmt: skip
    story.say(
        Set("partition", "part", {"status": "running", "started_at": begun}),
        *(Set("group", f"g{n}", {"scope": "everyone"}) for n in (1, 2)),
        *(Put(Board(id=f"bg{n}", title=f"Groupe {n}", scope=f"group:g{n}", group=f"g{n}")) for n in (1, 2)),
        *(Put(_ideas(n)) for n in (1, 2)),
        *placed,
    )  # fmt: skip
    for n, texts in enumerate(IDEAS, 1):
        for place, text in enumerate(texts):
            story.put(Note(
                id=f"idea{n}{place}", board=f"bg{n}", block="regrouper", text=text, zone=f"zg{n}", scope=f"group:g{n}",
                x=60.0 + 200 * place, y=100.0, rank=float(place), at=begun,
            ))  # fmt: skip
    story.say(Set("partition", "part", {"status": "over", "ended_at": begun + 8 * MINUTE}))
    for n in (1, 2):
        source = story.state.find(Note, f"idea{n}0")
        assert source
        story.put(msgspec.structs.replace(
            source, id=f"kept{n}", board="bateau", zone="vent", scope="everyone", origin=source.id, group=f"g{n}", x=60, y=300,
        ))  # fmt: skip


def _ideas(n: int) -> Zone:
    return Zone(id=f"zg{n}", board=f"bg{n}", title="Nos idées", rank=0, x=40, y=40, width=1500, height=900, scope=f"group:g{n}")


def _moved(story: Story) -> None:
    """A phone dies: its owner goes on at the table of Toulouse, in front of which one more is counted."""
    table = next(seat for seat in story.state.all(Seat) if seat.name == "Table Toulouse")
    story.say(
        Set("seat", MOVED, {"heads": 0, "device": table.id}),
        Set("seat", table.id, {"heads": table.heads + 1}),
        Put(Occupant(id="occ9", seat=table.id, letter="E", name="Maïwenn", person=MOVED)),
    )
