/**
 * What the step works on: the board, its list, the result, the sheets; with the words looked for and one's own undo and
 * redo beside them.
 *
 * Exports: Work({live, view, filter}), choicesOf(live), useUndoKeys(live).
 * @module
 */
import { html, useEffect, useRef } from "../../vendor/ui.js";
import { turnWall } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { blocks, currentBlock, currentBoard, matches, myGroup, onBoard, openRound, session } from "../../core/selectors.js";
import { mountBoard } from "../../board/surface.js";
import { Draft } from "../groups/draft.js";
import { Harvest } from "../groups/harvest.js";
import { groupsOf, groupsStage, harvestFrom, isHarvested, notesOf } from "../groups/moment.js";
import { Overview } from "../groups/overview.js";
import { Icon } from "../icon.js";
import { NoteList } from "../list.js";
import { voteOf } from "../people/moment.js";
import { Result, ResultTable } from "../result.js";
import { SheetDesk } from "../sheets.js";
import { OwnBallot } from "./ballot.js";
import { openComposer } from "./compose.js";
import { askRunoff } from "./runoff.js";
import { writeSheet } from "./side_form.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Note} Note */
/** @typedef {{value: string}} Filter */

/** The switch keeps its place; its sides follow what the step shows. @param {Live} live @returns {import("./foot.js").Choice[]} the first one is the step's own */
export function choicesOf(live) {
  const block = currentBlock(live.store);
  const status = session(live.store)?.status;
  const round = block?.round && status === "open" ? openRound(live.store, block.id) : undefined;
  const board = { id: "board", label: t("Tableau"), icon: "layout-grid" };
  if (round && round.status !== "open") {
    return [{ id: "bars", label: t("Barres"), icon: "vote" }, { id: "figures", label: t("Chiffres"), icon: "list" }, ...(block?.board ? [board] : [])];
  }
  const boards = currentBoard(live.store) ? [board, { id: "list", label: t("Liste"), icon: "list" }] : [];
  const after = status === "ended" || status === "closing" || status === "closed";
  const usual = voteOf(live) ? [...boards, { id: "ballot", label: t("Mon bulletin"), icon: "vote" }]
    : block?.view === "actions" || after ? [{ id: "sheets", label: t("Fiches"), icon: "clipboard-list" }, ...boards] : boards;
  const groups = groupsChoice(live);
  return !groups ? usual : groups.first ? [groups.choice, ...usual] : [...usual, groups.choice];
}

/** Views of steps that may still harvest what groups brought back. */
const READING = ["ecrire", "lire", "regrouper"];

/**
 * The groups' own view: first while they are formed and at work, unless one has stepped into one; first again where they have just
 * come back and nothing is harvested yet.
 * @param {Live} live @returns {{choice: import("./foot.js").Choice, first: boolean}|null}
 */
function groupsChoice(live) {
  const { stage } = groupsStage(live);
  const choice = { id: "groups", label: t("Sous-groupes"), icon: "users" };
  if (stage === "draft") return { choice, first: true };
  if (stage === "running") return { choice, first: !myGroup(live.store) };
  const partition = session(live.store)?.status === "open" ? harvestFrom(live) : undefined;
  const board = currentBoard(live.store);
  const block = currentBlock(live.store);
  if (!partition || !board || !block || (block.id !== partition.block && !READING.includes(block.view))) return null;
  const carried = groupsOf(live.store, partition.id).some((group) => notesOf(live.store, group).some((note) => isHarvested(live.store, note, board.id)));
  const plan = blocks(live.store);
  const place = (/** @type {string} */ id) => plan.findIndex((one) => one.id === id);
  // In the groups' own step once they are back, and in the step right after.
  const fresh = stage === "over" || place(block.id) === place(partition.block) + 1;
  // Where the notes go on into other groups, there is nothing to bring to everyone yet.
  const goesOn = block.id === partition.block ? Boolean(plan[place(block.id) + 1]?.groups?.carry) : block.groups !== null;
  return goesOn ? null : { choice: { id: "harvest", label: t("Récolte"), icon: "list-checks" }, first: fresh && !carried };
}

/** @param {{live: Live, view: string, filter: Filter}} props */
export function Work({ live, view, filter }) {
  const block = currentBlock(live.store);
  const board = currentBoard(live.store);
  const round = block?.round ? openRound(live.store, block.id) : undefined;
  /** @param {import("../../core/types.js").Row} row */
  const make = (row) => {
    const option = round?.options.find((one) => one.id === row.option);
    return round?.method === "dots" && option
      ? html`<button type="button" class="button" aria-label=${t("Faire une action de «\u00a0{title}\u00a0»", { title: option.title })} onClick=${() => writeSheet(live, "action", option)}><${Icon} name="list-checks" />${t("Faire une action")}</button>`
      : null;
  };
  const { stage, partition } = groupsStage(live);
  if (view === "groups" && partition) return html`<div class="drive-work padded"><${stage === "draft" ? Draft : Overview} live=${live} partition=${partition} /></div>`;
  const back = view === "harvest" ? harvestFrom(live) : undefined;
  if (back) return html`<div class="drive-work padded"><${Harvest} live=${live} partition=${back} /></div>`;
  const tie = () => html`<button type="button" class="button" onClick=${() => round && void askRunoff(live, round)}><${Icon} name="vote" />${t("Départager les ex æquo…")}</button>`;
  if (view === "bars" && round) return html`<div class="drive-work padded"><${Result} live=${live} round=${round} end=${make} tie=${tie} notes /></div>`;
  if (view === "figures" && round) return html`<div class="drive-work padded"><${ResultTable} live=${live} round=${round} /></div>`;
  const voted = view === "ballot" ? voteOf(live) : undefined;
  if (voted) return html`<div class="drive-work padded"><${OwnBallot} key=${voted.id} live=${live} round=${voted} /></div>`;
  if (view === "sheets") return html`<div class="drive-work padded"><${SheetDesk} live=${live} /></div>`;
  if (view === "list" && board) {
    return html`<div class="drive-work padded"><${UndoButtons} live=${live} /><${NoteList} live=${live} board=${board.id} filter=${filter} extra=${extraOf(live)} compose=${(/** @type {string} */ zone) => openComposer(live, { board: board.id, zone })} /></div>`;
  }
  if (view === "board" && board) {
    return html`<div class="drive-work board-pane"><${BoardHost} key=${board.id} live=${live} board=${board.id} filter=${filter} />
      <div class="board-desk floating"><${UndoButtons} live=${live} /><${Search} live=${live} board=${board.id} filter=${filter} /></div></div>`;
  }
  return html`<div class="drive-work padded"><div class="empty"><p>${t("Cette étape n’a pas de tableau.")}</p><p>${t("Parlez, écoutez. Le bouton bleu mène à la suite.")}</p></div></div>`;
}

