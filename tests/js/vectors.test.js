// The vectors shared with the server (tests/vectors/frames.json): our bytes are theirs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeFrame, encodeFrame, hex, unhex } from "../../static/core/wire.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/frames.json", import.meta.url), "utf8"));

/** Values as JSON holds them, with {"$hex"} back to bytes. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  if ("$hex" in value) return unhex(value.$hex);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

for (const { name, hex: bytes, frame } of vectors.client) {
  test(`client frame « ${name} » is encoded to the byte`, () => {
    assert.equal(hex(encodeFrame(plain(frame))), bytes);
  });
}

for (const { name, hex: bytes, frame } of vectors.server) {
  test(`server frame « ${name} » is decoded`, () => {
    assert.deepEqual(normal(decodeFrame(unhex(bytes))), normal(plain(frame)));
  });
}

/** Byte arrays compared by value, whatever buffer they look into. */
function normal(value) {
  if (value instanceof Uint8Array) return { bytes: hex(value) };
  if (Array.isArray(value)) return value.map(normal);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normal(inner)]));
}
