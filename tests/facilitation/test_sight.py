"""Who sees what: one function of the record alone, and views that patches keep true."""

from __future__ import annotations

import msgpack
import msgspec
import pytest

from facilitation import commands as ask
from facilitation.records import (
    KINDS,
    Approval,
    Archive,
    Authorship,
    Ballot,
    BallotBox,
    Board,
    Cluster,
    Excused,
    Group,
    Note,
    Partition,
    Placement,
    Practical,
    Receipt,
    Record,
    Seat,
    Sheet,
    Takeaway,
    Tally,
    Wall,
    Zone,
    from_wire,
    kind_of,
    to_wire,
)
from facilitation.sight import audiences, parts, patches, seal_of, view
from facilitation.state import Put, Remove, Set, State, from_stored
from tests.facilitation.workshop import opened, prepared, voting, writing

EVERYONE, FACILITATORS, OF_GROUP = {"everyone"}, {"facilitators"}, {"facilitators", "group:g"}

ARCHIVE = Archive(
    id="v1", version=1, at=0, shared="", shared_size=0, shared_hash="", reserved="", reserved_size=0, reserved_hash=""
)
EXAMPLES: list[tuple[Record, set[str]]] = [
    (Note(id="n", board="b", block="k", text="t"), EVERYONE),
    (Note(id="n", board="b", block="k", text="t", scope="author"), {"hand:n"}),
    (Note(id="n", board="b", block="k", text="t", withdrawn=True), {"hand:n"}),
    (Note(id="n", board="b", block="k", text="t", aside=True), {"hand:n", "facilitators"}),
    (Note(id="n", board="b", block="k", text="t", aside=True, withdrawn=True), {"hand:n"}),
    (Authorship(id="n", seat="s", sealed=True), {"hand:n"}),
    (Authorship(id="n", seat="s", scope="everyone"), EVERYONE),
    (Seat(id="s", name="S", role="participant"), {"facilitators", "seat:s"}),
    (Seat(id="s", name="S", role="participant", scope="everyone"), EVERYONE),
    (Ballot(id="x", round="r", seat="s", head=1, marks={}), {"seat:s"}),
    (Ballot(id="x", round="r", seat="s", head=1, marks={}, final=True), set()),
    (Receipt(id="x", round="r", seat="s", heads=(1,)), {"seat:s"}),
    (Tally(id="r", rows=(), ballots=0, abstentions=0, heads=0), FACILITATORS),
    (Tally(id="r", rows=(), ballots=0, abstentions=0, heads=0, scope="everyone"), EVERYONE),
    (BallotBox(id="r", ballots=()), set()),
    (Sheet(id="h", type="action", what="w"), EVERYONE),
    (Sheet(id="h", type="action", what="w", removed=True), FACILITATORS),
    (ARCHIVE, FACILITATORS),
    (Wall(), EVERYONE),
    (Practical(id="session", wifi="w"), EVERYONE),
    (Takeaway(id="k", text="t"), FACILITATORS),
    (Excused(text="t"), FACILITATORS),
    (Approval(by="b", on="2026-11-05"), FACILITATORS),
    (Board(id="b", title="t"), EVERYONE),
    (Board(id="b", title="t", scope="group:g", group="g"), OF_GROUP),
    (Board(id="b", title="t", group="g"), EVERYONE),
    (Zone(id="z", board="b", title="t", rank=1, x=0, y=0, width=1, height=1, scope="group:g"), OF_GROUP),
    (Cluster(id="c", board="b", title="t", scope="group:g"), OF_GROUP),
    (Note(id="n", board="b", block="k", text="t", scope="group:g"), OF_GROUP),
    (Note(id="n", board="b", block="k", text="t", scope="group:g", aside=True), {"hand:n", "facilitators"}),
    (Note(id="n", board="b", block="k", text="t", scope="group:g", withdrawn=True), {"hand:n"}),
    (Authorship(id="n", seat="s", scope="group:g"), OF_GROUP),
    (Seat(id="s", name="S", role="participant", group="g"), {"seat:s", *OF_GROUP}),
    (Partition(id="p", block="k", mode="random", size=4), FACILITATORS),
    (Partition(id="p", block="k", mode="random", size=4, status="running"), EVERYONE),
    (Partition(id="p", block="k", mode="random", size=4, status="over"), EVERYONE),
    (Group(id="g", partition="p", name="n", rank=1), FACILITATORS),
    (Group(id="g", partition="p", name="n", rank=1, scope="everyone"), EVERYONE),
    (Placement(id="p:s", partition="p", seat="s", group="g"), FACILITATORS),
]

RESTRICTED = {
    "note", "authorship", "seat", "profile", "call", "occupant", "ballot", "receipt", "tally", "site_tally", "sheet", "script",
    "archive", "purge", "ballot_box", "takeaway", "excused", "approval", "partition", "group", "placement", "board", "zone",
    "cluster",
}  # fmt: skip
LAB = {"entry", "key_holder", "erasure", "axis"}  # of another log, which no audience is shown
PUBLIC = {"session", "site", "practical", "block", "round", "timer", "announcement", "wall"}


@pytest.mark.parametrize(("record", "seen_by"), EXAMPLES)
def test_V1_the_record_alone_says_who_sees_it(record: Record, seen_by: set[str]) -> None:
    assert audiences(record) == seen_by


