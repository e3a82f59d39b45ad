/**
 * One polite status line for a whole page: what happens is said in order, each sentence once, none chased away by the
 * next; what others do comes in batches, at most once in five seconds.
 *
 * Exports: createAnnouncer.
 *   announcer.line   signal of the sentence to show and read aloud
 *   announcer.muted  signal; while true nothing is said of what others do
 * @module
 */
import { signal } from "../vendor/ui.js";

const EVERY = 5000;
/** A sentence stays at least this long (ms): a screen reader that is given the next one at once forgets the first. */
const STAYS = 1200;

/** @typedef {ReturnType<typeof createAnnouncer>} Announcer */

/** @param {string} text @returns {string} */
const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** @param {{setTimeout: (fn: () => void, ms: number) => any}} [timers] @param {() => number} [now] */
export function createAnnouncer(timers = { setTimeout: globalThis.setTimeout.bind(globalThis) }, now = Date.now) {
  const line = signal("");
  const muted = signal(false);
  /** @type {string[]} sentences that wait for the one before them */
  const queue = [];
  /** @type {Map<string, {count: number, words: (n: number) => string}>} */
  let waiting = new Map();
  let last = -EVERY;
  let next = false;
  let scheduled = false;

  /** Says what waits, one sentence after the other. */
  function turn() {
    next = false;
    const sentence = queue.shift();
    if (sentence === undefined) return;
    last = now();
    // The same sentence twice is still said twice: a screen reader hears only changes.
    line.value = line.peek() === sentence ? `${sentence}\u00a0` : sentence;
    next = true;
    timers.setTimeout(turn, STAYS);
  }

  /** @param {string} sentence */
  function say(sentence) {
    queue.push(sentence);
    if (!next) turn();
  }

  function speak() {
    scheduled = false;
    if (waiting.size === 0) return;
    say(capital([...waiting.values()].map(({ count, words }) => words(count)).join(", ")));
    waiting = new Map();
  }

  return {
    line,
    muted,
    /** Says a sentence, at once or right after the one being said. */
    say,
    /**
     * Counts something that others did, to be said with the rest.
     * @param {string} what a name that groups alike events @param {(n: number) => string} words « 3 nouvelles notes »; the last
     *   ones given count, so that a state that changes often is said as it is in the end
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
