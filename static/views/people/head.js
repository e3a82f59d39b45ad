/**
 * The head of a participant's page: which step, its title, the time. On a computer also the workshop's name, the
 * raised hand and who one is.
 *
 * Exports: StepHead, TopBar, HandButton, toggleHand.
 * @module
 */
import { lowerHand, raiseHand } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { currentBlock, running, session } from "../../core/selectors.js";
import { html } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { TimerChip, TimerLine } from "../timer.js";
import { siteName, stepPlace } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live, before?: string, children?: any}} props `before` stands before « étape 3 sur 9 » (a table's name) */
export function StepHead({ live, before = "", children }) {
  const block = currentBlock(live.store);
  const place = stepPlace(live);
  const said = place ? t("Étape {n} sur {of}", place) : t("L’atelier commence");
  return html`<header class="step-head">
    <div class="step-head-row">
      <div class="step-titles"><p class="step-place">${before ? `${before}, ${said.toLowerCase()}` : said}</p>
        <h1 id="step" tabindex="-1">${block?.title ?? session(live.store)?.title ?? ""}</h1></div>
      ${children}
      <${TimerChip} live=${live} patient />
    </div>
    <${TimerLine} live=${live} />
  </header>`;
}

/** @param {Live} live @returns {{help: boolean, up: boolean}} whether one calls for help here (groups at work), and has called */
function callOf(live) {
  const help = running(live.store) !== undefined;
  return { help, up: live.store.get("call", live.seat.value?.id ?? "")?.reason === (help ? "help" : "hand") };
}

/** @param {Live} live raises the own hand or takes it down, or calls for help, and says so */
export function toggleHand(live) {
  const seat = live.seat.peek()?.id ?? "";
  const { help, up } = callOf(live);
  live.send(up ? lowerHand({ seat }) : raiseHand({ reason: help ? "help" : "hand" }));
  live.announcer.say(up ? (help ? t("Demande d’aide retirée.") : t("Main baissée."))
    : help ? t("L’animation sait que vous avez besoin d’aide.") : t("Main levée\u00a0: l’animation la voit."));
}

/** @param {{live: Live, class?: string}} props */
export function HandButton({ live, class: look = "button" }) {
  const { help, up } = callOf(live);
  return html`<button type="button" class=${look} aria-pressed=${up} onClick=${() => toggleHand(live)}>
    <${Icon} name=${help ? "life-buoy" : "hand"} /><span>${help ? (up ? t("Aide demandée") : t("Demander de l’aide")) : up ? t("Main levée") : t("Lever la main")}</span></button>`;
}

/** @param {{live: Live, onProfile: () => void}} props */
export function TopBar({ live, onProfile }) {
  const seat = live.seat.value;
  const where = siteName(live, seat?.site ?? "").split(",")[0];
  return html`<div class="top-bar">
    <p class="brand"><img src=${`${live.base}logo.svg`} alt="" width="18" height="24" /><strong>Pas de côté</strong></p>
    <p class="grow muted">${session(live.store)?.title ?? ""}</p>
    <${HandButton} live=${live} />
    <button type="button" class="button quiet" onClick=${onProfile}><span><strong>${seat?.name ?? ""}</strong>${where ? `, ${where}` : ""}</span>
      <span class="visually-hidden"> (${t("mon profil")})</span></button>
  </div>`;
}
