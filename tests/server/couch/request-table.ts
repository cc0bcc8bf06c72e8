// A prepared database, and tables of requests with the status and body that CouchDB answers.
import { expect, it } from "vitest";
import { refuse, startHarness, textOf, type Ask, type Harness } from "#tests/server/couch/harness.ts";

export const REV_1 = "1-4c6114c65e295552ab1019e2b046b10e"; // {"foo":"bar"}
export const REV_2 = expect.stringMatching(/^2-[0-9a-f]{32}$/);
export const SEQ = expect.stringMatching(/^\d+-g1[\w-]+$/);

/** `db` holds `doc` (one revision), `gone` (deleted), `split` (two leaves) and `_design/d`. */
export async function prepare(): Promise<Harness> {
  const harness = startHarness({ rule: refuseBad });
  const { ask } = harness;
  await ask("PUT", "/db");
  await ask("PUT", "/db/doc", { body: { foo: "bar" } });
  const gone = await ask("PUT", "/db/gone", { body: {} });
  await ask("DELETE", `/db/gone?rev=${textOf(gone.body, "rev")}`);
  await ask("POST", "/db/_bulk_docs", {
    body: {
      new_edits: false,
      docs: [
        { _id: "split", _rev: "2-b", _revisions: { start: 2, ids: ["b", "a"] }, side: "left" },
        { _id: "split", _rev: "2-c", _revisions: { start: 2, ids: ["c", "a"] }, side: "right" },
      ],
    },
  });
  await ask("PUT", "/db/_design/d", { body: { language: "javascript" } });
  await ask("PUT", "/db/_local/checkpoint", { body: { at: 1 } });
  return harness;
}

function refuseBad(_db: string, newDoc: object): void {
  if ("bad" in newDoc) refuse({ forbidden: "This is bad." });
  if ("strange" in newDoc) refuse({ unauthorized: "Who are you?" });
}

export type Row = [method: string, path: string, ask: Ask, status: number, body: unknown];

export const error = (name: string, reason: string) => ({ error: name, reason });
export const MISSING = error("not_found", "missing");
export const CONFLICT = error("conflict", "Document update conflict.");

/** One test per row; each has a database of its own. */
export function checkTable(rows: Row[]): void {
  it.each(rows)("%s %s", async (method, path, ask, status, body) => {
    const harness = await prepare();
    const answer = await harness.ask(method, path, ask);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    harness.couch.close();
  });
}
