/**
 * Every role's link and QR code: to copy, to print, to revoke, saying first what stops.
 *
 * Exports: openLinks(live, {address, code}).
 * @module
 */
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { revokeLink } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { byRank, session } from "../../core/selectors.js";
import { confirmDialog, Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Role} Role */
/** @typedef {{url: string, qr: string, door?: {url: string, qr: string}}} Link */
/** @typedef {{roles: Record<string, Link>, rooms: Record<string, Link>}} Links */

/** @param {Live} live @param {{address: string, code: string}} options `address`: where the links are fetched */
export const openLinks = (live, options) => openDialog((close) => html`<${LinksDialog} live=${live} close=${close} ...${options} />`);

/** @returns {[Role, string, string, string][]} role, name, what it opens, what revoking stops */
const ROLES = () => [
  ["participant", t("Participer"), t("Écrire et voter, depuis son téléphone ou son ordinateur."), t("Les invitations et affiches déjà diffusées ne permettront plus d’entrer. Le code de l’atelier reste valable.")],
  ["facilitator", t("Animer"), t("Tout conduire. À ne donner qu’à qui anime avec vous."), t("Le lien déjà transmis n’ouvrira plus l’animation.")],
  ["cofacilitator", t("Co-animer"), t("Les mêmes gestes, depuis un autre site."), t("Le lien déjà transmis n’ouvrira plus la co-animation.")],
  ["projector", t("Projeter"), t("L’écran de la salle\u00a0: rien de personnel, rien à toucher."), t("Un écran qui n’est pas encore branché ne pourra plus l’être avec ce lien.")],
  ["observer", t("Observer"), t("Regarder sans écrire ni voter."), t("Le lien déjà transmis ne permettra plus de regarder.")],
];

/** @param {{live: Live, close: () => void, address: string, code: string}} props */
function LinksDialog({ live, close, address, code }) {
  const state = session(live.store);
  const sites = [...live.store.all("site")].sort(byRank).filter((site) => site.room);
  const [links, setLinks] = useState(/** @type {Links|null} */ (null));
  const version = JSON.stringify([state?.generations, sites.map((site) => site.id)]);
  useEffect(() => {
    let wanted = true;
    void fetch(address).then((answer) => answer.json()).then((found) => wanted && setLinks(found)).catch(() => undefined);
    return () => void (wanted = false);
  }, [version]);
  useEffect(() => {
    document.documentElement.dataset.printing = "links";
    return () => void delete document.documentElement.dataset.printing;
  }, []);
  const foot = html`<button type="button" class="button" onClick=${() => print()}><${Icon} name="printer" />${t("Imprimer")}</button><button type="button" class="button primary" onClick=${close}>${t("Fermer")}</button>`;
  return html`<${Dialog} title=${t("Liens et codes QR")} onClose=${close} foot=${foot} wide>
    <p>${t("Code de l’atelier\u00a0:")} <strong class="big-code">${code}</strong></p>
    ${!links ? html`<p class="muted" role="status">${t("Les liens arrivent…")}</p>` : html`
      <ul role="list" class="links">
        ${ROLES().map(([role, name, about, stops]) => html`<${LinkLine} key=${role} live=${live} role=${role} name=${name} about=${about} stops=${stops} link=${links.roles[role]} />`)}
        ${sites.map((site) => links.rooms[site.id] && html`
          <${LinkLine} key=${`d-${site.id}`} live=${live} name=${t("Entrée de {site}", { site: site.name })} about=${t("À afficher dans la salle\u00a0: le site est déjà choisi.")} link=${links.rooms[site.id].door} />
          <${LinkLine} key=${`r-${site.id}`} live=${live} role="room" name=${t("Appareil partagé de {site}", { site: site.name })} about=${t("Une tablette pour plusieurs personnes\u00a0: notes et bulletins, chacune son tour.")}
            stops=${t("Ce lien, pour toutes les salles, ne permettra plus de brancher un appareil partagé. Ceux déjà branchés continuent.")} link=${links.rooms[site.id]} />`)}
      </ul>
      ${sites.length === 0 ? html`<p class="small muted">${t("Ajoutez vos sites pour obtenir le code de chaque salle et de ses appareils partagés.")}</p>` : null}`}
  </${Dialog}>`;
}

/** @param {{live: Live, role?: Role, name: string, about: string, stops?: string, link: {url: string, qr: string}|undefined}} props */
function LinkLine({ live, role, name, about, stops, link }) {
  const [copied, setCopied] = useState(false);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  if (!link) return null;
  const copy = async () => {
    if (!(await copyText(link.url, field.current))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2500);
  };
  const revoke = async () => {
    if (!role || !stops) return;
    const title = t("Remplacer le lien «\u00a0{name}\u00a0»\u202f?", { name });
    const text = `${stops} ${t("Les personnes déjà entrées gardent leur place.")}`;
    if (await confirmDialog({ title, text, confirm: t("Remplacer le lien"), danger: true })) live.send(revokeLink({ role }));
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
 * @param {string} text @param {HTMLInputElement|null} field where it stands
 */
async function copyText(text, field) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand("copy");
  }
}
