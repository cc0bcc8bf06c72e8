// Tells a device with many databases in one answer which of them have something new, asked with its own session (D4).
import { z } from "zod";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { isObject, parseJson, type Json } from "#server/couch/json.ts";
import type { CouchHandler } from "./couch-handler.ts";

/** Databases that are asked about at once. */
const MOST_DATABASES = 200;
/** Characters of a sequence; that of a cluster grows with its shards. */
const LONGEST_SEQUENCE = 2_000;
export const MAX_CHANGED_BYTES = MOST_DATABASES * (LONGEST_SEQUENCE + 100);
/** So many questions to the record store are open at a time. */
const ASKED_TOGETHER = 8;

const askedSchema = z.strictObject({
  since: z
    .record(
      z.string().refine((name) => parseDatabase(name) !== undefined),
      z.string().min(1).max(LONGEST_SEQUENCE),
    )
    .refine((since) => Object.keys(since).length <= MOST_DATABASES),
});
type AskedChanged = z.output<typeof askedSchema>;
export const readAskedChanged = (said: Json): AskedChanged | undefined => askedSchema.safeParse(said).data;

/** As `GET /db` describes a database, and whether it has changes after the sequence that was told. */
export interface Standing {
  instance_start_time: string;
  update_seq: string;
  changed: boolean;
}

/**
 * Of each database the caller may read. Nothing is said of the others, nor of one that does not answer now: whoever asks
 * finds out there why. When in doubt it has changed: that costs a request, the opposite would hide a record.
 * @param headers with the caller's session as the only credential
 */
export async function standingsOf(
  couch: CouchHandler,
  { since }: AskedChanged,
  headers: { Cookie: string },
  from: { address: string },
): Promise<Record<string, Standing>> {
  const left = Object.entries(since);
  const standings: Record<string, Standing> = {};
  const read = async (path: string): Promise<Json | undefined> => {
    const answer = await couch(new Request(`http://couch.invalid${path}`, { headers }), from);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return answer.ok ? parseJson(bytes, MAX_DEPTH) : undefined;
  };
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [database, known] = next;
      const path = `/${encodeURIComponent(database)}`;
      const info = infoSchema.safeParse(await read(path)).data;
      if (info === undefined) continue;
      // Sequences are opaque: equal ones say the same, of others only the feed knows whether something lies between.
      const changed =
        info.update_seq !== known &&
        !isEmpty(await read(`${path}/_changes?limit=1&since=${encodeURIComponent(known)}`));
      standings[database] = { ...info, changed };
    }
  };
  await Promise.all(Array.from({ length: ASKED_TOGETHER }, worker));
  return standings;
}

const infoSchema = z.object({
  instance_start_time: z.string(),
  update_seq: z.union([z.string(), z.number()]).transform(String),
});

/** Levels of a page of changes without documents. */
const MAX_DEPTH = 6;

function isEmpty(feed: Json | undefined): boolean {
  const results = isObject(feed) ? feed["results"] : undefined;
  return Array.isArray(results) && results.length === 0;
}
