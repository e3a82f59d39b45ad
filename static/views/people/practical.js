/**
 * What people need on the day at their site: where to go, the Wi-Fi, whom to call, and the video call. Nobody sees it
 * written anywhere else, so it stays within reach during the workshop too.
 *
 * Exports: Practical({live, level?}).
 * @module
 */
import { t } from "../../core/i18n.js";
import { html, useId } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { hasPractical } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {string} phone @returns {string} what a telephone dials, "" where this is no number */
const dialled = (phone) => (/^\+?[\d\s\u00a0\u202f().-]{6,}$/.test(phone.trim()) ? phone.replace(/[^\d+]/g, "") : "");

/** @param {string} video @returns {URL|null} a web address, nothing else */
function addressOf(video) {
  try {
    const url = new URL(video);
    return url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

/** @param {{live: Live, level?: 2|3}} props `level` of its heading; draws nothing where nothing was said */
export function Practical({ live, level = 2 }) {
  const id = useId();
  const site = live.store.get("site", live.seat.value?.site ?? "");
  const here = live.store.get("practical", site?.id ?? "");
  const video = live.store.get("practical", "session")?.video ?? "";
  if (!hasPractical(live)) return null;
  const url = addressOf(video);
  const number = dialled(here?.phone ?? "");
  const rows = [
    [t("Lieu"), here?.room && [site?.name, here.room].filter(Boolean).join(", ")],
    [t("Wi-Fi"), here?.wifi],
    [t("Téléphone"), number ? html`<a href=${`tel:${number}`}>${here?.phone}</a>` : here?.phone],
    [t("Visioconférence"), url ? html`<a href=${url.href} target="_blank" rel="noopener noreferrer">${t("Ouvrir la visioconférence")}</a> <span class="small muted">${url.host}</span>` : video],
  ].filter(([, value]) => value);
  return html`<section class="practical" aria-labelledby=${id}>
    ${level === 2 ? html`<h2 id=${id}><${Icon} name="map-pin" />${t("Informations pratiques")}</h2>` : html`<h3 id=${id}>${t("Informations pratiques")}</h3>`}
    <dl>${rows.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </section>`;
}
