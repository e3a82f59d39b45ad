/**
 * What the wall shows, and on how many pages: derived from the records alone, so that whoever drives counts the same
 * pages. A page holds at most eight notes; longer notes take more room, the longest a page of its own.
 *
 * Exports: wallView, wallPages, pageAt, notePages.
 * @module
 */
import { arrange, blocks, byRank, currentBlock, currentBoard, session } from "../../core/selectors.js";
import { ranked } from "../result.js";

/** @typedef {import("../../core/store.js").Store} Store */
/** @typedef {import("../../core/types.js").View} View */
/** @typedef {import("../../core/types.js").Note} Note */
/** @typedef {import("../../core/types.js").Round} Round */
/** @typedef {{title: string, zone: import("../../core/types.js").Zone|null, notes: Note[], count: number, part: number, parts: number,
 *   place: number, places: number, columns: number}} NotePage `count` notes under this title over `parts` pages; `columns` of the page's grid */

/** Longest note (in characters) that a page of so many columns and rows takes at a legible size, and how many it holds. */
const GRIDS = [
  { most: 76, holds: 8, columns: 4 },
  { most: 110, holds: 6, columns: 3 },
  { most: 170, holds: 4, columns: 2 },
  { most: Infinity, holds: 1, columns: 1 },
];
const BARS = 5;
const CLUSTERS = 14;
const ACTIONS = 3;

/** @param {Store} store @returns {View} the state that the wall is in now */
export function wallView(store) {
  const state = session(store);
  const wall = store.get("wall", "wall");
  if (wall?.view) return settled(store, wall.view);
  if (!state || state.status === "preparing") return "accueil";
  if (state.status !== "open") return "fin";
  return settled(store, currentBlock(store)?.view ?? "accueil");
}

/** A step's view becomes the next one once what it waited for is there. @param {Store} store @param {View} view @returns {View} */
function settled(store, view) {
  const block = currentBlock(store);
  if (view === "voter" && roundOf(store)?.status === "shown") return "resultat";
  if (view === "resultat" && roundOf(store)?.status !== "shown") return "voter";
  if (view === "ecrire" && block?.view === "ecrire" && block.notes === "author" && block.revealed) return "lire";
  return view;
}

/** The vote that the wall speaks of: the one asked for, the current step's, else the last one. @param {Store} store @returns {Round|undefined} */
export function roundOf(store) {
  const asked = store.get("round", store.get("wall", "wall")?.focus ?? "");
  if (asked) return asked;
  const rounds = [...store.all("round")].sort((a, b) => a.opened_at - b.opened_at);
  return rounds.filter((round) => round.block === currentBlock(store)?.id).pop() ?? (currentBlock(store)?.view === "resultat" ? rounds.pop() : undefined);
}

/** Room that a line or a name takes, in characters of a note's text. */
const LINE = 20;

/**
 * @param {Note[]} notes @param {(note: Note) => boolean} [signed] whether a name stands under it
 * @returns {{notes: Note[], columns: number}[]} in reading order
 */
export function packed(notes, signed = () => false) {
  /** @type {{notes: Note[], columns: number}[]} */
  const pages = [];
  /** @type {Note[]} */
  let page = [];
  let longest = 0;
  for (const note of notes) {
    const room = [...note.text].length + (note.text.split("\n").length - 1 + Number(signed(note))) * LINE;
    if (page.length > 0 && page.length + 1 > gridFor(Math.max(longest, room)).holds) {
      pages.push(pageOf(page, longest));
      page = [];
      longest = 0;
    }
    page.push(note);
    longest = Math.max(longest, room);
  }
  if (page.length > 0) pages.push(pageOf(page, longest));
  return pages;
}

/** Few notes are shown larger: nothing is kept for what is not there. @param {Note[]} notes @param {number} longest */
const pageOf = (notes, longest) => ({ notes, columns: Math.min(gridFor(longest).columns, notes.length === 1 ? 1 : notes.length <= 4 ? 2 : notes.length <= 6 ? 3 : 4) });

/** @param {number} length */
const gridFor = (length) => GRIDS.find((grid) => length <= grid.most) ?? GRIDS[GRIDS.length - 1];

