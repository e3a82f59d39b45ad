/**
 * Every role's link and QR code: to copy, to print, to replace, saying first exactly what stops.
 *
 * Exports: LinkList({live, links, code}), copyText(text, field).
 * @module
 */
import { html, useRef, useState } from "../../vendor/ui.js";
import { revokeLink } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { byRank } from "../../core/selectors.js";
import { Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Role} Role */
/** @typedef {{url: string, qr: string, door?: {url: string, qr: string}}} Link */
/** @typedef {{roles: Record<string, Link>, rooms: Record<string, Link>}} Links */
/** @typedef {{stops: string[], stays: string[]}} Effect What replacing a link ends, and what goes on. */

/** @param {string} code @returns {[Role, string, string, Effect][]} role, name, what it opens, what replacing it does */
const ROLES = (code) => {
  const seated = t("Les personnes déjà entrées gardent leur place, et y reviennent.");
  const others = t("Les liens des autres rôles ne changent pas.");
  return [
    ["participant", t("Participer"), t("Écrire et voter, depuis son téléphone ou son ordinateur."), {
      stops: [t("le lien dans les mails et les agendas déjà envoyés"), t("les codes QR des affiches déjà imprimées, et ceux des entrées de salle")],
      stays: [t("Le code {code} reste valable, et mène au nouveau lien.", { code }), t("L’écran de la salle montre aussitôt le nouveau code QR."), seated],
    }],
    ["facilitator", t("Animer"), t("Tout conduire. À ne donner qu’à qui anime avec vous."), { stops: [t("le lien d’animation déjà transmis")], stays: [t("La clé d’animation du laboratoire ouvre toujours l’atelier."), seated, others] }],
    ["cofacilitator", t("Co-animer"), t("Les mêmes gestes, depuis un autre site."), { stops: [t("le lien de co-animation déjà transmis")], stays: [seated, others] }],
    ["projector", t("Projeter"), t("L’écran de la salle\u00a0: rien de personnel, rien à toucher."), { stops: [t("le lien de projection déjà transmis ou mis en favori")], stays: [t("Les écrans déjà branchés continuent."), t("Brancher un écran par son code court reste possible."), others] }],
    ["observer", t("Observer"), t("Regarder sans écrire ni voter."), { stops: [t("le lien d’observation déjà transmis")], stays: [seated, others] }],
  ];
};

/** @returns {Effect} */
const roomEffect = () => ({
  stops: [t("le lien et le code QR des appareils partagés, dans toutes les salles")],
  stays: [t("Les appareils déjà branchés continuent, avec leurs notes et leurs bulletins."), t("Brancher un appareil par son code court reste possible.")],
});

/** @param {{live: Live, links: Links, code: string}} props */
export function LinkList({ live, links, code }) {
  const sites = [...live.store.all("site")].sort(byRank).filter((site) => site.room);
  return html`<ul role="list" class="links">
      ${ROLES(code).map(([role, name, about, effect]) => html`<${LinkLine} key=${role} live=${live} role=${role} name=${name} about=${about} effect=${effect} link=${links.roles[role]} />`)}
      ${sites.map((site) => links.rooms[site.id] && html`
        <${LinkLine} key=${`d-${site.id}`} live=${live} name=${t("Entrée de {site}", { site: site.name })} about=${t("À afficher dans la salle\u00a0: le site est déjà choisi.")} link=${links.rooms[site.id].door} />
        <${LinkLine} key=${`r-${site.id}`} live=${live} role="room" name=${t("Appareil partagé de {site}", { site: site.name })} about=${t("Une tablette pour plusieurs personnes\u00a0: notes et bulletins, chacune son tour.")}
          effect=${roomEffect()} link=${links.rooms[site.id]} />`)}
    </ul>
    ${sites.length === 0 ? html`<p class="small muted">${t("Ajoutez vos sites pour obtenir le code de chaque salle et de ses appareils partagés.")}</p>` : null}`;
}

/** Says what ends and what goes on, and asks. @param {string} name @param {Effect} effect @returns {Promise<boolean>} */
function confirmReplacing(name, { stops, stays }) {
  return new Promise((resolve) => {
    openDialog((close) => {
      const answer = (/** @type {boolean} */ yes) => () => {
        close();
        resolve(yes);
      };
      const foot = html`<button type="button" class="button" onClick=${answer(false)} autofocus>${t("Garder le lien")}</button>
        <button type="button" class="button danger" onClick=${answer(true)}>${t("Remplacer le lien")}</button>`;
      return html`<${Dialog} title=${t("Remplacer le lien «\u00a0{name}\u00a0»\u202f?", { name })} onClose=${answer(false)} foot=${foot}>
        <div class="notice warning"><p><strong>${t("Ne marchera plus\u00a0:")}</strong></p><ul class="effects">${stops.map((one) => html`<li>${one}</li>`)}</ul></div>
        <div><p><strong>${t("Ne change pas\u00a0:")}</strong></p><ul class="effects">${stays.map((one) => html`<li>${one}</li>`)}</ul></div>
        <p>${t("Il faudra transmettre le nouveau lien. Ceci ne s’annule pas.")}</p>
      </${Dialog}>`;
    });
  });
}

/** @param {{live: Live, role?: Role, name: string, about: string, effect?: Effect, link: {url: string, qr: string}|undefined}} props */
function LinkLine({ live, role, name, about, effect, link }) {
  const [copied, setCopied] = useState(false);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  if (!link) return null;
  const copy = async () => {
    if (!(await copyText(link.url, field.current))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2500);
  };
  const revoke = async () => {
    if (role && effect && (await confirmReplacing(name, effect))) live.send(revokeLink({ role }));
  };
  return html`<li class="link-line">
    <img class="link-qr" src=${link.qr} alt=${t("Code QR\u00a0: {name}", { name })} width="104" height="104" />
    <div class="link-text">
      <h3>${name}</h3>
      <p class="small muted">${about}</p>
      <div class="row link-row">
        <input class="link-url grow" type="text" readonly ref=${field} value=${link.url} aria-label=${t("Adresse\u00a0: {name}", { name })} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
        <button type="button" class="button" onClick=${copy} aria-label=${t("Copier le lien {name}", { name })}><${Icon} name=${copied ? "check" : "copy"} small />${copied ? t("Copié") : t("Copier")}</button>
        ${role ? html`<button type="button" class="button quiet" onClick=${revoke} aria-label=${t("Remplacer le lien {name}", { name })}>${t("Remplacer…")}</button>` : null}
      </div>
    </div>
  </li>`;
}

/**
 * Copies a text; over plain http, where the clipboard is out of reach, from its own field: a dialog lets no other be selected.
 * @param {string} text @param {HTMLInputElement|HTMLTextAreaElement|null} field where it stands
 */
export async function copyText(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand("copy");
  }
}
