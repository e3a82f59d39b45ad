/** How the wall cuts texts into pages: the same on every screen, nothing lost, nothing too long for its place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore } from "../../static/core/store.js";
import { linesOf, wrapped } from "../../static/views/wall/measure.js";
import { pageAt, resultPages, sheetPages, wallPages, wallState, wallView } from "../../static/views/wall/pages.js";
import { clusterPages, notePages, packed } from "../../static/views/wall/reading.js";
import { wallBoard, wallStore } from "../../static/views/wall/subject.js";

const note = (text, fields = {}) => ({ kind: "note", id: `n-${text.slice(0, 12)}`, board: "b", text, zone: "", cluster: "", rank: 0, scope: "everyone", withdrawn: false, aside: false, ...fields });
const counts = (notes) => packed(notes).map((page) => page.cards.length);
const many = (n, text) => Array.from({ length: n }, (_, i) => note(text, { id: `n${i}` }));

/** @param {any[]} records */
function store(...records) {
  const made = createStore();
  made.replace([{ part: "everyone", records }]);
  made.flush();
  return made;
}

const session = (fields = {}) => ({ kind: "session", id: "session", status: "open", block: "b2", title: "A", ...fields });
const block = (id, rank, view, fields = {}) => ({ kind: "block", id, rank, view, board: "b", notes: "everyone", revealed: false, title: id, ...fields });
const board = (id = "b", fields = {}) => ({ kind: "board", id, title: id, scope: "everyone", group: "", tints: {}, ...fields });
const zone = (id, rank, fields = {}) => ({ kind: "zone", id, board: "b", title: id, rank, tint: "", scope: "everyone", ...fields });
const wall = (fields = {}) => ({ kind: "wall", id: "wall", view: "", focus: "", page: 0, held: false, turning: 0, ...fields });

test("lines are reckoned by words, long words are cut, lines of one's own are kept", () => {
  assert.equal(linesOf("", 400), 1);
  assert.equal(linesOf("Une idée", 400), 1);
  assert.equal(linesOf("un\ndeux\ntrois", 400), 3);
  assert.ok(linesOf("anticonstitutionnellement".repeat(4), 400) >= 5);
  assert.ok(linesOf("😕".repeat(20), 400) > linesOf("i".repeat(20), 400));
  const text = "Le badge et l’ordinateur arrivent deux semaines après la personne 👩🏽‍💻👩🏽‍💻👩🏽‍💻";
  assert.equal(wrapped(text, 200).join(""), text);
  assert.ok(wrapped(text, 60).some((line) => line.includes("👩🏽‍💻")), "a person is never cut in two");
});

test("a page holds eight short notes, fewer longer ones, and the longest alone", () => {
  assert.deepEqual(counts(many(9, "court")), [8, 1]);
  assert.deepEqual(counts(many(7, "mot ".repeat(20))), [6, 1]);
  assert.deepEqual(packed([note("court"), note("l mot ".repeat(66)), note("court")]).map((page) => [page.cards.length, page.columns]), [[1, 1], [1, 1], [1, 1]]);
});

test("few notes share the page in fewer columns", () => {
  const columns = (n) => packed(many(n, "court"))[0].columns;
  assert.deepEqual([1, 2, 4, 5, 6, 7, 8].map(columns), [1, 2, 2, 3, 3, 4, 4]);
});

test("a note that no page can hold goes over several, whole", () => {
  for (const text of ["un\n".repeat(60).trim(), "M".repeat(500), "😕".repeat(250), "mot ".repeat(125).trim()]) {
    const cards = packed([note(text)]).flatMap((page) => page.cards);
    assert.equal(cards.map((card) => card.text).join("").replaceAll("\n", ""), text.replaceAll("\n", ""));
    assert.ok(cards.every((card) => linesOf(card.text, 1322) <= 13));
  }
});

test("every cluster has its place on a page, whatever their number and titles", () => {
  for (const n of [0, 1, 6, 7, 60]) {
    const clusters = Array.from({ length: n }, (_, i) => ({ kind: "cluster", id: `c${i}`, board: "b", zone: "", rank: i, scope: "everyone",
      title: i % 7 ? `Sujet ${i}` : "anticonstitutionnellement ".repeat(4) }));
    const notes = clusters.map((one, i) => note("x", { id: `n${i}`, cluster: one.id }));
    const pages = clusterPages(store(session(), block("b2", 2, "regrouper"), board(), ...clusters, ...notes));
    assert.equal(pages.flatMap((page) => page.columns.flat()).length, n);
    assert.ok(pages.length >= 1 && pages.every((page) => page.columns.length <= 2));
  }
});

