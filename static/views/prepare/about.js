/**
 * What the workshop says of itself: title, object, date, axis, how long names are kept, and its sites.
 *
 * Exports: openAbout(live).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { describeSession, putSite, removeSite } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { byRank, session } from "../../core/selectors.js";
import { Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { Refusals, SaveState } from "../status.js";
import { TextField } from "./fields.js";

/** @typedef {import("../../core/types.js").Site} Site */
/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live */
export const openAbout = (live) => openDialog((close) => html`<${About} live=${live} close=${close} />`);

/** @param {{live: Live, close: () => void}} props */
function About({ live, close }) {
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
      <div class="field"><label for="a-date">${t("Date")}</label><${TextField} id="a-date" type="date" value=${state.date} most=${10} onSave=${(/** @type {string} */ date) => save({ date })} /></div>
      <div class="field"><label for="a-debut">${t("Début")}</label><${TextField} id="a-debut" type="time" value=${state.start} most=${5} onSave=${(/** @type {string} */ start) => save({ start: start.slice(0, 5) })} /></div>
      <div class="field"><label for="a-axe">${t("Axe")}</label><${TextField} id="a-axe" value=${state.axis} most=${120} onSave=${(/** @type {string} */ axis) => save({ axis })} /></div>
      <div class="field"><label for="a-duree">${t("Noms effacés")}</label><${Retention} days=${state.retention} save=${save} /></div>
    </div>
    <${Sites} live=${live} />
  </${Dialog}>`;
}

/** @param {{days: number, save: (fields: any) => void}} props */
function Retention({ days, save }) {
  const usual = [7, 30, 90, 180, 365];
  const all = usual.includes(days) ? usual : [...usual, days].sort((a, b) => a - b);
  return html`<select id="a-duree" value=${String(days)} onChange=${(/** @type {any} */ event) => save({ retention: Number(event.currentTarget.value) })}>
    ${all.map((n) => html`<option value=${String(n)} selected=${n === days}>${n === 365 ? t("un an après la clôture") : tn("{n} jour après la clôture", "{n} jours après la clôture", n)}</option>`)}
  </select>`;
}

/** @param {{live: Live}} props */
function Sites({ live }) {
  const sites = [...live.store.all("site")].sort(byRank);
  return html`<fieldset class="sites">
    <legend><h3>${t("Sites et salles")}</h3></legend>
    ${sites.length === 0 ? html`<p class="muted">${t("D’où participe-t-on\u202f? Une ligne par lieu, et une pour «\u00a0À distance\u00a0».")}</p>` : null}
    <ul role="list" class="site-lines">${sites.map((site) => html`<${SiteLine} key=${site.id} live=${live} site=${site} />`)}</ul>
    <${NewSite} live=${live} first=${sites.length === 0} />
  </fieldset>`;
}

/** @param {{live: Live, site: Site}} props */
function SiteLine({ live, site }) {
  const put = (/** @type {Partial<Site>} */ fields) => void live.send(putSite({ site: site.id, name: site.name, room: site.room, heads: site.heads, ...fields }));
  return html`<li class="site-line">
    <${TextField} id=${`site-${site.id}`} value=${site.name} most=${120} required label=${t("Nom du site")} onSave=${(/** @type {string} */ name) => put({ name })} />
    <label class="site-room"><input type="checkbox" checked=${site.room} onChange=${() => put({ room: !site.room })} /><span>${t("salle")}</span></label>
    ${site.room
      ? html`<label class="site-heads"><input type="number" min="0" max="600" value=${site.heads} aria-label=${t("Personnes attendues à {site}", { site: site.name })} onChange=${(/** @type {any} */ event) => put({ heads: Math.max(0, Math.min(600, Number(event.currentTarget.value) || 0)) })} /><span>${t("personnes")}</span></label>`
      : html`<span class="site-heads muted small">${t("sans salle commune")}</span>`}
    <button type="button" class="button quiet icon-only" aria-label=${t("Retirer {site}", { site: site.name })} onClick=${() => live.send(removeSite({ site: site.id }))}><${Icon} name="trash-2" /></button>
  </li>`;
}

/** @param {{live: Live, first: boolean}} props */
function NewSite({ live, first }) {
  const [name, setName] = useState("");
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const named = name.trim();
    if (!named) return;
    const away = /distance|remote|visio/i.test(named);
    live.send(putSite({ name: named, room: !away, heads: 0 }));
    setName("");
  };
  return html`<form class="row new-site" onSubmit=${add}>
    <input class="grow" type="text" maxlength="120" value=${name} aria-label=${t("Nouveau site")} placeholder=${first ? t("Montpellier, Hôtel de Grave") : t("Un autre site, ou À distance")} onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} />
    <button class="button" disabled=${!name.trim()}><${Icon} name="plus" small />${t("Ajouter")}</button>
  </form>`;
}
