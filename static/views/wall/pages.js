/**
 * What the wall shows, and on how many pages: derived from the records alone, so that whoever drives counts the same pages.
 *
 * Exports: wallView, wallState, wallPages, pageAt, resultPages, scalePages, questionHeight, sheetPages, sheetsOf, roundOf, notePages, clusterRows, looseNotes.
 * @module
 */
import { byRank, currentBlock, running, session } from "../../core/selectors.js";
import { ranked, scaleRows } from "../result.js";
import { BOLD, LINE, ROOM, linesOf } from "./measure.js";
import { clusterPages, clusterRows, looseNotes, notePages } from "./reading.js";
import { roundOf, wallFocus, wallStore } from "./subject.js";

export { clusterRows, looseNotes, notePages, roundOf };

/** @typedef {import("../../core/store.js").Store} Store */
/** @typedef {import("../../core/types.js").View} View */
/** @typedef {import("../../core/types.js").Round} Round */
/** @typedef {import("../../core/types.js").Sheet} Sheet */
/** @typedef {import("../result.js").Place} Place */
/** @typedef {{decision: Sheet|null, actions: Sheet[]}} SheetPage */

/** @param {Store} store @returns {View} the state that the wall is in now */
export function wallView(store) {
  const state = session(store);
  const wall = store.get("wall", "wall");
  if (state?.status === "closing" || state?.status === "closed") return "fin";
  const focus = wallFocus(store);
  const asked = wall?.view || viewFor(store, focus);
  // A held wall keeps what was on it: it settles no further.
  if (asked) return wall?.held ? asked : exact(store, asked, focus);
  if (!state || state.status === "preparing") return "accueil";
  if (state.status !== "open") return "fin";
  return settled(store, currentBlock(store)?.view ?? "accueil");
}

/** @typedef {View|"groupes"} State everything that the wall can look like: the views of steps, and groups at work */

/** @param {Store} store @returns {State} */
export function wallState(store) {
  const focus = wallFocus(store);
  const view = wallView(store);
  if (focus?.kind === "group" && store.get("board", focus.record.board)?.scope !== "everyone") return "groupes";
  const apart = running(store);
  const wall = store.get("wall", "wall");
  const follows = focus === null ? !wall?.view : focus.kind === "block" && focus.record.id === apart?.block && view === focus.record.view;
  return apart && apart.block === session(store)?.block && session(store)?.status === "open" && follows ? "groupes" : view;
}

/** What a thing is looked at in. @param {Store} store @param {ReturnType<typeof wallFocus>} focus @returns {View|""} */
function viewFor(store, focus) {
  if (!focus) return "";
  if (focus.kind === "round") return focus.record.status === "shown" ? "resultat" : "voter";
  return focus.kind === "block" ? focus.record.view : "lire";
}

/** One note or one cluster is read, whatever the view asked for. @param {Store} store @param {View} view @param {ReturnType<typeof wallFocus>} focus */
function exact(store, view, focus) {
  if (focus?.kind === "note" || focus?.kind === "cluster") return "lire";
  return settled(store, view);
}

/** A step's view becomes the next one once what it waited for is there. @param {Store} store @param {View} view @returns {View} */
function settled(store, view) {
  const block = currentBlock(wallStore(store));
  if (view === "voter" && roundOf(store)?.status === "shown") return "resultat";
  if (view === "resultat" && roundOf(store)?.status !== "shown") return "voter";
  if (view === "ecrire" && block?.view === "ecrire" && block.notes === "author" && block.revealed) return "lire";
  return view;
}

/** @param {Store} store @param {import("../../core/types.js").SheetType} type */
export const sheetsOf = (store, type) => store.all("sheet").filter((sheet) => sheet.type === type && !sheet.removed).sort(byRank);

const ACTIONS = 3;
/** Room of an action beside a decision, of one alone, and of a decision beside actions or alone: width, lines. */
const BESIDE = { action: 500, decision: 430 };
const WHOLE = { action: 1010, decision: 1360 };
const TALL = Math.floor((ROOM.height - 90) / LINE);

/**
 * The newest first, so that what was just typed is in sight; within a page, in the order of the minutes.
 * @param {Store} store @returns {SheetPage[]} at least one
 */
