// A way from a device to a centre of tests that leads through a real front door.
import { couchClient } from "#server/couch-client/couch-client.ts";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { createFrontDoor } from "#server/front-door/front-door.ts";
import { remoteCouch } from "#server/front-door/remote-couch.ts";
import { operator } from "./centre-store.ts";
import { accounts, type TestCentre } from "./test-centre.ts";
import type { Way } from "./test-device.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The store as a front door reaches a CouchDB elsewhere. */
export const elsewhere = (centre: TestCentre) =>
  remoteCouch({
    url: new URL("http://couchdb"),
    fetch: (input, init) => {
      const { signal: _kept, ...rest } = init ?? {};
      return centre.handle(new Request(input instanceof Request ? input : String(input), rest));
    },
    maxRequestBytes: 2_500_000,
  });

/** @param options.couch the record store as the front door reaches it */
export async function throughDoor(
  centre: TestCentre,
  time: VirtualTime,
  { minimumApp, couch = centre.handle }: { minimumApp?: string; couch?: CouchHandler } = {},
): Promise<Way> {
  await centre.operate("PUT", "/neo-ve").catch(() => undefined);
  for (const [name, roles] of Object.entries(accounts)) {
    const path = `/directory/account:${name}`;
    const at = new Date(time.now()).toISOString();
    const stamps = { createdAt: at, createdBy: "operator", updatedAt: at, updatedBy: "operator" };
    const record = { type: "account", version: 1, ...stamps, device: "provision", deviceTime: at };
    const placed = roles.filter((role) => role !== "staff");
    await centre
      .operate("PUT", path, { ...record, id: `account:${name}`, name, displayName: name, roles: placed })
      .catch(() => undefined);
  }
  const door = createFrontDoor({
    couch,
    admin: couchClient({
      send: (request) => couch(request, { address: "" }),
      user: operator.name,
      password: operator.password,
    }),
    app: ".",
    now: () => time.now(),
    logAccess: () => undefined,
    log: ({ error }) => {
      throw error;
    },
    maxRequestBytes: 2_500_000,
    minimumApp,
  });
  return async (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith("/api")) url.pathname = `/db${url.pathname}`;
    const { method, headers, signal } = request;
    const body = method === "GET" ? null : await request.text();
    const passed = new Request(url, { method, headers, signal, ...(body === null ? {} : { body }) });
    return time.busy(door(passed, { address: "192.0.2.7" }));
  };
}
