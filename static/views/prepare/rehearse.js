/**
 * « Répéter »: the workshop played for real in a copy that leaves nothing behind; and what says that one is under way.
 *
 * Exports: rehearse(live), useRehearsal(live, facts), Rehearsing({live, way}).
 * @module
 */
import { html, useEffect, useState } from "../../vendor/ui.js";
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

/**
 * The way into the rehearsal under way, "" where there is none: someone else may start or end it, so it is asked again
 * whenever this page comes back into sight.
 * @param {Live} live @param {DOMStringMap} facts @returns {string}
 */
export function useRehearsal(live, facts) {
  const [way, setWay] = useState(facts.rehearsal ?? "");
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState !== "visible" || live.connection.state.peek() !== "live") return;
      void fetch(facts.links ?? "").then((answer) => answer.json()).then((found) => setWay(found.rehearsal)).catch(() => undefined);
    };
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, []);
  return way;
}

/** @param {{live: Live, way: string}} props */
export function Rehearsing({ live, way }) {
  const state = session(live.store);
  if (state?.rehearsal) return html`<${RehearsalBand} live=${live} />`;
  if (!way || state?.status !== "preparing") return null;
  return html`<div class="band" role="status"><${Icon} name="history" /><span class="grow"><strong>${t("Une répétition est en cours.")}</strong> ${t("Ce que vous changez ici n’y entre pas. Elle s’arrête à l’ouverture de l’atelier.")}</span>
    <a class="button" href=${way}>${t("Y aller")}</a>
    <button type="button" class="button" onClick=${() => post(`/s/${live.id}-r/repeter/fin`)}>${t("Terminer la répétition")}</button></div>`;
}
