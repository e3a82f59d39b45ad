/**
 * A panel that stands beside the work on a wide screen and comes over it on a narrow one. While it is away nothing in it
 * can be reached; when it comes the focus goes in, when it leaves the focus goes back to its button.
 *
 * Exports: Drawer({id, label, drawn, open, onClose, class, children}), useSize() -> "phone" | "narrow" | "medium" | "wide".
 * @module
 */
import { html, useEffect, useRef, useState } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { Icon } from "../icon.js";

/** @typedef {"phone"|"narrow"|"medium"|"wide"} Size */

/** Widths in em below which the page changes its layout, so that larger letters count too; the style sheet has the same. */
const BREAKS = /** @type {const} */ ([["phone", 39.99], ["narrow", 62.49], ["medium", 79.99]]);

const ACTS = ["resize", "keydown", "pointerdown"];

/** @returns {Size} */
const sizeNow = () => BREAKS.find(([, width]) => matchMedia(`(max-width: ${width}em)`).matches)?.[0] ?? "wide";

/** The layout that the window has room for. @returns {Size} */
export function useSize() {
  const [size, setSize] = useState(sizeNow);
  useEffect(() => {
    const heard = () => setSize(sizeNow());
    const queries = BREAKS.map(([, width]) => matchMedia(`(max-width: ${width}em)`));
    for (const query of queries) query.addEventListener("change", heard);
    // Where only the size of letters comes back, browsers now and then tell of no change: the next key or touch notices.
    for (const act of ACTS) addEventListener(act, heard, true);
    return () => {
      for (const query of queries) query.removeEventListener("change", heard);
      for (const act of ACTS) removeEventListener(act, heard, true);
    };
  }, []);
  return size;
}

/**
 * @param {{id: string, label: string, drawn: boolean, open: boolean, onClose: () => void, class: string, children?: any}} props
 *   `drawn`: it is a drawer at this size, else it always stands
 */
export function Drawer({ id, label, drawn, open, onClose, class: look, children }) {
  const panel = useRef(/** @type {HTMLElement|null} */ (null));
  const shown = drawn && open;
  useEffect(() => {
    if (!shown) return undefined;
    panel.current?.focus();
    return () => {
      const lost = document.activeElement === document.body || panel.current?.contains(document.activeElement);
      if (lost) /** @type {HTMLElement|null} */ (document.querySelector(`[aria-controls="${id}"]`))?.focus();
    };
  }, [shown]);
  return html`<aside id=${id} class=${look} aria-label=${label} ref=${panel} tabIndex=${drawn ? -1 : undefined} inert=${drawn && !open} data-open=${shown}>
    ${shown ? html`<button type="button" class="button quiet icon-only drawer-close" aria-label=${t("Fermer\u00a0: {label}", { label })} onClick=${onClose}><${Icon} name="x" /></button>` : null}
    ${children}
  </aside>`;
}
