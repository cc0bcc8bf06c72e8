// What a supervisor brings in by file: written as its author's, and nothing forged, swapped, stale or foreign with it.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { BundleHead, BundleItem } from "#src/domain/bundle/bundle.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { accountPath, readAccount } from "#server/couch-client/account.ts";
import { takeBundlePart } from "#server/front-door/bundles.ts";
import { deviceDirectory } from "#server/front-door/device-directory.ts";
import { inbox as inboxOf } from "#server/front-door/inbox.ts";
import { planSteps, runSteps } from "#server/provision/provision.ts";
import { samples } from "#tests/server/rule/sample-site.ts";
import { handMadeBundle, newSigner, signatureOf } from "#tests/support/hand-made-bundle.ts";
import { neighbour, openDoor, password, provisionedStore, site, type Store, twoCities } from "./door.ts";

const ageKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const device = "3f2a8f5e-0000-4000-8000-000000000001";
const from = { account: "cadre", device };
const s = `s-${site}`;

let store: Store;
let door: ReturnType<typeof openDoor>;
const phone = newSigner();
beforeEach(async () => {
  store = await provisionedStore();
  const steps = await planSteps(twoCities, store.admin, store.options);
  if (steps.ok) await runSteps(steps.value, () => undefined);
  door = openDoor(store, ".");
  await register("cadre", device, phone.signingPublicKey);
});
afterEach(() => {
  store.couch.close();
});

async function register(name: string, id: string, signingPublicKey: string, secret = password) {
  const body = {
    device: id,
    appVersion: "1.0.0",
    waiting: 1,
    keys: { agePublicKey: ageKey, signingPublicKey },
  };
  const response = await door.ask("/api/devices", { cookie: await door.signIn(name, secret), body });
  const said: unknown = await response.json();
  return said;
}

/** A note of the cadre's, told apart by a number. */
function noteOf(number: number, change: object = {}): BundleItem {
  const id = `3f2a8f5e-0000-4000-8000-0000000${String(10_000 + number)}`;
  const { _id: _, ...note } = samples.note;
  const record: unknown = { ...note, id, createdBy: "cadre", device, text: `Ghi chú ${number}`, ...change };
  if (!isStamped(record)) throw new Error("no record");
  return { database: s, record };
}

const answered = z.object({
  outcomes: z
    .array(
      z.object({
        id: z.string(),
        is: z.string(),
        reason: z.string().optional(),
        kept: z.boolean().optional(),
      }),
    )
    .optional(),
  error: z.string().optional(),
});
async function bring(body: unknown, name = "supervisor") {
  const response = await door.ask("/api/bundles", { cookie: await door.signIn(name), body });
  return { status: response.status, ...answered.parse(await response.json()) };
}
const bodyOf = ({ head, signature, parts }: ReturnType<typeof handMadeBundle>, index = 0) => ({
  head,
  signature,
  part: parts[index],
});
const outcomesOf = ({ outcomes = [] }: Awaited<ReturnType<typeof bring>>) => outcomes.map(({ is }) => is);
const notes = async (database = s) =>
  (await allDocuments(store.admin, database, "")).filter(({ type }) => type === "note");
const inbox = () => allDocuments(store.admin, "neo-ve", "inbox:");

