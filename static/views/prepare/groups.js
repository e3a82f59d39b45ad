/**
 * Whether a step is worked apart, as a second sentence: how the sub-groups form, of how many, and with which notes they begin.
 *
 * Exports: GroupSentence({live, block}), splits(block).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { editBlock } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { blocks } from "../../core/selectors.js";
import { fill, Pick } from "./fields.js";
import { groupPlan } from "./plan.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/types.js").GroupPlan} GroupPlan */
/** @typedef {import("../../core/session.js").Live} Live */

const SIZES = [2, 3, 4, 5, 6, 7, 8, 10, 12];
/** Views whose work lies on a board: a sub-group has its own copy of it. */
const WORKED = new Set(["ecrire", "lire", "regrouper"]);

/** @param {Block} block @returns {boolean} whether working apart makes sense in this step */
export const splits = (block) => block.groups !== null || (WORKED.has(block.view) && block.board !== "");

const SENTENCES = () => ({
  none: t("On travaille {mode}."),
  random: t("On travaille {mode}, de {size}. Chaque sous-groupe {carry}."),
  balanced: t("On travaille {mode}, de {size}, qui mêlent {mix}. Chaque sous-groupe {carry}."),
  hand: t("On travaille {mode}, de {size}. Chaque sous-groupe {carry}."),
  merge: t("On travaille {mode}. Chaque sous-groupe {carry}."),
});

/** @param {{live: Live, block: Block}} props */
export function GroupSentence({ live, block }) {
  if (!splits(block)) return null;
  const plan = block.groups;
  const save = (/** @type {GroupPlan|null} */ groups) => void live.send(editBlock({ block: block.id, groups }));
  const list = blocks(live.store);
  const before = list.slice(0, list.findIndex((one) => one.id === block.id)).some((one) => one.groups);
  return html`<p class="sentence">${fill(SENTENCES()[plan?.mode ?? "none"], controls(plan, () => live.store.get("block", block.id)?.groups ?? null, save, before))}</p>
    ${plan?.mode === "merge" && !before ? html`<p class="notice warning">${t("Aucune étape précédente ne forme de sous-groupes\u00a0: il n’y aurait rien à réunir. Placez cette étape après une étape en sous-groupes.")}</p>` : null}`;
}

/**
 * @param {GroupPlan|null} plan as drawn @param {() => GroupPlan|null} latest as it is when something is chosen: two choices may come between two drawings
 * @param {(groups: GroupPlan|null) => void} save @param {boolean} before whether an earlier step forms groups @returns {Record<string, (after: string) => any>}
 */
function controls(plan, latest, save, before) {
  /** @param {Partial<GroupPlan>} fields */
  const change = (fields) => {
    const now = latest();
    if (now) save({ ...now, ...fields });
  };
  /** @type {[string, string][]} */
  const modes = [["none", t("en plénière")], ["random", t("en sous-groupes tirés au hasard")], ["balanced", t("en sous-groupes équilibrés")], ["hand", t("en sous-groupes composés à la main")]];
  if (before || plan?.mode === "merge") modes.push(["merge", t("en réunissant deux par deux les sous-groupes précédents")]);
  const choose = (/** @type {any} */ mode) => save(mode === "none" ? null : { ...groupPlan(mode), ...(plan && mode !== "merge" && plan.mode !== "merge" ? { size: plan.size, carry: plan.carry } : {}) });
  const sizes = plan && !SIZES.includes(plan.size) ? [...SIZES, plan.size].sort((a, b) => a - b) : SIZES;
  const kept = plan?.mode === "merge" ? t("reprend les notes des sous-groupes réunis") : t("commence avec les notes de ses membres");
  return {
    mode: (after) => html`<${Pick} label=${t("Plénière ou sous-groupes")} value=${plan?.mode ?? "none"} options=${modes} after=${after} onPick=${choose} />`,
    size: (after) => html`<${Pick} label=${t("Taille des sous-groupes")} value=${String(plan?.size)} options=${sizes.map((n) => [String(n), tn("{n} personne environ", "{n} personnes environ", n)])} after=${after} onPick=${(/** @type {string} */ n) => change({ size: Number(n) })} />`,
    mix: (after) => html`<${Pick} label=${t("Ce que mêle chaque sous-groupe")} value=${(plan?.mix ?? []).join(",") || "service,site"} options=${[["service,site", t("les services et les sites")], ["service", t("les services")], ["site", t("les sites")]]} after=${after}
      onPick=${(/** @type {string} */ mix) => change({ mix: /** @type {any} */ (mix.split(",")) })} />`,
    carry: (after) => html`<${Pick} label=${t("Notes au départ")} value=${plan?.carry ? "yes" : "no"} options=${[["no", t("part d’un tableau vide")], ["yes", kept]]} after=${after} onPick=${(/** @type {string} */ value) => change({ carry: value === "yes" })} />`,
  };
}
