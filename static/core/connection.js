/**
 * The socket: opened with our subprotocol, kept alive, opened again after a loss, resumed from the last cursor.
 * It knows frames only, not what is in them.
 *
 * Exports: createConnection.
 *   connection.state   signal "connecting" | "live" | "offline" | "bye"
 *   connection.bye     signal {code, message} once the server has said not to come back, else null
 * @module
 */
import { signal } from "../vendor/ui.js";
import { FrameError, SUBPROTOCOL, decodeFrame, encodeFrame } from "./wire.js";

/** @typedef {import("./types.js").ClientFrame} ClientFrame */
/** @typedef {import("./types.js").ServerFrame} ServerFrame */
/** @typedef {import("./types.js").ConnectionState} ConnectionState */
/** @typedef {{readyState: number, binaryType: string, onopen: any, onmessage: any, onclose: any, onerror: any,
 *   send: (bytes: any) => void, close: (code?: number, reason?: string) => void}} Socket */

export const PING_EVERY = 15000;
export const DEAD_AFTER = 30000;
const PROBE = 4000;
const BACKOFF = 1000;
const BACKOFF_MOST = 30000;
const WAIT_FOR_WELCOME = 15000;
/** Said by the server, in a bye or as a close code: coming back cannot help, so we stay away and say why. */
const FINAL = new Set(["unknown_seat", "unknown_session", "rehearsal_over", "too_many", "not_binary", "malformed", "unfit", "hello_expected"]);
const FINAL_CODES = new Set([4401, 4404, 4409, 4410, 1002, 1003, 1007, 1008, 1009]);
const RESTART = 1012;

/** How long to wait before the try number n (from 0), in ms: full jitter. @param {number} n @param {() => number} random */
export const backoff = (n, random) => random() * Math.min(BACKOFF_MOST, BACKOFF * 2 ** Math.min(n, 16));

/**
 * @param {object} options
 * @param {string} options.url
 * @param {import("./clock.js").Clock} options.clock
 * @param {string} [options.language]
 * @param {(frame: ServerFrame) => void} options.onFrame every frame except pong
 * @param {() => void} options.onLive once per socket, when the view is whole: commands may be sent (again)
 * @param {(url: string, protocol: string) => Socket} [options.openSocket]
 * @param {() => number} [options.random]
 * @param {{setTimeout: (fn: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} [options.timers]
 * @param {{window?: any, document?: any}} [options.page] where "online" and "visibilitychange" are heard
 */
