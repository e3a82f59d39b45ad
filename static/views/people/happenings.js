/**
 * What others make happen, said on the page's one polite status line: a new step, a reveal, a vote, a result, one
 * minute left. Focus is never moved.
 *
 * Exports: useHappenings.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, openRound, session } from "../../core/selectors.js";
import { useEffect } from "../../vendor/ui.js";

/** @typedef {import("../../core/session.js").Live} Live */

const MINUTE = 60000;

/** @param {Live} live the things that deserve a sentence, as they are now */
function sightOf(live) {
  const round = openRound(live.store);
  return { block: session(live.store)?.block ?? "", round: round ? `${round.id}:${round.status}` : "", locked: session(live.store)?.locked ?? false,
    said: live.store.get("announcement", "announcement")?.at ?? 0, status: session(live.store)?.status ?? "",
    revealed: currentBlock(live.store)?.revealed ?? false };
}

/** @param {Live} live @param {ReturnType<typeof sightOf>} before @param {ReturnType<typeof sightOf>} now @returns {string[]} */
function sentences(live, before, now) {
  const block = currentBlock(live.store);
  const round = openRound(live.store);
  const said = [];
  if (before.status !== now.status) {
    if (now.status === "open") said.push(t("L’atelier est ouvert."));
    if (now.status === "ended") said.push(t("L’atelier est terminé. Merci."));
  }
  if (before.block !== now.block && block) said.push(`${t("Nouvelle étape\u00a0: {title}.", { title: block.title })} ${block.instruction}`.trim());
  else if (!before.revealed && now.revealed) {
    const n = live.store.all("note").filter((note) => note.block === block?.id && note.scope === "everyone").length;
    said.push(tn("{n} note est révélée à tout le monde.", "{n} notes sont révélées à tout le monde.", n));
  }
  if (before.round !== now.round && round) {
    if (round.status === "open") said.push(t("Le vote est ouvert\u00a0: {question}", { question: round.question }));
    if (round.status === "closed") said.push(t("Le vote est clos."));
    if (round.status === "shown") said.push(t("Le résultat du vote est affiché."));
  }
  if (before.locked !== now.locked && now.status === "open") said.push(now.locked ? t("L’animation a suspendu la saisie.") : t("La saisie est rendue."));
  const announcement = live.store.get("announcement", "announcement");
  if (before.said !== now.said && announcement?.text) said.push(t("Annonce\u00a0: {text}", { text: announcement.text }));
  return said;
}

/** @param {Live} live watches for as long as the page lives */
export function useHappenings(live) {
  useEffect(() => {
    let before = sightOf(live);
    let first = true;
    const look = () => {
      const now = sightOf(live);
      const said = first ? [] : sentences(live, before, now);
      first = false;
      before = now;
      if (said.length > 0) live.announcer.say(said.join(" "));
    };
    /** @type {(() => void)[]} */
    const stops = [];
    void live.ready.then(() => {
      look();
      // One look for all that one frame brings: kinds are announced one after the other.
      let looking = false;
      const soon = () => {
        if (looking) return;
        looking = true;
        queueMicrotask(() => {
          looking = false;
          look();
        });
      };
      for (const kind of /** @type {const} */ (["session", "block", "round", "announcement"])) stops.push(live.store.watch(kind, soon));
      stops.push(live.store.watch("note", (ids) => {
        const others = [...ids].filter((id) => live.store.get("note", id)?.scope === "everyone" && !live.isMine(id) && isNew(live, id)).length;
        if (others > 0) live.announcer.count("notes", (n) => tn("{n} nouvelle note", "{n} nouvelles notes", n), others);
      }));
    });
    return () => stops.forEach((stop) => stop());
  }, []);
  useLastMinute(live);
}

/** @type {Set<string>} notes seen once, so that a move is not told as an arrival */
const seen = new Set();

/** @param {Live} live @param {string} id */
function isNew(live, id) {
  if (seen.has(id)) return false;
  if (seen.size === 0) for (const note of live.store.all("note")) if (note.id !== id) seen.add(note.id);
  seen.add(id);
  const note = live.store.get("note", id);
  return note !== undefined && !note.unsent && note.block === session(live.store)?.block;
}

/** Says once that a minute is left. @param {Live} live */
function useLastMinute(live) {
  const timer = live.store.get("timer", "timer");
  const deadline = timer?.deadline ?? 0;
  useEffect(() => {
    if (deadline === 0) return undefined;
    const wait = deadline - MINUTE - live.clock.now();
    if (wait < 0) return undefined;
    const id = setTimeout(() => live.announcer.say(t("Encore une minute.")), wait);
    return () => clearTimeout(id);
  }, [deadline]);
}
