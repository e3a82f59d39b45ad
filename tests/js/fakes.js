/** Stand-ins for what a browser gives: time, sockets, pages, storage. */
import { decode, encode } from "../../static/vendor/msgpack.js";

/** Time that moves only when told. */
export function fakeTimers(start = 1_000_000) {
  let now = start;
  let next = 1;
  const waiting = new Map();
  return {
    now: () => now,
    setTimeout(fn, ms = 0) {
      const id = next++;
      waiting.set(id, { at: now + ms, fn });
      return id;
    },
    clearTimeout: (id) => void waiting.delete(id),
    /** Runs everything due within `ms`, in order. */
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...waiting].filter(([, one]) => one.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!due) break;
        waiting.delete(due[0]);
        now = due[1].at;
        due[1].fn();
      }
      now = end;
    },
    waiting: () => [...waiting.values()].map((one) => one.at - now),
  };
}

/** A socket driven by the test: `sent` holds decoded frames. */
export class FakeSocket {
  static opened = [];

  constructor(url, protocol) {
    Object.assign(this, { url, protocol, readyState: 0, sent: [], closedWith: null });
    FakeSocket.opened.push(this);
  }

  send(bytes) {
    this.sent.push(decode(bytes));
  }

  close(code) {
    this.readyState = 3;
    this.closedWith = code;
  }

  accept() {
    this.readyState = 1;
    this.onopen?.({});
  }

  deliver(frame) {
    const bytes = encode(frame, { ignoreUndefined: true });
    this.onmessage?.({ data: bytes.slice().buffer });
  }

  cut(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }

  of(type) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

/** Where page events are heard. */
export function fakePage() {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  return { window, document };
}

export function fakeStorage() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** Records with the fields that the code under test reads. */
export const note = (id, fields = {}) => ({
  kind: "note", id, board: "b", block: "k", text: `note ${id}`, zone: "", cluster: "", tint: "", x: 10, y: 10, rank: 1,
  scope: "everyone", withdrawn: false, aside: false, edition: 1, at: 0, origin: "", ...fields,
});
export const zone = (id, fields = {}) => ({ kind: "zone", id, board: "b", title: `Zone ${id}`, rank: 1, x: 0, y: 0, width: 600, height: 400, tint: "", ...fields });
export const cluster = (id, fields = {}) => ({ kind: "cluster", id, board: "b", title: `Groupe ${id}`, zone: "", x: 0, y: 0, rank: 1, ...fields });
export const authorship = (id, seat = "me") => ({ kind: "authorship", id, seat, occupant: "", typist: "", sealed: false, scope: "author" });
export const view = (...records) => [{ part: "everyone", records }];

/** A store whose announcements come at once. */
export const immediately = (fn) => fn();

/** Lets settled promises run on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
