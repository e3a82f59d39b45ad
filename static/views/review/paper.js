/**
 * The minutes as they will be, corrected in place: what was decided, what will be done, who came.
 *
 * Exports: InPlace, Title, Decisions, Actions, Parking, Presence.
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { describeSession, editSheet, removeSheet } from "../../core/commands.js";
import { listExcused } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { longDate } from "../../core/words.js";
import { Icon } from "../icon.js";
import { TextField } from "../prepare/fields.js";
import { SheetForm, sheetWords } from "../sheets.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("./report.js").Facts} Facts */
/** @typedef {import("./report.js").SheetPart} SheetPart */
/** @typedef {import("../../core/types.js").SheetType} SheetType */

/**
 * A text of the minutes that one clicks into and changes.
 * @param {{id: string, label: string, value: string, most: number, lines?: boolean, required?: boolean, placeholder?: string, className?: string, describedby?: string,
 *   onSave: (text: string) => void}} props `lines`: it may hold several
 */
export function InPlace({ id, label, value, most, lines = true, required, placeholder, className = "", describedby, onSave }) {
  const rows = Math.max(1, ...[value].map((text) => Math.ceil(text.length / 74) + text.split("\n").length - 1));
  const one = (/** @type {string} */ text) => onSave(lines ? text : text.replace(/\s*\n\s*/g, " "));
  return html`<${TextField} id=${id} label=${label} value=${value} most=${most} multiline rows=${rows} required=${required} placeholder=${placeholder}
    describedby=${describedby} className=${`in-place ${className}`} onSave=${one} />`;
}

/** @param {{live: Live, facts: Facts}} props */
export function Title({ live, facts }) {
  const state = session(live.store);
  if (!state) return null;
  const { report, lab, version, when, leading } = facts;
  const approval = live.store.get("approval", "approval");
  const save = (/** @type {any} */ fields) => void live.send(describeSession(fields));
  const standing = approval ? t("Validé par {name} le {day}", { name: approval.by, day: longDate(approval.on) }) : t("Projet de compte rendu");
  const sites = report.sites.filter((site) => site.heads > 0).map((site) => `${site.name || t("Site non précisé")} ${site.heads}`);
  return html`<header class="review-title" id="passage-tete" tabindex="-1">
    <p class="review-running small"><span>${lab}</span><span>${standing}${version > 1 ? ` · ${t("version {n}", { n: version })}` : ""}</span></p>
    <h1 class="visually-hidden">${t("Compte rendu")}</h1>
    <${InPlace} id="r-titre" label=${t("Titre")} value=${state.title} most=${120} lines=${false} required className="as-title" onSave=${(/** @type {string} */ title) => save({ title })} />
    <${InPlace} id="r-objet" label=${t("Objet")} value=${state.purpose} most=${600} className="as-lead" placeholder=${t("L’objet de l’atelier, en une phrase")} onSave=${(/** @type {string} */ purpose) => save({ purpose })} />
    <div class="review-when">
      ${state.date ? null : html`<p class="review-reference"><label for="r-date">${t("Date")}</label><${TextField} id="r-date" type="date" value="" most=${10} className="in-place" onSave=${(/** @type {string} */ date) => save({ date })} /></p>`}
      <p>${when}${sites.length > 0 ? ` · ${sites.join(", ")}` : ""}</p>
      <p>${tn("{n} personne", "{n} personnes", report.heads)}${leading.length > 0 ? ` · ${t("Animation\u00a0: {names}", { names: leading.join(", ") })}` : ""}</p>
      <p class="review-reference"><label for="r-reference">${t("Référence")}</label><${TextField} id="r-reference" value=${state.reference} most=${80} className="in-place" placeholder=${t("celle de votre classement")} onSave=${(/** @type {string} */ reference) => save({ reference })} /></p>
    </div>
    ${open("r-reste", t("Ce qui reste ouvert"), state.stays_open, (stays_open) => save({ stays_open }))}
    ${open("r-avance", t("Ce qui n’est pas décidé d’avance"), state.not_decided, (not_decided) => save({ not_decided }))}
  </header>`;
}

