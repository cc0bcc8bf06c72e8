// What a local save and an exchange make of a row, as the sync engine relies on it.
import { describe, expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { newMemoryDisk } from "#src/storage/memory-envelopes.ts";
import type { Row } from "#src/storage/replica.ts";
import type { SealedStore } from "#src/storage/sealed-store.ts";
import { openMemoryStore } from "./support/memory-store.ts";
import { caseOf, idOf, noteOf, site } from "./support/records.ts";
import { testSurroundings } from "./support/surroundings.ts";

const at = "2026-11-22T02:00:00.000Z";

function save(store: SealedStore, record: AnyRecord, database = site) {
  return store.write({ changes: [{ database, record }] });
}

function put(store: SealedStore, row: Partial<Row> & { record: AnyRecord }) {
  const full: Row = { database: site, sync: { state: "central", at }, arrivedAt: at, ...row };
  return store.exchange(full.database, [full.record.id], () => full);
}

describe("a local save", () => {
  it("waits to be sent, in the order of saving and not of the clock", async () => {
    const disk = newMemoryDisk();
    const surroundings = testSurroundings();
    const store = await openMemoryStore({ disk, surroundings });
    await save(store, noteOf(1, "first"));
    surroundings.time -= 86_400_000;
    await save(store, noteOf(2, "second, after the clock went back"));
    await save(store, caseOf(3, "third"));

    const reopened = await openMemoryStore({ disk, surroundings });
    await save(reopened, noteOf(4, "fourth, after a restart"));
    await save(reopened, caseOf(3, "now the last"));
    expect(reopened.outbox(site).map(({ record }) => record.id)).toEqual([1, 2, 4, 3].map(idOf));
    expect(reopened.row(site, idOf(2))).toMatchObject({
      sync: { state: "local" },
      arrivedAt: "2026-11-21T01:00:00.000Z",
    });
  });

  it("never takes a number twice, not even when all was sent before a restart", async () => {
    const disk = newMemoryDisk();
    const store = await openMemoryStore({ disk });
    await save(store, caseOf(1, "A"));
    const { outbox: sent = 0 } = store.row(site, idOf(1)) ?? {};
    await put(store, { record: caseOf(1, "A"), rev: "1-a" });
    const reopened = await openMemoryStore({ disk });
    expect(reopened.outbox(site)).toEqual([]);
    await save(reopened, caseOf(1, "B"));
    expect(reopened.row(site, idOf(1))?.outbox).toBeGreaterThan(sent);
  });

  it("keeps what the centre had under it, however often it is edited", async () => {
    const store = await openMemoryStore();
    await put(store, { record: caseOf(1, "centre"), rev: "1-a" });
    await save(store, caseOf(1, "edit"));
    await save(store, caseOf(1, "edit again"));
    expect(store.row(site, idOf(1))).toMatchObject({
      rev: "1-a",
      base: { code: "centre" },
      record: { code: "edit again" },
    });
    await save(store, noteOf(2, "new"));
    expect(store.row(site, idOf(2))).not.toHaveProperty("base");
    expect(store.row(site, idOf(2))).not.toHaveProperty("rev");
  });

  it("of a refused record goes again", async () => {
    const store = await openMemoryStore();
    await save(store, caseOf(1, "refused"));
    const row = store.row(site, idOf(1));
    const refusal = { kind: "forbidden", reason: "not your site", at } as const;
    if (row) await put(store, { ...row, rev: "1-a", sync: { state: "refused", refusal } });
    expect(store.outbox(site)).toEqual([]);
    expect(store.read.get("case", idOf(1))).toMatchObject({ sync: { refusal } });
    await save(store, caseOf(1, "mended"));
    expect(store.outbox(site)).toMatchObject([{ record: { code: "mended" }, sync: { state: "local" } }]);
  });

  it("keeps fields that a newer product added, but adds none nobody knows", async () => {
    const store = await openMemoryStore();
    const added = { ...caseOf(1, "A"), added: "by a newer product" };
    await put(store, { record: added, rev: "1-a" });
    expect(await save(store, { ...added, code: "B" } as AnyRecord)).toMatchObject({ ok: true });
    const refused = await save(store, { ...caseOf(2, "A"), added: "by mistake" } as AnyRecord);
    expect(refused).toMatchObject({ ok: false, error: { type: "RecordInvalid" } });
  });

  it("keeps from the screens what a newer product wrote in a way they cannot read, and loses nothing of it", async () => {
    const store = await openMemoryStore();
    const { code: _code, ...codeless } = caseOf(1, "A");
    const foreign = { ...codeless, version: 99, riskLevel: "a level we do not know" };
    await put(store, { record: foreign, rev: "1-a" });
    await put(store, {
      record: { ...noteOf(2, "x"), version: 99, text: { vi: "x" } } as AnyRecord,
      rev: "1-b",
    });
    const regrouped = { ...caseOf(3, "B"), version: 99, group: "new" } as AnyRecord;
    await put(store, { record: regrouped, rev: "1-c" });
    const readable = {
      ...caseOf(4, "C"),
      version: 99,
      added: 1,
      unanswered: { added: "declined" },
    } as AnyRecord;
    await put(store, { record: readable, rev: "1-d" });
    expect(store.read.list("case").map(({ record }) => record.id)).toEqual([idOf(4)]);
    expect(store.read.get("case", idOf(1))).toBeUndefined();
    expect(store.read.ofCase(idOf(1))).toEqual([]);
    expect(store.read.all()).toHaveLength(4);
    expect(store.row(site, idOf(1))?.record).toEqual(foreign);
    await put(store, { record: caseOf(1, "A"), rev: "2-a" });
    expect(store.read.get("case", idOf(1))).toMatchObject({ record: { code: "A" } });
  });

  it("goes over nothing that a newer product wrote, which can be read", async () => {
    const store = await openMemoryStore();
    await put(store, { record: { ...caseOf(1, "newer"), version: 99 }, rev: "1-a" });
    await put(store, { record: { ...noteOf(2, "?"), type: "not_invented_yet" }, rev: "1-a" });
    expect(store.read.get("case", idOf(1))).toMatchObject({ newer: true, record: { code: "newer" } });
    expect(store.read.ofCase(idOf(1))).toMatchObject([{ newer: true }]);
    expect(await save(store, caseOf(1, "older"))).toMatchObject({
      ok: false,
      error: { type: "RecordInvalid" },
    });
    expect(store.row(site, idOf(1))).toMatchObject({ record: { version: 99 } });
  });

  it("into a database that the type does not belong to is refused", async () => {
    const store = await openMemoryStore();
    expect(await save(store, noteOf(1, "in the wrong place"), "p-vn-gso-20194")).toMatchObject({ ok: false });
    expect(store.databases()).toEqual([]);
  });
});

describe("an exchange", () => {
  it("takes what the centre has even where our own check would not", async () => {
    const store = await openMemoryStore();
    expect(await put(store, { record: noteOf(1, ""), rev: "1-a" })).toMatchObject({ ok: true });
    expect(store.read.list("note")).toHaveLength(1);
  });

  it("refuses to put another row than the one it was asked about", async () => {
    const store = await openMemoryStore();
    const wrong: Row = {
      database: site,
      record: noteOf(2, "x"),
      sync: { state: "central", at },
      arrivedAt: at,
    };
    await expect(store.exchange(site, [idOf(1)], () => wrong)).rejects.toThrow("decided another row");
    expect(store.read.all()).toEqual([]);
  });

  it("sees rows of its own database only", async () => {
    const store = await openMemoryStore();
    const elsewhere = "s-vn-gso-20195";
    await save(store, caseOf(1, "here"));
    await put(store, { database: elsewhere, record: caseOf(1, "moved"), rev: "1-a" });
    expect(store.outbox(elsewhere)).toEqual([]);
    expect([...store.databases()].sort()).toEqual([site, elsewhere]);
    expect(store.row(site, idOf(1))).toMatchObject({ record: { code: "here" } });
    // Both copies are there; the one written last is the one to show.
    expect(store.read.get("case", idOf(1))?.record.code).toBe("moved");
    expect(store.read.all()).toHaveLength(2);
  });
});

describe("a listener's bug", () => {
  it("neither fails the save nor keeps others from being told", async () => {
    const store = await openMemoryStore();
    const thrown: unknown[] = [];
    const seen = (error: unknown) => thrown.push(error);
    const usual = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", seen);
    let told = 0;
    store.watch(() => {
      throw new Error("a bug in a screen");
    });
    store.watch(() => (told += 1));
    expect(await save(store, noteOf(1, "saved"))).toMatchObject({ ok: true });
    await expect.poll(() => thrown.length).toBe(1);
    for (const listener of usual) process.on("uncaughtException", listener);
    expect(told).toBe(1);
  });
});
