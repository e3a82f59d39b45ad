/**
 * Commands asked and not answered yet. Each is kept with its id, shown as if done, sent, and sent again with the
 * same id after every fresh view, until the server says done or refuses it for good. A refusal takes the guess
 * back and offers what was written to the person: no text is ever thrown away.
 *
 * Exports: createPending.
 *   pending.save       signal {state: "saved" | "saving" | "waiting", count}; "waiting" once the oldest is 2 s old
 *   pending.refusals   signal of refused entries {id, name, body, code, message}, until dismissed
 * @module
 */
import { batch, signal } from "../vendor/ui.js";
import { echoOf } from "./echoes.js";
import { memoryOutbox } from "./outbox.js";
import { t } from "./i18n.js";
import { FrameError, hex, newId, unhex } from "./wire.js";

/** @typedef {import("./types.js").Command} Command */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {{done: boolean, code?: string, message?: string}} Outcome */

const WINDOW = 16; // most commands under way at once: below the server's burst, with room for hints
const SAID_AFTER = 2000;
const RETRY = 500;
const RETRY_SPREAD = 1500;
/** Refusals that say « not now »: the command waits and goes again by itself. */
const NOT_FINAL = new Set(["busy", "too_fast", "storage_full", "storage_broken", "degraded"]);

/** @param {Entry} entry @returns {string[]} the texts that a person wrote in a command */
export function textsOf(entry) {
  const { body } = entry;
  if (Array.isArray(body.notes) && typeof body.notes[0] === "object") return body.notes.map((/** @type {any} */ note) => note.text);
  return [body.text, body.what, body.comment].filter((text) => typeof text === "string" && text.trim() !== "");
}

/**
 * @param {object} options
 * @param {import("./store.js").Store} options.store
 * @param {(frame: import("./types.js").ClientFrame) => boolean} options.write sends a frame; false when it cannot leave now
 * @param {import("./clock.js").Clock} options.clock
 * @param {() => string} options.seat own seat id, "" before it is known
 * @param {() => number} [options.random]
 * @param {{setTimeout: (fn: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} [options.timers]
 */
