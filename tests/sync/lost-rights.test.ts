// An account that loses its role at a site while its device was away: what is unsent reaches the inbox, and only then leaves.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { leftDatabasesName } from "#src/domain/ports/left-databases.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Person } from "#src/domain/records/person.ts";
import { chanceFrom } from "./support/chance.ts";
import { accounts, haiChau, hoaVang, makeAnew, putAccount, type TestCentre } from "./support/test-centre.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { answeredBy, answerLost, couchError } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const files = `s-${hoaVang}`;
const names = `p-${hoaVang}`;
const app = { device: "phone-of-an", appVersion: "1.0.0" };

/** A cadre's device with what the centre has, what waits and what was refused; the role was moved elsewhere meanwhile. */
async function moved() {
  const { time, centre, device } = await createWorld();
  const door = await throughDoor(centre, time);
  const an = await device("an", { app, online: false });
  an.way = door;
  an.connection(true);
  const sent = await an.newCase({ riskLevel: "low" });
  const person: Person = {
    type: "person",
    version: 1,
    id: newId((count) => chanceFrom(9).bytes(count)),
    createdAt: an.now(),
    createdBy: "an",
    updatedAt: an.now(),
    updatedBy: "an",
    device: "device-of-an",
    deviceTime: an.now(),
    displayName: "Tên của một người",
  };
  await an.save(names, person);
  await time.pass(10_000);
  expect(an.store.read.get("person", person.id)?.sync.state).toBe("central");
  // One refused, one edited, one new: none of them is at the centre.
  an.way = refuse(door);
  const refused = await an.newCase();
  await time.pass(5_000);
  expect(an.case(refused.id)?.sync.state).toBe("refused");
  an.connection(false);
  an.way = door;
  await an.editCase(sent.id, { riskLevel: "high" });
  const fresh = await an.newCase();
  await putAccount(centre.operate, "an", ["staff", `cadre@${haiChau}`]);
  return { time, centre, an, door, sent, refused, fresh, person };
}

const handedItem = z.object({ record: z.object({ id: z.string() }) });
const asked = z.object({ records: z.array(handedItem) });
const bulk = z.object({ docs: z.array(z.object({ _id: z.string() })) });
const refuse =
  (door: Way): Way =>
  async (request, next) => {
    if (!request.url.includes("_bulk_docs")) return door(request, next);
    const { docs } = bulk.parse(await request.json());
    const rows = docs.map(({ _id: id }) => ({ id, error: "forbidden", reason: "role: no" }));
    return Response.json(rows, { status: 201 });
  };

const onDisk = ({ disk }: TestDevice) => [...disk.envelopes.values()].map(({ b }) => b).join("\n");
const inbox = async (centre: TestCentre) =>
  [...(await centre.documents("neo-ve")).entries()]
    .filter(([id]) => id.startsWith("inbox:"))
    .map(([, doc]) => doc);
const rowsOn = ({ store }: TestDevice) => store.rows(files).length + store.rows(names).length;

