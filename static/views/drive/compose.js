/**
 * The facilitators' own composer: one note, or several pasted one per line, in a zone, in somebody's name where that
 * person has no device at hand.
 *
 * Exports: openComposer(live, {board, zone?, at?}).
 * @module
 */
import { html, useId, useState } from "../../vendor/ui.js";
import { addNotes } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { currentBlock, drives, zonesOf } from "../../core/selectors.js";
import { sorted } from "../../core/words.js";
import { NOTE_LENGTH } from "../acts.js";
import { Dialog, openDialog } from "../dialog.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{board: string, zone?: string, at?: {x: number, y: number}}} Place */

/** Most notes of one command. */
const MOST = 60;

/** @param {Live} live @param {Place} place */
export const openComposer = (live, place) => openDialog((close) => html`<${Composer} live=${live} ...${place} close=${close} />`);

/** @param {Place & {live: Live, close: () => void}} props */
function Composer({ live, board, zone: first, at, close }) {
  const zones = zonesOf(live.store, board);
  const people = sorted(live.store.all("seat").filter((seat) => !seat.removed && !drives(seat) && ["participant", "room"].includes(seat.role)), (seat) => seat.name);
  const [text, setText] = useState(() => live.drafts.get(`add:${board}`));
  const [zone, setZone] = useState(first || (at ? "" : zones[0]?.id ?? ""));
  const [seat, setSeat] = useState("");
  const id = useId();
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean).slice(0, MOST);
  const write = (/** @type {any} */ event) => {
    setText(event.currentTarget.value);
    live.drafts.set(`add:${board}`, event.currentTarget.value);
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (lines.length === 0) return;
    const here = at && lines.length === 1 && zone === first ? at : {};
    const notes = lines.map((line) => ({ text: line, zone, ...here, ...(seat ? { seat } : {}) }));
    live.drafts.clear(`add:${board}`);
    close();
    const { done } = await live.act(addNotes({ board, block: currentBlock(live.store)?.id ?? "", notes })).outcome;
    const name = live.store.get("seat", seat)?.name;
    if (done) live.announcer.say(name ? tn("Note posée au nom de {name}.", "{n} notes posées au nom de {name}.", notes.length, { name }) : tn("Note posée.", "{n} notes posées.", notes.length));
  };
  const foot = html`<button type="button" class="button" onClick=${close}>${t("Annuler")}</button>
    <button type="submit" class="button primary" form=${`${id}-f`} aria-disabled=${lines.length === 0}>${lines.length > 1 ? t("Poser {n} notes", { n: lines.length }) : t("Poser la note")}</button>`;
  return html`<${Dialog} title=${t("Ajouter une note")} onClose=${close} foot=${foot}>
    <form id=${`${id}-f`} class="stack" onSubmit=${submit}>
      <div class="field"><label for=${id}>${t("Texte de la note")}</label>
        <textarea id=${id} rows="4" value=${text} maxlength=${MOST * NOTE_LENGTH} autofocus onInput=${write} aria-describedby=${`${id}-h`}></textarea>
        <span class="hint" id=${`${id}-h`}>${t("Une idée par ligne pour en poser plusieurs à la fois.")}</span></div>
      <div class="sheet-line">
        ${zones.length ? html`<div class="field"><label for=${`${id}-z`}>${t("Zone")}</label><select id=${`${id}-z`} value=${zone} onChange=${(/** @type {any} */ event) => setZone(event.currentTarget.value)}>
          ${zones.map((one) => html`<option key=${one.id} value=${one.id}>${one.title}</option>`)}<option value="">${t("Hors des zones")}</option></select></div>` : null}
        ${people.length ? html`<div class="field"><label for=${`${id}-s`}>${t("Au nom de")}</label><select id=${`${id}-s`} value=${seat} onChange=${(/** @type {any} */ event) => setSeat(event.currentTarget.value)}>
          <option value="">${t("moi-même")}</option>${people.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>` : null}
      </div>
    </form>
  </${Dialog}>`;
}
