// Reads a record with the front door's own rights, and tells apart what was never there, what moved away and what was erased.
import { z } from "zod";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { CouchFault, documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";

interface Mark {
  readonly movedTo: string;
  readonly transfer: string;
  readonly ofCase: string;
}

export type Lying =
  | { readonly is: "nothing" }
  | { readonly is: "record"; readonly rev: string; readonly record: AnyRecord }
  /** Its case has moved to another site; what is left says where to. */
  | ({ readonly is: "moved" } & Mark)
  /** Deleted by an operator, or blanked by law: nobody brings it back. */
  | { readonly is: "erased" };

const rowsSchema = z.object({
  rows: z.array(
    z.object({
      value: z.object({ rev: z.string(), deleted: z.boolean().optional() }).nullish(),
      doc: z.looseObject({ _id: z.string(), _rev: z.string() }).nullish(),
    }),
  ),
});
const markSchema = z
  .object({ _deleted: z.literal(true), movedTo: z.string(), transfer: z.string(), ofCase: z.string() })
  .transform(({ _deleted, ...mark }): Mark => mark);

export async function readLying(admin: CouchClient, database: string, id: string): Promise<Lying> {
  const path = `/${encodeURIComponent(database)}/_all_docs?include_docs=true`;
  const [row] = await rowsAt(admin, path, id);
  if (!row?.value) return { is: "nothing" };
  const { rev, deleted } = row.value;
  if (deleted === true) {
    const body = await admin.read(`${documentPath(database, id)}?rev=${encodeURIComponent(rev)}`);
    // A node of a cluster that is behind has not heard of it yet: whether it was erased nobody can say now.
    if (body === undefined) throw new CouchFault(503, `One node does not know revision ${rev} yet.`);
    const mark = markSchema.safeParse(body).data;
    return mark ? { is: "moved", ...mark } : { is: "erased" };
  }
  const { _id, _rev, ...record } = row.doc ?? {};
  return isStamped(record) && !Object.hasOwn(record, "erased")
    ? { is: "record", rev, record }
    : { is: "erased" };
}

/** None where there is no such database. */
async function rowsAt(admin: CouchClient, path: string, id: string) {
  try {
    return rowsSchema.parse(await admin.write("POST", path, { keys: [id] })).rows;
  } catch (error) {
    if (error instanceof CouchFault && error.status === 404) return [];
    throw error;
  }
}
