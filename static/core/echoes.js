/**
 * What a command is expected to change, shown until the server answers. These are guesses for the eye, never rules:
 * whatever the server says wins, and a refusal makes the guess disappear. Commands not listed wait for the answer.
 *
 * Exports: echoOf, provisionalId.
 * @module
 */

/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Note} Note */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {{id: string, seat: string, now: number}} EchoContext command id in hexadecimal, own seat, server time */

/** The id shown for what a command is about to make. @param {string} command @param {number} [i] */
export const provisionalId = (command, i = 0) => `~${command}.${i}`;

/** @param {Store} store @param {string[]} ids @param {Record<string, any>} fields @returns {Change[]} */
const setNotes = (store, ids, fields) =>
  ids.filter((id) => store.get("note", id)).map((id) => ({ set: { kind: "note", id, ...fields } }));

/** @param {Store} store @param {(note: Note) => boolean} where */
function lastRank(store, where) {
  let last = 0;
  for (const note of store.all("note")) if (where(note) && note.rank > last) last = note.rank;
  return last;
}

/** Laid out by the board until the server says where. */
const UNPLACED = { x: -1, y: -1 };

/** @param {Store} store @param {import("./commands.js").NoteMove} move @returns {Change[]} */
function moved(store, move) {
  const note = store.get("note", move.note);
  if (!note) return [];
  const zone = move.cluster ? store.get("cluster", move.cluster)?.zone ?? "" : move.zone ?? "";
  const stays = !move.cluster && !note.cluster && zone === note.zone;
  const said = move.x || move.y ? { x: move.x ?? 0, y: move.y ?? 0 } : stays || move.cluster ? {} : UNPLACED;
  const tint = store.get("board", note.board)?.tints[note.tint] ? note.tint : store.get("zone", zone)?.tint ?? "";
  const rank = move.rank ?? (move.cluster && move.cluster !== note.cluster ? lastRank(store, (one) => one.cluster === move.cluster) + 1 : note.rank);
  return setNotes(store, [move.note], { zone, cluster: move.cluster ?? "", tint, rank, ...said });
}

