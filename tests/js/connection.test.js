import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createClock } from "../../static/core/clock.js";
import { PING_EVERY, backoff, createConnection } from "../../static/core/connection.js";
import { SUBPROTOCOL } from "../../static/core/wire.js";
import { FakeSocket, fakePage, fakeTimers } from "./fakes.js";

beforeEach(() => void (FakeSocket.opened = []));

function connect({ random = () => 0.5 } = {}) {
  const timers = fakeTimers();
  const page = fakePage();
  const frames = [];
  let lives = 0;
  const connection = createConnection({
    url: "wss://lab.example/s/s1/live", clock: createClock(timers.now), language: "fr", timers, page, random,
    openSocket: (url, protocol) => new FakeSocket(url, protocol),
    onFrame: (frame) => frames.push(frame), onLive: () => lives++,
  });
  connection.start();
  return { connection, timers, page, frames, lives: () => lives, socket: () => FakeSocket.opened[FakeSocket.opened.length - 1] };
}

const OWN = { type: "welcome", part: "own", parts: ["everyone", "own"], records: [], seat: { kind: "seat", id: "me" }, now: 5, cursor: new Uint8Array([7, 7]) };

/** Opened, welcomed, live. */
function live(options) {
  const all = connect(options);
  all.socket().accept();
  all.socket().deliver({ type: "welcome", part: "everyone", records: [] });
  all.socket().deliver(OWN);
  return all;
}

test("says hello with our subprotocol and language, then asks for the time in whole milliseconds", () => {
  const { socket, connection } = connect();
  assert.equal(socket().protocol, SUBPROTOCOL);
  assert.equal(connection.state.value, "connecting");
  socket().accept();
  assert.deepEqual(socket().of("hello"), [{ type: "hello", language: "fr" }]);
  assert.ok(Number.isInteger(socket().of("ping")[0].at));
});

test("is live once the own part of the view is there, not before", () => {
  const { socket, connection, lives, frames } = connect();
  socket().accept();
  socket().deliver({ type: "welcome", part: "everyone", records: [] });
  assert.equal(connection.state.value, "connecting");
  socket().deliver({ type: "pong", at: 1, now: 2 });
  assert.equal(lives(), 0);
  assert.equal(connection.send({ type: "hint", about: "n", doing: "idle" }), false);
  socket().deliver(OWN);
  assert.equal(connection.state.value, "live");
  assert.equal(lives(), 1);
  assert.equal(frames.length, 2);
});

test("after a cut it comes back with the last cursor, and a pong says that the resume is whole", () => {
  const { socket, connection, timers, lives } = live();
  socket().deliver({ type: "patch", part: "everyone", put: [], set: [], remove: [], cursor: new Uint8Array([9]) });
  socket().cut();
  assert.equal(connection.state.value, "offline");
  timers.advance(600);
  assert.equal(FakeSocket.opened.length, 2);
  socket().accept();
  assert.deepEqual([...socket().of("hello")[0].cursor], [9]);
  socket().deliver({ type: "pong", at: 1, now: 2 });
  assert.equal(connection.state.value, "live");
  assert.equal(lives(), 2);
});

test("tries are spread by full jitter under a growing ceiling of 30 s", () => {
  assert.equal(backoff(0, () => 1), 1000);
  assert.equal(backoff(3, () => 1), 8000);
  assert.equal(backoff(12, () => 1), 30000);
  assert.equal(backoff(12, () => 0), 0);
});

test("after a restart announced by the server it comes back within 0.2 to 3 s", () => {
  for (const [random, least, most] of [[() => 0, 200, 200], [() => 1, 3000, 3000]]) {
    FakeSocket.opened = [];
    const { socket, timers } = live({ random });
    socket().cut(1012);
    timers.advance(least - 1);
    assert.equal(FakeSocket.opened.length, 1);
    timers.advance(most - least + 1);
    assert.equal(FakeSocket.opened.length, 2);
  }
});

test("pings every 15 s, and gives up on a socket silent for 30 s", () => {
  const { socket, timers, connection } = live();
  const before = socket().of("ping").length;
  timers.advance(PING_EVERY);
  assert.equal(socket().of("ping").length, before + 1);
  timers.advance(PING_EVERY);
  assert.equal(connection.state.value, "offline");
  assert.equal(socket().closedWith, 1000);
});

test("any frame is a sign of life", () => {
  const { socket, timers, connection } = live();
  for (let i = 0; i < 6; i++) {
    timers.advance(PING_EVERY - 1000);
    socket().deliver({ type: "gauges", people: {} });
  }
  assert.equal(connection.state.value, "live");
});

test("a final bye is not retried, and says why; the person may still try again", () => {
  const { socket, timers, connection } = live();
  socket().deliver({ type: "bye", code: "too_many", message: "Cette place est déjà ouverte." });
  socket().cut(4409);
  assert.equal(connection.state.value, "bye");
  assert.equal(connection.bye.value.message, "Cette place est déjà ouverte.");
  timers.advance(120_000);
  assert.equal(FakeSocket.opened.length, 1);
  connection.retryNow();
  assert.equal(FakeSocket.opened.length, 2);
  assert.equal(connection.bye.value, null);
});

test("a bye that is not final is followed by a new try", () => {
  const { socket, timers, connection } = live();
  socket().deliver({ type: "bye", code: "too_slow", message: "" });
  socket().cut(4408);
  assert.equal(connection.state.value, "offline");
  timers.advance(1000);
  assert.equal(FakeSocket.opened.length, 2);
});

test("the network's return cuts a long wait short", () => {
  const { timers, page } = live({ random: () => 1 });
  for (let i = 0; i < 5; i++) {
    FakeSocket.opened[FakeSocket.opened.length - 1].cut();
    if (i < 4) timers.advance(30_000);
  }
  const before = FakeSocket.opened.length;
  page.window.dispatchEvent(new Event("online"));
  timers.advance(300);
  assert.equal(FakeSocket.opened.length, before + 1);
});

test("a tab seen again asks for a sign of life, and reconnects when none comes in 4 s", () => {
  const { socket, timers, page, connection } = live();
  timers.advance(10_000);
  page.document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(connection.state.value, "live");
  timers.advance(4000);
  assert.equal(connection.state.value, "offline");
  assert.equal(socket().closedWith, 1000);
});

test("a fresh view in mid-connection makes everything waiting go again", () => {
  const { socket, lives } = live();
  socket().deliver({ type: "welcome", part: "everyone", records: [] });
  socket().deliver(OWN);
  assert.equal(lives(), 2);
});

test("a frame of an unknown kind is passed over; bytes that are no frame bring a fresh view", () => {
  const { socket, connection, timers, frames } = live();
  const before = frames.length;
  socket().deliver({ type: "surprise" });
  assert.equal(connection.state.value, "live");
  assert.equal(frames.length, before);
  socket().onmessage({ data: new Uint8Array([0xc1]).buffer });
  assert.equal(connection.state.value, "offline");
  timers.advance(1000);
  socket().accept();
  assert.equal("cursor" in socket().of("hello")[0], false);
});
