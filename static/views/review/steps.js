/**
 * How we got there: each step with what is kept of it and its votes, then the boards, and the notes set aside.
 *
 * Exports: Steps, Boards, Aside.
 * @module
 */
import { html } from "../../vendor/ui.js";
import { editBlock, renameCluster, setAside } from "../../core/commands.js";
import { writeTakeaway } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { minutes, number } from "../../core/words.js";
import { InPlace } from "./paper.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("./report.js").Facts} Facts */
/** @typedef {import("./report.js").Step} Step */
/** @typedef {import("./report.js").RoundPart} RoundPart */
/** @typedef {import("./report.js").NotePart} NotePart */
/** @typedef {import("./report.js").ZonePart} ZonePart */

/** @param {{live: Live, facts: Facts}} props */
export function Steps({ live, facts }) {
  const { steps, rounds } = facts.report;
  return html`<section id="passage-etapes" tabindex="-1" aria-labelledby="h-etapes">
    <h2 id="h-etapes">${t("Comment nous y sommes arrivés")}</h2>
    ${steps.map((step) => html`<${StepPassage} key=${step.id} live=${live} step=${step} rounds=${rounds.filter((round) => round.block === step.id)} />`)}
  </section>`;
}

/** @param {{live: Live, step: Step, rounds: RoundPart[]}} props */
function StepPassage({ live, step, rounds }) {
  const spent = step.actual === null ? t("non tenue") : t("prévu {planned}, réel {actual}", { planned: minutes(step.planned), actual: minutes(step.actual) });
  return html`<section id=${`passage-etape-${step.id}`} tabindex="-1" class="review-step" aria-label=${step.title}>
    <h3 class="visually-hidden">${step.title}</h3>
    <div class="review-step-head">
      <${InPlace} id=${`etape-${step.id}`} label=${t("Titre de l’étape")} value=${live.store.get("block", step.id)?.title ?? step.title} most=${120} lines=${false} required className="as-heading"
        onSave=${(/** @type {string} */ title) => live.send(editBlock({ block: step.id, title }))} />
      <p class="small muted">${spent}</p>
    </div>
    ${step.instruction ? html`<p class="small muted">${step.instruction}</p>` : null}
    ${rounds.map((round) => html`<${Votes} key=${round.id} round=${round} />`)}
    ${step.actual === null ? null : html`<div class="review-open"><h4 class="as-small">${t("Ce que nous retenons")}</h4>
      <${InPlace} id=${`takeaway-${step.id}`} label=${t("Ce que nous retenons de «\u00a0{step}\u00a0»", { step: step.title })} value=${live.store.get("takeaway", step.id)?.text ?? ""} most=${1500}
        placeholder=${t("Deux phrases suffisent.")} onSave=${(/** @type {string} */ text) => live.send(writeTakeaway({ block: step.id, text }))} /></div>`}
  </section>`;
}

/** @param {{round: RoundPart}} props */
function Votes({ round }) {
  const most = Math.max(1, ...round.lines.map((line) => line.points));
  const ballots = tn("{n} bulletin", "{n} bulletins", round.ballots);
  const rule = round.method === "dots"
    ? t("{budget} gommettes par personne, {cap} au plus sur un même choix. {ballots}, {placed} gommettes posées sur {available}.", { budget: round.budget, cap: round.cap, ballots, placed: round.placed, available: round.available })
    : `${ballots}${round.median === null ? "" : t(", médiane {median}", { median: number(round.median) })}.`;
  return html`<div class="review-round" id=${`round-${round.id}`} tabindex="-1">
    ${round.question ? html`<p><strong>${round.question}</strong></p>` : null}
    <p class="small muted">${rule}${round.shown ? "" : ` ${t("Ce résultat n’a pas été montré\u00a0: il ne figurera pas au compte rendu.")}`}</p>
    <table class="review-bars"><caption class="visually-hidden">${round.question || round.step}</caption>
      <thead class="visually-hidden"><tr><th scope="col">${t("Choix")}</th><th scope="col">${t("Points")}</th></tr></thead>
      <tbody>${round.lines.map((line) => html`<tr key=${line.option}><th scope="row">${line.title}${line.tied ? html` <span class="muted small">${t("ex æquo")}</span>` : ""}</th>
        <td><span class="review-bar" aria-hidden="true" style=${{ width: `${(75 * line.points) / most}%` }}></span><strong>${line.points}</strong></td></tr>`)}</tbody></table>
  </div>`;
}

/** @param {{live: Live, facts: Facts}} props */
export function Boards({ live, facts }) {
  const { boards } = facts.report;
  if (boards.length === 0) return null;
  return html`<section id="passage-tableaux" tabindex="-1" aria-labelledby="h-tableaux">
    <h2 id="h-tableaux">${t("Les notes")}</h2>
    ${boards.map((board) => html`<section key=${board.id} aria-label=${board.title}>
      ${boards.length > 1 ? html`<h3>${board.title}</h3>` : null}
      ${board.zones.filter((zone) => zone.notes.length + zone.clusters.length > 0).map((zone) => html`<${ZonePassage} key=${zone.id} live=${live} zone=${zone} />`)}
    </section>`)}
  </section>`;
}

/** @param {{live: Live, zone: ZonePart}} props */
function ZonePassage({ live, zone }) {
  return html`<div class="review-zone">
    <h4>${zone.title || t("Hors zone")}</h4>
    ${zone.clusters.map((cluster) => html`<div key=${cluster.id} class="review-cluster">
      <${InPlace} id=${`cluster-${cluster.id}`} label=${t("Titre du groupe de notes")} value=${live.store.get("cluster", cluster.id)?.title ?? cluster.title} most=${120} lines=${false} className="as-cluster"
        placeholder=${t("Donnez un titre à ce groupe")} onSave=${(/** @type {string} */ title) => live.send(renameCluster({ cluster: cluster.id, title }))} />
      <${Notes} live=${live} notes=${cluster.notes} /></div>`)}
    <${Notes} live=${live} notes=${zone.notes} />
  </div>`;
}

/** @param {{live: Live, notes: NotePart[]}} props */
function Notes({ live, notes }) {
  const away = (/** @type {NotePart} */ note) => {
    live.act(setAside({ notes: [note.id], aside: true }));
    live.announcer.say(t("Note écartée du compte rendu. Vous pouvez annuler."));
  };
  if (notes.length === 0) return null;
  return html`<ul class="review-notes">${notes.map((note) => html`<li key=${note.id}><span>${note.text}</span>
    <button type="button" class="link" onClick=${() => away(note)}>${t("Écarter")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button></li>`)}</ul>`;
}

/** @param {{live: Live}} props */
export function Aside({ live }) {
  const notes = live.store.all("note").filter((note) => note.aside && !note.withdrawn);
  if (notes.length === 0) return null;
  const back = (/** @type {string} */ id) => {
    live.act(setAside({ notes: [id], aside: false }));
    live.announcer.say(t("La note est de nouveau au compte rendu."));
  };
  return html`<section id="passage-ecartees" class="review-aside" tabindex="-1" aria-labelledby="h-ecartees">
    <h2 id="h-ecartees">${t("Notes écartées")}</h2>
    <p class="small muted">${t("Elles ne figurent ni au compte rendu ni dans les dossiers.")}</p>
    <ul class="review-notes" id="r-ecartees" tabindex="-1">${notes.map((note) => html`<li key=${note.id}><span>${note.text}</span>
      <button type="button" class="link" onClick=${() => back(note.id)}>${t("Remettre")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button></li>`)}</ul>
  </section>`;
}
