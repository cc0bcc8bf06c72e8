// The registry of devices: who may tell it something, who may read it, and what it keeps.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { planSteps, runSteps } from "#server/provision/provision.ts";
import { openDoor, operator, type plan, provisionedStore, type Store, twoCities } from "./door.ts";

const office = "vn-gso-48";
/** Two cities, and an administrator of the first. */
const wider: typeof plan = {
  ...twoCities,
  accounts: [
    ...twoCities.accounts,
    { name: "admin", displayName: "Bùi Mẫu Khang", roles: [`administrator@${office}`] },
  ],
};

const start = Date.parse("2026-11-22T08:00:00.000Z");
let store: Store;
let nowMs: number;
let door: ReturnType<typeof openDoor>;
beforeEach(async () => {
  store = await provisionedStore();
  const steps = await planSteps(wider, store.admin, store.options);
  if (steps.ok) await runSteps(steps.value, () => undefined);
  nowMs = start;
  door = openDoor(store, ".", store.couch.handle, () => nowMs);
});
afterEach(() => {
  store.couch.close();
});

const phone = { device: "3f2a8f5e-0000-4000-8000-000000000001", appVersion: "1.4.0", waiting: 3 };
const tell = async (name: string, body: unknown = phone) => {
  const cookie = await door.signIn(name);
  const response = await door.ask("/api/devices", { method: "POST", cookie, body });
  await response.text();
  return response.status;
};
const listed = z.object({ devices: z.array(z.looseObject({ account: z.string(), device: z.string() })) });
const list = async (name: string) => {
  const response = await door.ask("/api/devices", { cookie: await door.signIn(name) });
  const body: unknown = await response.json();
  return { status: response.status, devices: listed.safeParse(body).data?.devices ?? [] };
};
const kept = () => allDocuments(store.admin, "neo-ve", "device:");

describe("a device that has exchanged", () => {
  it("is shown to the supervisor with the centre's time, what waits and its version", async () => {
    expect(await tell("cadre")).toBe(200);
    expect(await list("supervisor")).toEqual({
      status: 200,
      devices: [{ ...phone, account: "cadre", lastContactAt: "2026-11-22T08:00:00.000Z", tooOld: false }],
    });
  });

  it("is one device the next time, and another one beside a second", async () => {
    await tell("cadre");
    nowMs += 60_000;
    await tell("cadre", { ...phone, device: "other", waiting: 0 });
    nowMs += 60_000;
    await tell("cadre", { ...phone, waiting: 1, appVersion: "1.5.0" });
    const { devices } = await list("supervisor");
    expect(devices).toEqual([
      expect.objectContaining({ device: phone.device, waiting: 1, appVersion: "1.5.0" }),
      expect.objectContaining({ device: "other", waiting: 0 }),
    ]);
  });

  it("is noted once where it tells the same at the same moment", async () => {
    const statuses = await Promise.all([tell("cadre"), tell("cadre"), tell("cadre")]);
    expect(statuses).toEqual([200, 200, 200]);
    expect(await kept()).toHaveLength(1);
  });

  it("is known by its account and a random id, and by nothing of whom its records are about", async () => {
    await tell("cadre");
    const [document = {}] = await kept();
    expect(Object.keys(document).toSorted()).toEqual([
      "_id",
      "_rev",
      "account",
      "appVersion",
      "device",
      "lastContactAt",
      "waiting",
    ]);
  });

  it("keeps twenty of one account, the longest silent goes", async () => {
    for (let count = 0; count < 23; count++) {
      nowMs += 1_000;
      await tell("cadre", { ...phone, device: `d${String(count)}` });
    }
    const { devices } = await list("supervisor");
    expect(devices).toHaveLength(20);
    expect(devices.map(({ device }) => device)).not.toContain("d2");
    expect(devices[0]?.device).toBe("d22");
  });

  it("keeps no more of them where each says the longest id, and that it is a copy", async () => {
    for (let count = 0; count < 23; count++) {
      nowMs += 1_000;
      const device = String(count).padStart(64, "d");
      await tell("cadre", { ...phone, device, copy: "0123abcd", turn: { is: "0123abcd", was: [] } });
    }
    expect(await kept()).toHaveLength(20);
  });

  it.each([
    ["nothing", {}],
    ["another account", { ...phone, account: "supervisor" }],
    ["a name", { ...phone, displayName: "Nguyễn Mẫu An" }],
    ["an id that is none", { ...phone, device: "../../_users" }],
    ["less than none", { ...phone, waiting: -1 }],
    ["a version that is none", { ...phone, appVersion: "latest" }],
    ["a list", [phone]],
  ])("is not noted when it says %s", async (_what, body) => {
    expect(await tell("cadre", body)).toBe(400);
    expect(await kept()).toEqual([]);
  });

  it("is not noted in a form that another page could send, nor for nobody, nor for the operator", async () => {
    const cookie = await door.signIn("cadre");
    const form = { cookie, method: "POST", body: "device=x", headers: { "Content-Type": "text/plain" } };
    expect((await door.ask("/api/devices", form)).status).toBe(415);
    expect((await door.ask("/api/devices", { body: phone })).status).toBe(401);
    const admin = await door.signIn(operator.name, operator.password);
    expect((await door.ask("/api/devices", { body: phone, cookie: admin })).status).toBe(403);
    expect(await kept()).toEqual([]);
  });
});

describe("the list", () => {
  it("is a supervisor's only, and of the own sites only", async () => {
    for (const name of ["cadre", "far", "supervisor", "far.supervisor"]) await tell(name);
    const seen = async (name: string) => (await list(name)).devices.map(({ account }) => account).toSorted();
    expect(await seen("supervisor")).toEqual(["cadre", "supervisor"]);
    expect(await seen("far.supervisor")).toEqual(["far", "far.supervisor"]);
    for (const name of ["cadre", "admin"]) expect(await list(name)).toEqual({ status: 403, devices: [] });
    expect((await door.ask("/api/devices")).status).toBe(401);
  });

  it("cannot be read or written through the record store by anybody who works with the product", async () => {
    await tell("cadre");
    for (const name of ["cadre", "supervisor", "admin"]) {
      const cookie = await door.signIn(name);
      for (const path of ["_all_docs", "_changes", `device%3Acadre%3A${phone.device}`])
        expect((await door.ask(`/db/neo-ve/${path}`, { cookie })).status).toBe(403);
      const put = { method: "PUT", cookie, body: { waiting: 0 } };
      expect((await door.ask("/db/neo-ve/device:cadre:x", put)).status).toBe(403);
    }
  });

  it("is closed to a password that was handed out", async () => {
    const cookie = await door.signIn("newcomer", store.oneTime.get("newcomer"));
    expect((await door.ask("/api/devices", { cookie, body: phone })).status).toBe(403);
    expect(await kept()).toEqual([]);
  });

  it("stands in the access log by its kind, with who asked", async () => {
    await tell("cadre");
    expect(door.accessLog.at(-1)).toMatchObject({ user: "cadre", part: "api", endpoint: "devices" });
  });
});
