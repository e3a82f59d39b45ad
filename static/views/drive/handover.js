/**
 * Links that one person gives another across the table: driving with us, or one's own place found again. A large QR code
 * for a phone, and an address to copy.
 *
 * Exports: openHandOver(live), openPersonalLink(live, seat).
 * @module
 */
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{url: string, qr: string}} Link */

/** « Passer la main »: a second person drives from another device, at once, with everything as it is. @param {Live} live */
export const openHandOver = (live) => openDialog((close) => html`<${LinkDialog} close=${close} title=${t("Passer la main")}
  address=${`/s/${live.id}/liens`} pick=${(/** @type {any} */ found) => found.roles.cofacilitator}
  text=${t("Cette personne ouvre le lien, dit son nom, et conduit avec vous\u00a0: mêmes boutons, même étape, même minuteur. Rien ne change pour les participants, et vous pouvez fermer votre page.")}
  warning=${t("À ne donner qu’à qui anime avec vous.")} name=${t("co-animer")} />`);

/** @param {Live} live @param {import("../../core/types.js").Seat} seat */
export const openPersonalLink = (live, seat) => openDialog((close) => html`<${LinkDialog} close=${close} title=${t("Lien personnel de {name}", { name: seat.name })}
  address=${`/s/${live.id}/liens?place=${encodeURIComponent(seat.id)}`} pick=${(/** @type {any} */ found) => found}
  text=${t("Sur un autre appareil, ce lien rend sa place à {name}\u00a0: ses notes, son bulletin, son nom.", { name: seat.name })}
  warning=${t("À ne donner qu’à cette personne\u00a0: le lien vaut sa signature.")} name=${t("lien de {name}", { name: seat.name })} />`);

/** @param {{close: () => void, title: string, text: string, warning: string, name: string, address: string, pick: (found: any) => Link}} props */
function LinkDialog({ close, title, text, warning, name, address, pick }) {
  const [link, setLink] = useState(/** @type {Link|null} */ (null));
  const [lost, setLost] = useState(false);
  const fetchIt = () => {
    setLost(false);
    fetch(address, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((found) => setLink(pick(found))).catch(() => setLost(true));
  };
  useEffect(fetchIt, []);
  const foot = html`<button type="button" class="button primary" onClick=${close}>${t("C’est fait")}</button>`;
  return html`<${Dialog} title=${title} onClose=${close} foot=${foot}>
    <p>${text}</p>
    ${lost ? html`<p class="notice warning row" role="alert"><span class="grow">${t("Le lien n’est pas arrivé. Vérifiez la connexion.")}</span><button type="button" class="button" onClick=${fetchIt}>${t("Réessayer")}</button></p>`
      : !link ? html`<p class="muted" role="status">${t("Le lien arrive…")}</p>`
      : html`<img class="hand-qr" src=${link.qr} alt=${t("Code QR\u00a0: {name}", { name })} width="240" height="240" />
        <${CopyLine} url=${link.url} name=${name} />`}
    <p class="small muted said-apart"><${Icon} name="lock" small /><span>${warning}</span></p>
  </${Dialog}>`;
}

/** @param {{url: string, name: string}} props */
function CopyLine({ url, name }) {
  const [copied, setCopied] = useState(false);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  useEffect(() => {
    const timer = copied ? setTimeout(() => setCopied(false), 2500) : undefined;
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Over plain http the clipboard is out of reach: the field itself can be copied.
      field.current?.select();
      setCopied(document.execCommand("copy"));
    }
  };
  return html`<div class="hand-link">
    <input class="grow" type="text" readonly ref=${field} value=${url} aria-label=${t("Adresse\u00a0: {name}", { name })} onFocus=${(/** @type {any} */ event) => event.currentTarget.select()} />
    <button type="button" class="button" onClick=${copy}><${Icon} name=${copied ? "check" : "copy"} small /><span role="status">${copied ? t("Copié") : t("Copier")}</span></button>
  </div>`;
}
