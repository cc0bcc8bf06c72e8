// PouchDB 9 replicates with the server in both directions under a `replicator` account, over real HTTP.
import { createHash } from "node:crypto";
import PouchDB from "pouchdb";
import memoryAdapter from "pouchdb-adapter-memory";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen, type HttpServer } from "#tests/server/couch/http-server.ts";
import { member, startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";

PouchDB.plugin(memoryAdapter);

let harness: Harness;
let server: HttpServer;
let opened: PouchDB[] = [];
let count = 0;

beforeEach(async () => {
  harness = startHarness();
  server = await listen(harness.couch);
  await harness.ask("PUT", "/db");
  await harness.ask("PUT", "/db/_security", {
    body: { members: { roles: ["replicator", "staff"] } },
  });
  await harness.addUser("hub", ["replicator"], "hub password");
  await harness.addUser("mai", ["staff"], "mai password");
});

afterEach(async () => {
  for (const each of opened) await each.close().catch(() => undefined);
  opened = [];
  await server.close();
});

function local(): PouchDB {
  const each = new PouchDB(`local-${String(count++)}`, { adapter: "memory" });
  opened.push(each);
  return each;
}

const remote = (username = "hub") =>
  new PouchDB(`${server.url}/db`, {
    skip_setup: true,
    auth: { username, password: `${username} password` },
  });

/** All leaves with their whole history and content, of all documents: what two replicas must agree on. */
async function treesOf(database: PouchDB): Promise<unknown> {
  const { results } = await database.changes({ style: "all_docs" });
  const trees = new Map<string, unknown>();
  for (const { id, changes } of results) {
    const leaves = [];
    for (const { rev } of changes) leaves.push(await database.get(id, { rev, revs: true }));
    leaves.sort((a, b) => (String(a["_rev"]) < String(b["_rev"]) ? -1 : 1));
    const winner = await database.get(id).catch((error: unknown) => textOf(error, "reason"));
    trees.set(id, { leaves, winner });
  }
  return [...trees].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function edit(database: PouchDB, id: string, fields: object): Promise<string> {
  const current = await database.get(id).catch(() => ({ _id: id }));
  return (await database.put({ ...current, ...fields })).rev;
}

describe("one-shot replication", () => {
  it("pushes documents, histories and deletions", async () => {
    const here = local();
    for (let index = 0; index < 250; index++)
      await here.put({ _id: `doc-${String(index)}`, index, text: "Nguyễn Thị Mai" });
    await edit(here, "doc-1", { edited: true });
    const gone = await here.get("doc-2");
    await here.remove("doc-2", String(gone["_rev"]));
    const done = await here.replicate.to(remote());
    expect(done).toMatchObject({ ok: true, docs_written: 250, doc_write_failures: 0 });
    expect(await treesOf(remote())).toEqual(await treesOf(here));
    const again = await here.replicate.to(remote());
    expect(again.docs_written).toBe(0);
  });

  it("pulls documents, histories and deletions", async () => {
    const there = remote();
    await there.bulkDocs(Array.from({ length: 150 }, (_, index) => ({ _id: `doc-${String(index)}`, index })));
    await edit(there, "doc-1", { edited: true });
    const gone = await there.get("doc-2");
    await there.remove("doc-2", String(gone["_rev"]));
    const here = local();
    const done = await here.replicate.from(there);
    expect(done).toMatchObject({ ok: true, docs_written: 150 });
    expect(await treesOf(here)).toEqual(await treesOf(there));
  });

  it("pulls what a selector names, and nothing else", async () => {
    const there = remote();
    await there.bulkDocs([
      { _id: "a", site: "x" },
      { _id: "b", site: "y" },
    ]);
    const here = local();
    await here.replicate.from(there, { selector: { site: "x" } });
    const { rows } = await here.allDocs();
    expect(rows.map(({ id }) => id)).toEqual(["a"]);
  });

  it("makes the same conflict of edits on two replicas, and heals it everywhere", async () => {
    const [one, two] = [local(), local()];
    await one.put({ _id: "doc", step: 0 });
    await one.replicate.to(remote());
    await two.replicate.from(remote());
    await edit(one, "doc", { one: 1 });
    await edit(one, "doc", { one: 2 });
    await edit(two, "doc", { two: 1 });
    for (const each of [one, two, one]) {
      await each.replicate.to(remote());
      await each.replicate.from(remote());
    }
    const trees = await treesOf(remote());
    expect(await treesOf(one)).toEqual(trees);
    expect(await treesOf(two)).toEqual(trees);
    const winner = await remote().get("doc", { conflicts: true });
    expect(winner).toMatchObject({ one: 2, _conflicts: [expect.stringMatching(/^2-/)] });

    const [loser] = winner["_conflicts"] as string[];
    await one.remove("doc", loser ?? "");
    await one.replicate.to(remote());
    await two.replicate.from(remote());
    expect(await two.get("doc", { conflicts: true })).not.toHaveProperty("_conflicts");
    expect(await treesOf(two)).toEqual(await treesOf(one));
  });

  it("agrees on random histories of three replicas", async () => {
    const replicas = [local(), local(), local()];
    let state = 20261122;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * below);
    };
    for (let step = 0; step < 120; step++) {
      const database = replicas[random(3)];
      const id = `doc-${String(random(6))}`;
      if (database === undefined) throw new Error("no replica");
      const what = random(8);
      if (what === 0) await database.replicate.to(remote());
      else if (what === 1) await database.replicate.from(remote());
      else if (what === 2) {
        const current = await database.get(id).catch(() => null);
        if (current !== null) await database.remove(id, String(current["_rev"]));
      } else await edit(database, id, { step });
    }
    for (const each of [...replicas, ...replicas]) await each.replicate.to(remote());
    for (const each of replicas) await each.replicate.from(remote());
    const trees = await treesOf(remote());
    for (const each of replicas) expect(await treesOf(each)).toEqual(trees);
  });

  it("gives a document the revision id that was computed elsewhere", async () => {
    const there = remote();
    const { rev } = await there.put({ _id: "doc", foo: "bar" });
    expect(rev).toBe("1-4c6114c65e295552ab1019e2b046b10e");
  });

  it("is refused to an account that is no replicator", async () => {
    const here = local();
    await here.put({ _id: "doc" });
    await expect(here.replicate.to(remote("mai"))).rejects.toMatchObject({ status: 403 });
    const { rows } = await remote("mai").allDocs();
    expect(rows).toEqual([]);
  });
});