/** @type {Record<string, (body: any, store: Store, context: EchoContext) => Change[]>} */
const ECHOES = {
  add_notes(body, store, { id, seat }) {
    const block = body.block || store.get("session", "session")?.block || "";
    const secret = store.get("block", block)?.notes === "author" && !store.get("block", block)?.revealed;
    const scope = store.get("board", body.board)?.scope ?? "everyone";
    const rank = lastRank(store, (note) => note.board === body.board);
    return body.notes.flatMap((/** @type {any} */ asked, /** @type {number} */ i) => {
      const note = provisionalId(id, i);
      const tint = asked.tint || store.get("zone", asked.zone ?? "")?.tint || "";
      return [
        { put: { kind: "note", id: note, board: body.board, block, text: asked.text, zone: asked.zone ?? "", cluster: "", tint,
          x: asked.x ?? -1, y: asked.y ?? -1, rank: rank + 1 + i, scope: secret ? "author" : scope, withdrawn: false,
          aside: false, edition: 1, at: 0, origin: "", unsent: true } },
        { put: { kind: "authorship", id: note, seat: asked.seat || seat, occupant: asked.occupant ?? "", typist: "",
          sealed: false, scope: "author" } },
      ];
    });
  },
  edit_note(body, store) {
    const note = store.get("note", body.note);
    return note && note.edition === body.edition ? setNotes(store, [body.note], { text: body.text }) : [];
  },
  move_notes: (body, store) => body.moves.flatMap((/** @type {any} */ move) => moved(store, move)),
  tint_notes: (body, store) => setNotes(store, body.notes, { tint: body.tint }),
  withdraw_notes: (body, store) => setNotes(store, body.notes, { withdrawn: true }),
  restore_notes: (body, store) => setNotes(store, body.notes, { withdrawn: false }),
  set_aside: (body, store) => setNotes(store, body.notes, { aside: body.aside }),
  gather_notes(body, store, { id }) {
    const first = store.get("note", body.notes[0]);
    if (!first) return [];
    const cluster = body.cluster || provisionalId(id);
    const zone = store.get("cluster", cluster)?.zone ?? first.zone;
    const rank = lastRank(store, (note) => note.cluster === cluster);
    /** @type {Change[]} */
    const changes = body.notes.flatMap((/** @type {string} */ note, /** @type {number} */ i) =>
      setNotes(store, [note], { cluster, zone, rank: rank + 1 + i }));
    if (!body.cluster) {
      changes.unshift({ put: { kind: "cluster", id: cluster, board: first.board, title: body.title ?? "", zone,
        ...(body.x || body.y ? { x: body.x ?? 0, y: body.y ?? 0 } : UNPLACED), rank: Number.MAX_SAFE_INTEGER, unsent: true } });
    }
    return changes;
  },
  release_notes: (body, store) => setNotes(store, body.notes, { cluster: "", ...UNPLACED }),
  edit_block: ({ block, ...fields }, store) => (store.get("block", block) ? [{ set: { kind: "block", id: block, ...fields } }] : []),
  rename_cluster: (body, store) =>
    store.get("cluster", body.cluster) ? [{ set: { kind: "cluster", id: body.cluster, title: body.title } }] : [],
  move_cluster: (body, store) =>
    store.get("cluster", body.cluster)
      ? [{ set: { kind: "cluster", id: body.cluster, zone: body.zone ?? "", x: body.x, y: body.y } },
         ...store.all("note").filter((note) => note.cluster === body.cluster)
           .map((note) => ({ set: { kind: "note", id: note.id, zone: body.zone ?? "" } }))]
      : [],
  merge_clusters(body, store) {
    const poured = body.clusters.filter((/** @type {string} */ id) => id !== body.into);
    const zone = store.get("cluster", body.into)?.zone ?? "";
    let rank = lastRank(store, (note) => note.cluster === body.into);
    return [
      ...store.all("note").filter((note) => poured.includes(note.cluster))
        .map((note) => ({ set: { kind: "note", id: note.id, cluster: body.into, zone, rank: ++rank } })),
      ...poured.map((/** @type {string} */ id) => ({ remove: /** @type {[string, string]} */ (["cluster", id]) })),
    ];
  },
  dissolve_cluster: (body, store) => [
    ...store.all("note").filter((note) => note.cluster === body.cluster)
      .map((note) => ({ set: { kind: "note", id: note.id, cluster: "", ...UNPLACED } })),
    { remove: /** @type {[string, string]} */ (["cluster", body.cluster]) },
  ],
  cast_ballot(body, store, { seat }) {
    const head = body.head ?? 1;
    if (body.final) {
      // Deposited: nobody sees it any more, but that this head has answered is known at once.
      const id = `${body.round}:${seat}`;
      return [{ put: { kind: "receipt", id, round: body.round, seat, heads: [...new Set([...(store.get("receipt", id)?.heads ?? []), head])] } }];
    }
    return [{ put: { kind: "ballot", id: `${body.round}:${seat}:${head}`, round: body.round, seat, head, marks: body.marks ?? {},
      abstains: body.abstains ?? false, comment: body.comment ?? "", final: false } }];
  },
  raise_hand: (body, _store, { seat, now }) => [{ put: { kind: "call", id: seat, reason: body.reason ?? "hand", at: now } }],
  lower_hand: (body) => [{ remove: ["call", body.seat] }],
  edit_sheet(body, store) {
    const { sheet, ...fields } = body;
    return store.get("sheet", sheet) ? [{ set: { kind: "sheet", id: sheet, ...fields } }] : [];
  },
  remove_sheet: (body, store) =>
    store.get("sheet", body.sheet) ? [{ set: { kind: "sheet", id: body.sheet, removed: body.removed ?? true } }] : [],
  lock_session: (body) => [{ set: { kind: "session", id: "session", locked: body.locked } }],
  hold_wall: (body, store) => (store.get("wall", "wall") ? [{ set: { kind: "wall", id: "wall", held: body.held } }] : []),
  rename_seat: (body, store) =>
    store.get("seat", body.seat) ? [{ set: { kind: "seat", id: body.seat, name: body.name } }] : [],
  set_heads: (body, store) =>
    store.get("seat", body.seat) ? [{ set: { kind: "seat", id: body.seat, heads: body.heads } }] : [],
};

/**
 * @param {import("./types.js").Command} command @param {Store} store @param {EchoContext} context
 * @returns {Change[]} the changes to show meanwhile; empty when nothing can be guessed
 */
export function echoOf(command, store, context) {
  return ECHOES[command.name]?.(command.body, store, context) ?? [];
}
