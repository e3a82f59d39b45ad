/**
 * What a participant's page shows now, derived from the records: which step of how many, what it is for, what is
 * being written for whom, which entries the bottom bar holds.
 *
 * Exports: stepPlace, stageOf, entriesOf, writing, useWriting, zoneWords, isShown, groupBoard, hasShownNotes, notesHere,
 *   voteOf, resultOf, useMedia, useWide, codePoints, siteName, trustOf, hasPractical.
 * @module
 */
import { t } from "../../core/i18n.js";
import { blocks, currentBlock, currentBoard, myGroup, onBoard, openRound, session } from "../../core/selectors.js";
import { useEffect, useState } from "../../vendor/ui.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {"waiting"|"open"|"ended"|"closed"|"removed"} Stage */
/** @typedef {"write"|"vote"|"result"|"sheets"|"everyone"|"mine"|"welcome"} Entry */
/** @typedef {"open"|"grace"|"closed"|"locked"} Writing `grace`: the few seconds in which a late text still counts */

const GRACE = 3000;

/** @param {Live} live @returns {{n: number, of: number}|null} « Étape 3 sur 9 » */
export function stepPlace(live) {
  const plan = blocks(live.store);
  const current = currentBlock(live.store);
  const n = plan.findIndex((block) => block.id === current?.id) + 1;
  return n > 0 ? { n, of: plan.length } : null;
}

/** @param {Live} live @returns {Stage} */
export function stageOf(live) {
  if (live.seat.value?.removed) return "removed";
  const status = session(live.store)?.status;
  if (status === "preparing" || status === undefined) return "waiting";
  if (status === "ended") return "ended";
  return status === "open" ? "open" : "closed";
}

/** @param {{scope: string}} note whether others read it too: everyone, or one's group */
export const isShown = (note) => note.scope === "everyone" || note.scope.startsWith("group:");

/** @param {Live} live @returns {import("../../core/types.js").Board|undefined} the board of the group that one works in, or last worked in */
export const groupBoard = (live) => live.store.get("board", live.store.get("group", live.seat.value?.group ?? "")?.board ?? "");

/** @param {Live} live whether notes that others see too lie on the board, or on that of one's group */
export const hasShownNotes = (live) => [currentBoard(live.store), groupBoard(live)].some((board) => board && onBoard(live.store, board.id).some(isShown));

/** @param {Live} live @returns {number} notes on the board that others see too: in a group, what there is to read of one another */
export const notesHere = (live) => onBoard(live.store, currentBoard(live.store)?.id ?? "").filter(isShown).length;

/**
 * The vote this seat is called to now.
 * @param {Live} live
 * @returns {import("../../core/types.js").Round|undefined} open and mine to answer
 */
export function voteOf(live) {
  const round = openRound(live.store);
  if (round?.status !== "open") return undefined;
  const seat = live.seat.value;
  if (!seat || seat.heads < 1) return undefined;
  return (live.drives() ? round.facilitators_vote : live.can("vote")) ? round : undefined;
}

/**
 * The vote whose result this step shows: its own once closed; a step made for results shows the last one shown.
 * @param {Live} live @returns {import("../../core/types.js").Round|undefined}
 */
export function resultOf(live) {
  const own = openRound(live.store);
  if (own) return own.status === "open" ? undefined : own;
  if (currentBlock(live.store)?.view !== "resultat") return undefined;
  return live.store.all("round").filter((round) => round.status === "shown").sort((a, b) => a.opened_at - b.opened_at).pop();
}

/**
 * The bottom bar's entries, the step's own first.
 * @param {Live} live @returns {Entry[]} at most two: the bar's third place is the raised hand's
 */
export function entriesOf(live) {
  const block = currentBlock(live.store);
  if (voteOf(live)) return hasShownNotes(live) ? ["vote", "everyone"] : ["vote"];
  /** @type {Entry[]} */
  const found = [];
  if (resultOf(live)) found.push("result");
  if (block && (block.view === "actions" || live.can("sheet"))) found.push("sheets");
  if (block?.view === "accueil" || block?.view === "fin") found.push("welcome");
  const writes = live.can("add");
  if (writes && (block?.view === "ecrire" || !hasShownNotes(live) || myGroup(live.store))) found.push("write");
  if (hasShownNotes(live)) found.push("everyone");
  if (!found.includes("write") && (writes || mineOf(live))) found.push("mine");
  if (found.length === 0 || found[0] === "mine" && !writes) found.unshift("welcome");
  return found.slice(0, 2);
}

