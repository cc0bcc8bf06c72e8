// Looks for canary texts in every file of a Chromium profile directory, also inside what LevelDB, Blink and gzip compress.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, inflateRawSync } from "node:zlib";
import { canarySearch, type Sighting } from "#tests/support/canaries.ts";
import { blocksOfTable, entriesOf, isTable, recordsOfLog, unsnap } from "#tests/support/leveldb.ts";

/** Where in a file a text was found: as it lies there, in a LevelDB log or table, or inside something compressed. */
type Place =
  "file name" | "raw" | "log record" | "table block" | "snappy block" | "table key" | "snappy value" | "gzip";

export interface Hit extends Sighting {
  /** Path within the profile. */
  file: string;
  where: Place;
}

export interface ScanResult {
  hits: Hit[];
  /** Files with a part that could not be read, and why: the scan is blind there. */
  unreadable: string[];
  files: number;
  bytes: number;
  /** Blocks of LevelDB tables, and how many of them were compressed. */
  blocks: number;
  snappyBlocks: number;
  /** Values that Blink or gzip had compressed. */
  values: number;
}

/** Scans a profile whose browser has ended. Texts that Chromium encrypts by itself (cookies) stay unseen. */
export function scanProfile(directory: string, canaries: readonly string[]): ScanResult {
  const search = canarySearch(canaries);
  const result: ScanResult = {
    hits: [],
    unreadable: [],
    files: 0,
    bytes: 0,
    blocks: 0,
    snappyBlocks: 0,
    values: 0,
  };
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(directory.length + 1);
    const content = readFileSync(path);
    result.files += 1;
    result.bytes += content.length;

    const seen = new Set<string>();
    const look = (where: Place, bytes: Buffer) => {
      for (const sighting of search(bytes)) {
        const hit = { file, ...sighting, where };
        const key = JSON.stringify(hit);
        if (!seen.has(key)) result.hits.push(hit);
        seen.add(key);
      }
    };
    const lookDeep = (where: Place, bytes: Buffer) => {
      look(where, bytes);
      for (const [kind, value] of compressedIn(bytes)) {
        result.values += 1;
        look(kind, value);
      }
    };
    look("file name", Buffer.from(file));
    lookDeep("raw", content);
    if (/(^|\/)(\d+\.log|MANIFEST-\d+)$/.test(file))
      for (const record of recordsOfLog(content)) lookDeep("log record", record);
    if (isTable(content)) {
      try {
        for (const block of blocksOfTable(content)) {
          result.blocks += 1;
          if (block.compression === "snappy") result.snappyBlocks += 1;
          lookDeep(block.compression === "snappy" ? "snappy block" : "table block", block.content);
          for (const { key } of entriesOf(block.content)) look("table key", key);
        }
      } catch (error) {
        result.unreadable.push(`${file}: ${String(error)}`);
      }
    }
  }
  return result;
}

/** Blink's mark before a value of IndexedDB that it has compressed with Snappy. */
const blinkSnappy = Buffer.from([0xff, 0x11, 0x02]);
/** The start of a gzip stream whose header has no optional parts, as servers send it; six more bytes belong to it. */
const gzip = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const gzipHeaderLength = 10;

/** What looks like a compressed value within the bytes, decompressed as far as it goes. */
function* compressedIn(bytes: Buffer): Generator<["snappy value" | "gzip", Buffer]> {
  for (let at = bytes.indexOf(blinkSnappy); at >= 0; at = bytes.indexOf(blinkSnappy, at + 1))
    yield ["snappy value", unsnap(bytes.subarray(at + blinkSnappy.length)).bytes];
  for (let at = bytes.indexOf(gzip); at >= 0; at = bytes.indexOf(gzip, at + 1)) {
    try {
      // Not gunzip, which fails on the bytes that follow a stream in a cache file.
      const stream = bytes.subarray(at + gzipHeaderLength);
      yield ["gzip", inflateRawSync(stream, { finishFlush: constants.Z_SYNC_FLUSH })];
    } catch {
      // Four bytes that only look like the start of a stream.
    }
  }
}
