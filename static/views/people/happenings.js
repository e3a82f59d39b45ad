/**
 * What others make happen, said on the page's one polite status line, each thing once and in this order: the workshop,
 * groups, a new step or a reveal, a vote or its result, input suspended, an announcement; and one minute left. Focus is
 * never moved.
 *
 * Exports: useHappenings, sightOf, sentences.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, openRound, running, session } from "../../core/selectors.js";
import { spoken } from "../../core/words.js";
import { useEffect } from "../../vendor/ui.js";
import { companions, groupWords, peopleWords, visitorWords } from "./companions.js";
import { isShown } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

const MINUTE = 60000;

/** @param {Live} live the things that deserve a sentence, as they are now */
export function sightOf(live) {
  const round = openRound(live.store);
  const { group, visitors } = companions(live);
  return { block: session(live.store)?.block ?? "", round: round ? `${round.id}:${round.status}` : "", locked: session(live.store)?.locked ?? false,
    said: live.store.get("announcement", "announcement")?.at ?? 0, status: session(live.store)?.status ?? "",
    revealed: currentBlock(live.store)?.revealed ?? false,
    apart: running(live.store) !== undefined, group: group?.id ?? "", visitors: visitors.map((seat) => seat.id) };
}

/** @param {Live} live @param {ReturnType<typeof sightOf>} before @param {ReturnType<typeof sightOf>} now @returns {string[]} */
export function sentences(live, before, now) {
  const block = currentBlock(live.store);
  const round = openRound(live.store);
  const said = [];
  if (before.status !== now.status) {
    if (now.status === "open") said.push(before.status === "preparing" ? t("L’atelier est ouvert.") : t("L’atelier reprend."));
    if (now.status === "ended") said.push(t("L’atelier est terminé. Merci."));
  }
  said.push(...groupSentences(live, before, now));
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

/** @param {Live} live @param {ReturnType<typeof sightOf>} before @param {ReturnType<typeof sightOf>} now @returns {string[]} */
function groupSentences(live, before, now) {
  const { group, visitors } = companions(live);
  if (before.apart && !now.apart) return now.status === "open" ? [t("Retour en plénière.")] : [];
  if (group && before.group !== now.group) {
    const people = peopleWords(live);
    return [people ? t("Travail en sous-groupe\u00a0: vous êtes dans {group}, avec {people}.", { group: groupWords(group), people })
      : t("Travail en sous-groupe\u00a0: vous êtes dans {group}.", { group: groupWords(group) })];
  }
  const came = visitors.filter((seat) => !before.visitors.includes(seat.id));
  return came.length > 0 ? [`${visitorWords(came)}.`] : [];
}

/** @param {Live} live watches for as long as the page lives */
export function useHappenings(live) {
  useEffect(() => {
    /** @type {(() => void)[]} */
    const stops = [];
    let gone = false;
    void live.ready.then(() => {
      if (!gone) stops.push(...watchAll(live));
    });
    return () => {
      gone = true;
      stops.forEach((stop) => stop());
    };
  }, []);
  useLastMinute(live);
}

/** @param {Live} live @returns {(() => void)[]} the ways to stop */
function watchAll(live) {
  let before = sightOf(live);
  const seen = new Set(live.store.all("note").map((note) => note.id));
  /** @type {string[]} notes by others that came since the last look */
  let came = [];
  let looking = false;
  const look = () => {
    looking = false;
    const now = sightOf(live);
    const said = sentences(live, before, now);
    // What a reveal or a new step brings is told by its own sentence.
    const others = before.block === now.block && before.revealed === now.revealed && before.group === now.group ? came.length : 0;
    before = now;
    came = [];
    if (said.length > 0) live.announcer.say(said.join(" "));
    if (others > 0) live.announcer.count("notes", (n) => tn("{n} nouvelle note", "{n} nouvelles notes", n), others);
  };
  // One look for all that one frame brings: kinds are announced one after the other.
  const soon = () => {
    if (looking) return;
    looking = true;
    queueMicrotask(look);
  };
  const stops = /** @type {const} */ (["session", "block", "round", "announcement", "partition", "group", "seat"]).map((kind) => live.store.watch(kind, soon));
  stops.push(live.store.watch("note", (ids) => {
    for (const id of ids) {
      const note = live.store.get("note", id);
      if (!note || note.unsent || seen.has(id)) continue;
      seen.add(id);
      if (isShown(note) && !live.isMine(id)) came.push(id);
    }
    if (came.length > 0) soon();
  }));
  return stops;
}

/** Says once that a minute is left, or what the step asks for instead. @param {Live} live */
function useLastMinute(live) {
  const timer = live.store.get("timer", "timer");
  const deadline = timer?.deadline ?? 0;
  const warn = (live.store.get("block", timer?.block ?? "")?.warn ?? 60) * 1000 || MINUTE;
  useEffect(() => {
    if (deadline === 0 || (timer?.total ?? 0) <= warn) return undefined;
    const wait = deadline - warn - live.clock.now();
    if (wait < 0) return undefined;
    const say = () => live.announcer.say(warn !== MINUTE ? t("Temps restant\u00a0: {time}.", { time: spoken(warn) })
      : running(live.store) ? t("Encore une minute en sous-groupe.") : t("Encore une minute."));
    const id = setTimeout(say, wait);
    return () => clearTimeout(id);
  }, [deadline, warn]);
}
