/**
 * The chosen step: its title, its sentence, its three texts, and the settings that are rarely changed.
 *
 * Exports: StepForm({live, block, choose, onWall}).
 * @module
 */
import { html, useState } from "../../vendor/ui.js";
import { addBlock, editBlock, removeBlock, writeScript } from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { blocks, session } from "../../core/selectors.js";
import { minutes } from "../../core/words.js";
import { confirmDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { shift } from "./column.js";
import { Pick, TextField } from "./fields.js";
import { GroupSentence } from "./groups.js";
import { clockOf, revealedBy, scheduled } from "./plan.js";
import { Sentence } from "./sentence.js";

/** @typedef {import("../../core/types.js").Block} Block */
/** @typedef {import("../../core/session.js").Live} Live */

export const WALL = 90;

/** @param {{live: Live, block: Block, choose: (id: string) => void, onWall: (text: string|null) => void}} props */
export function StepForm({ live, block, choose, onWall }) {
  const list = blocks(live.store);
  const place = list.findIndex((one) => one.id === block.id);
  const slot = scheduled(list).slots[place];
  const start = session(live.store)?.start ?? "";
  const save = (/** @type {Partial<Block>} */ fields) => void live.send(editBlock({ block: block.id, ...fields }));
  const when = start ? ` · ${t("de {from} à {to}", { from: clockOf(start, slot.from), to: clockOf(start, slot.to) })}` : "";
  return html`<section class="step-form" aria-labelledby="etape-titre">
    <div class="spread">
      <p class="small muted">${t("Étape {n} sur {total}", { n: place + 1, total: list.length })}${when}</p>
      <div class="row step-acts">
        <button type="button" class="button quiet icon-only" disabled=${place === 0} aria-label=${t("Monter cette étape")} onClick=${() => shift(live, list, block, -1)}><${Icon} name="chevron-up" /></button>
        <button type="button" class="button quiet icon-only" disabled=${place === list.length - 1} aria-label=${t("Descendre cette étape")} onClick=${() => shift(live, list, block, 1)}><${Icon} name="chevron-down" /></button>
        <button type="button" class="button quiet" onClick=${() => duplicate(live, block, choose)}>${t("Dupliquer")}</button>
        <button type="button" class="button quiet danger-text" onClick=${() => takeOut(live, list, block, choose)}>${t("Retirer")}</button>
      </div>
    </div>
    <h2 class="step-title" id="etape-titre"><${TextField} id="etape-nom" className="title-field" value=${block.title} most=${120} required label=${t("Titre de l’étape")} onSave=${(/** @type {string} */ title) => save({ title })} /></h2>
    <${Sentence} live=${live} block=${block} />
    <${GroupSentence} live=${live} block=${block} />
    <hr />
    <${Texts} live=${live} block=${block} save=${save} onWall=${onWall} />
    <${More} block=${block} save=${save} />
    <${Reveal} block=${block} list=${list} />
  </section>`;
}

/** @param {{live: Live, block: Block, save: (fields: Partial<Block>) => void, onWall: (text: string|null) => void}} props */
function Texts({ live, block, save, onWall }) {
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const length = [...(typed ?? block.wall)].length;
  const script = live.store.get("script", block.id)?.text ?? "";
  const type = (/** @type {string|null} */ text) => {
    setTyped(text);
    onWall(text);
  };
  const saveWall = (/** @type {string} */ wall) => {
    if ([...wall].length <= WALL) save({ wall });
  };
  const over = length > WALL;
  return html`<div class="texts">
    <div class="text-line">
      <label for="consigne">${t("Consigne")}<span class="hint">${t("sur les écrans")}</span></label>
      <${TextField} id="consigne" key=${`i${block.id}`} value=${block.instruction} most=${600} multiline rows=${2} onSave=${(/** @type {string} */ instruction) => save({ instruction })} />
    </div>
    <div class="text-line">
      <label for="mur">${t("Au mur")}<span class="hint ${over ? "over" : ""}">${t("{n} sur {most}", { n: length, most: WALL })}</span></label>
      <div>
        <${TextField} id="mur" key=${`w${block.id}`} value=${block.wall} most=${140} onSave=${saveWall} onType=${type} describedby="mur-aide" placeholder=${t("La consigne, en plus court")} />
        <p id="mur-aide" class=${over ? "error" : "visually-hidden"} role="status">${over ? t("Trop long pour être lu du fond de la salle\u00a0: raccourcissez, ce texte n’est pas encore enregistré.") : t("{most} caractères au plus", { most: WALL })}</p>
      </div>
    </div>
    <div class="text-line">
      <label for="script">${t("Pour vous")}<span class="hint">${t("animation seule")}</span></label>
      <${TextField} id="script" key=${`s${block.id}`} value=${script} most=${2000} multiline rows=${2} onSave=${(/** @type {string} */ text) => live.send(writeScript({ block: block.id, text }))} />
    </div>
  </div>`;
}

/** @param {{block: Block, save: (fields: Partial<Block>) => void}} props */
function More({ block, save }) {
  const given = block.rights.participant ?? [];
  const parks = given.includes("park");
  const warn = block.warn ? t("alerte {time} avant la fin", { time: block.warn % 60 ? t("{n} s", { n: block.warn }) : minutes(block.warn / 60) }) : t("sans alerte");
  const plan = block.round;
  /** @type {[string, string][]} */
  const warnings = [["0", t("aucune")], ["30", t("30\u00a0s")], ["60", minutes(1)], ["120", minutes(2)], ["300", minutes(5)]];
  if (!warnings.some(([value]) => value === String(block.warn))) warnings.push([String(block.warn), t("{n} s", { n: block.warn })]);
  return html`<details class="more-settings">
    <summary><strong>${t("Autres réglages")}</strong> <span class="muted">${warn}, ${parks ? t("points mis de côté possibles") : t("rien à mettre de côté")}</span></summary>
    <div class="more-body">
      <label class="line"><span>${t("Ce que montre l’étape")}</span><${Pick} label=${t("Ce que montre l’étape")} value=${block.view} onPick=${(/** @type {any} */ view) => save({ view })}
        options=${[["accueil", t("l’accueil")], ["ecrire", t("de quoi écrire")], ["lire", t("le tableau, à lire")], ["regrouper", t("le tableau, à regrouper")], ["voter", t("un vote")], ["resultat", t("un résultat")], ["actions", t("décisions et actions")], ["fin", t("la fin")]]} /></label>
      <label class="line"><span>${t("Alerte avant la fin")}</span><${Pick} label=${t("Alerte avant la fin")} value=${String(block.warn)} options=${warnings} onPick=${(/** @type {string} */ value) => save({ warn: Number(value) })} /></label>
      <label class="tick"><input type="checkbox" checked=${parks} onChange=${() => save({ rights: { ...block.rights, participant: parks ? given.filter((one) => one !== "park") : [...given, "park"] } })} /><span>${t("Chaque personne peut mettre un point de côté, pour plus tard")}</span></label>
      ${plan ? html`<div class="field"><label for="question">${t("Question du vote")}</label><${TextField} id="question" key=${`q${block.id}`} value=${plan.question} most=${200} onSave=${(/** @type {string} */ question) => save({ round: { ...plan, question } })} /></div>` : null}
      ${plan?.method === "scale" ? html`<div class="field"><label for="niveaux">${t("Niveaux, du plus bas au plus haut, un par ligne")}</label><${TextField} id="niveaux" key=${`l${block.id}`} multiline rows=${5} most=${700} value=${plan.levels.join("\n")}
        onSave=${(/** @type {string} */ text) => save({ round: { ...plan, levels: text.split("\n").map((line) => line.trim()).filter(Boolean) } })} /></div>` : null}
    </div>
  </details>`;
}

/** Says when what is written in secret will show. @param {{block: Block, list: Block[]}} props */
function Reveal({ block, list }) {
  const shown = revealedBy(block, list);
  if (shown === undefined) return null;
  return shown
    ? html`<p class="reveal small muted"><${Icon} name="eye-off" small />${t("Les notes écrites ici sont révélées au plus tard à l’étape «\u00a0{title}\u00a0».", { title: shown.title })}</p>`
    : html`<p class="notice warning">${t("Aucune étape suivante ne montre ce tableau\u00a0: ces notes ne seraient révélées que si vous le demandez. Ajoutez une étape «\u00a0Lire\u00a0».")}</p>`;
}

/** @param {Live} live @param {Block[]} list @param {Block} block @param {(id: string) => void} choose */
async function takeOut(live, list, block, choose) {
  const yes = await confirmDialog({
    title: t("Retirer «\u00a0{title}\u00a0»\u202f?", { title: block.title }), text: t("Sa consigne et ses réglages sont perdus. Les autres étapes ne changent pas."), confirm: t("Retirer l’étape"), danger: true,
  });
  if (!yes) return;
  const place = list.findIndex((one) => one.id === block.id);
  const answer = await live.send(removeBlock({ block: block.id })).outcome;
  if (answer.done) choose((list[place + 1] ?? list[place - 1])?.id ?? "");
}

/** A copy after the step, with its settings and texts. @param {Live} live @param {Block} block @param {(id: string) => void} choose */
async function duplicate(live, block, choose) {
  const { minutes: length, nature, view, board, ...rest } = block;
  const copied = (({ instruction, wall, notes, authors, rights, round, groups, sheets, end, warn }) => ({ instruction, wall, notes, authors, rights, round, groups, sheets, end, warn }))(rest);
  const id = await added(live, { after: block.id, title: t("{title} (suite)", { title: block.title }).slice(0, 120), minutes: length, nature, view, board }, copied);
  const script = live.store.get("script", block.id)?.text;
  if (id && script) live.send(writeScript({ block: id, text: script }));
  if (id) choose(id);
}

/**
 * Adds a step, then gives it what the command of adding does not take.
 * @param {Live} live @param {Parameters<typeof addBlock>[0]} body @param {Partial<Block>} more
 * @returns {Promise<string>} its id, "" if it was refused
 */
export async function added(live, body, more) {
  const before = new Set(live.store.all("block").map((one) => one.id));
  const answer = await live.send(addBlock(body)).outcome;
  const fresh = answer.done ? live.store.all("block").find((one) => !before.has(one.id)) : undefined;
  if (fresh && Object.keys(more).length) live.send(editBlock({ block: fresh.id, ...more }));
  return fresh?.id ?? "";
}