describe("a bundle", () => {
  it("is written under its author's name, with who brought it in", async () => {
    const bundle = handMadeBundle(phone, from, [[noteOf(1), noteOf(2)], [noteOf(3)]]);
    expect(outcomesOf(await bring(bodyOf(bundle)))).toEqual(["accepted", "accepted"]);
    expect(outcomesOf(await bring(bodyOf(bundle, 1)))).toEqual(["accepted"]);
    expect(await notes()).toEqual([1, 2, 3].map((number) => expect.objectContaining({ text: `Ghi chú ${number}`, createdBy: "cadre", relayedBy: "supervisor" }))); // prettier-ignore
  });

  it("changes nothing the second time, in whatever order its parts come", async () => {
    const bundle = handMadeBundle(phone, from, [[noteOf(1)], [noteOf(2)]]);
    for (const index of [1, 0]) await bring(bodyOf(bundle, index));
    const before = await notes();
    for (const index of [0, 1])
      expect(outcomesOf(await bring(bodyOf(bundle, index)))).toEqual(["already there"]);
    expect(await notes()).toEqual(before);
  });

  it("does not undo what was written since it was made", async () => {
    const cookie = await door.signIn("cadre");
    const { _id: _, ...sample } = samples.case;
    const first = { ...sample, id: samples.case["_id"], createdBy: "cadre", updatedBy: "cadre", device };
    if (!isStamped(first)) throw new Error("no record");
    const stale = handMadeBundle(phone, from, [[{ database: s, record: first }]]);
    expect(outcomesOf(await bring(bodyOf(stale)))).toEqual(["accepted"]);
    const path = `/db/${s}/${first.id}`;
    const lying = z.looseObject({ _rev: z.string() }).parse(await (await door.ask(path, { cookie })).json());
    const updatedAt = "2026-06-01T00:00:00.000Z";
    const entry = { id: "3f2a8f5e-0000-4000-8000-00000000e001", at: updatedAt, by: "cadre", device, field: "owner", to: "cadre", after: [] }; // prettier-ignore
    const edited = { ...lying, owner: "cadre", updatedAt, updatedBy: "cadre", history: [entry] };
    expect((await door.ask(path, { method: "PUT", cookie, body: edited })).status).toBe(201);
    expect(outcomesOf(await bring(bodyOf(stale)))).toEqual(["already there"]);
    expect(await store.admin.read(`/${s}/${first.id}`)).toMatchObject({ owner: "cadre", updatedAt });
  });

  it("leaves out what the rule does not take from its author, and the inbox keeps that", async () => {
    const wrong = noteOf(2, { text: 7 });
    const others = noteOf(3, { createdBy: "newcomer" });
    const said = await bring(bodyOf(handMadeBundle(phone, from, [[noteOf(1), wrong, others]])));
    expect(outcomesOf(said)).toEqual(["accepted", "refused", "refused"]);
    expect(said.outcomes?.map(({ reason }) => reason?.split(":")[0])).toEqual([
      undefined,
      "schema",
      "author",
    ]);
    expect(said.outcomes?.map(({ kept }) => kept)).toEqual([undefined, true, true]);
    expect(await inbox()).toHaveLength(2);
    expect(await inbox()).toEqual(expect.arrayContaining([expect.objectContaining({ account: "cadre", reason: expect.stringContaining("author") })])); // prettier-ignore
    await bring(bodyOf(handMadeBundle(phone, from, [[noteOf(1), wrong, others]])));
    expect(await inbox()).toHaveLength(2);
  });

  it("goes to the inbox where the account was closed meanwhile, and so does what a lost role had allowed", async () => {
    const account = await readAccount(store.admin, "cadre");
    await store.admin.write("PUT", accountPath("cadre"), {
      ...account,
      roles: ["staff", `cadre@${neighbour}`],
    });
    const moved = await bring(bodyOf(handMadeBundle(phone, from, [[noteOf(1)]])));
    expect(moved.outcomes).toEqual([expect.objectContaining({ is: "refused", kept: true, reason: expect.stringMatching(/^role: /) })]); // prettier-ignore
    const again = await readAccount(store.admin, "cadre");
    await store.admin.write("PUT", accountPath("cadre"), { ...again, roles: [], disabled: true });
    const closed = await bring(bodyOf(handMadeBundle(phone, from, [[noteOf(2)]])));
    expect(closed.outcomes).toEqual([expect.objectContaining({ is: "refused", kept: true, reason: "role: the account is closed" })]); // prettier-ignore
    expect(await notes()).toEqual([]);
    expect(await inbox()).toHaveLength(2);
  });
});

describe("what is turned back", () => {
  const rowSchema = z.object({ rows: z.array(z.object({ value: z.object({ rev: z.string() }) })) });

  it("is brought nowhere where it was erased at the centre, the inbox not either", async () => {
    const bundle = handMadeBundle(phone, from, [[noteOf(1), noteOf(2)]]);
    await bring(bodyOf(bundle));
    const { id } = noteOf(1).record;
    const { rows } = rowSchema.parse(await store.admin.write("POST", `/${s}/_all_docs`, { keys: [id] }));
    await store.admin.write("PUT", `/${s}/${id}`, { _rev: rows[0]?.value.rev, _deleted: true });
    expect((await bring(bodyOf(bundle))).outcomes).toEqual([
      { id, is: "refused", reason: "delete: erased at the centre", kept: false },
      { id: noteOf(2).record.id, is: "already there" },
    ]);
    expect(await inbox()).toEqual([]);
    expect(await notes()).toHaveLength(1);
  });

  it("is said not to be kept where the inbox is full, so that it stays where it is", async () => {
    const deps = { admin: store.admin, now: Date.now };
    const full = inboxOf({ ...deps, most: 0 });
    const supervisor = { name: "supervisor", roles: ["supervisor@vn-gso-48"] };
    const wrong = noteOf(1, { createdBy: "newcomer" });
    const { head, signature, parts } = handMadeBundle(phone, from, [[wrong]]);
    const taken = await takeBundlePart(
      { ...deps, directory: deviceDirectory(deps), inbox: full },
      supervisor,
      { head, signature, part: parts[0] ?? "" },
    );
    expect(taken).toEqual([expect.objectContaining({ is: "refused", kept: false })]);
    expect(await inbox()).toEqual([]);
  });
});

