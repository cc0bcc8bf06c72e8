// An app that is older than the operator allows: what it may not do any more, and what it still may.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appVersionHeader } from "#src/domain/ports/exchange.ts";
import { readInstallation } from "#server/provision/installation.ts";
import { planSteps, runSteps } from "#server/provision/provision.ts";
import { openDoor, plan, provisionedStore, site, type Store } from "./door.ts";

let store: Store;
let nowMs: number;
beforeEach(async () => {
  store = await provisionedStore();
  nowMs = Date.parse("2026-11-22T08:00:00.000Z");
});
afterEach(() => {
  store.couch.close();
});

const doorFrom = (minimumApp?: string) => openDoor(store, ".", store.couch.handle, () => nowMs, minimumApp);
const read = async (door: ReturnType<typeof doorFrom>, version?: string) => {
  const cookie = await door.signIn("cadre");
  const headers = version === undefined ? {} : { [appVersionHeader]: version };
  const response = await door.ask(`/db/s-${site}/_all_docs`, { cookie, headers });
  const body: unknown = await response.json();
  return { status: response.status, body };
};
const provision = async (minimumApp?: string) => {
  const next = minimumApp === undefined ? plan : { ...plan, minimumApp };
  const steps = await planSteps(next, store.admin, store.options);
  if (!steps.ok) throw new Error(steps.error.type);
  const done: string[] = [];
  await runSteps(steps.value, (what) => done.push(what));
  return done;
};
const tooOld = { status: 403, body: expect.objectContaining({ error: "app_too_old" }) };

describe("the version of the app", () => {
  it("is nothing that anybody asks for where no version was set", async () => {
    for (const version of ["0.0.1", "latest", undefined])
      expect((await read(doorFrom(), version)).status).toBe(200);
  });

  it.each([
    ["1.3.9", tooOld],
    ["0.9.0", tooOld],
    ["1.4.0-rc1", tooOld],
    ["1.4.0", { status: 200 }],
    ["1.10.0", { status: 200 }],
    // A replicator, provisioning, a script: no app.
    [undefined, { status: 200 }],
  ])("%s, where 1.4.0 is the oldest", async (version, expected) => {
    expect(await read(doorFrom("1.4.0"), version)).toMatchObject(expected);
  });

  it("keeps nothing from being written, nor read, nor followed, in any database", async () => {
    const door = doorFrom("1.4.0");
    const cookie = await door.signIn("cadre");
    const headers = { [appVersionHeader]: "1.3.0" };
    const body = { docs: [] };
    for (const path of ["_changes?feed=longpoll", "_local/x", "note-1", ""])
      expect((await door.ask(`/db/s-${site}/${path}`, { cookie, headers })).status).toBe(403);
    const put = { cookie, headers, body };
    expect((await door.ask("/db/directory/_bulk_docs", put)).status).toBe(403);
  });

  it("lets nothing be exchanged under /api either, but takes what would be lost otherwise", async () => {
    const door = doorFrom("1.4.0");
    const cookie = await door.signIn("cadre");
    const asked = async (path: string, version: string) => {
      const headers = { [appVersionHeader]: version };
      const answer = await door.ask(`/api/${path}`, { cookie, headers, body: {} });
      return JSON.stringify(await answer.json());
    };
    for (const path of ["transfers", "transfers/late", "bundles", "forks", "changed"]) {
      expect(await asked(path, "1.3.0")).toContain("app_too_old");
      expect(await asked(path, "1.4.0")).toContain("bad_request");
    }
    expect(await asked("inbox", "1.3.0")).toContain("bad_request");
  });

  it("does not shut out: signing in, another password and word of the device go on", async () => {
    const door = doorFrom("1.4.0");
    const cookie = await door.signIn("cadre");
    const headers = { [appVersionHeader]: "1.3.0" };
    expect((await door.ask("/db/_session", { cookie, headers })).status).toBe(200);
    const report = { device: "phone", appVersion: "1.3.0", waiting: 7 };
    expect((await door.ask("/api/devices", { cookie, headers, body: report })).status).toBe(200);
    const supervisor = await door.signIn("supervisor");
    const seen = await door.ask("/api/devices", { cookie: supervisor });
    expect(await seen.json()).toMatchObject({ devices: [{ waiting: 7, tooOld: true }] });
  });
});

describe("the plan", () => {
  it("sets the oldest version for every front door of the store, and takes it back", async () => {
    const door = doorFrom();
    expect(await read(door, "1.3.0")).toMatchObject({ status: 200 });
    expect(await provision("1.4.0")).toEqual(["let versions from 1.4.0 of the app exchange records"]);
    expect(await provision("1.4.0")).toEqual([]);
    // It is remembered for a moment.
    nowMs += 30_000;
    expect(await read(door, "1.3.0")).toMatchObject(tooOld);
    expect(await provision()).toEqual(["let any version of the app exchange records"]);
    nowMs += 30_000;
    expect(await read(door, "1.3.0")).toMatchObject({ status: 200 });
    expect(await readInstallation(store.admin)).toEqual({ country: "vn" });
  });

  it("and the option hold together: the later of the two", async () => {
    await provision("1.4.0");
    expect(await read(doorFrom("1.2.0"), "1.3.0")).toMatchObject(tooOld);
    expect(await read(doorFrom("1.6.0"), "1.5.0")).toMatchObject(tooOld);
    expect(await read(doorFrom("1.2.0"), "1.4.0")).toMatchObject({ status: 200 });
  });
});
