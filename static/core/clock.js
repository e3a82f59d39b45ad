/**
 * The server's clock, estimated from ping and pong: timers are drawn from it, so two screens show the same second.
 * Of the recent samples the one with the shortest round trip is believed: it has the least room for error.
 *
 * Exports: createClock.
 * @module
 */

const KEPT = 8;
const MAX_AGE = 10 * 60 * 1000;

/** @typedef {{now: () => number, local: () => number, sample: (sent: number, server: number, received: number) => void,
 *   reset: () => void, known: () => boolean, error: () => number}} Clock */

/** Milliseconds that never jump when someone sets the device's clock. */
const monotonic = () => (typeof performance === "undefined" ? Date.now() : performance.timeOrigin + performance.now());

/**
 * @param {() => number} [local] a local clock in ms
 * @returns {Clock} `now()` is the server's time in ms; `error()` bounds its error (half a round trip)
 */
export function createClock(local = monotonic) {
  /** @type {{offset: number, trip: number, at: number}[]} */
  let samples = [];
  /** @type {{offset: number, trip: number, at: number}|null} */
  let best = null;

  function choose() {
    best = null;
    for (const sample of samples) {
      if (best === null || sample.trip < best.trip) best = sample;
    }
  }

  return {
    local,
    now: () => local() + (best === null ? 0 : best.offset),
    known: () => best !== null,
    error: () => (best === null ? Infinity : best.trip / 2),
    sample(sent, server, received) {
      const trip = received - sent;
      if (!(trip >= 0) || !Number.isFinite(server)) return;
      samples = samples.filter((sample) => received - sample.at < MAX_AGE).slice(1 - KEPT);
      samples.push({ offset: server - (sent + received) / 2, trip, at: received });
      choose();
    },
    // After sleep the local clock may have stood still: old samples lie.
    reset() {
      samples = [];
    },
  };
}
