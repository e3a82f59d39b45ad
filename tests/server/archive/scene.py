"""The scenario of the project, as the State that it leaves and the commits that led there."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from facilitation import tallies
from facilitation.records import (
    Authorship,
    BallotBox,
    Block,
    Board,
    Cluster,
    Note,
    Occupant,
    OpenedBallot,
    Option,
    Profile,
    Record,
    Round,
    RoundPlan,
    Seat,
    Session,
    Sheet,
    Site,
    Tally,
    Zone,
)
from facilitation.state import Change, Put, Set, State, to_stored
from server.log.contract import Asked, Commit

SCENARIO: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "scenarios" / "accueil-nouvel-agent.toml").read_text(encoding="utf-8")
)
START = 1_791_963_000_000  # 14 October 2026, 9:30 in Paris
MINUTE = 60_000

ZONES = {
    "vent": ("Le vent : ce qui pousse", 40, 44, 600, 400, "pastel"),
    "ile": ("L’île : nos objectifs", 1040, 44, 520, 400, "tilleul"),
    "ancre": ("L’ancre : ce qui freine", 40, 590, 820, 450, "paille"),
    "recifs": ("Les récifs : les risques", 900, 590, 660, 450, "rose"),
}
STEPS = (
    ("accueil", "Accueil", 7, "logistics", "accueil"),
    ("ecrire", "Écrire en silence", 10, "collaborative", "ecrire"),
    ("lire", "Lire, site par site", 12, "collaborative", "lire"),
    ("regrouper", "Regrouper", 10, "collaborative", "regrouper"),
    ("voter", "Gommettes", 5, "collaborative", "voter"),
    ("pause", "Pause", 10, "pause", "accueil"),
    ("agir", "Actions", 15, "collaborative", "actions"),
    ("bilan", "Bilan de l’atelier", 4, "collaborative", "voter"),
)


class Story:
    """A state and the commits behind it, built together."""

    def __init__(self) -> None:
        self.state = State()
        self.commits: list[Commit] = []
        self.at = START

    def say(self, *changes: Change, after: int = 1000, seat: str = "") -> None:
        """One commit, `after` ms after the last."""
        self.at += after
        self.state = self.state.apply(changes)
        raw = hashlib.sha256(f"{len(self.commits)}".encode()).digest()
        asked = (Asked(id=raw[16:], seat=seat, name="any"),)
        self.commits.append(
            Commit(id=raw[:16], shape=1, at=self.at, asked=asked, changes=msgspec.msgpack.encode(to_stored(changes)))
        )

    def put(self, *records: Record, after: int = 1000) -> None:
        """One commit that puts these records."""
        self.say(*(Put(record) for record in records), after=after)


def accueil(*, list_present: bool = False) -> Story:
    """The whole workshop, closed and waiting for its bundle."""
    story = Story()
    story.put(
        Session(
            title=SCENARIO["titre"], purpose=SCENARIO["objet"], axis=SCENARIO["axe"], method=SCENARIO["methode"],
            date=SCENARIO["date"], start=SCENARIO["debut"], list_present=list_present, created_at=START - 86_400_000,
            code="k7m4rpx2", generations={"participant": 3},
        )
    )  # fmt: skip
    _places(story)
    _plan(story)
    seats = _people(story)
    _writing(story, seats)
    _clusters(story)
    _vote(story)
    _sheets(story)
    _roti(story)
    story.say(Set("session", "session", {"status": "ended", "ended_at": START + 93 * MINUTE}), after=MINUTE)
    story.say(Set("session", "session", {"status": "closing", "closed_at": START + 2_880 * MINUTE}), after=MINUTE)
    return story


def _places(story: Story) -> None:
    story.put(*(
        Site(id=site["id"], name=site["nom"], room=site["salle"], heads=site.get("tetes", 0), rank=float(rank))
        for rank, site in enumerate(SCENARIO["sites"])
    ))  # fmt: skip


def _plan(story: Story) -> None:
    alt = "Un voilier vogue vers une île ; le vent le pousse, une ancre le retient, des récifs l’attendent."
    story.put(
        Board(id="bateau", title="Speed Boat", background="bateau", alt=alt),
        *(
            Zone(id=id, board="bateau", title=title, rank=float(rank), x=x, y=y, width=w, height=h, tint=tint)  # type: ignore[arg-type]
            for rank, (id, (title, x, y, w, h, tint)) in enumerate(ZONES.items())
        ),
    )
    begun = START
    for rank, (id, title, minutes, nature, view) in enumerate(STEPS):
        spent = minutes + (2 if id == "lire" else 0)
        vote = RoundPlan(method="dots") if id == "voter" else None
        story.put(
            Block(
                id=id, title=title, rank=float(rank), minutes=minutes, nature=nature, view=view,  # type: ignore[arg-type]
                board="bateau" if rank in (1, 2, 3, 4) else "", notes="author" if id == "ecrire" else "everyone",
                instruction="Une idée par note. Partez de ce que vous avez vu ou vécu." if id == "ecrire" else "",
                round=vote, status="done", started_at=begun, left_at=begun + spent * MINUTE, spent=spent * MINUTE,
                revealed=id == "ecrire", revealed_at=START + 17 * MINUTE if id == "ecrire" else 0,
            )
        )  # fmt: skip
        begun += spent * MINUTE
    story.say(Set("session", "session", {"status": "open", "opened_at": START}))


def _enter(story: Story, block: str) -> None:
    story.say(Set("session", "session", {"block": block}))


def _people(story: Story) -> dict[str, str]:
    roles = {"facilitateur": "facilitator", "cofacilitateur": "cofacilitator", "salle": "room"}
    seats = {}
    for number, person in enumerate(SCENARIO["personnes"]):
        id = f"seat{number:02d}"
        seats[person["nom"]] = id
        role = roles.get(person.get("role", ""), "participant")
        story.put(
            Seat(id=id, name=person["nom"], role=role, site=person["site"], heads=person.get("tetes", 1), joined_at=story.at),  # type: ignore[arg-type]
            Profile(
                id=id, service=person.get("service", ""), department=person.get("departement", ""),
                manages=person.get("responsable", False),
            ),
        )  # fmt: skip
    story.put(Seat(id="wall", name="Projecteur", role="projector", heads=0))
    story.put(Occupant(id="occ1", seat=seats["Table Toulouse"], letter="A", name="Hélène"))
    return seats


def _writing(story: Story, seats: dict[str, str]) -> None:
    """Each note is written in secret, one by one, then all are revealed in one commit."""
    _enter(story, "ecrire")
    begun = next(block.started_at for block in story.state.all(Block) if block.id == "ecrire")
    ids = []
    counts: dict[str, int] = {}
    for number, note in enumerate(SCENARIO["notes"]):
        zone = ZONES[note["zone"]]
        place = counts[note["zone"]] = counts.get(note["zone"], -1) + 1
        columns = int((zone[3] - 32 + 8) // 178)
        id = hashlib.sha256(note["texte"].encode()).hexdigest()[:16]
        ids.append(id)
        story.put(
            Note(
                id=id, board="bateau", block="ecrire", text=note["texte"], zone=note["zone"], tint=zone[5],  # type: ignore[arg-type]
                x=zone[1] + 16 + 178 * (place % columns), y=zone[2] + 48 + 112 * (place // columns),
                rank=float(place), scope="author", at=begun,
            ),
            Authorship(id=id, seat=seats[note["de"]], occupant="occ1" if note["de"] == "Table Toulouse" else ""),
            after=7_000 + 13 * number,
        )  # fmt: skip
    story.put(Note(id="withdrawn", board="bateau", block="ecrire", text="RETIREE-PAR-SON-AUTEUR", zone="vent", scope="author"))
    story.say(Set("note", "withdrawn", {"withdrawn": True}))
    story.say(*(Set("note", id, {"scope": "everyone"}) for id in sorted(ids)), after=MINUTE)
    _enter(story, "lire")
    story.put(Note(id="aside", board="bateau", block="lire", text="MISE-DE-COTE", zone="vent", at=story.at))
    story.say(Set("note", "aside", {"aside": True}))
    story.put(Note(id="edited", board="bateau", block="lire", text="AVANT-CORRECTION de Maïwenn", zone="vent", at=story.at))
    story.say(Set("note", "edited", {"text": "Un accueil préparé à plusieurs", "edition": 2, "x": 420.0, "y": 200.0}))
    story.put(Note(id="gone", board="bateau", block="lire", text="VUE-PUIS-RETIREE", zone="vent", at=story.at))
    story.say(Set("note", "gone", {"withdrawn": True}))


def _clusters(story: Story) -> None:
    _enter(story, "regrouper")
    texts = {note.text: note.id for note in story.state.all(Note)}
    for rank, cluster in enumerate(SCENARIO["grappes"]):
        id = f"cluster{rank}"
        record = Cluster(id=id, board="bateau", title=cluster["titre"], zone="ancre", x=56 + 196 * rank, y=638, rank=float(rank))
        moves = (Set("note", texts[text], {"cluster": id, "rank": float(place)}) for place, text in enumerate(cluster["notes"]))
        story.say(Put(record), *moves)


def _vote(story: Story) -> None:
    _enter(story, "voter")
    titles = {cluster["titre"]: f"cluster{rank}" for rank, cluster in enumerate(SCENARIO["grappes"])}
    opened = START + 39 * MINUTE
    options = tuple(
        Option(id=id, title=title, count=sum(note.cluster == id for note in story.state.all(Note)))
        for title, id in titles.items()
    )
    story.put(Round(
        id="dots", block="voter", method="dots", question="Par quoi commencer dès la rentrée ?", target="clusters",
        options=options, status="open", opened_at=opened,
    ))  # fmt: skip
    papers: list[dict[str, int]] = []
    for given in SCENARIO["vote"]["bulletins"].values():
        papers.extend(given if isinstance(given, list) else [given])
    ballots = [OpenedBallot(marks={titles[name]: dots for name, dots in paper.items()}) for paper in papers]
    _counted(story, "dots", ballots)


def _counted(story: Story, id: str, ballots: list[OpenedBallot], **fields: Any) -> None:
    """The tally and the box of a round, as its closing leaves them, then shown."""
    box = BallotBox(id=id, ballots=tuple(sorted(ballots, key=tallies.sort_key)))
    asked = story.state.find(Round, id)
    assert asked
    count = tallies.recount(asked, box)
    story.put(
        Tally(
            id=id, rows=count.rows, ballots=count.ballots, abstentions=count.abstentions, heads=13, median=count.median,
            sites="withheld", scope="everyone", **fields,
        ),
        box,
    )  # fmt: skip
    story.say(Set("round", id, {"status": "shown", "closed_at": asked.opened_at + 5 * MINUTE}))


def _sheets(story: Story) -> None:
    _enter(story, "agir")
    for rank, action in enumerate(SCENARIO["actions"]):
        story.put(Sheet(
            id=f"action{rank}", type="action", what=action["quoi"], who=action["qui"], when=action["quand"],
            origin="cluster1", rank=float(rank), at=story.at,
        ))  # fmt: skip
    decided = "Chaque nouvel agent a un interlocuteur nommé avant son arrivée."
    story.put(Sheet(id="decision", type="decision", what=decided, who="Nadia"))
    story.put(Sheet(id="parked", type="parking", what="Le télétravail les premiers mois", rank=1.0))
    story.put(Sheet(id="dropped", type="action", what="ACTION-SUPPRIMEE", who="QUELQUUN"))
    story.say(Set("sheet", "dropped", {"removed": True}))


def _roti(story: Story) -> None:
    _enter(story, "bilan")
    opened = START + 75 * MINUTE
    levels = ("1", "2", "3", "4", "5")
    options = tuple(Option(id=f"level{level}", title=level) for level in levels)
    story.put(Round(
        id="roti", block="bilan", method="scale", question="Ce temps en valait-il la peine ?", target="question",
        options=options, comment=True, opened_at=opened,
    ))  # fmt: skip
    ballots = [OpenedBallot(marks={f"level{level}": 1}) for level, n in SCENARIO["roti"]["notes"].items() for _ in range(n)]
    _counted(story, "roti", ballots, comments=("Enfin des décisions.", "Un peu rapide sur la fin."))
