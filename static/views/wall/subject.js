/**
 * What the wall speaks of: the step that it is in, the board that it reads, the vote, the group. It follows the workshop
 * unless it was held or turned to something; all of it stands in the `wall` record, so a reload changes nothing.
 *
 * Exports: wallStore, wallBoard, wallFocus, roundOf, groupShown.
 * @module
 */
import { blocks, currentBlock } from "../../core/selectors.js";

/** @typedef {import("../../core/store.js").Store} Store */
/** @typedef {import("../../core/types.js").Round} Round */
/** @typedef {import("../../core/types.js").Board} Board */

/** What can be looked at, in the order in which an id is tried. */
const SUBJECTS = /** @type {const} */ (["block", "zone", "cluster", "note", "round", "group", "board"]);

/** @param {Store} store @returns {{kind: typeof SUBJECTS[number], record: any}|null} what the wall was turned to */
export function wallFocus(store) {
  const id = store.get("wall", "wall")?.focus ?? "";
  if (id === "") return null;
  for (const kind of SUBJECTS) {
    const record = store.get(kind, id);
    if (record) return { kind, record };
  }
  return null;
}

/**
 * The records as the wall reads them: a wall held in a step still takes it for the current one.
 * @param {Store} store @returns {Store}
 */
export function wallStore(store) {
  const focus = wallFocus(store);
  const block = focus?.kind === "block" ? focus.record.id : focus?.kind === "round" ? focus.record.block : "";
  if (block === "" || !store.get("block", block)) return store;
  /** @type {any} */
  const get = (/** @type {any} */ kind, /** @type {string} */ id) => {
    const record = store.get(kind, id);
    return kind === "session" && record ? { ...record, block } : record;
  };
  return { ...store, get };
}

/** @param {Store} store @returns {import("../../core/types.js").Group|undefined} the group whose board is shown to everyone */
export function groupShown(store) {
  const board = wallBoard(store);
  return board?.group ? store.get("group", board.group) : undefined;
}

/** @param {Store} store @returns {Board|undefined} the board of what it looks at; else the step's, else that of a step before it */
export function wallBoard(store) {
  const focus = wallFocus(store);
  const asked = focus?.kind === "board" ? focus.record.id : focus?.record.board;
  const board = store.get("board", typeof asked === "string" ? asked : "");
  if (board && focus?.kind !== "block" && board.scope === "everyone") return board;
  const current = currentBlock(wallStore(store));
  if (current?.board) return store.get("board", current.board);
  const before = blocks(store).filter((block) => block.board && (!current || block.rank < current.rank)).pop();
  return store.get("board", before?.board ?? "") ?? store.all("board").find((one) => one.group === "");
}

/** The vote that the wall speaks of: the one asked for, the step's, else the last one. @param {Store} store @returns {Round|undefined} */
export function roundOf(store) {
  const focus = wallFocus(store);
  if (focus?.kind === "round") return focus.record;
  const block = currentBlock(wallStore(store));
  const rounds = [...store.all("round")].sort((a, b) => a.opened_at - b.opened_at);
  return rounds.filter((round) => round.block === block?.id).pop() ?? (block?.view === "resultat" ? rounds.pop() : undefined);
}
