/**
 * Text as large as its room allows, chosen among a few sizes: never below the one that the back of a room can read.
 *
 * Exports: Fit.
 * @module
 */
import { html, useLayoutEffect, useRef } from "../../vendor/ui.js";

/** @param {HTMLElement} box @param {readonly number[]} sizes @param {string} each selector of the parts that must all fit, "" for the box */
function fit(box, sizes, each) {
  const parts = each ? [...box.querySelectorAll(each)] : [box];
  for (const size of sizes) {
    box.style.setProperty("--size", String(size));
    if (parts.every((part) => part.scrollHeight <= part.clientHeight + 1 && part.scrollWidth <= part.clientWidth + 1)) return;
  }
}

/**
 * @param {{sizes: readonly number[], class?: string, children?: any, text?: string, each?: string, tag?: string}} props `sizes` in the wall's units (1/1080 of
 *   the height), largest first; the box must have a height of its own. `text` says when to measure anew;
 *   `each` names parts that share one size, the largest at which all of them fit; `tag` is "span" inside a heading.
 */
export function Fit({ sizes, class: look = "", children, text, each = "", tag = "div" }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const again = () => fit(element, sizes, each);
    again();
    const watch = new ResizeObserver(again);
    watch.observe(element);
    void document.fonts?.ready.then(again);
    return () => watch.disconnect();
  }, [text, sizes.join()]);
  return html`<${tag} class=${`fit ${look}`} ref=${box}>${children ?? text}</${tag}>`;
}
