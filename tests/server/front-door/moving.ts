// A centre with three sites and a case that is to move between them: what the tests of transfers stand on.
import { once } from "node:events";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { onTestFinished } from "vitest";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { couchClient, type CouchClient } from "#server/couch-client/couch-client.ts";
import { inbox } from "#server/front-door/inbox.ts";
import type { TransfersDeps } from "#server/front-door/transfers.ts";
import { sendOverHttp } from "#server/start/record-store.ts";
import { operator } from "#tests/sync/support/centre-store.ts";
import { city, createTestCentre, haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import { createVirtualTime } from "#tests/sync/support/virtual-time.ts";

export { city, haiChau, hoaVang };
/** A person who writes in the site's databases. */
const worker: Readonly<Record<string, string>> = { [hoaVang]: "an", [haiChau]: "chi", [city]: "lan" };

export type Centre = Awaited<ReturnType<typeof movingCentre>>;

/** @param over what the front door reaches the record store through; the store itself where it is left out */
export async function movingCentre(over?: (send: (request: Request) => Promise<Response>) => typeof send) {
  const time = createVirtualTime();
  const centre = await createTestCentre(time);
  onTestFinished(() => {
    centre.close();
  });
  await centre.operate("PUT", "/neo-ve");
  const send = over?.(centre.handle) ?? centre.handle;
  const admin = couchClient({ send, user: operator.name, password: operator.password });
  const now = () => time.now();
  const depsWith = (client: CouchClient): TransfersDeps => ({
    admin: client,
    now,
    inbox: inbox({ admin: client, now }),
  });

  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`;
  const at = () => new Date(time.now() + ids).toISOString();
  const stamps = (by: string) => ({
    id: newId(),
    version: 1,
    createdAt: at(),
    createdBy: by,
    device: `device-of-${by}`,
    deviceTime: at(),
  });
  const changing = (by: string) => ({ ...stamps(by), updatedAt: at(), updatedBy: by });

  /** As a person of the site, by the rule. */
  async function write(database: string, record: AnyRecord, rev?: string): Promise<string> {
    const body = { ...record, ...(rev === undefined ? {} : { _rev: rev }) };
    const said = await centre.operate("PUT", `/${database}/${record.id}`, body);
    return (said as { rev: string }).rev;
  }
  const read = async (database: string, id: string): Promise<(AnyRecord & { _rev: string }) | undefined> => {
    const found = await centre.operate("GET", `/${database}/${id}`).catch(() => undefined);
    if (found === undefined) return undefined;
    const { _id, ...rest } = found as AnyRecord & { _id: string; _rev: string };
    return rest;
  };
  const live = async (database: string): Promise<readonly AnyRecord[]> =>
    [...(await centre.documents(database)).values()].flatMap(({ _id, _rev, ...record }) =>
      isStamped(record) ? [record] : [],
    );

  async function newPerson(site: string, displayName: string): Promise<AnyRecord> {
    const record: AnyRecord = { type: "person", ...changing(worker[site] ?? ""), ...{ displayName } };
    await write(`p-${site}`, record);
    return record;
  }
  async function newCase(site: string, person?: string): Promise<AnyRecord> {
    const said = { code: "HVG-26-7K3QXM-5", receivedAt: at(), ...(person === undefined ? {} : { person }) };
    const record: AnyRecord = { type: "case", ...changing(worker[site] ?? ""), ...said };
    await write(`s-${site}`, record);
    return record;
  }
  const noteOf = (site: string, caseId: string, text = "một ghi chú"): AnyRecord => ({
    type: "note",
    ...stamps(worker[site] ?? ""),
    case: caseId,
    ...{ text },
  });
  const planOf = (site: string, caseId: string): AnyRecord => ({
    type: "plan_item",
    ...changing(worker[site] ?? ""),
    case: caseId,
    ...{ need: "medical", status: "proposed" },
  });
  /** The record with another value, told in its history, by somebody of the site. */
  function edited(site: string, record: AnyRecord, field: string, to: string): AnyRecord {
    const by = worker[site] ?? "";
    const { history = [] } = record;
    const last = history.findLast((entry) => entry.field === field);
    const from: unknown = Reflect.get(record, field);
    const entry: HistoryEntry = {
      id: newId(),
      at: at(),
      by,
      device: `device-of-${by}`,
      field,
      ...(from === undefined ? {} : { from }),
      to,
      after: last ? [last.id] : [],
    };
    return { ...record, [field]: to, updatedAt: at(), updatedBy: by, history: [...history, entry] };
  }
  async function offer(from: string, to: string, caseId: string): Promise<AnyRecord> {
    const said = {
      fromSite: from,
      toSite: to,
      caseCode: "HVG-26-7K3QXM-5",
      reason: "Về nhà",
      ground: "life_danger",
    };
    const record: AnyRecord = { type: "transfer", ...stamps(worker[from] ?? ""), case: caseId, ...said };
    await write(`s-${from}`, record);
    return record;
  }
  async function answer(site: string, transfer: AnyRecord, said: string): Promise<AnyRecord> {
    const of = { case: transfer.case ?? "", ...{ transfer: transfer.id, answer: said, bySite: site } };
    const record: AnyRecord = { type: "transfer_answer", ...stamps(worker[site] ?? ""), ...of };
    await write(`s-${site}`, record);
    return record;
  }
  /** The whole story at a site: a person, a case, ten records of it. */
  async function story(site: string, noteCount = 3) {
    const person = await newPerson(site, "Tên của một người");
    const file = await newCase(site, person.id);
    const notes = Array.from({ length: noteCount }, (_, index) =>
      noteOf(site, file.id, `ghi chú ${String(index)}`),
    );
    const plan = planOf(site, file.id);
    for (const record of [...notes, plan]) await write(`s-${site}`, record);
    return { person, file, notes, plan };
  }
  return {
    time, centre, admin, deps: depsWith(admin), depsWith,
    write, read, live, newPerson, newCase, noteOf, planOf, edited, offer, answer, story,
  }; // prettier-ignore
}

/** As with `--couch`: the front door reaches the record store over a socket, by CouchDB's protocol alone. */
export function overHttp(send: (request: Request) => Promise<Response>): typeof send {
  const listener = getRequestListener(send);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  server.listen(0, "127.0.0.1");
  const url = once(server, "listening").then(() => {
    const address = server.address();
    return new URL(`http://127.0.0.1:${String(typeof address === "object" && address ? address.port : 0)}`);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return async (request) => sendOverHttp(await url)(request);
}