describe("a forged bundle", () => {
  const honest = () => handMadeBundle(phone, from, [[noteOf(1)], [noteOf(2)]]);
  const attacker = newSigner();

  it.each<[string, () => object, string]>([
    ["a part of another bundle", () => ({ ...bodyOf(honest()), part: handMadeBundle(phone, from, [[noteOf(9)]]).parts[0] }), "not_in_bundle"],
    ["a changed record", () => ({ ...bodyOf(honest()), part: honest().parts[0]?.replace("Ghi chú 1", "Ghi chú 7") }), "not_in_bundle"],
    ["another author in the head", () => ({ ...bodyOf(honest()), head: honest().head.replace('"cadre"', '"newcomer"') }), "unknown_device"],
    ["another date in the head", () => ({ ...bodyOf(honest()), head: honest().head.replace("2026-11-20", "2026-11-21") }), "bad_signature"],
    ["a space in the head", () => ({ ...bodyOf(honest()), head: `${honest().head} ` }), "bad_signature"],
    ["the signature of another", () => ({ ...bodyOf(honest()), signature: signatureOf(attacker, honest().head) }), "bad_signature"],
    ["no signature", () => ({ ...bodyOf(honest()), signature: "" }), "bad_signature"],
    ["records of a database that the head does not name", () => bodyOf(handMadeBundle(phone, from, [[noteOf(1)]], { databases: [`p-${site}`] })), "not_in_bundle"],
    ["records of the directory", () => bodyOf(handMadeBundle(phone, from, [[{ ...noteOf(1), database: "directory" }]])), "bad_request"],
    ["an older form", () => bodyOf(handMadeBundle(phone, from, [[noteOf(1)]], { format: 0 as unknown as BundleHead["format"] })), "bad_request"],
    ["a part that is no list", () => { const bundle = handMadeBundle(phone, from, [[]], { databases: [s], records: 1 }); return bodyOf(bundle); }, "not_in_bundle"],
    ["more than is asked for", () => ({ ...bodyOf(honest()), relayedBy: "far" }), "bad_request"],
  ])("is refused with %s", async (_what, make, error) => {
    expect(await bring(make())).toMatchObject({ error });
    expect(await notes()).toEqual([]);
    expect(await inbox()).toEqual([]);
  }); // prettier-ignore

  it("is refused when another's own device has signed it", async () => {
    await register("far", "phone-of-far", attacker.signingPublicKey);
    const asCadre = handMadeBundle(attacker, from, [[noteOf(1)]]);
    expect(await bring(bodyOf(asCadre))).toMatchObject({ status: 400, error: "bad_signature" });
    const withOwnDevice = handMadeBundle(attacker, { account: "cadre", device: "phone-of-far" }, [
      [noteOf(1)],
    ]);
    expect(await bring(bodyOf(withOwnDevice))).toMatchObject({ status: 403, error: "unknown_device" });
    // Under the own name, at a site that is not theirs, with another's words.
    const asSelf = handMadeBundle(attacker, { account: "far", device: "phone-of-far" }, [[noteOf(1)]]);
    expect(outcomesOf(await bring(bodyOf(asSelf)))).toEqual(["refused"]);
    const own = handMadeBundle(attacker, { account: "far", device: "phone-of-far" }, [
      [noteOf(2, { createdBy: "far" })],
    ]);
    expect((await bring(bodyOf(own))).outcomes).toEqual([expect.objectContaining({ is: "refused", reason: expect.stringMatching(/^role: /) })]); // prettier-ignore
    expect(await notes()).toEqual([]);
  });

  it.each(["cadre", "far", "far.supervisor"])("is nothing that %s may bring in", async (name) => {
    expect(await bring(bodyOf(honest()), name)).toMatchObject({ status: 403, error: "not_your_sites" });
    expect(await notes()).toEqual([]);
  });

  it("is refused of a site beside the caller's, also where both are named", async () => {
    const foreign = { ...noteOf(2), database: `s-${neighbour}` };
    const both = handMadeBundle(phone, from, [[noteOf(1), foreign]]);
    expect(await bring(bodyOf(both))).toMatchObject({ status: 403, error: "not_your_sites" });
  });

  it("is refused from nobody", async () => {
    expect((await door.ask("/api/bundles", { body: bodyOf(honest()) })).status).toBe(401);
  });
});

