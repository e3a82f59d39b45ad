/**
 * The foot of the wall: how latecomers come in at the left, the state of the moment at the right.
 *
 * Exports: Foot, DoorCode, PageDots, TimeLeft, spaced.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { countdown } from "../../core/words.js";
import { html } from "../../vendor/ui.js";
import { timerWords, useTimer } from "../timer.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** @param {string} code @returns {string} two groups of four, as it is read aloud */
export const spaced = (code) => code.replace(/[^0-9A-Za-z]/g, "").replace(/(.{4})(?=.)/g, "$1 ");

/** The QR code of the participants' link, asked for again when the link is replaced. @param {{live: Live, links: DOMStringMap, class: string}} props */
export function DoorCode({ live, links, class: look }) {
  if (!links.qr) return null;
  const generation = session(live.store)?.generations.participant ?? 0;
  return html`<img class=${look} src=${`${links.qr}${links.qr.includes("?") ? "&" : "?"}g=${generation}`} alt=${t("Code QR pour rejoindre l’atelier")} />`;
}

/** @param {{live: Live, links: DOMStringMap, children?: any}} props */
export function Foot({ live, links, children }) {
  const code = spaced(session(live.store)?.code || links.code || "");
  return html`<footer class="wall-foot">
    <${DoorCode} live=${live} links=${links} class="wall-qr" />
    <div class="wall-join"><p><span class="wall-muted">${t("Vous arrivez\u202f?")}</span> ${links.address ?? location.host}</p><p class="wall-code">${code}</p></div>
    <div class="wall-state">${children}</div>
  </footer>`;
}

/** @param {{page: number, pages: number}} props dots up to twelve pages; the figures are beside */
export function PageDots({ page, pages }) {
  if (pages < 2 || pages > 12) return null;
  return html`<p class="page-dots" aria-hidden="true">${Array.from({ length: pages }, (_, i) => html`<span key=${i} data-here=${i === page}></span>`)}</p>`;
}

/** @param {{live: Live, what: string}} props « 4:10 » over « pour regrouper », or the words of the last moments */
export function TimeLeft({ live, what }) {
  const reading = useTimer(live);
  if (!reading) return html`<p class="wall-muted">${what}</p>`;
  const words = timerWords(reading);
  return html`<p class="wall-time numeric" data-level=${reading.level}>${reading.level === "over" ? "" : countdown(reading.left)}</p>
    <p class=${words ? "wall-said" : "wall-muted"} data-level=${reading.level}>${words || what}</p>`;
}

/** @param {number} n */
export const notesSaid = (n) => tn("{n} note", "{n} notes", n);
