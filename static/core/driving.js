/**
 * Builders of the commands that only facilitators ask, apart so that no participant loads them: `send(drawGroups({block, mode}))`.
 *
 * A field left out of a body keeps what the record has, or takes the command's default (facilitation/commands/).
 * @module
 */

/** @typedef {import("./types.js").Command} Command */
/** @typedef {import("./types.js").GroupPlan} GroupPlan */

/** @param {string} name @param {Record<string, any>} [body] @returns {Command} */
const ask = (name, body = {}) => ({ name, body });

// Before and around
/** @param {{site?: string, room?: string, wifi?: string, phone?: string, video?: string}} body `site` "" is the session */
export const putPractical = (body) => ask("put_practical", body);
/** @param {{closed: boolean}} body */
export const closeDoor = (body) => ask("close_door", body);
/** @param {{seat: string, site: string}} body */
export const placeSeat = (body) => ask("place_seat", body);

// Minutes
/** @param {{block: string, text: string}} body */
export const writeTakeaway = (body) => ask("write_takeaway", body);
/** @param {{text: string}} body */
export const listExcused = (body) => ask("list_excused", body);
/** @param {{by: string, on: string}} body */
export const approveMinutes = (body) => ask("approve_minutes", body);
/** @param {{on: string}} body */
export const publishMinutes = (body) => ask("publish_minutes", body);
export const reviseSession = () => ask("revise_session");

// Groups
/** @param {{block: string, mode: GroupPlan["mode"], size?: number, mix?: GroupPlan["mix"], seed?: string}} body */
export const drawGroups = (body) => ask("draw_groups", body);
/** @param {{partition: string, name?: string}} body */
export const addGroup = (body) => ask("add_group", body);
/** @param {{group: string, name: string}} body */
export const renameGroup = (body) => ask("rename_group", body);
/** @param {{group: string}} body */
export const removeGroup = (body) => ask("remove_group", body);
/** @param {{partition: string, seat: string, group: string}} body */
export const placeInGroup = (body) => ask("place_in_group", body);
/** @param {{partition: string, seconds?: number}} body */
export const startGroups = (body) => ask("start_groups", body);
/** @param {{partition: string}} body */
export const recallGroups = (body) => ask("recall_groups", body);
/** @param {{group: string}} body "" leaves it */
export const stepIn = (body) => ask("step_in", body);
/** @param {{group: string}} body */
export const showGroup = (body) => ask("show_group", body);
/** @param {{notes: string[], board: string, zone?: string}} body */
export const harvest = (body) => ask("harvest", body);
