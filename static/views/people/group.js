/**
 * Working apart: in which group, with whom, who came to help. Fetched when groups start: no other step needs it.
 *
 * Exports: GroupBand({live}).
 * @module
 */
import { t } from "../../core/i18n.js";
import { html, useEffect, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { companions, groupWords, peopleWords, visitorWords } from "./companions.js";

/** @typedef {import("../../core/session.js").Live} Live */

const MINUTE = 60000;

/** Whether the last minute has begun; drawn again when it does. @param {Live} live */
function useLastMinute(live) {
  const timer = live.store.get("timer", "timer");
  const [, turn] = useState(0);
  const left = timer && timer.deadline > 0 ? timer.deadline - live.clock.now() : Infinity;
  useEffect(() => {
    if (!Number.isFinite(left) || left <= 0) return undefined;
    const wait = setTimeout(() => turn((n) => n + 1), left > MINUTE ? left - MINUTE + 20 : left + 20);
    return () => clearTimeout(wait);
  });
  return timer !== undefined && timer.total > MINUTE && left <= MINUTE && left > 0;
}

/** @param {{live: Live}} props */
export function GroupBand({ live }) {
  const { group, members, visitors } = companions(live);
  const last = useLastMinute(live);
  const seat = live.seat.value;
  if (!group) {
    return seat?.role === "observer" ? null
      : html`<div class="band group-band"><${Icon} name="users" /><p>${t("Les sous-groupes sont au travail. L’animation va vous placer dans l’un d’eux.")}</p></div>`;
  }
  return html`<section class="band group-band" aria-label=${t("Votre sous-groupe")}><${Icon} name="users" /><div>
    <p>${members.length > 0 ? t("Vous êtes dans {group}, avec {people}.", { group: groupWords(group), people: peopleWords(live) })
      : t("Vous êtes dans {group}. Personne d’autre n’y est encore.", { group: groupWords(group) })}</p>
    ${visitors.length > 0 && html`<p class="visitor"><${Icon} name="user" small /><strong>${visitorWords(visitors)}</strong></p>`}
    ${last && html`<p class="last-minute"><${Icon} name="clock" small /><strong>${t("Encore une minute avant le retour en plénière.")}</strong></p>`}
  </div></section>`;
}