describe("the keys of a device", () => {
  it("stand in the directory, once, and are never exchanged for others", async () => {
    const attacker = newSigner();
    expect(await register("cadre", device, phone.signingPublicKey)).toEqual({ ok: true, keys: "published" });
    expect(await register("cadre", device, attacker.signingPublicKey)).toEqual({ ok: true, keys: "taken" });
    expect(await register("cadre", "other-phone", attacker.signingPublicKey)).toEqual({
      ok: true,
      keys: "published",
    });
    const published = await allDocuments(store.admin, "directory", "device:");
    expect(published).toHaveLength(2);
    expect(published).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ account: "cadre", deviceId: device, signingPublicKey: phone.signingPublicKey, agePublicKey: ageKey }),
      ]),
    ); // prettier-ignore
  });

  it("leave no history and nobody's name, however often the device comes and goes: every device reads them", async () => {
    const directory = deviceDirectory({ admin: store.admin, now: Date.now });
    const read = () => allDocuments(store.admin, "directory", "device:");
    const [first] = await read();
    for (let times = 0; times < 5; times++) {
      await directory.retire("cadre", device);
      expect(await read()).toEqual([expect.objectContaining({ retired: true })]);
      await register("cadre", device, phone.signingPublicKey);
    }
    const [last] = await read();
    expect(last).toEqual({ ...first, _rev: last?.["_rev"], updatedAt: last?.["updatedAt"] });
    expect(last).toMatchObject({ createdBy: "(neo-ve)", updatedBy: "(neo-ve)" });
    expect(last).not.toHaveProperty("history");
  });

  it("are another's for another account, though the id is the same", async () => {
    const other = newSigner();
    expect(await register("far", device, other.signingPublicKey)).toEqual({ ok: true, keys: "published" });
    expect(outcomesOf(await bring(bodyOf(handMadeBundle(phone, from, [[noteOf(1)]]))))).toEqual(["accepted"]);
  });

  it("count no more once the device is silent for longer than twenty others, and again when it is back", async () => {
    for (let count = 1; count <= 20; count++)
      await register("cadre", `d${count}`, newSigner().signingPublicKey);
    const bundle = handMadeBundle(phone, from, [[noteOf(1)]]);
    expect(await bring(bodyOf(bundle))).toMatchObject({ status: 403, error: "unknown_device" });
    await register("cadre", device, phone.signingPublicKey);
    expect(outcomesOf(await bring(bodyOf(bundle)))).toEqual(["accepted"]);
  });

  it("count no more after a new password, until the device that knows it is back: one of a stolen session never is", async () => {
    const thief = newSigner();
    await register("cadre", "thief", thief.signingPublicKey);
    const cookie = await door.signIn("cadre");
    const next = "bảy con vịt bơi qua sông";
    const body = { old: password, new: next };
    expect((await door.ask("/api/password", { cookie, body })).status).toBe(200);
    const honest = handMadeBundle(phone, from, [[noteOf(1)]]);
    const forged = handMadeBundle(thief, { ...from, device: "thief" }, [[noteOf(2, { device: "thief" })]]);
    for (const bundle of [honest, forged])
      expect(await bring(bodyOf(bundle))).toMatchObject({ status: 403, error: "unknown_device" });
    await register("cadre", device, phone.signingPublicKey, next);
    expect(outcomesOf(await bring(bodyOf(honest)))).toEqual(["accepted"]);
    expect(await bring(bodyOf(forged))).toMatchObject({ status: 403, error: "unknown_device" });
  });

  it.each([
    ["another word", { agePublicKey: ageKey, signingPublicKey: phone.signingPublicKey, name: "Lan" }],
    ["an age key that is none", { agePublicKey: "age1nicht", signingPublicKey: phone.signingPublicKey }],
    ["a signing key that is too short", { agePublicKey: ageKey, signingPublicKey: "AAAA" }],
  ])("are not taken with %s", async (_what, keys) => {
    const body = { device: "new-phone", appVersion: "1.0.0", waiting: 1, keys };
    const response = await door.ask("/api/devices", { cookie: await door.signIn("cadre"), body });
    expect(response.status).toBe(400);
    expect(await allDocuments(store.admin, "directory", "device:")).toHaveLength(1);
  });
});
