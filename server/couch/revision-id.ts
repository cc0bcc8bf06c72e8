// Computes the revision id that CouchDB would give, so that the same edit made at two servers is one revision.
import { createHash } from "node:crypto";
import type { Json, JsonObject } from "./json.ts";
import { keysOf } from "./key-order.ts";

// Tags of the Erlang external term format (erlang.org, "External Term Format"), as OTP writes it with
// `{minor_version, 1}`.
const VERSION = 131;
const NEW_FLOAT = 70;
const SMALL_INTEGER = 97;
const INTEGER = 98;
const ATOM = 100;
const SMALL_TUPLE = 104;
const NIL = 106;
const STRING = 107;
const LIST = 108;
const BINARY = 109;
const SMALL_BIG = 110;

/**
 * The hash part of the revision that follows `parent`: MD5 over the Erlang term
 * `[Deleted, OldStart, OldRev, Body, Attachments]` (CouchDB, `couch_db:new_revid/1`).
 * Numbers follow JavaScript: `1.0` is hashed as the integer 1, which CouchDB keeps apart.
 * @param parent generation and id of the parent, or null for a first revision
 * @param attachments in the order of the document; `md5` in base64
 */
export function newRevisionId(
  deleted: boolean,
  parent: { generation: number; id: string } | null,
  body: JsonObject,
  attachments: readonly { name: string; type: string; md5: string }[] = [],
): string {
  const term = [
    Buffer.of(VERSION),
    listHead(5),
    atom(deleted ? "true" : "false"),
    integer(parent?.generation ?? 0),
    parent === null ? integer(0) : binary(revisionBytes(parent.id)),
    encode(body),
    list(attachments.map(attachmentTerm).reverse()),
    Buffer.of(NIL),
  ];
  return createHash("md5").update(Buffer.concat(term)).digest("hex");
}

const attachmentTerm = ({ name, type, md5 }: { name: string; type: string; md5: string }) =>
  Buffer.concat([Buffer.of(SMALL_TUPLE, 3), text(name), text(type), binary(Buffer.from(md5, "base64"))]);

/** An id as CouchDB keeps it. */
export const revisionBytes = (id: string) =>
  /^[0-9a-f]{32}$/.test(id) ? Buffer.from(id, "hex") : Buffer.from(id, "utf8");

function encode(value: Json): Buffer {
  if (value === null) return atom("null");
  if (typeof value === "boolean") return atom(value ? "true" : "false");
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return Number.isInteger(value) ? integer(value) : float(value);
  if (Array.isArray(value)) return array(value);
  const members = keysOf(value).map((key) =>
    Buffer.concat([Buffer.of(SMALL_TUPLE, 2), text(key), encode(value[key] ?? null)]),
  );
  return Buffer.concat([Buffer.of(SMALL_TUPLE, 1), list(members)]);
}

function array(items: Json[]): Buffer {
  // Erlang cannot tell a list of bytes from a string, and writes both as a string.
  const bytes = items.filter((item): item is number => isByte(item));
  if (items.length > 0 && items.length <= 0xffff && bytes.length === items.length) {
    const head = Buffer.alloc(3);
    head.writeUInt8(STRING);
    head.writeUInt16BE(items.length, 1);
    return Buffer.concat([head, Buffer.from(bytes)]);
  }
  return list(items.map(encode));
}

const isByte = (value: Json) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;

function list(items: Buffer[]): Buffer {
  if (items.length === 0) return Buffer.of(NIL);
  return Buffer.concat([listHead(items.length), ...items, Buffer.of(NIL)]);
}

const listHead = (length: number) => tagged32(LIST, length);

function tagged32(tag: number, value: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(tag);
  head.writeUInt32BE(value, 1);
  return head;
}

function atom(name: string): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(ATOM);
  head.writeUInt16BE(name.length, 1);
  return Buffer.concat([head, Buffer.from(name, "latin1")]);
}

const text = (value: string) => binary(Buffer.from(value, "utf8"));

const binary = (bytes: Buffer) => Buffer.concat([tagged32(BINARY, bytes.length), bytes]);

function integer(value: number): Buffer {
  if (value >= 0 && value <= 255) return Buffer.of(SMALL_INTEGER, value);
  if (value >= -(2 ** 31) && value < 2 ** 31) {
    const bytes = Buffer.alloc(5);
    bytes.writeUInt8(INTEGER);
    bytes.writeInt32BE(value, 1);
    return bytes;
  }
  const digits: number[] = [];
  for (let rest = BigInt(Math.abs(value)); rest > 0n; rest >>= 8n) digits.push(Number(rest & 255n));
  return Buffer.of(SMALL_BIG, digits.length, value < 0 ? 1 : 0, ...digits);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(NEW_FLOAT);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}
