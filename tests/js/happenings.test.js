/** What a participant hears and reads of groups, of the wall and of other people's acts: sentences, in order, each once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { echoOf } from "../../static/core/echoes.js";
import { lasts } from "../../static/core/outbox.js";
import { createStore } from "../../static/core/store.js";
import { companions, memberWords, peopleWords } from "../../static/views/people/companions.js";
import { sentences, sightOf } from "../../static/views/people/happenings.js";
import { hasPractical, trustOf } from "../../static/views/people/moment.js";
import { wallWords } from "../../static/views/people/at_wall.js";
import { fakeStorage, immediately, note, view, zone } from "./fakes.js";

const seat = (id, fields = {}) => ({ kind: "seat", id, name: id, role: "participant", site: "m", heads: 1, group: "", device: "", removed: false, ...fields });
const block = (id, fields = {}) => ({ kind: "block", id, title: `Étape ${id}`, rank: 1, instruction: "", view: "ecrire", board: "b", notes: "author", revealed: false,
  rights: { participant: ["add"] }, round: null, started_at: 1, ...fields });
const board = (id, fields = {}) => ({ kind: "board", id, title: id, scope: "everyone", group: "", tints: {}, ...fields });

/** A workshop of two sites in its first step, seen by « me ». */
function workshop(...records) {
  const store = createStore(immediately);
  store.own.value = "me";
  store.replace(view(
    { kind: "session", id: "session", status: "open", block: "k", locked: false, timezone: "Europe/Paris" }, block("k"), board("b"),
    { kind: "site", id: "m", name: "Montpellier", rank: 1 }, { kind: "site", id: "t", name: "Toulouse, rectorat", rank: 2 }, seat("me"), ...records,
  ));
  return { store, seat: { get value() { return store.get("seat", "me"); }, peek: () => store.get("seat", "me") } };
}

const GROUP = [
  { kind: "partition", id: "p", block: "k", status: "running" },
  { kind: "group", id: "g", partition: "p", name: "Groupe 2", rank: 2, board: "bg", scope: "everyone" },
  board("bg", { group: "g", scope: "group:g", title: "Groupe 2" }),
  seat("me", { group: "g" }), seat("Zoé", { group: "g", site: "t" }), seat("Inès", { group: "g" }), seat("Hervé", { group: "g" }),
  seat("Claire", { group: "g", role: "facilitator" }), seat("Ailleurs", { group: "h" }),
];

/** What is said when these changes come. */
function said(live, change) {
  const before = sightOf(live);
  change(live.store);
  return sentences(live, before, sightOf(live));
}

test("a group is its members at work, in French order, with their place when it is another", () => {
  const live = workshop(...GROUP);
  assert.deepEqual(companions(live).members.map((one) => one.name), ["Hervé", "Inès", "Zoé"]);
  assert.deepEqual(companions(live).visitors.map((one) => one.name), ["Claire"]);
  assert.equal(peopleWords(live), "Hervé, Inès et Zoé (Toulouse)");
  assert.equal(memberWords(live, seat("Table", { role: "room", heads: 4, site: "t" })), "Table (4 personnes, Toulouse)");
});

test("once groups are over nobody is in one", () => {
  const live = workshop(...GROUP, { kind: "partition", id: "p", block: "k", status: "over" });
  assert.equal(companions(live).group, undefined);
  assert.deepEqual(companions(live).members, []);
});

test("starting, a visit, the recall and the next step are each said once, in this order", () => {
  const live = workshop();
  assert.deepEqual(said(live, (store) => store.patch({ put: GROUP.filter((one) => one.name !== "Claire") })),
    ["Travail en sous-groupe\u00a0: vous êtes dans le Groupe 2, avec Hervé, Inès et Zoé (Toulouse)."]);
  assert.deepEqual(said(live, (store) => store.patch({ put: GROUP.filter((one) => one.name === "Claire") })), ["Claire (animation) est avec vous."]);
  assert.deepEqual(said(live, (store) => store.patch({ set: [{ kind: "seat", id: "Zoé", name: "Zoé L." }] })), []);
  const recalled = said(live, (store) => store.patch({
    put: [block("l", { title: "Gommettes", instruction: "Trois gommettes." })],
    set: [{ kind: "partition", id: "p", status: "over" }, { kind: "session", id: "session", block: "l" }],
  }));
  assert.deepEqual(recalled, ["Retour en plénière.", "Nouvelle étape\u00a0: Gommettes. Trois gommettes."]);
});

