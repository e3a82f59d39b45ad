/**
 * The report that the documents are made from, read again after each change that was saved: figures here and figures in
 * the minutes come from the same place.
 *
 * Exports: followReport(live, address) -> {facts: signal}, typedefs.
 * @module
 */
import { signal } from "../../vendor/ui.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{id: string, number: number, what: string, who: string, when: string, origin: string}} SheetPart */
/** @typedef {{id: string, title: string, nature: string, instruction: string, planned: number, actual: number|null, takeaway?: string}} Step */
/** @typedef {{id: string, text: string, meaning: string, block: string, group?: string}} NotePart */
/** @typedef {{id: string, title: string, notes: NotePart[]}} ClusterPart */
/** @typedef {{id: string, title: string, clusters: ClusterPart[], notes: NotePart[]}} ZonePart */
/** @typedef {{id: string, title: string, zones: ZonePart[]}} BoardPart */
/** @typedef {{option: string, title: string, points: number, rank: number, tied: boolean}} Line */
/** @typedef {{id: string, block: string, step: string, question: string, method: string, budget: number, cap: number, secret: boolean,
 *   heads: number, ballots: number, abstentions: number, placed: number, available: number, lines: Line[], median: number|null,
 *   comments: string[], sites: string, shown: boolean}} RoundPart */
/** @typedef {{code: string, count: number, ids: string[]}} Gap */
/** @typedef {{name: string, room: boolean, heads: number, shared: number, services: [string, number][]}} SitePart */
/** @typedef {{name: string, role: string, site: string, service: string, heads: number}} Person */
/** @typedef {{title: string, purpose: string, sites: SitePart[], heads: number, observing: number, people: Person[], steps: Step[],
 *   boards: BoardPart[], rounds: RoundPart[], decisions: SheetPart[], actions: SheetPart[], parking: SheetPart[], gaps: Gap[],
 *   actual: {working: number|null}}} Report */
/** @typedef {{lab: string, version: number, when: string, erased: string, leading: string[], report: Report}} Facts */

const REST = 300;
const KINDS = /** @type {const} */ (["session", "block", "sheet", "note", "cluster", "takeaway", "excused", "approval", "seat", "site", "tally", "round", "board"]);

/**
 * @param {Live} live @param {string} address
 * @returns {{facts: import("../../vendor/ui.js").Signal<Facts|null>, stop: () => void}} null until the first answer
 */
export function followReport(live, address) {
  /** @type {import("../../vendor/ui.js").Signal<Facts|null>} */
  const facts = signal(null);
  /** @type {any} */
  let timer = 0;
  let asked = 0;
  async function read() {
    const turn = ++asked;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok && turn === asked) facts.value = await answer.json();
    } catch {
      timer = setTimeout(read, 5000); // offline: what is on the page stays, and is read again
    }
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(read, REST);
  };
  const stops = KINDS.map((kind) => live.store.watch(kind, soon));
  void read();
  return {
    facts,
    stop() {
      clearTimeout(timer);
      stops.forEach((one) => one());
    },
  };
}
