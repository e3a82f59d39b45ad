import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnnouncer } from "../../static/core/announcer.js";
import { createDrafts } from "../../static/core/drafts.js";
import { matches, may, mayEdit, tintsOf } from "../../static/core/selectors.js";
import { createStore } from "../../static/core/store.js";
import { FrameError, MAX_SENT, decodeFrame, encodeFrame, hex, newId, unhex } from "../../static/core/wire.js";
import { authorship, fakeStorage, fakeTimers, immediately, note, view } from "./fakes.js";

test("drafts outlive the page, one set per session and seat, and go after two weeks", () => {
  const storage = fakeStorage();
  const first = createDrafts("s1", () => "me", storage, () => 0);
  first.set("compose", "une idée");
  assert.equal(createDrafts("s1", () => "me", storage, () => 1000).get("compose"), "une idée");
  assert.equal(createDrafts("s1", () => "other", storage, () => 1000).get("compose"), "");
  assert.deepEqual(first.fields(), ["compose"]);
  first.set("compose", "");
  assert.equal(first.get("compose"), "");
  first.set("compose", "vieux");
  assert.equal(createDrafts("s1", () => "me", storage, () => 15 * 86_400_000).get("compose"), "");
});

test("drafts live in memory where storage is forbidden", () => {
  const drafts = createDrafts("s1", () => "me", null);
  drafts.set("compose", "texte");
  assert.equal(drafts.get("compose"), "texte");
});

test("what others do is said in batches, at most every 5 s; what I do at once", () => {
  const timers = fakeTimers();
  const announcer = createAnnouncer(timers, timers.now);
  announcer.count("new", (n) => `${n} nouvelles notes`, 2);
  announcer.count("moved", (n) => `${n} déplacée`);
  announcer.count("new", (n) => `${n} nouvelles notes`);
  timers.advance(400);
  assert.equal(announcer.line.value, "3 nouvelles notes, 1 déplacée");
  announcer.count("new", (n) => `${n} nouvelle note`);
  timers.advance(4000);
  assert.equal(announcer.line.value, "3 nouvelles notes, 1 déplacée");
  announcer.say("Note déplacée.");
  assert.equal(announcer.line.value, "Note déplacée.");
});

test("sentences are said in order, each long enough to be heard, the same one twice if it happened twice", () => {
  const timers = fakeTimers();
  const announcer = createAnnouncer(timers, timers.now);
  /** @type {string[]} */
  const heard = [];
  announcer.line.subscribe((line) => void (line && heard.push(line)));
  for (const sentence of ["Note posée.", "Nouvelle étape.", "Le vote est ouvert.", "Le vote est ouvert."]) announcer.say(sentence);
  assert.deepEqual(heard, ["Note posée."]);
  timers.advance(1300);
  assert.deepEqual(heard, ["Note posée.", "Nouvelle étape."]);
  timers.advance(10_000);
  assert.deepEqual(heard, ["Note posée.", "Nouvelle étape.", "Le vote est ouvert.", "Le vote est ouvert.\u00a0"]);
  announcer.say("Encore une minute.");
  assert.equal(heard.at(-1), "Encore une minute.");
});

test("a state that changes often is said once, as it is in the end", () => {
  const timers = fakeTimers();
  const announcer = createAnnouncer(timers, timers.now);
  announcer.count("wall", () => "au mur\u00a0: L’île");
  announcer.count("wall", () => "au mur\u00a0: Le vent");
  timers.advance(400);
  assert.equal(announcer.line.value, "Au mur\u00a0: Le vent");
});

/** A session in a block that grants participants these capabilities. */
function session(fields = {}, rights = { participant: ["add", "move"] }) {
  const store = createStore(immediately);
  store.replace(view(
    { kind: "session", id: "session", status: "open", block: "k", locked: false, ...fields },
    { kind: "block", id: "k", rank: 1, rights, board: "b" }, note("mine"), authorship("mine"), note("theirs"),
  ));
  return store;
}
const seat = (role) => ({ kind: "seat", id: "me", role, removed: false });

test("tools follow the block's rights; a room has those of participants; facilitators drive but do not vote", () => {
  const store = session();
  assert.ok(may(store, seat("participant"), "add"));
  assert.ok(!may(store, seat("participant"), "cluster"));
  assert.ok(may(store, seat("room"), "move"));
  assert.ok(!may(store, seat("observer"), "add"));
  assert.ok(may(store, seat("facilitator"), "cluster"));
  assert.ok(!may(store, seat("facilitator"), "vote"));
  assert.ok(!may(session({ locked: true }), seat("participant"), "add"));
  assert.ok(!may(session({ status: "closed" }), seat("facilitator"), "add"));
});

test("one's own note can be edited without the right to edit others'", () => {
  const store = session();
  assert.ok(mayEdit(store, seat("participant"), store.get("note", "mine")));
  assert.ok(!mayEdit(store, seat("participant"), store.get("note", "theirs")));
});

test("a filter forgets accents and capitals, and wants every word", () => {
  assert.ok(matches("À distance, on ne croise personne", "DISTANCE croisé"));
  assert.ok(!matches("PC pas prêt", "prêt bureau"));
});

test("only tints that mean something are offered", () => {
  assert.deepEqual(tintsOf({ tints: {} }), []);
  assert.deepEqual(tintsOf({ tints: { rose: "Question" } }), [{ tint: "rose", name: "rose", meaning: "Question" }]);
});

test("frames go to bytes and back; ids to hexadecimal and back", () => {
  const id = newId();
  const frame = { type: "refused", id, code: "busy", message: "é" };
  assert.deepEqual(decodeFrame(encodeFrame(frame)), frame);
  assert.deepEqual(unhex(hex(id)), id);
});

test("a frame too large is not sent, and what is no frame is not read", () => {
  const code = (wanted) => (problem) => problem instanceof FrameError && problem.code === wanted;
  assert.throws(() => encodeFrame({ type: "command", id: newId(), name: "x", body: { text: "x".repeat(MAX_SENT) } }), code("too_large"));
  assert.throws(() => decodeFrame(new Uint8Array([0xc1])), code("malformed"));
  assert.throws(() => decodeFrame(new Uint8Array([0x93, 1, 2, 3])), code("malformed"));
  assert.throws(() => decodeFrame(encodeFrame({ type: "surprise" })), code("unknown_type"));
});