def test_V1_every_kind_is_either_public_or_restricted_on_purpose() -> None:
    assert set(KINDS) - LAB == RESTRICTED | PUBLIC
    assert RESTRICTED.isdisjoint(PUBLIC)


def test_V1_what_is_public_holds_no_name_of_who_did_what() -> None:
    for kind in PUBLIC:
        fields = {field.name for field in msgspec.structs.fields(KINDS[kind])}
        assert fields.isdisjoint({"seat", "author", "typist", "occupant", "by", "actor"}), kind


def test_V2_before_the_reveal_a_note_reaches_its_author_and_typist_only() -> None:
    workshop = writing()
    workshop.write("claire", "canari")
    sent = workshop.sent[-1]
    assert set(sent) == {"seat:seat-claire"}
    assert [who for who in ("nadia", "etienne", "loic", "table", "guest", "wall") if "canari" in workshop.reads(who)] == []


def test_V3_a_reveal_is_a_put_for_who_now_sees_and_a_remove_from_the_author_s_own_part() -> None:
    workshop = writing()
    note = workshop.write("claire", "canari")[0]
    workshop.do("nadia", ask.RevealNotes(block=workshop.block("ecrire").id))
    sent = workshop.sent[-1]
    assert [change.record.id for change in sent["everyone"] if isinstance(change, Put)] == [note.id]
    assert sent["seat:seat-claire"] == [Remove("note", note.id)]


def test_V3_losing_sight_of_a_record_is_a_remove() -> None:
    workshop = opened("tableau-libre")
    note = workshop.write("claire", "canari")[0]
    workshop.do("nadia", ask.SetAside(notes=(note.id,), aside=True))
    sent = workshop.sent[-1]
    removed = {item for item in sent["everyone"] if isinstance(item, Remove)}
    assert {Remove("note", note.id), Remove("authorship", note.id)} <= removed
    assert [kind_of(item.record) for item in sent["facilitators"] if isinstance(item, Put)] == ["note"]


def test_V3_a_change_sends_only_the_fields_that_changed() -> None:
    workshop = opened("tableau-libre")
    note = workshop.write("claire", "canari")[0]
    workshop.do("claire", ask.EditNote(note=note.id, text="autre", edition=1))
    assert workshop.sent[-1]["everyone"] == [Set("note", note.id, {"text": "autre", "edition": 2})]


def test_V5_a_view_is_in_the_order_of_ids_not_of_arrival() -> None:
    workshop = writing()
    workshop.write("claire", *"abcdef")
    workshop.enter("lire")
    keys = list(view(workshop.state, "everyone"))
    assert keys == sorted(keys)
    puts = [item.record for item in workshop.sent[-1]["everyone"] if isinstance(item, Put)]
    revealed = [record.id for record in puts if isinstance(record, Note)]
    assert revealed == sorted(revealed)


def test_V6_ballots_receipts_and_hidden_authors_wait_in_a_seal() -> None:
    for record, _ in EXAMPLES:
        sealed = {"ballot": "round:r", "receipt": "round:r"}.get(kind_of(record), "")
        if isinstance(record, Authorship) and record.sealed:
            sealed = "authors"
        assert seal_of(record) == sealed


def test_V7_a_projector_sees_what_everyone_sees_and_nothing_of_its_own() -> None:
    workshop = voting()
    assert parts(workshop.seat("wall")) == ("everyone",)
    assert parts(workshop.seat("nadia")) == ("everyone", "facilitators", "seat:seat-nadia")
    assert parts(workshop.seat("claire")) == ("everyone", "seat:seat-claire")
    kinds = {kind for kind, _ in workshop.sees("wall")}
    assert kinds.isdisjoint({"seat", "profile", "script", "occupant", "call", "ballot", "receipt"})


def test_V7_turnout_never_travels_as_a_record() -> None:
    workshop = voting()
    workshop.open_round()
    workshop.cast("claire", {workshop.round.options[0].id: 1})
    assert set(workshop.sent[-1]) == {"seat:seat-claire"}


def test_V8_every_record_has_one_wire_form_and_comes_back_from_it() -> None:
    workshop = voting()
    for record in [*workshop.state.records(), *(record for record, _ in EXAMPLES)]:
        again = from_wire(msgpack.unpackb(msgpack.packb(to_wire(record))))
        assert again == record
    assert from_wire({"kind": "wall", "id": "wall", "of_a_later_version": 1}) == Wall()


def test_V8_a_damaged_log_is_said_to_be_damaged() -> None:
    for stored in (["fly", "note", "n"], ["set", "ghost", "n", {}], ["remove"]):
        with pytest.raises(ValueError, match="expected a put"):
            from_stored([stored])
    with pytest.raises(ValueError, match="known kind"):
        from_stored([["put", {"kind": "ghost", "id": "g"}]])
    with pytest.raises(LookupError):
        State().apply([Set("note", "n", {"text": "x"})])


def test_V8_a_state_is_never_altered_in_place() -> None:
    workshop = prepared()
    before, session = workshop.state, workshop.state.session
    after = before.apply([Set("session", "session", {"title": "Autre"}), Remove("site", workshop.site("Toulouse"))])
    assert before.session == session
    assert after != before
    assert set(patches(before, after, [Set("session", "session", {"title": "Autre"})])) == {"everyone"}
    assert (before == 1) is False
