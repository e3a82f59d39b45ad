/**
 * Fields that save by themselves: a text after a pause or on leaving, a choice at once. While a field has focus it
 * keeps what is typed, whatever comes from elsewhere.
 *
 * Exports: TextField, Pick, fill.
 * @module
 */
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";

const PAUSE = 800;

/**
 * @param {{id: string, value: string, onSave: (text: string) => void, onType?: (text: string) => void, most: number, multiline?: boolean, rows?: number,
 *   type?: string, describedby?: string, label?: string, placeholder?: string, required?: boolean, className?: string, check?: (text: string) => string}} props
 *   `required`: an empty text is not saved, the last one comes back; `check` says what is wrong with a text, which then stays, unsaved
 */
export function TextField({ id, value, onSave, onType, most, multiline, rows, type = "text", describedby, label, placeholder, required, className, check }) {
  const [typed, setTyped] = useState(/** @type {string|null} */ (null));
  const [fault, setFault] = useState("");
  const latest = useRef({ typed, value, onSave });
  latest.current = { typed, value, onSave };
  const timer = useRef(/** @type {any} */ (0));
  const save = () => {
    clearTimeout(timer.current);
    const { typed: text, value: kept, onSave: send } = latest.current;
    const wrong = text === null ? fault : check?.(text.trim()) ?? "";
    setFault(wrong);
    if (!wrong && text !== null && text.trim() !== kept && (text.trim() !== "" || !required)) send(text.trim());
    return wrong;
  };
  useEffect(() => () => void save(), []); // leaving the field by leaving the step
  const onInput = (/** @type {any} */ event) => {
    const text = event.currentTarget.value;
    setTyped(text);
    setFault("");
    onType?.(text);
    clearTimeout(timer.current);
    // A date half typed reads as empty: only leaving the field can empty it.
    if (text !== "" || type === "text") timer.current = setTimeout(save, PAUSE);
  };
  const onBlur = () => {
    if (!save()) setTyped(null);
  };
  const about = [fault ? `${id}-erreur` : "", describedby ?? ""].filter(Boolean).join(" ") || undefined;
  const common = { id, maxLength: most, value: typed ?? value, onInput, onBlur, placeholder, class: className, "aria-describedby": about, "aria-label": label, "aria-invalid": fault ? "true" : undefined };
  const field = multiline ? html`<textarea rows=${rows ?? 2} ...${common}></textarea>` : html`<input type=${type} autocomplete="off" ...${common} />`;
  return check ? html`${field}<span role="alert">${fault ? html`<p class="error" id=${`${id}-erreur`}><${Icon} name="triangle-alert" small />${fault}</p>` : null}</span>` : field;
}

/**
 * A choice inside a sentence: a native list, as wide as what is chosen.
 * @param {{label: string, value: string, options: [string, string][], onPick: (value: string) => void, after?: string, disabled?: boolean}} props
 *   `after`: the comma or full stop that must not leave it
 */
export function Pick({ label, value, options, onPick, after = "", disabled }) {
  const shown = options.find(([one]) => one === value)?.[1] ?? value;
  return html`<span class="pick-group"><span class="pick" data-shown=${shown}><select aria-label=${label} value=${value} disabled=${disabled}
    onChange=${(/** @type {any} */ event) => onPick(event.currentTarget.value)}>${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${one === value}>${text}</option>`)}</select></span>${after}</span>`;
}

/**
 * A sentence with controls in its places: « Pendant {minutes}, … ».
 * @param {string} sentence @param {Record<string, (after: string) => any>} controls by place; each is given the punctuation that follows it
 */
export function fill(sentence, controls) {
  const parts = sentence.split(/(\{\w+\}[,.]?)/);
  return parts.map((part) => {
    const found = /^\{(\w+)\}([,.]?)$/.exec(part);
    return found && controls[found[1]] ? controls[found[1]](found[2]) : part;
  });
}
