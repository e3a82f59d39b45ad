/**
 * Where the groups of a step are, derived from the records: to be formed, a draft, at work, or back with something to
 * harvest. With what one facilitator's page chooses meanwhile (notes ticked, minutes, a draft put away), shared by its parts.
 *
 * Exports: partitionOf, groupsStage, canForm, form, groupsOf, seatsIn, unplaced, notesOf, harvestFrom, isHarvested, harvestCommand, desk, goIn, comeBack, visitors.
 * @module
 */
import { drawGroups, harvest, stepIn } from "../../core/driving.js";
import { t } from "../../core/i18n.js";
import { byRank, currentBlock, currentBoard, drives, myGroup, onBoard, running, session } from "../../core/selectors.js";
import { sorted } from "../../core/words.js";
import { signal } from "../../vendor/ui.js";
import { followRow } from "../drive/follow.js";
import { groupWords } from "../people/companions.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/store.js").Store} Store */
/** @typedef {import("../../core/types.js").Partition} Partition */
/** @typedef {import("../../core/types.js").Group} Group */
/** @typedef {import("../../core/types.js").Seat} Seat */
/** @typedef {import("../../core/types.js").Note} Note */
/** @typedef {import("../../core/types.js").GroupPlan} GroupPlan */
/** @typedef {{ticked: import("../../vendor/ui.js").Signal<string[]>, zone: import("../../vendor/ui.js").Signal<string|null>,
 *   minutes: import("../../vendor/ui.js").Signal<number>, away: import("../../vendor/ui.js").Signal<string>, moved: import("../../vendor/ui.js").Signal<string>}} Desk
 *   `ticked`: notes to harvest; `zone`: where, null until chosen; `minutes`: 0 = the step's own; `away`: the draft put away here;
 *   `moved`: the draft in which somebody was moved by hand */
/** @typedef {"none"|"draft"|"running"|"over"} Stage */

/** @type {WeakMap<Live, Desk>} */
const desks = new WeakMap();

/** @param {Live} live @returns {Desk} */
export function desk(live) {
  let found = desks.get(live);
  if (!found) desks.set(live, (found = { ticked: signal([]), zone: signal(null), minutes: signal(0), away: signal(""), moved: signal("") }));
  return found;
}

/** The groups that a step has now: at work, else its draft, else the last ones back. @param {Store} store @param {string} [block] id */
export function partitionOf(store, block = session(store)?.block ?? "") {
  const all = store.all("partition").filter((one) => one.block === block);
  return all.find((one) => one.status === "running") ?? all.find((one) => one.status === "draft") ?? all.sort((a, b) => a.ended_at - b.ended_at).pop();
}

/** @param {Live} live @returns {{stage: Stage, partition: Partition|undefined}} a draft put away on this page counts as none */
export function groupsStage(live) {
  const partition = running(live.store) ?? partitionOf(live.store);
  if (!partition || session(live.store)?.status !== "open") return { stage: "none", partition: undefined };
  if (partition.status === "draft" && desk(live).away.value === partition.id) return { stage: "none", partition: undefined };
  return { stage: partition.status, partition };
}

/** Views that are about everyone at once. */
const TOGETHER = ["voter", "resultat"];

/** Whether groups may be formed now, planned or not. @param {Live} live */
export const canForm = (live) => session(live.store)?.status === "open" && !TOGETHER.includes(currentBlock(live.store)?.view ?? TOGETHER[0]) && !running(live.store);

/** What is drawn where the step plans nothing. @type {GroupPlan} */
const USUAL = { mode: "balanced", size: 4, mix: ["service", "site"], carry: false };

/**
 * The command that draws a step's first draft. Where former groups should be joined and none has worked, people are drawn instead.
 * @param {Store} store @param {import("../../core/types.js").Block} block
 */
export function form(store, block) {
  const { mode, size, mix } = block.groups ?? USUAL;
  const worked = store.all("partition").some((one) => one.started_at > 0);
  return drawGroups({ block: block.id, mode: mode === "merge" && !worked ? "balanced" : mode, size, mix });
}

/** @param {Store} store @param {string} partition id @returns {Group[]} in order */
export const groupsOf = (store, partition) => store.all("group").filter((group) => group.partition === partition).sort(byRank);

/** @param {Store} store @param {string} partition id @param {string} group id @returns {Seat[]} by name */
export function seatsIn(store, partition, group) {
  const seats = store.all("placement").filter((one) => one.partition === partition && one.group === group).flatMap((one) => store.get("seat", one.seat) ?? []);
  return sorted(seats.filter((seat) => !seat.removed), (seat) => seat.name);
}

/** Who could work in a group and is in none. @param {Store} store @param {string} partition id @returns {Seat[]} */
export function unplaced(store, partition) {
  const placed = new Set(store.all("placement").filter((one) => one.partition === partition && one.group).map((one) => one.seat));
  return sorted(store.all("seat").filter((seat) => !seat.removed && !seat.device && ["participant", "room"].includes(seat.role) && !placed.has(seat.id)), (seat) => seat.name);
}

/** What lies on a group's board, last written last. @param {Store} store @param {Group} group @returns {Note[]} */
export const notesOf = (store, group) => (group.board ? [...onBoard(store, group.board)].sort((a, b) => a.at - b.at || byRank(a, b)) : []);

/**
 * The groups that are back with notes to choose from: the last ones that worked, up to the current step.
 * @param {Live} live @returns {Partition|undefined}
 */
export function harvestFrom(live) {
  const { store } = live;
  const here = currentBlock(store)?.rank ?? Infinity;
  return store.all("partition")
    .filter((one) => one.status === "over" && (store.get("block", one.block)?.rank ?? 0) <= here && groupsOf(store, one.id).some((group) => notesOf(store, group).length > 0))
    .sort((a, b) => a.ended_at - b.ended_at).pop();
}

/** @param {Store} store @param {Note} note @param {string} board id @returns {boolean} whether it was carried there already */
export const isHarvested = (store, note, board) => store.all("note").some((one) => one.origin === note.id && one.board === board && one.group !== "" && !one.withdrawn);

/** @param {Live} live @returns {import("../../core/types.js").Command|null} what the ticked notes ask; null while none is ticked */
export function harvestCommand(live) {
  const { ticked, zone } = desk(live);
  const board = currentBoard(live.store);
  const notes = ticked.value.filter((id) => live.store.get("note", id));
  if (!board || notes.length === 0) return null;
  const first = live.store.all("zone").filter((one) => one.board === board.id).sort(byRank)[0]?.id ?? "";
  return harvest({ notes, board: board.id, zone: zone.value ?? first });
}

/** @param {Live} live @param {Group} group joins it: its board opens here, and its members see it */
export async function goIn(live, group) {
  const { done } = await live.send(stepIn({ group: group.id })).outcome;
  if (done) live.announcer.say(t("Vous êtes avec {group}. Ses membres le voient.", { group: groupWords(group) }));
}

/** @param {Live} live */
export async function comeBack(live) {
  const left = myGroup(live.store)?.id ?? "";
  const { done } = await live.send(stepIn({ group: "" })).outcome;
  if (!done) return;
  live.announcer.say(t("Vous êtes de retour en plénière."));
  followRow(`[data-group="${CSS.escape(left)}"]`);
}

/** Other facilitators who are with a group now. @param {Store} store @param {string} group id @returns {Seat[]} */
export const visitors = (store, group) => store.all("seat").filter((seat) => seat.group === group && drives(seat) && seat.id !== store.own.value);
