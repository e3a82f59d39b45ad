/**
 * What everyone sees: the board, the list of its notes, or both where there is room, chosen once and remembered. Their
 * code is fetched when first wanted: a phone that only writes never pays for it.
 *
 * Exports: Scene.
 * @module
 */
import { t, tn } from "../../core/i18n.js";
import { currentBoard, onBoard } from "../../core/selectors.js";
import { html, useEffect, useRef, useSignal, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { lazy } from "../lazy.js";
import { useMedia } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {"board"|"list"|"both"} Way */

const KEPT = "scene:way";
const NoteList = lazy(() => import("../list.js").then((module) => module.NoteList));

/**
 * @param {{live: Live, wide?: boolean, show?: {note: string, n: number}|null}} props `show` asks that a note be shown on the
 *   board; a new `n` asks again
 */
export function Scene({ live, wide = false, show = null }) {
  const [chosen, setWay] = useState(/** @type {Way} */ (live.drafts.get(KEPT) || (wide ? "board" : "list")));
  const roomy = useMedia("(min-width: 1360px)") && wide;
  const way = chosen === "both" && !roomy ? "board" : chosen;
  const board = currentBoard(live.store);
  const filter = useSignal("");
  useEffect(() => {
    if (show && chosen === "list") setWay("board");
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
  return html`<section class="scene" data-way=${way} aria-label=${t("Tout le monde")}>
    <div class="scene-head">
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