export function sheetPages(store) {
  const decisions = sheetsOf(store, "decision");
  const width = decisions.length > 0 ? BESIDE.action : WHOLE.action;
  /** @type {SheetPage[]} */
  const alone = [];
  /** @type {Sheet[][]} */
  const lists = [];
  let left = 0;
  for (const action of sheetsOf(store, "action").reverse()) {
    const lines = Math.max(2, linesOf(action.what, width));
    if (lines > TALL) {
      alone.push({ decision: null, actions: [action] });
      left = 0;
      continue;
    }
    if (left < lines + 1 || lists[lists.length - 1]?.length === ACTIONS) {
      lists.push([]);
      left = TALL;
    }
    lists[lists.length - 1].unshift(action);
    left -= lines + 1;
  }
  const fits = (/** @type {Sheet} */ one) => lists.length === 0 || linesOf(one.what, BESIDE.decision, BOLD) <= TALL - 2;
  alone.push(...decisions.filter((one) => !fits(one)).map((decision) => ({ decision, actions: [] })));
  const short = decisions.filter(fits).reverse();
  // Where one column has fewer pages than the other, its last stays beside.
  const both = Array.from({ length: Math.max(short.length, lists.length) }, (_, i) => (
    { decision: short[Math.min(i, short.length - 1)] ?? null, actions: lists[Math.min(i, lists.length - 1)] ?? [] }));
  const age = (/** @type {SheetPage} */ page) => Math.max(page.decision?.at ?? 0, ...page.actions.map((one) => one.at));
  const pages = alone.length > 0 ? [...both, ...alone].sort((a, b) => age(b) - age(a)) : both;
  return pages.length > 0 ? pages : [{ decision: null, actions: [] }];
}

const BARS = 5;
const BAR = 66;
const QUESTION = 100;

/** Height of a result's question: what it takes in small letters, never less than a large line. @param {Round} round @returns {number} */
export const questionHeight = (round) => Math.max(QUESTION, Math.ceil(linesOf(round.question, ROOM.width, BOLD) * LINE + 8));

/** @param {Store} store @param {Round} round @returns {Place[][]} places by page, a tie never cut where it fits on one */
export function resultPages(store, round) {
  const tally = store.get("tally", round.id);
  if (!tally || round.method === "scale") return [[]];
  const height = (/** @type {{title: string}} */ row) => Math.max(1, linesOf(row.title, ROOM.width - 220, BOLD)) * LINE + BAR;
  const room = ROOM.height + QUESTION - questionHeight(round);
  /** @type {Place[][]} */
  const pages = [[]];
  let here = 0;
  let left = room;
  const turn = () => {
    if (here > 0) pages.push([]);
    [here, left] = [0, room];
  };
  for (const place of ranked(round, tally.rows)) {
    const whole = place.rows.reduce((sum, row) => sum + height(row), 0);
    if (place.rows.length > BARS - here || whole > left) turn();
    for (const row of place.rows) {
      if (here >= BARS || height(row) > left) turn();
      const page = pages[pages.length - 1];
      if (page[page.length - 1]?.rank === place.rank) page[page.length - 1].rows.push(row);
      else page.push({ ...place, rows: [row] });
      here += 1;
      left -= height(row);
    }
  }
  return pages;
}

const LEVEL = 430;

/** @param {Store} store @param {Round} round @returns {ReturnType<typeof scaleRows>[]} levels by page, the highest first */
export function scalePages(store, round) {
  const tally = store.get("tally", round.id);
  /** @type {ReturnType<typeof scaleRows>[]} */
  const pages = [[]];
  const room = ROOM.height + QUESTION - questionHeight(round);
  let left = room;
  for (const row of tally ? scaleRows(round, tally) : []) {
    const height = Math.max(80, linesOf(row.option.title, LEVEL) * LINE + 20);
    if (height > left) {
      pages.push([]);
      left = room;
    }
    pages[pages.length - 1].push(row);
    left -= height;
  }
  return pages;
}

/** @param {Store} store @param {View} view @returns {number} how many pages that view has, at least 1 */
export function wallPages(store, view) {
  const round = roundOf(store);
  if (view === "lire") return Math.max(1, notePages(store).length);
  if (view === "regrouper") return clusterPages(store).length;
  if (view === "resultat" && round) return (round.method === "scale" ? scalePages(store, round) : resultPages(store, round)).length;
  if (view === "actions") return sheetPages(store).length;
  return 1;
}

/** @param {Store} store @param {View} view @returns {number} the page that it was turned to, from 0, never beyond the last */
export const pageAt = (store, view) => Math.min(store.get("wall", "wall")?.page ?? 0, wallPages(store, view) - 1);

