// What stock replication gets wrong, each shown on the stock part as control and right on ours.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { fillWithDefaultSettings, wrapRxStorageInstance } from "rxdb/plugins/core";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRxdbEnvelopes } from "#src/storage/rxdb-envelopes.ts";
import { openSealedStore } from "#src/storage/sealed-store.ts";
import { newMemoryDisk } from "#src/storage/memory-envelopes.ts";
import { createSealer, type Sealer } from "#src/storage/sealer.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";
import { disposableName } from "#tests/storage/support/names.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import { anotherProcess, createStockDevice, newStockDisk } from "./support/stock-replication.ts";
import { hoaVang, passwordOf, type TestCentre } from "./support/test-centre.ts";
import { answeredBy, couchError } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;
const stockServer = new URL("./support/stock-server.mjs", import.meta.url);
const offline = () => new TypeError("fetch failed");

describe("finding 1: started offline, others write in between, then online", () => {
  it("control: the stock part skips what arrived in between for good", async () => {
    const { time, centre } = await createWorld();
    const chance = chanceFrom(1);
    const stock = await createStockDevice(centre, database, "lan");
    stock.way = offline;
    stock.start();
    await sleep(50);
    const early = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, early);
    // The network comes back; the held-open request happens to get through last.
    stock.way = (url) => (url.searchParams.get("feed") === "longpoll" ? offline() : undefined);
    await waitUntil(async () => (await stock.ids()).includes(early.id));
    const between = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, between);
    stock.way = () => undefined;
    await waitUntil(() => centre.feeds().waiting > 0);
    const after = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, after);
    await waitUntil(async () => (await stock.ids()).includes(after.id));
    stock.again();
    await sleep(300);
    expect(await stock.ids()).not.toContain(between.id);
  });

  it("ours skips nothing, whatever gets through first", async () => {
    const { time, centre, device } = await createWorld();
    const chance = chanceFrom(1);
    const lan = await device("lan", { online: false });
    await time.pass(60_000);
    const notes = Array.from({ length: 3 }, () => noteBy("an", time.now(), chance));
    await putAtCentre(centre, database, notes[0]!);
    lan.way = (request, next) =>
      request.url.includes("longpoll") ? Promise.reject(offline()) : next(request);
    lan.connection(true);
    await time.settle();
    await putAtCentre(centre, database, notes[1]!);
    await time.pass(10_000);
    await putAtCentre(centre, database, notes[2]!);
    lan.way = (request, next) => next(request);
    await time.pass(60_000);
    for (const { id } of notes) expect(lan.store.read.get("note", id)?.sync.state).toBe("central");
  });

  it("ours takes over what was written between its last page and its first held-open request", async () => {
    const { time, centre, device } = await createWorld();
    const chance = chanceFrom(2);
    const lan = await device("lan");
    const note = noteBy("an", time.now(), chance);
    let written = false;
    lan.way = async (request, next) => {
      if (request.url.includes("longpoll") && !written) {
        written = true;
        await putAtCentre(centre, database, note);
      }
      return next(request);
    };
    await time.pass(5_000);
    expect(written).toBe(true);
    expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
  });
});

describe("finding 2: the clock went back", () => {
  it("control: the stock part never sends what is written after that, and says all is in sync", async () => {
    const { time, centre } = await createWorld();
    const chance = chanceFrom(2);
    const [first, second] = [noteBy("an", time.now(), chance), noteBy("an", time.now(), chance)];
    const before = anotherProcess();
    const disk = newStockDisk(before);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 400 * 24 * 3600_000 });
    const ahead = await createStockDevice(centre, database, "an", { of: before, disk });
    await ahead.insert({ _id: first.id, ...first });
    ahead.start();
    await ahead.inSync();
    await ahead.close();
    vi.useRealTimers();
    const right = await createStockDevice(centre, database, "an", { disk });
    await right.insert({ _id: second.id, ...second });
    right.start();
    await right.inSync();
    right.again();
    await right.inSync();
    await sleep(300);
    expect(await right.ids()).toContain(second.id);
    expect([...(await centre.documents(database)).keys()]).toEqual([first.id]);
  });

  it("ours: what is written after that is sent all the same", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const first = await an.newCase();
    await time.pass(5_000);
    an.skew = -400 * 24 * 3600_000;
    const second = await an.newCase();
    await an.kill();
    await an.start();
    await time.pass(30_000);
    expect([...(await centre.documents(database)).keys()].sort()).toEqual([first.id, second.id].sort());
    expect(an.exchange.counts.waiting).toBe(0);
  });
});

