// Documents are found by their words as they are now, whatever the front door remembers from before.
import { expect, it } from "vitest";
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { documentsWith, idsWith, type Lookup } from "#server/front-door/lookup.ts";
import { movingCentre } from "./moving.ts";

const lookup: Lookup = {
  database: "neo-ve",
  prefix: "thing:",
  wordsOf: ({ kind }) => (typeof kind === "string" ? [kind] : []),
};

async function found(admin: CouchClient, word: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const page of documentsWith(admin, lookup, word)) ids.push(...page.map(({ id }) => id));
  return ids.toSorted();
}

it("by a word that came, was changed, or went; of no other kind of id; more than a page", async () => {
  const { admin, centre } = await movingCentre();
  const put = (id: string, body: object) => centre.operate("PUT", `/neo-ve/${id}`, body);
  expect(await found(admin, "red")).toEqual([]);
  const { rev } = (await put("thing:1", { kind: "red" })) as { rev: string };
  await put("thing:2", { kind: "blue" });
  await put("other:1", { kind: "red" });
  expect(await found(admin, "red")).toEqual(["thing:1"]);
  const { rev: next } = (await put("thing:1", { kind: "blue", _rev: rev })) as { rev: string };
  expect(await found(admin, "red")).toEqual([]);
  expect(await found(admin, "blue")).toEqual(["thing:1", "thing:2"]);
  await put("thing:1", { _rev: next, _deleted: true });
  expect(await found(admin, "blue")).toEqual(["thing:2"]);
  const docs = Array.from({ length: 190 }, (_, index) => ({ _id: `thing:x${index}`, kind: "red" }));
  await centre.operate("POST", "/neo-ve/_bulk_docs", { docs });
  expect(await found(admin, "red")).toHaveLength(190);
});

it("of a database that was made anew meanwhile, or is not there", async () => {
  const { admin, centre, time } = await movingCentre();
  for (const id of ["thing:1", "thing:2"]) await centre.operate("PUT", `/neo-ve/${id}`, { kind: "red" });
  expect(await found(admin, "red")).toHaveLength(2);
  await centre.operate("DELETE", "/neo-ve");
  expect(await found(admin, "red")).toEqual([]);
  await time.pass(2_000);
  await centre.operate("PUT", "/neo-ve");
  await centre.operate("PUT", "/neo-ve/thing:3", { kind: "red" });
  expect(await found(admin, "red")).toEqual(["thing:3"]);
});

it("of whoever asks at the same moment, and after a moment in which the store did not answer", async () => {
  const { admin, centre } = await movingCentre();
  let isBroken = false;
  const fragile: CouchClient = {
    ...admin,
    read: (path) => (isBroken ? Promise.reject(new CouchFault(503, "away")) : admin.read(path)),
  };
  await centre.operate("PUT", "/neo-ve/thing:1", { kind: "red" });
  const many = Array.from({ length: 10 }, () => idsWith(fragile, lookup, "red"));
  for (const ids of await Promise.all(many)) expect(ids).toEqual(["thing:1"]);
  isBroken = true;
  await expect(idsWith(fragile, lookup, "red")).rejects.toThrow("away");
  isBroken = false;
  await centre.operate("PUT", "/neo-ve/thing:2", { kind: "red" });
  expect(await idsWith(fragile, lookup, "red")).toEqual(["thing:1", "thing:2"]);
});

it("without asking again for what has not changed", async () => {
  const { admin, centre } = await movingCentre();
  const docs = Array.from({ length: 190 }, (_, index) => ({ _id: `thing:x${index}`, kind: "blue" }));
  await centre.operate("POST", "/neo-ve/_bulk_docs", { docs });
  let asked = 0;
  const counting: CouchClient = {
    ...admin,
    read: (path) => admin.read(path).finally(() => (asked += 1)),
    write: (...given) => admin.write(...given).finally(() => (asked += 1)),
  };
  await idsWith(counting, lookup, "red");
  const first = asked;
  await idsWith(counting, lookup, "red");
  expect(asked - first).toBe(2);
  expect(first).toBeGreaterThan(4);
});
