/**
 * A step as a sentence to complete: what happens, for how long, who does it, who sees it.
 *
 * Exports: Sentence({live, block}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import { editBlock } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { minutes, sorted } from "../../core/words.js";
import { fill, Pick } from "./fields.js";
import { dots, scale } from "./plan.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/types.js").RoundPlan} RoundPlan */
/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{live: Live, block: Block, save: (fields: Partial<Block>) => void}} Scene */

const LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90, 105, 120];

const SENTENCES = () => ({
  accueil: t("Pendant {minutes}, le mur montre le code et qui est là."),
  ecrire: t("Pendant {minutes}, {writers} sur le tableau {board}. Chaque personne voit {notes}, et les noms restent {authors}. À la fin du temps, {end}."),
  lire: t("Pendant {minutes}, on lit ensemble le tableau {board}. Les participants {adding}."),
  regrouper: t("Pendant {minutes}, {movers} les notes du tableau {board}. Les participants {adding}."),
  voter: t("Pendant {minutes}, chaque personne place {budget} sur {target} du tableau {board}, {cap}. Elle {own}. L’animation {facilitators}."),
  echelle: t("Pendant {minutes}, chaque personne répond en secret sur une échelle à {levels} niveaux, {comment}. L’animation {facilitators}."),
  sans: t("Pendant {minutes}, on vote sur le tableau {board}. Il reste à choisir comment\u00a0: {method}."),
  resultat: t("Pendant {minutes}, le résultat du vote s’affiche sur tous les écrans."),
  actions: t("Pendant {minutes}, {scribes} {sheets}."),
  fin: t("Pendant {minutes}, le mur remercie et dit où sera le compte rendu."),
});

/** @param {{live: Live, block: Block}} props */
export function Sentence({ live, block }) {
  const scene = { live, block, save: (/** @type {Partial<Block>} */ fields) => void live.send(editBlock({ block: block.id, ...fields })) };
  const texts = SENTENCES();
  const kind = block.view === "voter" ? (!block.round ? "sans" : block.round.method === "scale" ? "echelle" : "voter") : block.view;
  return html`<p class="sentence">${fill(`${texts[kind]} ${t("C’est un temps {nature}.")}`, { ...common(scene), ...rights(scene), ...voting(scene) })}</p>`;
}

/** @param {Scene} scene @returns {Record<string, (after: string) => any>} */
function common({ live, block, save }) {
  const boards = sorted(live.store.all("board"), (board) => board.title);
  const lengths = LENGTHS.includes(block.minutes) ? LENGTHS : [...LENGTHS, block.minutes].sort((a, b) => a - b);
  /** @type {[string, string][]} */
  const lengthOptions = lengths.map((n) => [String(n), minutes(n)]);
  return {
    minutes: (after) => html`<${Pick} label=${t("Durée de l’étape")} value=${String(block.minutes)} options=${lengthOptions} after=${after} onPick=${(/** @type {string} */ n) => save({ minutes: Number(n) })} />`,
    board: (after) => (boards.length < 2
      ? html`<span class="pick-group"><strong>${boards[0]?.title ?? t("de l’atelier")}</strong>${after}</span>`
      : html`<${Pick} label=${t("Tableau")} value=${block.board} options=${boards.map((board) => [board.id, board.title])} after=${after} onPick=${(/** @type {string} */ board) => save({ board })} />`),
    notes: (after) => html`<${Pick} label=${t("Qui voit les notes")} value=${block.notes} after=${after} onPick=${(/** @type {any} */ notes) => save({ notes })}
      options=${[["author", t("ses notes seulement, jusqu’à la révélation")], ["everyone", block.groups ? t("les notes de son sous-groupe") : t("les notes de tout le monde")]]} />`,
    authors: (after) => html`<${Pick} label=${t("Noms des auteurs")} value=${block.authors} after=${after} onPick=${(/** @type {any} */ authors) => save({ authors })}
      options=${[["hidden", t("masqués")], ["shown", t("affichés")]]} />`,
    end: (after) => html`<${Pick} label=${t("À la fin du temps")} value=${block.end} after=${after} onPick=${(/** @type {any} */ end) => save({ end })}
      options=${[["soft", t("on finit sa phrase")], ["firm", t("la saisie s’arrête")]]} />`,
    nature: (after) => html`<${Pick} label=${t("Nature de ce temps")} value=${block.nature} after=${after} onPick=${(/** @type {any} */ nature) => save({ nature })}
      options=${[["collaborative", t("collaboratif")], ["top-down", t("d’écoute")], ["pause", t("de pause")], ["logistics", t("d’installation")]]} />`,
    sheets: (after) => html`<${Pick} label=${t("Ce qui est noté")} value=${block.sheets.join(",")} after=${after} onPick=${(/** @type {string} */ types) => save({ sheets: /** @type {any} */ (types.split(",")) })}
      options=${sheetOptions(block)} />`,
  };
}