export function createPending(options) {
  const { store, write, clock, seat } = options;
  const random = options.random ?? Math.random;
  const timers = options.timers ?? { setTimeout: globalThis.setTimeout.bind(globalThis), clearTimeout: globalThis.clearTimeout.bind(globalThis) };

  /** @type {Map<string, Entry>} in order of asking */
  const entries = new Map();
  /** @type {Set<string>} sent on this connection and not answered */
  const sent = new Set();
  /** @type {Set<string>} told « not now », resting */
  const resting = new Set();
  /** @type {Map<string, (outcome: Outcome) => void>} */
  const waiting = new Map();
  let outbox = memoryOutbox();
  /** @type {any} */
  let lateTimer = null;

  /** @type {import("../vendor/ui.js").Signal<import("./types.js").SaveState>} */
  const save = signal({ state: "saved", count: 0 });
  /** @type {import("../vendor/ui.js").Signal<Entry[]>} */
  const refusals = signal([]);

  function say() {
    timers.clearTimeout(lateTimer);
    const count = entries.size;
    if (count === 0) {
      save.value = { state: "saved", count: 0 };
      return;
    }
    const [oldest] = entries.values();
    const left = SAID_AFTER - (clock.local() - oldest.at);
    if (left > 0) lateTimer = timers.setTimeout(say, left);
    const state = left > 0 && save.peek().state !== "waiting" ? "saving" : "waiting";
    const before = save.peek();
    if (before.state !== state || before.count !== count) save.value = { state, count };
  }

  /** Shows an entry's expected effect. @param {Entry} entry */
  const echo = (entry) => store.expect(entry.id, echoOf(entry, store, { id: entry.id, seat: seat(), now: clock.now() }));

  /** @param {Entry} entry @returns {boolean} false when nothing can leave now; what is too large is refused here, as the server would */
  function go(entry) {
    try {
      if (!write({ type: "command", id: unhex(entry.id), name: entry.name, body: entry.body })) return false;
      sent.add(entry.id);
    } catch (problem) {
      if (!(problem instanceof FrameError)) throw problem;
      refuse(entry, "too_large", t("C’est trop long pour partir d’un seul coup. Faites-en plusieurs envois."));
    }
    return true;
  }

  /** @param {Entry} entry @param {string} code @param {string} message takes the guess back, and keeps what was written */
  function refuse(entry, code, message) {
    const kept = { ...entry, code, message };
    settle(entry.id, { done: false, code, message });
    if (textsOf(kept).length > 0) outbox.put(kept);
    else outbox.remove(entry.id);
    refusals.value = [...refusals.peek(), kept];
  }

  /** Sends what may leave, in order, within the window. */
  function push() {
    for (const entry of entries.values()) {
      if (sent.size >= WINDOW) return;
      if (sent.has(entry.id) || resting.has(entry.id)) continue;
      if (!go(entry)) return;
    }
  }

  /** @param {string} id @param {Outcome} outcome */
  function settle(id, outcome) {
    entries.delete(id);
    sent.delete(id);
    resting.delete(id);
    store.drop(id);
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  }

  return {
    save,
    refusals,

    /**
     * Asks for something: shown at once, kept until answered.
     * @param {Command} command
     * @returns {{id: string, outcome: Promise<Outcome>}} `outcome` never rejects; it waits as long as the answer does
     */
    send(command) {
      const id = hex(newId());
      const entry = { id, name: command.name, body: command.body, at: clock.local(), tab: outbox.tab };
      entries.set(id, entry);
      outbox.put(entry);
      echo(entry);
      /** @type {Promise<Outcome>} */
      const outcome = new Promise((resolve) => waiting.set(id, resolve));
      push();
      say();
      return { id, outcome };
    },

    /** The connection carries a whole view again: everything unanswered goes (again), with the same ids. */
    resend() {
      sent.clear();
      resting.clear();
      push();
      say();
    },

    /** Lays all expected effects anew over a fresh view. */
    echoAll() {
      for (const entry of entries.values()) echo(entry);
    },

    /** @param {string[]} ids */
    done(ids) {
      batch(() => {
        for (const id of ids) {
          settle(id, { done: true });
          outbox.remove(id);
        }
        push();
        say();
      });
    },

    /** @param {string} id @param {string} code @param {string} message */
    refused(id, code, message) {
      const entry = entries.get(id);
      if (!entry) return;
      if (NOT_FINAL.has(code)) {
        sent.delete(id);
        resting.add(id);
        timers.setTimeout(() => {
          if (resting.delete(id)) push();
        }, RETRY + random() * RETRY_SPREAD);
        return;
      }
      refuse(entry, code, message);
      push();
      say();
    },

    /** The person has read a refusal, and taken or given up its text. @param {string} id */
    dismiss(id) {
      outbox.remove(id);
      refusals.value = refusals.peek().filter((entry) => entry.id !== id);
    },

    /**
     * Takes over a lasting outbox, with what earlier pages left there.
     * @param {import("./outbox.js").Outbox} lasting
     */
    async adopt(lasting) {
      const left = await lasting.left().catch(() => /** @type {Entry[]} */ ([]));
      outbox = lasting;
      const own = [...entries.values()];
      entries.clear();
      const refusedBefore = [];
      for (const entry of [...left, ...own]) {
        if (entry.code) refusedBefore.push(entry);
        else entries.set(entry.id, entry);
        outbox.put({ ...entry, tab: lasting.tab });
      }
      if (refusedBefore.length > 0) refusals.value = [...refusedBefore, ...refusals.peek()];
      for (const entry of entries.values()) echo(entry);
      push();
      say();
    },

    /** Ids of commands not answered yet. */
    ids: () => [...entries.keys()],
  };
}
