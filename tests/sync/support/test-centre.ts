// A centre for tests in memory, provisioned with two communes.
import { memberRoles } from "#src/domain/roles.ts";
import { dated, openCentreStore, operations } from "./centre-store.ts";
import { chanceFrom } from "./chance.ts";
import type { VirtualTime } from "./virtual-time.ts";

export const city = "vn-gso-48";
export const hoaVang = "vn-gso-20194";
export const haiChau = "vn-gso-20195";

const sites = [
  { siteId: city, ancestors: [] },
  { siteId: hoaVang, ancestors: [city] },
  { siteId: haiChau, ancestors: [city] },
];

export const accounts = {
  an: ["staff", `cadre@${hoaVang}`],
  binh: ["staff", `cadre@${hoaVang}`],
  chi: ["staff", `cadre@${haiChau}`],
  lan: ["staff", `supervisor@${city}`],
  admin: ["staff", `administrator@${city}`],
} as const;
export type AccountName = keyof typeof accounts;
export const passwordOf = (name: string) => `mật khẩu của ${name}`;

export interface TestCentre extends ReturnType<typeof operations> {
  /** One request, one after the other; answers carry the centre's `Date`. */
  handle(request: Request): Promise<Response>;
  feeds(): { open: number; waiting: number };
  close(): void;
}

export async function createTestCentre(time: VirtualTime, seed = 1): Promise<TestCentre> {
  const chance = chanceFrom(seed + 1000);
  const couch = openCentreStore(time, { file: ":memory:", randomBytes: (count) => chance.bytes(count) });
  let last: Promise<unknown> = Promise.resolve();
  function handle(request: Request): Promise<Response> {
    // One at a time, so that hashing on other threads cannot change the order of events.
    const turn = last.then(async () => dated(await couch.handle(request, { address: "127.0.0.1" }), time));
    last = turn.catch(() => undefined);
    return time.busy(turn);
  }

  const centre: TestCentre = { handle, ...operations(handle), feeds: couch.feeds, close: couch.close };
  await provision(centre, time);
  return centre;
}

export async function provision({ operate }: Pick<TestCentre, "operate">, time: VirtualTime): Promise<void> {
  await makeDatabase(operate, "directory", ["staff"]);
  for (const site of sites) {
    const place = { id: site.siteId, ancestors: site.ancestors };
    await makeDatabase(operate, `s-${site.siteId}`, memberRoles("site", place));
    await makeDatabase(operate, `p-${site.siteId}`, memberRoles("identity", place));
    await operate("PUT", `/directory/site:${site.siteId}`, siteRecord(site, time.now()));
  }
  for (const [name, roles] of Object.entries(accounts)) await putAccount(operate, name, roles);
}

type Operate = TestCentre["operate"];

/**
 * Empties databases as one that was set up again is: another instance each, with the members it had.
 * @param time undefined: at once, of databases that are older than a second
 */
export async function makeAnew(
  { operate }: Pick<TestCentre, "operate">,
  time: VirtualTime | undefined,
  databases: readonly string[],
): Promise<void> {
  for (const name of databases) {
    const security = await operate("GET", `/${name}/_security`);
    await operate("DELETE", `/${name}`);
    await time?.pass(2_000);
    await operate("PUT", `/${name}`);
    await operate("PUT", `/${name}/_security`, security);
  }
}

export async function putAccount(
  operate: Operate,
  name: string,
  roles: readonly string[],
  password = passwordOf(name),
): Promise<void> {
  const path = `/_users/org.couchdb.user:${name}`;
  const before = await operate("GET", path).catch(() => ({}));
  const kept = before as { _rev?: string };
  const { _rev } = kept;
  await operate("PUT", path, { ...(_rev ? { _rev } : {}), name, password, roles, type: "user" });
}

export async function makeDatabase(
  operate: Operate,
  name: string,
  members: readonly string[],
): Promise<void> {
  await operate("PUT", `/${name}`);
  await operate("PUT", `/${name}/_security`, { members: { roles: members }, admins: { roles: ["_admin"] } });
  // As on a real CouchDB: design documents come down the feed like records (finding 6).
  await operate("PUT", `/${name}/_design/neo-ve`, { language: "javascript" });
}

export function siteRecord(site: { siteId: string; ancestors: readonly string[] }, now: number) {
  const at = new Date(now).toISOString();
  return {
    id: `site:${site.siteId}`,
    type: "site",
    version: 1,
    createdAt: at,
    createdBy: "operator",
    updatedAt: at,
    updatedBy: "operator",
    device: "provision",
    deviceTime: at,
    siteId: site.siteId,
    ancestors: site.ancestors,
    names: { vi: site.siteId, en: site.siteId, id: site.siteId },
    kind: site.ancestors.length === 0 ? "office" : "commune",
    timeZone: "Asia/Ho_Chi_Minh",
    shortCode: "HVG",
    profile: "vn",
  };
}
