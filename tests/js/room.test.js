import assert from "node:assert/strict";
import { test } from "node:test";
import { echoOf } from "../../static/core/echoes.js";
import { createStore } from "../../static/core/store.js";
import { linesOf } from "../../static/views/people/composer.js";
import { immediately, view } from "./fakes.js";

const table = { id: "c", seat: "table", now: 0 };
const deposit = (head) => ({ name: "cast_ballot", body: { round: "r", head, marks: { a: 2 }, final: true } });

test("a ballot deposited while the network is away is counted as given, and nothing of what it holds is kept on the page", () => {
  const store = createStore(immediately);
  store.replace(view({ kind: "receipt", id: "r:table", round: "r", seat: "table", heads: [1] }));
  store.expect("one", echoOf(deposit(2), store, table));
  store.expect("two", echoOf(deposit(4), store, table));
  assert.deepEqual([...store.get("receipt", "r:table").heads], [1, 2, 4]);
  assert.equal(store.all("ballot").length, 0);
  store.drop("two");
  assert.deepEqual([...store.get("receipt", "r:table").heads], [1, 2]);
});

test("a table's first deposit makes its receipt", () => {
  const store = createStore(immediately);
  store.expect("one", echoOf(deposit(1), store, table));
  assert.deepEqual([...store.get("receipt", "r:table").heads], [1]);
});

test("lines copied from paper lose the bullets and numbers of a list, and empty ones", () => {
  assert.deepEqual(linesOf("- un\r\n\n  2. deux\n• trois\n 14) quatre\n2026 reste\n-sans espace\n— cinq  "), [
    "un", "deux", "trois", "quatre", "2026 reste", "-sans espace", "cinq",
  ]);
});
