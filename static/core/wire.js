/**
 * Frames to bytes and back: msgpack maps with a `type`, one per WebSocket message (PROTOCOL.md).
 *
 * Exports: SUBPROTOCOL, MAX_SENT, encodeFrame, decodeFrame, FrameError, newId, hex, unhex.
 * @module
 */
import { decode, encode } from "../vendor/msgpack.js";

/** @typedef {import("./types.js").ClientFrame} ClientFrame */
/** @typedef {import("./types.js").ServerFrame} ServerFrame */

export const SUBPROTOCOL = "pasdecote.1";
/** Most bytes in a frame that we send: the server closes the connection above it. */
export const MAX_SENT = 65536;
/** Most bytes in a frame that we read: a welcome of thousands of notes fits many times. */
const MAX_READ = 32 * 1024 * 1024;
const CAPS = { maxStrLength: 1 << 20, maxBinLength: 4096, maxArrayLength: 200000, maxMapLength: 100000, maxExtLength: 0 };
const TYPES = new Set(["welcome", "patch", "done", "refused", "gauges", "hints", "pong", "bye"]);

/** A frame that cannot be sent or read; `code` is "too_large", "malformed" or "unknown_type". */
export class FrameError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {ClientFrame} frame @returns {Uint8Array} the frame's bytes; throws FrameError "too_large" above MAX_SENT. */
export function encodeFrame(frame) {
  const bytes = encode(frame, { ignoreUndefined: true });
  if (bytes.length > MAX_SENT) throw new FrameError("too_large", `frame of ${bytes.length} bytes, ${MAX_SENT} at most`);
  return bytes;
}

/**
 * @param {ArrayBuffer|Uint8Array} data one WebSocket message
 * @returns {ServerFrame} throws FrameError when it is not a frame of ours. Unknown fields are kept and ignored.
 */
export function decodeFrame(data) {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  if (bytes.length > MAX_READ) throw new FrameError("too_large", `frame of ${bytes.length} bytes`);
  /** @type {any} */
  let frame;
  try {
    frame = decode(bytes, CAPS);
  } catch (problem) {
    throw new FrameError("malformed", String(problem));
  }
  if (typeof frame !== "object" || frame === null || typeof frame.type !== "string") {
    throw new FrameError("malformed", "a frame is a map with a type");
  }
  if (!TYPES.has(frame.type)) throw new FrameError("unknown_type", frame.type);
  return frame;
}

/** A fresh command id: 16 random bytes. Works outside secure contexts too. @returns {Uint8Array} */
export function newId() {
  return crypto.getRandomValues(new Uint8Array(16));
}

/** @param {Uint8Array} bytes @returns {string} lower-case hexadecimal */
export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** @param {string} text hexadecimal, even length @returns {Uint8Array} */
export function unhex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
