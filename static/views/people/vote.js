/**
 * Voting on one's own device: each touch saves, everything can change until the vote is closed, not voting is an
 * answer too.
 *
 * Exports: Vote, VoteLeft, useBallot, notesBehind.
 * @module
 */
import { castBallot } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { html, signal, useEffect, useRef, useState } from "../../vendor/ui.js";
import { DotsBallot, DotsLeft, ScaleBallot, voteRule } from "../ballot.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Round} Round */
/** @typedef {{marks: Record<string, number>, abstains: boolean, comment: string}} Answer */

/** Time after the last key before an open comment is saved. */
const REST = 1200;

/** @param {Live} live @param {import("../../core/types.js").Option} option @returns {string[]} the notes that a target gathers */
export function notesBehind(live, option) {
  const single = live.store.get("note", option.id);
  if (single) return [single.text];
  return live.store.all("note").filter((note) => note.cluster === option.id && !note.withdrawn && !note.aside)
    .sort((a, b) => a.rank - b.rank).map((note) => note.text);
}

/** What was touched and not answered yet: one for the page, since its list and its pinned end show the same ballot. */
const local = signal(/** @type {(Answer & {round: string})|null} */ (null));
let last = "";

/** Milliseconds for which a ballot that is gone is believed to go with its vote, whose closing comes a frame later. */
const GOING = 500;

/** The ballot as the server keeps it. @param {Live} live @param {Round} round */
function useKept(live, round) {
  const kept = live.store.get("ballot", `${round.id}:${live.seat.value?.id}:1`);
  const before = useRef(kept);
  const [, turn] = useState(0);
  if (kept) before.current = kept;
  const going = !kept && before.current?.round === round.id;
  useEffect(() => {
    if (!going) return undefined;
    const timer = setTimeout(() => {
      before.current = undefined;
      turn((n) => n + 1);
    }, GOING);
    return () => clearTimeout(timer);
  }, [going]);
  return kept ?? (going ? before.current : undefined);
}

/**
 * One's own answer to a round: what the server keeps, or what was touched since.
 * @param {Live} live @param {Round} round
 * @returns {{answer: Answer, given: boolean, saved: boolean, cast: (answer: Answer) => void}} `saved` once the server has it
 */
export function useBallot(live, round) {
  const kept = useKept(live, round);
  const touched = local.value?.round === round.id ? local.value : null;
  const answer = touched ?? { marks: kept?.marks ?? {}, abstains: kept?.abstains ?? false, comment: kept?.comment ?? "" };
  /** @param {Answer} next */
  const cast = (next) => {
    local.value = { ...next, round: round.id };
    const { id, outcome } = live.send(castBallot({ round: round.id, head: 1, marks: next.marks, abstains: next.abstains, comment: next.comment.trim() }));
    last = id;
    // The server's own word shows again once it has answered the last touch, refused ones included.
    void outcome.then(() => last === id && (local.value = null));
  };
  return { answer, given: touched !== null || kept !== undefined, saved: touched === null && kept !== undefined, cast };
}

/** @param {{live: Live, round: Round, ballot?: ReturnType<typeof useBallot>}} props */
export function Vote({ live, round, ballot = useBallot(live, round) }) {
  const { answer, cast } = ballot;
  const none = { marks: {}, abstains: true, comment: "" };
  return html`<section class="vote" aria-labelledby="vote">
    <h2 id="vote" tabindex="-1">${round.question || t("Votez")}</h2>
    <p class="lead muted">${round.method === "dots" ? voteRule(round) : round.secret ? t("Une réponse par personne. Vote secret.") : t("Une réponse par personne.")}</p>
    ${answer.abstains ? html`<div class="notice stack"><p>${t("Vous ne votez pas dans ce tour. C’est enregistré.")}</p>
        <p><button type="button" class="button" onClick=${() => cast({ marks: {}, abstains: false, comment: "" })}>${t("Finalement, je vote")}</button></p></div>`
      : round.method === "dots"
        ? html`<${DotsBallot} round=${round} marks=${answer.marks} onChange=${(/** @type {any} */ marks) => cast({ ...answer, marks })}
            notesBehind=${(/** @type {any} */ option) => notesBehind(live, option)} own=${(/** @type {any} */ option) => live.isMine(option.id)} />`
        : html`<${Scale} live=${live} round=${round} ballot=${ballot} />`}
    ${!answer.abstains && html`<p><button type="button" class="button" onClick=${() => cast(none)}>${t("Je ne vote pas")}</button></p>`}
  </section>`;
}

/** @param {{live: Live, round: Round, ballot: ReturnType<typeof useBallot>}} props */
function Scale({ live, round, ballot }) {
  const key = `comment:${round.id}`;
  const { answer, cast } = ballot;
  const [comment, setComment] = useState(() => live.drafts.get(key) || answer.comment);
  const chosen = Object.keys(answer.marks).length > 0;
  const latest = useRef(() => {});
  latest.current = () => {
    if (!chosen || comment.trim() === answer.comment) return;
    cast({ ...answer, comment });
    live.drafts.clear(key);
  };
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), REST);
    return () => clearTimeout(timer);
  }, [comment, chosen]);
  /** @param {string} text */
  const write = (text) => {
    setComment(text);
    live.drafts.set(key, text);
  };
  return html`<${ScaleBallot} round=${round} marks=${answer.marks} comment=${comment} onComment=${write} onLeave=${() => latest.current()}
    onChoose=${(/** @type {any} */ marks) => cast({ ...answer, marks, comment })} />`;
}

/** The pinned end of the page: what is left, and that it is saved. @param {{live: Live, round: Round, ballot?: ReturnType<typeof useBallot>}} props */
export function VoteLeft({ live, round, ballot = useBallot(live, round) }) {
  const { answer, given, saved } = ballot;
  const waiting = live.pending.save.value.state === "waiting" || (live.connection.state.value !== "live" && live.pending.save.value.count > 0);
  const dots = round.method === "dots";
  const placed = answer.abstains || Object.keys(answer.marks).length > 0;
  // Busy while a touch is on its way: what is heard is what came of it, once.
  return html`<div class="vote-left" role="status" aria-busy=${given && !saved && !waiting}>
    ${dots && !answer.abstains && html`<${DotsLeft} round=${round} marks=${answer.marks} />`}
    <p class=${waiting ? "small waiting" : saved && placed ? "small saved" : "small muted"}>
      ${waiting ? html`<${Icon} name="cloud-off" small />${t("En attente d’envoi\u00a0: gardé sur cet appareil.")}`
        : !placed || !given ? (dots ? t("Chaque gommette s’enregistre dès que vous la posez.") : t("Votre réponse s’enregistre dès que vous la choisissez."))
        : !saved ? t("Enregistrement…")
        : html`<${Icon} name="check" small />${answer.abstains ? t("Enregistré. Modifiable jusqu’à la clôture.")
          : dots ? t("Gommettes enregistrées. Modifiables jusqu’à la clôture.") : t("Réponse enregistrée. Modifiable jusqu’à la clôture.")}`}</p>
  </div>`;
}
