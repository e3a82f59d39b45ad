/**
 * The records that this seat sees, by kind and id, in two layers: what the server confirmed, and over it the
 * expected effects of commands not answered yet. Reading merges them; a dropped effect lets the confirmed
 * record show again. Records are frozen.
 *
 * Exports: createStore.
 *   store.get(kind, id), store.all(kind)   reads; inside a component or effect they subscribe to that kind
 *   store.watch(kind, fn)                  fn(changedIds) once per frame; returns the way to stop
 *   store.own, store.gauges, store.hints   signals: the id of one's own seat, counts, what others are doing
 * @module
 */
import { batch, signal } from "../vendor/ui.js";

/** @typedef {import("./types.js").AnyRecord} AnyRecord */
/** @typedef {import("./types.js").Kind} Kind */
/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Gauges} Gauges */
/** @typedef {import("./types.js").Hint} Hint */
/** @typedef {ReturnType<typeof createStore>} Store */

/** Runs once per frame; a hidden tab draws no frames, so there a timer takes over. @param {() => void} fn */
function nextFrame(fn) {
  if (typeof requestAnimationFrame === "function" && !document.hidden) requestAnimationFrame(fn);
  else setTimeout(fn, 60);
}

/** @param {(fn: () => void) => void} [schedule] how to run the batched announcement of changes */
export function createStore(schedule = nextFrame) {
  /** @type {Map<string, Map<string, any>>} */
  let confirmed = new Map();
  /** @type {Map<string, Set<string>>} the parts of the view that hold a record; without any, it is gone */
  let holders = new Map();
  /** @type {Map<string, Map<string, any>>} */
  const merged = new Map();
  /** @type {Map<string, Change[]>} effects by command id, in order of asking */
  const overlay = new Map();
  /** @type {Map<string, import("../vendor/ui.js").Signal<number>>} */
  const versions = new Map();
  /** @type {Map<string, readonly any[]>} */
  const lists = new Map();
  /** @type {Map<string, Set<(ids: Set<string>) => void>>} */
  const watchers = new Map();
  /** @type {Map<string, Set<string>>} changed ids by kind, since the last announcement */
  let dirty = new Map();
  let scheduled = false;

  const own = signal("");
  /** @type {import("../vendor/ui.js").Signal<Gauges>} */
  const gauges = signal({ type: "gauges" });
  /** @type {import("../vendor/ui.js").Signal<Hint[]>} */
  const hints = signal([]);

  /** @param {Map<string, Map<string, any>>} tables @param {string} kind @returns {Map<string, any>} */
  function table(tables, kind) {
    let found = tables.get(kind);
    if (!found) tables.set(kind, (found = new Map()));
    return found;
  }

  /** @param {string} kind */
  function version(kind) {
    let found = versions.get(kind);
    if (!found) versions.set(kind, (found = signal(0)));
    return found;
  }

  /** @param {string} kind @param {string} id @param {string} part */
  function hold(kind, id, part) {
    const key = `${kind} ${id}`;
    const parts = holders.get(key);
    if (parts) parts.add(part);
    else holders.set(key, new Set([part]));
  }

  /** @param {string} kind @param {string} id @param {string} part @returns {boolean} whether no part holds it any more */
  function letGo(kind, id, part) {
    const key = `${kind} ${id}`;
    const parts = holders.get(key);
    parts?.delete(part);
    if (parts && parts.size > 0) return false;
    holders.delete(key);
    return true;
  }

  /** The record as layered now: confirmed, then every waiting effect on it. @param {string} kind @param {string} id */
  function layered(kind, id) {
    let record = confirmed.get(kind)?.get(id);
    for (const changes of overlay.values()) {
      for (const change of changes) {
        if ("put" in change) {
          if (change.put.kind === kind && change.put.id === id) record = change.put;
        } else if ("set" in change) {
          if (record && change.set.kind === kind && change.set.id === id) record = { ...record, ...change.set };
        } else if (change.remove[0] === kind && change.remove[1] === id) record = undefined;
      }
    }
    return record;
  }

  /** @param {string} kind @param {string} id */
  function refresh(kind, id) {
    const record = layered(kind, id);
    const rows = table(merged, kind);
    if (record === undefined ? !rows.has(id) : rows.get(id) === record) return;
    if (record === undefined) rows.delete(id);
    else rows.set(id, Object.freeze(record));
    lists.delete(kind);
    let ids = dirty.get(kind);
    if (!ids) dirty.set(kind, (ids = new Set()));
    ids.add(id);
    if (!scheduled) {
      scheduled = true;
      schedule(flush);
    }
  }

  /** @param {Change} change @returns {[string, string]} */
  const keyOf = (change) =>
    "put" in change ? [change.put.kind, change.put.id] : "set" in change ? [change.set.kind, change.set.id] : change.remove;

  /** Announces what changed: signals first, then watchers. Also callable at once, by tests and by focus moves. */
  function flush() {
    scheduled = false;
    if (dirty.size === 0) return;
    const changed = dirty;
    dirty = new Map();
    batch(() => {
      for (const kind of changed.keys()) version(kind).value++;
    });
    for (const [kind, ids] of changed) {
      for (const fn of watchers.get(kind) ?? []) fn(ids);
    }
  }

  return {
    own,
    gauges,
    hints,
    flush,

    /**
     * @template {Kind} K
     * @param {K} kind @param {string} id
     * @returns {import("./types.js").Records[K]|undefined}
     */
    get(kind, id) {
      void version(kind).value;
      return merged.get(kind)?.get(id);
    },

    /**
     * @template {Kind} K
     * @param {K} kind
     * @returns {readonly import("./types.js").Records[K][]} every record of a kind, in the order first seen; kept until one changes
     */
    all(kind) {
      void version(kind).value;
      let list = lists.get(kind);
      if (!list) lists.set(kind, (list = Object.freeze([...table(merged, kind).values()])));
      return list;
    },

    /**
     * What the server last confirmed, without waiting effects.
     * @template {Kind} K
     * @param {K} kind @param {string} id
     * @returns {import("./types.js").Records[K]|undefined}
     */
    confirmed: (kind, id) => confirmed.get(kind)?.get(id),

    /**
     * A fresh view replaces everything confirmed; waiting effects stay over it.
     * @param {readonly {part: string, records: readonly AnyRecord[]}[]} view
     */
    replace(view) {
      const before = confirmed;
      confirmed = new Map();
      holders = new Map();
      for (const { part, records } of view) {
        for (const record of records) {
          table(confirmed, record.kind).set(record.id, Object.freeze(record));
          hold(record.kind, record.id, part);
        }
      }
      for (const tables of [before, confirmed]) {
        for (const [kind, rows] of tables) for (const id of rows.keys()) refresh(kind, id);
      }
    },

    /**
     * What one part of the view learns. A record leaves when the last part that held it lets go, so that frames of
     * several parts may come in any order.
     * @param {{part?: string, put?: readonly AnyRecord[], set?: readonly {kind: string, id: string}[], remove?: readonly [string, string][]}} patch
     */
    patch({ part = "everyone", put = [], set = [], remove = [] }) {
      for (const [kind, id] of remove) {
        if (!letGo(kind, id, part)) continue;
        confirmed.get(kind)?.delete(id);
        refresh(kind, id);
      }
      for (const record of put) {
        hold(record.kind, record.id, part);
        table(confirmed, record.kind).set(record.id, Object.freeze(record));
        refresh(record.kind, record.id);
      }
      for (const fields of set) {
        const rows = table(confirmed, fields.kind);
        const before = rows.get(fields.id);
        if (!before) continue;
        rows.set(fields.id, Object.freeze({ ...before, ...fields }));
        refresh(fields.kind, fields.id);
      }
    },

    /** Lays the expected effect of a command over the confirmed records. @param {string} id @param {Change[]} changes */
    expect(id, changes) {
      overlay.set(id, changes);
      for (const change of changes) refresh(...keyOf(change));
    },

    /** Forgets the expected effect of a command: answered, refused or given up. @param {string} id */
    drop(id) {
      const changes = overlay.get(id);
      overlay.delete(id);
      for (const change of changes ?? []) refresh(...keyOf(change));
    },

    /**
     * @param {Kind} kind @param {(ids: Set<string>) => void} fn called once per frame with the ids that changed
     * @returns {() => void} stops watching
     */
    watch(kind, fn) {
      let fns = watchers.get(kind);
      if (!fns) watchers.set(kind, (fns = new Set()));
      fns.add(fn);
      return () => void fns?.delete(fn);
    },
  };
}
