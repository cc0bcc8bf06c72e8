// Somebody has forgotten the password at the centre: a new one-time password, and what it ends and leaves alone.
import { afterEach, beforeEach, expect, it } from "vitest";
import { isObject } from "#server/couch/json.ts";
import { accountPath } from "#server/couch-client/account.ts";
import { planSteps } from "#server/provision/provision.ts";
import { resetPasswordStep } from "#server/provision/reset-password.ts";
import {
  openDoor,
  operator,
  password,
  plan,
  provisionedStore,
  site,
  type Store,
} from "#tests/server/front-door/door.ts";

let store: Store;
let door: ReturnType<typeof openDoor>;
const handed: string[] = [];
beforeEach(async () => {
  handed.length = 0;
  store = await provisionedStore();
  door = openDoor(store, ".");
});
afterEach(() => {
  store.couch.close();
});

const reset = (name: string) =>
  resetPasswordStep(name, store.admin, {
    randomBytes: store.options.randomBytes,
    handOut: (_name, text) => handed.push(text),
  });
const own = `/db/p-${site}/_all_docs`;
const accountOf = (name: string) => store.admin.read(accountPath(name));

it("ends every session and the old password; the new one opens its own change, and then everything", async () => {
  const sessions = [await door.signIn("cadre"), await door.signIn("cadre")];
  for (const cookie of sessions) expect((await door.ask(own, { cookie })).status).toBe(200);
  const feed = await door.ask(`/db/s-${site}/_changes?feed=continuous&heartbeat=60000&since=now`, {
    cookie: sessions[0] ?? "",
  });
  const step = await reset("cadre");
  if (!step.ok) throw new Error(step.error.type);
  await step.value.run();
  const [oneTime = ""] = handed;
  expect(handed).toHaveLength(1);
  expect(step.value.what).not.toContain(oneTime);
  for (const cookie of sessions) expect((await door.ask(own, { cookie })).status).toBe(401);
  // A feed that was open ends too.
  await feed.text();
  expect(await door.signIn("cadre")).toBe("AuthSession=");
  const cookie = await door.signIn("cadre", oneTime);
  expect((await door.ask(own, { cookie })).status).toBe(403);
  const changed = await door.ask("/api/password", {
    cookie,
    body: { name: "cadre", old: oneTime, new: "mua thu ben song" },
  });
  expect(changed.status).toBe(200);
  const free = await door.signIn("cadre", "mua thu ben song");
  expect((await door.ask(own, { cookie: free })).status).toBe(200);
});

it("ends a lock-out, since it is another password now", async () => {
  for (let tries = 0; tries < 5; tries++) await door.signIn("cadre", `wrong ${String(tries)}`);
  const step = await reset("cadre");
  if (step.ok) await step.value.run();
  expect(await door.signIn("cadre", handed[0])).toMatch(/^AuthSession=\w/);
});

it("holds although somebody changes the password between reading and writing", async () => {
  const step = await reset("cadre");
  const cookie = await door.signIn("cadre");
  const body = { name: "cadre", old: password, new: "mua thu ben song" };
  expect((await door.ask("/api/password", { cookie, body })).status).toBe(200);
  if (step.ok) await step.value.run();
  expect(handed).toHaveLength(1);
  expect(await door.signIn("cadre", "mua thu ben song")).toBe("AuthSession=");
  expect(await door.signIn("cadre", handed[0])).toMatch(/^AuthSession=\w/);
});

it("hands nothing out where the account was disabled meanwhile", async () => {
  const step = await reset("cadre");
  const account = await accountOf("cadre");
  if (!isObject(account)) throw new Error("no account");
  await store.admin.write("PUT", accountPath("cadre"), { ...account, disabled: true, roles: [] });
  if (!step.ok) throw new Error(step.error.type);
  await expect(step.value.run()).rejects.toMatchObject({ status: 409 });
  expect(handed).toEqual([]);
});

it("leaves roles, name and the directory as they were, and the plan has nothing to add", async () => {
  const before = await accountOf("cadre");
  const step = await reset("cadre");
  if (step.ok) await step.value.run();
  const after = await accountOf("cadre");
  if (!isObject(before) || !isObject(after)) throw new Error("no account");
  const { roles, displayName, name, type } = before;
  expect(after).toMatchObject({ roles, displayName, name, type, oneTimePassword: true });
  expect(JSON.stringify(after)).not.toContain(handed[0]);
  const steps = await planSteps(plan, store.admin, store.options);
  expect(steps).toEqual({ ok: true, value: [] });
});

it.each(["nobody", operator.name, "", "Cadre", "cadre/..", "_design"])(
  "says plainly that there is no %j, and does nothing",
  async (name) => {
    expect(await reset(name)).toEqual({ ok: false, error: { type: "UnknownAccount" } });
  },
);

it("knows no accounts of other programs, which could not change a password", async () => {
  const hub = { type: "user", name: "hub", roles: ["replicator"], password };
  await store.admin.write("PUT", accountPath("hub"), hub);
  expect(await reset("hub")).toEqual({ ok: false, error: { type: "UnknownAccount" } });
});

it("leaves a disabled account closed", async () => {
  const account = await accountOf("cadre");
  if (!isObject(account)) throw new Error("no account");
  const path = accountPath("cadre");
  await store.admin.write("PUT", path, { ...account, disabled: true, roles: [] });
  expect(await reset("cadre")).toEqual({ ok: false, error: { type: "DisabledAccount" } });
});
