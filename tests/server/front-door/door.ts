// A front door over a real embedded store in memory, provisioned with two sites and three accounts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { createCouch } from "#server/couch/couch.ts";
import { couchClient } from "#server/couch-client/couch-client.ts";
import type { AccessEntry } from "#server/front-door/access-log.ts";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { createFrontDoor, type FrontDoorEvent } from "#server/front-door/front-door.ts";
import type { Plan, PlannedSite } from "#server/provision/plan.ts";
import { planSteps, runSteps } from "#server/provision/provision.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";

export const site = "vn-gso-20320";
export const operator = { name: "operator", password: "operator's own password" };
export const password = "lua vang ven song";
export const maxRequestBytes = 200_000;

const named = (name: string) => ({ vi: name, en: name, id: name });
const shared: Pick<PlannedSite, "timeZone" | "profile" | "phones"> = {
  timeZone: "Asia/Ho_Chi_Minh",
  profile: "vn",
  phones: [],
};

export const plan: Plan = {
  country: "vn",
  sites: [
    { id: "vn-gso-48", names: named("Đà Nẵng"), kind: "office", ancestors: [], shortCode: "DNG", ...shared },
    {
      id: site,
      names: named("Hòa Vang"),
      kind: "commune",
      ancestors: ["vn-gso-48"],
      shortCode: "HVG",
      ...shared,
    },
  ],
  accounts: [
    { name: "cadre", displayName: "Phan Mẫu Lâm", roles: [`cadre@${site}`] },
    { name: "supervisor", displayName: "Hồ Mẫu Minh", roles: ["supervisor@vn-gso-48"] },
    { name: "newcomer", displayName: "Võ Mẫu Hiền", roles: [`cadre@${site}`] },
  ],
};

export const assets = {
  "index.html": "<!doctype html><title>app</title>",
  "assets/app-1a2b3c.js": "start();",
};

export function appFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "neo-ve-app-"));
  mkdirSync(join(path, "assets"));
  const more = { "sw.js": "// worker", "manifest.webmanifest": "{}", "icon.svg": "<svg/>" };
  for (const [name, text] of Object.entries({ ...assets, ...more })) writeFileSync(join(path, name), text);
  writeFileSync(join(path, "assets", "big-4d5e6f.css"), "a { color: red }\n".repeat(500));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true });
    },
  };
}

export const neighbour = "vn-gso-20333";
/** A second city beside that of `plan`, with a supervisor of its own. */
export const twoCities: typeof plan = {
  ...plan,
  sites: [
    ...plan.sites,
    ...plan.sites.map((each) => ({
      ...each,
      id: each.id === site ? neighbour : "vn-gso-46",
      shortCode: each.id === site ? "PVG" : "HUE",
      ancestors: each.id === site ? ["vn-gso-46"] : [],
    })),
  ],
  accounts: [
    ...plan.accounts,
    { name: "far", displayName: "Lý Mẫu Xa", roles: [`cadre@${neighbour}`] },
    { name: "far.supervisor", displayName: "Lê Mẫu Xa", roles: ["supervisor@vn-gso-46"] },
  ],
};

/** An embedded store in memory, with a provisioned `plan`; `oneTime` holds the passwords handed out. */
export async function provisionedStore() {
  const couch = createCouch({
    file: ":memory:",
    secret: "0123456789abcdef0123456789abcdef",
    now: Date.now,
    randomBytes: (count) => randomBytes(count),
    admins: { [operator.name]: operator.password },
    pbkdf2Iterations: 10,
    limits: { maxRequestBytes },
    rule: (database, newDoc, oldDoc, userCtx, secObj) => {
      if (parseDatabase(database) !== undefined) recordRule(newDoc, oldDoc, userCtx, secObj, ruleTable);
    },
  });
  const admin = couchClient({
    send: (request) => couch.handle(request, { address: "" }),
    user: operator.name,
    password: operator.password,
  });
  const oneTime = new Map<string, string>();
  let identity: string | undefined;
  const options = {
    prune: false,
    now: Date.now,
    randomBytes: (count: number) => randomBytes(count),
    identityFile: {
      name: "memory",
      read: () => Promise.resolve(identity),
      write: (made: string) => {
        identity = made;
        return Promise.resolve();
      },
    },
    lastingPassword: (name: string) => (name === "newcomer" ? undefined : password),
    handOut: (name: string, text: string) => oneTime.set(name, text),
  };
  const steps = await planSteps(plan, admin, options);
  if (!steps.ok) throw new Error("The store is not empty.");
  await runSteps(steps.value, () => undefined);
  return { couch, admin, oneTime, options, identity: () => identity };
}

export type Store = Awaited<ReturnType<typeof provisionedStore>>;

export interface Ask {
  method?: string;
  body?: unknown;
  cookie?: string;
  headers?: Record<string, string>;
}

/** A front door over the store, or over `couch` with the store's administrator. */
export function openDoor(
  store: Store,
  app: string,
  couch: CouchHandler = store.couch.handle,
  now: () => number = Date.now,
  minimumApp?: string,
) {
  const accessLog: AccessEntry[] = [];
  const events: FrontDoorEvent[] = [];
  const door = createFrontDoor({
    couch,
    admin: store.admin,
    app,
    now,
    logAccess: (entry) => accessLog.push(entry),
    log: (event) => events.push(event),
    maxRequestBytes,
    minimumApp,
  });
  const ask = (path: string, { method, body, cookie, headers }: Ask = {}) =>
    door(
      new Request(`http://127.0.0.1:8000${path}`, {
        method: method ?? (body === undefined ? "GET" : "POST"),
        headers: {
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(cookie === undefined ? {} : { Cookie: cookie }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
      { address: "192.0.2.7" },
    );
  const signIn = async (name: string, secret = password) => {
    const response = await ask("/db/_session", { body: { name, password: secret } });
    await response.arrayBuffer();
    return cookieOf(response);
  };
  return { door, ask, signIn, accessLog, events };
}

export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
