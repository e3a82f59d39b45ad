/**
 * Where commands wait on this device until the server has answered: IndexedDB, by session, seat and tab.
 * Where there is none (private browsing), memory serves and nothing is promised across a reload.
 * A tab holds a lock under its name for as long as it lives, so what a dead tab left is found and taken over;
 * without locks (plain http) everything left is taken, which is harmless: a command id has one effect.
 *
 * Exports: openOutbox, memoryOutbox, lasts.
 * @module
 */

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {{tab: string, put: (entry: Entry) => void, remove: (id: string) => void, left: () => Promise<Entry[]>}} Outbox
 *   `left()` resolves with what earlier pages of this seat did not get answered, oldest first. */

const STORE = "commands";

/** @returns {Outbox} an outbox that lives as long as the page */
export function memoryOutbox() {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  return {
    tab: "memory",
    put: (entry) => void entries.set(entry.id, entry),
    remove: (id) => void entries.delete(id),
    left: () => Promise.resolve([]),
  };
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("pasdecote", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["place", "id"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

/** Whether what is written on this device outlives the page: tried for real, on both of its stores. @returns {Promise<boolean>} */
export async function lasts() {
  try {
    localStorage.setItem("pdc:try", "1");
    localStorage.removeItem("pdc:try");
    (await openDatabase()).close();
    return true;
  } catch {
    return false;
  }
}

/** Holds a lock named after a tab until the page goes. @param {string} name @returns {Promise<boolean>} false when another holds it */
function hold(name) {
  return new Promise((resolve) => {
    navigator.locks
      .request(`pdc:${name}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(() => resolve(true));
  });
}

/** This tab's name; a duplicated tab copies its session storage, but not the lock. @returns {Promise<string>} */
async function nameTab() {
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  let name = fresh();
  try {
    name = sessionStorage.getItem("pdc:tab") ?? name;
    if (navigator.locks && !(await hold(name))) {
      name = fresh();
      await hold(name);
    }
    sessionStorage.setItem("pdc:tab", name);
  } catch {
    // No session storage: a name for this page alone.
  }
  return name;
}

/** @returns {Promise<Set<string>>} names of the tabs alive, or empty where locks cannot tell */
async function livingTabs() {
  if (!navigator.locks) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map((lock) => (lock.name ?? "").replace(/^pdc:/, "")));
}

/**
 * @param {string} session @param {string} seat
 * @returns {Promise<Outbox>} never rejects: falls back to memory
 */
export async function openOutbox(session, seat) {
  const place = `${session}:${seat}`;
  try {
    const [database, tab] = await Promise.all([openDatabase(), nameTab()]);
    const within = (/** @type {IDBTransactionMode} */ mode) => database.transaction(STORE, mode).objectStore(STORE);
    return {
      tab,
      put(entry) {
        try {
          within("readwrite").put({ place, ...entry });
        } catch {
          // Storage refused: the entry lives in memory, and the page says that it waits.
        }
      },
      remove(id) {
        try {
          within("readwrite").delete([place, id]);
        } catch {
          // A leftover is replayed once more, without effect.
        }
      },
      async left() {
        const alive = await livingTabs();
        alive.delete(tab);
        /** @type {(Entry & {place: string})[]} */
        const rows = await new Promise((resolve, reject) => {
          const request = within("readonly").getAll(IDBKeyRange.bound([place], [place, []]));
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        return rows.filter((row) => !alive.has(row.tab)).sort((a, b) => a.at - b.at).map(({ place: _place, ...entry }) => entry);
      },
    };
  } catch {
    return memoryOutbox();
  }
}
