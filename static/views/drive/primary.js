/**
 * The one obvious next thing of the drive page: named by its effect, chosen by the state of the block.
 *
 * Exports: primaryOf({live}), Primary({live}).
 * @module
 */
import { html, useEffect, useState } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { recallGroups, startGroups } from "../../core/driving.js";
import { t, tn } from "../../core/i18n.js";
import { blocks, currentBlock, hiddenByZone, openRound, session } from "../../core/selectors.js";
import { listed } from "../../core/words.js";
import { confirmDialog } from "../dialog.js";
import { headsOf } from "../groups/member.js";
import { desk, form, groupsStage, harvestCommand, partitionOf, unplaced } from "../groups/moment.js";
import { Icon } from "../icon.js";
import { leaveRehearsal } from "./rehearsal.js";
import { siteShort } from "./seat.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Command} Command */
/** @typedef {{label: string, command?: Command, href?: string, confirm?: {title: string, text: string}, aside?: string, calm?: boolean, wait?: string, deed?: () => Promise<void>, done?: () => void}} Step
 *   `aside` is a sentence shown beside the button, `calm` where it brings good news; `wait` one that asks once more, in place, before the deed;
 *   `deed` stands for a command where none does it; `done` runs once the command is saved. */

/** @param {Live} live @returns {number} notes still hidden from everyone, by the last gauge */
const hiddenNotes = (live) => Object.values(hiddenByZone(live.store)).reduce((sum, n) => sum + n, 0);

