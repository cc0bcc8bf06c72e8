// The quarantine inbox: what a device had not sent when its account lost the right to the site (D4). An operator looks at it.
import { createHash } from "node:crypto";
import { z } from "zod";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { rowsOf } from "#server/couch-client/all-documents.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, type Json } from "#server/couch/json.ts";
import { ownDatabase } from "#server/provision/databases.ts";
import { caseDatabase } from "./case-database.ts";

const recordSchema = z.looseObject({ id: z.string().regex(recordIdPattern) });
const handedSchema = z.strictObject({
  database: caseDatabase,
  records: z
    .array(
      z.strictObject({
        record: recordSchema,
        state: z.enum(["local", "sent", "central", "refused"]),
        rev: z.string().max(100).optional(),
        /** Why the centre had refused it. */
        reason: z.string().max(2000).optional(),
      }),
    )
    .max(50),
  /** Forms that were begun for it and not finished. */
  drafts: z
    .array(z.looseObject({ id: z.string().min(1).max(100) }))
    .max(50)
    .optional(),
  /** Others' words which the centre lost (`lost-words.ts`). */
  held: z.literal(true).optional(),
});
export type Handed = z.output<typeof handedSchema>;
export const readHanded = (said: Json): Handed | undefined => handedSchema.safeParse(said).data;

export interface Inbox {
  /**
   * Ids of the records and drafts that are kept for good now; the same one twice is one.
   * @param options.isOurs the front door itself puts it aside, out of the database of a site: however full the inbox is, since
   * a case that is on its way would wait for whoever has filled it
   */
  keep(account: string, handed: Handed, options?: { readonly isOurs?: boolean }): Promise<readonly string[]>;
}

/** More than a device can have unsent; nobody shall fill the record store. */
const MOST_OF_ACCOUNT = 20_000;
/** A record may be as large as any document of the store: beside what the inbox says of it, it would be too large for one. */
const MOST_BYTES = 900_000;
/** UTF-16 code units of one piece; as bytes, and quoted, at most three times as many. */
const PIECE = 200_000;

export function inbox(deps: {
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
  most?: number;
}): Inbox {
  const { admin, now, most = MOST_OF_ACCOUNT } = deps;
  return {
    async keep(account, { database, records, drafts = [] }, { isOurs = false } = {}) {
      const items = [...records, ...drafts.map((draft) => ({ draft }))];
      if (items.length === 0) return [];
      const prefix = `inbox:${account}:`;
      if (!isOurs && (await rowsOf(admin, ownDatabase, prefix)).length + items.length > most) return [];
      const receivedAt = new Date(now()).toISOString();
      const docs = items.map((item) => {
        const content = JSON.stringify([database, "record" in item ? item.record : item]);
        const _id = prefix + createHash("sha256").update(content).digest("hex");
        return inPieces({ _id, account, database, receivedAt }, item);
      });
      const small = docs.filter(({ length }) => length === 1).flat();
      // One that is refused for its size would take its whole batch with it.
      const large = docs.filter(({ length }) => length > 1).flat();
      const kept = await writtenTogether(admin, small);
      for (const piece of large) for (const id of await writtenTogether(admin, [piece])) kept.add(id);
      return items.flatMap((item, index) => {
        const { id } = "record" in item ? item.record : item.draft;
        return docs[index]?.every(({ _id }) => kept.has(_id)) ? [id] : [];
      });
    },
  };
}

interface Stamped {
  readonly _id: string;
  readonly account: string;
  readonly database: string;
  readonly receivedAt: string;
}

/** The document that keeps the item; several where it is too large for one: their texts one after another are its JSON. */
function inPieces(stamped: Stamped, item: object): readonly Stamped[] {
  const whole = { ...stamped, ...item };
  if (Buffer.byteLength(JSON.stringify(whole)) <= MOST_BYTES) return [whole];
  const texts = piecesOf(JSON.stringify(item));
  return texts.map((text, index) => {
    const piece = index + 1;
    return { ...stamped, _id: `${stamped._id}:${String(piece)}`, piece, of: texts.length, text };
  });
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = at + PIECE;
    // Half a character would be none to the record store.
    const isSplit = end < text.length && (text.codePointAt(end - 1) ?? 0) > 0xffff;
    const piece = text.slice(at, isSplit ? end - 1 : end);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}

/** @returns ids of those that are kept */
async function writtenTogether(admin: CouchClient, docs: readonly Stamped[]): Promise<Set<string>> {
  if (docs.length === 0) return new Set();
  const answer = await admin.write("POST", `/${ownDatabase}/_bulk_docs`, { docs });
  const outcomes = Array.isArray(answer) ? answer : [];
  return new Set(docs.flatMap(({ _id }, index) => (isKept(outcomes[index]) ? [_id] : [])));
}

/** Written now, or with an earlier request whose answer was lost: the id says what is in it. */
const isKept = (outcome: Json | undefined): boolean =>
  outcome !== undefined && isObject(outcome) && (outcome["ok"] === true || outcome["error"] === "conflict");
