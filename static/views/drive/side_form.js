/**
 * An action or a decision written beside the work, with where it comes from: the work stays in sight.
 *
 * Exports: writeSheet(live, type, from?), asked(live), SideForm({live}).
 * @module
 */
import { html, signal } from "../../vendor/ui.js";
import { t } from "../../core/i18n.js";
import { Icon } from "../icon.js";
import { SheetForm, sheetWords } from "../sheets.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{id: string, text?: string, title?: string}} From a note, a group of notes or a choice voted on */
/** @typedef {{type: "action"|"decision", from?: From}} Asked */

/** @type {WeakMap<Live, import("../../vendor/ui.js").Signal<Asked|null>>} */
const desks = new WeakMap();

/** What is being written on this page, null for nothing. @param {Live} live */
export function asked(live) {
  let found = desks.get(live);
  if (!found) desks.set(live, (found = signal(/** @type {Asked|null} */ (null))));
  return found;
}

/** @param {Live} live @param {"action"|"decision"} type @param {From} [from] */
export const writeSheet = (live, type, from) => void (asked(live).value = { type, from });

/** @param {{live: Live}} props */
export function SideForm({ live }) {
  const wanted = asked(live);
  const now = wanted.value;
  if (!now) return null;
  const { type, from } = now;
  const origin = from?.text ?? from?.title ?? "";
  const leave = () => void (wanted.value = null);
  return html`<section class="side-form stack" aria-labelledby="side-form">
    <div class="spread"><h2 id="side-form" class="overline">${type === "action" ? t("Nouvelle action") : t("Nouvelle décision")}</h2>
      <button type="button" class="button quiet icon-only" aria-label=${t("Fermer\u00a0: {label}", { label: sheetWords(type).make })} onClick=${leave}><${Icon} name="x" /></button></div>
    ${origin ? html`<p class="small muted">${t("Issue de «\u00a0{origin}\u00a0»", { origin })}</p>` : null}
    <${SheetForm} key=${`${type}:${from?.id ?? ""}`} live=${live} type=${type} origin=${from?.id ?? ""} what=${from?.text ?? ""} outlined onDone=${leave} onCancel=${leave} />
  </section>`;
}
