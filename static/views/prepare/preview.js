/**
 * What the wall and a telephone will show of the chosen step: pictures, out of reach of keyboard and screen readers.
 *
 * Exports: Preview({live, block, code, wall}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { t, tn } from "../../core/i18n.js";
import { zonesOf } from "../../core/selectors.js";
import { countdown } from "../../core/words.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live, block: Block, code: string, wall: string|null}} props `wall`: the text being typed, null when none is */
export function Preview({ live, block, code, wall }) {
  const said = (wall ?? block.wall) || block.instruction || block.title;
  const time = countdown(block.minutes * 60_000);
  const long = [...said].length > 90;
  return html`<aside class="previews" aria-label=${t("Aperçus de l’étape")}>
    <h2 class="overline">${t("Au mur")}</h2>
    <div class="preview-wall" role="img" aria-label=${t("Au mur\u00a0: {text}", { text: said })}>
      <p class="preview-said" data-long=${long}>${said}</p>
      <p class="preview-foot"><span class="preview-time numeric">${time}</span><span class="preview-code"><span>${t("Code")}</span><strong>${code}</strong></span></p>
    </div>
    <h2 class="overline">${t("Sur un téléphone")}</h2>
    <div class="preview-phone" inert aria-hidden="true">
      <p class="preview-head"><strong>${block.title}</strong><span class="preview-chip numeric">${time}</span></p>
      ${block.groups ? html`<p class="preview-group small"><${Icon} name="users" small />${block.groups.mode === "merge" ? t("Votre sous-groupe, et un autre") : tn("Votre sous-groupe\u00a0: {n} personne", "Votre sous-groupe\u00a0: {n} personnes", block.groups.size)}</p>` : null}
      ${block.instruction ? html`<p class="small">${block.instruction}</p>` : null}
      <${Phone} live=${live} block=${block} />
    </div>
  </aside>`;
}

/** @param {{live: Live, block: Block}} props */
function Phone({ live, block }) {
  const given = block.rights.participant ?? [];
  if (block.view === "voter" && block.round) return html`<${PhoneVote} plan=${block.round} />`;
  if (block.view === "actions") return html`<p class="preview-box">${t("Décisions et actions s’affichent ici.")}</p>${given.includes("sheet") ? html`<p class="preview-button">${t("Ajouter une action")}</p>` : null}`;
  if (block.view === "accueil" || block.view === "fin") return html`<p class="preview-box">${block.view === "fin" ? t("Merci. Le compte rendu vous sera transmis.") : t("L’étape commence dans un instant.")}</p>`;
  const zones = zonesOf(live.store, block.board);
  const writes = given.includes("add");
  return html`
    ${writes ? html`<p class="preview-field muted">${t("Votre idée")}</p>` : null}
    ${zones.length ? html`<p class="preview-zones">${zones.slice(0, 5).map((zone, place) => html`<span class="preview-zone" data-first=${place === 0}>${short(zone.title)}</span>`)}</p>` : null}
    ${writes ? html`<p class="preview-button">${t("Ajouter la note")}</p>` : null}
    ${writes && block.notes === "author" ? html`<p class="small muted">${t("Personne d’autre ne voit vos notes avant la révélation.")}</p>` : null}
    <p class="preview-mine"><strong>${block.view === "ecrire" ? t("Mes notes") : t("Tout le monde")}</strong><br /><span class="small muted">${t("Les notes s’afficheront ici.")}</span></p>`;
}

/** @param {{plan: import("../../core/types.js").RoundPlan}} props */
function PhoneVote({ plan }) {
  if (plan.method === "scale") {
    return html`<p><strong>${plan.question}</strong></p>${plan.levels.map((level) => html`<p class="preview-level">${level}</p>`)}${plan.comment ? html`<p class="preview-field muted">${t("Un commentaire, si vous voulez")}</p>` : null}`;
  }
  const what = plan.target === "notes" ? t("Une note") : t("Un groupe de notes");
  return html`<p><strong>${plan.question}</strong></p>
    ${[what, what, what].map((name, place) => html`<p class="preview-level preview-dots"><span>${name} ${place + 1}</span><span>− ${"●".repeat(Math.max(0, Math.min(plan.cap, 2 - place)))} +</span></p>`)}
    <p class="small muted">${tn("{n} gommette à placer", "{n} gommettes à placer", plan.budget)}</p>`;
}

/** @param {string} title @returns {string} what comes before the colon: « L’ancre » for « L’ancre : ce qui freine » */
const short = (title) => title.split(/\s*:/)[0];