/** A declared question, under its own heading. @param {string} id @param {string} label @param {string} value @param {(text: string) => void} onSave */
const open = (id, label, value, onSave) => html`<div class="review-open"><h2 class="as-small">${label}</h2>
  <${InPlace} id=${id} label=${label} value=${value} most=${600} placeholder=${t("à compléter, ou à laisser vide")} onSave=${onSave} /></div>`;

/** @param {{live: Live, facts: Facts}} props */
export function Decisions({ live, facts }) {
  const list = facts.report.decisions;
  return html`<section id="passage-decisions" tabindex="-1" aria-labelledby="h-decisions">
    <h2 id="h-decisions">${t("Ce qui a été décidé")}</h2>
    ${list.length === 0 ? html`<p class="review-none"><${Icon} name="triangle-alert" />${t("Aucune décision n’a été notée pendant l’atelier.")}</p>` : null}
    <ol role="list" class="review-decisions">${list.map((one) => html`<li key=${one.id}>
      <span class="review-number" aria-hidden="true">${one.number}</span>
      <div><${What} live=${live} sheet=${one} label=${t("Décision {n}", { n: one.number })} />${one.origin ? html`<p class="small muted">${t("D’après\u00a0: {origin}", { origin: one.origin })}</p>` : null}</div>
      <${Remove} live=${live} sheet=${one} /></li>`)}</ol>
    <${Adding} live=${live} type="decision" id="r-decisions" />
  </section>`;
}

/** @param {{live: Live, facts: Facts}} props */
export function Actions({ live, facts }) {
  const list = facts.report.actions;
  const people = [...new Set(live.store.all("seat").filter((seat) => !seat.removed && !["room", "projector"].includes(seat.role)).map((seat) => seat.name))];
  return html`<section id="passage-actions" tabindex="-1" aria-labelledby="h-actions">
    <h2 id="h-actions">${t("Ce qui va être fait")}</h2>
    ${list.length === 0 ? html`<p class="muted">${t("Aucune action n’a été notée.")}</p>` : html`<table class="review-actions">
      <thead><tr><th scope="col">${t("N°")}</th><th scope="col">${t("Action")}</th><th scope="col">${t("Responsable")}</th><th scope="col">${t("Échéance")}</th><th scope="col"><span class="visually-hidden">${t("Retirer")}</span></th></tr></thead>
      <tbody>${list.map((one) => html`<tr key=${one.id}>
        <td class="review-number">${one.number}</td>
        <td data-label=${t("Action")}><${What} live=${live} sheet=${one} label=${t("Action {n}", { n: one.number })} /></td>
        <td data-label=${t("Responsable")}><${Who} live=${live} sheet=${one} /></td>
        <td data-label=${t("Échéance")}><${When} live=${live} sheet=${one} /></td>
        <td><${Remove} live=${live} sheet=${one} /></td></tr>`)}</tbody>
    </table>`}
    <datalist id="r-names">${people.map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
    <${Adding} live=${live} type="action" id="r-actions" />
  </section>`;
}

/** @param {{live: Live, sheet: SheetPart, label: string}} props */
const What = ({ live, sheet, label }) => html`<${InPlace} id=${`what-${sheet.id}`} label=${label} value=${live.store.get("sheet", sheet.id)?.what ?? sheet.what} most=${500} required
  onSave=${(/** @type {string} */ what) => live.send(editSheet({ sheet: sheet.id, what }))} />`;

/** @param {{live: Live, sheet: SheetPart}} props */
function Who({ live, sheet }) {
  const value = live.store.get("sheet", sheet.id)?.who ?? sheet.who;
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const save = () => {
    if (typed !== null && typed.trim() !== value) live.send(editSheet({ sheet: sheet.id, who: typed.trim() }));
    setTyped(null);
  };
  return html`<input id=${`who-${sheet.id}`} class="in-place" type="text" list="r-names" maxlength="120" autocomplete="off" aria-label=${t("Responsable de l’action {n}", { n: sheet.number })}
    placeholder=${t("à désigner")} data-missing=${value === ""} value=${typed ?? value} onInput=${(/** @type {any} */ event) => setTyped(event.currentTarget.value)} onBlur=${save} />`;
}

