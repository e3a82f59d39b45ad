/**
 * Components that the first view does not wait for: `lazy(() => import(…).then(…))`. They come after it, once the page has had
 * a quiet moment, or as soon as they are shown. Until then nothing stands in their place; if one cannot come, a sentence says so
 * and offers to try again.
 *
 * Exports: lazy(load) -> component.
 * @module
 */
import { html, useEffect, useState } from "../vendor/ui.js";
import { t } from "../core/i18n.js";

const QUIET = 4000;

/** The first view comes first: on a slow line everything else would share its way. */
const settled = typeof MutationObserver === "undefined" ? Promise.resolve() : new Promise((resolve) => {
  const root = document.documentElement;
  const look = () => {
    if (root.dataset.phase === "loading") return;
    watcher.disconnect();
    resolve(undefined);
  };
  const watcher = new MutationObserver(look);
  watcher.observe(root, { attributes: true, attributeFilter: ["data-phase"] });
  look();
});

/**
 * @param {() => Promise<any>} load resolves with a component; asked once for all places where it is shown, again after a failure
 * @param {{quiet?: boolean}} [how] `quiet`: nobody misses it, so a failure is not told; it comes when the network does
 * @returns {(props: any) => any}
 */
export function lazy(load, { quiet = false } = {}) {
  /** @type {any} */
  let component = null;
  /** @type {Promise<void>|null} */
  let coming = null;

  const fetchIt = () => (coming ??= load().then((found) => void (component = found)).finally(() => void (coming = null)));

  const early = () => void (component ?? fetchIt().catch(() => undefined));
  void settled.then(() => (typeof requestIdleCallback === "function" ? requestIdleCallback(early, { timeout: QUIET }) : setTimeout(early, QUIET)));

  return function Lazy(props) {
    const [state, setState] = useState(component ? "here" : "coming");
    const attempt = () => {
      setState("coming");
      fetchIt().then(() => setState("here"), () => setState("failed"));
    };
    useEffect(() => {
      // It may have come between the drawing and now.
      if (component) setState("here");
      else attempt();
    }, []);
    useEffect(() => {
      if (state !== "failed") return undefined;
      addEventListener("online", attempt);
      return () => removeEventListener("online", attempt);
    }, [state]);
    if (component) return html`<${component} ...${props} />`;
    if (state !== "failed" || quiet) return null;
    return html`<p class="notice warning row"><span class="grow">${t("Cette partie de la page n’a pas pu être chargée.")}</span>
      <button type="button" class="button" onClick=${attempt}>${t("Réessayer")}</button></p>`;
  };
}
