/**
 * Text being written, kept on this device so that a reload, a dead battery or a killed tab loses nothing.
 * Written at once (localStorage is synchronous), by session, seat and field; forgotten once sent, or after two weeks.
 *
 * Exports: createDrafts.
 * @module
 */

const PREFIX = "pdc:draft:";
const KEPT = 14 * 24 * 3600 * 1000;

/** @typedef {{get: (field: string) => string, set: (field: string, text: string) => void, clear: (field: string) => void,
 *   fields: () => string[]}} Drafts */

/**
 * @param {string} session @param {() => string} seat own seat id, "" before it is known
 * @param {Storage|null} [storage] @param {() => number} [now]
 * @returns {Drafts} fields are free names: "compose", "note:<id>"…
 */
export function createDrafts(session, seat, storage = safeStorage(), now = Date.now) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  const prefix = () => `${PREFIX}${session}:${seat()}:`;

  /** @param {string} key @returns {string} */
  function read(key) {
    try {
      return JSON.parse(storage?.getItem(key) ?? "null")?.text ?? memory.get(key) ?? "";
    } catch {
      return memory.get(key) ?? "";
    }
  }

  /** @param {string} field */
  function clear(field) {
    memory.delete(prefix() + field);
    storage?.removeItem(prefix() + field);
  }

  forgetOld(storage, now());
  return {
    clear,
    get: (field) => read(prefix() + field),
    set(field, text) {
      const key = prefix() + field;
      if (text === "") return clear(field);
      memory.set(key, text);
      try {
        storage?.setItem(key, JSON.stringify({ text, at: now() }));
      } catch {
        // Storage full or forbidden: the page itself still holds the text.
      }
    },
    fields: () =>
      [...new Set([...memory.keys(), ...keysOf(storage)])]
        .filter((key) => key.startsWith(prefix()))
        .map((key) => key.slice(prefix().length)),
  };
}

/** @returns {Storage|null} null where the browser forbids it */
function safeStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** @param {Storage|null} storage @returns {string[]} */
function keysOf(storage) {
  return storage ? Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "") : [];
}

/** @param {Storage|null} storage @param {number} now */
function forgetOld(storage, now) {
  for (const key of keysOf(storage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      if (now - JSON.parse(storage?.getItem(key) ?? "{}").at < KEPT) continue;
    } catch {
      // Not ours to read: gone.
    }
    storage?.removeItem(key);
  }
}
