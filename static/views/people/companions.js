/**
 * With whom one works in a group, in words: « Groupe 2, avec Hervé, Inès et Zoé (Toulouse) ».
 *
 * Exports: companions, groupWords, memberWords, peopleWords, visitorWords.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { drives, myGroup } from "../../core/selectors.js";
import { listed, sorted } from "../../core/words.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Seat} Seat */

/**
 * @param {Live} live
 * @returns {{group: import("../../core/types.js").Group|undefined, members: Seat[], visitors: Seat[]}} the others in one's group at
 *   work, and the facilitators who stepped in
 */
export function companions(live) {
  const group = myGroup(live.store);
  const others = group ? live.store.all("seat").filter((seat) => seat.group === group.id && !seat.removed && seat.id !== live.seat.value?.id) : [];
  return { group, members: sorted(others.filter((seat) => !drives(seat)), (seat) => seat.name), visitors: others.filter(drives) };
}

/** @param {{name: string}} group @returns {string} as said after « dans » */
export const groupWords = (group) => (/^groupe\b/i.test(group.name) ? t("le {group}", { group: group.name }) : t("le sous-groupe «\u00a0{group}\u00a0»", { group: group.name }));

/** Where somebody is, once it is elsewhere; how many, before a shared device. @param {Live} live @param {Seat} seat @returns {string} */
export function memberWords(live, seat) {
  const site = seat.site === live.seat.value?.site ? "" : (live.store.get("site", seat.site)?.name ?? "").split(",")[0];
  const heads = seat.role === "room" && seat.heads > 1 ? tn("{n} personne", "{n} personnes", seat.heads) : "";
  const said = [heads, site].filter(Boolean).join(", ");
  return said ? `${seat.name} (${said})` : seat.name;
}

/** @param {Live} live @returns {string} « Hervé, Inès et Zoé (Toulouse) », "" when alone */
export const peopleWords = (live) => listed(companions(live).members.map((seat) => memberWords(live, seat)));

/** @param {readonly Seat[]} visitors @returns {string} « Claire (animation) est avec vous » */
export function visitorWords(visitors) {
  const names = listed(visitors.map((seat) => t("{name} (animation)", { name: seat.name })));
  return visitors.length > 1 ? t("{names} sont avec vous", { names }) : t("{names} est avec vous", { names });
}
