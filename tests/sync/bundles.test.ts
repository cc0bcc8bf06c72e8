// No network for weeks: what waits on one device goes by file to a supervisor's, and from there to the centre, under its author's name.
import fc from "fast-check";
import { armor, generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import {
  readHandedOn,
  readHeldBundles,
  readSentBundles,
  type MadeBundle,
} from "#src/domain/ports/bundles.ts";
import type { Result } from "#src/domain/ports/result.ts";
import { openWith, sealFor } from "#src/storage/age-file.ts";
import { signedBytes } from "#src/domain/bundle/bundle.ts";
import { deviceKeys, isSignedBy, makeDeviceKeys } from "#src/storage/device-keys.ts";
import { pad, unpad } from "#src/storage/padding.ts";
import { type BundleContent, inParts, openBundle, sealedBundle } from "#src/sync/bundle-file.ts";
import { noteOf, site as sampleSite } from "#tests/storage/support/records.ts";
import type { AccountName } from "./support/test-centre.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { createWorld } from "./support/world.ts";

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const newKeys = async () => {
  const stored = await makeDeviceKeys(randomBytes);
  return { stored, keys: deviceKeys(() => stored) };
};
const appVersion = "1.0.0";
const db = "s-vn-gso-20194";
const minuteMs = 60_000;

async function worldWithDoor() {
  const world = await createWorld();
  return { world, way: await throughDoor(world.centre, world.time) };
}

/** A commune and its province, where everybody's device has been in contact once. */
async function province() {
  const world = await createWorld();
  const { time, centre } = world;
  const way = await throughDoor(centre, time);
  const agency = await generateX25519Identity();
  const recoveryRecipient = await identityToRecipient(agency);
  async function joined(
    name: AccountName,
  ): Promise<TestDevice & { keys: Awaited<ReturnType<typeof newKeys>> }> {
    const keys = await newKeys();
    const app = { device: `device-of-${name}`, appVersion, keys: keys.keys, recoveryRecipient };
    const device = await world.device(name, { app, online: false });
    device.way = way;
    device.connection(true);
    await time.pass(minuteMs);
    return Object.assign(device, { keys });
  }
  const an = await joined("an");
  const lan = await joined("lan");
  // Everybody hears of the others' keys.
  await an.exchange.run();
  await time.pass(minuteMs);
  return { ...world, way, an, lan, agency, joined };
}

const valueOf = <T, E>(result: Result<T, E> | undefined): T => {
  if (!result?.ok) throw new Error(JSON.stringify(result?.error));
  return result.value;
};
const bundlesOf = ({ exchange: { bundles } }: TestDevice) => {
  if (!bundles) throw new Error("no way by file");
  return bundles;
};
const made = async (device: TestDevice, to = "lan"): Promise<MadeBundle> =>
  valueOf(await bundlesOf(device).make(to, () => undefined));
const opened = async (device: TestDevice, { bytes }: MadeBundle) => bundlesOf(device).open(bytes);
const takenIn = async (device: TestDevice, bundle: MadeBundle) =>
  valueOf(await bundlesOf(device).sendOn(valueOf(await opened(device, bundle))));

describe("a worker without a network", () => {
  it("hands on what waits; it reaches the centre as theirs, by way of the supervisor, and is one record when they are back", async () => {
    const { time, centre, an, lan } = await province();
    an.connection(false);
    lan.connection(false);
    const file = await an.newCase();
    const first = await an.newNote(file.id, "Đã về đến nhà");
    const bundle = await made(an);
    expect(bundle).toMatchObject({ records: 2, to: "lan" });
    expect(bundle.fileName).toMatch(/^[0-9a-f]{8}\.txt$/);
    valueOf(await bundlesOf(an).noteHandedOn(bundle));
    // It stays here as it was.
    expect(an.exchange.counts.waiting).toBe(2);
    expect(an.case(file.id)?.sync.state).toBe("local");
    expect(readHandedOn(an.store)).toMatchObject([{ to: "lan", items: [[db, file.id, expect.anything()], [db, first.id, expect.anything()]] }]); // prettier-ignore

    // Without a network on this side either.
    expect(valueOf(await opened(lan, bundle))).toMatchObject({ account: "an", records: 2 });
    await takenIn(lan, bundle);
    expect(lan.case(file.id)).toBeUndefined();
    expect(lan.store.read.all().some(({ record }) => record.id === first.id)).toBe(false);
    // Not lost with the process.
    await lan.kill();
    await lan.start();
    expect(readHeldBundles(lan.store)).toMatchObject([{ account: "an", records: 2, next: 0 }]);
    expect(await centre.documents(db)).toEqual(new Map());

    lan.connection(true);
    await time.pass(minuteMs);
    const documents = await centre.documents(db);
    expect(documents.get(file.id)).toMatchObject({ createdBy: "an", relayedBy: "lan" });
    expect(documents.get(first.id)).toMatchObject({
      createdBy: "an",
      relayedBy: "lan",
      text: "Đã về đến nhà",
    });
    expect(readHeldBundles(lan.store)).toEqual([]);
    expect(readSentBundles(lan.store)).toMatchObject([{ account: "an", records: 2, tally: { accepted: 2, known: 0, refused: [] } }]); // prettier-ignore
    expect([...lan.disk.envelopes.values()].some(({ b }) => b.includes("bundles.part"))).toBe(false);
    expect(lan.case(file.id)?.sync.state).toBe("central");

    an.connection(true);
    await time.pass(minuteMs);
    expect(an.exchange.counts).toMatchObject({ waiting: 0, refused: 0, clashes: 0 });
    expect(an.case(file.id)?.sync.state).toBe("central");
    expect((await centre.documents(db)).get(file.id)?.["_rev"]).toBe(documents.get(file.id)?.["_rev"]);
  });

  it("and a second file is taken in at the moment when the first is done: both are sent on, and neither comes again", async () => {
    const { time, an, lan } = await province();
    an.connection(false);
    lan.connection(false);
    const file = await an.newCase();
    const first = await made(an);
    await an.newNote(file.id, "Đã về đến nhà");
    const second = valueOf(await opened(lan, await made(an)));
    await takenIn(lan, first);
    let taken: Promise<unknown> | undefined;
    let isAnswered = false;
    const { way } = lan;
    lan.way = async (request, next) => {
      const answer = await way(request, next);
      isAnswered ||= request.url.endsWith("/bundles");
      return answer;
    };
    lan.diskWay = async (write) => {
      if (isAnswered) taken ??= bundlesOf(lan).sendOn(second);
      await Promise.resolve();
      return write();
    };
    lan.connection(true);
    await time.pass(5 * minuteMs);
    expect(await taken).toEqual({ ok: true, value: undefined });
    expect(readHeldBundles(lan.store)).toEqual([]);
    expect(readSentBundles(lan.store)).toMatchObject([
      { tally: { accepted: 1, known: 0, refused: [] } },
      { tally: { accepted: 1, known: 1, refused: [] } },
    ]);
  });

  it("goes on writing: an edit that is newer than the file is neither undone nor lost, in whichever order they come", async () => {
    const { time, centre, an, lan } = await province();
    const file = await an.newCase();
    await time.pass(minuteMs);
    an.connection(false);
    await an.editCase(file.id, { owner: "an" });
    const early = await made(an);
    valueOf(await bundlesOf(an).noteHandedOn(early));
    await an.editCase(file.id, { nextContactOn: "2026-12-01" });
    const late = await made(an);
    valueOf(await bundlesOf(an).noteHandedOn(late));
    // Of the first file nothing waits as it was put in.
    expect(readHandedOn(an.store).map(({ id }) => id)).toEqual([late.id]);
    await takenIn(lan, late);
    await time.pass(minuteMs);
    await takenIn(lan, early);
    await time.pass(minuteMs);
    expect((await centre.documents(db)).get(file.id)).toMatchObject({
      owner: "an",
      nextContactOn: "2026-12-01",
    });
    expect(readSentBundles(lan.store).map(({ tally }) => [tally.accepted, tally.known])).toEqual([[1, 0], [0, 1]]); // prettier-ignore
    await an.editCase(file.id, { owner: "binh" });
    an.connection(true);
    await time.pass(minuteMs);
    expect(an.exchange.counts).toMatchObject({ waiting: 0, refused: 0 });
    const lying = (await centre.documents(db)).get(file.id);
    expect(lying).toMatchObject({ owner: "binh", nextContactOn: "2026-12-01" });
    expect(lying?.["history"]).toHaveLength(3);
  });

  it("sends everything as usual where the network comes first; the file changes nothing any more", async () => {
    const { time, centre, an, lan } = await province();
    an.connection(false);
    const file = await an.newCase();
    const bundle = await made(an);
    an.connection(true);
    await time.pass(minuteMs);
    const before = (await centre.documents(db)).get(file.id);
    await takenIn(lan, bundle);
    await time.pass(minuteMs);
    expect(readSentBundles(lan.store)).toMatchObject([{ tally: { accepted: 0, known: 1 } }]);
    expect((await centre.documents(db)).get(file.id)).toEqual(before);
  });

  it("does not hand on what the centre has refused, nor what it has, and says when nothing is left", async () => {
    const { time, an } = await province();
    await an.newCase();
    await time.pass(minuteMs);
    expect(await bundlesOf(an).make("lan", () => undefined)).toEqual({
      ok: false,
      error: { type: "NothingToHandOn" },
    });
    an.connection(false);
    const kept = await an.newCase();
    await an.store.exchange(db, [kept.id], (_id, row) => {
      if (!row) return undefined;
      const { outbox: _, ...rest } = row;
      return {
        ...rest,
        sync: { state: "refused", refusal: { kind: "forbidden", reason: "role: no", at: an.now() } },
      };
    });
    expect(await bundlesOf(an).make("lan", () => undefined)).toEqual({
      ok: false,
      error: { type: "NothingToHandOn" },
    });
    // A colleague is no supervisor.
    await an.newCase();
    expect(await bundlesOf(an).make("binh", () => undefined)).toEqual({
      ok: false,
      error: { type: "NothingToHandOn" },
    });
  });

  it("reaches a supervisor whose device has a key only, and the agency can open it too", async () => {
    const world = await createWorld();
    const way = await throughDoor(world.centre, world.time);
    const { keys } = await newKeys();
    const an = await world.device("an", { app: { device: "device-of-an", appVersion, keys }, online: false });
    an.way = way;
    an.connection(true);
    await world.time.pass(minuteMs);
    an.connection(false);
    await an.newCase();
    expect(await bundlesOf(an).make("lan", () => undefined)).toEqual({
      ok: false,
      error: { type: "NoDevice" },
    });

    const { an: other, agency } = await province();
    other.connection(false);
    await other.newCase();
    expect((await openWith(agency, (await made(other)).bytes)).ok).toBe(true);
  });
});

it("opens on each device of the chosen supervisor, with either, and not on its author's", async () => {
  const { time, device, way, an, lan } = await province();
  const { keys } = await newKeys();
  const second = await device("lan", {
    app: { device: "second-of-lan", appVersion, keys },
    online: false,
    seed: 9,
  });
  second.way = way;
  second.connection(true);
  await time.pass(minuteMs);
  await an.exchange.run();
  await time.pass(minuteMs);
  an.connection(false);
  await an.newCase();
  const bundle = await made(an);
  for (const each of [lan, second])
    expect(valueOf(await opened(each, bundle))).toMatchObject({ account: "an", records: 1 });
  expect(await opened(an, bundle)).toEqual({ ok: false, error: { type: "NotForThisDevice" } });
});

it("is told where somebody else's keys are known by its id, once for each report; theirs stay", async () => {
  const { world, way } = await worldWithDoor();
  let taken = 0;
  const first = await newKeys();
  for (const keys of [first, await newKeys()]) {
    const app = { device: "device-of-an", appVersion, keys: keys.keys, onDeviceTaken: () => (taken += 1) };
    const device = await world.device("an", { app, online: false });
    device.way = way;
    device.connection(true);
    await world.time.pass(minuteMs);
  }
  expect(taken).toBe(1);
  const known = [...(await world.centre.documents("directory")).values()].filter(
    ({ type }) => type === "device",
  );
  expect(known).toMatchObject([{ account: "an", signingPublicKey: first.stored.signingPublicKey }]);
});

describe("a supervisor's device", () => {
  it("sends on what it holds although answers are lost, and counts what was there", async () => {
    const { time, centre, an, lan, way } = await province();
    an.connection(false);
    await an.newCase();
    const bundle = await made(an);
    let lost = 0;
    const losing: Way = async (request, next) => {
      const answer = await way(request, next);
      if (!request.url.endsWith("/bundles") || lost === 2) return answer;
      lost += 1;
      throw new TypeError("fetch failed");
    };
    lan.way = losing;
    await takenIn(lan, bundle);
    await time.pass(10 * minuteMs);
    expect(lost).toBe(2);
    expect(readSentBundles(lan.store)).toMatchObject([{ tally: { accepted: 0, known: 1, refused: [] } }]);
    expect((await centre.documents(db)).size).toBe(1);
  });

  it("takes in thousands in parts, and goes on where it was broken off", async () => {
    const { time, centre, an, lan, way } = await province();
    an.connection(false);
    const { id } = await an.newCase();
    for (let count = 0; count < 450; count++) await an.newNote(id, `Ghi chú ${count}`);
    const seen: number[] = [];
    const bundle = valueOf(await bundlesOf(an).make("lan", (done) => seen.push(done)));
    expect(bundle.records).toBe(451);
    expect(seen.at(-1)).toBe(451);
    let arrived = 0;
    let isBroken = true;
    lan.way = async (request, next) => {
      if (!request.url.endsWith("/bundles")) return way(request, next);
      if (isBroken && arrived === 2) throw new TypeError("fetch failed");
      arrived += 1;
      return way(request, next);
    };
    await takenIn(lan, bundle);
    await time.pass(minuteMs);
    expect(readHeldBundles(lan.store)).toMatchObject([{ parts: 5, next: 2, tally: { accepted: 200 } }]);
    await lan.kill();
    isBroken = false;
    await lan.start();
    await time.pass(minuteMs);
    expect(readSentBundles(lan.store)).toMatchObject([{ records: 451, tally: { accepted: 451, known: 0 } }]);
    expect((await centre.documents(db)).size).toBe(451);
    // No part that the centre had was sent again.
    expect(arrived).toBe(5);
  });

  it("is told of each record that the centre does not take, with the reason; the inbox has it", async () => {
    const { time, centre, an, lan } = await province();
    an.connection(false);
    const good = await an.newCase();
    const bad = await an.newCase({ createdAt: "2031-01-01T00:00:00.000Z" });
    await takenIn(lan, await made(an));
    await time.pass(minuteMs);
    const [sent] = readSentBundles(lan.store);
    expect(sent?.tally.accepted).toBe(2);
    // A clock that ran ahead was put right by what the device knew of the centre's.
    expect((await centre.documents(db)).has(bad.id) && (await centre.documents(db)).has(good.id)).toBe(true);
    await centre.operate("PUT", "/_users/org.couchdb.user:an", {
      ...((await centre.operate("GET", "/_users/org.couchdb.user:an")) as object),
      roles: ["staff"],
    });
    const other = await an.newCase();
    await takenIn(lan, await made(an));
    await time.pass(minuteMs);
    const [, turnedBack] = readSentBundles(lan.store);
    expect(turnedBack?.tally.refused).toContainEqual({ id: other.id, type: "case", reason: expect.stringMatching(/^role: /) }); // prettier-ignore
    const inbox = [...(await centre.documents("neo-ve")).keys()].filter((id) => id.startsWith("inbox:an:"));
    expect(inbox.length).toBeGreaterThan(0);
  });

  it("lets go of no part of which the inbox does not keep what was turned back, and sends it on until it does", async () => {
    const { time, centre, an, lan, way } = await province();
    an.connection(false);
    const file = await an.newCase();
    let isFull = true;
    lan.way = async (request, next) => {
      const answer = await way(request, next);
      if (!isFull || !request.url.endsWith("/bundles")) return answer;
      const turnedBack = { database: db, id: file.id, is: "refused", reason: "role: no", kept: false };
      return Response.json({ ok: true, at: an.now(), outcomes: [turnedBack] });
    };
    await takenIn(lan, await made(an));
    await time.pass(10 * minuteMs);
    expect(readSentBundles(lan.store)).toEqual([]);
    expect(readHeldBundles(lan.store)).toMatchObject([{ next: 0, tally: { refused: [] } }]);
    expect([...lan.disk.envelopes.values()].some(({ b }) => b.includes("bundles.part"))).toBe(true);
    isFull = false;
    await time.pass(60 * minuteMs);
    expect(readHeldBundles(lan.store)).toEqual([]);
    expect((await centre.documents(db)).has(file.id)).toBe(true);
  });

  it("keeps a bundle that the front door does not take, says why, and forgets it when it is told to", async () => {
    const { time, centre, an, lan } = await province();
    an.connection(false);
    lan.connection(false);
    await an.newCase();
    const bundle = await made(an);
    await takenIn(lan, bundle);
    expect(await opened(lan, bundle)).toEqual({ ok: false, error: { type: "HeldAlready" } });
    // Its author's device is unknown at the centre by now.
    for (const [id, doc] of await centre.documents("directory"))
      if (id.startsWith("device:"))
        await centre.operate("PUT", `/directory/${id}`, { ...doc, retired: true });
    lan.connection(true);
    await time.pass(5 * minuteMs);
    expect(readHeldBundles(lan.store)).toMatchObject([{ refusal: expect.stringContaining("device") }]);
    const asked = lan.requests.filter((request) => request.endsWith("/bundles")).length;
    expect(asked).toBe(1);
    expect(lan.exchange.state.phase).toBe("idle");
    valueOf(await bundlesOf(lan).drop(bundle.id));
    expect(readHeldBundles(lan.store)).toEqual([]);
    expect([...lan.disk.envelopes.values()].some(({ b }) => b.includes("bundles.part"))).toBe(false);
  });

  it("says plainly what is wrong with a file", async () => {
    const { an, lan, time, joined } = await province();
    an.connection(false);
    await an.newCase();
    const bundle = await made(an);
    const fault = async (device: TestDevice, bytes: Uint8Array) => {
      const answer = await bundlesOf(device).open(bytes);
      return answer.ok ? undefined : answer.error.type;
    };
    expect(await fault(lan, new TextEncoder().encode("một tấm ảnh"))).toBe("NotABundle");
    expect(await fault(lan, new Uint8Array())).toBe("NotABundle");
    expect(await fault(lan, bundle.bytes.subarray(0, -2))).toBe("Damaged");
    expect(await fault(an, bundle.bytes)).toBe("NotForThisDevice");
    expect(await fault(lan, new Uint8Array(96 * 1024 * 1024 + 1))).toBe("TooBig");
    const stranger = await newKeys();
    const toLan = [lan.keys.stored.agePublicKey];
    const parts = inParts([{ database: db, record: noteOf(1, "Không phải của chị") }]);
    const about = { id: bundle.id, madeAt: bundle.madeAt, databases: [db], records: 1 };
    const forged = async (account: string, device: string, databases = [db]) =>
      (await sealedBundle({ ...about, databases, account, device }, parts, stranger.keys, toLan)) ??
      new Uint8Array();
    expect(await fault(lan, await forged("an", "device-of-an"))).toBe("Damaged");
    expect(await fault(lan, await forged("an", "device-of-nobody"))).toBe("UnknownSender");
    expect(await fault(lan, await forged("lan", "device-of-an"))).toBe("UnknownSender");
    const newer = await sealFor(toLan, pad(JSON.stringify({ format: 2, what: "later" })));
    expect(await fault(lan, newer?.file ?? new Uint8Array())).toBe("OtherFormat");
    const nothing = await sealFor(toLan, pad("{}"));
    expect(await fault(lan, nothing?.file ?? new Uint8Array())).toBe("Damaged");
    // A file that somebody has sealed for a worker: they bring nothing in.
    const binh = await joined("binh");
    await time.pass(minuteMs);
    const toBinh = await sealedBundle(
      { ...about, account: "an", device: "device-of-an" },
      parts,
      an.keys.keys,
      [binh.keys.stored.agePublicKey],
    );
    expect(await fault(binh, toBinh ?? new Uint8Array())).toBe("NotYourSites");
  });
});

describe("a file that was changed", () => {
  async function sample() {
    const author = await newKeys();
    const reader = await newKeys();
    const items = [1, 2, 3].map((number) => ({
      database: sampleSite,
      record: noteOf(number, `Ghi chú ${number}`),
    }));
    const about = {
      id: "3f2a8f5e-0000-4000-8000-00000000b001",
      account: "an",
      device: "d",
      madeAt: "2026-11-22T01:00:00.000Z",
      databases: [sampleSite],
      records: 3,
    };
    const file = await sealedBundle(about, inParts(items), author.keys, [reader.stored.agePublicKey]);
    if (!file) throw new Error("no file");
    return { file, author, reader };
  }

  it("does not open, whichever byte it is", async () => {
    const { file, reader } = await sample();
    // The line feed at the end is none of the file's content.
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 2), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Uint8Array.from(file);
        changed[at] = (changed[at] ?? 0) ^ change;
        expect((await openBundle(changed, reader.keys)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it("opens in every form that it may arrive in, and is plain text as it is made", async () => {
    const { file, reader } = await sample();
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file);
    expect(text.split("\n")[0]).toBe("-----BEGIN AGE ENCRYPTED FILE-----");
    expect(text).toMatch(/^[\n -~]+$/);
    // As mail programs leave it, and as earlier versions of the app made it.
    const forms = [text.replaceAll("\n", "\r\n"), `\uFEFF\n${text}\n\n`].map((form) =>
      new TextEncoder().encode(form),
    );
    for (const form of [...forms, armor.decode(text)])
      expect(valueOf(await openBundle(form, reader.keys)).head).toMatchObject({ account: "an", records: 3 });
    const cutShort = new TextEncoder().encode(text.slice(0, -400));
    expect(await openBundle(cutShort, reader.keys)).toEqual({ ok: false, error: "Damaged" });
  });

  it("says nothing else, whichever byte somebody changes who can open and seal it again", async () => {
    const { file, author, reader } = await sample();
    const content = valueOf(await openWith(reader.stored.ageIdentity, file));
    const whole = valueOf(await openBundle(file, reader.keys));
    const text = unpad(Uint8Array.from(content).buffer);
    const signedPart = async (said: BundleContent) => {
      const { head, signature } = said.file;
      const isSigned = await isSignedBy(author.stored.signingPublicKey, signedBytes(head), signature);
      return isSigned ? said : undefined;
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length + 3), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Uint8Array.from(content);
        changed[at] = (changed[at] ?? 0) ^ change;
        const again = await sealFor([reader.stored.agePublicKey], changed);
        const opened = await openBundle(again?.file ?? new Uint8Array(), reader.keys);
        expect([undefined, whole]).toContainEqual(opened.ok ? await signedPart(opened.value) : undefined);
      }),
      { numRuns: 300 },
    );
  });

  it("has one of a few sizes, whatever is in it", async () => {
    const { keys } = await newKeys();
    const { stored } = await newKeys();
    const sizeOf = async (words: string) => {
      const parts = inParts([{ database: sampleSite, record: noteOf(1, words) }]);
      const about = { id: "3f2a8f5e-0000-4000-8000-00000000b001", account: "an", device: "d", madeAt: "2026-11-22T01:00:00.000Z", databases: [sampleSite], records: 1 }; // prettier-ignore
      return (await sealedBundle(about, parts, keys, [stored.agePublicKey]))?.length;
    };
    expect(await sizeOf("ngắn")).toBe(await sizeOf("dài hơn nhiều ".repeat(30)));
  });
});

