/**
 * The foot of the drive page: the panels that are drawers at this size, the view switch, announcing, the wall, and the one
 * primary button. On a phone: the primary button, then everything else one touch away.
 *
 * Exports: Foot({live, size, view, setView, choices, drawer, setDrawer}), Segments({view, setView, choices}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { currentBlock, session } from "../../core/selectors.js";
import { promptDialog } from "../dialog.js";
import { Icon } from "../icon.js";
import { Primary } from "./primary.js";
import { WallTools } from "./wall.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {{id: string, label: string, icon: string}} Choice */
/** @typedef {{live: Live, size: import("./drawer.js").Size, view: string, setView: (view: string) => void, choices: Choice[], drawer: string,
 *   setDrawer: (drawer: string) => void}} FootProps */

/** @param {FootProps} props */
export function Foot(props) {
  const { live, size, choices } = props;
  if (size === "phone") {
    return html`<footer class="drive-foot">
      <div class="drive-primary"><${Primary} live=${live} /></div>
      <nav class="drive-bar" aria-label=${t("Autres parties de la page")}>
        <${DrawerButton} ...${props} id="rail" label=${t("Déroulé")} icon="list-checks" />
        ${choices.length ? html`<${DrawerButton} ...${props} id="work" label=${choices[0].id === "bars" ? t("Résultat") : choices[0].id === "groups" ? t("Groupes") : choices[0].label} icon=${choices[0].icon} />` : null}
        <${DrawerButton} ...${props} id="side" label=${t("Personnes")} icon="users" count=${live.store.all("call").length} />
        <${Announce} live=${live} look="drive-entry" />
      </nav>
    </footer>`;
  }
  return html`<footer class="drive-foot">
    ${size === "narrow" ? html`<${DrawerButton} ...${props} id="rail" label=${t("Déroulé")} icon="list-checks" />` : null}
    ${size === "wide" ? null : html`<${DrawerButton} ...${props} id="side" label=${sideWords(live)} icon="users" count=${live.store.all("call").length} />`}
    <${Segments} ...${props} />
    <${Announce} live=${live} look="button quiet" />
    <${WallTools} live=${live} />
    <div class="drive-primary"><${Primary} live=${live} /></div>
  </footer>`;
}

/** What stands at the side of this step. @param {Live} live */
function sideWords(live) {
  const block = currentBlock(live.store);
  if (session(live.store)?.status !== "open") return t("Personnes");
  return block?.round ? t("Vote et personnes") : block?.view === "regrouper" ? t("Groupes et personnes") : t("Personnes");
}

/** @param {FootProps & {id: string, label: string, icon: string, count?: number}} props */
function DrawerButton({ size, drawer, setDrawer, id, label, icon, count = 0 }) {
  const open = drawer === id;
  return html`<button type="button" class=${size === "phone" ? "drive-entry" : "button"} aria-expanded=${open} aria-controls=${`drive-${id}`} onClick=${() => setDrawer(open ? "" : id)}>
    <${Icon} name=${icon} /><span>${label}</span>
    ${count ? html`<span class="badge"><span aria-hidden="true">${count}</span><span class="visually-hidden">${tn(", {n} appel", ", {n} appels", count)}</span></span>` : null}
  </button>`;
}

/** @param {{view: string, setView: (view: string) => void, choices: Choice[]}} props */
export function Segments({ view, setView, choices }) {
  if (choices.length < 2) return null;
  return html`<div class="segments" role="group" aria-label=${t("Affichage")}>
    ${choices.map((choice) => html`<button key=${choice.id} type="button" class="button" aria-pressed=${view === choice.id} onClick=${() => setView(choice.id)}><${Icon} name=${choice.icon} />${choice.label}</button>`)}
  </div>`;
}

/** @param {{live: Live, look: string}} props */
function Announce({ live, look }) {
  const present = live.store.get("announcement", "announcement");
  if (!["preparing", "open", "ended"].includes(session(live.store)?.status ?? "")) return null;
  const write = async () => {
    const text = await promptDialog({ title: t("Annoncer à tout le monde"), label: t("Annonce"), value: present?.text ?? "", confirm: t("Annoncer"), most: 300, multiline: true, hint: t("Elle s’affiche sur chaque écran et au mur, jusqu’à ce que vous la retiriez.") });
    if (text) live.send(ask.announce({ text }));
  };
  return html`<button type="button" class=${look} onClick=${write}><${Icon} name="megaphone" /><span>${look === "drive-entry" ? t("Annoncer") : t("Annoncer…")}</span></button>`;
}
