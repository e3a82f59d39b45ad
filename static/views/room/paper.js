/**
 * « Idées sur papier »: what the table wrote by hand, typed or pasted one per line, shown as so many notes before they are
 * put. More than a command holds go in several; a line too long is named. What is typed survives a reload and a change of step.
 *
 * Exports: Paper({live}).
 * @module
 */
import { addNotes, proposeNote } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { currentBlock, currentBoard, tintsOf, zonesOf } from "../../core/selectors.js";
import { html, useId, useLayoutEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { AT_ONCE, MOST, useAim, linesOf, useWaitingText } from "../people/composer.js";
import { copyText } from "../people/copy.js";
import { codePoints, useWriting, zoneWords } from "../people/moment.js";
import { AuthorChoice } from "./people.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{zone: string, title: string, tint: import("../../core/types.js").Tint, block: string, board: string, occupant: string}} Where */

const TEXT = "paper";
const WHERE = "paper:where";
/** @type {Where} */
const NOWHERE = { zone: "", title: "", tint: "", block: "", board: "", occupant: "" };

/** @param {Live} live @returns {Where} */
function keptWhere(live) {
  try {
    return { ...NOWHERE, ...JSON.parse(live.drafts.get(WHERE) || "{}") };
  } catch {
    return NOWHERE;
  }
}

/** What is being typed, where it goes, and how to change both. @param {Live} live */
function useLines(live) {
  const [text, setText] = useState(() => live.drafts.get(TEXT));
  const [where, setWhere] = useState(() => keptWhere(live));
  const block = currentBlock(live.store);
  /** @param {Partial<Where>} some */
  const place = (some) => {
    const next = { ...where, ...some };
    setWhere(next);
    live.drafts.set(WHERE, JSON.stringify(next));
  };
  /** @param {string} next */
  const write = (next) => {
    if (text.trim() === "" && next.trim() !== "") place({ block: block?.id ?? "", board: currentBoard(live.store)?.id ?? "" });
    setText(next);
    live.drafts.set(TEXT, next);
  };
  return { text, where, place, write, begun: text.trim() !== "" && where.block ? where.block : block?.id ?? "" };
}

/** @param {{live: Live}} props */
export function Paper({ live }) {
  const { text, where, place, write, begun } = useLines(live);
  const [empty, setEmpty] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const id = useId();
  const state = useWriting(live, begun);
  const { board, recalled } = useAim(live, where, text.trim() === "" ? "" : begun);
  const zones = board ? zonesOf(live.store, board.id) : [];
  const zone = zones.find((one) => one.id === where.zone) ?? zones.find((one) => one.title === where.title) ?? zones[0];
  const tints = tintsOf(board);
  const tint = tints.some((one) => one.tint === where.tint) ? where.tint : "";
  const lines = linesOf(text);
  const long = lines.flatMap((line, i) => (codePoints(line) > MOST ? [{ n: i + 1, over: codePoints(line) - MOST }] : []));
  const late = state === "closed" || state === "locked";
  const shut = late || recalled;
  const clear = () => {
    write("");
    field.current?.focus();
  };
  useWaitingText(live, lines.length > 0 && !shut && begun === currentBlock(live.store)?.id ? begun : "");
  useLayoutEffect(() => grow(field.current), [text]);

  const put = () => {
    const person = live.store.get("occupant", where.occupant);
    const one = { zone: zone?.id ?? "", tint, ...(person && !person.gone ? { occupant: person.id } : {}) };
    for (let i = 0; board && i < lines.length; i += AT_ONCE) {
      live.send(addNotes({ board: board.id, block: begun, notes: lines.slice(i, i + AT_ONCE).map((said) => ({ text: said, ...one })) }));
    }
    live.announcer.say(zone
      ? tn("Note posée dans {zone}.", "{n} notes posées dans {zone}.", lines.length, { zone: zoneWords(zone.title).name })
      : tn("Note posée.", "{n} notes posées.", lines.length));
    clear();
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    setEmpty(lines.length === 0);
    if (lines.length === 0 || long.length > 0) field.current?.focus();
    else put();
  };
  const propose = () => {
    for (const line of board ? lines : []) live.send(proposeNote({ board: board?.id ?? "", zone: zone?.id ?? "", text: line.slice(0, MOST) }));
    live.announcer.say(t("Vos lignes sont proposées à l’animation."));
    clear();
  };

  return html`<form class="composer paper-lines" onSubmit=${submit} aria-label=${t("Idées écrites sur papier")}>
    ${!shut && html`<p class="paper-lead">${t("Tapez ou collez une idée par ligne\u00a0: chaque ligne fera une note.")}</p>`}
    ${zones.length > 0 && !shut && html`<fieldset class="zone-chips"><legend class="visually-hidden">${t("Où poser ces notes")}</legend>
      ${zones.map((one, i) => html`<label key=${i} class=${one.id === zone?.id ? "chip zone-chip selected" : "chip zone-chip"}>
        <input type="radio" name=${`${id}-zone`} checked=${one.id === zone?.id} onChange=${() => place({ zone: one.id, title: one.title })} />
        <span class="zone-name">${one.tint && html`<span class=${`swatch tint-${one.tint}`} aria-hidden="true"></span>`}${zoneWords(one.title).name}</span></label>`)}</fieldset>`}
    ${tints.length > 0 && !shut && html`<fieldset class="tint-chips"><legend class="small muted">${t("Couleur")}</legend>
      ${tints.map((one) => html`<label key=${one.tint} class=${one.tint === tint ? "chip selected" : "chip"}>
        <input type="radio" name=${`${id}-tint`} checked=${one.tint === tint} onChange=${() => place({ tint: one.tint })} />
        <span class=${`swatch tint-${one.tint}`} aria-hidden="true"></span>${one.meaning}<span class="visually-hidden"> (${one.name})</span></label>`)}
    </fieldset>`}
    <label class="visually-hidden" for=${id}>${t("Idées écrites sur papier, une par ligne")}</label>
    <textarea id=${id} ref=${field} class=${`compose-field tint-${tint || zone?.tint || "paille"}`} rows="5" value=${text} readonly=${shut}
      placeholder=${t("Première idée\nDeuxième idée\n…")} aria-describedby=${`${id}-n`} aria-invalid=${empty || long.length > 0} aria-keyshortcuts="Control+Enter"
      onInput=${(/** @type {any} */ event) => { setEmpty(false); write(event.currentTarget.value); }}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && !shut && submit(event)}></textarea>
    <div id=${`${id}-n`} class="compose-count" role="status">
      ${empty && html`<p class="error">${t("Écrivez au moins une ligne.")}</p>`}
      ${long.slice(0, 3).map(({ n, over }) => html`<p key=${n} class="error">${tn("Ligne {line}\u00a0: {n} caractère de trop. Raccourcissez-la, ou coupez-la en deux.", "Ligne {line}\u00a0: {n} caractères de trop. Raccourcissez-la, ou coupez-la en deux.", over, { line: n })}</p>`)}
      ${long.length > 3 && html`<p class="error">${tn("Et {n} autre ligne trop longue.", "Et {n} autres lignes trop longues.", long.length - 3)}</p>`}
      ${lines.length > AT_ONCE && long.length === 0 && !shut && html`<p class="small muted">${tn("Elles partiront en {n} envoi.", "Elles partiront en {n} envois.", Math.ceil(lines.length / AT_ONCE))}</p>`}
    </div>
    ${!shut && html`<${AuthorChoice} live=${live} occupant=${where.occupant} choose=${(/** @type {string} */ occupant) => place({ occupant })} />`}
    ${shut ? html`<${Late} live=${live} lines=${lines} state=${state} recalled=${recalled && !late} text=${text} propose=${propose} clear=${clear}
        here=${() => place({ block: currentBlock(live.store)?.id ?? "", board: board?.id ?? "" })} />`
      : html`<div class="compose-foot"><button type="submit" class="button primary large" aria-disabled=${lines.length === 0 || long.length > 0}>${
        lines.length === 0 ? t("Poser les notes") : tn("Poser {n} note", "Poser {n} notes", lines.length)}</button></div>`}
  </form>`;
}

/** Too late to put them: the lines stay, to copy or to hand over. @param {{live: Live, lines: string[], state: string, recalled: boolean, text: string, propose: () => void, clear: () => void, here: () => void}} props */
function Late({ live, lines, state, recalled, text, propose, clear, here }) {
  if (lines.length === 0) return html`<p class="notice">${state === "locked" ? t("L’animation a suspendu la saisie.") : t("Le temps d’écriture est clos.")}</p>`;
  return html`<div class="late notice warning" role="status">
    <p>${state === "locked" ? t("L’animation a suspendu la saisie. Vos lignes sont gardées.")
      : recalled ? t("Votre sous-groupe ne travaille plus. Vos lignes sont gardées\u00a0:") : t("Le temps d’écriture est clos. Vos lignes sont gardées\u00a0:")}</p>
    <div class="row"><button type="button" class="button" onClick=${() => copyText(live, text)}><${Icon} name="copy" />${t("Copier")}</button>
      ${state !== "locked" && html`<button type="button" class="button" onClick=${propose}><${Icon} name="send" />${tn("Proposer {n} note à l’animation", "Proposer {n} notes à l’animation", lines.length)}</button>`}
      ${recalled && html`<button type="button" class="button" onClick=${here}>${t("Continuer ici, pour tout le monde")}</button>`}
      ${state !== "locked" && html`<button type="button" class="button quiet" onClick=${clear}>${t("Effacer")}</button>`}</div>
  </div>`;
}

/** The field grows with its lines, to ten. @param {HTMLTextAreaElement|null} field */
function grow(field) {
  if (!field) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.min(Math.max(field.scrollHeight + 2, 168), 340)}px`;
}
