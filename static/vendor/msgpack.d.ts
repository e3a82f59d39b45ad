// Types of the vendored @msgpack/msgpack, as far as this project uses it.
export function encode(value: unknown, options?: { ignoreUndefined?: boolean; maxDepth?: number }): Uint8Array;
export function decode(bytes: ArrayLike<number> | ArrayBufferView | ArrayBuffer, options?: {
  maxStrLength?: number; maxBinLength?: number; maxArrayLength?: number; maxMapLength?: number; maxExtLength?: number;
}): unknown;
export class DecodeError extends Error {}
