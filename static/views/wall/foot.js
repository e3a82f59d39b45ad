/**
 * The foot of the wall: how latecomers come in at the left, the state of the moment at the right.
 *
 * Exports: Foot, DoorCode, PageDots, TimeLeft, spaced, notesSaid, doorOpen.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { countdown } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { timerWords, useTimer } from "../timer.js";
import { Fit } from "./fit.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {string} code @returns {string} two groups of four, as it is read aloud */
export const spaced = (code) => code.replace(/[^0-9A-Za-z]/g, "").replace(/(.{4})(?=.)/g, "$1 ");

/** Whether newcomers still get a seat. @param {Live} live */
export const doorOpen = (live) => !session(live.store)?.door_closed;

/** The QR code of the participants' link, asked for again when the link is replaced. @param {{live: Live, links: DOMStringMap, class: string}} props */
export function DoorCode({ live, links, class: look }) {
  if (!links.qr) return null;
  const generation = session(live.store)?.generations.participant ?? 0;
  return html`<img class=${look} src=${`${links.qr}${links.qr.includes("?") ? "&" : "?"}g=${generation}`} alt=${t("Code QR pour rejoindre l’atelier")} />`;
}

/**
 * @param {{live: Live, links: DOMStringMap, after?: boolean, children?: any}} props `after`: the link now leads to the minutes;
 *   before that, a closed door leaves nothing to join
 */
export function Foot({ live, links, after = false, children }) {
  const state = session(live.store);
  const code = spaced(state?.code || links.code || "");
  if (!after && !doorOpen(live)) {
    return html`<footer class="wall-foot" data-door="closed"><${Fit} class="wall-join wall-muted" sizes=${[50, 44]} text=${state?.title ?? ""} /><div class="wall-state">${children}</div></footer>`;
  }
  return html`<footer class="wall-foot">
    <${DoorCode} live=${live} links=${links} class="wall-qr" />
    <div class="wall-join"><p><span class="wall-muted">${after ? t("Le compte rendu\u00a0:") : t("Vous arrivez\u202f?")}</span> ${links.address ?? location.host}</p><p class="wall-code">${code}</p></div>
    <div class="wall-state">${children}</div>
  </footer>`;
}

/** @param {{page: number, pages: number}} props dots up to twelve pages, figures beyond */
export function PageDots({ page, pages }) {
  if (pages < 2) return null;
  if (pages > 12) return html`<p class="page-figures numeric">${t("page")} <strong>${page + 1}</strong> ${t("sur {n}", { n: pages })}</p>`;
  return html`<p class="page-dots"><span class="visually-hidden">${t("page")} ${page + 1} ${t("sur {n}", { n: pages })}</span>${Array.from({ length: pages }, (_, i) => html`<span key=${i} aria-hidden="true" data-here=${i === page}></span>`)}</p>`;
}

/** @param {{live: Live, what: string}} props « 4:10 » over « pour regrouper », or the words of the last moments */
export function TimeLeft({ live, what }) {
  const reading = useTimer(live);
  // A wall held in a step that is over shows the time of the room, without saying what it is for.
  const here = live.store.get("timer", "timer")?.block === session(live.store)?.block;
  const label = here ? what : "";
  if (!reading) return label ? html`<p class="wall-muted">${label}</p>` : null;
  const words = timerWords(reading);
  return html`<p class="wall-time numeric" data-level=${reading.level}>${reading.level === "over" ? "" : countdown(reading.left)}</p>
    <p class=${words ? "wall-said" : "wall-muted"} data-level=${reading.level}>${words || label}</p>`;
}

/** @param {number} n */
export const notesSaid = (n) => tn("{n} note", "{n} notes", n);
