// How much a user may keep in `_local` documents, which no rule looks at and no feed shows.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";

const limits = { maxLocalDocuments: 3, maxLocalBytes: 1000 };
let harness: Harness;
let mai: Awaited<ReturnType<Harness["addUser"]>>;
let lan: Awaited<ReturnType<Harness["addUser"]>>;

async function prepare(deps: Parameters<typeof startHarness>[0] = {}) {
  harness = startHarness({ limits, ...deps });
  for (const name of ["db", "other"]) {
    await harness.ask("PUT", `/${name}`);
    await harness.ask("PUT", `/${name}/_security`, { body: { members: { roles: ["staff"] } } });
  }
  mai = await harness.addUser("mai", ["staff"]);
  lan = await harness.addUser("lan", ["staff"]);
}
const put = (id: string, as = mai, body: object = {}, database = "db") =>
  harness.ask("PUT", `/${database}/_local/${id}`, { as, body });

describe("_local documents of one user in one database", () => {
  beforeEach(() => prepare());
  afterEach(() => {
    harness.couch.close();
  });

  it("are limited in number; each may be written again, and a deleted one makes room", async () => {
    for (const id of ["1", "2", "3"]) expect((await put(id)).status).toBe(201);
    expect(await put("4")).toMatchObject({ status: 413, body: { error: "too_large" } });
    expect((await put("3", mai, { _rev: "0-1", again: true })).body).toMatchObject({ rev: "0-2" });
    expect((await harness.ask("DELETE", "/db/_local/1?rev=0-1", { as: mai })).status).toBe(200);
    expect((await put("4")).status).toBe(201);
  });

  it("are limited in bytes all together, as one that is too large is", async () => {
    expect((await put("1", mai, { text: "x".repeat(600) })).status).toBe(201);
    const refused = await put("2", mai, { text: "x".repeat(600) });
    expect(refused).toMatchObject({ status: 413, body: { error: "document_too_large", reason: "_local/2" } });
    expect((await harness.ask("GET", "/db/_local/2", { as: mai })).status).toBe(404);
    // Grown in place, it would be too much as well.
    expect((await put("1", mai, { _rev: "0-1", text: "x".repeat(2000) })).status).toBe(413);
    expect((await put("1", mai, { _rev: "0-1", text: "x".repeat(100) })).status).toBe(201);
    expect((await put("2", mai, { text: "x".repeat(600) })).status).toBe(201);
  });

  it("leave room to others, to other databases, and to the operator", async () => {
    for (const id of ["1", "2", "3"]) await put(id);
    expect((await put("4", lan)).status).toBe(201);
    expect((await put("4", mai, {}, "other")).status).toBe(201);
    for (const id of ["5", "6", "7", "8", "9"])
      expect((await harness.ask("PUT", `/db/_local/${id}`, { body: {} })).status).toBe(201);
  });

  it("are limited in a batch too: the row says so, the others are written", async () => {
    const docs = [1, 2, 3, 4].map((number) => ({ _id: `_local/${String(number)}` }));
    const { status, body } = await harness.ask("POST", "/db/_bulk_docs", { as: mai, body: { docs } });
    expect(status).toBe(201);
    expect(body).toMatchObject([
      { rev: "0-1" },
      { rev: "0-1" },
      { rev: "0-1" },
      { id: "_local/4", error: "too_large" },
    ]);
  });
});

it("in a file of before they had owners stay readable, and count for nobody", async () => {
  const directory = mkdtempSync(join(tmpdir(), "neo-ve-local-"));
  const file = join(directory, "old.sqlite");
  await prepare({ file });
  for (const id of ["1", "2", "3"]) await put(id, mai, { at: id });
  harness.couch.close();
  const old = new Database(file);
  old.exec("ALTER TABLE local DROP COLUMN owner");
  old.close();
  harness = startHarness({ limits, file });
  const { body } = await harness.ask("GET", "/db/_local/2", { as: mai });
  expect(textOf(body, "at")).toBe("2");
  expect((await put("4")).status).toBe(201);
  harness.couch.close();
  rmSync(directory, { recursive: true });
});
