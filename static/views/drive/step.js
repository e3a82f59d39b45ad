/**
 * The head of the current step: title, instruction, the timer and its tools, the line of elapsed time.
 *
 * Exports: StepHead({live}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { countdown, spoken } from "../../core/words.js";
import { Icon } from "../icon.js";
import { TimerLine, timerWords, useTimer } from "../timer.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {{live: Live}} props */
export function StepHead({ live }) {
  const block = currentBlock(live.store);
  const state = session(live.store);
  const title = state?.status === "preparing" ? t("En préparation") : state?.status === "open" ? block?.title ?? t("Prêt à commencer") : t("Atelier terminé");
  const text = state?.status === "preparing"
    ? t("Les liens fonctionnent déjà\u00a0: chacun voit que son appareil est prêt. Ouvrez quand tout le monde est là.")
    : state?.status === "open" ? block?.instruction ?? "" : t("Relisez les décisions et les actions, corrigez-les, puis archivez.");
  return html`<header class="step-head">
    <div class="step-words">
      <h1 id="step-title" tabIndex="-1">${title}</h1>
      ${text ? html`<p class="muted">${text}</p>` : null}
    </div>
    ${state?.status === "open" && block ? html`<${TimerTools} live=${live} />` : null}
    <${TimerLine} live=${live} />
  </header>`;
}

/** @param {{live: Live}} props */
function TimerTools({ live }) {
  const reading = useTimer(live);
  const send = (/** @type {import("../../core/types.js").Command} */ command) => () => void live.send(command);
  if (!reading) {
    return html`<div class="step-timer"><button type="button" class="button" onClick=${send(ask.startTimer())}><${Icon} name="play" />${t("Lancer le minuteur")}</button></div>`;
  }
  const words = timerWords(reading);
  return html`<div class="step-timer ${reading.level}">
    <p class="step-count"><span class="numeric" aria-hidden="true">${countdown(reading.left)}</span>
      <span class="visually-hidden">${t("Temps restant\u00a0: {time}", { time: spoken(reading.left) })}</span></p>
    <div class="row">
      ${reading.level === "over"
        ? null
        : reading.running
          ? html`<button type="button" class="button" onClick=${send(ask.pauseTimer())}><${Icon} name="pause" />${t("Pause")}</button>`
          : html`<button type="button" class="button" onClick=${send(ask.resumeTimer())}><${Icon} name="play" />${t("Reprendre")}</button>`}
      ${reading.level === "over" ? null : html`<button type="button" class="button" onClick=${send(ask.adjustTimer({ seconds: -60 }))}>${t("−1\u00a0min")}</button>`}
      <button type="button" class="button" onClick=${send(ask.adjustTimer({ seconds: 60 }))}>${t("+1\u00a0min")}</button>
      <button type="button" class="button quiet icon-only" aria-label=${t("Arrêter le minuteur")} title=${t("Arrêter le minuteur")} onClick=${send(ask.stopTimer())}><${Icon} name="square" /></button>
    </div>
    ${words ? html`<p class="small step-words-timer">${words}</p>` : null}
  </div>`;
}
