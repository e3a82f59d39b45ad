/**
 * The wall seen from the drive page: a small picture of what it shows, its name, what else it can show, its pages, the hold.
 *
 * Exports: WallTools({live}).
 * @module
 */
import { html } from "../../vendor/ui.js";
import * as ask from "../../core/commands.js";
import { t } from "../../core/i18n.js";
import { arrange, byRank, currentBoard, session } from "../../core/selectors.js";
import { Icon } from "../icon.js";
import { MenuButton } from "../menu.js";
import { pageAt, wallPages, wallState, wallView } from "../wall/pages.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").View} View */
/** @typedef {import("../wall/pages.js").State} State */
/** @typedef {import("../menu.js").MenuItem} MenuItem */

/** Seconds between pages when the wall turns by itself. */
const TURNING = 20;

const VIEWS = {
  accueil: () => t("Accueil"), ecrire: () => t("Écrire"), lire: () => t("Lire"), regrouper: () => t("Regrouper"), voter: () => t("Voter"),
  resultat: () => t("Résultat"), actions: () => t("Actions"), fin: () => t("Fin"), groupes: () => t("Sous-groupes"),
};

/** Rectangles of the picture, 62 × 36: [x, y, width, height, class]. @type {Record<State, (number|string)[][]>} */
const PICTURES = {
  accueil: [[6, 8, 20, 20, "thumb-light"], [32, 11, 22, 4, "thumb-light"], [32, 20, 16, 4, "thumb-light"]],
  ecrire: [[8, 7, 40, 4, "thumb-light"], [8, 14, 32, 4, "thumb-light"], [36, 24, 18, 7, "thumb-light"]],
  lire: [[6, 6, 23, 11, "thumb-note"], [33, 6, 23, 11, "thumb-note"], [6, 20, 23, 11, "thumb-note"], [33, 20, 23, 11, "thumb-note"]],
  regrouper: [[6, 6, 23, 11, "thumb-note"], [33, 6, 23, 11, "thumb-note"], [6, 20, 23, 11, "thumb-note"], [33, 20, 23, 11, "thumb-note"]],
  voter: [[8, 7, 40, 4, "thumb-light"], [8, 18, 12, 12, "thumb-bar"], [25, 18, 12, 12, "thumb-bar"], [42, 18, 12, 12, "thumb-bar"]],
  resultat: [[6, 6, 46, 5, "thumb-bar"], [6, 14, 36, 5, "thumb-bar"], [6, 22, 20, 5, "thumb-bar"], [6, 29, 12, 3, "thumb-bar"]],
  actions: [[6, 7, 6, 6, "thumb-bar"], [16, 8, 38, 4, "thumb-light"], [6, 16, 6, 6, "thumb-bar"], [16, 17, 32, 4, "thumb-light"], [6, 25, 6, 6, "thumb-bar"], [16, 26, 36, 4, "thumb-light"]],
  groupes: [[6, 7, 14, 22, "thumb-bar"], [24, 7, 14, 22, "thumb-bar"], [42, 7, 14, 22, "thumb-bar"]],
  fin: [[14, 12, 34, 5, "thumb-light"], [21, 21, 20, 3, "thumb-light"]],
};

/** @param {string} text @returns {string} enough of it to be recognised */
const short = (text) => (text.length > 40 ? `${text.slice(0, 38).trimEnd()}…` : text);

/** The name of what is looked at by itself: a zone, a group of notes, a note, a group's board; "" for the whole. @param {Live} live */
function focusWords({ store }) {
  const id = store.get("wall", "wall")?.focus ?? "";
  const cluster = store.get("cluster", id);
  if (cluster) return cluster.title || t("Groupe sans titre");
  const note = store.get("note", id);
  return note ? short(note.text) : store.get("zone", id)?.title ?? store.get("group", id)?.name ?? "";
}

/** The board as everyone sees it. @param {Live} live */
function shownAreas({ store }) {
  const board = currentBoard(store);
  return board ? arrange(store, board.id, (note) => note.scope === "everyone" && !note.unsent) : [];
}

/** Groups whose board everyone may see. @param {Live} live */
const shownGroups = ({ store }) => store.all("group").filter((group) => group.board && store.get("board", group.board)?.scope === "everyone").sort(byRank);

/** What lies before and after the one thing looked at, in reading order: zones, groups of notes, notes. @param {Live} live @returns {{before?: string, after?: string}} */
function neighbours(live) {
  const focus = live.store.get("wall", "wall")?.focus ?? "";
  if (!focus) return {};
  const areas = shownAreas(live);
  const clusters = areas.flatMap((area) => area.clusters);
  const rows = [
    areas.flatMap(({ zone, count }) => (zone && count > 0 ? [zone.id] : [])),
    clusters.map(({ cluster }) => cluster.id),
    areas.flatMap((area) => [...area.clusters.flatMap((one) => one.notes), ...area.notes]).map((note) => note.id),
    shownGroups(live).map((group) => group.id),
  ];
  const row = rows.find((one) => one.includes(focus)) ?? [];
  const at = row.indexOf(focus);
  return at < 0 ? {} : { before: row[at - 1], after: row[at + 1] };
}

