/**
 * « Brancher un écran »: the short code that a screen shows at /ecran, what it becomes, and where. No secret is typed on
 * that machine; the server says what is wrong in one sentence.
 *
 * Exports: openScreens(live).
 * @module
 */
import { html, useId, useState } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { byRank } from "../../core/selectors.js";
import { Dialog, openDialog } from "../dialog.js";

/** @typedef {import("../../core/session.js").Live} Live */

const LENGTH = 6;
const MOST_HEADS = 60;

/** @param {Live} live */
export const openScreens = (live) => openDialog((close) => html`<${Screens} live=${live} close=${close} />`);

/** As the server reads it: spaces aside, « O » for zero. @param {string} text */
const tidy = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** @param {string} sid @param {Record<string, any>} body @returns {Promise<string>} what went wrong, "" when the screen goes */
async function plugIn(sid, body) {
  try {
    const answer = await fetch(`/s/${sid}/ecrans`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
    const said = await answer.json().catch(() => ({}));
    return answer.ok && !said.error ? "" : said.error || t("Le serveur n’a pas répondu comme attendu. Réessayez.");
  } catch {
    return t("La demande n’est pas partie. Vérifiez la connexion, puis réessayez.");
  }
}

/** @param {{live: Live, close: () => void}} props */
function Screens({ live, close }) {
  const sites = [...live.store.all("site")].sort(byRank);
  const [fields, setFields] = useState({ code: "", role: "projector", site: (sites.find((site) => site.room) ?? sites[0])?.id ?? "", heads: 4 });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState("");
  const id = useId();
  const change = (/** @type {Partial<typeof fields>} */ some) => {
    setFields({ ...fields, ...some });
    setProblem("");
    setDone("");
  };
  const { code, role, site, heads } = fields;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy) return;
    if (tidy(code).length !== LENGTH) return setProblem(t("Le code compte {n} signes. Il est affiché sur l’écran à brancher.", { n: LENGTH }));
    setBusy(true);
    const wrong = await plugIn(live.id, { code: tidy(code), role, site, ...(role === "room" ? { heads } : {}) });
    setBusy(false);
    setProblem(wrong);
    if (wrong) return;
    setDone(role === "projector" ? t("C’est fait\u00a0: l’écran va sur le mur de l’atelier.") : t("C’est fait\u00a0: l’écran devient l’appareil de la salle."));
    setFields({ ...fields, code: "" });
  };
  const foot = html`<button type="button" class="button" onClick=${close}>${t("Fermer")}</button><button type="submit" class="button primary" form=${id} disabled=${busy}>${t("Brancher cet écran")}</button>`;
  return html`<${Dialog} title=${t("Brancher un écran")} onClose=${close} foot=${foot}>
    <p>${t("Sur l’ordinateur du vidéoprojecteur ou sur la tablette, ouvrez {address}. Un code s’affiche\u00a0: recopiez-le ici.", { address: `${location.host}/ecran` })}</p>
    <form id=${id} class="stack" onSubmit=${submit}>
      <div class="field"><label for=${`${id}-code`}>${t("Code affiché sur l’écran")}</label>
        <input id=${`${id}-code`} class="screen-code" type="text" value=${code} autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" autofocus
          aria-invalid=${problem !== ""} aria-describedby=${`${id}-said`} onInput=${(/** @type {any} */ event) => change({ code: event.currentTarget.value })} /></div>
      <fieldset class="stack"><legend class="label">${t("Cet écran devient")}</legend>
        ${[["projector", t("Le mur"), t("ce que toute la salle regarde")], ["room", t("L’appareil d’une salle"), t("plusieurs personnes y écrivent et y votent")]].map(([value, words, about]) => html`
          <label key=${value} class="switch-line"><input type="radio" name="role" value=${value} checked=${role === value} onChange=${() => change({ role: value })} /><span>${words} <span class="small muted">${about}</span></span></label>`)}
      </fieldset>
      ${sites.length ? html`<div class="field"><label for=${`${id}-site`}>${t("Site")}</label>
        <select id=${`${id}-site`} value=${site} onChange=${(/** @type {any} */ event) => change({ site: event.currentTarget.value })}>
          ${sites.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>` : null}
      ${role === "room" ? html`<div class="field"><label for=${`${id}-heads`}>${t("Combien de personnes devant cet appareil\u202f?")}</label>
        <input id=${`${id}-heads`} class="screen-heads" type="number" inputmode="numeric" min="1" max=${MOST_HEADS} required value=${heads} onInput=${(/** @type {any} */ event) => change({ heads: Math.max(1, Math.min(MOST_HEADS, Number(event.currentTarget.value) || 1)) })} /></div>` : null}
      <p id=${`${id}-said`} role="status" class=${problem ? "error" : "done"}>${problem || done}</p>
    </form>
  </${Dialog}>`;
}
