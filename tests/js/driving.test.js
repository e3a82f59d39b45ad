/** The one obvious next thing of the drive page, by state, and what it knows of groups: pure functions of records. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../static/core/store.js";
import { primaryOf } from "../../static/views/drive/primary.js";
import { siteShort } from "../../static/views/drive/seat.js";
import { desk, form, harvestFrom, isHarvested, unplaced } from "../../static/views/groups/moment.js";
import { originWords } from "../../static/views/origin.js";

const session = (fields) => ({ kind: "session", id: "session", title: "Essai", status: "open", block: "b2", rehearsal: false, ...fields });
const block = (id, rank, fields) => ({ kind: "block", id, rank, title: `Étape ${rank}`, view: "ecrire", board: "t", notes: "everyone", revealed: false,
  started_at: 1, round: null, groups: null, rights: {}, sheets: [], minutes: 10, ...fields });
const seat = (id, fields) => ({ kind: "seat", id, name: id.toUpperCase(), role: "participant", site: "m", heads: 1, removed: false, group: "", device: "", ...fields });
const partition = (fields) => ({ kind: "partition", id: "p", block: "b2", mode: "balanced", size: 4, mix: [], seed: "", status: "draft", shortfalls: [], started_at: 0, ended_at: 0, ...fields });
const group = (id, rank, fields) => ({ kind: "group", id, partition: "p", name: `Groupe ${rank}`, rank, board: `t-${id}`, scope: "everyone", ...fields });
const note = (id, board, fields) => ({ kind: "note", id, board, block: "b2", text: id, zone: "", cluster: "", rank: 1, at: 1, scope: "everyone", withdrawn: false, aside: false, origin: "", group: "", ...fields });
const boards = ["t", "t-g1", "t-g2"].map((id) => ({ kind: "board", id, title: id, group: id === "t" ? "" : id.slice(2), scope: "everyone", tints: {} }));

/** A page that knows these records. @param {any[]} records */
function page(...records) {
  const store = createStore((run) => run());
  store.patch({ put: [session({}), block("b1", 1), block("b2", 2), block("b3", 3), ...boards, seat("ana"), seat("bob"), seat("nadia", { role: "facilitator" }), ...records] });
  return /** @type {any} */ ({ id: "s", store, seat: { value: store.get("seat", "nadia") } });
}

const label = (live) => primaryOf({ live })?.label;

test("a step that plans groups asks to form them, to send everyone, to call everyone back, then goes on", () => {
  const plan = { groups: { mode: "balanced", size: 4, mix: ["service"], carry: false } };
  assert.equal(label(page(block("b2", 2, plan))), "Former les sous-groupes");
  assert.equal(label(page(block("b2", 2, plan), partition({}))), "Envoyer dans les sous-groupes");
  assert.equal(label(page(block("b2", 2, plan), partition({ status: "running" }))), "Ramener tout le monde en plénière");
  assert.equal(label(page(block("b2", 2, plan), partition({ status: "over" }))), "Étape suivante\u00a0: Étape 3");
});

test("who is in no group is counted before they are sent, once and by head", () => {
  const live = page(partition({}), group("g1", 1), { kind: "placement", id: "p:ana", partition: "p", seat: "ana", group: "g1" },
    seat("table", { role: "room", heads: 3 }), seat("moved", { device: "table", heads: 0 }), seat("watcher", { role: "observer" }));
  assert.deepEqual(unplaced(live.store, "p").map((one) => one.id), ["bob", "table"]);
  assert.equal(primaryOf({ live })?.aside, "4 personnes ne sont dans aucun sous-groupe");
});

test("a draft put away on this page is no longer the next thing", () => {
  const live = page(partition({}));
  desk(live).away.value = "p";
  assert.equal(label(live), "Étape suivante\u00a0: Étape 3");
});

