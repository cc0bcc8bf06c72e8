// Who gets in: every path of a database for nobody, an outsider, a member, a database admin and the operator.
import { describe, expect, it } from "vitest";
import { ADMIN, refuse, startHarness } from "#tests/server/couch/harness.ts";

async function prepare() {
  const harness = startHarness();
  const { ask, addUser } = harness;
  await ask("PUT", "/db");
  await ask("PUT", "/db/_security", {
    body: { members: { roles: ["staff"], names: ["named"] }, admins: { roles: ["chief"] } },
  });
  await ask("PUT", "/db/doc", { body: { foo: "bar" } });
  return {
    ...harness,
    people: {
      nobody: null,
      outsider: await addUser("outsider", ["other"]),
      member: await addUser("member", ["staff"]),
      named: await addUser("named", []),
      chief: await addUser("chief", ["chief"]),
      replicator: await addUser("replicator", ["staff", "replicator"]),
      operator: ADMIN,
    },
  };
}

const READS = [
  ["GET", "/db"],
  ["GET", "/db/doc"],
  ["GET", "/db/absent"],
  ["GET", "/db/_all_docs"],
  ["GET", "/db/_changes"],
  ["GET", "/db/_changes?feed=longpoll&timeout=1"],
  ["GET", "/db/_security"],
  ["GET", "/db/_local/x"],
  ["GET", "/db/_design/x"],
  ["POST", "/db/_bulk_get"],
  ["POST", "/db/_revs_diff"],
  ["POST", "/db/_all_docs"],
  ["POST", "/db/_bulk_docs"],
  ["POST", "/db/_missing_revs"],
  ["POST", "/db/_ensure_full_commit"],
  ["POST", "/db"],
  ["PUT", "/db/new"],
  ["PUT", "/db/_local/x"],
  ["DELETE", "/db/doc"],
  ["GET", "/db/_unheard_of"],
  ["GET", "/db/doc/file"],
  ["COPY", "/db/doc"],
] as const;

describe("a database", () => {
  it.each(READS)("is closed to nobody and to outsiders: %s %s", async (method, path) => {
    const { ask, people } = await prepare();
    const body = method === "GET" ? {} : { body: {} };
    expect(await ask(method, path, { as: people.nobody, ...body })).toMatchObject({
      status: 401,
      body: { error: "unauthorized", reason: "You are not authorized to access this db." },
    });
    expect(await ask(method, path, { as: people.outsider, ...body })).toMatchObject({
      status: 403,
      body: { error: "forbidden", reason: "You are not allowed to access this db." },
    });
    for (const person of [people.member, people.named, people.chief, people.operator])
      expect([401, 403]).not.toContain((await ask(method, path, { as: person, ...body })).status);
  });

  it("takes design documents and security from its admins only", async () => {
    const { ask, people } = await prepare();
    for (const [path, body] of [
      ["/db/_design/x", {}],
      ["/db/_security", { members: { roles: ["staff"] }, admins: { roles: ["chief"] } }],
    ] as const) {
      expect(await ask("PUT", path, { as: people.member, body })).toMatchObject({
        status: 403,
        body: { reason: "You are not a db or server admin." },
      });
      expect((await ask("PUT", path, { as: people.chief, body })).status).toBeLessThan(300);
    }
    const row = await ask("POST", "/db/_bulk_docs", {
      as: people.member,
      body: { docs: [{ _id: "_design/y" }] },
    });
    expect(row.body).toEqual([
      { id: "_design/y", error: "forbidden", reason: "You are not a db or server admin." },
    ]);
  });

  it("takes foreign revisions from the operator and the replicator only", async () => {
    const { ask, people } = await prepare();
    const bulk = { new_edits: false, docs: [{ _id: "r", _rev: "1-r" }] };
    for (const [person, status] of [
      [people.member, 403],
      [people.chief, 403],
      [people.replicator, 201],
      [people.operator, 201],
    ] as const) {
      expect((await ask("POST", "/db/_bulk_docs", { as: person, body: bulk })).status).toBe(status);
      const put = await ask("PUT", "/db/r?new_edits=false", { as: person, body: { _rev: "1-r" } });
      expect(put.status).toBe(status);
    }
  });

  it("is made, removed and purged by the operator only", async () => {
    const { ask, people } = await prepare();
    for (const person of [people.nobody, people.member, people.chief]) {
      expect((await ask("PUT", "/more", { as: person })).status).toBe(401);
      expect((await ask("DELETE", "/db", { as: person })).status).toBe(401);
      expect((await ask("POST", "/db/_purge", { as: person, body: {} })).status).toBe(401);
      expect((await ask("GET", "/_all_dbs", { as: person })).status).toBe(401);
    }
    expect((await ask("POST", "/db/_compact", { as: people.member, body: {} })).status).toBe(401);
    expect((await ask("POST", "/db/_compact", { as: people.chief, body: {} })).status).toBe(202);
  });

  it("whose members are an empty list is open to nobody but administrators", async () => {
    const { ask, people } = await prepare();
    for (const security of [{}, { members: {} }, { members: { names: [], roles: [] } }]) {
      await ask("PUT", "/db/_security", { body: security });
      expect((await ask("GET", "/db", { as: people.nobody })).status).toBe(401);
      expect((await ask("GET", "/db", { as: people.member })).status).toBe(403);
      expect((await ask("GET", "/db", { as: people.operator })).status).toBe(200);
    }
  });
});