/** @param {{live: Live}} props @returns {Step|null} null while there is nothing to press */
export function primaryOf({ live }) {
  const state = session(live.store);
  if (!state) return null;
  switch (state.status) {
    case "preparing":
      return { label: t("Ouvrir l’atelier"), command: ask.openSession() };
    case "ended":
      return state.rehearsal ? { label: t("Terminer la répétition"), deed: () => leaveRehearsal(live) } : { label: t("Relire le compte rendu"), href: `/s/${live.id}/relire` };
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
  const apart = ofGroups(live, block);
  if (apart) return apart;
  const hidden = hiddenNotes(live);
  // What the next step carries into groups is shown there first, not to everyone here.
  const next = plan[plan.findIndex((one) => one.id === block.id) + 1];
  const carried = Boolean(next?.groups?.carry && next.board === block.board);
  if (block.notes === "author" && !block.revealed && hidden > 0 && !carried) {
    const wait = stillWriting(live);
    return { label: tn("Révéler la note", "Révéler les {n} notes", hidden), command: ask.revealNotes({ block: block.id }), aside: wait || silence(live), wait };
  }
  return ofRound(live, block) ?? ofNext(plan, block);
}

/** Forming groups, sending everyone there, calling everyone back, harvesting what is ticked. @param {Live} live @param {import("../../core/types.js").Block} block @returns {Step|null} */
function ofGroups(live, block) {
  const { stage, partition } = groupsStage(live);
  const { minutes, ticked } = desk(live);
  if (stage === "running" && partition) {
    return { label: t("Ramener tout le monde en plénière"), command: recallGroups({ partition: partition.id }), aside: helpWords(live) };
  }
  if (stage === "draft" && partition) {
    const left = headsOf(unplaced(live.store, partition.id));
    return {
      label: t("Envoyer dans les sous-groupes"), command: startGroups({ partition: partition.id, ...(minutes.value ? { seconds: minutes.value * 60 } : {}) }),
      aside: left ? tn("{n} personne n’est dans aucun sous-groupe", "{n} personnes ne sont dans aucun sous-groupe", left) : "", done: () => void (minutes.value = 0),
    };
  }
  const command = harvestCommand(live);
  if (command) {
    return { label: tn("Récolter la note", "Récolter {n} notes", command.body.notes.length), command, done: () => void (ticked.value = []) };
  }
  // A draft put away on this page was given up: the step goes on without it.
  return block.groups && stage === "none" && !partitionOf(live.store) ? { label: t("Former les sous-groupes"), command: form(live.store, block) } : null;
}

/** @param {Live} live how many groups wait for help */
function helpWords(live) {
  const calls = live.store.all("call").filter((call) => call.reason === "help").length;
  return calls ? tn("{n} demande d’aide", "{n} demandes d’aide", calls) : "";
}

/** « Toulouse saisit encore », « 2 personnes saisissent encore »; "" once nobody types. @param {Live} live */
function stillWriting(live) {
  const { rooms = {}, people = 0 } = live.store.gauges.value.writing ?? {};
  const sites = Object.keys(rooms).filter((site) => rooms[site] > 0).map((site) => siteShort(live.store.get("site", site)?.name ?? t("une salle")));
  if (sites.length && people) return tn("{sites} et {n} personne saisissent encore", "{sites} et {n} personnes saisissent encore", people, { sites: sites.join(", ") });
  if (sites.length) return tn("{sites} saisit encore", "{sites} saisissent encore", sites.length, { sites: listed(sites) });
  return people ? tn("{n} personne saisit encore", "{n} personnes saisissent encore", people) : "";
}

/** Sites where somebody has written nothing yet, as a sentence; "" once everyone has. @param {Live} live */
function silence(live) {
  const silent = live.store.gauges.value.silent ?? {};
  const heads = Object.values(silent).reduce((sum, n) => sum + n, 0);
  if (heads === 0) return "";
  const sites = Object.keys(silent).filter((site) => silent[site] > 0).map((site) => live.store.get("site", site)?.name ?? t("petits sites"));
  return tn("{n} personne n’a pas encore écrit ({sites})", "{n} personnes n’ont pas encore écrit ({sites})", heads, { sites: listed(sites) });
}

/** @param {Live} live @param {import("../../core/types.js").Block} block @returns {Step|null} */
function ofRound(live, block) {
  if (!block.round) return null;
  const round = openRound(live.store, block.id);
  if (!round) return { label: t("Ouvrir le vote"), command: ask.openRound({ block: block.id }) };
  if (round.status === "open") {
    const { said, calm } = turnout(live, round.id);
    return { label: t("Clore le vote et afficher le résultat"), command: ask.closeRound({ round: round.id, show: true }), aside: said, calm };
  }
  return round.status === "closed" ? { label: t("Afficher le résultat à tout le monde"), command: ask.showRound({ round: round.id }) } : null;
}

/** @param {Live} live @param {string} round id */
function turnout(live, round) {
  const here = live.store.gauges.value.turnout;
  if (!here || here.round !== round || here.heads === 0) return { said: "", calm: false };
  const missing = here.heads - here.ballots;
  return { said: missing > 0 ? tn("{n} bulletin manque encore", "{n} bulletins manquent encore", missing) : t("tous les bulletins sont là"), calm: missing <= 0 };
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
  const [asked, setAsked] = useState("");
  const block = currentBlock(live.store);
  useEffect(() => setAsked(""), [block?.id, block?.revealed]);
  const step = primaryOf({ live });
  if (!step) return html`<p class="muted" role="status">${t("Écriture de l’archive…")}</p>`;
  if (step.href) return html`<a class="button primary large" href=${step.href}>${step.label}</a>`;
  const act = async () => {
    if (busy) return;
    if (step.confirm && !(await confirmDialog({ ...step.confirm, confirm: step.label }))) return;
    setBusy(true);
    setAsked("");
    // One press is one effect: the next label may be quite another deed.
    if (step.deed) await step.deed();
    else if (step.command && (await live.send(step.command).outcome).done) step.done?.();
    setBusy(false);
  };
  if (step.wait && asked === step.command?.name) return html`<${Again} live=${live} step=${step} act=${act} leave=${() => setAsked("")} />`;
  return html`${step.aside ? html`<span class="primary-aside small ${step.calm ? "done" : "soon"}">${step.wait ? html`<${Icon} name="pencil" small />` : null}${step.aside}</span>` : null}
    <button type="button" class="button primary large" aria-disabled=${busy ? "true" : undefined} onClick=${() => (step.wait ? setAsked(step.command?.name ?? "") : void act())}>${step.label}</button>`;
}

/** Asked once more, in place: somebody is still at it. @param {{live: Live, step: Step, act: () => void, leave: () => void}} props */
function Again({ live, step, act, leave }) {
  const more = () => {
    live.send(ask.adjustTimer({ seconds: 60 }));
    leave();
  };
  return html`<p class="primary-aside soon" role="status"><${Icon} name="pencil" small />${step.wait}.</p>
    <span class="row">
      ${live.store.get("timer", "timer") ? html`<button type="button" class="button" onClick=${more}>${t("+1\u00a0min")}</button>` : html`<button type="button" class="button" onClick=${leave}>${t("Attendre")}</button>`}
      <button type="button" class="button primary large" ref=${(/** @type {HTMLElement|null} */ button) => button?.focus()} onClick=${act}>${t("Révéler quand même")}</button>
    </span>`;
}
