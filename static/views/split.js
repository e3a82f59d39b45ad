/**
 * Splitting a group of notes, in words: which notes leave, and the title of the group that they make.
 *
 * Exports: openSplit({title, notes}) -> Promise<{notes: string[], title: string}|null>.
 * @module
 */
import { html, useId, useState } from "../vendor/ui.js";
import { t, tn } from "../core/i18n.js";
import { Dialog, openDialog } from "./dialog.js";

const TITLE_LENGTH = 120;

/** @typedef {{notes: string[], title: string}} Part ids of the notes that leave, and their new title */

/** @param {{title: string, notes: import("../core/types.js").Note[]}} group @returns {Promise<Part|null>} null when given up */
export function openSplit(group) {
  return new Promise((resolve) => {
    openDialog((close) => html`<${Split} ...${group} answer=${(/** @type {Part|null} */ part) => {
      close();
      resolve(part);
    }} />`);
  });
}

/** @param {{title: string, notes: import("../core/types.js").Note[], answer: (part: Part|null) => void}} props */
function Split({ title, notes, answer }) {
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [name, setName] = useState("");
  const id = useId();
  const some = chosen.length > 0 && chosen.length < notes.length;
  const turn = (/** @type {string} */ note) => setChosen(chosen.includes(note) ? chosen.filter((one) => one !== note) : [...chosen, note]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (some) answer({ notes: chosen, title: name.trim() });
  };
  const foot = html`<button type="button" class="button" onClick=${() => answer(null)}>${t("Annuler")}</button>
    <button type="submit" class="button primary" form=${`${id}-f`} aria-disabled=${!some}>${t("Faire un second groupe")}</button>`;
  return html`<${Dialog} title=${t("Scinder «\u00a0{title}\u00a0»", { title })} onClose=${() => answer(null)} foot=${foot}>
    <form id=${`${id}-f`} class="stack" onSubmit=${submit}>
      <fieldset class="stack"><legend class="label">${t("Notes du second groupe")}</legend>
        ${notes.map((note) => html`<label key=${note.id} class="switch-line"><input type="checkbox" checked=${chosen.includes(note.id)} onChange=${() => turn(note.id)} /><span>${note.text}</span></label>`)}
      </fieldset>
      <div class="field"><label for=${id}>${t("Titre du second groupe")}</label>
        <input id=${id} type="text" value=${name} maxlength=${TITLE_LENGTH} autocomplete="off" onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} /></div>
      <p class="small muted" role="status">${some ? tn("{n} note part, les autres restent.", "{n} notes partent, les autres restent.", chosen.length)
        : t("Choisissez une note au moins, et laissez-en une.")}</p>
    </form>
  </${Dialog}>`;
}