/** @param {Live} live whether I have written something */
const mineOf = (live) => live.store.all("authorship").some((one) => one.seat === live.seat.value?.id);

/** @param {Live} live @param {string} begun block in which the text was begun @returns {Writing} */
export function writing(live, begun) {
  const state = session(live.store);
  const block = currentBlock(live.store);
  const now = live.clock.now();
  if (state?.locked && !live.drives()) return "locked";
  if (!live.can("add")) {
    const left = live.store.get("block", begun)?.left_at ?? 0;
    return left > 0 && now - left < GRACE ? "grace" : "closed";
  }
  const timer = live.store.get("timer", "timer");
  if (live.drives() || block?.end !== "firm" || timer?.block !== block.id || !timer.deadline || timer.deadline > now) return "open";
  return now - timer.deadline < GRACE ? "grace" : "closed";
}

/** `writing`, drawn again when a grace begins or ends. @param {Live} live @param {string} begun @returns {Writing} */
export function useWriting(live, begun) {
  const [, turn] = useState(0);
  const now = writing(live, begun);
  const deadline = live.store.get("timer", "timer")?.deadline ?? 0;
  useEffect(() => {
    const wait = now === "grace" ? 250 : now === "open" && deadline > 0 ? deadline - live.clock.now() + 20 : 0;
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => turn((n) => n + 1), wait);
    return () => clearTimeout(timer);
  });
  return now;
}

/**
 * A zone's title said shortly, and what follows its colon: « Ancre » and « ce qui nous freine ».
 * @param {string} title @returns {{name: string, gloss: string}}
 */
export function zoneWords(title) {
  const [, name, gloss] = /^(.+?)[\s\u00a0\u202f]*:[\s\u00a0\u202f]*(.+)$/.exec(title) ?? [title, title, ""];
  if (gloss === "") return { name: title, gloss };
  // « L'ancre : ce qui freine » is named « Ancre » on a chip.
  const bare = name.replace(/^(?:l['’]|les? |la )\s*/i, "").trim() || name;
  return { name: bare.charAt(0).toLocaleUpperCase("fr-FR") + bare.slice(1), gloss: gloss.trim() };
}

/** @param {string} text @returns {number} characters as a person counts them, nearly */
export const codePoints = (text) => [...text.normalize("NFC").trim()].length;

/** @param {Live} live @param {string} site id @returns {string} */
export const siteName = (live, site) => live.store.get("site", site)?.name ?? "";

/** @param {Live} live whether something practical is said for this seat: its site, or the video call */
export const hasPractical = (live) => [live.seat.value?.site ?? "", "session"].some((id) => {
  const found = live.store.get("practical", id);
  return Boolean(found && (found.room || found.wifi || found.phone || found.video));
});

/** @param {string} query media query @returns {boolean} whether it matches, followed */
export function useMedia(query) {
  const [wide, setWide] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const turned = () => setWide(list.matches);
    list.addEventListener("change", turned);
    return () => list.removeEventListener("change", turned);
  }, [query]);
  return wide;
}

/** Whether there is room for board and composer side by side. */
export const useWide = () => useMedia("(min-width: 1000px)");

/** @param {Block|undefined} block @param {boolean} [apart] in a group @returns {{words: string, secret: boolean}} who sees what is written in this step */
export function trustOf(block, apart = false) {
  if (block?.notes === "author" && !block.revealed) {
    return { secret: true, words: block.authors === "shown"
      ? t("Personne d’autre ne voit vos notes avant la révélation. Votre nom y sera montré.")
      : t("Personne d’autre ne voit vos notes avant la révélation.") };
  }
  if (apart) return { secret: false, words: t("Votre sous-groupe et l’animation voient ces notes. Elles figureront au compte rendu.") };
  return { secret: false, words: block?.authors === "shown"
    ? t("Tout le monde voit votre note dès qu’elle est posée, avec votre nom.")
    : t("Tout le monde voit votre note dès qu’elle est posée.") };
}
