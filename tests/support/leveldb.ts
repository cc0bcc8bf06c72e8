// Reads what lies in LevelDB's files without opening the database: the blocks of tables and the records of logs.
// Source: the file formats in LevelDB's doc/table_format.md and doc/log_format.md.
import { SnappyDecompressor } from "snappyjs/snappy_decompressor.js";

/** A block of a table as it was before compression. */
export interface Block {
  offset: number;
  compression: "none" | "snappy";
  content: Buffer;
}

const footerLength = 48;
const magic = Buffer.from("57fb808b247547db", "hex");

export function isTable(file: Buffer): boolean {
  return file.length >= footerLength && file.subarray(-magic.length).equals(magic);
}

/**
 * Every block of a table, those of the index included.
 * @throws {Error} where the table is broken or compressed in an unknown way
 */
export function blocksOfTable(file: Buffer): Block[] {
  const footer = new Reader(file.subarray(file.length - footerLength));
  const roots = [readBlock(file, footer.handle()), readBlock(file, footer.handle())];
  const leaves = roots.flatMap((root) =>
    entriesOf(root.content).map(({ value }) => readBlock(file, new Reader(value).handle())),
  );
  return [...roots, ...leaves];
}

/** The entries of a block, with keys whole again: in the block itself a key lacks what it shares with the one before. */
export function entriesOf(block: Buffer): { key: Buffer; value: Buffer }[] {
  const restarts = block.readUInt32LE(block.length - 4);
  const reader = new Reader(block.subarray(0, block.length - 4 - 4 * restarts));
  const entries: { key: Buffer; value: Buffer }[] = [];
  let key = Buffer.alloc(0);
  while (!reader.atEnd()) {
    const [shared, own, length] = [reader.varint(), reader.varint(), reader.varint()];
    key = Buffer.concat([key.subarray(0, shared), reader.bytes(own)]);
    entries.push({ key, value: reader.bytes(length) });
  }
  return entries;
}

function readBlock(file: Buffer, { offset, size }: { offset: number; size: number }): Block {
  const stored = file.subarray(offset, offset + size);
  const compression = file[offset + size];
  if (compression === 0) return { offset, compression: "none", content: stored };
  if (compression !== 1) throw new Error(`unknown compression ${compression} at ${offset}`);
  const { bytes, whole } = unsnap(stored);
  if (!whole) throw new Error(`broken Snappy block at ${offset}`);
  return { offset, compression: "snappy", content: bytes };
}

const mostBytes = 256 * 1024 * 1024;

/** Decompresses as much as can be; bytes after the end of the stream make it not `whole`, but do no harm. */
export function unsnap(compressed: Buffer): { bytes: Buffer; whole: boolean } {
  const decompressor = new SnappyDecompressor(compressed);
  const length = decompressor.readUncompressedLength();
  if (length < 0 || length > mostBytes) return { bytes: Buffer.alloc(0), whole: false };
  const bytes = Buffer.alloc(length);
  return { whole: decompressor.uncompressToBuffer(bytes), bytes };
}

const logBlockLength = 32 * 1024;
const headerLength = 7;

/** The records of a log (or manifest), put together again from their pieces; also one that was cut off. */
export function recordsOfLog(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let pieces: Buffer[] = [];
  const finish = () => {
    if (pieces.length > 0) records.push(Buffer.concat(pieces));
    pieces = [];
  };
  for (let block = 0; block < file.length; block += logBlockLength) {
    const end = Math.min(block + logBlockLength, file.length);
    for (let at = block; at + headerLength <= end;) {
      const length = file.readUInt16LE(at + 4);
      const kind = file[at + 6];
      if (kind === undefined || kind < 1 || kind > 4) break;
      // 1 full, 2 first, 3 middle, 4 last.
      if (kind === 1 || kind === 2) finish();
      pieces.push(file.subarray(at + headerLength, Math.min(at + headerLength + length, end)));
      if (kind === 1 || kind === 4) finish();
      at += headerLength + length;
    }
  }
  finish();
  return records;
}

/** Reads numbers and byte strings one after the other. */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  atEnd() {
    return this.#at >= this.#bytes.length;
  }

  varint() {
    let result = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new Error("a number goes beyond the end");
      this.#at += 1;
      result += (byte & 0x7f) * factor;
      if (byte < 0x80) return result;
    }
  }

  bytes(length: number) {
    if (this.#at + length > this.#bytes.length) throw new Error("bytes go beyond the end");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  handle() {
    return { offset: this.varint(), size: this.varint() };
  }
}
