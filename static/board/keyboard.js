/**
 * The keyboard on a board: one tab stop, then arrows move the note (Shift: further), Page Up and Page Down go from
 * note to note, Enter edits, Space selects, Delete asks, Escape leaves. Several arrow strokes make one command.
 *
 * Exports: createKeyboard.
 * @module
 */
import { moveNotes } from "../core/commands.js";
import { on } from "../core/dom.js";
import { neighbour } from "./geometry.js";

/** @typedef {import("../core/types.js").Note} Note */
/** @typedef {import("./layout.js").NoteItem} NoteItem */
/** @typedef {"left"|"right"|"up"|"down"} Way */

const STEP = 8;
const FAR = 40;
const REST = 300;
/** @type {Record<string, Way>} */
const WAYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/**
 * @param {HTMLElement} surface
 * @param {object} options
 * @param {import("../core/session.js").Live} options.live
 * @param {() => import("./layout.js").Layout} options.layout
 * @param {() => string} options.current id of the note that has the focus
 * @param {(id: string) => void} options.focus
 * @param {(note: Note) => boolean} options.movable
 * @param {(x: number, y: number) => string} options.zoneOf id of the zone there
 * @param {(id: string, place: {x: number, y: number}|null) => void} options.nudge shows a note elsewhere until it is saved
 * @param {{edit: (id: string) => void, select: (id: string) => void, remove: (id: string) => void, leave: () => void,
 *   undo: () => void, redo: () => void}} options.acts
 */
export function createKeyboard(surface, { live, layout, current, focus, movable, zoneOf, nudge, acts }) {
  /** @type {Map<string, {x: number, y: number}>} */
  const moved = new Map();
  /** @type {any} */
  let timer = null;

  function flush() {
    clearTimeout(timer);
    if (moved.size === 0) return;
    const moves = [...moved].map(([note, { x, y }]) => ({ note, zone: zoneOf(x, y), x, y }));
    moved.clear();
    live.act(moveNotes({ moves }));
    for (const move of moves) nudge(move.note, null);
  }

  /** @param {Note} note @param {Way} way @param {boolean} far */
  function push(note, way, far) {
    const item = layout().notes.find((one) => one.id === note.id);
    if (!item) return;
    const from = moved.get(note.id) ?? item;
    const step = far ? FAR : STEP;
    const place = {
      x: Math.max(0, from.x + (way === "left" ? -step : way === "right" ? step : 0)),
      y: Math.max(0, from.y + (way === "up" ? -step : way === "down" ? step : 0)),
    };
    moved.set(note.id, place);
    nudge(note.id, place);
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
  }

  /** In a cluster a note has an order, not a place: up and down change it. @param {Note} note @param {Way} way */
  function reorder(note, way) {
    const siblings = layout().clusters.find((one) => one.id === note.cluster)?.notes ?? [];
    const at = siblings.findIndex((one) => one.id === note.id);
    const to = at + (way === "up" || way === "left" ? -1 : 1);
    if (at < 0 || to < 0 || to >= siblings.length) return;
    const beyond = siblings[to + (to > at ? 1 : -1)];
    const rank = beyond ? (siblings[to].rank + beyond.rank) / 2 : siblings[to].rank + (to > at ? 1 : -1);
    live.act(moveNotes({ moves: [{ note: note.id, cluster: note.cluster, rank }] }));
  }

  /** @param {string} id @param {Way} way */
  function arrow(id, way, far = false) {
    const note = live.store.get("note", id);
    if (!note) return;
    if (movable(note)) return note.cluster ? reorder(note, way) : push(note, way, far);
    const here = layout().notes.find((one) => one.id === id);
    const next = here && neighbour(here, layout().notes.filter((one) => one.id !== id), way);
    if (next) focus(next.id);
    else step(id, way === "left" || way === "up" ? -1 : 1);
  }

  /** @param {string} id @param {number} by */
  function step(id, by) {
    const { reading } = layout();
    const next = reading[Math.min(Math.max(reading.indexOf(id) + by, 0), reading.length - 1)];
    if (next) focus(next);
  }

  /** @param {KeyboardEvent} event @param {string} id @returns {boolean} whether the key was for us */
  function handle(event, id) {
    const { key } = event;
    if (WAYS[key]) arrow(id, WAYS[key], event.shiftKey);
    else if (key === "PageDown") step(id, 1);
    else if (key === "PageUp") step(id, -1);
    else if (key === "Home") step(id, -Infinity);
    else if (key === "End") step(id, Infinity);
    else if (key === "Enter" || key === "F2") acts.edit(id);
    else if (key === " ") acts.select(id);
    else if (key === "Delete" || key === "Backspace") acts.remove(id);
    else return false;
    return true;
  }

  const stops = [
    on(surface, "keydown", (event) => {
      if (event.defaultPrevented || event.altKey) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        flush();
        return event.shiftKey ? acts.redo() : acts.undo();
      }
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") {
        acts.leave();
        return;
      }
      const id = event.target.closest?.("[data-note]") ? current() : "";
      if (id && handle(event, id)) event.preventDefault();
    }),
    on(surface, "focusout", flush),
  ];

  return {
    flush,
    stop() {
      flush();
      stops.forEach((stop) => stop());
    },
  };
}
