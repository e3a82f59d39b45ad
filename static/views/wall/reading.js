/**
 * Notes and clusters cut into pages: at most eight notes, fewer where they are longer, the longest alone, and one that no
 * page can hold over several. Reckoned (measure.js), so that every screen has the same pages.
 *
 * Exports: notePages, packed, clusterPages, clusterRows, looseNotes.
 * @module
 */
import { arrange } from "../../core/selectors.js";
import { BOLD, LINE, ROOM, linesOf, wrapped } from "./measure.js";
import { groupShown, wallBoard, wallFocus } from "./subject.js";

/** @typedef {import("../../core/store.js").Store} Store */
/** @typedef {import("../../core/types.js").Note} Note */
/** @typedef {import("../../core/types.js").Cluster} Cluster */
/** @typedef {{id: string, text: string, note: Note}} Card a note, or as much of it as a page holds */
/** @typedef {{cards: Card[], columns: number, rows: number}} Sheet */
/** @typedef {Sheet & {title: string, group: string, count: number, part: number, parts: number, place: number, places: number}} NotePage
 *   `count` notes under this title over `parts` pages; `group`: the name of the group whose board it is */

/** Grids from the fullest, with the width and lines of a card on a 16:9 and on a 4:3 screen, and with two rows or one. */
const GRIDS = [
  { columns: 4, rows: 2, cards: [[384, 5], [290, 6]] },
  { columns: 3, rows: 2, cards: [[534, 5], [408, 6]] },
  { columns: 2, rows: 2, cards: [[834, 5], [634, 6]] },
  { columns: 2, rows: 1, cards: [[834, 11], [634, 13]] },
  { columns: 1, rows: 1, cards: [[1740, 11], [1322, 13]] },
];
const ALONE = GRIDS[GRIDS.length - 1];

/** @param {string} text @param {boolean} signed a name takes a line @param {typeof GRIDS[0]} grid */
const holds = (text, signed, grid) => grid.cards.every(([width, lines]) => linesOf(text, width) + Number(signed) <= lines);

/** @param {Note[]} notes @param {(note: Note) => boolean} signed @returns {Card[]} */
function cardsOf(notes, signed) {
  return notes.flatMap((note) => {
    if (holds(note.text, signed(note), ALONE)) return [{ id: note.id, text: note.text, note }];
    // Cut so that each part fits the wide screen's lines in the narrow one's width.
    const [[, most], [width]] = ALONE.cards;
    const lines = wrapped(note.text, width);
    const each = most - Number(signed(note));
    return Array.from({ length: Math.ceil(lines.length / each) }, (_, i) => (
      { id: `${note.id}.${i}`, text: joined(lines.slice(i * each, (i + 1) * each)), note }));
  });
}

/** Lines put together again: only where the text itself began a new one does the part. @param {string[]} lines */
const joined = (lines) => lines.join("").replace(/\n$/, "");

/** The first grid, from the fullest, that holds all of these. @param {Card[]} cards @param {(note: Note) => boolean} signed */
function gridFor(cards, signed) {
  return GRIDS.find((grid) => cards.length <= grid.columns * grid.rows && cards.every((card) => holds(card.text, signed(card.note), grid)));
}

/** Few notes are shown larger: nothing is kept for what is not there. @param {Card[]} cards @param {typeof GRIDS[0]} grid @returns {Sheet} */
function sheetOf(cards, grid) {
  const columns = Math.min(grid.columns, cards.length <= 1 ? 1 : cards.length <= 4 ? 2 : cards.length <= 6 ? 3 : 4);
  return { cards, columns, rows: Math.ceil(cards.length / columns) };
}

/**
 * @param {Note[]} notes @param {(note: Note) => boolean} [signed] whether a name stands under it
 * @returns {Sheet[]} in reading order
 */
