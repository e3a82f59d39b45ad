/**
 * « Inviter »: everything that leaves before the day. A text for a mail, a file for calendars, what is printed, and every link.
 *
 * Exports: openInvite(live, facts).
 * @module
 */
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { blocks, byRank, session } from "../../core/selectors.js";
import { Dialog, openDialog } from "../dialog.js";
import { openScreens } from "../drive/screens.js";
import { Icon } from "../icon.js";
import { copyText, LinkList } from "./links.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("./links.js").Links} Links */

/** @param {Live} live @param {DOMStringMap} facts */
export const openInvite = (live, facts) => openDialog((close) => html`<${Invite} live=${live} facts=${facts} close=${close} />`);

/**
 * What the server says at an address, asked again whenever `version` changes.
 * @template T @param {string} address @param {string} version @param {(answer: Response) => Promise<T>} read
 * @returns {{found: T|null, lost: boolean, again: () => void}} `found` stays as it was until there is better
 */
function useFetched(address, version, read) {
  const [found, setFound] = useState(/** @type {T|null} */ (null));
  const [lost, setLost] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    const arrived = (/** @type {T} */ one) => {
      if (!wanted) return;
      setFound(() => one);
      setLost(false);
    };
    void fetch(address).then((answer) => (answer.ok ? read(answer) : Promise.reject(answer))).then(arrived).catch(() => wanted && setLost(true));
    return () => void (wanted = false);
  }, [version, tries]);
  return { found, lost, again: () => setTries(tries + 1) };
}

/** @param {{what: string, again: () => void}} props */
const Lost = ({ what, again }) => html`<p class="notice warning row" role="alert"><span class="grow">${what}</span><button type="button" class="button" onClick=${again}>${t("Réessayer")}</button></p>`;

/** @param {{live: Live, facts: DOMStringMap, close: () => void}} props */
function Invite({ live, facts, close }) {
  const state = session(live.store);
  const sites = [...live.store.all("site")].sort(byRank);
  const version = JSON.stringify([state, sites, live.store.all("practical"), blocks(live.store).map((block) => block.minutes)]);
  const { found: links, lost, again } = useFetched(facts.links ?? "", version, (answer) => /** @type {Promise<Links>} */ (answer.json()));
  useEffect(() => {
    document.documentElement.dataset.printing = "links";
    return () => void delete document.documentElement.dataset.printing;
  }, []);
  const foot = html`<button type="button" class="button primary" onClick=${close}>${t("Fermer")}</button>`;
  const papers = html`<div class="invite">
      <${Mail} live=${live} version=${version} />
      <${Papers} live=${live} dated=${Boolean(state?.date)} sites=${sites.filter((site) => site.room)} planned=${blocks(live.store).length > 0} />
    </div>`;
  return html`<${Dialog} title=${state?.rehearsal ? t("Liens de la répétition") : t("Inviter")} onClose=${close} foot=${foot} wide>
    ${state?.rehearsal ? html`<p>${t("Pour essayer chaque rôle. Ces liens s’éteignent avec la répétition\u00a0: n’invitez pas avec eux.")}</p>` : papers}
    <section class="invite-links" aria-labelledby="liens-titre">
      <p class="printed"><strong>${state?.title}</strong></p>
      <div class="spread"><h3 id="liens-titre">${t("Liens et codes QR")}</h3>
        <div class="row"><button type="button" class="button" onClick=${() => openScreens(live)}><${Icon} name="monitor" />${t("Brancher un écran…")}</button>
        ${state?.rehearsal ? null : html`<button type="button" class="button" onClick=${() => print()}><${Icon} name="printer" />${t("Imprimer les liens")}</button>`}</div></div>
      <p>${t("Code de l’atelier\u00a0:")} <strong class="big-code">${facts.code}</strong></p>
      ${links ? html`<${LinkList} live=${live} links=${links} code=${facts.code ?? ""} />` : lost ? html`<${Lost} what=${t("Les liens n’arrivent pas. Vérifiez la connexion.")} again=${again} />` : html`<p class="muted" role="status">${t("Les liens arrivent…")}</p>`}
    </section>
  </${Dialog}>`;
}

