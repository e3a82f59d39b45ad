/**
 * What the workshop says of itself: title, object, what stays open, date, axis, how long names are kept; then its sites.
 *
 * Exports: openAbout(live, facts).
 * @module
 */
import { html, useLayoutEffect, useState } from "../../vendor/ui.js";
import { describeSession } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { Dialog, openDialog } from "../dialog.js";
import { Refusals, SaveState } from "../status.js";
import { TextField } from "./fields.js";
import { axesOn } from "./plan.js";
import { Sites } from "./sites.js";

/** @typedef {import("../../core/types.js").SessionRecord} SessionRecord */
/** @typedef {import("../../core/session.js").Live} Live */

/** What the choice « Autre… » is in the list of axes: no label can be that. */
const OTHER = "\n";

/** @param {Live} live @param {DOMStringMap} facts @param {string} [field] id of the one asked for */
export const openAbout = (live, facts, field) => openDialog((close) => html`<${About} live=${live} facts=${facts} field=${field} close=${close} />`);

/** @param {{live: Live, facts: DOMStringMap, field?: string, close: () => void}} props */
function About({ live, facts, field, close }) {
  useLayoutEffect(() => {
    if (field) document.getElementById(field)?.focus();
  }, []);
  const state = session(live.store);
  if (!state) return null;
  const save = (/** @type {any} */ fields) => void live.send(describeSession(fields));
  const foot = html`<span class="grow"><${SaveState} live=${live} /></span><button type="button" class="button primary" onClick=${close}>${t("C’est bon")}</button>`;
  return html`<${Dialog} title=${t("L’atelier")} onClose=${close} foot=${foot} wide>
    <${Refusals} live=${live} />
    <div class="about">
      <div class="field about-wide"><label for="a-titre">${t("Titre")}</label><${TextField} id="a-titre" value=${state.title} most=${120} required onSave=${(/** @type {string} */ title) => save({ title })} /></div>
      <div class="field about-wide"><label for="a-objet">${t("Objet")}</label><${TextField} id="a-objet" value=${state.purpose} most=${600} multiline rows=${2} describedby="a-objet-aide" onSave=${(/** @type {string} */ purpose) => save({ purpose })} />
        <p class="hint" id="a-objet-aide">${t("La question posée, en une phrase. Elle figure à l’entrée et en tête du compte rendu.")}</p></div>
      <div class="field about-half"><label for="a-ouvert">${t("Ce qui reste ouvert")}</label><${TextField} id="a-ouvert" value=${state.stays_open} most=${600} multiline rows=${2} describedby="a-ouvert-aide" onSave=${(/** @type {string} */ text) => save({ stays_open: text })} />
        <p class="hint" id="a-ouvert-aide">${t("Ce que le groupe peut vraiment infléchir.")}</p></div>
      <div class="field about-half"><label for="a-decide">${t("Ce qui n’est pas décidé d’avance")}</label><${TextField} id="a-decide" value=${state.not_decided} most=${600} multiline rows=${2} describedby="a-decide-aide" onSave=${(/** @type {string} */ text) => save({ not_decided: text })} />
        <p class="hint" id="a-decide-aide">${t("Ce qui sera tranché après l’atelier, et par qui.")}</p></div>
      <div class="field"><label for="a-date">${t("Date")}</label><${TextField} id="a-date" type="date" value=${state.date} most=${10} onSave=${(/** @type {string} */ date) => save({ date })} /></div>
      <div class="field"><label for="a-debut">${t("Début")}</label><${TextField} id="a-debut" type="time" value=${state.start} most=${5} onSave=${(/** @type {string} */ start) => save({ start: start.slice(0, 5) })} /></div>
      <div class="field about-half"><label for="a-duree">${t("Noms effacés")}</label><${Retention} days=${state.retention} save=${save} /></div>
      <${AxisField} state=${state} facts=${facts} save=${save} />
      <div class="field about-half"><label for="a-reference">${t("Référence")}</label><${TextField} id="a-reference" value=${state.reference} most=${80} describedby="a-reference-aide" onSave=${(/** @type {string} */ reference) => save({ reference })} />
        <p class="hint" id="a-reference-aide">${t("Celle de votre classement. Elle figure en tête du compte rendu.")}</p></div>
    </div>
    <${Sites} live=${live} />
  </${Dialog}>`;
}

/**
 * The axes in force on the workshop's day, and any other; without a list, a free text. The session keeps the words.
 * @param {{state: SessionRecord, facts: DOMStringMap, save: (fields: any) => void}} props
 */
function AxisField({ state, facts, save }) {
  const [other, setOther] = useState(false);
  const all = JSON.parse(facts.axes || "[]");
  const day = state.date || new Intl.DateTimeFormat("en-CA", { timeZone: state.timezone, year: "numeric", month: "2-digit", day: "2-digit" }).format();
  const labels = axesOn(all, day).map((axis) => axis.label);
  const managing = facts.holder ? html`<p class="hint"><a href="/axes" target="_blank" rel="noopener">${t("Modifier la liste des axes")}<span class="visually-hidden"> ${t("(nouvel onglet)")}</span></a></p>` : null;
  const typed = html`<${TextField} id=${labels.length ? "a-axe-autre" : "a-axe"} value=${state.axis} most=${120} label=${labels.length ? t("Autre axe") : undefined} onSave=${(/** @type {string} */ axis) => save({ axis })} />`;
  if (!labels.length) return html`<div class="field about-half"><label for="a-axe">${t("Axe")}</label>${typed}${managing}</div>`;
  const kept = state.axis && !labels.includes(state.axis) ? [state.axis] : [];
  const pick = (/** @type {any} */ event) => {
    const value = event.currentTarget.value;
    setOther(value === OTHER);
    if (value !== OTHER) save({ axis: value });
  };
  const options = [["", t("aucun")], ...[...labels, ...kept].map((label) => [label, label]), [OTHER, t("Autre…")]];
  const value = other ? OTHER : state.axis;
  return html`<div class="field about-half"><label for="a-axe">${t("Axe")}</label>
    <select id="a-axe" value=${value} onChange=${pick}>${options.map(([one, text]) => html`<option value=${one} selected=${one === value}>${text}</option>`)}</select>
    ${other ? typed : null}${managing}</div>`;
}

/** @param {{days: number, save: (fields: any) => void}} props */
function Retention({ days, save }) {
  const usual = [7, 30, 90, 180, 365];
  const all = usual.includes(days) ? usual : [...usual, days].sort((a, b) => a - b);
  return html`<select id="a-duree" value=${String(days)} onChange=${(/** @type {any} */ event) => save({ retention: Number(event.currentTarget.value) })}>
    ${all.map((n) => html`<option value=${String(n)} selected=${n === days}>${n === 365 ? t("un an après la clôture") : tn("{n} jour après la clôture", "{n} jours après la clôture", n)}</option>`)}
  </select>`;
}
