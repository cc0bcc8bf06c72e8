// A thousand valid records and two thousand that nobody may write, each sent to the endpoint as a client would.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRecord } from "#src/domain/record/check.ts";
import type { Definition } from "#src/domain/record/define.ts";
import { definitions } from "#src/domain/records/index.ts";
import { validRecords, type JsonRecord } from "#tests/domain/record/record-arbitrary.ts";
import { specimens } from "#tests/domain/record/spoiled-record.ts";
import { member, textOf, ADMIN, type Ask } from "#tests/server/couch/harness.ts";
import {
  OTHERS_FILE,
  startRecordEndpoint,
  type RecordEndpoint,
} from "#tests/server/couch/record-endpoint.ts";
import { commune, directory, file, identity } from "#tests/server/rule/sample-site.ts";

const PAST = "2026-03-02T01:00:00.000Z";
const LATER = "2026-03-03T01:00:00.000Z";
const FUTURE = "2199-01-01T00:00:00.000Z";

/** A valid record, hoa's where people write it, and where it belongs. */
interface Sample {
  byHand: boolean;
  database: string;
  mutable: boolean;
  record: JsonRecord;
}

const databaseOf = { site: file, identity, directory } satisfies Record<Definition["database"], string>;

/** Sites, accounts and what the front door says of cases that moved are nobody's to write. */
const isByHand = ({ database, writers }: Definition): boolean =>
  database !== "directory" && writers.length > 0;

function samplesOf(definition: Definition): fc.Arbitrary<Sample> {
  const mutable = definition.mutability === "mutable";
  const byHand = isByHand(definition);
  const author = byHand ? "hoa" : ADMIN.name;
  const { writtenAt } = definition;
  const place = writtenAt === undefined ? {} : { [writtenAt]: file.slice("s-".length) };
  const stamps = { createdBy: author, createdAt: PAST, deviceTime: PAST };
  const changing = mutable ? { updatedBy: author, updatedAt: PAST } : {};
  return validRecords(definition)
    .filter((record) => !hasHugeNumber(record))
    .map((record) => ({
      byHand,
      database: databaseOf[definition.database],
      mutable,
      record: { ...record, ...place, ...stamps, ...changing, ...ownHistory(record, author) },
    }));
}

/** As the author has written it before the first sending: one change of each question. */
function ownHistory({ history }: JsonRecord, author: string): JsonRecord {
  if (!Array.isArray(history)) return {};
  const entries: JsonRecord[] = history;
  const ofEach = new Map(
    entries.map((entry) => [entry["field"], { ...entry, by: author, at: PAST, after: [] }]),
  );
  return { history: [...ofEach.values()] };
}

/** One that JavaScript would give back changed; the endpoint takes none (docs/couchdb-differences.md). */
function hasHugeNumber(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return typeof value === "object" && value !== null && Object.values(value).some(hasHugeNumber);
}

const all = Object.values(definitions);
const samples = fc.oneof(...all.map(samplesOf));
/** Of the types that people write. */
const ownSamples = fc.oneof(...all.filter(isByHand).map(samplesOf));

const idOf = ({ record }: Sample) => String(record["id"]);
const documentOf = (sample: Sample): JsonRecord => ({ _id: idOf(sample), ...sample.record });
const pathOf = (sample: Sample) => `/${sample.database}/${encodeURIComponent(idOf(sample))}`;

describe("valid records", () => {
  it("are accepted, one by one and in batches, and so are their edits", async () => {
    const endpoint = await startRecordEndpoint();
    let accepted = 0;
    let edited = 0;
    await fc.assert(
      fc.asyncProperty(samples, fc.boolean(), async (sample, inBatch) => {
        const as = sample.byHand ? endpoint.hoa : ADMIN;
        // The directory's ids are names, so the same one comes again.
        const before = await endpoint.ask("GET", pathOf(sample));
        const rev = textOf(before.body, "_rev");
        if (before.status === 200) await endpoint.ask("DELETE", `${pathOf(sample)}?rev=${rev}`);
        const written = await write(endpoint, sample.database, documentOf(sample), inBatch, as);
        expect(written).toMatchObject({ ok: true });
        accepted++;
        if (!sample.mutable) return;
        const edit = { ...documentOf(sample), _rev: textOf(written, "rev"), updatedAt: LATER };
        expect(await write(endpoint, sample.database, edit, !inBatch, as)).toMatchObject({ ok: true });
        edited++;
      }),
      { numRuns: 1_000, endOnFailure: true },
    );
    expect(accepted).toBe(1_000);
    expect(edited).toBeGreaterThan(200);
  });
});

