/**
 * Raised hands and calls for help, the longest waiting first, with the group that somebody calls from.
 *
 * Exports: Calls({live}), callsFrom(live, group).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { lowerHand } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { running } from "../../core/selectors.js";
import { goIn } from "../groups/moment.js";
import { Icon } from "../icon.js";
import { siteShort } from "./seat.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {Live} live @param {string} seat id @returns {import("../../core/types.js").Group|undefined} the group at work that it is in */
function groupOf(live, seat) {
  const group = live.store.get("group", live.store.get("seat", seat)?.group ?? "");
  return group && group.partition === running(live.store)?.id ? group : undefined;
}

/** @param {Live} live @param {string} group id @returns {import("../../core/types.js").Call[]} help asked for by a group's people, first come first */
export const callsFrom = (live, group) => live.store.all("call").filter((call) => groupOf(live, call.id)?.id === group).sort((a, b) => a.at - b.at);

/** @param {{live: Live}} props */
export function Calls({ live }) {
  const calls = [...live.store.all("call")].sort((a, b) => a.at - b.at);
  if (!calls.length) return null;
  return html`<section class="people-calls" aria-labelledby="calls-title">
    <h2 id="calls-title" class="overline">${t("On vous demande")}</h2>
    <ul role="list">${calls.map((call) => html`<${Row} key=${call.id} live=${live} call=${call} />`)}</ul>
  </section>`;
}

/** @param {{live: Live, call: import("../../core/types.js").Call}} props */
function Row({ live, call }) {
  const seat = live.store.get("seat", call.id);
  const name = seat?.name ?? "";
  const group = groupOf(live, call.id);
  const from = group?.name ?? siteShort(live.store.get("site", seat?.site ?? "")?.name ?? "");
  const help = call.reason === "help";
  return html`<li>
    <p><${Icon} name=${help ? "life-buoy" : "hand"} small /><strong>${name}</strong> <span class="small muted">${[help ? t("demande de l’aide") : t("lève la main"), from].filter(Boolean).join(", ")}</span></p>
    <p class="row">
      ${group && live.seat.value?.group !== group.id ? html`<button type="button" class="button" onClick=${() => void goIn(live, group)}>${t("Rejoindre")}<span class="visually-hidden"> ${group.name}</span></button>` : null}
      <button type="button" class="button" aria-label=${t("Vu\u00a0: {name}", { name })} onClick=${() => live.send(lowerHand({ seat: call.id }))}>${t("Vu")}</button>
    </p>
  </li>`;
}
