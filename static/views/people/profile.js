/**
 * « Mon profil »: one's name, what one said at the door, and the personal link that takes one's place to another
 * device.
 *
 * Exports: Profile.
 * @module
 */
import { editProfile, renameSeat } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { byRank } from "../../core/selectors.js";
import { html, useId, useState } from "../../vendor/ui.js";
import { Dialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { LegalLinks } from "../legal.js";
import { copyText } from "./copy.js";
import { Practical } from "./practical.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live, links: DOMStringMap, onClose: () => void}} props `links.personal` is the address of one's own link */
export function Profile({ live, links, onClose }) {
  const seat = live.seat.value;
  const profile = live.store.get("profile", seat?.id ?? "");
  const [name, setName] = useState(seat?.name ?? "");
  const [site, setSite] = useState(seat?.site ?? "");
  const [service, setService] = useState(profile?.service ?? "");
  const [manages, setManages] = useState(profile?.manages ?? false);
  const [missing, setMissing] = useState(false);
  const id = useId();
  const sites = [...live.store.all("site")].sort(byRank);
  const address = links.personal ? new URL(links.personal, location.href).href : "";
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!seat) return;
    if (name.trim() === "") return setMissing(true);
    if (name.trim() !== seat.name) live.send(renameSeat({ seat: seat.id, name: name.trim() }));
    const changed = { ...(site !== seat.site ? { site } : {}), ...(service !== (profile?.service ?? "") ? { service } : {}),
      ...(manages !== (profile?.manages ?? false) ? { manages } : {}) };
    if (Object.keys(changed).length > 0) live.send(editProfile(changed));
    live.announcer.say(t("Profil enregistré."));
    onClose();
  };
  const foot = html`<button type="button" class="button" onClick=${onClose}>${t("Annuler")}</button>
    <button type="submit" class="button primary" form=${`${id}-f`}>${t("Enregistrer")}</button>`;
  return html`<${Dialog} title=${t("Mon profil")} onClose=${onClose} foot=${foot}>
    <form id=${`${id}-f`} class="stack" onSubmit=${submit}>
      <div class="field"><label for=${`${id}-n`}>${t("Nom ou pseudonyme")}</label>
        <input id=${`${id}-n`} type="text" value=${name} maxlength="80" aria-invalid=${missing} autocomplete="name" onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} />
        ${missing && html`<span class="error">${t("Un nom, même inventé, est nécessaire.")}</span>`}</div>
      ${sites.length > 0 && html`<div class="field"><label for=${`${id}-s`}>${t("Site")}</label>
        <select id=${`${id}-s`} value=${site} onChange=${(/** @type {any} */ event) => setSite(event.currentTarget.value)}>
          <option value="">${t("Sans site")}</option>${sites.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>`}
      <div class="field"><label for=${`${id}-v`}>${t("Service (facultatif)")}</label>
        <input id=${`${id}-v`} type="text" value=${service} maxlength="120" autocomplete="organization" onInput=${(/** @type {any} */ event) => setService(event.currentTarget.value)} /></div>
      <label class="switch-line"><input type="checkbox" checked=${manages} onChange=${(/** @type {any} */ event) => setManages(event.currentTarget.checked)} /><span>${t("J’encadre une équipe")}</span></label>
    </form>
    ${address && html`<section class="stack personal"><h3>${t("Continuer sur un autre appareil")}</h3>
      <p class="small muted">${t("Ce lien est le vôtre\u00a0: qui l’ouvre prend votre place. Ne le transmettez pas.")}</p>
      <p class="personal-link">${address}</p>
      <p><button type="button" class="button" onClick=${() => copyText(live, address)}><${Icon} name="copy" />${t("Copier mon lien")}</button></p></section>`}
    <${Practical} live=${live} level=${3} />
    <${LegalLinks} live=${live} />
  </${Dialog}>`;
}
