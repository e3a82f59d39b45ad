import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTE, ZOOM, bounds, fit, keepIn, neighbour, overlaps, seen, slots, toBoard, toScreen, zoneAt, zoomAt } from "../../static/board/geometry.js";
import { layOut } from "../../static/board/layout.js";
import { arrange } from "../../static/core/selectors.js";
import { createStore } from "../../static/core/store.js";
import { cluster, immediately, note, view as viewOf, zone } from "./fakes.js";

const BOARD = { x: 0, y: 0, width: 1600, height: 1157 };
const SCREEN = { width: 930, height: 674 };
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

test("a fit shows the whole board, centred, never larger than life", () => {
  const view = fit(BOARD, SCREEN);
  assert.ok(view.zoom < 0.6 && view.zoom > 0.5);
  const part = seen(view, SCREEN);
  assert.ok(part.x <= 0 && part.y <= 0 && part.x + part.width >= 1600 && part.y + part.height >= 1157);
  assert.equal(fit({ x: 0, y: 0, width: 100, height: 100 }, SCREEN).zoom, 1);
});

test("zooming keeps the point under the pointer, within bounds", () => {
  const view = { x: 100, y: 50, zoom: 0.7 };
  const at = { x: 333, y: 222 };
  const before = toBoard(view, at);
  for (const zoom of [0.2, 1.3, 50, 0.0001]) {
    const next = zoomAt(view, zoom, at);
    const after = toBoard(next, at);
    near(before.x, after.x);
    near(before.y, after.y);
    assert.ok(next.zoom >= ZOOM.least && next.zoom <= ZOOM.most);
  }
  const there = toScreen(view, before);
  near(there.x, at.x);
});

test("however far one pans, part of the board stays on screen", () => {
  for (const [x, y] of [[1e6, 1e6], [-1e6, -1e6], [0, 0]]) {
    const view = keepIn({ x, y, zoom: 1 }, BOARD, SCREEN);
    assert.ok(overlaps(seen(view, SCREEN), BOARD));
  }
});

test("notes without a place fill the free cells of their zone, then pile up aside", () => {
  const area = { x: 40, y: 590, width: 820, height: 450 };
  const places = slots(area, [{ x: 56, y: 638 }], 14);
  assert.deepEqual(places[0], { x: 56 + NOTE.width + NOTE.gap, y: 638 });
  const cells = new Set(places.map(({ x, y }) => `${x} ${y}`));
  assert.equal(cells.size, places.length);
  for (const { x, y } of places.slice(0, 11)) assert.ok(x + NOTE.width <= 860 && y + NOTE.height <= 1040);
});

test("arrows go to the nearest note in their direction", () => {
  const rect = (id, x, y) => ({ id, x, y, width: 170, height: 104 });
  const from = rect("here", 500, 500);
  const others = [rect("right", 700, 520), rect("far", 1400, 500), rect("below", 520, 700), rect("left", 100, 480)];
  assert.equal(neighbour(from, others, "right").id, "right");
  assert.equal(neighbour(from, others, "down").id, "below");
  assert.equal(neighbour(from, others, "left").id, "left");
  assert.equal(neighbour(from, others, "up")?.id ?? "none", "left");
});

test("the zone on top is the one under a point, and none is outside", () => {
  const zones = [zone("one"), zone("two", { x: 300 })];
  assert.equal(zoneAt(zones, { x: 350, y: 20 }).id, "two");
  assert.equal(zoneAt(zones, { x: 20, y: 20 }).id, "one");
  assert.equal(zoneAt(zones, { x: 2000, y: 20 }), undefined);
  assert.equal(bounds([]), null);
  assert.deepEqual(bounds([{ x: 1, y: 2, width: 3, height: 4 }, { x: 10, y: 0, width: 1, height: 1 }]), { x: 1, y: 0, width: 10, height: 6 });
});

test("a board is read zone by zone: its groups, then its single notes, in their order", () => {
  const store = createStore(immediately);
  store.replace(viewOf(
    zone("second", { rank: 2, x: 700 }), zone("first", { rank: 1 }),
    cluster("c", { zone: "first" }),
    note("loose", { zone: "first", rank: 1 }), note("in2", { zone: "first", cluster: "c", rank: 2 }), note("in1", { zone: "first", cluster: "c", rank: 1 }),
    note("other", { zone: "second" }), note("open", { zone: "" }), note("gone", { zone: "first", withdrawn: true }), note("elsewhere", { board: "x" }),
    note("unplaced", { zone: "second", rank: 5, x: -1, y: -1 }),
  ));
  const areas = arrange(store, "b");
  assert.deepEqual(areas.map((area) => [area.zone?.id ?? "", area.count]), [["first", 3], ["second", 2], ["", 1]]);
  const layout = layOut(areas, BOARD);
  assert.deepEqual(layout.reading, ["in1", "in2", "loose", "other", "unplaced", "open"]);
  const item = layout.notes.find((one) => one.id === "unplaced");
  assert.ok(item.x >= 700 && item.y >= 0);
  const filtered = arrange(store, "b", (one) => one.text === "note loose");
  assert.deepEqual(filtered.map((area) => [area.count, area.clusters.length]), [[1, 0], [0, 0]]);
});

test("single notes that a group would cover make way for it, and groups never cover each other", () => {
  const store = createStore(immediately);
  const texts = ["Le badge et l'ordinateur arrivent deux semaines après la personne", "Pas d'adresse de messagerie le premier jour", "PC pas prêt"];
  store.replace(viewOf(
    zone("z", { x: 40, y: 590, width: 820, height: 450 }),
    cluster("c1", { zone: "z", x: 56, y: 638, rank: 1 }), cluster("c2", { zone: "z", x: 100, y: 650, rank: 2 }),
    ...texts.map((text, i) => note(`a${i}`, { text, zone: "z", cluster: "c1", rank: i })), note("b0", { zone: "z", cluster: "c2" }),
    note("under", { zone: "z", x: 56, y: 750 }), note("aside", { zone: "z", x: 412, y: 638 }),
  ));
  const { notes, clusters } = layOut(arrange(store, "b"), BOARD);
  const at = (id) => [...notes, ...clusters].find((one) => one.id === id);
  assert.deepEqual([at("c1").x, at("c1").y], [56, 638]);
  assert.deepEqual([at("aside").x, at("aside").y], [412, 638]);
  const all = [...notes, ...clusters];
  for (const one of all) for (const other of all) if (one !== other) assert.ok(!overlaps(one, other), `${one.id} covers ${other.id}`);
  assert.equal(store.get("note", "under").y, 750);
});
