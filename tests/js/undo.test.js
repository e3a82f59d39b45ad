import assert from "node:assert/strict";
import { test } from "node:test";
import * as ask from "../../static/core/commands.js";
import { createStore } from "../../static/core/store.js";
import { createUndo } from "../../static/core/undo.js";
import { authorship, cluster, immediately, note, settled, view } from "./fakes.js";

/** A desk whose server does as told: `apply` is what each command changes. */
function desk(apply) {
  const store = createStore(immediately);
  store.replace(view(note("a", { zone: "z1" }), note("b"), cluster("c"), note("m", { cluster: "c", rank: 4 })));
  const sent = [];
  const undo = createUndo({
    store,
    send(command) {
      sent.push(command);
      const changes = apply(command, store);
      if (changes) store.patch(changes);
      return { id: "", outcome: Promise.resolve({ done: changes !== null }) };
    },
  });
  return { store, sent, undo };
}

const setNote = (id, fields) => ({ set: [{ kind: "note", id, ...fields }] });

test("a move is undone to the very place, and redone", () => {
  const { sent, undo } = desk(({ body: { moves: [{ note: id, ...fields }] } }) => setNote(id, fields));
  undo.send(ask.moveNotes({ moves: [{ note: "a", zone: "z2", x: 50, y: 60 }] }));
  assert.equal(undo.undo(), "done");
  assert.deepEqual(sent[1], { name: "move_notes", body: { moves: [{ note: "a", zone: "z1", cluster: "", x: 10, y: 10, rank: 1 }] } });
  assert.equal(undo.redo(), "done");
  assert.deepEqual([sent[2].body.moves[0].x, sent[2].body.moves[0].zone], [50, "z2"]);
  assert.deepEqual(undo.depth.value, { undo: 1, redo: 0 });
});

test("what someone else touched since is left alone", () => {
  const { store, sent, undo } = desk(({ body }) => setNote(body.note, { text: body.text, edition: 2 }));
  undo.send(ask.editNote({ note: "a", text: "à moi", edition: 1 }));
  store.patch(setNote("a", { text: "à quelqu'un d'autre", edition: 3 }));
  assert.equal(undo.undo(), "changed");
  assert.equal(sent.length, 1);
});

test("an edit is undone against the edition that it made", () => {
  const { sent, undo } = desk(({ body }) => setNote(body.note, { text: body.text, edition: body.edition + 1 }));
  undo.send(ask.editNote({ note: "a", text: "mieux", edition: 1 }));
  undo.undo();
  assert.deepEqual(sent[1].body, { note: "a", text: "note a", edition: 2 });
});

test("a note added is taken back by undo, under the id that the server gave", async () => {
  const { sent, undo } = desk((command) => (command.name === "add_notes" ? { put: [note("n1", { text: "idée" }), authorship("n1")] } : {}));
  undo.send(ask.addNotes({ board: "b", notes: [{ text: " idée " }] }));
  await settled();
  assert.equal(undo.undo(), "done");
  assert.deepEqual(sent[1], { name: "withdraw_notes", body: { notes: ["n1"] } });
});

test("tints go back to what each note had", () => {
  const { store, sent, undo } = desk(() => ({}));
  store.patch(setNote("a", { tint: "rose" }));
  undo.send(ask.tintNotes({ notes: ["a", "b"], tint: "paille" }));
  store.patch({ set: [{ kind: "note", id: "a", tint: "paille" }, { kind: "note", id: "b", tint: "paille" }] });
  undo.undo();
  assert.deepEqual(sent.slice(1).map(({ body }) => body), [{ notes: ["a"], tint: "rose" }, { notes: ["b"], tint: "" }]);
});

test("a cluster undone is gathered anew, with its title", () => {
  const { sent, undo } = desk(() => ({}));
  undo.send(ask.dissolveCluster({ cluster: "c" }));
  undo.undo();
  assert.deepEqual(sent[1], { name: "gather_notes", body: { notes: ["m"], title: "Groupe c", x: 0, y: 0 } });
});

test("a refused act leaves nothing to undo", async () => {
  const { undo } = desk(() => null);
  undo.send(ask.withdrawNotes({ notes: ["a"] }));
  await settled();
  assert.deepEqual(undo.depth.value, { undo: 0, redo: 0 });
  assert.equal(undo.undo(), "nothing");
});
