// Rights that come and go at one of many sites: followed without a new sign-in, and parted with without losing a word.
import { expect, it } from "vitest";
import { leftDatabasesName } from "#src/domain/ports/left-databases.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { memberRoles } from "#src/domain/roles.ts";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import { communeOf, makeProvince } from "./support/province.ts";
import { accounts, city, hoaVang, makeDatabase, putAccount, siteRecord } from "./support/test-centre.ts";
import type { TestDevice } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { createWorld } from "./support/world.ts";

const app = { device: "phone-of-lan", appVersion: "1.0.0" };
const week = 7 * 24 * 3_600_000;

async function province(sites: number) {
  const { time, centre, device } = await createWorld();
  await makeProvince(centre, time, { sites, records: 2 });
  const lan = await device("lan", { app, online: false });
  lan.way = await throughDoor(centre, time);
  lan.connection(true);
  await time.pass(2_000);
  expect(lan.store.read.list("note")).toHaveLength(sites * 2);
  return { time, centre, lan };
}

type World = Awaited<ReturnType<typeof province>>;

/** As provisioning does when a site comes to be under another office. */
async function moveSite({ centre, time }: World, siteId: string, ancestors: readonly string[]) {
  const place = { id: siteId, ancestors };
  for (const [database, kind] of [
    [`s-${siteId}`, "site"],
    [`p-${siteId}`, "identity"],
  ] as const)
    await centre.operate("PUT", `/${database}/_security`, {
      members: { roles: memberRoles(kind, place) },
      admins: { roles: ["_admin"] },
    });
  const before = (await centre.documents("directory")).get(`site:${siteId}`);
  await putAtCentre(
    centre,
    "directory",
    siteRecord({ siteId, ancestors }, time.now()),
    String(before?.["_rev"]),
  );
}

const onDisk = ({ disk }: TestDevice) => [...disk.envelopes.values()].map(({ b }) => b).join("\n");
const draftOf = (database: string, values: Draft["values"]): Draft => ({
  id: "draft-1",
  form: "visit",
  database,
  case: "0b1c5d0e-7777-4888-8999-000011112222",
  values,
  startedAt: "2026-11-22T08:00:00.000Z",
  updatedAt: "2026-11-22T08:00:00.000Z",
});

it("a role that is given while one works is followed with the next round", async () => {
  const { time, centre, device } = await createWorld();
  const chi = await device("chi", { app, online: false });
  chi.way = await throughDoor(centre, time);
  chi.connection(true);
  await time.pass(5_000);
  const note = noteBy("an", time.now(), chanceFrom(6));
  await putAtCentre(centre, `s-${hoaVang}`, note);
  const roles = [...accounts.chi, `cadre@${hoaVang}`];
  await putAccount(centre.operate, "chi", roles);
  const account = (await centre.documents("directory")).get("account:chi");
  await centre.operate("PUT", "/directory/account:chi", { ...account, roles: roles.slice(1) });
  await time.pass(10_000);
  expect(chi.store.read.get("note", note.id)?.sync.state).toBe("central");
});

it("a site that comes under the province, among a hundred, is there with the next round", async () => {
  const world = await province(97);
  const { time, centre, lan } = world;
  const siteId = communeOf(500);
  for (const name of [`s-${siteId}`, `p-${siteId}`]) await makeDatabase(centre.operate, name, []);
  await putAtCentre(centre, "directory", siteRecord({ siteId, ancestors: ["vn-gso-1"] }, time.now()));
  const note = noteBy("an", time.now(), chanceFrom(6));
  await putAtCentre(centre, `s-${siteId}`, note);
  await time.pass(70_000);
  expect(lan.store.read.get("note", note.id)).toBeUndefined();
  lan.requests.length = 0;
  await moveSite(world, siteId, [city]);
  await time.pass(70_000);
  expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
  expect(lan.requests.filter((request) => request.endsWith("/_changes") && request.includes("/s-"))).toEqual([
    `GET /s-${siteId}/_changes`,
  ]);
});

it("a site that is taken away while the device was off for a week: unsent and begun lies in the inbox, the rest stays", async () => {
  const world = await province(97);
  const { time, centre, lan } = world;
  const gone = communeOf(40);
  lan.connection(false);
  const unsent = { ...(await lan.newCase()), riskLevel: "high" as const };
  await lan.save(`s-${gone}`, { ...unsent, id: crypto.randomUUID() });
  const draft = draftOf(`s-${gone}`, { followup: { note: "Chị Mẫu Đơn kể rằng" } });
  const other = { ...draftOf(`s-${communeOf(41)}`, { followup: { note: "Ở lại" } }), id: "draft-2" };
  await lan.store.write({ putDrafts: [draft, other] });
  await moveSite(world, gone, ["vn-gso-1"]);
  await time.pass(week);
  lan.connection(true);
  await time.pass(30_000);

  const inbox = [...(await centre.documents("neo-ve")).values()].filter(
    (doc) => doc["account"] === "lan" && doc["receivedAt"],
  );
  expect(inbox).toHaveLength(2);
  expect(inbox).toContainEqual(
    expect.objectContaining({
      database: `s-${gone}`,
      record: expect.objectContaining({ riskLevel: "high" }),
    }),
  );
  expect(inbox).toContainEqual(
    expect.objectContaining({
      database: `s-${gone}`,
      draft: expect.objectContaining({ values: draft.values }),
    }),
  );
  expect(lan.store.rows(`s-${gone}`)).toEqual([]);
  expect(lan.store.read.drafts().map(({ id }) => id)).toEqual(["draft-2"]);
  expect(onDisk(lan)).not.toContain("Mẫu Đơn");
  expect(lan.store.local(leftDatabasesName)).toMatchObject({ [`s-${gone}`]: { handedOver: 1, drafts: 1 } });
  expect(lan.store.read.list("note")).toHaveLength(96 * 2);
  expect(lan.exchange.state).toMatchObject({ phase: "idle" });
  expect(lan.exchange.counts.waiting).toBe(0);
});

it("a draft alone, of a site nobody may open any more, is handed over too; not before the inbox has said that it keeps it", async () => {
  const world = await province(8);
  const { time, centre, lan } = world;
  const gone = communeOf(3);
  const door = lan.way;
  lan.connection(false);
  await lan.store.forget(`s-${gone}`);
  await lan.store.write({ putDrafts: [draftOf(`s-${gone}`, { person: { displayName: "Mẫu Đơn" } })] });
  await moveSite(world, gone, ["vn-gso-1"]);
  lan.way = async (request, next) => {
    const answer = await door(request, next);
    return request.url.endsWith("/api/inbox") ? Promise.reject(new TypeError("fetch failed")) : answer;
  };
  lan.connection(true);
  await time.pass(60_000);
  expect(lan.store.read.drafts()).toHaveLength(1);
  lan.way = door;
  await time.pass(600_000);
  expect(lan.store.read.drafts()).toEqual([]);
  const inbox = [...(await centre.documents("neo-ve")).values()].filter((doc) => "draft" in doc);
  expect(inbox).toHaveLength(1);
});