/** @param {{live: Live, sheet: SheetPart}} props */
function When({ live, sheet }) {
  const value = live.store.get("sheet", sheet.id)?.when ?? sheet.when;
  return html`<${TextField} id=${`when-${sheet.id}`} type="date" value=${value} most=${10} label=${t("Échéance de l’action {n}", { n: sheet.number })} className=${`in-place${value ? "" : " missing"}`}
    onSave=${(/** @type {string} */ when) => live.send(editSheet({ sheet: sheet.id, when }))} />`;
}

/** @param {{live: Live, sheet: SheetPart}} props */
function Remove({ live, sheet }) {
  const take = () => {
    live.act(removeSheet({ sheet: sheet.id, removed: true }));
    live.announcer.say(t("Retiré. Vous pouvez annuler."));
  };
  return html`<button type="button" class="button quiet icon-only review-remove" aria-label=${t("Retirer «\u00a0{text}\u00a0»", { text: sheet.what })} onClick=${take}><${Icon} name="x" small /></button>`;
}

/** @param {{live: Live, type: SheetType, id: string}} props */
function Adding({ live, type, id }) {
  const [open, setOpen] = useState(false);
  if (!open) return html`<p><button type="button" class="button quiet" id=${id} onClick=${() => setOpen(true)}><${Icon} name="plus" small />${sheetWords(type).make}</button></p>`;
  return html`<div class="card"><${SheetForm} live=${live} type=${type} onDone=${() => setOpen(false)} onCancel=${() => setOpen(false)} /></div>`;
}

/** @param {{live: Live, facts: Facts}} props */
export function Parking({ live, facts }) {
  const list = facts.report.parking;
  if (list.length === 0) return null;
  return html`<section id="passage-parking" tabindex="-1" aria-labelledby="h-parking"><h2 id="h-parking">${t("Mis de côté pour plus tard")}</h2>
    <ul role="list" class="review-list">${list.map((one) => html`<li key=${one.id}><${What} live=${live} sheet=${one} label=${t("Point {n}", { n: one.number })} />
      <button type="button" class="link" onClick=${() => live.act(editSheet({ sheet: one.id, type: "action" }))}>${t("En faire une action")}<span class="visually-hidden"> «\u00a0${one.what}\u00a0»</span></button><${Remove} live=${live} sheet=${one} /></li>`)}</ul>
  </section>`;
}

/** @param {{live: Live, facts: Facts}} props */
export function Presence({ live, facts }) {
  const state = session(live.store);
  const { report } = facts;
  const listed = Boolean(state?.list_present);
  const excused = live.store.get("excused", "excused")?.text ?? "";
  return html`<section id="passage-presences" tabindex="-1" aria-labelledby="h-presences">
    <h2 id="h-presences">${t("Présences")}</h2>
    <table class="review-sites"><thead><tr><th scope="col">${t("Site")}</th><th scope="col">${t("Personnes")}</th><th scope="col">${t("Services")}</th></tr></thead>
      <tbody>${report.sites.map((site) => html`<tr key=${site.name}><th scope="row">${site.name || t("Site non précisé")}</th><td>${site.heads}${site.shared ? html` <span class="muted small">${tn("dont {n} sur un appareil partagé", "dont {n} sur un appareil partagé", site.shared)}</span>` : ""}</td>
        <td class="small">${site.services.filter(([name]) => name).map(([name, n]) => (n > 1 ? `${name} (${n})` : name)).join(", ")}</td></tr>`)}</tbody></table>
    <label class="tick"><input type="checkbox" checked=${listed} onChange=${() => live.send(describeSession({ list_present: !listed }))} />
      <span>${t("Faire figurer les présents")}<span class="hint">${t("Leurs noms, et ceux des personnes excusées, seront alors dans le dossier à diffuser. Sinon, dans le dossier réservé seulement.")}</span></span></label>
    ${listed && report.people.length > 0 ? html`<p class="small">${report.people.filter((one) => one.role !== "projector").map((one) => one.name).join(", ")}</p>` : null}
    <div class="review-open"><h3 class="as-small">${t("Excusés")}</h3><${InPlace} id="r-excuses" label=${t("Personnes excusées")} value=${excused} most=${600} placeholder=${t("noms et services des personnes qui n’ont pas pu venir")}
      onSave=${(/** @type {string} */ text) => live.send(listExcused({ text }))} /></div>
  </section>`;
}