test("the minutes typed are those of the groups; without any the step's own hold", () => {
  const live = page(partition({}));
  assert.deepEqual(primaryOf({ live })?.command?.body, { partition: "p" });
  desk(live).minutes.value = 7;
  assert.deepEqual(primaryOf({ live })?.command?.body, { partition: "p", seconds: 420 });
});

test("what is ticked is harvested into the first zone, or the one chosen, and not twice", () => {
  const zone = (id, rank) => ({ kind: "zone", id, board: "t", title: id, rank, x: 0, y: 0, width: 1, height: 1, tint: "", scope: "everyone" });
  const live = page(partition({ status: "over", ended_at: 5 }), group("g1", 1), group("g2", 2), zone("late", 2), zone("first", 1), note("n1", "t-g1"), note("n2", "t-g2"),
    note("n3", "t", { origin: "n2", group: "g2" }));
  assert.equal(harvestFrom(live)?.id, "p");
  assert.equal(isHarvested(live.store, live.store.get("note", "n1"), "t"), false);
  assert.equal(isHarvested(live.store, live.store.get("note", "n2"), "t"), true);
  desk(live).ticked.value = ["n1", "gone"];
  const step = primaryOf({ live });
  assert.equal(step?.label, "Récolter la note");
  assert.deepEqual(step?.command?.body, { notes: ["n1"], board: "t", zone: "first" });
  desk(live).zone.value = "late";
  assert.equal(primaryOf({ live })?.command?.body.zone, "late");
  assert.equal(originWords(live.store, live.store.get("note", "n3")), "venu du Groupe 2");
  assert.equal(originWords(live.store, live.store.get("note", "n1")), "");
});

test("notes that the next step carries into groups are not to be revealed first", () => {
  const secret = { notes: "author" };
  const carried = { groups: { mode: "balanced", size: 2, mix: [], carry: true } };
  const gauge = { type: "gauges", hidden: { z: 3 } };
  const apart = page(block("b2", 2, secret), block("b3", 3, carried));
  apart.store.gauges.value = gauge;
  assert.equal(label(apart), "Étape suivante\u00a0: Étape 3");
  const plain = page(block("b2", 2, secret));
  plain.store.gauges.value = gauge;
  assert.equal(label(plain), "Révéler les 3 notes");
});

test("whoever still types is said before a reveal, and asks once more", () => {
  const live = page(block("b2", 2, { notes: "author" }), { kind: "site", id: "m", name: "Montpellier, Hôtel de Grave", rank: 1 }, { kind: "site", id: "t", name: "Toulouse", rank: 2 });
  const with_ = (writing) => {
    live.store.gauges.value = { type: "gauges", hidden: { z: 2 }, writing };
    return primaryOf({ live })?.wait;
  };
  assert.equal(with_({ rooms: {}, people: 0 }), "");
  assert.equal(with_({ rooms: { t: 1 }, people: 0 }), "Toulouse saisit encore");
  assert.equal(with_({ rooms: { t: 1, m: 2 }, people: 0 }), "Toulouse et Montpellier saisissent encore");
  assert.equal(with_({ rooms: { t: 0 }, people: 2 }), "2 personnes saisissent encore");
  assert.equal(siteShort("Toulouse, rectorat"), "Toulouse");
});

test("joining former groups needs some: without any, people are drawn", () => {
  const merging = block("b2", 2, { groups: { mode: "merge", size: 4, mix: ["site"], carry: true } });
  assert.equal(form(page().store, merging).body.mode, "balanced");
  assert.equal(form(page(partition({ status: "over", started_at: 3 })).store, merging).body.mode, "merge");
  assert.deepEqual(form(page().store, block("b9", 9)).body, { block: "b9", mode: "balanced", size: 4, mix: ["service", "site"] });
});

test("an ended workshop is reread; a rehearsal is left", () => {
  assert.equal(label(page(session({ status: "ended" }))), "Relire le compte rendu");
  assert.equal(label(page(session({ status: "ended", rehearsal: true }))), "Terminer la répétition");
  assert.equal(label(page(session({ status: "closed" }))), "Voir l’archive");
});
