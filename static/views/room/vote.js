/**
 * Ballots passed from one head to the next on a shared device. A gate stands before each; a ballot lives in this page's
 * memory until deposited, then nothing of it remains here: not in the page, not in storage, not behind « Back ».
 *
 * Exports: RoomVote.
 * @module
 */
import { castBallot } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { listed } from "../../core/words.js";
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { DotsBallot, DotsLeft, ScaleBallot, dotsLeft } from "../ballot.js";
import { confirmDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { notesBehind } from "../people/vote.js";
import { WhoIsHere, guestsOf, personName } from "./people.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Round} Round */

/** Going back in the browser's history leads nowhere while ballots pass. */
function useNoWayBack() {
  useEffect(() => {
    const stay = () => history.pushState({ ballot: true }, "", location.href);
    stay();
    addEventListener("popstate", stay);
    return () => removeEventListener("popstate", stay);
  }, []);
}

/** @param {{live: Live, round: Round, call: any}} props `call` is the button « Appeler l'animation » */
export function RoomVote({ live, round, call }) {
  useNoWayBack();
  const seat = live.seat.value;
  const heads = seat?.heads ?? 1;
  const [sent, setSent] = useState(0); // ballots deposited from this page, never what they hold
  const [open, setOpen] = useState(0); // the head whose ballot is on screen
  const [problem, setProblem] = useState("");
  const receipt = live.store.get("receipt", `${round.id}:${seat?.id}`);
  const given = new Set(receipt?.heads ?? []);
  const next = Array.from({ length: heads }, (_, i) => i + 1).find((head) => !given.has(head)) ?? 0;
  const done = Math.min(given.size, heads);
  const kept = live.pending.save.value.state === "waiting" || (live.connection.state.value !== "live" && live.pending.save.value.count > 0);
  const heading = useRef(/** @type {HTMLHeadingElement|null} */ (null));
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
  }, [open, next]);

  /** @param {number} head @param {Record<string, any>} body */
  const deposit = (head, body) => {
    moved.current = true;
    setOpen(0);
    setProblem("");
    setSent((n) => n + 1);
    const { id, outcome } = live.send(castBallot({ round: round.id, head, final: true, ...body }));
    void outcome.then((answer) => {
      if (answer.done) return;
      live.pending.dismiss(id);
      setSent((n) => n - 1);
      setProblem(answer.message ?? t("Ce bulletin n’a pas été déposé."));
    });
    live.announcer.say(t("Bulletin {n} déposé.", { n: done + 1 }));
  };

  if (open > 0 && open === next) {
    return html`<${Paper} key=${`${round.id}:${open}`} live=${live} round=${round} place=${done + 1} heads=${heads} heading=${heading} call=${call}
      deposit=${(/** @type {any} */ body) => deposit(open, body)} />`;
  }
  return html`<section class="gate" aria-labelledby="gate">
    ${next > 0 ? html`
      <p class="gate-place">${t("Bulletin {n} sur {of}", { n: done + 1, of: heads })}<${Progress} done=${done} heads=${heads} /></p>
      <h2 id="gate" tabindex="-1" ref=${heading}>${done === 0 ? t("Votez à tour de rôle\u00a0: touchez «\u00a0C’est\u00a0à\u00a0moi\u00a0» pour commencer.") : t("Passez la tablette, puis\u00a0touchez «\u00a0C’est\u00a0à\u00a0moi\u00a0».")}</h2>
      <button type="button" class="button primary gate-button" onClick=${() => { moved.current = true; setProblem(""); setOpen(next); }}>${t("C’est à moi")}</button>
      ${done > 0 && html`<p class="gate-said"><${Icon} name=${kept ? "cloud-off" : "check"} />${
        kept ? t("Le bulletin est gardé sur cet appareil\u00a0: il partira au retour du réseau.")
        : sent > 0 ? t("Le bulletin {n} est déposé. Personne ne peut le revoir.", { n: done })
        : tn("{n} bulletin est déjà déposé. Personne ne peut le revoir.", "{n} bulletins sont déjà déposés. Personne ne peut les revoir.", done)}</p>`}`
      : html`<h2 id="gate" tabindex="-1" ref=${heading}>${heads > 1 ? tn("Le bulletin de la table est déposé.", "Les {n} bulletins de la table sont déposés.", heads) : t("Votre bulletin est déposé.")}</h2>
      <p class="lead muted">${kept ? t("Gardés sur cet appareil\u00a0: ils partiront au retour du réseau.") : t("Merci. Le résultat s’affichera ici à la clôture du vote.")}</p>
      <p class="muted">${t("Quelqu’un de plus à la table\u00a0? Ajoutez cette personne dans «\u00a0Qui est là\u00a0».")}</p>`}
    ${next > 0 && html`<${Guests} live=${live} />`}
    ${problem && html`<p class="notice danger" role="alert">${problem}</p>`}
    <div class="gate-foot">${call}<details class="who-folded"><summary>${t("Qui est là\u00a0:")} <strong>${heads}</strong></summary><${WhoIsHere} live=${live} /></details></div>
  </section>`;
}

