/**
 * The plan in figures, before anything has run: when each step starts, how long it all takes, what is still missing.
 * Pure functions of records.
 *
 * Exports: scheduled, clockOf, lengthOf, gapsOf, unsaid, axesOn, linkFault, revealedBy, participants, KINDS, needsBoard, groupPlan, dots, scale.
 * @module
 */
import { language, t, tn } from "../../core/i18n.js";
import { listed, minutes } from "../../core/words.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/types.js").SessionRecord} SessionRecord */
/** @typedef {import("../../core/types.js").Site} Site */
/** @typedef {import("../../core/types.js").GroupPlan} GroupPlan */
/** @typedef {{block: Block, from: number, to: number}} Slot Minutes after the start. */

const NBSP = "\u00a0";
/** Views that put a board before everyone: entering one reveals what is hidden on it. */
const SHOWING = new Set(["lire", "regrouper", "voter", "resultat"]);

/** @param {Block[]} blocks in order @returns {{slots: Slot[], total: number}} */
export function scheduled(blocks) {
  let at = 0;
  const slots = blocks.map((block) => ({ block, from: at, to: (at += block.minutes) }));
  return { slots, total: at };
}

/** @param {string} start « 09:30 », or "" @param {number} after minutes @returns {string} « 9 h 57 », or "" without a start */
export function clockOf(start, after) {
  const [hour, minute] = start.split(":").map(Number);
  if (!Number.isInteger(hour) || !Number.isInteger(minute)) return "";
  const at = (hour * 60 + minute + after) % 1440;
  const rest = String(at % 60).padStart(2, "0");
  return language() === "en" ? `${Math.floor(at / 60)}:${rest}` : `${Math.floor(at / 60)}${NBSP}h${NBSP}${rest}`;
}

/** @param {number} n minutes @returns {string} « 1 h 30 », « 45 min » */
export function lengthOf(n) {
  const hours = Math.floor(n / 60);
  if (!hours) return minutes(n);
  return n % 60 ? `${hours}${NBSP}h${NBSP}${String(n % 60).padStart(2, "0")}` : `${hours}${NBSP}h`;
}

/** @param {SessionRecord|undefined} session @param {Block[]} blocks @param {Site[]} sites @returns {string} what is missing, or "" */
export function gapsOf(session, blocks, sites) {
  const missing = [];
  if (!session?.date) missing.push(t("la date"));
  if (!session?.start) missing.push(t("l’heure de début"));
  if (!session?.purpose) missing.push(t("l’objet"));
  if (sites.length === 0) missing.push(t("les sites"));
  if (blocks.length === 0) missing.push(t("le déroulé"));
  return missing.length ? t("À compléter\u00a0: {list}.", { list: listed(missing) }) : "";
}

/**
 * What makes it a workshop, and was not written: the lab asks that nothing be decided in advance (domain of the lab, condition 2).
 * @param {SessionRecord|undefined} session @returns {string[]}
 */
export function unsaid(session) {
  const missing = [];
  if (!session?.stays_open) missing.push(t("ce qui reste ouvert"));
  if (!session?.not_decided) missing.push(t("ce qui n’est pas décidé d’avance"));
  return missing;
}

/** @typedef {{label: string, from: string, until: string}} Axis of the lab's list, in its order; ISO dates, "" = no end on that side */

/** @param {Axis[]} axes @param {string} day ISO date, the workshop's or else today's @returns {Axis[]} those in force */
export const axesOn = (axes, day) => axes.filter((axis) => axis.from <= day && (!axis.until || day <= axis.until));

