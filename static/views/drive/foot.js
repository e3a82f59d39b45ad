/**
 * The foot of the drive page: the view switch, announcing, the wall, and the one primary button.
 *
 * Exports: Foot({live, view, setView, choices, drawer, setDrawer}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { promptDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { Primary } from "./primary.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{id: string, label: string, icon: string}} Choice */

/** @param {{live: Live, view: string, setView: (view: string) => void, choices: Choice[], drawer: string, setDrawer: (drawer: string) => void}} props */
export function Foot({ live, view, setView, choices, drawer, setDrawer }) {
  return html`<footer class="drive-foot">
    <div class="drive-drawers row">
      ${[{ id: "rail", label: t("Déroulé"), icon: "list-checks" }, { id: "side", label: t("Personnes"), icon: "users" }].map((one) => html`
        <button type="button" class="button" aria-expanded=${drawer === one.id} aria-controls=${`drive-${one.id}`} onClick=${() => setDrawer(drawer === one.id ? "" : one.id)}><${Icon} name=${one.icon} />${one.label}</button>`)}
    </div>
    ${choices.length > 1 ? html`<div class="segments" role="group" aria-label=${t("Affichage")}>
      ${choices.map((choice) => html`<button type="button" class="button" aria-pressed=${view === choice.id} onClick=${() => setView(choice.id)}><${Icon} name=${choice.icon} />${choice.label}</button>`)}
    </div>` : null}
    <${Announce} live=${live} />
    <${WallTools} live=${live} />
    <div class="drive-primary"><${Primary} live=${live} /></div>
  </footer>`;
}

/** @param {{live: Live}} props */
function Announce({ live }) {
  const present = live.store.get("announcement", "announcement");
  const write = async () => {
    const text = await promptDialog({ title: t("Annoncer à tout le monde"), label: t("Annonce"), value: present?.text ?? "", confirm: t("Annoncer"), most: 300, multiline: true, hint: t("Elle s’affiche sur chaque écran et au mur, jusqu’à ce que vous la retiriez.") });
    if (text !== null) live.send(ask.announce({ text }));
  };
  return html`<div class="row drive-announce">
    <button type="button" class="button quiet" onClick=${write}><${Icon} name="megaphone" />${present ? t("Annonce en cours…") : t("Annoncer…")}</button>
    ${present ? html`<button type="button" class="button quiet" onClick=${() => live.send(ask.announce({ text: "" }))}>${t("Retirer l’annonce")}</button>` : null}
  </div>`;
}

const VIEWS = {
  accueil: () => t("Accueil"), ecrire: () => t("Écrire"), lire: () => t("Lire"), regrouper: () => t("Regrouper"), voter: () => t("Voter"),
  resultat: () => t("Résultat"), actions: () => t("Actions"), fin: () => t("Fin"),
};

/** @param {{live: Live}} props what the wall shows, its pages, and the hold */
function WallTools({ live }) {
  const wall = live.store.get("wall", "wall");
  const block = currentBlock(live.store);
  const state = session(live.store);
  const shown = wall?.view || (state?.status === "open" ? block?.view ?? "accueil" : state?.status === "preparing" ? "accueil" : "fin");
  const page = wall?.page ?? 0;
  const held = Boolean(wall?.held);
  /** @param {number} step */
  const turn = (step) => () => void live.send(ask.turnWall({ view: wall?.view ?? "", focus: wall?.focus ?? "", page: Math.max(0, page + step) }));
  return html`<div class="wall-tools" role="group" aria-label=${t("Au mur")}>
    <a class="wall-thumb ${held ? "held" : ""}" href=${`/s/${live.id}/projeter`} target="_blank" rel="noopener" title=${t("Ouvrir la page du mur")}>
      <span class="visually-hidden">${t("Ouvrir la page du mur")}</span><span class="wall-thumb-lines" aria-hidden="true"></span>
    </a>
    <p class="wall-words"><span class="small muted">${held ? t("Au mur, figé") : t("Au mur")}</span><strong>${VIEWS[shown]()}${page ? ` ${page + 1}` : ""}</strong></p>
    <button type="button" class="button icon-only" aria-label=${t("Page précédente du mur")} title=${t("Page précédente du mur")} disabled=${page === 0} onClick=${turn(-1)}><${Icon} name="chevron-left" /></button>
    <button type="button" class="button" aria-pressed=${held} onClick=${() => live.send(ask.holdWall({ held: !held }))}><${Icon} name=${held ? "play" : "pause"} />${held ? t("Reprendre") : t("Figer")}</button>
    <button type="button" class="button icon-only" aria-label=${t("Page suivante du mur")} title=${t("Page suivante du mur")} onClick=${turn(1)}><${Icon} name="chevron-right" /></button>
  </div>`;
}
