/**
 * The wall seen from the drive page: a small picture of what it shows, its pages, and the hold.
 *
 * Exports: WallTools({live}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { session } from "../../core/selectors.js";
import { Icon } from "../icon.js";
import { pageAt, wallPages, wallView } from "../wall/pages.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").View} View */

const VIEWS = {
  accueil: () => t("Accueil"), ecrire: () => t("Écrire"), lire: () => t("Lire"), regrouper: () => t("Regrouper"), voter: () => t("Voter"),
  resultat: () => t("Résultat"), actions: () => t("Actions"), fin: () => t("Fin"),
};

/** Rectangles of the picture, 62 × 36: [x, y, width, height, class]. @type {Record<View, (number|string)[][]>} */
const PICTURES = {
  accueil: [[6, 8, 20, 20, "thumb-light"], [32, 11, 22, 4, "thumb-light"], [32, 20, 16, 4, "thumb-light"]],
  ecrire: [[8, 7, 40, 4, "thumb-light"], [8, 14, 32, 4, "thumb-light"], [36, 24, 18, 7, "thumb-light"]],
  lire: [[6, 6, 23, 11, "thumb-note"], [33, 6, 23, 11, "thumb-note"], [6, 20, 23, 11, "thumb-note"], [33, 20, 23, 11, "thumb-note"]],
  regrouper: [[6, 6, 23, 11, "thumb-note"], [33, 6, 23, 11, "thumb-note"], [6, 20, 23, 11, "thumb-note"], [33, 20, 23, 11, "thumb-note"]],
  voter: [[8, 7, 40, 4, "thumb-light"], [8, 18, 12, 12, "thumb-bar"], [25, 18, 12, 12, "thumb-bar"], [42, 18, 12, 12, "thumb-bar"]],
  resultat: [[6, 6, 46, 5, "thumb-bar"], [6, 14, 36, 5, "thumb-bar"], [6, 22, 20, 5, "thumb-bar"], [6, 29, 12, 3, "thumb-bar"]],
  actions: [[6, 7, 6, 6, "thumb-bar"], [16, 8, 38, 4, "thumb-light"], [6, 16, 6, 6, "thumb-bar"], [16, 17, 32, 4, "thumb-light"], [6, 25, 6, 6, "thumb-bar"], [16, 26, 36, 4, "thumb-light"]],
  fin: [[14, 12, 34, 5, "thumb-light"], [21, 21, 20, 3, "thumb-light"]],
};

/** @param {{live: Live}} props what the wall shows, its pages, and the hold */
export function WallTools({ live }) {
  const wall = live.store.get("wall", "wall");
  const view = wallView(live.store);
  const pages = wallPages(live.store, view);
  const page = pageAt(live.store, view);
  const held = Boolean(wall?.held);
  const may = ["preparing", "open", "ended"].includes(session(live.store)?.status ?? "");
  /** @param {number} step */
  const turn = (step) => () => void live.send(ask.turnWall({ view: wall?.view ?? "", focus: wall?.focus ?? "", page: Math.max(0, page + step) }));
  const open = t("Ouvrir la page du mur");
  return html`<div class="wall-tools" role="group" aria-label=${t("Au mur")}>
    <a class="wall-thumb ${held ? "held" : ""}" href=${`/s/${live.id}/projeter`} target="_blank" rel="noopener" title=${open}>
      <span class="visually-hidden">${open}</span>
      <svg viewBox="0 0 62 36" aria-hidden="true" focusable="false">${PICTURES[view].map(([x, y, width, height, look]) => html`<rect class=${look} x=${x} y=${y} width=${width} height=${height} />`)}</svg>
    </a>
    <p class="wall-words"><span class="small ${held ? "soon" : "muted"}">${held ? t("Au mur, figé") : t("Au mur")}</span>
      <strong>${VIEWS[view]()}${pages > 1 ? html` <span class="count nowrap">${t("{page} sur {pages}", { page: page + 1, pages })}</span>` : null}</strong></p>
    ${may ? html`<div class="wall-buttons">
      ${pages > 1 ? html`<button type="button" class="button icon-only" aria-label=${t("Page précédente du mur")} title=${t("Page précédente du mur")} disabled=${page === 0} onClick=${turn(-1)}><${Icon} name="chevron-left" /></button>` : null}
      <button type="button" class="button wall-hold" aria-pressed=${held} aria-label=${held ? t("Reprendre le mur") : t("Figer le mur")} onClick=${() => live.send(ask.holdWall({ held: !held }))}><${Icon} name=${held ? "play" : "pause"} />${held ? t("Reprendre") : t("Figer")}</button>
      ${pages > 1 ? html`<button type="button" class="button icon-only" aria-label=${t("Page suivante du mur")} title=${t("Page suivante du mur")} disabled=${page >= pages - 1} onClick=${turn(1)}><${Icon} name="chevron-right" /></button>` : null}
    </div>` : null}
  </div>`;
}
