/**
 * Text as large as its room allows, chosen among a few sizes: never below the one that the back of a room can read.
 *
 * Exports: Fit.
 * @module
 */
import { html, useLayoutEffect, useRef } from "../../vendor/ui.js";

/** @param {HTMLElement} box @param {readonly number[]} sizes */
function fit(box, sizes) {
  for (const size of sizes) {
    box.style.setProperty("--size", String(size));
    if (box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1) return;
  }
}

/**
 * @param {{sizes: readonly number[], class?: string, children?: any, text?: string}} props `sizes` in the wall's units (1/1080 of
 *   the height), largest first; the box must have a height of its own. `text` says when to measure anew.
 */
export function Fit({ sizes, class: look = "", children, text }) {
  const box = useRef(/** @type {HTMLDivElement|null} */ (null));
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const again = () => fit(element, sizes);
    again();
    const watch = new ResizeObserver(again);
    watch.observe(element);
    void document.fonts?.ready.then(again);
    return () => watch.disconnect();
  }, [text, sizes.join()]);
  return html`<div class=${`fit ${look}`} ref=${box}>${children ?? text}</div>`;
}