test("the wall looks at exactly what it was turned to", () => {
  const base = [session(), block("b1", 1, "ecrire"), block("b2", 2, "lire"), board(), board("g", { group: "g1" }), zone("z1", 1), zone("z2", 2), zone("zg", 1, { board: "g" }),
    note("un", { zone: "z1" }), note("deux", { zone: "z2" }), note("trois", { zone: "z2", cluster: "c" }), note("à part", { board: "g", zone: "zg" }),
    { kind: "cluster", id: "c", board: "b", title: "Ensemble", zone: "z2", rank: 0, scope: "everyone" },
    { kind: "group", id: "g1", partition: "p", name: "Groupe 1", rank: 1, board: "g", scope: "everyone" }];
  const texts = (fields) => notePages(store(...base, wall(fields))).flatMap((page) => page.cards.map((card) => card.text));
  assert.deepEqual(texts({}), ["un", "trois", "deux"]);
  assert.deepEqual(texts({ focus: "z2" }), ["trois", "deux"]);
  assert.deepEqual(texts({ focus: "c" }), ["trois"]);
  assert.deepEqual(texts({ focus: "n-deux" }), ["deux"]);
  assert.deepEqual(texts({ focus: "g1" }), ["à part"]);
  assert.equal(notePages(store(...base, wall({ focus: "g1" })))[0].group, "Groupe 1");
  assert.equal(wallView(store(...base, wall({ focus: "c", view: "regrouper" }))), "lire");
  assert.equal(wallState(store(...base.map((one) => (one.id === "g" ? { ...one, scope: "group:g1" } : one)), wall({ focus: "g1" }))), "groupes");
  assert.equal(pageAt(store(...base, wall({ page: 99 })), "lire"), wallPages(store(...base), "lire") - 1);
});

test("a held wall stays in its step, with what it had settled on", () => {
  const base = [session(), block("b1", 1, "ecrire", { notes: "author", revealed: true, board: "b" }), block("b2", 2, "actions", { board: "" }), board()];
  const held = store(...base, wall({ held: true, view: "lire", focus: "b1" }));
  assert.equal(wallView(held), "lire");
  assert.equal(wallStore(held).get("session", "session")?.block, "b1");
  assert.equal(wallBoard(held)?.id, "b");
  assert.equal(wallView(store(...base)), "actions");
  assert.equal(wallView(store(...base, wall({ focus: "b1" }))), "lire");
  assert.equal(wallView(store({ ...base[0], status: "closed" }, wall({ held: true, view: "lire" }))), "fin");
});

test("people in groups see their groups, until the wall is turned elsewhere", () => {
  const base = [session(), block("b2", 2, "ecrire"), board(), { kind: "partition", id: "p", block: "b2", status: "running" }];
  assert.equal(wallState(store(...base)), "groupes");
  assert.equal(wallState(store(...base, wall({ view: "lire" }))), "lire");
  assert.equal(wallState(store(...base, wall({ held: true, view: "ecrire", focus: "b2" }))), "groupes");
  assert.equal(wallState(store(...base.slice(0, 3), { ...base[3], status: "over" })), "ecrire");
});

const sheet = (type, n, what = `${type} ${n}`) => ({ kind: "sheet", id: `${type}${n}`, type, what, who: "", when: "", origin: "", rank: n, at: n, removed: false });

test("the newest actions and decisions come first, in the order of the minutes within a page", () => {
  const ids = (...sheets) => sheetPages(store(...sheets)).map((page) => [page.decision?.id ?? "", ...page.actions.map((one) => one.id)].join(" "));
  assert.deepEqual(ids(), [""]);
  assert.deepEqual(ids(...[1, 2, 3, 4].map((n) => sheet("action", n))), [" action2 action3 action4", " action1"]);
  assert.deepEqual(ids(sheet("decision", 1), sheet("decision", 2), sheet("action", 3)), ["decision2 action3", "decision1 action3"]);
  assert.deepEqual(ids(sheet("decision", 1), sheet("action", 2, "mot ".repeat(120))), [" action2", "decision1"]);
  assert.deepEqual(ids(sheet("action", 1), sheet("decision", 2, "mot ".repeat(120))), ["decision2", " action1"]);
});

test("bars: five a page at most, a tie whole where it fits, long choices on pages of their own", () => {
  const round = (titles) => ({ kind: "round", id: "r", block: "b2", method: "dots", question: "Quoi ?", budget: 3, cap: 2, options: titles.map((title, i) => ({ id: `o${i}`, title, count: 1 })) });
  const pages = (titles, points) => {
    const ranks = points.map((one) => 1 + points.filter((other) => other > one).length);
    const tally = { kind: "tally", id: "r", rows: titles.map((_, i) => ({ option: `o${i}`, points: points[i], ballots: points[i], rank: ranks[i] })) };
    return resultPages(store(round(titles), tally), round(titles)).map((page) => page.reduce((sum, place) => sum + place.rows.length, 0));
  };
  assert.deepEqual(pages(["a", "b", "c", "d"], [4, 3, 2, 1]), [4]);
  assert.deepEqual(pages(["a", "b", "c", "d", "e", "f"], [9, 8, 7, 7, 7, 1]), [5, 1]);
  assert.deepEqual(pages(["a", "b", "c", "d", "e", "f", "g"], [9, 8, 7, 6, 5, 5, 5]), [4, 3]);
  assert.deepEqual(pages(["mot ".repeat(110), "b"], [2, 1]), [1, 1]);
  assert.equal(pages(Array.from({ length: 12 }, (_, i) => `x${i}`), Array(12).fill(1)).reduce((a, b) => a + b), 12);
});
