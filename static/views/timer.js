/**
 * The countdown of the current block, drawn from its deadline on the server's clock: chip, line and words.
 * It informs and is never a live region; what should be said at one minute is said by the page.
 *
 * Exports: readTimer, useTimer, timerWords, TimerChip, TimerLine.
 * @module
 */
import { t, tn } from "../core/i18n.js";
import { countdown, spoken } from "../core/words.js";
import { html, useEffect, useState } from "../vendor/ui.js";
import { Icon } from "./icon.js";

/** @typedef {import("../core/session.js").Live} Live */
/** @typedef {"calm"|"soon"|"late"|"over"} Level `soon` from 20 % left, `late` from 5 %, `over` at zero */
/** @typedef {{left: number, total: number, elapsed: number, level: Level, running: boolean}} Reading
 *   `left` and `total` in ms, `elapsed` from 0 to 1 */

/**
 * @param {import("../core/types.js").Timer|undefined} timer @param {number} now server time in ms
 * @returns {Reading|null} null where no timer is shown
 */
export function readTimer(timer, now) {
  if (!timer || timer.total <= 0) return null;
  const running = timer.deadline > 0;
  const left = Math.max(0, running ? timer.deadline - now : timer.remaining);
  const share = left / timer.total;
  const level = left === 0 ? "over" : share <= 0.05 ? "late" : share <= 0.2 ? "soon" : "calm";
  return { left, total: timer.total, elapsed: Math.min(1, Math.max(0, 1 - share)), level, running };
}

/** The reading, renewed at each whole second. @param {Live} live @returns {Reading|null} */
export function useTimer(live) {
  const timer = live.store.get("timer", "timer");
  const [, turn] = useState(0);
  const reading = readTimer(timer, live.clock.now());
  const moving = Boolean(reading && reading.running && reading.left > 0);
  useEffect(() => {
    if (!moving || !timer) return undefined;
    /** @type {any} */
    let waiting;
    const next = () => {
      const left = timer.deadline - live.clock.now();
      // Just after the second has turned, so that every screen turns with it.
      waiting = setTimeout(() => {
        turn((n) => n + 1);
        if (left > 0) next();
      }, Math.max(20, (left % 1000) + 8));
    };
    next();
    return () => clearTimeout(waiting);
  }, [moving, timer?.deadline]);
  return reading;
}

/** @param {Reading} reading @returns {string} what the colour says, in words; "" while there is nothing to say */
export function timerWords(reading) {
  if (reading.level === "over") return t("Temps écoulé\u00a0: finissez votre phrase");
  if (!reading.running) return t("En pause");
  if (reading.level === "calm") return "";
  if (reading.left > 60000) return tn("Encore {n} minute", "Encore {n} minutes", Math.round(reading.left / 60000));
  return tn("Encore {n} seconde", "Encore {n} secondes", Math.ceil(reading.left / 1000));
}

/**
 * @param {{live: Live, patient?: boolean}} props `patient` keeps its colour until the last minute, as on phones
 * @returns {import("../vendor/ui.js").Child}
 */
export function TimerChip({ live, patient = false }) {
  const reading = useTimer(live);
  if (!reading) return null;
  const level = patient && reading.level !== "over" ? (reading.left <= 60000 ? "soon" : "calm") : reading.level;
  const label = reading.left === 0 ? t("Temps écoulé") : t("Temps restant\u00a0: {time}", { time: spoken(reading.left) });
  return html`<span class="timer-chip numeric" role="timer" data-level=${level} data-paused=${!reading.running}
    aria-label=${reading.running ? label : `${label}, ${t("en pause")}`}>
    <${Icon} name=${reading.running ? "clock" : "pause"} /><span aria-hidden="true">${countdown(reading.left)}</span>
  </span>`;
}

/** The time elapsed, as a line under a step's head; decoration beside the figures. @param {{live: Live}} props */
export function TimerLine({ live }) {
  const reading = useTimer(live);
  return html`<div class="timer-line" aria-hidden="true" data-level=${reading?.level ?? "calm"}>
    ${reading && html`<div style=${{ inlineSize: `${Math.round(reading.elapsed * 1000) / 10}%` }}></div>`}
  </div>`;
}