export function packed(notes, signed = () => false) {
  /** @type {Sheet[]} */
  const pages = [];
  /** @type {Card[]} */
  let page = [];
  for (const card of cardsOf(notes, signed)) {
    if (page.length > 0 && !gridFor([...page, card], signed)) {
      pages.push(sheetOf(page, gridFor(page, signed) ?? ALONE));
      page = [];
    }
    page.push(card);
  }
  if (page.length > 0) pages.push(sheetOf(page, gridFor(page, signed) ?? ALONE));
  return pages;
}

/** @param {Note} note what everyone sees, on a board */
const seen = (note) => note.scope === "everyone" && !note.unsent;

/** @param {Store} store @returns {{title: string, notes: Note[]}[]} what is to be read, area by area: what the wall looks at, else all of the board */
function areasOf(store) {
  const board = wallBoard(store);
  if (!board) return [];
  const focus = wallFocus(store);
  const areas = arrange(store, board.id, seen);
  if (focus?.kind === "note") {
    const zone = areas.find((area) => area.zone?.id === focus.record.zone)?.zone;
    return seen(focus.record) ? [{ title: store.get("cluster", focus.record.cluster)?.title || zone?.title || "", notes: [focus.record] }] : [];
  }
  if (focus?.kind === "cluster") {
    return areas.flatMap((area) => area.clusters.filter((one) => one.cluster.id === focus.record.id)).map((one) => ({ title: one.cluster.title, notes: one.notes }));
  }
  const asked = focus?.kind === "zone" ? areas.filter((area) => area.zone?.id === focus.record.id) : areas;
  return asked.map((area) => ({ title: area.zone?.title ?? "", notes: [...area.clusters.flatMap((one) => one.notes), ...area.notes] }));
}

/** @param {Store} store @returns {NotePage[]} */
export function notePages(store) {
  const shown = areasOf(store).filter((area) => area.notes.length > 0);
  const group = groupShown(store)?.name ?? "";
  return shown.flatMap((area, place) => {
    const pages = packed(area.notes, (note) => note.group !== "" || store.get("authorship", note.id)?.scope === "everyone");
    return pages.map((page, part) => ({ ...area, ...page, group, count: area.notes.length, part: part + 1, parts: pages.length, place: place + 1, places: shown.length }));
  });
}

/** Clusters that show a note, in reading order; those of one zone where the wall looks at it. @param {Store} store */
export function clusterRows(store) {
  const board = wallBoard(store);
  const focus = wallFocus(store);
  const areas = board ? arrange(store, board.id, seen) : [];
  return (focus?.kind === "zone" ? areas.filter((area) => area.zone?.id === focus.record.id) : areas).flatMap((area) => area.clusters);
}

/** Notes that everyone sees and no cluster holds. @param {Store} store */
export function looseNotes(store) {
  const board = wallBoard(store);
  return board ? arrange(store, board.id, seen).flatMap((area) => area.notes) : [];
}

/** Up to so many clusters stand in one column, with a pile of notes beside each. */
const FEW = 6;
const FEW_WIDTH = 600;
const COLUMN = 350;
const GAP = 22;

/**
 * @param {Store} store
 * @returns {{columns: ReturnType<typeof clusterRows>[], many: boolean}[]} pages of one column (few) or two, beside the note last touched
 */
export function clusterPages(store) {
  const rows = clusterRows(store);
  const few = rows.reduce((sum, row) => sum + Math.max(1, linesOf(row.cluster.title, FEW_WIDTH, BOLD)) * LINE + GAP, 0);
  if (rows.length <= FEW && few <= ROOM.height) return [{ columns: [rows], many: false }];
  /** @type {ReturnType<typeof clusterRows>[]} */
  const columns = [];
  let left = 0;
  for (const row of rows) {
    const height = Math.max(1, linesOf(row.cluster.title, COLUMN, BOLD)) * LINE + GAP;
    if (columns.length === 0 || height > left) {
      columns.push([]);
      left = ROOM.height;
    }
    columns[columns.length - 1].push(row);
    left -= height;
  }
  return Array.from({ length: Math.ceil(columns.length / 2) }, (_, i) => ({ columns: columns.slice(i * 2, i * 2 + 2), many: true }));
}
