/**
 * The wall while people work in groups: what to do, how long, which groups there are and how many work in each. It names
 * nobody: one finds one's group on one's own screen.
 *
 * Exports: WallGroupes.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { byRank, currentBlock, running } from "../../core/selectors.js";
import { html } from "../../vendor/ui.js";
import { useTimer } from "../timer.js";
import { Fit, LARGE } from "./fit.js";
import { Foot, TimeLeft } from "./foot.js";
import { wallFocus } from "./subject.js";
import { BigTimer, endSaid, stepSaid } from "./writing.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** Up to so many groups stand beside a large timer. */
const BESIDE = 6;

/** @param {{live: Live, links: DOMStringMap}} props */
export function WallGroupes({ live, links }) {
  const block = currentBlock(live.store);
  const timed = useTimer(live) !== null;
  const focus = wallFocus(live.store);
  const partition = running(live.store)?.id ?? (focus?.kind === "group" ? focus.record.partition : "");
  const groups = live.store.all("group").filter((group) => group.partition === partition).sort(byRank);
  const heads = live.store.gauges.value.groups ?? {};
  const beside = groups.length <= BESIDE;
  const columns = beside ? 1 : groups.length <= 16 ? 2 : 3;
  return html`<div class="wall-page wall-groupes">
    <p class="wall-top wall-muted"><span>${stepSaid(live)}</span><span>${endSaid(live)}</span></p>
    <h1><${Fit} tag="span" class="ecrire-instruction" sizes=${beside ? LARGE : [72, 64, 56, 50, 44]} text=${block?.wall || block?.instruction || block?.title || ""} /></h1>
    <div class="ecrire-body" data-zones="true" data-timer=${timed && beside} data-brief="true">
      ${beside && html`<${BigTimer} live=${live} />`}
      <${Fit} class="wall-groups" sizes=${[60, 54, 48, 44]} text=${groups.map((group) => group.name).join() + String(timed)}><ul role="list" data-columns=${columns}>
        ${groups.map((group) => html`<li key=${group.id} data-here=${focus?.record === group}><strong>${group.name}</strong>${heads[group.id] !== undefined && html`<span class="wall-muted numeric">${columns > 1 ? heads[group.id] : tn("{n} personne", "{n} personnes", heads[group.id])}</span>`}</li>`)}
      </ul></${Fit}>
    </div>
    <${Foot} live=${live} links=${links}>${!beside && html`<${TimeLeft} live=${live} what="" />`}<p class="wall-muted">${t("Votre groupe est indiqué sur votre écran")}</p></${Foot}>
  </div>`;
}
