/**
 * A rehearsal says what it is for as long as it lasts, and how to leave it: nothing of it is kept.
 *
 * Exports: RehearsalBand({live}), leaveRehearsal(live).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** Ends it for everyone, and goes back to the preparation of the real workshop. @param {Live} live */
export async function leaveRehearsal(live) {
  try {
    const answer = await fetch(`/s/${live.id}/repeter/fin`, { method: "POST" });
    if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
    location.assign(`/s/${live.id.replace(/-r$/, "")}/preparer`);
  } catch {
    live.announcer.say(t("La répétition n’a pas pu être terminée. Vérifiez la connexion, puis réessayez."));
  }
}

/** @param {{live: Live}} props */
export function RehearsalBand({ live }) {
  const [busy, setBusy] = useState(false);
  const state = session(live.store);
  if (!state?.rehearsal) return null;
  const leave = async () => {
    setBusy(true);
    await leaveRehearsal(live);
    setBusy(false);
  };
  return html`<p class="band rehearsal-band"><${Icon} name="history" /><span class="grow"><strong>${t("Répétition.")}</strong> ${t("Rien n’est gardé.")} <span class="rehearsal-more">${t("Tout fonctionne pour de vrai\u00a0; l’atelier ouvrira sur des tableaux vides.")}</span></span>
    <button type="button" class="button" disabled=${busy} onClick=${() => void leave()}>${t("Terminer la répétition")}</button></p>`;
}
