/**
 * « Répéter »: the workshop played for real in a copy that leaves nothing behind; and what says that one is under way.
 *
 * Exports: rehearse(live), Rehearsing({live, facts}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { confirmDialog } from "../dialog.js";
import { RehearsalBand } from "../drive/rehearsal.js";
import { Icon } from "../icon.js";
import { post } from "./post.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live */
export async function rehearse(live) {
  const text = t("Tous les liens et toutes les étapes s’ouvrent pour de vrai, dans une copie\u00a0: écrivez, révélez, votez, projetez. Rien n’en est gardé, ni compté, ni archivé. L’atelier lui-même ne s’ouvre pas.");
  if (await confirmDialog({ title: t("Répéter l’atelier"), text, confirm: t("Commencer la répétition") })) post(`/s/${live.id}/repeter`);
}

/** @param {{live: Live, facts: DOMStringMap}} props `facts.rehearsal`: the way into the one under way */
export function Rehearsing({ live, facts }) {
  const state = session(live.store);
  if (state?.rehearsal) return html`<${RehearsalBand} live=${live} />`;
  if (!facts.rehearsal || state?.status !== "preparing") return null;
  return html`<div class="band" role="status"><${Icon} name="history" /><span class="grow"><strong>${t("Une répétition est en cours.")}</strong> ${t("Ce que vous changez ici n’y entre pas. Elle s’arrête à l’ouverture de l’atelier.")}</span>
    <a class="button" href=${facts.rehearsal}>${t("Y aller")}</a>
    <button type="button" class="button" onClick=${() => post(`/s/${live.id}-r/repeter/fin`)}>${t("Terminer la répétition")}</button></div>`;
}
