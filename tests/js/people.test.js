/** What the participants' pages and the wall derive from records: pure functions, without a page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dotsLeft, levelTitle } from "../../static/views/ballot.js";
import { codePoints, zoneWords } from "../../static/views/people/moment.js";
import { ranked, scaleRows } from "../../static/views/result.js";
import { readTimer, timerWords } from "../../static/views/timer.js";

const MINUTE = 60000;
const timer = (fields) => ({ kind: "timer", id: "timer", block: "b", total: 10 * MINUTE, deadline: 0, remaining: 0, ...fields });
const round = (options, method = "dots") => ({ id: "r", method, options, budget: 3, cap: 2 });

test("a timer warns at 20 % and 5 %, and says so in words", () => {
  const at = (left) => readTimer(timer({ deadline: 1000 + left }), 1000);
  assert.equal(at(5 * MINUTE).level, "calm");
  assert.equal(at(2 * MINUTE).level, "soon");
  assert.equal(timerWords(at(2 * MINUTE)), "Encore 2 minutes");
  assert.equal(at(30000).level, "late");
  assert.equal(timerWords(at(30000)), "Encore 30 secondes");
  assert.equal(at(0).level, "over");
  assert.equal(timerWords(at(-5000)), "Temps écoulé\u00a0: finissez votre phrase");
});

test("a paused timer keeps what remains; no timer reads as nothing", () => {
  const paused = readTimer(timer({ remaining: 4 * MINUTE }), 99);
  assert.equal(paused.left, 4 * MINUTE);
  assert.equal(paused.running, false);
  assert.equal(Math.round(paused.elapsed * 10), 6);
  assert.equal(readTimer(undefined, 0), null);
});

test("choices of one rank are one place, tied only where a dot was placed", () => {
  const options = ["a", "b", "c", "d"].map((id) => ({ id, title: id.toUpperCase(), count: 1 }));
  const rows = [{ option: "a", points: 5, ballots: 3, rank: 1 }, { option: "b", points: 5, ballots: 4, rank: 1 },
    { option: "c", points: 0, ballots: 0, rank: 3 }, { option: "d", points: 0, ballots: 0, rank: 3 }];
  const places = ranked(round(options), rows);
  assert.deepEqual(places.map((place) => [place.rank, place.tied, place.rows.length]), [[1, true, 2], [3, false, 2]]);
  assert.equal(places[0].rows[1].title, "B");
});

test("a scale is read from its highest level", () => {
  const options = ["1. Peu", "2. Assez", "3. Beaucoup"].map((title, i) => ({ id: String(i + 1), title, count: 1 }));
  const tally = { rows: [{ option: "3", points: 4, ballots: 4, rank: 1 }] };
  assert.deepEqual(scaleRows(round(options, "scale"), tally).map((row) => [row.level, row.ballots]), [[3, 4], [2, 0], [1, 0]]);
  assert.equal(levelTitle(options[0].title), "Peu");
  assert.equal(dotsLeft(round(options), { 1: 2 }), 1);
});

test("a zone is named shortly, and what it is for comes after its colon", () => {
  assert.deepEqual(zoneWords("L’ancre\u00a0: ce qui freine"), { name: "Ancre", gloss: "ce qui freine" });
  assert.deepEqual(zoneWords("Les récifs : les risques"), { name: "Récifs", gloss: "les risques" });
  assert.deepEqual(zoneWords("Idées"), { name: "Idées", gloss: "" });
});

test("characters are counted as a person counts them, nearly", () => {
  assert.equal(codePoints("  été 😕 "), 5);
  assert.equal(codePoints("e\u0301"), 1);
});
