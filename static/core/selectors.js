/**
 * What pages derive from records, in one place: the current block, who may do what now, a board in reading order.
 * Read inside a component or effect, they subscribe like store.get and store.all.
 *
 * Exports: session, currentBlock, blocks, running, myGroup, currentBoard, drives, may, isMine, mayEdit, mayMove, onBoard, byRank, zonesOf,
 *   arrange, hiddenByZone, matches, tintsOf, TINTS, ownNotes, openRound.
 * @module
 */
import { t } from "./i18n.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Note} Note */
/** @typedef {import("./types.js").Zone} Zone */
/** @typedef {import("./types.js").Cluster} Cluster */
/** @typedef {import("./types.js").Board} Board */
/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Tint} Tint */
/** @typedef {{cluster: Cluster, notes: Note[]}} Gathered */
/** @typedef {{zone: Zone|null, clusters: Gathered[], notes: Note[], count: number}} Area
 *   One zone in reading order: its clusters, then its loose notes. `zone` null: the open board. `count`: all notes in it. */

/** @param {Store} store */
export const session = (store) => store.get("session", "session");

/** @param {Store} store @returns {import("./types.js").Block|undefined} the block everyone is in */
export const currentBlock = (store) => store.get("block", session(store)?.block ?? "");

/** @param {Store} store the plan, in order */
export const blocks = (store) => [...store.all("block")].sort(byRank);

/** @param {Store} store @returns {import("./types.js").Partition|undefined} the groups at work now */
export const running = (store) => store.all("partition").find((partition) => partition.status === "running");

/** @param {Store} store @returns {import("./types.js").Group|undefined} the group that one works in, or has stepped into, now */
export function myGroup(store) {
  const group = store.get("group", store.get("seat", store.own.value)?.group ?? "");
  return group && group.partition === running(store)?.id ? group : undefined;
}

/**
 * @param {Store} store @returns {Board|undefined} the board of one's group at work; else the current block's, else the last
 * one that a block before it had
 */
export function currentBoard(store) {
  const apart = store.get("board", myGroup(store)?.board ?? "");
  if (apart) return apart;
  const current = currentBlock(store);
  if (current?.board) return store.get("board", current.board);
  const before = blocks(store).filter((block) => block.board && (!current || block.rank < current.rank)).pop();
  return store.get("board", before?.board ?? "") ?? store.all("board").find((board) => !board.group);
}

/** @param {Seat|null|undefined} seat whether it is a facilitator's or co-facilitator's */
export const drives = (seat) => Boolean(seat && !seat.removed && (seat.role === "facilitator" || seat.role === "cofacilitator"));

/**
 * A guess at what the server would allow, to leave out tools that cannot serve now; the server alone decides.
 * @param {Store} store @param {Seat|null|undefined} seat
 * @param {string} capability "drive", or as in Block.rights: "add" "edit" "move" "cluster" "vote" "sheet" "park"
 */
export function may(store, seat, capability) {
  if (!seat || seat.removed || seat.role === "projector") return false;
  const block = currentBlock(store);
  const given = block?.rights[seat.role] ?? (seat.role === "room" ? block?.rights.participant : undefined) ?? [];
  const state = session(store);
  if (drives(seat)) {
    if (state && !["preparing", "open", "ended"].includes(state.status)) return false;
    return capability !== "vote" || given.includes("vote");
  }
  return state?.status === "open" && !state.locked && given.includes(capability);
}

/** @param {Store} store @param {string} note id @param {string} seat id */
export function isMine(store, note, seat) {
  const authorship = store.get("authorship", note);
  return authorship !== undefined && seat !== "" && (authorship.seat === seat || authorship.typist === seat);
}

/** @param {Store} store @param {Seat|null|undefined} seat @param {Note} note */
export const mayEdit = (store, seat, note) => !note.unsent && (may(store, seat, "edit") || (ownTurn(store, seat) && isMine(store, note.id, seat?.id ?? "")));

/** @param {Store} store @param {Seat|null|undefined} seat @param {Note} note */
export const mayMove = (store, seat, note) => !note.unsent && (may(store, seat, "move") || (ownTurn(store, seat) && isMine(store, note.id, seat?.id ?? "")));

/** Whether a person may still touch what is their own. @param {Store} store @param {Seat|null|undefined} seat */
function ownTurn(store, seat) {
  const state = session(store);
  return drives(seat) || (state?.status === "open" && !state.locked);
}

