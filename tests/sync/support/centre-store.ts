// What every centre of tests stands on: the real embedded server with the real rule, at virtual time, and its operator.
import { z } from "zod";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { type Couch, createCouch } from "#server/couch/couch.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import type { VirtualTime } from "./virtual-time.ts";

export const cookieSecret = "a secret of the tests";
export const operator = { name: "operator", password: "secret" };
const asOperator = `Basic ${Buffer.from(`${operator.name}:${operator.password}`).toString("base64")}`;

export const openCentreStore = (
  time: VirtualTime,
  { file, randomBytes }: { file: string; randomBytes: (count: number) => Uint8Array },
): Couch =>
  createCouch({
    file,
    secret: cookieSecret,
    now: () => time.now(),
    randomBytes,
    admins: { [operator.name]: operator.password },
    pbkdf2Iterations: 1,
    rule: (database, newDoc, oldDoc, user, security) => {
      if (parseDatabase(database) !== undefined)
        recordRule(newDoc, oldDoc, user, security, ruleTable, time.now());
    },
    startTimer: time.after,
    log: (event) => {
      if (event.type === "failed") throw event.error;
    },
  });

/** Answers carry the centre's `Date`. */
export function dated(answer: Response, time: VirtualTime): Response {
  const headers = new Headers(answer.headers);
  headers.set("date", new Date(time.now()).toUTCString());
  return new Response(answer.body, { status: answer.status, headers });
}

const listed = z.object({
  rows: z.array(z.object({ id: z.string(), doc: z.record(z.string(), z.unknown()) })),
});

export function operations(handle: (request: Request) => Promise<Response>) {
  /** As the operator; returns the JSON answer. */
  async function operate(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await handle(
      new Request(`http://centre${path}`, {
        method,
        headers: { authorization: asOperator, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const said: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
    return said;
  }

  return {
    operate,
    /** All current documents of a database, without design documents, by id. */
    async documents(database: string): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
      const { rows } = listed.parse(await operate("GET", `/${database}/_all_docs?include_docs=true`));
      return new Map(rows.filter(({ id }) => !id.startsWith("_")).map(({ id, doc }) => [id, doc]));
    },
  };
}