it("a bundle whose request went under another's cookie, while another request signed us in: sent on, not refused", async () => {
  const { time, centre, an, lan, way } = await province();
  an.connection(false);
  const file = await an.newCase();
  const signIn = new Request("http://centre/_session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "binh", password: "mật khẩu của binh" }),
  });
  const binhs = (await centre.handle(signIn)).headers.getSetCookie()[0]!.split(";")[0]!;
  const openDevices = async () => void (await lan.exchange.devices());
  let isBinhs = false;
  let was = 0;
  lan.way = async (request, next) => {
    if (request.url.endsWith("/bundles") && was === 0) isBinhs = true;
    if (isBinhs) request.headers.set("cookie", binhs);
    if (request.url.endsWith("/_session") && request.method === "POST") isBinhs = false;
    const answer = await way(request, next);
    if (request.url.endsWith("/bundles") && answer.status === 401) {
      was += 1;
      // The screen of devices is opened while the answer is on its way: it finds the cookie to be another's.
      if (was === 1) await time.busy(openDevices());
    }
    return answer;
  };
  await takenIn(lan, await made(an));
  await time.pass(10 * minuteMs);
  expect(was).toBe(1);
  expect(readHeldBundles(lan.store).map(({ refusal }) => refusal)).toEqual([]);
  expect((await centre.documents(db)).has(file.id)).toBe(true);
});

