// What provisioning makes, that it can be repeated, and what it never touches again.
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import en from "#locales/en.json" with { type: "json" };
import { checkRecord } from "#src/domain/record/check.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { unitsOf } from "#src/domain/record/unit.ts";
import { definitions } from "#src/domain/records/index.ts";
import { fingerprintOf } from "#src/domain/record/fingerprint.ts";
import { isObject, type JsonObject } from "#server/couch/json.ts";
import { documentPath } from "#server/couch-client/couch-client.ts";
import type { Plan } from "#server/provision/plan.ts";
import { planSteps, runSteps, type ProvisionOptions } from "#server/provision/provision.ts";
import { recoveryKeyWords } from "#server/provision/recovery-key.ts";
import { ruleSource } from "#server/rule/design-document.ts";
import {
  openDoor,
  password,
  plan,
  provisionedStore,
  site,
  type Store,
} from "#tests/server/front-door/door.ts";

let store: Store;
beforeEach(async () => {
  store = await provisionedStore();
});
afterEach(() => {
  store.couch.close();
});

async function document(database: string, id: string): Promise<JsonObject> {
  const found = await store.admin.read(documentPath(database, id));
  if (!isObject(found)) throw new Error(`There is no ${id}.`);
  return found;
}

async function again(next: Plan, options: Partial<ProvisionOptions> = {}): Promise<string[]> {
  const steps = await planSteps(next, store.admin, { ...store.options, ...options });
  if (!steps.ok) return [steps.error.type];
  const done: string[] = [];
  await runSteps(steps.value, (what) => done.push(what));
  return done;
}

const signsIn = async (name: string, secret: string) =>
  (await openDoor(store, ".").signIn(name, secret)) !== "AuthSession=";

describe("a new store", () => {
  it("has the databases, each open to its members only", async () => {
    expect(await store.admin.read("/_all_dbs")).toEqual([
      "_users",
      "directory",
      "neo-ve",
      `p-${site}`,
      "p-vn-gso-48",
      `s-${site}`,
      "s-vn-gso-48",
    ]);
    const members = async (name: string) => {
      const security = await store.admin.read(`/${name}/_security`);
      return isObject(security) ? security["members"] : undefined;
    };
    const own = ["cadre", "social_worker", "supervisor"].map((role) => `${role}@${site}`);
    expect(await members(`s-${site}`)).toEqual({ names: [], roles: [...own, "supervisor@vn-gso-48"] });
    expect(await members("directory")).toEqual({ names: [], roles: ["staff"] });
    expect(await members("neo-ve")).toEqual({ names: [], roles: ["_admin"] });
  });

  it("has the rule in every database that holds records", async () => {
    for (const name of ["directory", `s-${site}`, `p-${site}`, "s-vn-gso-48", "p-vn-gso-48"])
      expect(await document(name, "_design/neo-ve")).toMatchObject({ validate_doc_update: ruleSource() });
    expect(await store.admin.read(documentPath("neo-ve", "_design/neo-ve"))).toBeUndefined();
  });

  it("has a directory whose records are what the product says they are", async () => {
    const ids = [
      `site:${site}`,
      "site:vn-gso-48",
      "account:cadre",
      "account:supervisor",
      "recovery_key:agency",
    ];
    for (const id of ids) {
      const { _id, _rev, ...record } = await document("directory", id);
      expect(checkRecord("directory", record), id).toEqual([]);
    }
  });

  it("keeps the recovery key's private half out of the store, and the public half that fits in it", async () => {
    const identity = store.identity() ?? "";
    expect(identity).toMatch(/^AGE-SECRET-KEY-1/);
    const { recipient } = await document("directory", "recovery_key:agency");
    expect(recipient).toBe(await identityToRecipient(identity));
  });

  it("has accounts that hold their roles and `staff`, and no password in the clear", async () => {
    const user = await document("_users", "org.couchdb.user:newcomer");
    expect(user).toMatchObject({ roles: [`cadre@${site}`, "staff"], oneTimePassword: true });
    const oneTime = store.oneTime.get("newcomer") ?? "";
    expect(JSON.stringify(user)).not.toContain(oneTime);
    expect(JSON.stringify(await document("directory", "account:newcomer"))).not.toMatch(/salt|derived|one/i);
    expect(await signsIn("newcomer", oneTime)).toBe(true);
  });
});

