/**
 * Undo and redo of one's own acts. An undo is an ordinary command built from the values that the act replaced; it is
 * offered only while the records still hold what the act put there, so nobody else's work is undone.
 *
 * Exports: createUndo.
 *   undo.depth   signal {undo, redo}: how many acts can be taken back and done again
 * @module
 */
import { signal } from "../vendor/ui.js";
import * as ask from "./commands.js";

/** @typedef {import("./types.js").Command} Command */
/** @typedef {import("./types.js").Note} Note */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {{kind: string, id: string, fields: Record<string, any>}} Expected */
/** @typedef {{command: Command, inverse: Command[], expects: Expected[]}} Act */

const KEPT = 60;

/** @param {Note} note @returns {import("./commands.js").NoteMove} the move that brings a note back where it is now */
const place = (note) => ({ note: note.id, zone: note.zone, cluster: note.cluster, x: note.x, y: note.y, rank: note.rank });

/** @param {Store} store @param {string[]} ids @returns {Note[]} */
const notesOf = (store, ids) => ids.flatMap((id) => store.get("note", id) ?? []);

/** @param {Store} store @param {string} cluster @returns {Note[]} */
const membersOf = (store, cluster) => store.all("note").filter((note) => note.cluster === cluster).sort((a, b) => a.rank - b.rank);

/** @param {Store} store @param {string} id @returns {Command[]} gathers a cluster anew, as it is now */
function regather(store, id) {
  const cluster = store.get("cluster", id);
  const notes = membersOf(store, id).map((note) => note.id);
  return cluster && notes.length > 0 ? [ask.gatherNotes({ notes, title: cluster.title, x: cluster.x, y: cluster.y })] : [];
}

/** @type {Record<string, (body: any, store: Store) => Command[]>} commands that undo one, from the values of now */
const INVERSES = {
  move_notes: (body, store) => [ask.moveNotes({ moves: notesOf(store, body.moves.map((/** @type {any} */ move) => move.note)).map(place) })],
  edit_note(body, store) {
    const note = store.get("note", body.note);
    return note ? [ask.editNote({ note: note.id, text: note.text, edition: note.edition + 1 })] : [];
  },
  tint_notes(body, store) {
    /** @type {Map<import("./types.js").Tint, string[]>} */
    const before = new Map();
    for (const note of notesOf(store, body.notes)) before.set(note.tint, [...(before.get(note.tint) ?? []), note.id]);
    return [...before].map(([tint, notes]) => ask.tintNotes({ notes, tint }));
  },
  withdraw_notes: (body) => [ask.restoreNotes(body)],
  restore_notes: (body) => [ask.withdrawNotes(body)],
  set_aside: (body) => [ask.setAside({ notes: body.notes, aside: !body.aside })],
  gather_notes: (body, store) => [ask.moveNotes({ moves: notesOf(store, body.notes).map(place) })],
  release_notes: (body, store) => [ask.moveNotes({ moves: notesOf(store, body.notes).map(place) })],
  rename_cluster(body, store) {
    const cluster = store.get("cluster", body.cluster);
    return cluster ? [ask.renameCluster({ cluster: cluster.id, title: cluster.title })] : [];
  },
  move_cluster(body, store) {
    const cluster = store.get("cluster", body.cluster);
    return cluster ? [ask.moveCluster({ cluster: cluster.id, zone: cluster.zone, x: cluster.x, y: cluster.y })] : [];
  },
  merge_clusters: (body, store) => body.clusters.filter((/** @type {string} */ id) => id !== body.into).flatMap((/** @type {string} */ id) => regather(store, id)),
  split_cluster: (body, store) => [ask.moveNotes({ moves: notesOf(store, body.notes).map(place) })],
  dissolve_cluster: (body, store) => regather(store, body.cluster),
  remove_sheet: (body) => [ask.removeSheet({ sheet: body.sheet, removed: !(body.removed ?? true) })],
  edit_sheet(body, store) {
    const sheet = /** @type {any} */ (store.get("sheet", body.sheet));
    const before = Object.fromEntries(Object.keys(body).filter((key) => key !== "sheet").map((key) => [key, sheet?.[key]]));
    return sheet ? [ask.editSheet({ sheet: body.sheet, ...before })] : [];
  },
};

