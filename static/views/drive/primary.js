/**
 * The one obvious next thing of the drive page: named by its effect, chosen by the state of the block.
 *
 * Exports: primaryOf({live}), Primary({live}).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { blocks, currentBlock, openRound, session } from "../../core/selectors.js";
import { confirmDialog } from "../dialog.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Command} Command */
/** @typedef {{label: string, command?: Command, href?: string, confirm?: {title: string, text: string}, aside?: string}} Step
 *   `aside` is a sentence shown beside the button. */

/** @param {Live} live @returns {number} notes still hidden from everyone, by the last gauge */
export const hiddenNotes = (live) => Object.values(live.store.gauges.value.hidden ?? {}).reduce((sum, n) => sum + n, 0);

/** @param {{live: Live}} props @returns {Step|null} null while there is nothing to press */
export function primaryOf({ live }) {
  const state = session(live.store);
  if (!state) return null;
  switch (state.status) {
    case "preparing":
      return { label: t("Ouvrir l’atelier"), command: ask.openSession() };
    case "ended":
      return {
        label: t("Archiver l’atelier"), command: ask.closeSession(),
        confirm: { title: t("Archiver l’atelier\u202f?"), text: t("Plus rien ne pourra changer. Les dossiers à diffuser et réservé sont écrits aussitôt.") },
      };
    case "closing":
      return null;
    case "closed":
      return { label: t("Voir l’archive"), href: `/s/${live.id}/archive` };
  }
  return ofBlock(live);
}

/** @param {Live} live @returns {Step} */
function ofBlock(live) {
  const { store } = live;
  const block = currentBlock(store);
  const plan = blocks(store);
  if (!block) {
    return plan[0] ? { label: t("Commencer\u00a0: {title}", { title: plan[0].title }), command: ask.enterBlock({ block: plan[0].id }) } : ending();
  }
  const hidden = hiddenNotes(live);
  if (block.notes === "author" && !block.revealed && hidden > 0) {
    return { label: tn("Révéler la note", "Révéler les {n} notes", hidden), command: ask.revealNotes({ block: block.id }) };
  }
  return ofRound(live, block) ?? ofNext(plan, block);
}

/** @param {Live} live @param {import("../../core/types.js").Block} block @returns {Step|null} */
function ofRound(live, block) {
  if (!block.round) return null;
  const round = openRound(live.store, block.id);
  if (!round) return { label: t("Ouvrir le vote"), command: ask.openRound({ block: block.id }) };
  if (round.status === "open") {
    const turnout = live.store.gauges.value.turnout;
    const missing = turnout && turnout.round === round.id ? turnout.heads - turnout.ballots : 0;
    return {
      label: t("Clore le vote et afficher le résultat"), command: ask.closeRound({ round: round.id, show: true }),
      aside: missing > 0 ? tn("{n} bulletin manque encore", "{n} bulletins manquent encore", missing) : "",
    };
  }
  return round.status === "closed" ? { label: t("Afficher le résultat à tout le monde"), command: ask.showRound({ round: round.id }) } : null;
}

/** @param {import("../../core/types.js").Block[]} plan @param {import("../../core/types.js").Block} block @returns {Step} */
function ofNext(plan, block) {
  const next = plan[plan.findIndex((one) => one.id === block.id) + 1];
  return next ? { label: t("Étape suivante\u00a0: {title}", { title: next.title }), command: ask.enterBlock({ block: next.id }) } : ending();
}

/** @returns {Step} */
const ending = () => ({
  label: t("Terminer l’atelier"), command: ask.endSession(),
  confirm: { title: t("Terminer l’atelier\u202f?"), text: t("Les participants sont remerciés et ne peuvent plus écrire. Vous pourrez encore corriger, ou reprendre.") },
});

/** @param {{live: Live}} props */
export function Primary({ live }) {
  const [busy, setBusy] = useState(false);
  const step = primaryOf({ live });
  if (!step) return html`<p class="muted" role="status">${t("Écriture de l’archive…")}</p>`;
  if (step.href) return html`<a class="button primary large" href=${step.href}>${step.label}</a>`;
  const press = async () => {
    if (step.confirm && !(await confirmDialog({ ...step.confirm, confirm: step.label }))) return;
    if (!step.command) return;
    setBusy(true);
    // One press is one effect: the next label may be quite another deed.
    await live.send(step.command).outcome;
    setBusy(false);
  };
  return html`${step.aside ? html`<span class="small soon nowrap">${step.aside}</span>` : null}
    <button type="button" class="button primary large" disabled=${busy} onClick=${press}>${step.label}</button>`;
}