describe("the same plan again", () => {
  it("changes nothing", async () => {
    expect(await again(plan, { prune: true })).toEqual([]);
  });

  it("leaves a changed password and the recovery key alone", async () => {
    const door = openDoor(store, ".");
    const body = { old: store.oneTime.get("newcomer"), new: "mua thu ben song" };
    const cookie = await door.signIn("newcomer", store.oneTime.get("newcomer"));
    await (await door.ask("/api/password", { cookie, body })).arrayBuffer();
    const before = await document("directory", "recovery_key:agency");
    expect(await again(plan)).toEqual([]);
    expect(await signsIn("newcomer", "mua thu ben song")).toBe(true);
    expect(await document("directory", "recovery_key:agency")).toEqual(before);
  });
});

describe("a changed plan", () => {
  const renamed: Plan = {
    ...plan,
    accounts: plan.accounts.map((each) =>
      each.name === "cadre" ? { ...each, displayName: "Phan Mẫu Lâm (Hòa Vang)" } : each,
    ),
  };

  it("updates what differs, keeps its history, and leaves the password", async () => {
    expect(await again(renamed)).toEqual([
      "change roles or name of account cadre",
      "update account:cadre in the directory",
    ]);
    const { _id, _rev, ...record } = await document("directory", "account:cadre");
    expect(checkRecord("directory", record)).toEqual([]);
    expect(record["history"]).toEqual([
      expect.objectContaining({
        field: "displayName",
        from: "Phan Mẫu Lâm",
        to: "Phan Mẫu Lâm (Hòa Vang)",
        by: "operator",
      }),
    ]);
    expect(await signsIn("cadre", password)).toBe(true);
    expect(await again(renamed)).toEqual([]);
  });

  it("tells the history as a device does: one entry a unit, on top of the latest", async () => {
    const named = (vi: string, more = {}): Plan => ({
      ...plan,
      sites: plan.sites.map((each) =>
        each.id === site ? { ...each, names: { ...each.names, vi }, ...more } : each,
      ),
    });
    await again(named("Xã Hòa Vang", { phones: ["0236 000 0320 — Công an xã"] }));
    await again(named("Xã Hòa Vang mới"));
    const record = await document("directory", `site:${site}`);
    const { history = [] } = isStamped(record) ? record : {};
    const units = unitsOf(definitions.site).map(({ path }) => path);
    expect(history.map(({ field }) => field)).toEqual(["names.vi", "phones", "names.vi", "phones"]);
    expect(history.every(({ field }) => units.includes(field))).toBe(true);
    const [vi, phones, viAgain, phonesAgain] = history;
    expect(vi).toMatchObject({ from: "Hòa Vang", to: "Xã Hòa Vang", device: "provision", after: [] });
    expect(viAgain?.after).toEqual([vi?.id]);
    expect(phones).toMatchObject({ from: [], to: ["0236 000 0320 — Công an xã"] });
    expect(phonesAgain).toMatchObject({ to: [], after: [phones?.id] });
  });

  it("tells in the history that an account was disabled, and opened again", async () => {
    await again({ ...plan, accounts: plan.accounts.filter(({ name }) => name !== "cadre") }, { prune: true });
    await again(plan);
    const { _id, _rev, ...record } = await document("directory", "account:cadre");
    expect(checkRecord("directory", record)).toEqual([]);
    const { history = [] } = isStamped(record) ? record : {};
    const [closed, opened] = history;
    expect(closed).toMatchObject({ field: "disabled", to: true, by: "operator" });
    expect(opened).toEqual({ ...opened, field: "disabled", from: true, after: [closed?.id] });
    expect(opened).not.toHaveProperty("to");
    expect(record).not.toHaveProperty("disabled");
  });

  it("gives a new ancestor's supervisor the file and takes it from the old one", async () => {
    const moved: Plan = { ...plan, sites: plan.sites.map((each) => ({ ...each, ancestors: [] })) };
    expect(await again(moved)).toContain(`set the members of s-${site}`);
    const cookie = await openDoor(store, ".").signIn("supervisor");
    expect((await openDoor(store, ".").ask(`/db/s-${site}`, { cookie })).status).toBe(403);
  });

  const smaller: Plan = { ...plan, accounts: plan.accounts.filter(({ name }) => name !== "cadre") };

  it("leaves an account that it does not name, unless told to prune", async () => {
    expect(await again(smaller)).toEqual([]);
    expect(await signsIn("cadre", password)).toBe(true);
    const cookie = await openDoor(store, ".").signIn("cadre");
    expect(await again(smaller, { prune: true })).toEqual([
      "disable account cadre",
      "update account:cadre in the directory",
    ]);
    expect(await signsIn("cadre", password)).toBe(false);
    expect((await openDoor(store, ".").ask(`/db/s-${site}`, { cookie })).status).toBe(401);
    expect(await document("directory", "account:cadre")).toMatchObject({
      disabled: true,
      displayName: "Phan Mẫu Lâm",
    });
    expect(await again(smaller, { prune: true })).toEqual([]);
  });

  it("opens a pruned account again with a new one-time password", async () => {
    await again(smaller, { prune: true });
    const handed: string[] = [];
    const options = {
      lastingPassword: () => undefined,
      handOut: (_name: string, text: string) => handed.push(text),
    };
    expect(await again(plan, options)).toEqual([
      "open account cadre again",
      "update account:cadre in the directory",
    ]);
    expect(await signsIn("cadre", password)).toBe(false);
    expect(await signsIn("cadre", handed[0] ?? "")).toBe(true);
    expect(await document("directory", "account:cadre")).not.toHaveProperty("disabled");
  });

  it("of another country is refused, and nothing is done", async () => {
    const before = await store.admin.read("/_all_dbs");
    expect(await again({ ...plan, country: "id" })).toEqual(["OtherCountry"]);
    expect(await store.admin.read("/_all_dbs")).toEqual(before);
  });
});

