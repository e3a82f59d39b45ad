/**
 * Adding a step from those that exist, and taking a whole plan from a method.
 *
 * Exports: openAdding(live, after, choose), openMethods(live, methods), Methods({live, methods}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { loadMethod } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { confirmDialog, Dialog, openDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { KINDS, lengthOf, needsBoard } from "./plan.js";
import { added } from "./step.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{id: string, title: string, summary: string, minutes: number, steps: {title: string, minutes: number, nature: string}[]}} MethodCard */

/** @param {Live} live @param {import("../../core/types.js").Block|undefined} after @param {(id: string) => void} choose */
export const openAdding = (live, after, choose) =>
  openDialog((close) => {
    const add = async (/** @type {ReturnType<typeof KINDS>[number]} */ kind) => {
      close();
      const board = ["accueil", "fin"].includes(kind.view) ? "" : after?.board || live.store.all("board")[0]?.id || "";
      const id = await added(live, { after: after?.id ?? "", title: kind.title, minutes: kind.minutes, nature: kind.nature, view: kind.view, board }, /** @type {any} */ (kind.more));
      if (id) choose(id);
    };
    const boards = live.store.all("board").length > 0;
    const kinds = KINDS().filter((kind) => boards || !needsBoard(kind));
    return html`<${Dialog} title=${after ? t("Ajouter une étape après «\u00a0{title}\u00a0»", { title: after.title }) : t("Ajouter une étape")} onClose=${close} wide>
      <ul role="list" class="kinds">${kinds.map((kind) => html`<li><button type="button" class="kind" onClick=${() => add(kind)}><${Icon} name=${kind.icon} /><span><strong>${kind.title}</strong><span class="hint">${kind.about}</span></span></button></li>`)}</ul>
      ${boards ? null : html`<p class="muted">${t("Écrire, lire ou regrouper demande un tableau\u00a0: prenez d’abord une méthode qui en a un.")}</p>`}
    </${Dialog}>`;
  });

/** @param {Live} live @param {MethodCard[]} methods */
export const openMethods = (live, methods) =>
  openDialog((close) => html`<${Dialog} title=${t("Prendre une méthode")} onClose=${close} wide>
    <p>${t("Le plan actuel, ses tableaux et ses consignes seront remplacés.")}</p>
    <${Methods} live=${live} methods=${methods} replaces done=${close} />
  </${Dialog}>`);

/** @param {{live: Live, methods: MethodCard[], replaces?: boolean, done?: () => void}} props */
export function Methods({ live, methods, replaces, done }) {
  const take = async (/** @type {MethodCard} */ method) => {
    done?.();
    const text = t("Les étapes que vous avez modifiées seront perdues.");
    if (replaces && !(await confirmDialog({ title: t("Remplacer le plan par «\u00a0{title}\u00a0»\u202f?", { title: t(method.title) }), text, confirm: t("Remplacer le plan"), danger: true }))) return;
    live.send(loadMethod({ method: method.id }));
  };
  return html`<ul role="list" class="methods">${methods.map((method) => html`<li key=${method.id}>
    <button type="button" class="method" onClick=${() => take(method)}>
      <span class="spread"><strong>${t(method.title)}</strong><span class="muted">${lengthOf(method.minutes)}, ${tn("{n} étape", "{n} étapes", method.steps.length)}</span></span>
      <span class="hint">${t(method.summary)}</span>
      <span class="method-bar" aria-hidden="true">${method.steps.map((step) => html`<span data-nature=${step.nature} style=${{ flexGrow: String(step.minutes) }}></span>`)}</span>
    </button>
  </li>`)}</ul>`;
}