describe("a role that was taken away", () => {
  it("what is unsent, edited or refused lies in the inbox; nothing of the site is on the device, and the person is told", async () => {
    const { time, centre, an, sent, refused, fresh } = await moved();
    an.connection(true);
    await time.pass(20_000);
    const kept = await inbox(centre);
    expect(kept).toHaveLength(3);
    expect(kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          account: "an",
          database: files,
          record: expect.objectContaining({ id: sent.id, riskLevel: "high" }),
        }),
        expect.objectContaining({
          state: "refused",
          reason: "role: no",
          record: expect.objectContaining({ id: refused.id }),
        }),
        expect.objectContaining({ state: "local", record: expect.objectContaining({ id: fresh.id }) }),
      ]),
    );
    expect(rowsOn(an)).toBe(0);
    expect(onDisk(an)).not.toContain("Tên của một người");
    expect(an.store.read.local(leftDatabasesName)).toMatchObject({
      [files]: { handedOver: 3 },
      [names]: { handedOver: 0 },
    });
    // What the account may open now has come without a new sign-in.
    expect(an.requests.some((request) => request.includes(`s-${haiChau}/_changes`))).toBe(true);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it.each([
    ["the answer of the inbox is lost", answerLost("/api/inbox")],
    ["the inbox is in trouble", answeredBy("/api/inbox", couchError(500, "internal_server_error"))],
    ["the inbox cannot be reached", answeredBy("/api/inbox", couchError(503, "unavailable"))],
    ["something else answers", answeredBy("/api/inbox", () => Response.json({ ok: true }))],
    [
      "the inbox keeps none of it",
      answeredBy("/api/inbox", () => Response.json({ ok: true, kept: [], at: "" })),
    ],
  ])("nothing unsent leaves while %s; then all of it is there once", async (_what, trouble) => {
    const { time, centre, an, door, sent, refused, fresh } = await moved();
    an.way = (request) =>
      trouble(request, (passed) => door(passed, () => Promise.reject(new Error("no way"))));
    an.connection(true);
    await time.pass(30_000);
    for (const { id } of [sent, refused, fresh]) expect(an.case(id)).toBeDefined();
    expect(an.case(sent.id)?.record).toMatchObject({ riskLevel: "high" });
    an.way = door;
    await time.pass(600_000);
    const kept = await inbox(centre);
    expect(kept).toHaveLength(3);
    expect(new Set(kept.map(({ record }) => Reflect.get(Object(record), "id") as unknown))).toEqual(
      new Set([sent.id, refused.id, fresh.id]),
    );
    expect(rowsOn(an)).toBe(0);
  });

  it("killed at any request: nothing is lost, and it goes on", async () => {
    const { time, centre, an, door, sent, refused, fresh } = await moved();
    an.online = true;
    for (let step = 1; step <= 14; step++) {
      let asked = 0;
      an.way = async (request, next) => {
        const answer = await door(request, next);
        if ((asked += 1) === step) void an.kill();
        return answer;
      };
      await an.kill();
      await an.start();
      await time.pass(5_000);
      const here = [sent, refused, fresh]
        .filter(({ id }) => onDisk(an).includes(`"id":"${id}"`))
        .map(({ id }) => id);
      const there = (await inbox(centre)).map(({ record }) => Reflect.get(Object(record), "id"));
      expect(new Set([...here, ...there])).toEqual(new Set([sent.id, refused.id, fresh.id]));
    }
    await an.kill();
    an.way = door;
    await an.start();
    await time.pass(60_000);
    expect(await inbox(centre)).toHaveLength(3);
    expect(rowsOn(an)).toBe(0);
  });

  it.each([
    ["as it is", false],
    ["put back from a backup meanwhile", true],
  ])(
    "asked for patience by a centre %s, goes on where it was: nothing is handed over twice, and nothing is lost",
    async (_what, restored) => {
      const { time, centre, device } = await createWorld();
      const door = await throughDoor(centre, time);
      const an = await device("an", { app, online: false });
      an.way = door;
      if (restored) an.connection(true);
      const ids: string[] = [];
      for (let count = 0; count < 130; count++) ids.push((await an.newCase()).id);
      await time.pass(20_000);
      an.connection(false);
      if (restored) await makeAnew(centre, time, ["directory", files]);
      await putAccount(centre.operate, "an", ["staff", `cadre@${haiChau}`]);
      const handed: string[] = [];
      let patience = 0;
      an.way = async (request, next) => {
        if (!request.url.endsWith("/api/inbox")) return door(request, next);
        // One request each minute.
        if (time.now() < patience) return couchError(429, "too_many_requests", { "retry-after": "60" })();
        patience = time.now() + 60_000;
        const { records } = asked.parse(await request.clone().json());
        handed.push(...records.map(({ record }) => record.id));
        return door(request, next);
      };
      an.connection(true);
      await time.pass(30_000);
      expect(an.store.rows(files)).toHaveLength(80);
      await time.pass(600_000);
      expect(an.store.rows(files)).toEqual([]);
      expect(handed.toSorted()).toEqual(ids.toSorted());
      expect((await inbox(centre)).map((item) => handedItem.parse(item).record.id).toSorted()).toEqual(
        ids.toSorted(),
      );
      expect(an.store.local(leftDatabasesName)).toMatchObject({ [files]: { handedOver: 130 } });
    },
  );

  it("given back, brings everything that the centre has again", async () => {
    const { time, centre, an, sent, person } = await moved();
    an.connection(true);
    await time.pass(20_000);
    expect(rowsOn(an)).toBe(0);
    await putAccount(centre.operate, "an", accounts.an);
    await an.exchange.run();
    await time.pass(10_000);
    expect(an.case(sent.id)).toMatchObject({ record: { riskLevel: "low" }, sync: { state: "central" } });
    expect(an.store.read.get("person", person.id)?.record).toMatchObject({
      displayName: "Tên của một người",
    });
  });

  it("is not believed where the front door says that the account may write there", async () => {
    const { time, centre, an, door, fresh } = await moved();
    await putAccount(centre.operate, "an", accounts.an);
    // A record store that is confused: it names other roles, and refuses the databases.
    an.way = (request, next) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/_session" && request.method === "GET")
        return Promise.resolve(
          Response.json({ ok: true, userCtx: { name: "an", roles: ["staff", `cadre@${haiChau}`] } }),
        );
      return pathname.includes(hoaVang)
        ? Promise.resolve(couchError(403, "forbidden")())
        : door(request, next);
    };
    an.connection(true);
    await time.pass(60_000);
    expect(await inbox(centre)).toEqual([]);
    expect(an.case(fresh.id)?.sync.state).toBe("local");
    an.way = door;
    await time.pass(600_000);
    expect(an.case(fresh.id)?.sync.state).toBe("central");
  });

  it("of a supervisor whose directory does not know the site: nothing is said of it, and nothing leaves", async () => {
    const { time, centre, device } = await createWorld();
    const lan = await device("lan", { app, online: false });
    lan.way = await throughDoor(centre, time);
    lan.connection(true);
    await time.pass(5_000);
    const strange = { ...(await lan.newCase()), id: newId((count) => chanceFrom(3).bytes(count)) };
    await lan.save("s-vn-gso-20999", strange);
    await lan.exchange.run();
    await time.pass(60_000);
    expect(await inbox(centre)).toEqual([]);
    expect(lan.store.rows("s-vn-gso-20999")).toHaveLength(1);
    expect(lan.exchange.state).toMatchObject({ fault: { kind: "forbidden" } });
  });
});