async function write(
  { ask }: RecordEndpoint,
  database: string,
  document: JsonRecord,
  inBatch: boolean,
  as: Ask["as"] & object,
): Promise<unknown> {
  if (!inBatch)
    return (
      await ask("PUT", `/${database}/${encodeURIComponent(String(document["_id"]))}`, { as, body: document })
    ).body;
  return member((await ask("POST", `/${database}/_bulk_docs`, { as, body: { docs: [document] } })).body, 0);
}

/** Something nobody may do: what is sent, after `lying` (if given) was put there by the operator. */
interface Attempt {
  what: string;
  lying?: Sample;
  method: string;
  path: string;
  ask: Ask;
  /** Where something else about it would be refused too: the words that it must be refused with. */
  says?: RegExp;
}

const put = (what: string, sample: Sample, change: object): Attempt => ({
  what,
  method: "PUT",
  path: pathOf(sample),
  ask: { body: { ...documentOf(sample), ...change } },
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

const LARGE = "x".repeat(1_000_001);
const REV = "1-0123456789abcdef0123456789abcdef";

type Kind = (sample: Sample, salt: number) => Attempt;

const kinds: Kind[] = [
  (sample, salt) => put("a field nobody knows", sample, { [`unheard${String(salt)}`]: salt }),
  (sample) => put("no time", sample, { createdAt: undefined }),
  (sample) => put("another type", sample, { type: "constructor" }),
  (sample) => put("another id", sample, { id: "0b1c5d0e-0000-4000-8000-00000000000f" }),
  (sample) => put("a version to come", sample, { version: 99 }),
  (sample) =>
    put("another author", sample, { createdBy: "lan", ...(sample.mutable ? { updatedBy: "lan" } : {}) }),
  (sample) => put("a time to come", sample, { createdAt: FUTURE }),
  (sample) => put("a special member", sample, { _secret: 1 }),
  (sample) => put("a file", sample, { _attachments: { a: { data: "" } } }),
  (sample) => ({ ...put("deep JSON", sample, { deep: nested(40) }), says: /nested deeper/ }),
  (sample) => ({ ...put("too large", sample, { text: LARGE }), says: /document_too_large/ }),
  (sample) => put("a revision of nothing", sample, { _rev: REV }),
  (sample) => put("no revision", sample, { _rev: "x" }),
  (sample) => put("histories", sample, { _revisions: { start: 1, ids: [REV.slice(2)] } }),
  (sample) => put("a deletion", sample, { _deleted: true }),
  (sample) => ({
    ...put("a name with power", sample, {}),
    ask: { raw: `{"__proto__":{},${JSON.stringify(documentOf(sample)).slice(1)}` },
  }),
  (sample) => ({ ...put("another site", sample, {}), path: `/${OTHERS_FILE}/${idOf(sample)}` }),
  (sample) => {
    const elsewhere = sample.database === file ? identity : file;
    return { ...put("another database", sample, {}), path: `/${elsewhere}/${idOf(sample)}` };
  },
  (sample) => ({ ...put("the directory", sample, {}), path: `/directory/${idOf(sample)}` }),
  (sample) => {
    const attempt = put("a revision made elsewhere", sample, { _rev: REV });
    return { ...attempt, path: `${attempt.path}?new_edits=false` };
  },
  (sample) => ({
    ...put("revisions made elsewhere", sample, {}),
    method: "POST",
    path: `/${sample.database}/_bulk_docs`,
    ask: { body: { new_edits: false, docs: [{ ...documentOf(sample), _rev: REV }] } },
  }),
  (sample) => ({ ...put("an attachment", sample, {}), path: `${pathOf(sample)}/a.txt`, ask: { raw: "a" } }),
  (sample) => ({ ...put("over what lies there", sample, { deviceTime: LATER }), lying: sample }),
  (sample) => ({
    ...put("a copy", sample, {}),
    lying: sample,
    method: "COPY",
    ask: { headers: { Destination: "copy" } },
  }),
  (sample) => ({
    ...put("a removal", sample, {}),
    lying: sample,
    method: "DELETE",
    path: `${pathOf(sample)}?rev=REV`,
    ask: {},
  }),
  (sample) => ({
    ...put("a change of what never changes", sample, { device: "another" }),
    lying: sample,
    path: `${pathOf(sample)}?rev=REV`,
  }),
  (sample) => ({
    ...put("an edit in another's name", sample, sample.mutable ? { updatedBy: "lan" } : { createdBy: "lan" }),
    lying: sample,
    path: `${pathOf(sample)}?rev=REV`,
  }),
  (sample) => ({
    ...put("an attachment to what lies there", sample, {}),
    lying: sample,
    path: `${pathOf(sample)}/a.txt?rev=REV`,
    ask: { raw: "a" },
  }),
];

/** Of the version before, whose fields the endpoint no longer knows, it takes more than a device would (D16). */
const isOfOlderVersion = (record: JsonRecord) =>
  all.some(({ type, version }) => type === record["type"] && version - 1 === record["version"]);

const spoiled: fc.Arbitrary<Attempt> = specimens
  .filter(({ record }) => !isOfOlderVersion(record) && checkRecord(file, record).length > 0)
  .map(({ record }) => ({
    what: "not as described",
    method: "POST",
    path: `/${file}/_bulk_docs`,
    ask: {
      body: {
        docs: [
          { ...record, _id: typeof record["id"] === "string" && record["id"] !== "" ? record["id"] : "x" },
        ],
      },
    },
  }));

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(ownSamples, fc.constantFrom(...kinds), fc.nat())
      .map(([sample, kind, salt]) => kind(sample, salt)),
  },
  { weight: 1, arbitrary: spoiled },
);