/** Everything that can be put there now. @param {Live} live @returns {MenuItem[]} */
function wallItems(live) {
  const { store } = live;
  const wall = store.get("wall", "wall");
  const areas = shownAreas(live);
  const turning = wall?.turning ?? 0;
  const show = (/** @type {{view: ""|View, focus?: string, page?: number, turning?: number}} */ body) => () => void live.send(ask.turnWall({ focus: "", page: 0, ...body }));
  const focused = (/** @type {string} */ id, /** @type {string} */ label) => ({ label, checked: wall?.focus === id, act: show({ view: "lire", focus: id }) });
  const zones = areas.flatMap(({ zone, count }) => (zone && count > 0 ? [focused(zone.id, zone.title)] : []));
  const clusters = areas.flatMap((area) => area.clusters).map(({ cluster }) => focused(cluster.id, cluster.title || t("Groupe sans titre")));
  const groups = shownGroups(live).map((group) => focused(group.id, group.name));
  const view = (/** @type {View} */ name, /** @type {boolean} */ there) => (there ? [{ label: VIEWS[name](), checked: wall?.view === name && !wall.focus && !wall.held, act: show({ view: name }) }] : []);
  const some = areas.some((area) => area.count > 0);
  const part = (/** @type {string} */ heading, /** @type {MenuItem[]} */ items) => (items.length ? [{ heading }, ...items] : []);
  return [
    { label: t("Suivre l’étape"), checked: !wall?.view && !wall?.focus, act: () => void follow(live) },
    ...part(t("Montrer"), [
      ...view("accueil", true), ...view("lire", some), ...view("regrouper", clusters.length > 0),
      ...view("resultat", store.all("round").some((round) => round.status === "shown")), ...view("actions", store.all("sheet").some((sheet) => !sheet.removed)),
    ]),
    ...part(t("Une zone"), zones), ...part(t("Un groupe de notes"), clusters), ...part(t("Un sous-groupe"), groups),
    { separator: true },
    { label: t("Tourner seul, toutes les {n} secondes", { n: turning || TURNING }), checked: turning > 0,
      act: show({ view: wall?.view ?? "", focus: wall?.focus ?? "", page: wall?.page ?? 0, turning: turning ? 0 : TURNING }) },
  ];
}

/** @param {Live} live lets the wall go with the step again */
async function follow(live) {
  if (live.store.get("wall", "wall")?.held) await live.send(ask.holdWall({ held: false })).outcome;
  live.send(ask.turnWall({ view: "", focus: "", page: 0 }));
}

/** @param {{live: Live}} props what the wall shows, its pages, and the hold */
export function WallTools({ live }) {
  const wall = live.store.get("wall", "wall");
  const view = wallView(live.store);
  const state = wallState(live.store);
  const pages = wallPages(live.store, view);
  const page = pageAt(live.store, view);
  const held = Boolean(wall?.held);
  const turning = !held && pages > 1 && (wall?.turning ?? 0) > 0;
  const may = ["preparing", "open", "ended"].includes(session(live.store)?.status ?? "");
  const { before, after } = neighbours(live);
  // Past the last page of a zone, a group of notes or a note, the next one comes.
  const back = page > 0 ? { focus: wall?.focus ?? "", page: page - 1 } : before ? { focus: before, page: 0 } : null;
  const on = page < pages - 1 ? { focus: wall?.focus ?? "", page: page + 1 } : after ? { focus: after, page: 0 } : null;
  const walks = pages > 1 || Boolean(before ?? after);
  const step = (/** @type {typeof back} */ to, /** @type {string} */ label, /** @type {string} */ icon) => html`<button type="button" class="button icon-only" aria-label=${label} title=${label}
    disabled=${to === null} onClick=${() => to && live.send(ask.turnWall({ view: wall?.view ?? "", ...to }))}><${Icon} name=${icon} /></button>`;
  const open = t("Ouvrir la page du mur");
  const shows = focusWords(live) || VIEWS[state]();
  const said = [held ? t("Au mur, figé") : turning ? t("Au mur, tourne seul") : t("Au mur"), pages > 1 ? t("{page} sur {pages}", { page: page + 1, pages }) : ""].filter(Boolean).join(" · ");
  return html`<div class="wall-tools" role="group" aria-label=${t("Au mur")}>
    <a class="wall-thumb ${held ? "held" : ""}" href=${`/s/${live.id}/projeter`} target="_blank" rel="noopener" title=${open}>
      <span class="visually-hidden">${open}</span>
      <svg viewBox="0 0 62 36" aria-hidden="true" focusable="false">${PICTURES[state].map(([x, y, width, height, look]) => html`<rect class=${look} x=${x} y=${y} width=${width} height=${height} />`)}</svg>
    </a>
    <div class="wall-words"><span class="small ${held ? "soon" : "muted"}">${said}</span>
      ${may ? html`<${MenuButton} class="wall-shows" label=${html`<strong>${shows}</strong><${Icon} name="chevron-down" small />`} title=${t("Au mur\u00a0: {shows}. Montrer autre chose", { shows })} items=${() => wallItems(live)} />` : html`<strong>${shows}</strong>`}</div>
    ${may ? html`<div class="wall-buttons">
      ${walks ? step(back, t("Précédent au mur"), "chevron-left") : null}
      <button type="button" class="button wall-hold" aria-pressed=${held} aria-label=${held ? t("Reprendre le mur") : t("Figer le mur")} onClick=${() => live.send(ask.holdWall({ held: !held }))}><${Icon} name=${held ? "play" : "pause"} />${held ? t("Reprendre") : t("Figer")}</button>
      ${walks ? step(on, t("Suivant au mur"), "chevron-right") : null}
    </div>` : null}
  </div>`;
}