/** @param {Store} store @returns {NotePage[]} the board read zone by zone, or the zone or cluster asked for alone */
export function notePages(store) {
  const board = currentBoard(store);
  if (!board) return [];
  const focus = store.get("wall", "wall")?.focus ?? "";
  const cluster = store.get("cluster", focus);
  const areas = arrange(store, board.id, (note) => note.scope === "everyone" && !note.unsent);
  const all = areas.map((area) => ({ title: area.zone?.title ?? "", zone: area.zone, notes: [...area.clusters.flatMap((one) => one.notes), ...area.notes] }))
    .filter((area) => area.notes.length > 0);
  const asked = cluster
    ? areas.flatMap((area) => area.clusters.filter((one) => one.cluster.id === focus).map((one) => ({ title: one.cluster.title, zone: area.zone, notes: one.notes })))
    : all.filter((area) => area.zone?.id === focus);
  const shown = asked.length > 0 ? asked : all;
  return shown.flatMap((area, place) => {
    const pages = packed(area.notes, (note) => store.get("authorship", note.id)?.scope === "everyone");
    return pages.map((page, part) => ({ ...area, ...page, count: area.notes.length, part: part + 1, parts: pages.length, place: place + 1, places: shown.length }));
  });
}

/** Clusters that show a note, in reading order. @param {Store} store */
export function clusterRows(store) {
  const board = currentBoard(store);
  return board ? arrange(store, board.id, (note) => note.scope === "everyone").flatMap((area) => area.clusters) : [];
}

/** Notes that everyone sees and no cluster holds. @param {Store} store */
export function looseNotes(store) {
  const board = currentBoard(store);
  return board ? arrange(store, board.id, (note) => note.scope === "everyone").flatMap((area) => area.notes) : [];
}

/** @param {Store} store @param {import("../../core/types.js").SheetType} type */
export const sheetsOf = (store, type) => store.all("sheet").filter((sheet) => sheet.type === type && !sheet.removed).sort(byRank);

/** @param {Store} store @param {Round} round @returns {ReturnType<typeof ranked>[]} places by page, a tie never cut where it fits on one */
export function resultPages(store, round) {
  const tally = store.get("tally", round.id);
  if (!tally || round.method === "scale") return [[]];
  /** @type {ReturnType<typeof ranked>[]} */
  const pages = [[]];
  let here = 0;
  for (const place of ranked(round, tally.rows)) {
    for (let i = 0; i < place.rows.length; i += BARS) {
      const part = { ...place, rows: place.rows.slice(i, i + BARS) };
      if (here > 0 && here + part.rows.length > BARS) {
        pages.push([]);
        here = 0;
      }
      pages[pages.length - 1].push(part);
      here += part.rows.length;
    }
  }
  return pages;
}

/** @param {Store} store @param {View} view @returns {number} how many pages that view has, at least 1 */
export function wallPages(store, view) {
  const round = roundOf(store);
  if (view === "lire") return Math.max(1, notePages(store).length);
  if (view === "regrouper") return Math.max(1, Math.ceil(clusterRows(store).length / CLUSTERS));
  if (view === "resultat") return round ? resultPages(store, round).length : 1;
  if (view === "actions") return Math.max(1, sheetsOf(store, "decision").length, Math.ceil(sheetsOf(store, "action").length / ACTIONS));
  return 1;
}

/** @param {Store} store @param {View} view @returns {number} the page shown, from 0, never beyond the last */
export const pageAt = (store, view) => Math.min(store.get("wall", "wall")?.page ?? 0, wallPages(store, view) - 1);

/** @param {Store} store @param {number} page @returns {import("../../core/types.js").Sheet[]} */
export const actionsAt = (store, page) => sheetsOf(store, "action").slice(page * ACTIONS, (page + 1) * ACTIONS);

/** @param {Store} store @param {number} page */
export const clustersAt = (store, page) => clusterRows(store).slice(page * CLUSTERS, (page + 1) * CLUSTERS);

/** @param {Store} store @returns {import("../../core/types.js").Block|undefined} the step after the current one */
export function nextBlock(store) {
  const plan = blocks(store);
  return plan[plan.findIndex((block) => block.id === currentBlock(store)?.id) + 1];
}