describe("finding 3: one forbidden row", () => {
  it("control: the stock part tries the same batch for ever", async () => {
    const { time, centre } = await createWorld();
    const chance = chanceFrom(3);
    const stock = await createStockDevice(centre, database, "an");
    const [first, later] = [noteBy("an", time.now(), chance), noteBy("an", time.now(), chance)];
    const foreign = noteBy("binh", time.now(), chance);
    await stock.insert({ _id: first.id, ...first });
    stock.start();
    await waitUntil(async () => (await centre.documents(database)).has(first.id));
    await stock.insert({ _id: foreign.id, ...foreign });
    await sleep(100);
    await stock.insert({ _id: later.id, ...later });
    stock.again();
    await sleep(500);
    expect([...(await centre.documents(database)).keys()]).toEqual([first.id]);
  });

  it("ours puts it aside with its reason, sends the others, and sends it again after an edit", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const good = await an.newCase();
    const bad = await an.newCase();
    await an.save(database, { ...bad, createdBy: "binh", updatedBy: "binh" });
    const last = await an.newCase();
    an.connection(true);
    await time.pass(10_000);
    const documents = await centre.documents(database);
    expect([...documents.keys()].sort()).toEqual([good.id, last.id].sort());
    const refused = an.case(bad.id);
    expect(refused?.sync).toMatchObject({
      state: "refused",
      refusal: { kind: "forbidden", reason: "author: createdBy: is not who is signed in" },
    });
    expect(refused?.record.createdBy).toBe("binh");
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });

    await an.save(database, bad);
    await time.pass(5_000);
    expect(an.case(bad.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).has(bad.id)).toBe(true);
  });
});

describe("finding 3: a 401, and a 500", () => {
  it.each([
    [401, "unauthorized"],
    [500, "internal_server_error"],
  ])(
    "control: after a %s the stock part asks on and on, and does not say what it was told",
    async (status, error) => {
      const { time, centre } = await createWorld();
      const chance = chanceFrom(4);
      const stock = await createStockDevice(centre, database, "an");
      const [first, second] = [noteBy("an", time.now(), chance), noteBy("an", time.now(), chance)];
      await stock.insert({ _id: first.id, ...first });
      stock.start();
      await stock.inSync();
      stock.way = ({ pathname }) => (pathname.endsWith("_changes") ? undefined : couchError(status, error)());
      const before = stock.asked;
      await stock.insert({ _id: second.id, ...second });
      await waitUntil(() => stock.asked > before + 5);
      expect((await centre.documents(database)).has(second.id)).toBe(false);
      expect(stock.troubles.join()).not.toMatch(new RegExp(`${status}|${error}`, "u"));
    },
  );

  it("ours asks for the password after a 401, and says of a 500 what it is and when it tries again", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await an.newCase();
    await time.pass(10_000);
    an.way = answeredBy("", couchError(500, "internal_server_error"));
    const { id } = await an.newCase();
    await time.pass(60_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "centreFault", status: 500 } });
    an.way = answeredBy("", couchError(401, "unauthorized"));
    await time.pass(600_000);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "passwordChanged" } });
    const asked = an.requests.length;
    await time.pass(24 * 3600_000);
    expect(an.requests.length - asked).toBeLessThan(10);
    expect(an.exchange.counts.waiting).toBe(1);
    an.way = (request, next) => next(request);
    await an.exchange.resume(passwordOf("an"));
    await time.pass(10_000);
    expect(an.case(id)?.sync.state).toBe("central");
  });
});

