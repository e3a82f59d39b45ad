// The wire codec of the browser; types in static/vendor/msgpack.d.ts.
export { encode, decode, decodeMulti, Encoder, Decoder, ExtensionCodec, DecodeError } from "@msgpack/msgpack";
