/**
 * « Mes notes »: what I wrote on this board, saved or waiting, each one to change or to take back.
 *
 * Exports: MyNotes, NoteEditor, NotesState, ownOnBoard.
 * @module
 */
import { editNote, restoreNotes, withdrawNotes } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { byRank, currentBoard, mayEdit, ownNotes } from "../../core/selectors.js";
import { html, useEffect, useId, useRef, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { codePoints, groupBoard, zoneWords } from "./moment.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Note} Note */

/** When each own note was first seen here: the server says it to nobody, so as to tell nothing of secret writing. @type {Map<string, number>} */
const firstSeen = new Map();

/** @param {Live} live @returns {Note[]} own notes of the current board, those written last first as far as this page knows */
export function ownOnBoard(live) {
  const notes = ownNotes(live.store, live.seat.value?.id ?? "", currentBoard(live.store)?.id).sort(byRank);
  for (const note of notes) if (!firstSeen.has(note.id)) firstSeen.set(note.id, firstSeen.size);
  return notes.sort((a, b) => (firstSeen.get(b.id) ?? 0) - (firstSeen.get(a.id) ?? 0));
}

/** One state for the whole list: saved only once it is. What waits is said by the band; that it waits no more, here. @param {{live: Live, notes: readonly Note[]}} props */
export function NotesState({ live, notes }) {
  const { state } = live.pending.save.value;
  const away = live.connection.state.value !== "live";
  const waiting = notes.filter((note) => note.unsent).length;
  const late = waiting > 0 && (state === "waiting" || away);
  const wasLate = useRef(false);
  wasLate.current ||= late;
  const saved = notes.length > 1 ? t("Enregistrées") : t("Enregistrée");
  const held = tn("{n} note en attente", "{n} notes en attente", waiting);
  const said = wasLate.current && waiting === 0 && !away && notes.length > 0 ? saved : "";
  return html`<p class="notes-state small"><span class="visually-hidden" role="status">${said}</span>${
    late ? html`<span class="waiting"><${Icon} name="cloud-off" small />${held}</span>`
    : waiting > 0 ? html`<span class="muted">${t("Enregistrement…")}</span>`
    : notes.length > 0 && !away ? html`<span class="saved" aria-hidden=${said ? "true" : undefined}><${Icon} name="check" small />${saved}</span>`
    : null}</p>`;
}

/** @param {{live: Live, onShow?: (note: Note) => void}} props `onShow` leads to a note on the board beside */
export function MyNotes({ live, onShow }) {
  const all = ownOnBoard(live);
  const notes = all.filter((note) => !note.withdrawn);
  const taken = all.filter((note) => note.withdrawn);
  return html`<section class="my-notes" aria-labelledby="mine">
    <div class="section-head"><h2 id="mine" tabindex="-1">${t("Mes notes")} <span class="count">${notes.length > 0 ? notes.length : ""}</span></h2>
      <${NotesState} live=${live} notes=${notes} /></div>
    ${notes.length === 0 && html`<p class="muted">${t("Vos notes apparaîtront ici. Une idée par note, en une phrase courte.")}</p>`}
    <ul role="list" class="own-list">${notes.map((note) => html`<${OwnNote} key=${note.id} live=${live} note=${note} onShow=${onShow} />`)}</ul>
    <${GroupNotes} live=${live} />
    ${taken.length > 0 && html`<details class="taken"><summary>${tn("{n} note retirée", "{n} notes retirées", taken.length)}</summary>
      <ul role="list" class="own-list">${taken.map((note) => html`<li key=${note.id} class="taken-note"><span>${note.text}</span>
        <button type="button" class="link" onClick=${() => live.send(restoreNotes({ notes: [note.id] }))}>${t("Remettre")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button></li>`)}</ul>
    </details>`}
  </section>`;
}

/** Once back in the plenary: what one wrote with one's group. @param {{live: Live}} props */
function GroupNotes({ live }) {
  const board = groupBoard(live);
  if (!board || board.id === currentBoard(live.store)?.id) return null;
  const notes = ownNotes(live.store, live.seat.value?.id ?? "", board.id).filter((note) => !note.withdrawn);
  if (notes.length === 0) return null;
  return html`<details class="taken"><summary>${tn("{n} note écrite en sous-groupe", "{n} notes écrites en sous-groupe", notes.length)} (${board.title})</summary>
    <ul role="list" class="own-list">${notes.map((note) => html`<li key=${note.id} class="taken-note"><span>${note.text}</span></li>`)}</ul></details>`;
}

/** @param {{live: Live, note: Note, onShow?: (note: Note) => void}} props */
function OwnNote({ live, note, onShow }) {
  const [editing, setEditing] = useState(() => live.drafts.get(`edit:${note.id}`) !== "");
  const back = useRef(/** @type {HTMLButtonElement|null} */ (null));
  const zone = live.store.get("zone", note.zone);
  const away = live.connection.state.value !== "live";
  const late = note.unsent && (away || live.pending.save.value.state === "waiting");
  const leave = () => {
    setEditing(false);
    requestAnimationFrame(() => back.current?.focus());
  };
  const look = `note own-note tint-${note.tint || "paille"}${late ? " unsent" : ""}`;
  if (editing) return html`<li class=${look}><${NoteEditor} live=${live} note=${note} onLeave=${leave} /></li>`;
  return html`<li class=${look}>
    <p class="note-text">${note.text}</p>
    <p class="note-foot">
      <span class="note-zone">${zone ? zoneWords(zone.title).name : ""}${note.aside ? html`<em> ${t("mise de côté par l’animation")}</em>` : ""}</span>
      ${late ? html`<span class="note-waiting"><${Icon} name="cloud-off" small />${t("En attente")}</span>`
        : away ? html`<span class="note-saved"><${Icon} name="check" small />${t("Enregistrée")}</span>` : null}
      ${onShow && !late && note.scope === "everyone" && html`<button type="button" class="link" onClick=${() => onShow(note)}>${t("Voir sur le tableau")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button>`}
      ${!late && mayEdit(live.store, live.seat.value, note) && html`<button type="button" class="link" ref=${back} onClick=${() => setEditing(true)}>${t("Modifier")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button>`}
    </p>
  </li>`;
}

/** A hint is forgotten after a while: said again meanwhile (ms). */
const HINT_EVERY = 5000;

/** @param {Live} live @param {Note} note @returns {{text: string, edition: number}} */
function keptEdit(live, note) {
  try {
    return { text: note.text, edition: note.edition, ...JSON.parse(live.drafts.get(`edit:${note.id}`) || "{}") };
  } catch {
    return { text: note.text, edition: note.edition };
  }
}

/** Rewrites a note in place, or takes it back. @param {{live: Live, note: Note, onLeave: () => void}} props */
export function NoteEditor({ live, note, onLeave }) {
  const [kept, setKept] = useState(() => keptEdit(live, note));
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const id = useId();
  const key = `edit:${note.id}`;
  const other = live.store.hints.value.find((hint) => hint.about === note.id && hint.doing !== "idle");
  const length = codePoints(kept.text);
  useEffect(() => {
    field.current?.focus();
    const say = () => live.hint(note.id, "editing");
    const again = setInterval(say, HINT_EVERY);
    say();
    return () => {
      clearInterval(again);
      live.hint(note.id, "idle");
    };
  }, []);
  /** @param {string} text */
  const write = (text) => {
    const next = { ...kept, text };
    setKept(next);
    live.drafts.set(key, text === note.text ? "" : JSON.stringify(next));
  };
  const leave = () => {
    live.drafts.clear(key);
    onLeave();
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (kept.text.trim() === "" || length > 500) return field.current?.focus();
    if (kept.text.trim() !== note.text) live.act(editNote({ note: note.id, text: kept.text.trim(), edition: kept.edition }));
    return leave();
  };
  const take = () => {
    live.act(withdrawNotes({ notes: [note.id] }));
    live.announcer.say(t("Note retirée. Elle reste en bas de vos notes."));
    leave();
  };
  return html`<form class="note-editor" onSubmit=${submit} onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") leave();
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") submit(event);
    }}>
    <label class="visually-hidden" for=${id}>${t("Modifier la note")}</label>
    <textarea id=${id} ref=${field} rows="3" value=${kept.text} aria-invalid=${length > 500}
      onInput=${(/** @type {any} */ event) => write(event.currentTarget.value)}></textarea>
    ${length > 400 && html`<p class="small numeric">${t("{n} sur {most} caractères", { n: length, most: 500 })}</p>`}
    ${other && html`<p class="small" role="status">${other.by ? t("{name} écrit aussi dans cette note.", { name: other.by }) : t("Quelqu’un écrit aussi dans cette note\u00a0: les deux textes seront gardés.")}</p>`}
    <div class="row"><button type="submit" class="button primary">${t("Enregistrer")}</button>
      <button type="button" class="button" onClick=${leave}>${t("Annuler")}</button>
      ${live.isMine(note.id) && html`<button type="button" class="button danger" onClick=${take}>${t("Retirer la note")}</button>`}</div>
  </form>`;
}
