// Types of msgpack.js for `make types`: the part of @msgpack/msgpack that the pages use.
export interface DecoderOptions {
  useBigInt64?: boolean;
  maxStrLength?: number;
  maxBinLength?: number;
  maxArrayLength?: number;
  maxMapLength?: number;
  maxExtLength?: number;
}
export interface EncoderOptions {
  useBigInt64?: boolean;
  maxDepth?: number;
  initialBufferSize?: number;
  sortKeys?: boolean;
  forceFloat32?: boolean;
  ignoreUndefined?: boolean;
  forceIntegerToFloat?: boolean;
}
export function encode(value: unknown, options?: EncoderOptions): Uint8Array<ArrayBuffer>;
/** Throws DecodeError or RangeError on damaged input. */
export function decode(bytes: ArrayLike<number> | ArrayBufferView | ArrayBufferLike, options?: DecoderOptions): unknown;
export function decodeMulti(bytes: ArrayLike<number> | ArrayBufferView | ArrayBufferLike, options?: DecoderOptions): Generator<unknown, void, unknown>;
export class Encoder {
  constructor(options?: EncoderOptions);
  encode(value: unknown): Uint8Array<ArrayBuffer>;
}
export class Decoder {
  constructor(options?: DecoderOptions);
  decode(bytes: ArrayLike<number> | ArrayBufferView | ArrayBufferLike): unknown;
}
export class ExtensionCodec {}
export class DecodeError extends Error {}