it("shows the recovery key's fingerprint, and says when the directory holds another than the one in safe keeping", async () => {
  const { identityFile } = store.options;
  const said = await recoveryKeyWords(identityFile, store.admin);
  const print = (key: string) => fingerprintOf(createHash("sha256").update(key).digest());
  const kept = print(await identityToRecipient(store.identity() ?? ""));
  expect(said).toEqual([expect.stringContaining(kept)]);
  expect(said[0]).toContain(`"${en["nav.settings"]}"`);
  // Put away, as it should be: there is nothing to compare with here.
  const away = { ...identityFile, read: () => Promise.resolve(undefined) };
  expect(await recoveryKeyWords(away, store.admin)).toEqual(said);

  const entry = await document("directory", "recovery_key:agency");
  const foreign = await identityToRecipient(await generateX25519Identity());
  await store.admin.write("PUT", documentPath("directory", "recovery_key:agency"), {
    ...entry,
    recipient: foreign,
  });
  const warned = await recoveryKeyWords(identityFile, store.admin);
  expect(warned[0]).toContain(print(foreign));
  expect(warned[1]).toMatch(/^CAREFUL/);
  expect(warned[1]).toContain(kept);
});

it("goes on where an interrupted run ended, with the key whose private half is already in safe keeping", async () => {
  const directory = await document("directory", "recovery_key:agency");
  await store.admin.write("PUT", documentPath("directory", "recovery_key:agency"), {
    _rev: directory["_rev"] ?? "",
    _deleted: true,
  });
  const identity = store.identity() ?? "";
  expect(await again(plan)).toHaveLength(1);
  const made = await document("directory", "recovery_key:agency");
  expect(made["recipient"]).toBe(await identityToRecipient(identity));
});