/** @param {string} address @returns {string} what is wrong with the address of a video call, or "" */
export function linkFault(address) {
  if (!address) return "";
  const expected = t("Attendu\u202f: une adresse complète, comme https://visio.exemple.fr/atelier.");
  if (/\s/.test(address)) return t("Cette adresse contient une espace. {expected}", { expected });
  if (address.startsWith("http://")) return t("Cette adresse n’est pas chiffrée (http). {expected}", { expected });
  if (!/^https:\/\/[^/\s.]+(\.[^/\s.]+)+(:\d+)?([/?#]|$)/.test(address)) return t("Ce n’est pas l’adresse d’une visioconférence. {expected}", { expected });
  return "";
}

/** @param {Site[]} sites @returns {string} « 13 personnes attendues en salle, 2 sites » */
export function participants(sites) {
  const heads = sites.reduce((sum, site) => sum + (site.room ? site.heads : 0), 0);
  const places = tn("{n} site", "{n} sites", sites.length);
  return heads ? `${tn("{n} personne attendue en salle", "{n} personnes attendues en salle", heads)}, ${places}.` : `${places}.`;
}

/**
 * Which later step shows what is written in secret here.
 * @param {Block} block @param {Block[]} blocks in order
 * @returns {Block|null|undefined} undefined: nothing is secret here; null: no step would ever show it
 */
export function revealedBy(block, blocks) {
  if (block.notes !== "author" || block.view !== "ecrire") return undefined;
  const after = blocks.slice(blocks.findIndex((one) => one.id === block.id) + 1);
  return after.find((one) => one.board === block.board && SHOWING.has(one.view)) ?? null;
}

/** Kinds of step on offer: what `addBlock` and then `editBlock` are given. */
export const KINDS = () => [
  { icon: "pencil", title: t("Écrire en silence"), about: t("Chaque personne écrit pour elle-même, puis tout est révélé."), minutes: 10, nature: "collaborative", view: "ecrire",
    more: { notes: "author", instruction: t("Une idée par note."), warn: 120 } },
  { icon: "sticky-note", title: t("Écrire ensemble"), about: t("Les notes apparaissent aussitôt pour tout le monde."), minutes: 10, nature: "collaborative", view: "ecrire",
    more: { instruction: t("Une idée par note.") } },
  { icon: "users", title: t("Travailler en sous-groupes"), about: t("Chaque sous-groupe a sa copie du tableau\u202f; on rapporte ensuite l’essentiel."), minutes: 15, nature: "collaborative", view: "ecrire",
    more: { instruction: t("En sous-groupe\u00a0: échangez, puis notez une idée par note."), groups: groupPlan("balanced") } },
  { icon: "eye", title: t("Lire"), about: t("On lit le tableau, zone par zone."), minutes: 10, nature: "collaborative", view: "lire",
    more: { instruction: t("Lisez les notes des autres. Demandez à comprendre, sans juger.") } },
  { icon: "group", title: t("Regrouper"), about: t("On rapproche les notes et on donne des titres."), minutes: 10, nature: "collaborative", view: "regrouper",
    more: { instruction: t("Rapprochez les notes qui parlent de la même chose, puis donnez-leur un titre.") } },
  { icon: "vote", title: t("Gommettes"), about: t("Chaque personne choisit ses priorités, en secret."), minutes: 5, nature: "collaborative", view: "voter",
    more: { instruction: t("Trois gommettes par personne. Le vote est secret."), round: dots() } },
  { icon: "list-checks", title: t("Bilan de l’atelier"), about: t("Une échelle et un commentaire, en secret."), minutes: 4, nature: "collaborative", view: "voter",
    more: { instruction: t("Le temps passé en valait-il la peine\u202f?"), round: scale() } },
  { icon: "clipboard-list", title: t("Actions"), about: t("Décisions et actions\u00a0: quoi, qui, quand."), minutes: 15, nature: "collaborative", view: "actions",
    more: { instruction: t("Qui fait quoi, et pour quand\u202f?") } },
  { icon: "megaphone", title: t("Écouter"), about: t("Un témoignage, une présentation."), minutes: 15, nature: "top-down", view: "accueil", more: {} },
  { icon: "armchair", title: t("Pause"), about: t("Elle ne compte pas dans le temps collaboratif."), minutes: 10, nature: "pause", view: "accueil", more: {} },
  { icon: "flag", title: t("Clôture"), about: t("Le mur remercie et dit où sera le compte rendu."), minutes: 5, nature: "logistics", view: "fin", more: {} },
];

/** Whether a kind of step is about notes. @param {ReturnType<typeof KINDS>[number]} kind */
export const needsBoard = (kind) => ["ecrire", "lire", "regrouper"].includes(kind.view) || kind.more.round?.method === "dots";

/** @param {GroupPlan["mode"]} mode @returns {GroupPlan} as first offered */
export const groupPlan = (mode) => ({ mode, size: mode === "merge" ? 8 : 4, mix: mode === "balanced" ? ["service", "site"] : [], carry: mode === "merge" });

/** @returns {import("../../core/types.js").RoundPlan} */
export const dots = () => ({
  method: "dots", question: t("Par quoi commencer\u202f?"), target: "clusters", budget: 3, cap: 2, own: true, secret: true,
  levels: [], comment: false, facilitators_vote: false,
});

/** @returns {import("../../core/types.js").RoundPlan} */
export const scale = () => ({
  method: "scale", question: t("Le temps passé en valait-il la peine\u202f?"), target: "question", budget: 1, cap: 1, own: true, secret: true,
  levels: [t("1. Temps perdu"), t("2. Peu utile"), t("3. Juste ce qu’il faut"), t("4. Utile"), t("5. Très utile")], comment: true, facilitators_vote: false,
});
