/**
 * What lies where on a board, from its records: loose notes and clusters with a rectangle each, in reading order.
 * Pure. Notes without a position (x or y below 0) get a free place in their zone; a single note that a group would cover
 * makes way for it, on screen only: its record keeps its place.
 *
 * Exports: layOut, noteRect, noteHeight.
 * @module
 */
import { NOTE, overlaps, roomFor, slots } from "./geometry.js";

/** @typedef {import("./geometry.js").Rect} Rect */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */
/** @typedef {import("../core/selectors.js").Area} Area */
/** @typedef {Rect & {id: string, note: Note, order: number}} NoteItem */
/** @typedef {Rect & {id: string, cluster: Cluster, notes: Note[], order: number}} ClusterItem */
/** @typedef {{notes: NoteItem[], clusters: ClusterItem[], reading: string[]}} Layout `reading`: note ids in reading order */

const CLUSTER_WIDTH = NOTE.width + 18;
const CLUSTER_HEAD = 44;

/** A guess good enough for culling and overviews; the screen measures for itself. @param {string} text @param {number} [most] */
export const noteHeight = (text, most = NOTE.height) => Math.min(most, 18 + 21.5 * text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 18)), 0));

/** @param {Note} note @returns {Rect} */
export const noteRect = (note) => ({ x: note.x, y: note.y, width: NOTE.width, height: noteHeight(note.text) });

/** @param {readonly Note[]} notes */
const clusterHeight = (notes) => CLUSTER_HEAD + notes.reduce((sum, note) => sum + noteHeight(note.text, NOTE.most) + 8, 0);

/** More single notes than this in a zone stay as they are: looking for room for each would be felt. */
const CROWDED = 150;

/** @param {Rect} home @param {ClusterItem[]} clusters @param {NoteItem[]} notes those with a place, in one zone */
function makeWay(home, clusters, notes) {
  /** @type {ClusterItem[]} */
  const standing = [];
  for (const item of clusters) {
    if (standing.some((other) => overlaps(item, other))) Object.assign(item, clusterRoom(home, standing, notes, item, item));
    standing.push(item);
  }
  if (clusters.length === 0 || notes.length > CROWDED) return;
  const covered = notes.filter((note) => clusters.some((cluster) => overlaps(note, cluster)));
  const taken = [...clusters, ...notes.filter((note) => !covered.includes(note))];
  for (const note of covered) {
    Object.assign(note, roomFor(home, taken.map(around), note, note) ?? {});
    taken.push(note);
  }
}

/**
 * Where a cluster can lie: beside everything, else beside other clusters (single notes then make way), else as wished.
 * @param {Rect} home @param {readonly Rect[]} clusters @param {readonly Rect[]} notes @param {{width: number, height: number}} size
 * @param {{x: number, y: number}} wish @returns {{x: number, y: number}}
 */
function clusterRoom(home, clusters, notes, size, wish) {
  const others = clusters.map(around);
  const { x, y } = roomFor(home, [...others, ...notes.map(around)], size, wish) ?? roomFor(home, others, size, wish) ?? wish;
  return { x, y };
}

/** @param {Rect} rect @returns {Rect} with the space kept around it */
const around = (rect) => ({ x: rect.x - NOTE.gap, y: rect.y - NOTE.gap, width: rect.width + 2 * NOTE.gap - 1, height: rect.height + 2 * NOTE.gap - 1 });

/**
 * @param {Area[]} areas from arrange()
 * @param {Rect} board used for what lies on the open board
 * @returns {Layout}
 */
export function layOut(areas, board) {
  /** @type {Layout} */
  const layout = { notes: [], clusters: [], reading: [] };
  let order = 0;
  for (const { zone, clusters, notes } of areas) {
    const home = zone ?? board;
    const boxes = clusters.map(({ cluster, notes: members }) => ({
      id: cluster.id, cluster, notes: members, order: order++, x: cluster.x, y: cluster.y, width: CLUSTER_WIDTH, height: clusterHeight(members),
    }));
    const cards = notes.map((note) => ({ id: note.id, note, order: order++, ...noteRect(note) }));
    layout.clusters.push(...boxes);
    layout.notes.push(...cards);
    layout.reading.push(...boxes.flatMap((box) => box.notes.map((note) => note.id)), ...notes.map((note) => note.id));
    makeWay(home, boxes.filter(placed), cards.filter(placed));
    const unplaced = [...boxes, ...cards].filter((item) => !placed(item));
    const places = slots(home, [...boxes, ...cards].filter(placed), unplaced.length, cards.filter(placed).length);
    unplaced.forEach((item, i) => Object.assign(item, places[i]));
  }
  return layout;
}

/** @param {Rect} item */
const placed = (item) => item.x >= 0 && item.y >= 0;
