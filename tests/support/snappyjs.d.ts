// The part of snappyjs that reads a Snappy stream of unknown end, which the package itself does not type.
declare module "snappyjs/snappy_decompressor.js" {
  export class SnappyDecompressor {
    constructor(compressed: Uint8Array);
    /** -1 where there is no length. */
    readUncompressedLength(): number;
    /** Fills the buffer as far as it can; false where the stream is broken. */
    uncompressToBuffer(into: Uint8Array): boolean;
  }
}
