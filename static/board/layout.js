/**
 * What lies where on a board, from its records: loose notes and clusters with a rectangle each, in reading order.
 * Pure. Notes without a position (x or y below 0) get a free place in their zone.
 *
 * Exports: layOut, noteRect, noteHeight, clusterHeight, CLUSTER_WIDTH.
 * @module
 */
import { NOTE, slots } from "./geometry.js";

/** @typedef {import("./geometry.js").Rect} Rect */
/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */
/** @typedef {import("../core/selectors.js").Area} Area */
/** @typedef {Rect & {id: string, note: Note, order: number}} NoteItem */
/** @typedef {Rect & {id: string, cluster: Cluster, notes: Note[], order: number}} ClusterItem */
/** @typedef {{notes: NoteItem[], clusters: ClusterItem[], reading: string[]}} Layout `reading`: note ids in reading order */

export const CLUSTER_WIDTH = NOTE.width + 18;
const CLUSTER_HEAD = 44;

/** A guess good enough for culling and overviews; the screen measures for itself. @param {string} text @param {number} [most] */
export const noteHeight = (text, most = NOTE.height) => Math.min(most, 18 + 21.5 * text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 18)), 0));

/** @param {Note} note @returns {Rect} */
export const noteRect = (note) => ({ x: note.x, y: note.y, width: NOTE.width, height: noteHeight(note.text) });

/** @param {readonly Note[]} notes */
export const clusterHeight = (notes) => CLUSTER_HEAD + notes.reduce((sum, note) => sum + noteHeight(note.text, NOTE.most) + 8, 0);

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
    /** @type {Rect[]} */
    const taken = [];
    /** @type {(Rect & {id: string})[]} */
    const unplaced = [];
    for (const { cluster, notes: members } of clusters) {
      const item = { id: cluster.id, cluster, notes: members, order: order++, x: cluster.x, y: cluster.y, width: CLUSTER_WIDTH, height: clusterHeight(members) };
      layout.clusters.push(item);
      for (const note of members) layout.reading.push(note.id);
      if (cluster.x >= 0 && cluster.y >= 0) taken.push(item);
      else unplaced.push(item);
    }
    for (const note of notes) {
      const item = { id: note.id, note, order: order++, ...noteRect(note) };
      layout.notes.push(item);
      layout.reading.push(note.id);
      if (note.x >= 0 && note.y >= 0) taken.push(item);
      else unplaced.push(item);
    }
    const places = slots(home, taken, unplaced.length, notes.length - unplaced.length);
    unplaced.forEach((item, i) => Object.assign(item, places[i]));
  }
  return layout;
}
