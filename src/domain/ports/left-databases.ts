// What this device has forgotten because the account may not open it any more, until the person has seen that.
import { z } from "zod";

/** Local value. */
export const leftDatabasesName = "leftDatabases";

const schema = z.record(
  z.string(),
  z.object({
    /** UTC instant of the centre. */
    at: z.string(),
    /** How many unsent records the inbox at the centre has taken. */
    handedOver: z.number(),
    /** How many forms that were begun and not finished went there too. */
    drafts: z.number().optional(),
  }),
);
/** By name of the database. */
export type LeftDatabases = z.output<typeof schema>;

export const readLeftDatabases = (read: { local(name: string): unknown }): LeftDatabases =>
  schema.safeParse(read.local(leftDatabasesName)).data ?? {};
