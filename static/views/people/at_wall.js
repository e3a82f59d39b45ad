/**
 * « Au mur : L'île »: what the wall shows, named for who does not see it. Written quietly beside the step; said once each
 * time it is turned by hand, with what else has happened, never while it turns by itself.
 *
 * Exports: AtWall({live}), wallWords(store).
 * @module
 */
import { t } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { html, useEffect, useRef } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { notePages, pageAt, wallState } from "../wall/pages.js";
import { wallFocus } from "../wall/subject.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/store.js").Store} Store */

/** @type {Record<string, () => string>} */
const VIEWS = {
  accueil: () => t("le code pour entrer"), ecrire: () => t("la consigne"), lire: () => t("les notes"), regrouper: () => t("les groupes de notes"),
  voter: () => t("le vote"), resultat: () => t("le résultat du vote"), actions: () => t("les décisions et les actions"), fin: () => t("la fin de l’atelier"),
};

/** @param {string} title « L'île : ce que nous visons » @returns {string} « L'île » */
const head = (title) => title.split(/[\s\u00a0\u202f]*[:：]/)[0];

/** @param {string} text @returns {string} enough of it to be recognised */
const short = (text) => (text.length > 60 ? `${text.slice(0, 58).trimEnd()}…` : text);

/** The page of notes that is up. @param {Store} store @returns {string} */
function readWords(store) {
  const page = notePages(store)[pageAt(store, "lire")];
  if (!page) return "";
  return [page.group, head(page.title)].filter(Boolean).join(", ");
}

/** @param {Store} store @returns {string} what the wall shows, "" while it only shows the step that everyone is in */
export function wallWords(store) {
  const block = currentBlock(store);
  if (!block || session(store)?.status !== "open") return "";
  const focus = wallFocus(store);
  const state = wallState(store);
  switch (focus?.kind) {
    case "note": return t("«\u00a0{text}\u00a0»", { text: short(focus.record.text) });
    case "cluster": return focus.record.title || t("Groupe sans titre");
    case "zone": return head(focus.record.title);
    case "group": return focus.record.name;
    case "block": if (focus.record.id !== block.id) return t("l’étape «\u00a0{title}\u00a0»", { title: focus.record.title });
  }
  if (state === "lire") return readWords(store);
  return store.get("wall", "wall")?.view && state !== block.view ? VIEWS[state]?.() ?? "" : "";
}

/** @param {{live: Live}} props */
export function AtWall({ live }) {
  const words = wallWords(live.store);
  const turning = (live.store.get("wall", "wall")?.turning ?? 0) > 0;
  const before = useRef(words);
  useEffect(() => {
    if (words !== "" && words !== before.current && !turning) live.announcer.count("wall", () => t("au mur\u00a0: {what}", { what: words }));
    before.current = words;
  }, [words]);
  if (words === "") return null;
  return html`<p class="at-wall small muted"><${Icon} name="projector" small /><span>${t("Au mur\u00a0: {what}", { what: words })}</span></p>`;
}
