/**
 * Everything a page needs of a live session, wired together: `const live = openSession(main)`.
 *
 * The returned `live`:
 *   id, language, base           session id, "fr" or "en", address of the static tree (ends with "/")
 *   store                        records: store.get(kind, id), store.all(kind), store.watch(kind, fn), store.gauges, store.hints
 *   send(command)                asks (commands.js); shown at once, kept until answered -> {id, outcome: Promise<{done, code?, message?}>}
 *   act(command)                 the same, and can be undone: live.undo.undo(), live.undo.redo(), live.undo.depth
 *   hint(about, doing)           says « I am editing this note »; not kept anywhere
 *   seat                         signal of the own seat record, null until the first welcome
 *   can(capability)              whether the current block lets me; "drive" for facilitators
 *   drives()                     whether I facilitate
 *   isMine(noteId)               whether I wrote it
 *   connection                   .state signal, .bye signal, .retryNow()
 *   clock                        clock.now(): server time in ms
 *   pending                      .save signal {state, count}, .refusals signal, .dismiss(id)
 *   drafts                       drafts.get(field), .set(field, text), .clear(field)
 *   announcer                    .say(sentence), .count(what, words, n), .line signal
 *   ready                        promise: the first whole view is there (and the words' catalogue, and the outbox)
 *   stop()                       closes everything
 * It sets document.documentElement.dataset.phase: loading | ready | offline | bye.
 *
 * Exports: openSession.
 * @module
 */
import { batch, computed, effect } from "../vendor/ui.js";
import { createAnnouncer } from "./announcer.js";
import { createClock } from "./clock.js";
import { createConnection } from "./connection.js";
import { createDrafts } from "./drafts.js";
import { loadCatalogue } from "./i18n.js";
import { openOutbox } from "./outbox.js";
import { createPending } from "./pending.js";
import { drives, isMine, may } from "./selectors.js";
import { createStore } from "./store.js";
import { createUndo } from "./undo.js";
import { hex } from "./wire.js";

/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").ServerFrame} ServerFrame */
/** @typedef {ReturnType<typeof openSession>} Live */

/** Milliseconds that a patch waits for the answer that comes with it. */
const HELD = 40;

/** What an own seat is taken to be where the welcome says little of it. */
const NOBODY = { name: "", site: "", heads: 1, scope: "", generation: 0, joined_at: 0, removed: false, group: "", device: "" };

/** @param {string} session @param {string} [seat] remembers whose drafts these are until the server says it again */
function knownSeat(session, seat) {
  try {
    const key = `pdc:seat:${session}`;
    if (seat !== undefined) localStorage.setItem(key, seat);
    return localStorage.getItem(key) ?? "";
  } catch {
    return seat ?? "";
  }
}

/** @param {string} path @returns {string} the socket's address on this host */
function socketUrl(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/**
 * @param {HTMLElement} main the page's <main>: data-session, data-live, data-language, data-static
 * @param {{openSocket?: any}} [options] for tests
 */
export function openSession(main, options = {}) {
  const data = main.dataset;
  const id = data.session ?? "";
  const language = data.language === "en" ? "en" : "fr";
  const base = new URL("../", import.meta.url).href;
  const root = document.documentElement;

  const clock = createClock();
  const store = createStore();
  const announcer = createAnnouncer();
  const seatId = store.own;
  seatId.value = data.seat ?? knownSeat(id);
  const seat = computed(() => store.get("seat", seatId.value) ?? null);
  const drafts = createDrafts(id, () => seatId.peek());
  const pending = createPending({ store, clock, seat: () => seatId.peek(), write: (frame) => connection.send(frame) });
  const undo = createUndo({ store, send: pending.send });

  /** @type {{part: string, records: import("./types.js").AnyRecord[]}[]} parts of a welcome still coming; the own one is last */
  let parts = [];
  /** @type {(value: void) => void} */
  let firstView = () => {};
  const viewed = new Promise((resolve) => (firstView = resolve));
  let outboxOf = "";

  /** @param {Extract<ServerFrame, {type: "welcome"}>} frame */
  function welcome(frame) {
    if (frame.part === "everyone") parts = [];
    parts.push({ part: frame.part, records: frame.records });
    if (frame.part !== "own") return;
    if (frame.seat?.id) {
      seatId.value = frame.seat.id;
      knownSeat(id, frame.seat.id);
      // A projector's own seat is in no part that it sees.
      if (!parts.some((one) => one.records.some((record) => record.kind === "seat" && record.id === frame.seat?.id))) {
        parts.push({ part: "own", records: [{ ...NOBODY, ...frame.seat, kind: "seat" }] });
      }
    }
    store.replace(parts);
    parts = [];
    pending.echoAll();
    store.flush();
    if (outboxOf !== seatId.peek()) {
      outboxOf = seatId.peek();
      void openOutbox(id, outboxOf).then((outbox) => pending.adopt(outbox)).then(() => firstView());
    }
  }

  /** @type {Extract<ServerFrame, {type: "patch"}>[]} patches that the answer to a command of ours may follow */
  let held = [];

  /**
   * A patch and the `done` that follows it come in one write, but a frame may be drawn between them: what was put
   * would show twice, as expected and as it is. So a patch waits a moment while something of ours is unanswered.
   */
  function release() {
    const patches = held;
    held = [];
    batch(() => patches.forEach((patch) => store.patch(patch)));
  }

  /** @param {Extract<ServerFrame, {type: "patch"}>} frame */
  function hold(frame) {
    if (pending.save.peek().count === 0) return store.patch(frame);
    if (held.length === 0) setTimeout(release, HELD);
    held.push(frame);
  }

  /** @param {ServerFrame} frame */
  function onFrame(frame) {
    if (frame.type === "patch") return hold(frame);
    batch(() => {
      if (frame.type === "welcome") held = [];
      release();
      take(frame);
    });
  }

  /** @param {Exclude<ServerFrame, {type: "patch"}>} frame */
  function take(frame) {
    switch (frame.type) {
      case "welcome": return welcome(frame);
      case "done": return pending.done(frame.ids.map(hex));
      case "refused": return pending.refused(hex(frame.id), frame.code, frame.message);
      case "gauges": return void (store.gauges.value = frame);
      case "hints": return void (store.hints.value = frame.list);
    }
  }

  const connection = createConnection({
    url: socketUrl(data.live ?? `/s/${id}/live`), clock, language, onFrame, onLive: () => pending.resend(), ...options,
  });

  const ready = Promise.all([viewed, loadCatalogue(language, base)]).then(() => undefined);
  let isReady = false;
  void ready.then(() => {
    isReady = true;
    if (connection.state.peek() === "live") root.dataset.phase = "ready";
  });
  const stopPhase = effect(() => {
    const state = connection.state.value;
    if (state === "bye") root.dataset.phase = "bye";
    else if (state === "offline") root.dataset.phase = "offline";
    else if (isReady && state === "live") root.dataset.phase = "ready";
  });
  connection.start();

  return {
    id, language, base, store, seat, drafts, pending, undo, announcer, connection, clock, ready,
    send: pending.send,
    act: undo.send,
    /** @param {string} about record id @param {"editing"|"writing"|"idle"} doing */
    hint: (about, doing) => void connection.send({ type: "hint", about, doing }),
    /** @param {string} capability */
    can: (capability) => (capability === "drive" ? drives(seat.value) : may(store, seat.value, capability)),
    drives: () => drives(seat.value),
    /** @param {string} note id */
    isMine: (note) => isMine(store, note, seatId.value),
    stop() {
      stopPhase();
      connection.stop();
    },
  };
}
