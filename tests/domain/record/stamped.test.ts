// What comes from the centre is told apart from records of ours by its stamps, and nothing else is looked at.
import { describe, expect, it } from "vitest";
import { isStamped } from "#src/domain/record/stamped.ts";
import { documentSchema, versionOf } from "#src/sync/document.ts";

const record = {
  id: "0190a0b0-0000-7000-8000-000000000001",
  type: "case",
  version: 1,
  createdAt: "2026-05-03T02:00:00.000Z",
  createdBy: "an",
  device: "device-1",
  deviceTime: "2026-05-03T02:00:00.000Z",
};
const later = {
  ...record,
  updatedAt: "2026-05-04T02:00:00.000Z",
  history: [{ id: "e", at: "2026-05-04T02:00:00.000Z" }],
};

describe("a record", () => {
  it.each([
    record,
    later,
    { ...record, type: "of_tomorrow", version: 99, field: { nobody: ["knows"] } },
    { ...later, history: [] },
  ])("is one with all stamps: %j", (value) => {
    expect(isStamped(value)).toBe(true);
  });

  it.each([
    ...Object.keys(record).map((name) => ({ ...record, [name]: undefined })),
    ...Object.keys(record).map((name) => ({ ...record, [name]: {} })),
    { ...record, version: "1" },
    // What `JSON.parse` makes of 1e999.
    { ...record, version: Infinity },
    { ...record, updatedAt: 1 },
    { ...record, updatedAt: null },
    { ...record, history: {} },
    { ...record, history: [null] },
    { ...record, history: [{ id: "e" }] },
    { ...record, history: [{ id: 1, at: "2026" }] },
    [],
    [record],
    "case",
    1,
    null,
    undefined,
  ])("is none without: %j", (value) => {
    expect(isStamped(value)).toBe(false);
  });
});

describe("a document", () => {
  const document = { _id: record.id, _rev: "1-a", ...record };
  it.each([document, { ...document, _deleted: true }, { ...document, _conflicts: ["1-b"] }])(
    "is one whatever it holds: %j",
    (value) => {
      expect(documentSchema.safeParse(value)).toEqual({ success: true, data: value });
    },
  );

  it.each([{ _id: 1 }, { _rev: undefined }, { _deleted: "yes" }, { _conflicts: "1-b" }, { _conflicts: [1] }])(
    "is none with %j",
    (wrong) => {
      expect(documentSchema.safeParse({ ...document, ...wrong }).success).toBe(false);
    },
  );

  it.each([null, [], "x", 3])("is not %j", (value) => {
    expect(documentSchema.safeParse(value).success).toBe(false);
  });

  it("holds the record without what is CouchDB's own, and no name that changes what an object is", () => {
    const text = `{"_id":"${record.id}","_rev":"1-a","_attachments":{},"__proto__":{"type":"other"},${JSON.stringify(record).slice(1)}`;
    const version = versionOf(documentSchema.parse(JSON.parse(text)));
    expect(version).toEqual({ id: record.id, rev: "1-a", record });
    expect(Object.getPrototypeOf(version?.record)).toBe(Object.prototype);
  });
});
