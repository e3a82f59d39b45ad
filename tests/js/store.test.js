import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "../../static/vendor/ui.js";
import { createStore } from "../../static/core/store.js";
import { immediately, note, view } from "./fakes.js";

const filled = (...records) => {
  const store = createStore(immediately);
  store.replace(view(...records));
  return store;
};

test("a patch puts, sets and removes records, which are frozen", () => {
  const store = filled(note("a"), note("b"));
  store.patch({ put: [note("c")], set: [{ kind: "note", id: "a", text: "changed" }], remove: [["note", "b"]] });
  assert.equal(store.get("note", "a").text, "changed");
  assert.equal(store.get("note", "b"), undefined);
  assert.deepEqual(store.all("note").map((one) => one.id), ["a", "c"]);
  assert.ok(Object.isFrozen(store.get("note", "a")));
});

test("an expected effect shows over the confirmed record, and leaves no trace once dropped", () => {
  const store = filled(note("a"));
  store.expect("one", [{ set: { kind: "note", id: "a", x: 99 } }, { put: note("~new") }]);
  assert.equal(store.get("note", "a").x, 99);
  assert.equal(store.all("note").length, 2);
  assert.equal(store.confirmed("note", "a").x, 10);
  store.drop("one");
  assert.equal(store.get("note", "a").x, 10);
  assert.equal(store.get("note", "~new"), undefined);
});

test("effects are laid in the order of asking, each over the last", () => {
  const store = filled(note("a"));
  store.expect("one", [{ set: { kind: "note", id: "a", x: 1 } }]);
  store.expect("two", [{ set: { kind: "note", id: "a", x: 2, y: 2 } }]);
  assert.deepEqual([store.get("note", "a").x, store.get("note", "a").y], [2, 2]);
  store.drop("two");
  assert.deepEqual([store.get("note", "a").x, store.get("note", "a").y], [1, 10]);
});

test("what the server confirms shows through an effect on other fields", () => {
  const store = filled(note("a"));
  store.expect("one", [{ set: { kind: "note", id: "a", x: 5 } }]);
  store.patch({ set: [{ kind: "note", id: "a", text: "from elsewhere" }] });
  assert.equal(store.get("note", "a").text, "from elsewhere");
  assert.equal(store.get("note", "a").x, 5);
});

test("a fresh view replaces everything confirmed and keeps waiting effects", () => {
  const store = filled(note("a"), note("gone"));
  store.expect("one", [{ set: { kind: "note", id: "a", x: 5 } }]);
  store.replace(view(note("a", { text: "fresh" })));
  assert.equal(store.get("note", "gone"), undefined);
  assert.deepEqual([store.get("note", "a").text, store.get("note", "a").x], ["fresh", 5]);
});

test("a record held by two parts of the view leaves with the last of them", () => {
  const store = createStore(immediately);
  store.replace([{ part: "own", records: [note("a")] }]);
  store.patch({ part: "everyone", put: [note("a", { scope: "everyone" })] });
  store.patch({ part: "own", remove: [["note", "a"]] });
  assert.ok(store.get("note", "a"));
  store.patch({ part: "everyone", remove: [["note", "a"]] });
  assert.equal(store.get("note", "a"), undefined);
});

test("watchers hear the changed ids once per frame, and nothing when nothing changed", () => {
  const frames = [];
  const store = createStore((fn) => frames.push(fn));
  const heard = [];
  const stop = store.watch("note", (ids) => heard.push([...ids].sort()));
  store.replace(view(note("a"), note("b")));
  store.patch({ set: [{ kind: "note", id: "a", x: 3 }] });
  assert.equal(frames.length, 1);
  frames.shift()();
  assert.deepEqual(heard, [["a", "b"]]);
  store.expect("one", []);
  assert.equal(frames.length, 0);
  stop();
  store.patch({ remove: [["note", "a"]] });
  frames.shift()();
  assert.equal(heard.length, 1);
});

test("reads inside an effect subscribe to that kind only", () => {
  const store = filled(note("a"));
  let runs = 0;
  const stop = effect(() => {
    store.all("note");
    runs++;
  });
  store.patch({ put: [{ kind: "site", id: "m", name: "Montpellier", room: false, heads: 0, rank: 0 }] });
  assert.equal(runs, 1);
  store.patch({ put: [note("b")] });
  assert.equal(runs, 2);
  stop();
});
