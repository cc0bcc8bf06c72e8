// The small parts every record rests on: names of databases, ids, sameness, leaves, and growing older.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { databaseName, parseDatabase } from "#src/domain/record/databases.ts";
import { type AnyRecord, defineRecord, sectionOf } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { group, leavesOf, required, text } from "#src/domain/record/field.ts";
import { newId, recordIdPattern, uuidOf } from "#src/domain/record/ids.ts";
import { readAsCurrent, upcast } from "#src/domain/record/upcast.ts";
import { definitions } from "#src/domain/records/index.ts";
import { validRecords } from "./record-arbitrary.ts";

describe("the name of a database", () => {
  it("says its kind and site again", () => {
    const site = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/);
    fc.assert(
      fc.property(site, fc.constantFrom("site", "identity"), (siteId, kind) => {
        expect(parseDatabase(databaseName(kind, siteId))).toEqual({ kind, siteId });
      }),
    );
    expect(parseDatabase(databaseName("directory", "vn-gso-48"))).toEqual({ kind: "directory", siteId: "" });
  });

  it("is not read into other databases", () => {
    for (const name of ["neo-ve", "_users", "s-", "p-48", "S-vn", "s-vn/..", "x-vn", "directory2", "s-vn\n"])
      expect(parseDatabase(name), name).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (name) => {
        const parsed = parseDatabase(name);
        if (parsed) expect(databaseName(parsed.kind, parsed.siteId)).toBe(name);
      }),
    );
  });
});

describe("an id", () => {
  it("holds 122 of the random bits as they came, and says that it is random", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = newId(() => bytes);
        expect(id).toMatch(recordIdPattern);
        expect(id).toMatch(/^.{14}4.{4}[89ab]/);
        const kept = Uint8Array.from(bytes);
        kept[6] = (kept[6]! & 0x0f) | 0x40;
        kept[8] = (kept[8]! & 0x3f) | 0x80;
        expect(id.replaceAll("-", "")).toBe(Buffer.from(kept).toString("hex"));
        expect(uuidOf(bytes).replaceAll("-", "")).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it("asks for sixteen bytes and leaves them as they are", () => {
    const bytes = new Uint8Array(16).fill(255);
    expect(newId((count) => (count === 16 ? bytes : new Uint8Array()))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    expect(bytes).toEqual(new Uint8Array(16).fill(255));
  });
}); // prettier-ignore

/** The same JSON with the members of every object turned round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, member]) => [key, turned(member)]));
}

describe("sameness", () => {
  it("is that of JSON, whatever the order of members", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(deepEqual(value, JSON.parse(JSON.stringify(value)))).toBe(true);
        expect(deepEqual(value, turned(value))).toBe(true);
      }),
    );
  });

  it("is not seen where a canonical text differs", () => {
    const canonical = (value: unknown): string =>
      Array.isArray(value)
        ? `[${value.map(canonical).join()}]`
        : typeof value === "object" && value !== null
          ? `{${Object.keys(value).toSorted().map((key) => `${JSON.stringify(key)}:${canonical(Reflect.get(value, key))}`).join()}}`
          : JSON.stringify(value);
    const small = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom("a", "b") });
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(deepEqual(a, b)).toBe(canonical(a) === canonical(b));
      }),
      { numRuns: 2000 },
    );
  });

  it("tells apart what looks alike, and not what JSON does not tell apart", () => {
    for (const [a, b] of [[[], {}], [[1], { 0: 1 }], ["1", 1], [null, undefined], [{ a: 1 }, { b: 1 }], [[1, 2], [2, 1]], [{}, { toString: 1 }]])
      expect(deepEqual(a, b)).toBe(false);
    for (const [a, b] of [[0, -0], [{ a: undefined }, {}], [{ a: 1, b: 2 }, { b: 2, a: 1 }]]) expect(deepEqual(a, b)).toBe(true);
  });
}); // prettier-ignore

describe("leaves", () => {
  it("have their whole path, in the order of description", () => {
    const fields = { a: text(), b: group({ c: text(), d: group({ e: text() }) }), f: text() };
    expect(leavesOf(fields).map(([path]) => path)).toEqual(["a", "b.c", "b.d.e", "f"]);
  });
});

describe("a record that grew", () => {
  const grown = defineRecord({
    type: "grown",
    version: 3,
    database: "site",
    mutability: "mutable",
    ofCase: false,
    writers: [],
    earlier: {
      1: { fields: { name: text() }, read: ({ name, ...rest }) => ({ ...rest, displayName: name }) },
      2: {
        fields: { displayName: text() },
        read: (older) => ({ ...older, tags: [older["displayName"]] }),
      },
    },
    fields: { displayName: required(text()) },
  });
  const old = (version: number, more: object): AnyRecord => ({ id: "i", type: "grown", version, createdAt: "c", createdBy: "b", device: "d", deviceTime: "t", ...more });

  it("is read step by step, and what nobody knows survives", () => {
    const first = old(1, { name: "Hoa", unheardOf: { deep: [1] } });
    const frozen = structuredClone(first);
    const { record, newer } = upcast(first, grown);
    expect(record).toMatchObject({ version: 3, displayName: "Hoa", tags: ["Hoa"], unheardOf: { deep: [1] } });
    expect(newer).toBe(false);
    // A field that has another name now is not said twice: the centre would refuse it in what was never sent.
    expect(record).not.toHaveProperty("name");
    expect(first).toEqual(frozen);
    expect(upcast(old(2, { displayName: "Lan" }), grown).record).toMatchObject({ version: 3, tags: ["Lan"] });
  });

  it("stays as it is when it is current, comes from later, or is of no version at all", () => {
    for (const [version, newer] of [[3, false], [4, true], [99, true], [0, false], [-1, false], [1.5, false]] as const) {
      const raw = old(version, { name: "Hoa" });
      expect(upcast(raw, grown)).toEqual({ record: raw, newer });
    }
  });

  it("comes from later when its type is unknown", () => {
    const raw = { ...old(1, {}), type: "constructor" };
    expect(readAsCurrent(raw)).toEqual({ record: raw, newer: true });
  });

  it("cannot be described without a way from each older version", () => {
    const earlier = { 2: { fields: {}, read: (older: AnyRecord) => older } };
    expect(() => defineRecord({ ...grown, earlier })).toThrow("version 1 is not described");
  });

  it("is itself already, for every type of today", () => {
    for (const definition of Object.values(definitions))
      fc.assert(
        fc.property(validRecords(definition), (record) => {
          const raw = { ...old(1, {}), ...record };
          expect(readAsCurrent(raw)).toEqual({ record: raw, newer: false });
        }),
        { numRuns: 20 },
      );
  });
}); // prettier-ignore

describe("the name of a type in addresses", () => {
  it("is written together", () => {
    expect(["person", "urgent_check", "a_b_c"].map(sectionOf)).toEqual(["person", "urgentCheck", "aBC"]);
  });
});
