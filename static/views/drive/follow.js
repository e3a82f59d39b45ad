/**
 * The focus follows a row that is made anew elsewhere: a person moved to another site or group.
 *
 * Exports: followRow(selector).
 * @module
 */

/** Records are announced in one frame and drawn in the next; the answer comes before both. */
const FRAMES = 3;

/** @param {string} selector of the row; its first button takes the focus, unless something else has it by then */
export function followRow(selector) {
  /** @param {number} frames */
  const find = (frames) => requestAnimationFrame(() => (frames > 0 ? find(frames - 1) : take()));
  const take = () => {
    const row = document.querySelector(selector);
    if (!row || document.activeElement !== document.body) return;
    row.closest("details")?.setAttribute("open", "");
    /** @type {HTMLElement|null} */ (row.querySelector("button"))?.focus();
  };
  find(FRAMES);
}