/** Who came from their own device may have voted there: that ballot is among those deposited. @param {{live: Live}} props */
function Guests({ live }) {
  const names = guestsOf(live).map(personName);
  if (names.length === 0) return null;
  return html`<p class="gate-guests muted">${tn("{names} vote ici. Un bulletin déjà donné sur son propre appareil est déposé\u00a0: il ne se donne pas deux fois.",
    "{names} votent ici. Un bulletin déjà donné sur son propre appareil est déposé\u00a0: il ne se donne pas deux fois.", names.length, { names: listed(names) })}</p>`;
}

/** Decoration for « 2 sur 4 ». @param {{done: number, heads: number}} props */
const Progress = ({ done, heads }) =>
  heads > 12 ? null : html`<span class="progress" aria-hidden="true">${Array.from({ length: heads }, (_, i) => html`<span key=${i} data-state=${i < done ? "done" : i === done ? "now" : "next"}></span>`)}</span>`;

/** @param {{live: Live, round: Round, place: number, heads: number, heading: any, call: any, deposit: (body: Record<string, any>) => void}} props */
function Paper({ live, round, place, heads, heading, call, deposit }) {
  const [marks, setMarks] = useState(/** @type {Record<string, number>} */ ({}));
  const [comment, setComment] = useState("");
  const dots = round.method === "dots";
  const chosen = Object.keys(marks).length > 0;
  const locked = session(live.store)?.locked === true;
  const abstain = async () => {
    if (locked) return live.announcer.say(t("L’animation a suspendu la saisie."));
    const sure = await confirmDialog({ title: t("Ne pas voter\u00a0?"), text: t("Un bulletin sans choix est déposé\u00a0: il ne peut plus changer."),
      confirm: t("Je ne vote pas"), cancel: t("Revenir au bulletin") });
    if (sure) deposit({ abstains: true });
    return undefined;
  };
  const put = async () => {
    if (locked) return live.announcer.say(t("L’animation a suspendu la saisie."));
    if (!chosen) return live.announcer.say(dots ? t("Posez au moins une gommette, ou touchez «\u00a0Je ne vote pas\u00a0».") : t("Choisissez une réponse, ou touchez «\u00a0Je ne vote pas\u00a0»."));
    const left = dotsLeft(round, marks);
    if (dots && left > 0) {
      const sure = await confirmDialog({ title: tn("Il vous reste {n} gommette", "Il vous reste {n} gommettes", left),
        text: t("Une fois déposé, votre bulletin ne peut plus changer."), confirm: t("Déposer ainsi"), cancel: t("Revenir au bulletin") });
      if (!sure) return undefined;
    }
    deposit({ marks, ...(comment.trim() ? { comment: comment.trim() } : {}) });
    return undefined;
  };
  return html`<section class="paper" aria-labelledby="paper">
    <div class="paper-head">
      <div><h2 id="paper" tabindex="-1" ref=${heading}>${t("Bulletin {n} sur {of}", { n: place, of: heads })}<${Progress} done=${place - 1} heads=${heads} /></h2>
        <p class="small muted">${t("Secret\u00a0: ni la table ni l’animation ne voient ce bulletin.")}</p></div>
      ${dots && html`<div role="status"><${DotsLeft} round=${round} marks=${marks} /></div>`}
    </div>
    <p class="paper-question"><strong>${round.question}</strong> ${dots && html`<span class="muted">${tn("{n} gommette", "{n} gommettes", round.budget)}${round.cap < round.budget ? `, ${t("{n} au plus par sujet", { n: round.cap })}` : ""}.</span>`}</p>
    ${dots ? html`<${DotsBallot} round=${round} marks=${marks} onChange=${setMarks} notesBehind=${(/** @type {any} */ option) => notesBehind(live, option)} />`
      : html`<${ScaleBallot} round=${round} marks=${marks} comment=${comment} onChoose=${setMarks} onComment=${setComment} />`}
    <div class="paper-foot">${call}<span class="grow"></span>
      <button type="button" class="button large" aria-disabled=${locked} onClick=${() => void abstain()}>${t("Je ne vote pas")}</button>
      <button type="button" class="button primary large" aria-disabled=${!chosen || locked} onClick=${() => void put()}>${t("Déposer mon bulletin (définitif)")}</button>
    </div>
  </section>`;
}