export function createConnection(options) {
  const { url, clock, onFrame, onLive, language } = options;
  const openSocket = options.openSocket ?? ((address, protocol) => /** @type {any} */ (new WebSocket(address, protocol)));
  const random = options.random ?? Math.random;
  const timers = options.timers ?? { setTimeout: globalThis.setTimeout.bind(globalThis), clearTimeout: globalThis.clearTimeout.bind(globalThis) };
  const page = options.page ?? { window: globalThis.window, document: globalThis.document };

  /** @type {import("../vendor/ui.js").Signal<ConnectionState>} */
  const state = signal("connecting");
  /** @type {import("../vendor/ui.js").Signal<{code: string, message: string}|null>} */
  const bye = signal(null);
  /** @type {Socket|null} */
  let socket = null;
  /** @type {Uint8Array|undefined} */
  let cursor;
  let tries = 0;
  let heard = 0; // local time of the last frame
  let helloAt = 0;
  let isLive = false;
  let welcoming = false; // some parts of a welcome have come, not all
  let stopped = true;
  /** @type {any} */
  let retryTimer = null;
  /** @type {any} */
  let beatTimer = null;

  function open() {
    if (stopped || socket) return;
    timers.clearTimeout(retryTimer);
    retryTimer = null;
    if (tries === 0 && state.peek() !== "live") state.value = "connecting";
    isLive = welcoming = false;
    const mine = openSocket(url, SUBPROTOCOL);
    socket = mine;
    mine.binaryType = "arraybuffer";
    heard = clock.local();
    const only = (/** @type {(event: any) => void} */ fn) => (/** @type {any} */ event) => void (socket === mine && fn(event));
    mine.onopen = only(() => {
      helloAt = heard = Math.round(clock.local());
      write({ type: "hello", ...(cursor ? { cursor } : {}), ...(language ? { language } : {}) });
      write({ type: "ping", at: helloAt }); // its pong says that what a resume had to tell has been told
    });
    mine.onmessage = only((event) => receive(event.data));
    mine.onclose = only((event) => lost(event.code ?? 1006, event.reason ?? ""));
    mine.onerror = () => {};
    beat();
  }

  /** @param {ClientFrame} frame @returns {boolean} whether it left */
  function write(frame) {
    if (!socket || socket.readyState !== 1) return false;
    socket.send(encodeFrame(frame));
    return true;
  }

  /** A frame of a kind we do not know is a newer server's, and is passed over; bytes that are none end this socket. @param {ArrayBuffer} data */
  function read(data) {
    try {
      return decodeFrame(data);
    } catch (problem) {
      if (problem instanceof FrameError && problem.code === "unknown_type") return null;
      cursor = undefined; // what came cannot be trusted to be whole: a fresh view next time
      lost(1006, "unreadable");
      return null;
    }
  }

  /** @param {ArrayBuffer} data */
  function receive(data) {
    heard = clock.local();
    const frame = read(data);
    if (!frame) return;
    if (frame.type === "pong") {
      clock.sample(frame.at, frame.now, heard);
      if (!welcoming) live();
      return;
    }
    if (frame.type === "bye") return farewell(frame.code, frame.message);
    if (frame.type === "welcome") {
      if (frame.now !== undefined) clock.sample(helloAt, frame.now, heard);
      const last = frame.part === "own";
      welcoming = !last;
      keepCursor(frame.cursor);
      onFrame(frame);
      if (last) {
        isLive = false; // a fresh view: all that waits is sent again
        live();
      }
      return;
    }
    if (frame.type === "patch") keepCursor(frame.cursor);
    onFrame(frame);
  }

  /** @param {Uint8Array|undefined} given copied: the decoder's view may share the message's buffer */
  function keepCursor(given) {
    if (given) cursor = given.slice();
  }

  function live() {
    if (isLive) return;
    isLive = true;
    tries = 0;
    state.value = "live";
    onLive();
  }

  /** @param {string} code @param {string} message */
  function farewell(code, message) {
    if (!FINAL.has(code)) return; // the close that follows says how soon to come back
    bye.value = { code, message };
    stop("bye");
  }

  /** @param {number} code @param {string} reason */
  function lost(code, reason) {
    drop();
    if (stopped) return;
    if (FINAL_CODES.has(code)) {
      bye.value = { code: String(code), message: reason };
      stop("bye");
      return;
    }
    state.value = "offline";
    const wait = code === RESTART && tries === 0 ? 200 + random() * 2800 : backoff(tries, random);
    tries++;
    timers.clearTimeout(retryTimer);
    retryTimer = timers.setTimeout(open, wait);
  }

  function drop() {
    timers.clearTimeout(beatTimer);
    const old = socket;
    socket = null;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    if (old.readyState < 2) old.close(1000);
  }

  /** Pings on time, and gives up on a socket from which nothing has come for too long. @param {number} [within] */
  function beat(within = DEAD_AFTER) {
    timers.clearTimeout(beatTimer);
    const step = Math.min(PING_EVERY, within);
    beatTimer = timers.setTimeout(() => {
      const silent = clock.local() - heard;
      if (silent >= within || (!isLive && silent >= WAIT_FOR_WELCOME)) return lost(1006, "silent");
      if (socket && socket.readyState === 1) write({ type: "ping", at: Math.round(clock.local()) });
      beat();
    }, step);
  }

  /** The network or the tab came back: ask for a sign of life soon, or try now rather than at the end of a long wait. */
  function wake() {
    if (stopped) return;
    if (!socket) {
      tries = 0;
      timers.clearTimeout(retryTimer);
      retryTimer = timers.setTimeout(open, random() * 300);
    } else if (socket.readyState === 1 && clock.local() - heard > PROBE) {
      clock.reset();
      heard = Math.round(clock.local());
      write({ type: "ping", at: heard });
      beat(PROBE);
    }
  }

  const onVisible = () => void (page.document?.visibilityState === "visible" && wake());

  function start() {
    if (!stopped) return;
    stopped = false;
    if (state.peek() !== "connecting") state.value = "connecting";
    page.window?.addEventListener("online", wake);
    page.document?.addEventListener("visibilitychange", onVisible);
    open();
  }

  /** @param {ConnectionState} [last] */
  function stop(last = "offline") {
    stopped = true;
    page.window?.removeEventListener("online", wake);
    page.document?.removeEventListener("visibilitychange", onVisible);
    timers.clearTimeout(retryTimer);
    drop();
    state.value = last;
  }

  return {
    state,
    bye,
    start,
    stop,
    /** The person asks to try now, even after a bye (a tab too many may have been closed since). */
    retryNow() {
      if (!stopped) return wake();
      bye.value = null;
      tries = 0;
      start();
    },
    /** @param {ClientFrame} frame @returns {boolean} false when there is no live connection to carry it */
    send: (frame) => isLive && write(frame),
    /** Forgets the place to resume from: the next connection gets a fresh view. */
    forget: () => void (cursor = undefined),
  };
}
