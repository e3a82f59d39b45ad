/**
 * Dialogs on the native <dialog>: modal, focus kept inside, Escape cancels, focus returns where it was.
 *
 * Exports:
 *   Dialog({title, onClose, foot, wide?, children})       a component; `onClose` is called however it is left
 *   confirmDialog({title, text, confirm, danger?, cancel?}) -> Promise<boolean>
 *   promptDialog({title, label, value?, confirm, hint?, most?, multiline?}) -> Promise<string|null>
 *   openDialog((close) => vnode)                           renders any dialog outside the page's tree; returns a way to close it
 * @module
 */
import { html, render, useId, useLayoutEffect, useRef, useState } from "../vendor/ui.js";
import { t } from "../core/i18n.js";
import { Icon } from "./icon.js";

/** @param {{title: string, onClose: () => void, foot?: any, wide?: boolean, children?: any}} props */
export function Dialog({ title, onClose, foot, wide, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const id = useId();
  const before = useRef(document.activeElement); // before an autofocus field inside takes the focus
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    return () => {
      element.close();
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, []);
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`<dialog class="dialog${wide ? " wide" : ""}" aria-labelledby=${id} ref=${dialog} onCancel=${cancel}
    onKeyDown=${(/** @type {Event} */ event) => event.stopPropagation()}>
    <div class="dialog-head">
      <h2 id=${id}>${title}</h2>
      <button type="button" class="button quiet icon-only" aria-label=${t("Fermer")} onClick=${onClose}><${Icon} name="x" /></button>
    </div>
    <div class="dialog-body">${children}</div>
    ${foot ? html`<div class="dialog-foot">${foot}</div>` : null}
  </dialog>`;
}

let opened = 0;

/** @param {(close: () => void) => any} content @returns {() => void} closes it */
export function openDialog(content) {
  const host = document.createElement("div");
  document.body.append(host);
  const close = () => {
    render(null, host);
    host.remove();
  };
  const tree = content(close);
  // Ids drawn in a tree (useId) begin again in the next one unless it has a mask of its own: two dialogs would share theirs.
  tree.__m = [(opened += 1), 0];
  render(tree, host);
  return close;
}

/** @param {{title: string, text?: string, confirm: string, danger?: boolean, cancel?: string}} options @returns {Promise<boolean>} */
export function confirmDialog({ title, text, confirm, danger, cancel }) {
  return new Promise((resolve) => {
    openDialog((close) => {
      const answer = (/** @type {boolean} */ yes) => () => {
        close();
        resolve(yes);
      };
      const foot = html`
        <button type="button" class="button" onClick=${answer(false)}>${cancel ?? t("Annuler")}</button>
        <button type="button" class="button ${danger ? "danger" : "primary"}" onClick=${answer(true)} autofocus>${confirm}</button>`;
      return html`<${Dialog} title=${title} onClose=${answer(false)} foot=${foot}>${text ? html`<p>${text}</p>` : null}</${Dialog}>`;
    });
  });
}

/**
 * @param {{title: string, label: string, value?: string, confirm: string, hint?: string, most?: number, multiline?: boolean}} options
 * @returns {Promise<string|null>} null when given up; the text is trimmed
 */
export function promptDialog(options) {
  return new Promise((resolve) => {
    openDialog((close) => {
      const answer = (/** @type {string|null} */ text) => {
        close();
        resolve(text);
      };
      return html`<${Prompt} ...${options} answer=${answer} />`;
    });
  });
}

/** @param {{title: string, label: string, value?: string, confirm: string, hint?: string, most?: number, multiline?: boolean,
 *   answer: (text: string|null) => void}} props */
function Prompt({ title, label, value = "", confirm, hint, most, multiline, answer }) {
  const [text, setText] = useState(value);
  const id = useId();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    answer(text.trim());
  };
  const write = (/** @type {any} */ event) => setText(event.currentTarget.value);
  const foot = html`
    <button type="button" class="button" onClick=${() => answer(null)}>${t("Annuler")}</button>
    <button type="submit" class="button primary" form=${`${id}-form`}>${confirm}</button>`;
  const shared = { id, value: text, maxLength: most, onInput: write, autofocus: true };
  return html`<${Dialog} title=${title} onClose=${() => answer(null)} foot=${foot}>
    <form id=${`${id}-form`} class="field" onSubmit=${submit}>
      <label for=${id}>${label}</label>
      ${multiline ? html`<textarea ...${shared} rows="5"></textarea>` : html`<input type="text" ...${shared} />`}
      ${hint ? html`<span class="hint">${hint}</span>` : null}
    </form>
  </${Dialog}>`;
}
