// A centre for devices of tests whose store is a file, so that it can be stopped, put back and started again.
import { createCouch, type Couch } from "#server/couch/couch.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { ADMIN, basic, member } from "#tests/server/couch/harness.ts";
import type { TestCentre } from "#tests/sync/support/test-centre.ts";
import type { VirtualTime } from "#tests/sync/support/virtual-time.ts";

export interface FileCentre extends TestCentre {
  stop(): void;
  start(): void;
}

export function fileCentre(file: string, time: VirtualTime): FileCentre {
  const open = (): Couch =>
    createCouch({
      file,
      secret: "a secret of the tests",
      now: () => time.now(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      admins: { [ADMIN.name]: ADMIN.password },
      pbkdf2Iterations: 1,
      rule: (_database, newDoc, oldDoc, user, security) => {
        recordRule(newDoc, oldDoc, user, security, ruleTable, time.now());
      },
      startTimer: time.after,
      log: (event) => {
        if (event.type === "failed") throw event.error;
      },
    });
  let couch: Couch | undefined = open();

  const handle = (request: Request): Promise<Response> => {
    const { signal } = request;
    if (couch === undefined) return Promise.reject(new TypeError("fetch failed"));
    const answering = couch.handle(request, { address: "127.0.0.1" }).then((answer) => {
      const headers = new Headers(answer.headers);
      headers.set("date", new Date(time.now()).toUTCString());
      signal.throwIfAborted();
      return new Response(answer.body, { status: answer.status, headers });
    });
    return time.busy(answering);
  };

  async function operate(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await handle(
      new Request(`http://centre${path}`, {
        method,
        headers: { authorization: basic(ADMIN), "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const said: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
    return said;
  }

  const stop = () => {
    couch?.close();
    couch = undefined;
  };
  return {
    handle,
    operate,
    async documents(database) {
      const said = await operate("GET", `/${database}/_all_docs?include_docs=true`);
      const rows = member(said, "rows");
      return new Map(
        (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
          const doc = member(row, "doc");
          const id = String(member(row, "id"));
          return isRecord(doc) && !id.startsWith("_") ? [[id, doc] as const] : [];
        }),
      );
    },
    feeds: () => couch?.feeds() ?? { open: 0, waiting: 0 },
    close: stop,
    stop,
    start: () => {
      couch = open();
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
