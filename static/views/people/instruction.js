/**
 * The step's instruction: open at first, folded to one line once read, open again at a touch. Remembered by step.
 *
 * Exports: Instruction.
 * @module
 */
import { t } from "../../core/i18n.js";
import { html, useEffect, useId, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";

/** @typedef {import("../../core/session.js").Live} Live */

/** A shorter instruction has nothing to fold. */
const SHORT = 80;

/** @param {string} text @returns {string} its last sentence when short, else its first: what to do, in a few words */
function gist(text) {
  const sentences = (text.match(/[^.!?…]+[.!?…]*/g) ?? []).map((sentence) => sentence.trim()).filter(Boolean);
  const last = sentences[sentences.length - 1] ?? text;
  return (last.length <= 40 ? last : sentences[0] ?? text).replace(/[.\s]+$/, "");
}

/** @param {{live: Live, block: import("../../core/types.js").Block, folded?: boolean}} props `folded` folds it: writing has begun */
export function Instruction({ live, block, folded = false }) {
  const key = `read:${block.id}`;
  const [open, setOpen] = useState(() => live.drafts.get(key) === "" && !folded);
  const id = useId();
  useEffect(() => setOpen(live.drafts.get(key) === "" && !folded), [block.id]);
  useEffect(() => {
    if (folded && open) turn(false);
  }, [folded]);
  /** @param {boolean} next */
  const turn = (next) => {
    setOpen(next);
    if (!next) live.drafts.set(key, "1");
  };
  const text = block.instruction.trim();
  if (text === "") return null;
  if (text.length <= SHORT) return html`<p class="instruction-short">${text}</p>`;
  return html`<section class="instruction" aria-label=${t("Consigne")}>
    <button type="button" class="instruction-head" aria-expanded=${open} aria-controls=${id} onClick=${() => turn(!open)}>
      <${Icon} name="info" /><span class="instruction-gist">${t("Consigne")}${open ? "" : html`\u00a0: <strong>${gist(text)}</strong>`}</span>
      <${Icon} name=${open ? "chevron-up" : "chevron-down"} />
    </button>
    <div id=${id} hidden=${!open} class="instruction-text"><p>${text}</p>
      <button type="button" class="button" onClick=${() => turn(false)}><${Icon} name="check" />${t("J’ai lu")}</button></div>
  </section>`;
}