/** The text to paste into a mail. It follows the workshop until it is retouched. @param {{live: Live, version: string}} props */
function Mail({ live, version }) {
  const { found: given, lost, again } = useFetched(`/s/${live.id}/invitation.txt`, version, (answer) => answer.text().then((text) => text.trim()));
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const [said, setSaid] = useState("");
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const text = typed ?? given ?? "";
  const copy = async () => setSaid((await copyText(text, field.current)) ? t("Texte copié\u00a0: collez-le dans votre mail.") : t("La copie n’a pas pu se faire\u00a0: sélectionnez le texte, puis copiez-le."));
  const change = (/** @type {any} */ event) => {
    setTyped(event.currentTarget.value);
    setSaid("");
  };
  return html`<section class="invite-mail">
    <h3><label for="mail-texte">${t("Le texte du mail")}</label></h3>
    <textarea id="mail-texte" rows="12" ref=${field} value=${text} onInput=${change} aria-describedby="mail-aide" spellcheck="true"></textarea>
    ${lost && given === null ? html`<${Lost} what=${t("Le texte n’arrive pas. Vérifiez la connexion.")} again=${again} />` : null}
    <p class="hint" id="mail-aide">${t("Retouchez-le avant de le copier\u00a0: vos retouches ne sont pas gardées ici.")}</p>
    <div class="row"><button type="button" class="button" disabled=${!text} onClick=${copy}><${Icon} name="copy" />${t("Copier le texte")}</button>
      ${typed !== null && typed !== given ? html`<button type="button" class="button quiet" onClick=${() => setTyped(null)}>${t("Reprendre le texte proposé")}</button>` : null}
      <span class="small" role="status">${said}</span></div>
  </section>`;
}

/** What is downloaded or printed. @param {{live: Live, dated: boolean, sites: import("../../core/types.js").Site[], planned: boolean}} props */
function Papers({ live, dated, sites, planned }) {
  const at = (/** @type {string} */ name) => `/s/${live.id}/${name}`;
  const late = t("Fixez d’abord la date.");
  return html`<section class="invite-papers" aria-labelledby="papiers-titre">
    <h3 id="papiers-titre">${t("À joindre, à imprimer")}</h3>
    <ul role="list" class="papers">
      <li><${Paper} icon="clock" name=${t("Rendez-vous d’agenda")} about=${dated ? t("Fichier .ics, à joindre au mail\u00a0: date, lieux, lien.") : late} href=${dated ? at("invitation.ics") : ""} download /></li>
      <li><${Paper} icon="qr-code" name=${t("Affiche A4")} about=${t("Le code QR pour entrer, à afficher ou à poser sur les tables.")} href=${at("affiche.pdf")} />
        ${sites.length ? html`<details class="paper-more small" open=${sites.length <= 3}><summary>${t("Avec le site déjà choisi")}</summary>
          <ul>${sites.map((site) => html`<li><a href=${at(`affiche.pdf?site=${site.id}`)} target="_blank" rel="noopener">${site.name}<span class="visually-hidden"> ${t("(PDF, nouvel onglet)")}</span></a></li>`)}</ul></details>` : null}</li>
      <li><${Paper} icon="list-checks" name=${t("Déroulé imprimé")} about=${planned ? t("Horaires, consignes et vos notes, pour animer sans écran.") : t("Le plan est encore vide.")} href=${planned ? at("deroule.pdf") : ""} /></li>
    </ul>
  </section>`;
}

/** @param {{icon: string, name: string, about: string, href: string, download?: boolean}} props `href` "": not yet */
function Paper({ icon, name, about, href, download }) {
  const inside = html`<${Icon} name=${icon} /><span class="paper-text"><strong>${name}</strong><span class="hint">${about}</span></span>`;
  if (!href) return html`<p class="paper" data-off="true">${inside}</p>`;
  return download
    ? html`<a class="paper" href=${href} download>${inside}<${Icon} name="download" small /></a>`
    : html`<a class="paper" href=${href} target="_blank" rel="noopener">${inside}<span class="visually-hidden">${t("(PDF, nouvel onglet)")}</span><${Icon} name="printer" small /></a>`;
}