it("a bundle that one node refuses once with 401, while our cookie is good", async () => {
  const { time, centre, an, lan, way } = await province();
  an.connection(false);
  const file = await an.newCase();
  let was = 0;
  lan.way = async (request, next) => {
    if (!request.url.endsWith("/bundles") || was++ > 0) return way(request, next);
    return Response.json({ error: "unauthorized", reason: "Nobody is signed in." }, { status: 401 });
  };
  await takenIn(lan, await made(an));
  await time.pass(10 * minuteMs);
  expect(readHeldBundles(lan.store).map(({ refusal }) => refusal)).toEqual([]);
  expect((await centre.documents(db)).has(file.id)).toBe(true);
});

it.each([
  ["says nothing of any record", () => []],
  [
    "has refused it and does not say that somebody keeps it",
    (said: object[]) => said.map((each) => ({ ...each, is: "refused", reason: "role: x" })),
  ],
])("a part of which the centre %s stays, and is sent again", async (_what, change) => {
  const { time, centre, an, lan, way } = await province();
  an.connection(false);
  const file = await an.newCase();
  let was = 0;
  lan.way = async (request, next) => {
    if (!request.url.endsWith("/bundles") || was++ > 0) return way(request, next);
    const said = [{ database: db, id: file.id, is: "accepted" }];
    return Response.json({ ok: true, at: new Date(time.now()).toISOString(), outcomes: change(said) });
  };
  await takenIn(lan, await made(an));
  await time.pass(10 * minuteMs);
  expect(was).toBe(2);
  expect((await centre.documents(db)).has(file.id)).toBe(true);
  expect(readSentBundles(lan.store)).toMatchObject([{ tally: { accepted: 1, refused: [] } }]);
});
