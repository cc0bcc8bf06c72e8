// A device has one cookie for all the people who use it: what the app asks for one of them is not done as another.
import { afterEach, beforeEach, expect, it } from "vitest";
import { accountHeader } from "#src/domain/ports/exchange.ts";
import { openDoor, provisionedStore, site, type Store } from "./door.ts";

let store: Store;
beforeEach(async () => {
  store = await provisionedStore();
});
afterEach(() => {
  store.couch.close();
});

const asked: readonly (readonly [string, object | undefined])[] = [
  [`/db/s-${site}`, undefined],
  [`/db/s-${site}/_changes`, undefined],
  [`/db/s-${site}/_bulk_docs`, { docs: [] }],
  ["/api/changed", { since: {} }],
  ["/api/devices", { device: "phone", appVersion: "1.0.0", waiting: 0 }],
  ["/api/inbox", { database: "s-vn-gso-20194", records: [] }],
];

it.each(asked)("%s is answered to whom it is meant for, and to nobody else", async (path, body) => {
  const door = openDoor(store, ".");
  const cookie = await door.signIn("cadre");
  const statusFor = async (name: string | undefined) => {
    const headers = name === undefined ? {} : { [accountHeader]: name };
    const answer = await door.ask(path, { cookie, headers, ...(body && { body }) });
    return [answer.status, await answer.text()] as const;
  };
  for (const other of ["newcomer", "supervisor", "operator", "Cadre", ""]) {
    const [status, text] = await statusFor(other);
    expect([status, JSON.parse(text)]).toEqual([
      401,
      { error: "unauthorized", reason: "Somebody else is signed in on this device." },
    ]);
  }
  expect((await statusFor("cadre"))[0]).toBeLessThan(300);
  // A replicator, provisioning, a script: they name nobody.
  expect((await statusFor(undefined))[0]).toBeLessThan(300);
});

it("who one is, and signing in, can be asked whoever is signed in", async () => {
  const door = openDoor(store, ".");
  const cookie = await door.signIn("cadre");
  const headers = { [accountHeader]: "newcomer" };
  expect((await door.ask("/db/_session", { cookie, headers })).status).toBe(200);
  expect((await door.ask("/api/session", { cookie, headers })).status).toBe(200);
  expect((await door.ask("/api/health", { cookie, headers })).status).toBe(200);
});
