/**
 * « Nos notes »: what this shared device wrote, each with its zone and person.
 *
 * Exports: RoomNotes({live, trust}).
 * @module
 */
import { restoreNotes, withdrawNotes } from "../../core/commands.js";
import { t, tn } from "../../core/i18n.js";
import { mayEdit } from "../../core/selectors.js";
import { html, useState } from "../../vendor/ui.js";
import { Icon } from "../icon.js";
import { MenuButton } from "../menu.js";
import { NoteEditor, NotesState, ownOnBoard } from "../people/mine.js";
import { zoneWords } from "../people/moment.js";
import { Letter, personName } from "./people.js";

/** @typedef {import("../../core/session.js").Live} Live */
/** @typedef {import("../../core/types.js").Note} Note */

/** @param {{live: Live, trust: {secret: boolean, words: string}}} props `trust` says who sees these notes */
export function RoomNotes({ live, trust }) {
  const all = ownOnBoard(live);
  const notes = all.filter((note) => !note.withdrawn);
  const taken = all.filter((note) => note.withdrawn);
  return html`<section class="room-notes" aria-labelledby="ours">
    <div class="section-head"><h2 id="ours" tabindex="-1">${t("Nos notes")} <span class="count">${notes.length > 0 ? notes.length : ""}</span></h2>
      <p class="trust small muted grow"><${Icon} name=${trust.secret ? "eye-off" : "eye"} /><span>${trust.words}</span></p>
      <${NotesState} live=${live} notes=${notes} /></div>
    ${notes.length === 0 && html`<p class="muted">${t("Les notes de la table apparaîtront ici, une idée par note. Celles écrites à la main se tapent dans «\u00a0Idées sur papier\u00a0», une par ligne.")}</p>`}
    <ul role="list" class="room-list">${notes.map((note) => html`<${RoomNote} key=${note.id} live=${live} note=${note} />`)}</ul>
    ${taken.length > 0 && html`<details class="taken"><summary>${tn("{n} note retirée", "{n} notes retirées", taken.length)}</summary>
      <ul role="list">${taken.map((note) => html`<li key=${note.id} class="taken-note"><span>${note.text}</span>
        <button type="button" class="link" onClick=${() => live.send(restoreNotes({ notes: [note.id] }))}>${t("Remettre")}<span class="visually-hidden"> «\u00a0${note.text}\u00a0»</span></button></li>`)}</ul></details>`}
  </section>`;
}

/** @param {{live: Live, note: Note}} props */
function RoomNote({ live, note }) {
  const [editing, setEditing] = useState(() => live.drafts.get(`edit:${note.id}`) !== "");
  const zone = live.store.get("zone", note.zone);
  const occupant = live.store.get("occupant", live.store.get("authorship", note.id)?.occupant ?? "");
  const late = note.unsent && (live.connection.state.value !== "live" || live.pending.save.value.state === "waiting");
  const look = `note room-note tint-${note.tint || "paille"}${late ? " unsent" : ""}`;
  if (editing) return html`<li class=${look}><${NoteEditor} live=${live} note=${note} onLeave=${() => setEditing(false)} /></li>`;
  const items = [
    { label: t("Modifier"), icon: "pencil", act: () => setEditing(true) },
    { label: t("Retirer la note"), icon: "trash-2", act: () => { live.act(withdrawNotes({ notes: [note.id] })); live.announcer.say(t("Note retirée. Elle reste en bas de vos notes.")); } },
  ];
  return html`<li class=${look}>
    <span class="room-zone">${zone ? zoneWords(zone.title).name : ""}</span>
    <span class="room-text">${note.text}</span>
    <span class="room-author">${occupant ? html`<${Letter} of=${occupant} /><span>${personName(occupant)}</span>` : html`<span>${t("la table")}</span>`}</span>
    ${late ? html`<span class="note-waiting"><${Icon} name="cloud-off" small />${t("En attente")}</span>`
      : mayEdit(live.store, live.seat.value, note) ? html`<${MenuButton} class="button quiet" icon="ellipsis" iconOnly label=${t("Agir sur la note «\u00a0{text}\u00a0»", { text: note.text.slice(0, 40) })} items=${items} />` : html`<span></span>`}
  </li>`;
}
