/**
 * What everyone sees: the board, the list of its notes, or both where there is room, chosen once and remembered. Their
 * code is fetched when first wanted: a phone that only writes never pays for it.
 *
 * Exports: Scene.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBlock, currentBoard, onBoard } from "../../core/selectors.js";
import { sorted } from "../../core/words.js";
import { html, useEffect, useRef, useSignal, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { lazy } from "../lazy.js";
import { useMedia } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {"board"|"list"|"both"} Way */

const KEPT = "scene:way";
const NoteList = lazy(() => import("../list.js").then((module) => module.NoteList));

/**
 * Boards that this seat can read here: the step's (or one's group's at work), one's own group's, those of other groups once
 * shown to everyone.
 * @param {Live} live @returns {{id: string, label: string}[]} the current one first
 */
function boardsOf(live) {
  const current = currentBoard(live.store);
  const own = live.seat.value?.group ?? "";
  const everyone = currentBlock(live.store)?.board ?? "";
  const apart = sorted(live.store.all("board").filter((board) => board.group && (board.group === own || board.scope === "everyone")), (board) => board.title);
  const all = [current, live.store.get("board", everyone), ...apart].filter((board) => board !== undefined);
  return [...new Map(all.map((board) => [board.id, board])).values()].map((board) => ({ id: board.id,
    label: !board.group ? t("Tout le monde") : board.group === own ? t("{group} (le vôtre)", { group: board.title }) : board.title }));
}

/**
 * The board to draw: the one chosen, else the current one; the one being read stays when another becomes current, until the
 * person turns to it.
 * @param {Live} live
 */
function useBoard(live) {
  const root = useRef(/** @type {HTMLElement|null} */ (null));
  const before = useRef("");
  const chosen = useRef("");
  const held = useRef(false);
  const [, redraw] = useState(0);
  const now = currentBoard(live.store)?.id ?? "";
  if (before.current !== now) {
    held.current = before.current !== "" && root.current?.querySelector(".scene-body")?.contains(document.activeElement) === true;
    chosen.current = held.current ? chosen.current || before.current : "";
    before.current = now;
  }
  /** @param {string} id */
  const turn = (id) => {
    held.current = false;
    chosen.current = id === now ? "" : id;
    redraw((n) => n + 1);
  };
  return { root, board: live.store.get("board", chosen.current || now) ?? live.store.get("board", now), now, held: held.current, turn };
}

/**
 * @param {{live: Live, wide?: boolean, show?: {note: string, n: number}|null}} props `show` asks that a note be shown on the
 *   board; a new `n` asks again
 */
