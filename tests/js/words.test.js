import assert from "node:assert/strict";
import { test } from "node:test";
import { t, tn } from "../../static/core/i18n.js";
import { clockTime, countdown, listed, longDate, minutes, number, percent, shortDate, sorted, spoken } from "../../static/core/words.js";

test("times of day are written 10 h 05, in the session's time zone, with no-break spaces", () => {
  assert.equal(clockTime(Date.UTC(2026, 9, 14, 8, 5), "Europe/Paris"), "10\u00a0h\u00a005");
  assert.equal(clockTime(Date.UTC(2026, 9, 14, 22, 0), "Europe/Paris"), "0\u00a0h\u00a000");
});

test("a countdown rounds up, so that zero is really over", () => {
  assert.equal(countdown(462_000), "7:42");
  assert.equal(countdown(461_001), "7:42");
  assert.equal(countdown(1), "0:01");
  assert.equal(countdown(-5000), "0:00");
  assert.equal(countdown(3_905_000), "1:05:05");
});

test("lengths in words agree in number", () => {
  assert.equal(spoken(61_000), "1 minute 1 seconde");
  assert.equal(spoken(462_000), "7 minutes 42 secondes");
  assert.equal(spoken(0), "0 seconde");
  assert.equal(minutes(12), "12\u00a0min");
});

test("numbers and shares take French separators", () => {
  assert.equal(number(1234), "1\u202f234");
  assert.equal(percent(0.622), "62\u00a0%");
  assert.deepEqual([0.496, 0.7059, 0.29, 0.57, 1].map(percent), [49, 70, 29, 57, 100].map((n) => `${n}\u00a0%`));
});

test("lists are sorted as in a French dictionary, and joined by « et »", () => {
  assert.deepEqual(sorted(["Étape 10", "eau", "Zoé", "Étape 2", "élan"], (word) => word), ["eau", "élan", "Étape 2", "Étape 10", "Zoé"]);
  assert.equal(listed(["a", "b", "c"]), "a, b et c");
  assert.equal(listed(["a"]), "a");
});

test("dates do not shift with the device's time zone", () => {
  assert.equal(shortDate("2026-10-14"), "14 octobre");
  assert.equal(longDate("2026-10-14"), "mercredi 14 octobre 2026");
  assert.equal(shortDate("bientôt"), "bientôt");
});

test("sentences fill their places; zero and one are singular in French", () => {
  assert.equal(t("Teinte\u00a0: {meaning}.", { meaning: "idée {x}" }), "Teinte\u00a0: idée {x}.");
  assert.equal(tn("{n} note", "{n} notes", 0), "0 note");
  assert.equal(tn("{n} note", "{n} notes", 2), "2 notes");
});