describe("finding 4: deleted or changed there, changed here", () => {
  it("control: the stock part brings back what was deleted, and asks nobody", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const { id } = await an.newCase();
    await time.pass(10_000);
    const stock = await createStockDevice(centre, database, "an");
    stock.start();
    await waitUntil(async () => (await stock.ids()).includes(id));
    await stock.inSync();
    stock.way = offline;
    an.connection(false);
    await erase(centre, id);
    await stock.change({ _id: id, ...(await an.editCase(id, { owner: "binh" })) });
    // What it sends is under way before what it asks is answered.
    stock.way = ({ pathname }) => (pathname.endsWith("_changes") ? offline() : undefined);
    await waitUntil(async () => (await centre.documents(database)).has(id));
    expect(stock.conflicts).toBe(0);
  });

  it("control: the stock part drops the edit of this device", async () => {
    const { time, centre, device } = await createWorld();
    const [an, binh] = [await device("an"), await device("binh")];
    const { id } = await an.newCase();
    await time.pass(10_000);
    const stock = await createStockDevice(centre, database, "an");
    stock.start();
    await waitUntil(async () => (await stock.ids()).includes(id));
    await stock.inSync();
    stock.way = offline;
    an.connection(false);
    await stock.change({ _id: id, ...(await an.editCase(id, { channel: "ngo" })) });
    await binh.editCase(id, { owner: "chi" });
    await time.pass(10_000);
    stock.way = () => undefined;
    await waitUntil(async () => JSON.stringify(await stock.get(id)).includes('"owner":"chi"'));
    await stock.inSync();
    expect(JSON.stringify(await stock.get(id))).not.toContain("ngo");
    expect(JSON.stringify((await centre.documents(database)).get(id))).not.toContain("ngo");
  });

  it("ours leaves deleted what was deleted, keeps the edit and says so; of two edits it keeps both", async () => {
    const { time, centre, device } = await createWorld();
    const [an, binh] = [await device("an"), await device("binh")];
    const [gone, both] = [await an.newCase(), await an.newCase()];
    await time.pass(10_000);
    an.connection(false);
    await an.editCase(gone.id, { owner: "binh" });
    await an.editCase(both.id, { channel: "ngo" });
    await erase(centre, gone.id);
    await binh.editCase(both.id, { owner: "chi" });
    await time.pass(10_000);
    an.connection(true);
    await time.pass(60_000);
    const documents = await centre.documents(database);
    expect(documents.has(gone.id)).toBe(false);
    expect(an.case(gone.id)).toMatchObject({
      record: { owner: "binh" },
      sync: { state: "refused", refusal: { reason: "erased" } },
    });
    expect(documents.get(both.id)).toMatchObject({ channel: "ngo", owner: "chi" });
  });
});

interface Row {
  id: string;
}

/** RxDB's wrapper around its storage in memory, with something that opens each row on its way back. */
async function wrapped(open: Parameters<typeof wrapRxStorageInstance<Row>>[3]) {
  const schema = fillWithDefaultSettings<Row>({
    version: 0,
    primaryKey: "id",
    type: "object",
    properties: { id: { type: "string", maxLength: 36 } },
  });
  const inner = await getRxStorageMemory().createStorageInstance<Row>({
    databaseInstanceToken: "token",
    databaseName: disposableName(),
    collectionName: "rows",
    schema,
    options: {},
    multiInstance: false,
    devMode: false,
  });
  const stock = wrapRxStorageInstance(schema, inner, (row) => row, open);
  async function write(id: string): Promise<string> {
    const document = { id, _deleted: false, _attachments: {}, _meta: { lwt: 1 }, _rev: "1-a" };
    await stock.bulkWrite([{ document }], "test");
    return "written";
  }
  return { stock, write, close: () => inner.close() };
}

