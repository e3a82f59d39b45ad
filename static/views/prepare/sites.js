/**
 * Where people attend from: each site, its room, and what they need on the day; then the video call of those far away.
 *
 * Exports: Sites({live}).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { putSite, removeSite } from "../../core/commands.js";
import { putPractical } from "../../core/driving.js";
import { t } from "../../core/i18n.js";
import { byRank } from "../../core/selectors.js";
import { confirmDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { TextField } from "./fields.js";
import { linkFault } from "./plan.js";

/** @typedef {import("../../core/types.js").Site} Site */
/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live}} props */
export function Sites({ live }) {
  const sites = [...live.store.all("site")].sort(byRank);
  return html`<fieldset class="sites">
    <legend><h3>${t("Sites et salles")}</h3></legend>
    ${sites.length === 0 ? html`<p class="muted">${t("D’où participe-t-on\u202f? Une ligne par lieu, et une pour «\u00a0À distance\u00a0».")}</p>` : null}
    <ul role="list" class="site-lines">${sites.map((site) => html`<${SiteLine} key=${site.id} live=${live} site=${site} />`)}</ul>
    <${NewSite} live=${live} first=${sites.length === 0} />
    <${Video} live=${live} />
    <p class="small muted practical-kept">${t("Salles, Wi-Fi, téléphones et lien de visio servent le jour même\u00a0: invitation, affiche, écran d’accueil. Ils ne sont jamais archivés.")}</p>
  </fieldset>`;
}

/** @param {{live: Live, site: Site}} props */
function SiteLine({ live, site }) {
  const put = (/** @type {Partial<Site>} */ fields) => void live.send(putSite({ site: site.id, name: site.name, room: site.room, heads: site.heads, ...fields }));
  const remove = async () => {
    const said = live.store.get("practical", site.id);
    const text = t("Sa salle, son Wi-Fi et son téléphone sont oubliés avec lui.");
    if (said && !(await confirmDialog({ title: t("Retirer {site}\u202f?", { site: site.name }), text, confirm: t("Retirer le site"), danger: true }))) return;
    live.send(removeSite({ site: site.id }));
  };
  return html`<li class="site-line">
    <${TextField} id=${`site-${site.id}`} value=${site.name} most=${120} required label=${t("Nom du site")} onSave=${(/** @type {string} */ name) => put({ name })} />
    <label class="site-room"><input type="checkbox" checked=${site.room} onChange=${() => put({ room: !site.room })} /><span>${t("salle")}</span></label>
    ${site.room
      ? html`<label class="site-heads"><input type="number" min="0" max="600" value=${site.heads} aria-label=${t("Personnes attendues à {site}", { site: site.name })} onChange=${(/** @type {any} */ event) => put({ heads: Math.max(0, Math.min(600, Number(event.currentTarget.value) || 0)) })} /><span>${t("personnes")}</span></label>`
      : html`<span class="site-heads muted small">${t("sans salle commune")}</span>`}
    <button type="button" class="button quiet icon-only" aria-label=${t("Retirer {site}", { site: site.name })} onClick=${remove}><${Icon} name="trash-2" /></button>
    <${OnTheDay} live=${live} site=${site} />
  </li>`;
}

/** What people need at a site: folded until asked for, its line says what is there. @param {{live: Live, site: Site}} props */
function OnTheDay({ live, site }) {
  const said = live.store.get("practical", site.id) ?? { room: "", wifi: "", phone: "" };
  const save = (/** @type {Record<string, string>} */ fields) => void live.send(putPractical({ site: site.id, ...fields }));
  const shown = [said.room, said.wifi && t("Wi-Fi {name}", { name: said.wifi }), said.phone].filter(Boolean).join(" · ");
  const empty = site.room ? t("salle, Wi-Fi et téléphone à préciser") : t("téléphone à préciser");
  /** @param {"room"|"wifi"|"phone"} name @param {string} label @param {string} example */
  const field = (name, label, example) => html`<div class="field"><label for=${`p-${name}-${site.id}`}>${label}</label>
    <${TextField} id=${`p-${name}-${site.id}`} value=${said[name]} most=${200} placeholder=${example} onSave=${(/** @type {string} */ text) => save({ [name]: text })} /></div>`;
  return html`<details class="practical">
    <summary><span class="visually-hidden">${site.name}${"\u00a0"}: </span><strong>${t("En pratique")}</strong> <span class=${shown ? "" : "muted"}>${shown || empty}</span></summary>
    <div class="practical-fields">
      ${site.room ? field("room", t("Salle"), t("Salle Garonne, 2e étage")) : null}
      ${site.room ? field("wifi", t("Wi-Fi"), t("nom du réseau, mot de passe")) : null}
      ${field("phone", t("Téléphone en cas de souci"), "05 00 00 00 00")}
    </div>
  </details>`;
}

/** @param {{live: Live}} props */
function Video({ live }) {
  const video = live.store.get("practical", "session")?.video ?? "";
  return html`<div class="field video"><label for="a-visio">${t("Lien de la visioconférence")}</label>
    <div class="video-field"><${TextField} id="a-visio" type="url" value=${video} most=${400} check=${linkFault} describedby="a-visio-aide" placeholder="https://" onSave=${(/** @type {string} */ address) => live.send(putPractical({ video: address }))} /></div>
    <p class="hint" id="a-visio-aide">${t("La visio reste votre outil habituel\u00a0: ce lien l’ouvre depuis la page des participants à distance.")}</p></div>`;
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