/** What must still hold for an undo to be honest. @type {Record<string, (body: any) => Expected[]>} */
const EXPECTS = {
  move_notes: (body) => body.moves.map((/** @type {any} */ move) => ({ kind: "note", id: move.note,
    fields: { cluster: move.cluster ?? "", ...(move.cluster ? {} : { zone: move.zone ?? "" }), ...(move.x || move.y ? { x: move.x, y: move.y } : {}) } })),
  edit_note: (body) => [{ kind: "note", id: body.note, fields: { text: body.text } }],
  tint_notes: (body) => body.notes.map((/** @type {string} */ id) => ({ kind: "note", id, fields: { tint: body.tint } })),
  rename_cluster: (body) => [{ kind: "cluster", id: body.cluster, fields: { title: body.title } }],
  move_cluster: (body) => [{ kind: "cluster", id: body.cluster, fields: { x: body.x, y: body.y } }],
  edit_sheet: ({ sheet, ...fields }) => [{ kind: "sheet", id: sheet, fields }],
};

/**
 * @param {object} options
 * @param {Store} options.store
 * @param {(command: Command) => {id: string, outcome: Promise<{done: boolean}>}} options.send
 */
export function createUndo({ store, send }) {
  /** @type {Act[]} */
  let past = [];
  /** @type {Act[]} */
  let future = [];
  const depth = signal({ undo: 0, redo: 0 });

  const say = () => void (depth.value = { undo: past.length, redo: future.length });

  /** @param {Command} command @returns {Act|null} before it is sent: the values of now are those to bring back */
  function actOf(command) {
    if (command.name === "add_notes") return { command, inverse: [], expects: [] };
    const inverse = INVERSES[command.name]?.(command.body, store) ?? [];
    return inverse.length > 0 ? { command, inverse, expects: EXPECTS[command.name]?.(command.body) ?? [] } : null;
  }

  /** @param {Act} act */
  const holds = (act) => act.expects.every(({ kind, id, fields }) => {
    const record = /** @type {any} */ (store.get(/** @type {any} */ (kind), id));
    return record && Object.entries(fields).every(([key, value]) => record[key] === value);
  });

  /** Sends a command; what it made is known once it is done. @param {Command} command @param {Act} act */
  function dispatch(command, act) {
    const before = command.name === "add_notes" ? new Set(store.all("note").map((note) => note.id)) : null;
    const sent = send(command);
    void sent.outcome.then(({ done }) => {
      if (!done) {
        past = past.filter((one) => one !== act);
        future = future.filter((one) => one !== act);
        return say();
      }
      if (!before) return;
      const texts = new Set(command.body.notes.map((/** @type {any} */ note) => note.text.trim()));
      const made = store.all("note").filter((note) => !before.has(note.id) && !note.unsent && texts.has(note.text) && store.get("authorship", note.id));
      act.inverse = made.length > 0 ? [ask.withdrawNotes({ notes: made.map((note) => note.id) })] : [];
    });
    return sent;
  }

  /** @param {Act[]} from @param {Act[]} to @returns {Act|"changed"|null} */
  function step(from, to) {
    const act = from.pop();
    if (!act) return null;
    if (act.inverse.length === 0 || !holds(act)) {
      say();
      return "changed";
    }
    for (const command of act.inverse) {
      const back = actOf(command) ?? { command, inverse: [], expects: [] };
      to.push(back);
      dispatch(command, back);
    }
    say();
    return act;
  }

  return {
    depth,
    /** Sends a command as an act of one's own that can be taken back. @param {Command} command */
    send(command) {
      const act = actOf(command);
      if (!act) return send(command);
      past = [...past, act].slice(-KEPT);
      future = [];
      const sent = dispatch(command, act);
      say();
      return sent;
    },
    /** @returns {"done"|"changed"|"nothing"} "changed": someone has touched it since, so it stays */
    undo: () => said(step(past, future)),
    /** @returns {"done"|"changed"|"nothing"} */
    redo: () => said(step(future, past)),
  };
}

/** @param {Act|"changed"|null} result */
const said = (result) => (result === null ? "nothing" : result === "changed" ? "changed" : "done");