describe("finding 5: one blob on the disk does not open", () => {
  it("control: with the stock wrapper no write ends any more after that", async () => {
    const { stock, write, close } = await wrapped((row) =>
      row?.id === "spoiled" ? Promise.reject(new Error("does not open")) : row,
    );
    // As a collection listens; what it does with the error does not matter.
    stock.changeStream().subscribe({ error: () => undefined });
    const patience = () => sleep(300).then(() => "waiting still");
    expect(await Promise.race([write("good"), patience()])).toBe("written");
    void write("spoiled");
    expect(await Promise.race([write("later"), patience()])).toBe("waiting still");
    await close();
  });

  it("control: with the stock wrapper what was written last may be told first", async () => {
    const { stock, write, close } = await wrapped(async (row) => {
      await sleep(row?.id === "first" ? 100 : 0);
      return row;
    });
    const told: string[] = [];
    stock.changeStream().subscribe(({ events }) => told.push(...events.map(({ documentId }) => documentId)));
    await Promise.all([write("first"), write("second")]);
    expect(told).toEqual(["second", "first"]);
    await close();
  });

  it("ours tells and keeps in the order of writing, however long the sealing takes", async () => {
    const surroundings = testSurroundings();
    const disk = newMemoryDisk();
    const sealer: Sealer = {
      async seal(id, text) {
        await sleep(text.includes("first") ? 100 : 0);
        return { id, v: 1, k: "clear", b: text };
      },
      open: ({ b }) => Promise.resolve(b),
    };
    const store = await openMemoryStore({ disk, surroundings, sealer });
    const told: unknown[] = [];
    store.watch(() => told.push(store.local("word")));
    await Promise.all(["first", "second"].map((word) => store.write({ setLocal: { word } })));
    expect(told).toEqual(["first", "second"]);
    expect((await openMemoryStore({ disk, surroundings, sealer })).local("word")).toBe("second");
  });

  it("ours counts it, keeps it, and goes on writing", async () => {
    const place = { indexedDB: new IDBFactory(), IDBKeyRange };
    const envelopes = await openRxdbEnvelopes(disposableName(), place);
    if (!envelopes.ok) throw new Error(envelopes.error.type);
    const spoiled = { id: "spoiled", v: 1, k: "k1", b: "c3BvaWxlZA==" };
    await envelopes.value.write([spoiled], []);
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    const surroundings = testSurroundings();
    const sealer = createSealer(key, "k1", "profile", surroundings.randomBytes);
    const store = await openSealedStore({ envelopes: envelopes.value, sealer, surroundings });
    if (!store.ok) throw new Error(store.error.type);
    expect(store.value.read.unreadable).toBe(1);
    for (const name of ["one", "two"])
      expect(await store.value.write({ setLocal: { [name]: "kept" } })).toEqual({
        ok: true,
        value: undefined,
      });
    expect(await envelopes.value.all()).toMatchObject({ value: expect.arrayContaining([spoiled]) });
    await store.value.close();
  });
});

describe("finding 6: design documents come down the feed", () => {
  it("control: the stock part keeps them as records", async () => {
    const { centre } = await createWorld();
    const stock = await createStockDevice(centre, database, "lan");
    stock.start();
    await waitUntil(async () => (await stock.ids()).length > 0);
    expect(await stock.ids()).toEqual(["_design/neo-ve"]);
  });

  it("ours skips them and whatever else is no record", async () => {
    const { time, centre, device } = await createWorld();
    await centre.operate("PUT", `/${database}/_design/other`, { views: {} });
    const lan = await device("lan");
    await time.pass(5_000);
    expect(lan.store.read.all().every(({ record }) => record.type === "site")).toBe(true);
    expect(lan.exchange.state.phase).toBe("idle");
  });
});

describe("finding 7: one request with a filter that is not there", () => {
  const asked = "db/_changes?filter=no/such";

  it("control: the stock server answers it, and dies", async () => {
    const child = spawn(process.execPath, [fileURLToPath(stockServer)], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void child.kill());
    const ended = once(child, "exit");
    const [said] = await once(child.stdout, "data");
    const base = String(said).trim();
    await fetch(`${base}db`, { method: "PUT" });
    await fetch(`${base}db/a`, {
      method: "PUT",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect((await fetch(base + asked)).status).toBe(404);
    expect(await ended).toEqual([1, null]);
  });

  it("ours refuses it and goes on", async () => {
    const { centre } = await createWorld();
    const answer = await centre.handle(new Request(`http://centre/${database}/_changes?filter=no/such`));
    expect(answer.status).toBe(401);
    await expect(centre.operate("GET", `/${database}/_changes?filter=no/such`)).rejects.toThrow("not_found");
    expect((await centre.handle(new Request("http://centre/_up"))).status).toBe(200);
  });
});

async function erase(centre: TestCentre, id: string): Promise<void> {
  const rev = (await centre.documents(database)).get(id)?.["_rev"];
  await centre.operate("DELETE", `/${database}/${id}?rev=${String(rev)}`);
}

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await condition()) return;
    await sleep(10);
  }
  throw new Error("waited in vain");
}