describe("records that nobody may write", () => {
  it("are refused with a reason, and nothing has changed", async () => {
    const endpoint = await startRecordEndpoint();
    const { ask, hoa, count } = endpoint;
    const seen = new Map<string, number>();
    let documents = await count();
    await fc.assert(
      fc.asyncProperty(attempts, async (attempt) => {
        let { path } = attempt;
        if (attempt.lying !== undefined) {
          const kept = await ask("PUT", pathOf(attempt.lying), { body: attempt.lying.record });
          path = path.replace("REV", textOf(kept.body, "rev"));
          documents++;
        }
        const answer = await ask(attempt.method, path, { ...attempt.ask, as: hoa });
        const row = Array.isArray(answer.body) ? member(answer.body, 0) : answer.body;
        expect(row).toMatchObject({ error: expect.any(String), reason: expect.any(String) });
        if (answer.status !== 201) expect([400, 403, 409, 413]).toContain(answer.status);
        expect(JSON.stringify(row)).toMatch(attempt.says ?? "");
        if (attempt.lying !== undefined)
          expect((await ask("GET", pathOf(attempt.lying))).body).toMatchObject(attempt.lying.record);
        seen.set(attempt.what, (seen.get(attempt.what) ?? 0) + 1);
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
    expect(await count()).toBe(documents);
    expect([...seen.values()].reduce((sum, each) => sum + each, 0)).toBe(2_000);
    expect(seen.size).toBe(kinds.length + 1);
    for (const [what, times] of seen) expect(times, what).toBeGreaterThan(20);
  });

  it("are refused where they are too large: a record, a batch, a request", async () => {
    const { ask, hoa, count } = await startRecordEndpoint();
    const before = await count();
    const large = { _id: "large", type: "note", text: LARGE };
    const small = Array.from({ length: 201 }, () => ({ type: "note" }));
    expect((await ask("PUT", `/${file}/large`, { as: hoa, body: large })).status).toBe(413);
    expect((await ask("POST", `/${file}/_bulk_docs`, { as: hoa, body: { docs: [large] } })).status).toBe(413);
    expect((await ask("POST", `/${file}/_bulk_docs`, { as: hoa, body: { docs: small } })).status).toBe(413);
    expect(await count()).toBe(before);
    expect(file).toBe(`s-${commune}`);
  });
});
