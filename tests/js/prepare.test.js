import assert from "node:assert/strict";
import { test } from "node:test";
import { share } from "../../static/views/drive/pace.js";
import { fill } from "../../static/views/prepare/fields.js";
import { splits } from "../../static/views/prepare/groups.js";
import { axesOn, clockOf, gapsOf, groupPlan, KINDS, lengthOf, linkFault, participants, revealedBy, scheduled, unsaid } from "../../static/views/prepare/plan.js";

/** @param {string} id @param {number} minutes @param {object} [more] */
const block = (id, minutes, more = {}) => ({ id, minutes, nature: "collaborative", view: "lire", board: "b", notes: "everyone", ...more });

test("each step starts when the one before ends, and the plan says when all is over", () => {
  const { slots, total } = scheduled([block("a", 7), block("b", 20), block("c", 10)]);
  assert.deepEqual(slots.map(({ from, to }) => [from, to]), [[0, 7], [7, 27], [27, 37]]);
  assert.equal(total, 37);
  assert.equal(clockOf("09:30", 27), "9\u00a0h\u00a057");
  assert.equal(clockOf("23:50", 15), "0\u00a0h\u00a005");
  assert.equal(clockOf("", 15), "");
});

test("lengths read as people say them", () => {
  assert.deepEqual([45, 60, 65, 150].map(lengthOf), ["45\u00a0min", "1\u00a0h", "1\u00a0h\u00a005", "2\u00a0h\u00a030"]);
});

test("pauses count in the length, not in the collaborative share", () => {
  const plan = [block("a", 30), block("b", 10, { nature: "pause" }), block("c", 30, { nature: "top-down" })];
  assert.equal(scheduled(plan).total, 70);
  assert.equal(share(plan), 0.5);
});

test("what is written in secret names the step that shows it, or warns that none does", () => {
  const write = block("w", 10, { view: "ecrire", notes: "author" });
  const other = block("x", 5, { view: "lire", board: "autre" });
  const read = block("r", 5);
  assert.equal(revealedBy(write, [read, write, other, read])?.id, "r");
  assert.equal(revealedBy(write, [read, write, other]), null);
  assert.equal(revealedBy({ ...write, notes: "everyone" }, [write]), undefined);
});

test("what is missing is listed, then who is expected", () => {
  const session = { date: "", start: "", purpose: "x" };
  assert.match(gapsOf(session, [block("a", 1)], []), /la date, l’heure de début et les sites/);
  assert.equal(gapsOf({ date: "2026-10-14", start: "09:30", purpose: "x" }, [block("a", 1)], [{}]), "");
  assert.equal(participants([{ room: true, heads: 6 }, { room: true, heads: 4 }, { room: false, heads: 9 }]), "10 personnes attendues en salle, 3 sites.");
});

test("a sentence keeps its punctuation with the control before it", () => {
  const parts = fill("Pendant {minutes}, on lit. {unknown}", { minutes: (after) => ({ after }) });
  assert.deepEqual(parts, ["Pendant ", { after: "," }, " on lit. ", "{unknown}", ""]);
});

test("every kind of step on offer is whole, and its wall text can be read", () => {
  for (const kind of KINDS()) {
    assert.ok(kind.title && kind.about && kind.minutes > 0, kind.title);
    assert.ok(!kind.more.round || kind.view === "voter", kind.title);
    if (kind.more.round) assert.ok(kind.more.round.cap <= kind.more.round.budget);
  }
});

test("what stays open is missing until it is said", () => {
  assert.deepEqual(unsaid({ stays_open: "", not_decided: "" }), ["ce qui reste ouvert", "ce qui n’est pas décidé d’avance"]);
  assert.deepEqual(unsaid({ stays_open: "Tout", not_decided: "Rien" }), []);
});

test("an axis is offered from its first day to its last", () => {
  const axes = [{ label: "a", from: "", until: "" }, { label: "b", from: "2026-01-01", until: "2026-12-31" }];
  const on = (/** @type {string} */ day) => axesOn(axes, day).map((axis) => axis.label);
  assert.deepEqual([on("2025-12-31"), on("2026-01-01"), on("2026-12-31"), on("2027-01-01")], [["a"], ["a", "b"], ["a", "b"], ["a"]]);
});

test("a video link is a whole https address, or none", () => {
  for (const right of ["", "https://visio.exemple.fr", "https://visio.exemple.fr:8443/a?b=c#d", "https://éducation.fr/x"]) assert.equal(linkFault(right), "", right);
  for (const wrong of ["visio.exemple.fr", "http://visio.exemple.fr", "https://", "https://visio", "https:// visio.fr", "https://a.fr /b", "javascript:alert(1)"]) assert.notEqual(linkFault(wrong), "", wrong);
});

test("working apart is offered where there is a board to copy", () => {
  assert.equal(splits(block("a", 5, { view: "ecrire", groups: null })), true);
  assert.equal(splits(block("a", 5, { view: "ecrire", board: "", groups: null })), false);
  assert.equal(splits(block("a", 5, { view: "actions", groups: null })), false);
  assert.equal(splits(block("a", 5, { view: "actions", groups: groupPlan("random") })), true);
  assert.deepEqual(groupPlan("balanced").mix, ["service", "site"]);
  assert.equal(groupPlan("merge").carry, true);
});