test("a vote and its result, a suspension and an announcement", () => {
  const live = workshop();
  const round = { kind: "round", id: "r", block: "k", question: "Par quoi commencer\u202f?", status: "open", opened_at: 1 };
  assert.deepEqual(said(live, (store) => store.patch({ put: [round] })), ["Le vote est ouvert\u00a0: Par quoi commencer\u202f?"]);
  assert.deepEqual(said(live, (store) => store.patch({ set: [{ kind: "round", id: "r", status: "shown" }] })), ["Le résultat du vote est affiché."]);
  assert.deepEqual(said(live, (store) => store.patch({ set: [{ kind: "session", id: "session", locked: true }], put: [{ kind: "announcement", id: "announcement", text: "Café", at: 2 }] })),
    ["L’animation a suspendu la saisie.", "Annonce\u00a0: Café"]);
});

test("the wall is named where it shows more than the step", () => {
  const live = workshop(zone("île", { title: "L’île\u00a0: ce que nous visons" }), zone("vent", { title: "Le vent\u00a0: ce qui nous pousse", rank: 2 }),
    note("a", { zone: "île" }), note("b", { zone: "vent", text: "Un binôme s’est créé" }), note("secret", { zone: "vent", scope: "author" }));
  const turned = (fields) => {
    live.store.patch({ put: [{ kind: "wall", id: "wall", view: "", focus: "", page: 0, held: false, turning: 0, ...fields }] });
    return wallWords(live.store);
  };
  assert.equal(wallWords(live.store), "");
  assert.equal(turned({}), "");
  assert.equal(turned({ view: "lire" }), "L’île");
  assert.equal(turned({ view: "lire", page: 1 }), "Le vent");
  assert.equal(turned({ view: "lire", focus: "vent" }), "Le vent");
  assert.equal(turned({ view: "lire", focus: "b" }), "«\u00a0Un binôme s’est créé\u00a0»");
  assert.equal(turned({ view: "accueil" }), "le code pour entrer");
  live.store.patch({ set: [{ kind: "session", id: "session", status: "ended" }] });
  assert.equal(wallWords(live.store), "");
});

test("a note written in a group is expected where the server will put it: before the group, or hidden as the step says", () => {
  const live = workshop(...GROUP);
  const expected = (id) => echoOf({ name: "add_notes", body: { board: id, block: "k", notes: [{ text: "idée" }] } }, live.store, { id: "c", seat: "me", now: 0 })[0].put.scope;
  assert.equal(expected("bg"), "author");
  assert.match(trustOf(live.store.get("block", "k"), true).words, /^Personne d’autre/);
  live.store.patch({ set: [{ kind: "block", id: "k", notes: "everyone" }] });
  assert.equal(expected("bg"), "group:g");
  assert.equal(expected("b"), "everyone");
  assert.match(trustOf(live.store.get("block", "k"), true).words, /^Votre sous-groupe et l’animation voient ces notes/);
});

test("practical words are those of one’s own site, or of the video call", () => {
  assert.ok(!hasPractical(workshop({ kind: "practical", id: "t", room: "Salle 3", wifi: "", phone: "", video: "" })));
  assert.ok(hasPractical(workshop({ kind: "practical", id: "m", room: "", wifi: "invites", phone: "", video: "" })));
  assert.ok(hasPractical(workshop({ kind: "practical", id: "session", room: "", wifi: "", phone: "", video: "https://visio.example" })));
});

test("a device is ready only if it keeps what is written", async () => {
  assert.equal(await lasts(), false); // neither store here
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", { value: fakeStorage(), configurable: true });
  const opened = { result: { close() {} } };
  globalThis.indexedDB = { open: () => (setImmediate(() => opened.onsuccess()), opened) };
  assert.equal(await lasts(), true);
  delete globalThis.indexedDB;
  assert.equal(await lasts(), false);
  if (before) Object.defineProperty(globalThis, "localStorage", before);
  else delete globalThis.localStorage;
});