/** @param {Block} block @returns {[string, string][]} */
function sheetOptions(block) {
  /** @type {[string, string][]} */
  const usual = [
    ["decision,action,parking", t("les décisions, les actions et ce qui est mis de côté")], ["decision,action", t("les décisions et les actions")],
    ["action", t("les actions")], ["decision", t("les décisions")],
  ];
  const present = block.sheets.join(",");
  return usual.some(([value]) => value === present) ? usual : [[present, t("ce qui a été réglé")], ...usual];
}

/** What participants may do here, said as a choice. @param {Scene} scene @returns {Record<string, (after: string) => any>} */
function rights({ block, save }) {
  const given = block.rights.participant ?? [];
  /** @param {string[]} capabilities @param {boolean} yes */
  const grant = (capabilities, yes) => {
    const others = given.filter((one) => !capabilities.includes(one));
    save({ rights: { ...block.rights, participant: yes ? [...others, ...capabilities] : others } });
  };
  /** @param {string} label @param {string[]} capabilities @param {string} yes @param {string} no */
  const choice = (label, capabilities, yes, no) => (/** @type {string} */ after) => html`<${Pick} label=${label} after=${after}
    value=${capabilities.every((one) => given.includes(one)) ? "yes" : "no"} options=${[["yes", yes], ["no", no]]} onPick=${(/** @type {string} */ value) => grant(capabilities, value === "yes")} />`;
  return {
    writers: choice(t("Qui écrit"), ["add"], t("chaque personne écrit"), t("l’animation seule écrit")),
    movers: choice(t("Qui regroupe"), ["move", "cluster"], t("tout le monde déplace et regroupe"), t("l’animation seule déplace et regroupe")),
    adding: choice(t("Ajout de notes"), ["add"], t("peuvent encore ajouter des notes"), t("n’ajoutent plus de notes")),
    scribes: choice(t("Qui note"), ["sheet"], t("tout le monde note"), t("l’animation seule note")),
  };
}

/** @param {Scene} scene @returns {Record<string, (after: string) => any>} */
function voting({ block, save }) {
  const plan = block.round;
  const method = (/** @type {string} */ after) => html`<${Pick} label=${t("Manière de voter")} value="" after=${after}
    options=${[["", t("choisir…")], ["dots", t("par gommettes")], ["scale", t("sur une échelle")]]} onPick=${(/** @type {string} */ value) => value && save({ round: value === "dots" ? dots() : scale() })} />`;
  if (!plan) return { method };
  /** @param {Partial<RoundPlan>} fields */
  const change = (fields) => save({ round: { ...plan, ...fields } });
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  return {
    method,
    budget: (after) => html`<${Pick} label=${t("Nombre de gommettes")} value=${String(plan.budget)} after=${after} options=${numbers.map((n) => [String(n), tn("{n} gommette", "{n} gommettes", n)])}
      onPick=${(/** @type {string} */ n) => change({ budget: Number(n), cap: Math.min(plan.cap, Number(n)) })} />`,
    cap: (after) => html`<${Pick} label=${t("Au plus sur un même choix")} value=${String(plan.cap)} after=${after}
      options=${numbers.slice(0, plan.budget).map((n) => [String(n), tn("{n} au plus au même endroit", "{n} au plus au même endroit", n)])} onPick=${(/** @type {string} */ n) => change({ cap: Number(n) })} />`,
    target: (after) => html`<${Pick} label=${t("On vote sur")} value=${plan.target} after=${after} options=${[["clusters", t("les groupes de notes")], ["notes", t("les notes")]]}
      onPick=${(/** @type {any} */ target) => change({ target })} />`,
    own: (after) => html`<${Pick} label=${t("Ses propres idées")} value=${plan.own ? "yes" : "no"} after=${after} options=${[["yes", t("peut choisir ses propres idées")], ["no", t("ne choisit pas ses propres idées")]]}
      onPick=${(/** @type {string} */ value) => change({ own: value === "yes" })} />`,
    facilitators: (after) => html`<${Pick} label=${t("Vote de l’animation")} value=${plan.facilitators_vote ? "yes" : "no"} after=${after} options=${[["no", t("ne vote pas")], ["yes", t("vote aussi")]]}
      onPick=${(/** @type {string} */ value) => letVote(block, plan, value === "yes", save)} />`,
    levels: (after) => html`<span class="pick-group"><strong>${plan.levels.length}</strong>${after}</span>`,
    comment: (after) => html`<${Pick} label=${t("Commentaire")} value=${plan.comment ? "yes" : "no"} after=${after} options=${[["yes", t("avec un commentaire libre")], ["no", t("sans commentaire")]]}
      onPick=${(/** @type {string} */ value) => change({ comment: value === "yes" })} />`,
  };
}

/** Facilitators vote where the plan says so and their role has the right. @param {Block} block @param {RoundPlan} plan @param {boolean} yes @param {(fields: Partial<Block>) => void} save */
function letVote(block, plan, yes, save) {
  /** @type {Record<string, string[]>} */
  const given = { ...block.rights };
  for (const role of ["facilitator", "cofacilitator"]) {
    const others = (given[role] ?? []).filter((one) => one !== "vote");
    given[role] = yes ? [...others, "vote"] : others;
    if (given[role].length === 0) delete given[role];
  }
  save({ round: { ...plan, facilitators_vote: yes }, rights: given });
}