export function Scene({ live, wide = false, show = null }) {
  const [chosen, setWay] = useState(/** @type {Way} */ (live.drafts.get(KEPT) || (wide ? "board" : "list")));
  const roomy = useMedia("(min-width: 1360px)") && wide;
  const way = chosen === "both" && !roomy ? "board" : chosen;
  const { root, board, now, held, turn } = useBoard(live);
  const boards = boardsOf(live);
  const follow = () => {
    turn(now);
    root.current?.focus();
  };
  const filter = useSignal("");
  useEffect(() => {
    if (show && chosen === "list") setWay("board");
    if (show) turn(live.store.get("note", show.note)?.board ?? now);
  }, [show]);
  /** @param {Way} next */
  const choose = (next) => {
    setWay(next);
    live.drafts.set(KEPT, next);
  };
  if (!board) return html`<p class="muted">${t("Cette étape n’a pas de tableau.")}</p>`;
  const notes = onBoard(live.store, board.id).length;
  const clusters = live.store.all("cluster").filter((cluster) => cluster.board === board.id).length;
  const said = [tn("{n} note", "{n} notes", notes), clusters > 0 ? tn("{n} groupe", "{n} groupes", clusters) : ""].filter(Boolean).join(", ");
  return html`<section class="scene" data-way=${way} ref=${root} tabindex="-1" aria-label=${boards.find((one) => one.id === board.id)?.label ?? board.title}>
    ${held && html`<div class="notice row scene-held"><p class="grow">${t("Le tableau de l’étape a changé. Vous lisez encore le précédent.")}</p>
      <button type="button" class="button" onClick=${follow}>${t("Voir le nouveau")}</button></div>`}
    <div class="scene-head">
      ${boards.length > 1 && html`<label class="scene-board"><span class="small muted">${t("Tableau\u00a0:")}</span>
        <select value=${board.id} onChange=${(/** @type {any} */ event) => turn(event.currentTarget.value)}>
          ${boards.map((one) => html`<option key=${one.id} value=${one.id}>${one.label}</option>`)}</select></label>`}
      <div class="segments" role="group" aria-label=${t("Façon de voir")}>
        <button type="button" class="button" aria-pressed=${way === "board"} onClick=${() => choose("board")}><${Icon} name="layout-grid" />${t("Tableau")}</button>
        <button type="button" class="button" aria-pressed=${way === "list"} onClick=${() => choose("list")}><${Icon} name="list" />${t("Liste")}</button>
        ${roomy && html`<button type="button" class="button" aria-pressed=${way === "both"} onClick=${() => choose("both")}><${Icon} name="panel-right" />${t("Les deux")}</button>`}
      </div>
      ${way === "board" && notes > 5 && html`<label class="list-search"><span class="visually-hidden">${t("Chercher dans les notes")}</span><${Icon} name="search" small />
        <input type="search" placeholder=${t("Chercher")} value=${filter.value} onInput=${(/** @type {any} */ event) => void (filter.value = event.currentTarget.value)} /></label>`}
      <p class="small muted">${said}</p>
      <${Undo} live=${live} />
    </div>
    <div class="scene-body">
      ${way !== "list" && html`<${BoardHost} key=${`board:${board.id}`} live=${live} board=${board.id} show=${show} filter=${filter} />`}
      ${way !== "board" && html`<div class="scene-list" key="list"><${NoteList} live=${live} board=${board.id} filter=${filter} cards=${way === "both" ? true : undefined} /></div>`}
    </div>
  </section>`;
}

/** One's own last act, to take back or do again; absent when there is none. @param {{live: Live}} props */
function Undo({ live }) {
  const { undo, redo } = live.undo.depth.value;
  if (undo === 0 && redo === 0) return null;
  /** @param {string} result @param {string} done */
  const said = (result, done) => live.announcer.say(result === "done" ? done : t("Quelqu’un y a touché depuis\u00a0: rien n’a changé."));
  return html`<div class="row scene-undo">
    ${undo > 0 && html`<button type="button" class="button quiet" onClick=${() => said(live.undo.undo(), t("Annulé."))}><${Icon} name="undo-2" />${t("Annuler mon geste")}</button>`}
    ${redo > 0 && html`<button type="button" class="button quiet" onClick=${() => said(live.undo.redo(), t("Refait."))}><${Icon} name="redo-2" />${t("Le refaire")}</button>`}
  </div>`;
}

/** @param {{live: Live, board: string, show: {note: string, n: number}|null, filter: {value: string}}} props */
function BoardHost({ live, board, show, filter }) {
  const host = useRef(/** @type {HTMLDivElement|null} */ (null));
  const surface = useRef(/** @type {any} */ (null));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    import("../../board/surface.js")
      .then(({ mountBoard }) => {
        if (gone || !host.current) return;
        surface.current = mountBoard(host.current, { live, board, filter });
        if (show) surface.current.focusNote(show.note);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      surface.current?.unmount();
      surface.current = null;
    };
  }, []);
  useEffect(() => {
    if (show) surface.current?.focusNote(show.note);
  }, [show]);
  if (failed) return html`<div class="notice warning"><p>${t("Le tableau n’a pas pu être chargé\u00a0: la liste montre les mêmes notes.")}</p></div>`;
  return html`<div class="board-host" ref=${host}></div>`;
}
