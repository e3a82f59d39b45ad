import assert from "node:assert/strict";
import { test } from "node:test";
import { addNotes, castBallot, editNote, moveNotes, withdrawNotes } from "../../static/core/commands.js";
import { createClock } from "../../static/core/clock.js";
import { createPending, textsOf } from "../../static/core/pending.js";
import { createStore } from "../../static/core/store.js";
import { FrameError, hex } from "../../static/core/wire.js";
import { fakeTimers, immediately, note, settled, view } from "./fakes.js";

function desk({ open = true } = {}) {
  const timers = fakeTimers();
  const store = createStore(immediately);
  store.replace(view(note("a"), note("b"), { kind: "session", id: "session", block: "k" }));
  const sent = [];
  const state = { open };
  const pending = createPending({
    store, clock: createClock(timers.now), seat: () => "me", random: () => 0, timers,
    write(frame) {
      if (state.refuses?.(frame)) throw new FrameError("too_large", "");
      if (state.open) sent.push(frame);
      return state.open;
    },
  });
  return { timers, store, sent, state, pending, ids: () => sent.map((frame) => hex(frame.id)) };
}

const move = (x) => moveNotes({ moves: [{ note: "a", x, y: 5 }] });

test("a command is sent and shown at once, and settles when done", async () => {
  const { store, sent, pending } = desk();
  const { id, outcome } = pending.send(move(300));
  assert.equal(sent.length, 1);
  assert.equal(store.get("note", "a").x, 300);
  assert.equal(pending.save.value.state, "saving");
  store.patch({ set: [{ kind: "note", id: "a", x: 300, y: 5 }] });
  pending.done([id]);
  assert.deepEqual(await outcome, { done: true });
  assert.equal(store.get("note", "a").x, 300);
  assert.deepEqual(pending.save.value, { state: "saved", count: 0 });
});

test("a refusal takes the guess back and offers the text, until it is dismissed", async () => {
  const { store, pending } = desk();
  const { id, outcome } = pending.send(editNote({ note: "a", text: "mon texte", edition: 1 }));
  assert.equal(store.get("note", "a").text, "mon texte");
  pending.refused(id, "time_over", "Le temps d’écriture est clos.");
  assert.equal(store.get("note", "a").text, "note a");
  assert.deepEqual((await outcome).code, "time_over");
  assert.deepEqual(textsOf(pending.refusals.value[0]), ["mon texte"]);
  pending.dismiss(id);
  assert.deepEqual(pending.refusals.value, []);
});

test("without a connection commands wait in order, and go with the same ids when it returns", () => {
  const { sent, state, pending, ids } = desk({ open: false });
  const wanted = [pending.send(move(1)).id, pending.send(move(2)).id, pending.send(withdrawNotes({ notes: ["b"] })).id];
  assert.equal(sent.length, 0);
  state.open = true;
  pending.resend();
  assert.deepEqual(ids(), wanted);
  pending.resend();
  assert.deepEqual(ids(), [...wanted, ...wanted]);
});

test("« in waiting » is said after 2 s, not before, and goes with the answer", () => {
  const { timers, pending } = desk();
  const { id } = pending.send(move(1));
  timers.advance(1900);
  assert.equal(pending.save.value.state, "saving");
  timers.advance(200);
  assert.deepEqual(pending.save.value, { state: "waiting", count: 1 });
  pending.done([id]);
  assert.equal(pending.save.value.state, "saved");
});

test("« not now » is no refusal: the command rests and goes again by itself", () => {
  const { timers, store, sent, pending } = desk();
  const { id } = pending.send(move(7));
  pending.refused(id, "busy", "");
  assert.equal(store.get("note", "a").x, 7);
  assert.equal(sent.length, 1);
  timers.advance(500);
  assert.equal(sent.length, 2);
  assert.deepEqual(pending.refusals.value, []);
});

test("no more than sixteen commands are under way at once; the rest follows the answers", () => {
  const { sent, pending, ids } = desk();
  for (let i = 0; i < 20; i++) pending.send(move(i + 1));
  assert.equal(sent.length, 16);
  pending.done(ids().slice(0, 3));
  assert.equal(sent.length, 19);
});

test("what an earlier page left is sent before what this one asks, and shown", async () => {
  const { store, pending, sent, timers } = desk();
  const removed = [];
  const left = [
    { id: "aa".repeat(16), name: "move_notes", body: { moves: [{ note: "b", x: 77, y: 1 }] }, at: timers.now() - 9000, tab: "dead" },
    { id: "bb".repeat(16), name: "add_notes", body: { board: "b", notes: [{ text: "gardé" }] }, at: timers.now() - 8000, tab: "dead", code: "time_over", message: "Clos." },
  ];
  await pending.adopt({ tab: "mine", put() {}, remove: (id) => removed.push(id), left: () => Promise.resolve(left) });
  assert.equal(store.get("note", "b").x, 77);
  assert.equal(hex(sent[0].id), left[0].id);
  assert.equal(pending.save.value.state, "waiting");
  assert.deepEqual(textsOf(pending.refusals.value[0]), ["gardé"]);
  pending.done([left[0].id]);
  assert.deepEqual(removed, [left[0].id]);
});

test("a new note shows under a provisional id until the server's takes its place", async () => {
  const { store, pending } = desk();
  const { id } = pending.send(addNotes({ board: "b", notes: [{ text: "neuve" }] }));
  const shown = store.all("note").find((one) => one.text === "neuve");
  assert.ok(shown.unsent && shown.id.startsWith("~"));
  assert.equal(store.get("authorship", shown.id).seat, "me");
  store.patch({ put: [note("n9", { text: "neuve" })] });
  pending.done([id]);
  await settled();
  assert.deepEqual(store.all("note").filter((one) => one.text === "neuve").map((one) => one.id), ["n9"]);
});

test("a ballot shows as cast, and a final one waits for the server", () => {
  const { store, pending } = desk();
  pending.send(castBallot({ round: "r", marks: { x: 2 } }));
  assert.deepEqual(store.get("ballot", "r:me:1").marks, { x: 2 });
  pending.send(castBallot({ round: "r", head: 2, marks: {}, final: true }));
  assert.equal(store.get("ballot", "r:me:2"), undefined);
});

test("what is too large to leave is refused here, keeps its text and does not block the rest", () => {
  const { store, pending, sent, state } = desk({ open: false });
  const long = pending.send(editNote({ note: "a", text: "trop long", edition: 1 }));
  pending.send(move(9));
  state.open = true;
  state.refuses = (frame) => frame.name === "edit_note";
  pending.resend();
  assert.deepEqual(sent.map((frame) => frame.name), ["move_notes"]);
  assert.equal(pending.refusals.value[0].id, long.id);
  assert.deepEqual(textsOf(pending.refusals.value[0]), ["trop long"]);
  assert.equal(store.get("note", "a").text, "note a");
});
