/**
 * Animer: the plan, the board or the list, the people, the timer, the wall, and one primary button.
 * @module
 */
import { html, render, useEffect, useRef, useState } from "../vendor/ui.js";
import * as ask from "../core/commands.js";
import { t, tn } from "../core/i18n.js";
import { currentBlock, currentBoard, openRound, session } from "../core/selectors.js";
import { openSession } from "../core/session.js";
import { clockTime } from "../core/words.js";
import { mountBoard } from "../board/surface.js";
import { confirmDialog, Dialog, openDialog } from "../views/dialog.js";
import { Foot } from "../views/drive/foot.js";
import { Gathering, RoundSide } from "../views/drive/gathering.js";
import { headline, People, SetAsideNotes } from "../views/drive/people.js";
import { Rail } from "../views/drive/rail.js";
import { StepHead } from "../views/drive/step.js";
import { Icon } from "../views/icon.js";
import { NoteList } from "../views/list.js";
import { MenuButton } from "../views/menu.js";
import { Result, ResultTable } from "../views/result.js";
import { SheetDesk, SheetForm, sheetWords } from "../views/sheets.js";
import { ConnectionBand, Refusals, SaveState, StatusLine } from "../views/status.js";

/** @typedef {import("../core/session.js").Live} Live */

/** Server time, renewed every ten seconds: enough for clock times and minutes. @param {Live} live */
function useNow(live) {
  const [now, setNow] = useState(live.clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.clock.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** @param {{live: Live}} props */
function Drive({ live }) {
  const now = useNow(live);
  const [picked, setPicked] = useState(/** @type {Record<string, string>} */ ({}));
  const [drawer, setDrawer] = useState("");
  const state = session(live.store);
  const block = currentBlock(live.store);
  const choices = choicesOf(live);
  // Whoever works in the list keeps it from step to step; a result comes first where there is one.
  const first = choices[0]?.id ?? "";
  const shown = choices.some((choice) => choice.id === picked[first]) ? picked[first] : first;
  const setView = (/** @type {string} */ view) => setPicked({ ...picked, [first]: view });
  useEffect(() => setDrawer(""), [block?.id]);
  /** @param {import("../core/types.js").Block} target */
  const enter = async (target) => {
    const back = block && target.rank < block.rank;
    const title = back ? t("Revenir à «\u00a0{title}\u00a0»\u202f?", { title: target.title }) : t("Passer à «\u00a0{title}\u00a0»\u202f?", { title: target.title });
    const text = back ? t("Tout le monde y revient. Ce qui a été révélé le reste.") : t("Tout le monde y passe en même temps.");
    if (await confirmDialog({ title, text, confirm: t("Y aller") })) live.send(ask.enterBlock({ block: target.id }));
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && drawer) setDrawer("");
  };
  return html`<div class="drive" data-drawer=${drawer} onKeyDown=${escape}>
    <${Head} live=${live} now=${now} />
    <${ConnectionBand} live=${live} />
    <div class="drive-body">
      <aside class="drive-rail" id="drive-rail"><${Rail} live=${live} now=${now} onEnter=${enter} /></aside>
      <div class="drive-main">
        <${StepHead} live=${live} />
        <${Refusals} live=${live} />
        ${state?.locked ? html`<p class="band"><${Icon} name="lock" /><span class="grow">${t("La saisie est suspendue pour tout le monde.")}</span><button type="button" class="button" onClick=${() => live.send(ask.lockSession({ locked: false }))}>${t("Rendre la saisie")}</button></p>` : null}
        <${Work} live=${live} view=${shown} />
      </div>
      <aside class="drive-side" id="drive-side">
        <${RoundSide} live=${live} /><${Gathering} live=${live} /><${SetAsideNotes} live=${live} /><${People} live=${live} />
      </aside>
    </div>
    <${Foot} live=${live} view=${shown} setView=${setView} choices=${choices} drawer=${drawer} setDrawer=${setDrawer} />
    <${StatusLine} announcer=${live.announcer} hidden />
  </div>`;
}

/** The switch keeps its place; its two sides follow what the step shows. @param {Live} live */
function choicesOf(live) {
  const block = currentBlock(live.store);
  const round = block?.round ? openRound(live.store, block.id) : undefined;
  if (round && round.status !== "open") {
    return [{ id: "bars", label: t("Barres"), icon: "vote" }, { id: "figures", label: t("Chiffres"), icon: "list" }, ...(block?.board ? [{ id: "board", label: t("Tableau"), icon: "layout-grid" }] : [])];
  }
  const boards = currentBoard(live.store) ? [{ id: "board", label: t("Tableau"), icon: "layout-grid" }, { id: "list", label: t("Liste"), icon: "list" }] : [];
  const ended = session(live.store)?.status !== "open";
  return block?.view === "actions" || (ended && session(live.store)?.status !== "preparing")
    ? [{ id: "sheets", label: t("Fiches"), icon: "clipboard-list" }, ...boards]
    : boards;
}

/** @param {{live: Live, now: number}} props */
function Head({ live, now }) {
  const state = session(live.store);
  const { all, sites } = headline(live);
  const open = state?.status === "open";
  const lock = () => live.send(ask.lockSession({ locked: !state?.locked }));
  const end = async () => {
    if (await confirmDialog({ title: t("Terminer l’atelier\u202f?"), text: t("Les participants sont remerciés et ne peuvent plus écrire. Vous pourrez encore corriger, ou reprendre."), confirm: t("Terminer l’atelier") })) live.send(ask.endSession());
  };
  const go = (/** @type {string} */ page) => () => window.open(`/s/${live.id}/${page}`, "_blank", "noopener");
  const items = [
    { label: t("Préparation, liens et QR codes"), icon: "link", act: go("preparer") },
    ...(open ? [{ label: state?.locked ? t("Rendre la saisie") : t("Suspendre la saisie"), icon: "lock", act: lock }] : []),
    ...(open ? [{ label: t("Terminer l’atelier…"), icon: "flag", act: end, danger: true }] : []),
    ...(state?.status === "ended" ? [{ label: t("Reprendre l’atelier"), icon: "undo-2", act: () => live.send(ask.resumeSession()) }] : []),
  ];
  return html`<header class="drive-head">
    <a class="drive-mark" href="/" aria-label=${t("Accueil")}><img src=${new URL("../logo.svg", import.meta.url).href} alt="" width="28" height="28" /></a>
    <p class="drive-title">${state?.title ?? ""}</p>
    <p class="drive-people"><strong>${all}</strong> <span class="muted">${sites}</span></p>
    <${SaveState} live=${live} />
    <p class="drive-clock numeric">${clockTime(now, state?.timezone)}</p>
    <${MenuButton} label=${t("Autres actions")} title=${t("Autres actions")} icon="ellipsis" iconOnly class="button quiet" items=${items} />
  </header>`;
}

/** What the step works on: the board, its list, the result, the sheets. @param {{live: Live, view: string}} props */
function Work({ live, view }) {
  const block = currentBlock(live.store);
  const board = currentBoard(live.store);
  const round = block?.round ? openRound(live.store, block.id) : undefined;
  /** @param {import("../core/types.js").Row} row */
  const make = (row) => {
    const option = round?.options.find((one) => one.id === row.option);
    return round?.method === "dots" && option
      ? html`<button type="button" class="button" aria-label=${t("Faire une action de «\u00a0{title}\u00a0»", { title: option.title })} onClick=${() => writeSheet(live, "action", option)}>${t("Faire une action")}</button>`
      : null;
  };
  if (view === "bars" && round) return html`<div class="drive-work padded"><${Result} live=${live} round=${round} end=${make} /></div>`;
  if (view === "figures" && round) return html`<div class="drive-work padded"><${ResultTable} live=${live} round=${round} /></div>`;
  if (view === "sheets") return html`<div class="drive-work padded"><${SheetDesk} live=${live} /></div>`;
  if (view === "list" && board) return html`<div class="drive-work padded"><${NoteList} live=${live} board=${board.id} extra=${extra(live)} /></div>`;
  if (view === "board" && board) return html`<${BoardPane} key=${board.id} live=${live} board=${board.id} />`;
  return html`<div class="drive-work padded"><p class="empty">${t("Cette étape n’a pas de tableau. Parlez, écoutez\u202f; la suite est à droite, en bas.")}</p></div>`;
}

/** What the facilitators may also make of one note. @param {Live} live */
const extra = (live) => (/** @type {import("../core/types.js").Note[]} */ notes) =>
  notes.length === 1
    ? [
        { label: t("En faire une action…"), icon: "list-checks", act: () => writeSheet(live, "action", notes[0]) },
        { label: t("En faire une décision…"), icon: "circle-check", act: () => writeSheet(live, "decision", notes[0]) },
      ]
    : [];

/** @param {Live} live @param {"action"|"decision"} type @param {{id: string, text?: string, title?: string}} from a note or a group of notes */
function writeSheet(live, type, from) {
  openDialog((close) => html`<${Dialog} title=${sheetWords(type).make} onClose=${close}>
    <${SheetForm} live=${live} type=${type} origin=${from.id} what=${from.text ?? from.title ?? ""} onDone=${close} onCancel=${close} />
  </${Dialog}>`);
}

/** @param {{live: Live, board: string}} props */
function BoardPane({ live, board }) {
  const pane = useRef(/** @type {HTMLDivElement|null} */ (null));
  useEffect(() => {
    if (!pane.current) return undefined;
    const mounted = mountBoard(pane.current, { live, board, extra: extra(live) });
    return () => mounted.unmount();
  }, [board]);
  return html`<div class="drive-work board-pane" ref=${pane}></div>`;
}

/** Says what others do, batched, to whoever listens rather than looks. @param {Live} live */
function listen(live) {
  const known = new Set(live.store.all("note").map((note) => note.id));
  live.store.watch("note", (ids) => {
    const fresh = [...ids].filter((id) => !known.has(id) && live.store.get("note", id));
    for (const id of fresh) known.add(id);
    if (fresh.length) live.announcer.count("notes", (n) => tn("{n} nouvelle note", "{n} nouvelles notes", n), fresh.length);
  });
}

const main = /** @type {HTMLElement} */ (document.getElementById("page"));
const live = openSession(main);
void live.ready.then(() => {
  listen(live);
  render(html`<${Drive} live=${live} />`, main);
});