/** @typedef {(notes: Note[], cluster?: import("../../core/types.js").Cluster) => import("../menu.js").MenuItem[]} Extra */
/** @type {WeakMap<Live, Extra>} one function a page, so that views can compare it */
const extras = new WeakMap();

/** What the facilitators may also make of one note, or of a group of them. @param {Live} live */
function extraOf(live) {
  const known = extras.get(live);
  if (known) return known;
  const wall = (/** @type {string} */ id) => ({ label: t("Montrer au mur"), icon: "projector", act: () => void onWall(live, id) });
  /** @type {Extra} */
  const extra = (notes, cluster) => cluster ? (notes.some((note) => note.scope === "everyone") ? [wall(cluster.id)] : []) : notes.length === 1
    ? [
        ...(notes[0].scope === "everyone" ? [wall(notes[0].id)] : []),
        { label: t("En faire une action…"), icon: "list-checks", act: () => writeSheet(live, "action", notes[0]) },
        { label: t("En faire une décision…"), icon: "circle-check", act: () => writeSheet(live, "decision", notes[0]) },
      ]
    : [];
  extras.set(live, extra);
  return extra;
}

/** @param {Live} live @param {string} focus id of the note or group of notes */
async function onWall(live, focus) {
  const { done } = await live.send(turnWall({ view: "lire", focus })).outcome;
  if (done) live.announcer.say(t("C’est au mur."));
}

/** @param {{live: Live, board: string, filter: Filter}} props */
function BoardHost({ live, board, filter }) {
  const pane = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => {
    if (!pane.current) return undefined;
    const mounted = mountBoard(pane.current, { live, board, filter, extra: extraOf(live), compose: (zone, at) => openComposer(live, { board, zone, at }) });
    return () => mounted.unmount();
  }, [board]);
  return html`<div class="board-host" ref=${pane}></div>`;
}

/** The words looked for on the board: other notes fade. @param {{live: Live, board: string, filter: Filter}} props */
function Search({ live, board, filter }) {
  const notes = onBoard(live.store, board);
  const asked = filter.value.trim();
  if (notes.length < 6 && !asked) return null;
  const found = asked ? notes.filter((note) => matches(note.text, asked)).length : -1;
  return html`<label class="list-search"><span class="visually-hidden">${t("Chercher dans les notes")}</span><${Icon} name="search" small />
      <input type="search" placeholder=${t("Chercher")} value=${filter.value} onInput=${(/** @type {any} */ event) => void (filter.value = event.currentTarget.value)} /></label>
    <span class="small muted" role="status">${found >= 0 ? tn("{n} note trouvée", "{n} notes trouvées", found) : ""}</span>`;
}

/** @param {Live} live @param {"undo"|"redo"} way */
function step(live, way) {
  const result = live.undo[way]();
  const done = way === "undo" ? t("Annulé.") : t("Rétabli.");
  const none = way === "undo" ? t("Rien à annuler.") : t("Rien à rétablir.");
  live.announcer.say(result === "done" ? done : result === "changed" ? t("Quelqu’un y a touché depuis\u00a0: rien n’est annulé.") : none);
}

/** Appears with the first act that can be taken back. @param {{live: Live}} props */
function UndoButtons({ live }) {
  const { undo, redo } = live.undo.depth.value;
  if (undo + redo === 0) return null;
  const button = (/** @type {"undo"|"redo"} */ way, /** @type {number} */ depth, /** @type {string} */ words, /** @type {string} */ keys) => html`<button type="button"
    class="button quiet" aria-disabled=${depth === 0} aria-keyshortcuts=${keys} title=${words} onClick=${() => step(live, way)}><${Icon} name=${`${way}-2`} /><span>${words}</span></button>`;
  return html`<div class="undo-buttons" role="group" aria-label=${t("Mes derniers gestes")}>
    ${button("undo", undo, t("Annuler mon geste"), "Control+Z")}${redo > 0 ? button("redo", redo, t("Le refaire"), "Control+Shift+Z") : null}
  </div>`;
}

/** Ctrl+Z and Ctrl+Maj+Z anywhere but in a text, where they belong to the text. @param {Live} live */
export function useUndoKeys(live) {
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      const inText = event.target instanceof Element && event.target.closest("input, textarea, [contenteditable], dialog");
      if (inText) return;
      event.preventDefault();
      step(live, event.shiftKey ? "redo" : "undo");
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
