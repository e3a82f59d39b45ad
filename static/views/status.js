/**
 * The state of things, said calmly: one polite status line, saved or not, connected or not, and what could not be
 * applied, offered back.
 *
 * Exports: StatusLine({announcer}), SaveState({live}), ConnectionBand({live}), Refusals({live}).
 * @module
 */
import { html } from "../vendor/ui.js";
import { proposeNote } from "../core/commands.js";
import { t, tn } from "../core/i18n.js";
import { textsOf } from "../core/pending.js";
import { currentBoard } from "../core/selectors.js";
import { Icon } from "./icon.js";

/** @typedef {import("../core/session.js").Live} Live */

/** One polite live region for the page. @param {{announcer: import("../core/announcer.js").Announcer, hidden?: boolean}} props */
export function StatusLine({ announcer, hidden }) {
  return html`<p class=${hidden ? "visually-hidden" : "status-line"} role="status" aria-live="polite">${announcer.line.value}</p>`;
}

/** « enregistré », « enregistrement… » or « 2 en attente d'envoi »: icon and words, never colour alone. @param {{live: Live}} props */
export function SaveState({ live }) {
  const { state, count } = live.pending.save.value;
  if (state === "waiting") {
    return html`<span class="save-state waiting" role="status"><${Icon} name="cloud-off" small />${tn("{n} élément en attente d’envoi", "{n} éléments en attente d’envoi", count)}</span>`;
  }
  return html`<span class="save-state saved" role="status"><${Icon} name=${state === "saved" ? "check" : "refresh-cw"} small />${state === "saved" ? t("enregistré") : t("enregistrement…")}</span>`;
}

/** Pushes the page down while the connection is lost or slow; nothing when all is well. @param {{live: Live}} props */
export function ConnectionBand({ live }) {
  const state = live.connection.state.value;
  const { state: save, count } = live.pending.save.value;
  if (state === "bye") {
    const message = live.connection.bye.value?.message;
    return html`<div class="band danger" role="alert"><${Icon} name="log-out" /><span class="grow">${message || t("La connexion est terminée. Reprenez le lien de l’atelier pour revenir.")}</span></div>`;
  }
  const waiting = save === "waiting"
    ? tn("{n} note ou geste en attente d’envoi, gardé sur cet appareil.", "{n} notes ou gestes en attente d’envoi, gardés sur cet appareil.", count)
    : t("Ce que vous écrivez est gardé sur cet appareil.");
  if (state === "offline") {
    return html`<div class="band" role="alert"><${Icon} name="wifi-off" /><span class="grow"><strong>${t("Connexion perdue.")}</strong> ${waiting}</span>
      <button type="button" class="button" onClick=${live.connection.retryNow}>${t("Réessayer")}</button></div>`;
  }
  if (state === "live" && save === "waiting") {
    return html`<div class="band" role="status"><${Icon} name="cloud-off" /><span class="grow">${t("Connexion lente\u00a0: tout est gardé, l’envoi prend un peu plus de temps.")} ${waiting}</span></div>`;
  }
  return null;
}

/** @param {string} text */
const copy = (text) => navigator.clipboard?.writeText(text).catch(() => undefined);

/** What the server refused, with its sentence; what was written can be copied or handed to the facilitators. @param {{live: Live}} props */
export function Refusals({ live }) {
  const refused = live.pending.refusals.value;
  if (refused.length === 0) return null;
  return html`<div class="stack" role="alert">${refused.map((entry) => html`<${Refusal} key=${entry.id} live=${live} entry=${entry} />`)}</div>`;
}

/** @param {{live: Live, entry: import("../core/types.js").Entry}} props */
function Refusal({ live, entry }) {
  const text = textsOf(entry).join("\n");
  const board = entry.body.board || currentBoard(live.store)?.id || "";
  const gone = () => live.pending.dismiss(entry.id);
  const propose = () => {
    for (const one of textsOf(entry)) live.send(proposeNote({ board, text: one }));
    gone();
    live.announcer.say(t("Votre texte est proposé à l’animation."));
  };
  const isNote = entry.name === "add_notes" || entry.name === "edit_note";
  return html`<div class="notice warning stack">
    <p>${entry.message}</p>
    ${text ? html`<blockquote class="note">${text}</blockquote>` : null}
    <div class="row">
      ${text ? html`<button type="button" class="button" onClick=${() => copy(text)}><${Icon} name="copy" />${t("Copier")}</button>` : null}
      ${text && isNote && board ? html`<button type="button" class="button" onClick=${propose}>${t("Proposer à l’animation")}</button>` : null}
      <button type="button" class="button quiet" onClick=${gone}>${text ? t("Effacer") : t("Compris")}</button>
    </div>
  </div>`;
}
