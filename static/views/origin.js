/**
 * Where a note harvested from a group came from, in words.
 *
 * Exports: originWords(store, note).
 * @module
 */
import { t } from "../core/i18n.js";

/**
 * @param {import("../core/store.js").Store} store @param {import("../core/types.js").Note} note
 * @returns {string} « venu du Groupe 2 », « venu de « Les bleus » »; "" for a note of the plenary's own
 */
export function originWords(store, note) {
  const name = note.group ? store.get("group", note.group)?.name : "";
  return !name ? "" : /^(groupe|sous-groupe)\b/i.test(name) ? t("venu du {group}", { group: name }) : t("venu de «\u00a0{group}\u00a0»", { group: name });
}
