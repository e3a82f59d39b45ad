/**
 * Text as large as its room allows, chosen among a few sizes: never below the one that the back of a room can read.
 *
 * Exports: Fit, LARGE.
 * @module
 */
import { html, useLayoutEffect, useRef } from "../../vendor/ui.js";

/** Sizes of what is read first. */
export const LARGE = Object.freeze([98, 84, 72, 64, 56, 50, 44]);

/** Part of a letter's size by which the last line's empty underside may hang over, where lines are set close. */
const UNDERSIDE = 0.2;

/** @param {HTMLElement} box @param {readonly number[]} sizes @param {string} each selector of the parts that must all fit, beside the box */
function fit(box, sizes, each) {
  const parts = [box, ...(each ? box.querySelectorAll(each) : [])];
  for (const size of sizes) {
    box.style.setProperty("--size", String(size));
    const hangs = (size / 1080) * innerHeight * UNDERSIDE;
    if (parts.every((part) => part.scrollHeight <= part.clientHeight + hangs && part.scrollWidth <= part.clientWidth + 1)) return;
  }
}

/**
 * @param {{sizes: readonly number[], class?: string, children?: any, text?: string, each?: string, tag?: string}} props `sizes` in the wall's units (1/1080 of
 *   the height), largest first; the box must have a height of its own. `text` says when to measure anew;
 *   `each` names parts inside that must fit too, all in one size; `tag` is "span" inside a heading.
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
