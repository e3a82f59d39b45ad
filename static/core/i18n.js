/**
 * Words of the interface. Message ids are the French sentences themselves; a catalogue made from the gettext files
 * translates them. Places are written {name}.
 *
 * Exports: t, tn, loadCatalogue, language.
 * @module
 */

/** @type {Record<string, string|string[]>} */
let catalogue = {};
let current = "fr";

/** @returns {string} the language shown: "fr" or "en" */
export const language = () => current;

/** @param {string} text @param {Record<string, unknown>} [params] */
const fill = (text, params) => (params ? text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole)) : text);

/**
 * @param {string} msgid French sentence @param {Record<string, unknown>} [params] values of its places
 * @returns {string}
 */
export function t(msgid, params) {
  const found = catalogue[msgid];
  return fill(typeof found === "string" && found !== "" ? found : msgid, params);
}

/**
 * @param {string} singular French, « {n} note » @param {string} plural French, « {n} notes » @param {number} n
 * @param {Record<string, unknown>} [params] beside {n}
 * @returns {string} in French, 0 and 1 are singular
 */
export function tn(singular, plural, n, params) {
  const found = catalogue[singular];
  if (Array.isArray(found) && found.length > 1) {
    return fill(found[current === "fr" ? Number(n >= 2) : Number(n !== 1)], { n, ...params });
  }
  return fill(n >= 2 ? plural : singular, { n, ...params });
}

/**
 * Loads the catalogue of a language. French needs none. Never rejects: without a catalogue the page speaks French.
 * @param {string} wanted @param {string} base address of the static tree, ending with "/"
 */
export async function loadCatalogue(wanted, base) {
  if (wanted === "fr") return;
  try {
    const answer = await fetch(`${base}locale/${encodeURIComponent(wanted)}.json`);
    if (!answer.ok) return;
    catalogue = await answer.json();
    current = wanted;
  } catch {
    // Offline at the first load: French it is.
  }
}
