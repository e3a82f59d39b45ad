/**
 * The toolbar that floats over a selection, and the buttons in the corner.
 *
 * Exports: Toolbar, CornerButtons.
 * @module
 */
import { html } from "../vendor/ui.js";
import { t, tn } from "../core/i18n.js";
import { percent } from "../core/words.js";
import { Icon } from "../views/icon.js";
import { MenuButton } from "../views/menu.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("../core/types.js").Cluster} Cluster */

/**
 * @param {{acts: import("../views/acts.js").Acts, notes: Note[], cluster: Cluster|null, members: Note[], gather: () => void, close: () => void}} props
 *   `cluster` with its `members` when a whole cluster is selected, else `notes`
 */
export function Toolbar({ acts, notes, cluster, members, gather, close }) {
  const buttons = cluster ? clusterButtons(acts, cluster, members) : noteButtons(acts, notes, gather);
  const words = cluster ? acts.titleOf(cluster) : tn("{n} note", "{n} notes", notes.length);
  return html`<div class="board-toolbar floating" role="toolbar" aria-label=${t("Sélection")}>
    <span class="toolbar-words">${words}</span>${buttons}
    <button type="button" class="button quiet icon-only" aria-label=${t("Ne plus sélectionner")} onClick=${close}><${Icon} name="x" /></button>
  </div>`;
}

/** @param {import("../views/acts.js").Acts} acts @param {Note[]} notes @param {() => void} gather */
function noteButtons(acts, notes, gather) {
  const tints = acts.tintItems(notes);
  const more = acts.moreItems(notes);
  return html`
    ${acts.canCluster() ? html`<button type="button" class="button gather" onClick=${gather}><${Icon} name="group" />${t("Regrouper")}</button>` : null}
    ${acts.canMove(notes) ? html`<${MenuButton} class="button quiet" label=${t("Déplacer vers…")} items=${() => acts.moveItems(notes)} />` : null}
    ${tints.length > 0 ? html`<${MenuButton} class="button quiet" label=${t("Teinte")} icon="palette" items=${tints} />` : null}
    ${more.length > 0 ? html`<${MenuButton} class="button quiet" label=${t("Autres actions")} icon="ellipsis" iconOnly items=${more} />` : null}`;
}

/** @param {import("../views/acts.js").Acts} acts @param {Cluster} cluster @param {Note[]} members */
function clusterButtons(acts, cluster, members) {
  return html`
    <button type="button" class="button quiet" onClick=${() => void acts.rename(cluster)}><${Icon} name="pencil" />${t("Renommer")}</button>
    <${MenuButton} class="button quiet" label=${t("Autres actions")} icon="ellipsis" iconOnly items=${() => acts.clusterItems(cluster, members)} />`;
}

/** @param {{zoom: number, by: (factor: number) => void, one: () => void, all: () => void, add: (() => void)|null}} props */
export function CornerButtons({ zoom, by, one, all, add }) {
  return html`${add ? html`<button type="button" class="button" onClick=${add}><${Icon} name="plus" />${t("Note")}<span class="visually-hidden"> ${t("(ajouter)")}</span></button>` : null}
  <div class="zoom-buttons floating" role="group" aria-label=${t("Zoom")}>
    <button type="button" class="button quiet icon-only" aria-label=${t("Réduire")} onClick=${() => by(0.8)}><${Icon} name="minus" /></button>
    <button type="button" class="button quiet zoom-value" title=${t("Revenir à la taille normale")} onClick=${one}>${percent(zoom)}</button>
    <button type="button" class="button quiet icon-only" aria-label=${t("Agrandir")} onClick=${() => by(1.25)}><${Icon} name="plus" /></button>
    <button type="button" class="button quiet icon-only" aria-label=${t("Tout voir")} title=${t("Tout voir")} onClick=${all}><${Icon} name="maximize" /></button>
  </div>`;
}