describe("the record rule", () => {
  it("sees the new and the old document, the user and the security object", async () => {
    const seen: unknown[] = [];
    const { ask, addUser } = startHarness({
      rule: (...call) => {
        seen.push(call);
      },
    });
    await ask("PUT", "/db");
    const security = { members: { roles: ["staff"] } };
    await ask("PUT", "/db/_security", { body: security });
    const mai = await addUser("mai", ["staff"]);
    const first = { _id: "doc", n: 1 };
    const put = await ask("PUT", "/db/doc", { as: mai, body: first });
    const { rev } = put.body as { rev: string };
    await ask("PUT", "/db/doc", { as: mai, body: { _rev: rev, n: 2 } });
    await ask("PUT", "/db/_local/x", { as: mai, body: {} });
    await ask("PUT", "/db/_design/x", { body: {} });
    const user = { db: "db", name: "mai", roles: ["staff"] };
    const revisions = { start: 1, ids: [rev.slice(2)] };
    expect(seen).toEqual([
      ["db", first, null, user, security],
      [
        "db",
        { _id: "doc", _rev: rev, n: 2, _revisions: revisions },
        { _id: "doc", _rev: rev, n: 1, _revisions: revisions },
        user,
        security,
      ],
    ]);
  });

  it("is asked about replicated documents, deletions and administrators too", async () => {
    const { ask } = startHarness({
      rule: (_db, newDoc) => {
        if (newDoc["_deleted"] === true) refuse({ forbidden: "Nobody deletes." });
      },
    });
    await ask("PUT", "/db");
    const put = await ask("PUT", "/db/doc", { body: {} });
    const { rev } = put.body as { rev: string };
    const gone = await ask("DELETE", `/db/doc?rev=${rev}`);
    expect(gone).toMatchObject({ status: 403, body: { reason: "Nobody deletes." } });
    const replicated = await ask("POST", "/db/_bulk_docs", {
      body: { new_edits: false, docs: [{ _id: "x", _rev: "1-x", _deleted: true }] },
    });
    expect(replicated.body).toEqual([{ id: "x", rev: "1-x", error: "forbidden", reason: "Nobody deletes." }]);
  });

  it("that fails takes the whole batch back", async () => {
    const { ask } = startHarness({
      log: () => undefined,
      rule: (_db, newDoc) => {
        if (newDoc["_id"] === "b") throw new Error("a bug");
      },
    });
    await ask("PUT", "/db");
    const answer = await ask("POST", "/db/_bulk_docs", {
      body: { docs: [{ _id: "a" }, { _id: "b" }] },
    });
    expect(answer.status).toBe(500);
    expect((await ask("GET", "/db/a")).status).toBe(404);
  });
});