/** @param {{rank: number, id: string}} a @param {{rank: number, id: string}} b */
export const byRank = (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Notes that lie on a board for this seat: neither withdrawn nor set aside. @param {Store} store @param {string} board id */
export const onBoard = (store, board) => store.all("note").filter((note) => note.board === board && !note.withdrawn && !note.aside);

/** @param {Store} store @param {string} board id @returns {Zone[]} in reading order */
export const zonesOf = (store, board) => store.all("zone").filter((zone) => zone.board === board).sort(byRank);

/** @param {Store} store @param {string} seat id @param {string} [board] id; every board without it @returns {Note[]} own notes, last written first */
export const ownNotes = (store, seat, board) =>
  store.all("note").filter((note) => (!board || note.board === board) && isMine(store, note.id, seat)).reverse();

/**
 * A board in reading order: zones, in each its clusters then its loose notes.
 * @param {Store} store @param {string} board id
 * @param {(note: Note) => boolean} [keep] a filter on notes; clusters with no note left are then left out
 * @returns {Area[]} every zone, even empty; then the open board if anything lies there
 */
export function arrange(store, board, keep) {
  const notes = onBoard(store, board).filter((note) => !keep || keep(note));
  const clusters = store.all("cluster").filter((cluster) => cluster.board === board);
  const known = new Set(clusters.map((cluster) => cluster.id));
  const zones = zonesOf(store, board);
  const placed = new Set(zones.map((zone) => zone.id));
  /** @type {Map<string, Note[]>} */
  const inCluster = new Map();
  /** @type {Map<string, Note[]>} */
  const loose = new Map();
  for (const note of notes) {
    const [into, key] = known.has(note.cluster) ? [inCluster, note.cluster] : [loose, placed.has(note.zone) ? note.zone : ""];
    const list = into.get(key);
    if (list) list.push(note);
    else into.set(key, [note]);
  }
  /** @param {Zone|null} zone @returns {Area} */
  const area = (zone) => {
    const here = clusters
      .filter((cluster) => (placed.has(cluster.zone) ? cluster.zone : "") === (zone?.id ?? ""))
      .sort(byRank)
      .map((cluster) => ({ cluster, notes: (inCluster.get(cluster.id) ?? []).sort(byRank) }))
      .filter((gathered) => !keep || gathered.notes.length > 0);
    const alone = (loose.get(zone?.id ?? "") ?? []).sort(byRank);
    return { zone, clusters: here, notes: alone, count: alone.length + here.reduce((sum, one) => sum + one.notes.length, 0) };
  };
  const areas = zones.map(area);
  const open = area(null);
  if (open.count > 0 || open.clusters.length > 0 || zones.length === 0) areas.push(open);
  return areas;
}

/**
 * Notes that wait for their reveal, by zone, as the facilitators' gauge last counted them: none once the step's notes are
 * shown, whatever the gauge said before.
 * @param {Store} store @returns {Record<string, number>}
 */
export function hiddenByZone(store) {
  const waits = store.all("block").some((block) => block.notes === "author" && block.started_at > 0 && !block.revealed);
  return waits ? store.gauges.value.hidden ?? {} : {};
}

/** @param {string} text @returns {string} as typed by someone in a hurry: no capitals, no accents */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {string} text @param {string} query @returns {boolean} whether every word asked for is there, accents and capitals aside */
export function matches(text, query) {
  const within = plain(text);
  return plain(query).split(/\s+/).every((word) => within.includes(word));
}

/** The six tints, with the names shown in menus and read aloud. @type {readonly Exclude<Tint, "">[]} */
export const TINTS = Object.freeze(["paille", "pastel", "tilleul", "rose", "lavande", "abricot"]);

/** @param {Board|undefined} board @returns {{tint: Tint, name: string, meaning: string}[]} tints offered there: those that mean something */
export const tintsOf = (board) =>
  TINTS.filter((tint) => board?.tints[tint]).map((tint) => ({ tint, name: t(tint), meaning: board?.tints[tint] ?? "" }));

/** @param {Store} store @param {string} [block] id @returns {import("./types.js").Round|undefined} the last round of a block, the current one by default */
export function openRound(store, block = session(store)?.block ?? "") {
  return store.all("round").filter((round) => round.block === block).sort((a, b) => a.opened_at - b.opened_at).pop();
}