describe("attachments", () => {
  const text = Buffer.from("hồ sơ ".repeat(500));
  const binary = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));

  /** Name, media type and content of all attachments of all leaves; PouchDB counts `revpos` anew on what it pulls. */
  async function filesOf(database: PouchDB): Promise<unknown> {
    const { results } = await database.changes({ style: "all_docs" });
    const files: string[] = [];
    for (const { id, changes } of results)
      for (const { rev } of changes) {
        const { _attachments: attachments } = await database.get(id, { rev });
        for (const [name, stub] of Object.entries(attachments ?? {})) {
          const content = await database.getAttachment(id, name, { rev });
          const digest = createHash("sha256").update(content).digest("hex");
          files.push([id, rev, name, textOf(stub, "content_type"), digest].join(" "));
        }
      }
    return files.sort();
  }

  it("are pushed, pulled, changed on both sides and removed", async () => {
    const [one, two] = [local(), local()];
    const first = await one.putAttachment("doc", "text.txt", undefined, text, "text/plain");
    await one.putAttachment("doc", "picture.png", first.rev, binary, "image/png");
    await one.put({
      _id: "logo",
      _attachments: { "logo.svg": { content_type: "image/svg+xml", data: text.toString("base64") } },
    });
    expect(await one.replicate.to(remote())).toMatchObject({
      ok: true,
      docs_written: 2,
      doc_write_failures: 0,
    });
    expect(await filesOf(remote())).toEqual(await filesOf(one));
    expect((await remote().getAttachment("doc", "text.txt")).equals(text)).toBe(true);

    await two.replicate.from(remote());
    expect(await filesOf(two)).toEqual(await filesOf(one));

    const there = await remote().get("doc");
    const changed = await remote().putAttachment(
      "doc",
      "text.txt",
      String(there["_rev"]),
      binary,
      "text/plain",
    );
    await remote().removeAttachment("doc", "picture.png", changed.rev);
    const here = await one.get("doc");
    await one.putAttachment("doc", "more.bin", String(here["_rev"]), binary, "application/octet-stream");
    for (const each of [one, two, one]) {
      await each.replicate.to(remote());
      await each.replicate.from(remote());
    }
    const files = await filesOf(remote());
    expect(await filesOf(one)).toEqual(files);
    expect(await filesOf(two)).toEqual(files);
    expect(await treesOf(two)).toHaveLength(2);
    const conflicted = await remote().get("doc", { conflicts: true });
    expect(conflicted["_conflicts"]).toHaveLength(1);
  });

  it("come with the documents that are asked for in one request", async () => {
    const there = remote();
    await there.putAttachment("doc", "text.txt", undefined, text, "text/plain");
    const { rows } = await there.allDocs({ include_docs: true, attachments: true });
    expect(member(rows[0]?.doc, "_attachments", "text.txt", "data")).toBe(text.toString("base64"));
    const { results } = await there.bulkGet({ docs: [{ id: "doc" }], attachments: true });
    expect(member(results, 0, "docs", 0, "ok", "_attachments", "text.txt", "data")).toBe(
      text.toString("base64"),
    );
  });
});

describe("live replication", () => {
  it("carries changes both ways as they happen, and leaves no feed behind", async () => {
    const [one, two] = [local(), local()];
    const running = [
      one.replicate.to(remote(), { live: true, retry: true }),
      one.replicate.from(remote(), { live: true, retry: true }),
      two.replicate.to(remote(), { live: true, retry: true }),
      two.replicate.from(remote(), { live: true, retry: true }),
    ];
    const errors: unknown[] = [];
    for (const each of running) each.on("error", (error) => errors.push(error));
    for (let index = 0; index < 30; index++) {
      await one.put({ _id: `one-${String(index)}` });
      await two.put({ _id: `two-${String(index)}` });
      await edit(index % 2 === 0 ? one : two, "shared", { index });
    }
    const ids = async (database: PouchDB) => (await database.allDocs()).rows.map(({ id }) => id);
    for (const each of [one, two, remote()])
      await expect.poll(async () => (await ids(each)).length, { timeout: 20_000 }).toBe(61);
    await expect
      .poll(async () => JSON.stringify(await treesOf(two)), { timeout: 20_000 })
      .toBe(JSON.stringify(await treesOf(one)));
    expect(harness.couch.feeds().open).toBeGreaterThanOrEqual(2);

    const ended = running.map((each) => new Promise<void>((resolve) => each.on("complete", resolve)));
    for (const each of running) each.cancel();
    await Promise.all(ended);
    await expect.poll(() => harness.couch.feeds().open, { timeout: 20_000 }).toBe(0);
    expect(errors).toEqual([]);
  });
});
