// The requests we make of the centre's databases; nothing but what every CouchDB answers.
import { z } from "zod";
import type { Asked, CouchClient } from "./couch-client.ts";
import { type CouchDocument, documentSchema } from "./document.ts";
import type { Session } from "./session.ts";

const changesSchema = z.object({
  results: z.array(z.object({ id: z.string(), doc: documentSchema.nullish() })),
  last_seq: z.union([z.string(), z.number()]).transform(String),
  pending: z.number().optional(),
});
export type Changes = z.infer<typeof changesSchema>;

export const infoSchema = z.object({
  instance_start_time: z.string(),
  update_seq: z.union([z.string(), z.number()]).transform(String),
});
export type DatabaseInfo = z.infer<typeof infoSchema>;

const outcomesSchema = z.array(
  z.object({
    id: z.string(),
    rev: z.string().nullish(),
    error: z.string().nullish(),
    reason: z.string().nullish(),
  }),
);
export type Outcome = z.infer<typeof outcomesSchema>[number];

const currentSchema = z.object({
  rows: z.array(
    z.object({
      id: z.string().optional(),
      value: z.object({ rev: z.string(), deleted: z.boolean().optional() }).nullish(),
      doc: documentSchema.nullish(),
    }),
  ),
});
export type Current = z.infer<typeof currentSchema>["rows"][number];

const versionsSchema = z.object({
  results: z.array(z.object({ docs: z.array(z.object({ ok: documentSchema.optional() })) })),
});

const pageSize = 200;
/** How long the centre holds a long poll open. Shorter than what proxies and mobile networks cut off. */
const holdMs = 25_000;

export interface Centre {
  describe(database: string, signal: AbortSignal): Asked<DatabaseInfo>;
  /** At most `pageSize` changes after `since`; `wait`: answers when there is one, or after a while without. */
  changes(database: string, since: string, wait: boolean, signal: AbortSignal): Asked<Changes>;
  /** @param documents JSON texts */
  write(database: string, documents: readonly string[], signal: AbortSignal): Asked<readonly Outcome[]>;
  /** The current versions of these records. */
  current(database: string, ids: readonly string[], signal: AbortSignal): Asked<readonly Current[]>;
  /** Which of these ids it has, deleted ones too, each with its current revision. */
  known(database: string, ids: readonly string[], signal: AbortSignal): Asked<ReadonlyMap<string, string>>;
  /** Of these records all versions beside each other that no other was made on top of. */
  versions(database: string, ids: readonly string[], signal: AbortSignal): Asked<readonly CouchDocument[]>;
}

export function createCentre(client: CouchClient, session: Session): Centre {
  const below = (database: string, path: string) => `/${encodeURIComponent(database)}${path}`;
  const list = (database: string, query: string, ids: readonly string[], signal: AbortSignal) => {
    const path = below(database, `/_all_docs${query}`);
    // Of each there is a row, of one that is not there too: what is not spoken of is not known to be lost.
    const schema = currentSchema.refine(({ rows }) => rows.length === ids.length);
    const ask = { method: "POST", path, body: JSON.stringify({ keys: ids }), schema } as const;
    return session.ask(() => client.ask(ask, signal), signal);
  };
  return {
    describe: (database, signal) =>
      session.ask(
        () => client.ask({ method: "GET", path: below(database, ""), schema: infoSchema }, signal),
        signal,
      ),

    changes(database, since, wait, signal) {
      // Sequences are the centre's own text: this writes whatever they hold, `encodeURIComponent` throws at half a character.
      const place = new URLSearchParams({ since }).toString();
      const query = `include_docs=true&conflicts=true&limit=${pageSize}&${place}`;
      const held = wait ? `&feed=longpoll&timeout=${holdMs}` : "";
      const path = below(database, `/_changes?${query}${held}`);
      const ask = { method: "GET", path, schema: changesSchema, ...(wait && { silenceMs: holdMs }) } as const;
      return session.ask(() => client.ask(ask, signal), signal);
    },

    write(database, documents, signal) {
      const body = `{"docs":[${documents.join(",")}]}`;
      const path = below(database, "/_bulk_docs");
      return session.ask(
        () => client.ask({ method: "POST", path, body, schema: outcomesSchema }, signal),
        signal,
      );
    },

    async current(database, ids, signal) {
      const answer = await list(database, "?include_docs=true", ids, signal);
      return answer.ok ? { ...answer, value: { ...answer.value, body: answer.value.body.rows } } : answer;
    },

    async known(database, ids, signal) {
      const answer = await list(database, "", ids, signal);
      if (!answer.ok) return answer;
      const known = new Map(
        answer.value.body.rows.flatMap(({ id, value }) =>
          id === undefined || !value ? [] : [[id, value.rev]],
        ),
      );
      return { ...answer, value: { ...answer.value, body: known } };
    },

    async versions(database, ids, signal) {
      const path = below(database, "/_bulk_get");
      const body = JSON.stringify({ docs: ids.map((id) => ({ id })) });
      const ask = { method: "POST", path, body, schema: versionsSchema } as const;
      const answer = await session.ask(() => client.ask(ask, signal), signal);
      if (!answer.ok) return answer;
      const found = answer.value.body.results.flatMap(({ docs }) => docs.flatMap(({ ok }) => ok ?? []));
      return { ...answer, value: { ...answer.value, body: found } };
    },
  };
}
