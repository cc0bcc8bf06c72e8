// Two servers replicate with each other by the requests that CouchDB's own replicator makes.
import { describe, expect, it } from "vitest";
import { replicate, type Side } from "#tests/server/couch/couch-replicator.ts";
import { basic, member, refuse, startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";
import type { CouchDeps } from "#server/couch/deps.ts";

interface Peer {
  harness: Harness;
  side: Side;
}

async function startPeer(deps: Partial<CouchDeps> = {}): Promise<Peer> {
  const harness = startHarness(deps);
  await harness.ask("PUT", "/db");
  const members = { roles: ["replicator"] };
  await harness.ask("PUT", "/db/_security", { body: { members, admins: { roles: ["replicator"] } } });
  const Authorization = basic(await harness.addUser("hub", ["replicator"]));
  const side: Side = (method, path, { headers, body }) =>
    harness.send(method, `/db${path}`, {
      as: null,
      headers: { ...headers, Authorization },
      ...(body === undefined ? {} : { raw: body }),
    });
  return { harness, side };
}

async function edit({ ask }: Harness, id: string, fields: object): Promise<void> {
  const path = `/db/${id.split("/").map(encodeURIComponent).join("/")}`;
  const { body } = await ask("GET", path);
  const rev = member(body, "_rev");
  const kept = rev === undefined ? {} : { _rev: rev, _attachments: member(body, "_attachments") ?? {} };
  const put = await ask("PUT", path, { body: { ...kept, ...fields } });
  if (put.status > 299) throw new Error(JSON.stringify(put.body));
}

async function attach(
  { ask }: Harness,
  id: string,
  name: string,
  raw: string,
  type = "text/plain",
): Promise<void> {
  const rev = textOf((await ask("GET", `/db/${id}`)).body, "_rev");
  const path = `/db/${id}/${encodeURIComponent(name)}?rev=${rev}`;
  const put = await ask("PUT", path, { raw, headers: { "Content-Type": type } });
  if (put.status !== 201) throw new Error(JSON.stringify(put.body));
}

/** Every leaf of every document with its history, content and attachments: what two servers must agree on. */
async function everything({ ask }: Harness): Promise<unknown> {
  const { body } = await ask("GET", "/db/_changes?style=all_docs");
  const results = member(body, "results");
  if (!Array.isArray(results)) throw new Error("no changes");
  const all: [string, unknown][] = [];
  for (const each of results) {
    const id = textOf(each, "id");
    const path = `/db/${encodeURIComponent(id).replace("_design%2F", "_design/")}`;
    const query = "open_revs=all&revs=true&attachments=true&att_encoding_info=true";
    const leaves = await ask("GET", `${path}?${query}`, { headers: { Accept: "application/json" } });
    all.push([id, leaves.body]);
  }
  return all.sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("replication as CouchDB does it", () => {
  it("asks what CouchDB asks, and begins where it ended", async () => {
    const [a, b] = [await startPeer(), await startPeer()];
    await edit(a.harness, "doc", { x: 1 });
    await edit(a.harness, "file", { x: 1 });
    await attach(a.harness, "file", "a.txt", "a");
    const first = await replicate(a.side, b.side, "pair");
    expect(first).toMatchObject({ docsWritten: 2, failures: [] });
    expect(first.requests).toEqual([
      "source GET ",
      "target GET ",
      "source GET /_local/pair",
      "target GET /_local/pair",
      "source GET /_changes",
      "target POST /_revs_diff",
      "source POST /_bulk_get",
      "source GET /file",
      "target PUT /file",
      "target POST /_bulk_docs",
      "source POST /_ensure_full_commit",
      "target POST /_ensure_full_commit",
      "source PUT /_local/pair",
      "target PUT /_local/pair",
    ]);
    expect((await replicate(a.side, b.side, "pair")).docsWritten).toBe(0);
    const log = await a.harness.ask("GET", "/db/_local/pair");
    expect(textOf(log.body, "_rev")).toBe("0-2");
  });

  it("carries documents, deletions, conflicts and attachments both ways", async () => {
    const [a, b] = [await startPeer(), await startPeer()];
    await edit(a.harness, "doc", { name: "Nguyễn Thị Mai", 12: "index", 2: ["a", 1, null, {}] });
    await edit(a.harness, "gone", { x: 1 });
    await edit(a.harness, "a/b?c#d", { odd: "id" });
    await edit(a.harness, "_design/d", { views: { v: { map: "function (doc) {}" } } });
    await attach(a.harness, "_design/d", "logo.svg", "<svg/>", "image/svg+xml");
    await edit(a.harness, "files", {});
    await attach(a.harness, "files", "packed.txt", "hồ sơ ".repeat(1000));
    await attach(a.harness, "files", "2", "\r\n--boundary\r\n\x00\x7f", "application/octet-stream");
    await attach(a.harness, "files", "1", "", "text/plain");
    await attach(a.harness, "files", 'tệp "x".txt', "tên", "text/plain; charset=utf-8");
    expect(await replicate(a.side, b.side, "ab")).toMatchObject({ docsWritten: 5, failures: [] });
    expect(await everything(b.harness)).toEqual(await everything(a.harness));

    const gone = textOf((await a.harness.ask("GET", "/db/gone")).body, "_rev");
    await a.harness.ask("DELETE", `/db/gone?rev=${gone}`);
    await edit(a.harness, "doc", { side: "a" });
    await edit(a.harness, "doc", { side: "a again" });
    await attach(a.harness, "files", "from a", "a");
    await edit(b.harness, "doc", { side: "b" });
    await edit(b.harness, "gone", { side: "b" });
    await attach(b.harness, "files", "from b", "b");
    await attach(b.harness, "files", "packed.txt", "other");
    for (let round = 0; round < 2; round++)
      for (const [from, to, id] of [
        [a, b, "ab"],
        [b, a, "ba"],
      ] as const)
        expect((await replicate(from.side, to.side, id)).failures).toEqual([]);
    const trees = await everything(a.harness);
    expect(await everything(b.harness)).toEqual(trees);

    for (const { harness } of [a, b]) {
      const doc = await harness.ask("GET", "/db/doc?conflicts=true");
      expect(doc.body).toMatchObject({ side: "a again", _conflicts: [expect.stringMatching(/^2-/)] });
      // The edit wins over the deletion, which stays known.
      const kept = await harness.ask("GET", "/db/gone?deleted_conflicts=true");
      expect(kept.body).toMatchObject({ side: "b", _deleted_conflicts: [expect.stringMatching(/^2-/)] });
      expect((await harness.ask("GET", "/db/files?conflicts=true")).body).toHaveProperty("_conflicts");
      const odd = await harness.send("GET", "/db/files/2");
      expect(await odd.text()).toBe("\r\n--boundary\r\n\x00\x7f");
    }
    expect((await replicate(a.side, b.side, "new")).docsWritten).toBe(0);
  });

  it("makes one revision of the same edit made at both", async () => {
    const [a, b] = [await startPeer(), await startPeer()];
    for (const { harness } of [a, b]) {
      await edit(harness, "doc", { b: 1, a: ["x", 300, -5, true, null], 7: {} });
      await attach(harness, "doc", "a.txt", "the same text");
      await edit(harness, "doc", { b: 2 });
    }
    expect(await replicate(a.side, b.side, "ab")).toMatchObject({ docsWritten: 0 });
    expect(await everything(b.harness)).toEqual(await everything(a.harness));
  });

  it("agrees on random histories", async () => {
    const peers = [await startPeer(), await startPeer()] as const;
    let state = 20261122;
    const random = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * below);
    };
    for (let step = 0; step < 150; step++) {
      const { harness } = random(2) === 0 ? peers[0] : peers[1];
      const id = `doc-${String(random(5))}`;
      const here = await harness.ask("GET", `/db/${id}`);
      const rev = textOf(here.body, "_rev");
      const what = random(9);
      if (what === 0) await replicate(peers[0].side, peers[1].side, "ab");
      else if (what === 1) await replicate(peers[1].side, peers[0].side, "ba");
      else if (what === 2 && here.status === 200) await harness.ask("DELETE", `/db/${id}?rev=${rev}`);
      else if (what === 3 && here.status === 200)
        await harness.ask("DELETE", `/db/${id}/file-${String(random(3))}?rev=${rev}`);
      else if (what < 6 && here.status === 200)
        await attach(harness, id, `file-${String(random(3))}`, `step ${String(random(40))}`);
      else await edit(harness, id, { step });
    }
    for (let round = 0; round < 2; round++) {
      expect((await replicate(peers[0].side, peers[1].side, "ab")).failures).toEqual([]);
      expect((await replicate(peers[1].side, peers[0].side, "ba")).failures).toEqual([]);
    }
    expect(await everything(peers[1].harness)).toEqual(await everything(peers[0].harness));
  });

  it("carries more documents than a batch may have", async () => {
    const [a, b] = [await startPeer(), await startPeer()];
    for (let number = 0; number < 450; number++) await edit(a.harness, `doc-${String(number)}`, { number });
    const session = await replicate(a.side, b.side, "ab");
    expect(session).toMatchObject({ docsWritten: 450, failures: [] });
    const batches = session.requests.filter((request) => request.endsWith("/_bulk_docs"));
    expect(batches).toHaveLength(7);
    expect(await everything(b.harness)).toEqual(await everything(a.harness));
  });

  it("learns of each document the target refuses, and copies the others", async () => {
    const refuseFiles = (_db: string, newDoc: object) => {
      if ("_attachments" in newDoc || "bad" in newDoc) refuse({ forbidden: "no" });
    };
    const [a, b] = [await startPeer(), await startPeer({ rule: refuseFiles })];
    await edit(a.harness, "good", {});
    await edit(a.harness, "bad", { bad: 1 });
    await edit(a.harness, "files", {});
    await attach(a.harness, "files", "a", "a");
    const session = await replicate(a.side, b.side, "ab");
    expect(session.docsWritten).toBe(1);
    expect(session.failures).toEqual([
      { error: "forbidden", reason: "no" },
      { id: "bad", rev: expect.stringMatching(/^1-/), error: "forbidden", reason: "no" },
    ]);
  });

  it("follows a source by a continuous feed with signs of life", async () => {
    const a = await startPeer();
    const before = await a.harness.ask("GET", "/db");
    const query = new URLSearchParams({
      feed: "continuous",
      style: "all_docs",
      since: JSON.stringify(member(before.body, "update_seq")),
      heartbeat: "20",
    });
    const client = new AbortController();
    const feed = await a.harness.send("GET", `/db/_changes?${query.toString()}`, { signal: client.signal });
    const reader = feed.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toBe("\n");
    await edit(a.harness, "doc", {});
    let line = await next();
    while (line === "\n") line = await next();
    expect(JSON.parse(line)).toMatchObject({ id: "doc", changes: [{ rev: expect.stringMatching(/^1-/) }] });
    client.abort();
    await expect.poll(() => a.harness.couch.feeds().open).toBe(0);
  });
});
