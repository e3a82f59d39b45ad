/**
 * One polite status line for a whole page: what happens is said in batches, at most once in five seconds, and what
 * the person did oneself at once.
 *
 * Exports: createAnnouncer.
 *   announcer.line   signal of the sentence to show and read aloud
 *   announcer.muted  signal; while true nothing is said of what others do
 * @module
 */
import { signal } from "../vendor/ui.js";

const EVERY = 5000;

/** @typedef {ReturnType<typeof createAnnouncer>} Announcer */

/** @param {{setTimeout: (fn: () => void, ms: number) => any}} [timers] @param {() => number} [now] */
export function createAnnouncer(timers = { setTimeout: globalThis.setTimeout.bind(globalThis) }, now = Date.now) {
  const line = signal("");
  const muted = signal(false);
  /** @type {Map<string, {count: number, words: (n: number) => string}>} */
  let waiting = new Map();
  let last = -EVERY;
  let scheduled = false;

  function speak() {
    scheduled = false;
    if (waiting.size === 0) return;
    last = now();
    line.value = [...waiting.values()].map(({ count, words }) => words(count)).join(", ");
    waiting = new Map();
  }

  return {
    line,
    muted,
    /** Says a sentence at once: the answer to something the person did. @param {string} sentence */
    say(sentence) {
      last = now();
      // The same sentence twice is still said twice: a screen reader hears only changes.
      line.value = line.peek() === sentence ? `${sentence}\u00a0` : sentence;
    },
    /**
     * Counts something that others did, to be said with the rest.
     * @param {string} what a name that groups alike events @param {(n: number) => string} words « 3 nouvelles notes »
     * @param {number} [n]
     */
    count(what, words, n = 1) {
      if (muted.peek()) return;
      waiting.set(what, { count: (waiting.get(what)?.count ?? 0) + n, words });
      if (scheduled) return;
      scheduled = true;
      timers.setTimeout(speak, Math.max(400, last + EVERY - now()));
    },
  };
}
