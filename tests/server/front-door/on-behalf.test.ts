// What the front door writes for an author who cannot do so from there: only that author's words, once, as the rule allows.
import { beforeAll, expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { couchClient, type CouchClient } from "#server/couch-client/couch-client.ts";
import { applyOnBehalf, type ApplyOptions, type Author } from "#server/front-door/on-behalf.ts";
import { operator } from "#tests/sync/support/centre-store.ts";
import { createSaid } from "#tests/sync/support/said.ts";
import { createTestCentre, hoaVang, type TestCentre } from "#tests/sync/support/test-centre.ts";
import { createVirtualTime } from "#tests/sync/support/virtual-time.ts";

const database = `s-${hoaVang}`;
const time = createVirtualTime();
let centre: TestCentre;
let admin: CouchClient;
beforeAll(async () => {
  centre = await createTestCentre(time);
  admin = couchClient({ send: centre.handle, user: operator.name, password: operator.password });
});

const chi: Author = { name: "chi", roles: ["cadre"] };
const caseId = "0b1c5d0e-aaaa-4bbb-8ccc-ddddeeeeffff";
const at = new Date(time.now()).toISOString();
const { newId, said } = createSaid(at);
const made = (by: string) => ({ id: newId(), createdAt: at, createdBy: by, device: "d", deviceTime: at });
const noteOf = (by: string, more: object = {}): AnyRecord => ({
  type: "note",
  version: 1,
  ...made(by),
  case: caseId,
  ...{ text: "một ghi chú" },
  ...more,
});
const planOf = (by: string, more: object = {}): AnyRecord => ({
  type: "plan_item",
  version: 1,
  ...made(by),
  case: caseId,
  updatedAt: at,
  updatedBy: by,
  ...{ need: "medical", status: "proposed" },
  ...more,
});
const caseOf = (by: string, more: object = {}): AnyRecord => ({
  type: "case",
  version: 1,
  ...made(by),
  updatedAt: at,
  updatedBy: by,
  ...{ code: "HVG-26-7K3QXM-5", receivedAt: at },
  ...more,
});

const lay = async (record: AnyRecord) => {
  await centre.operate("PUT", `/${database}/${record.id}`, record);
};
const read = (id: string) => centre.operate("GET", `/${database}/${id}`);
const apply = async (record: AnyRecord, author = chi, options: ApplyOptions = {}) => {
  const [first] = await applyOnBehalf({ admin, now: () => time.now() }, database, [record], author, options);
  return first;
};

it("writes what is new, once, however often it arrives, and says so", async () => {
  const note = noteOf("chi");
  expect(await apply(note)).toMatchObject({ id: note.id, is: "accepted" });
  const first = await read(note.id);
  expect(first).toMatchObject({ createdBy: "chi", text: "một ghi chú" });
  expect(await apply(note)).toEqual({ id: note.id, is: "already there" });
  // The same, with its instant corrected by the clock of the centre meanwhile.
  const corrected = { ...note, createdAt: "2026-11-22T07:59:00.000Z" };
  expect(await apply(corrected)).toEqual({ id: note.id, is: "already there" });
  expect(await read(note.id)).toEqual(first);
});

it("merges an edit with what others have written since, as a device would", async () => {
  const there = planOf("binh", { provider: "Trạm y tế", history: [said("binh", "provider", "Trạm y tế")] });
  await lay(there);
  const { provider: _later, ...base } = { provider: "", ...there };
  const mine = {
    ...base,
    status: "agreed",
    updatedBy: "chi",
    history: [said("chi", "status", "agreed", { from: "proposed" })],
  };
  expect(await apply(mine)).toMatchObject({ is: "accepted" });
  expect(await read(there.id)).toMatchObject({ status: "agreed", provider: "Trạm y tế", updatedBy: "chi" });
  expect(await apply(mine)).toEqual({ id: there.id, is: "already there" });
});

it.each<[string, () => AnyRecord, string]>([
  ["another's record", () => noteOf("binh"), "author:"],
  ["another's entry", () => planOf("chi", { history: [said("binh", "provider", "x")] }), "author:"],
  ["what only others may write", () => ({ ...noteOf("chi"), type: "site" }), "place:"],
  ["what is no record", () => ({ ...noteOf("chi"), type: "poem" }), "schema:"],
  ["a time to come", () => noteOf("chi", { createdAt: "2027-11-22T08:00:00.000Z" }), "time:"],
  ["what is no id", () => ({ ...noteOf("chi"), id: "_design/neo-ve" }), "schema:"],
])("refuses %s, in the words of the rule", async (_what, record, kind) => {
  const given = record();
  const answer = await apply(given);
  expect(answer).toMatchObject({ is: "refused" });
  expect(JSON.stringify(answer)).toContain(`"reason":"${kind}`);
  if (!given.id.startsWith("_")) await expect(read(given.id)).rejects.toThrow("not_found");
});

it("lowers a risk for nobody who may not, and for a supervisor", async () => {
  const high = said("binh", "riskLevel", "high");
  const there = caseOf("binh", { riskLevel: "high", history: [high] });
  await lay(there);
  const low = said("chi", "riskLevel", "low", { from: "high", after: [high.id] });
  const mine = { ...there, riskLevel: "low", updatedBy: "chi", history: [high, low] };
  expect(await apply(mine)).toMatchObject({
    is: "refused",
    reason: "role: riskLevel: may not be lowered here",
  });
  expect(await apply(mine, { name: "chi", roles: ["supervisor"] })).toMatchObject({ is: "accepted" });
  expect(await read(there.id)).toMatchObject({ riskLevel: "low" });
});

it("never changes what never changes, and never brings back what was erased", async () => {
  const note = noteOf("chi");
  await lay(note);
  expect(await apply({ ...note, ...{ text: "khác" } })).toMatchObject({
    is: "refused",
    reason: "change: a note never changes",
  });
  const gone = noteOf("chi");
  await lay(gone);
  const { _rev } = (await read(gone.id)) as { _rev: string };
  await centre.operate("PUT", `/${database}/${gone.id}`, { _rev, _deleted: true });
  expect(await apply(gone)).toMatchObject({ is: "refused", reason: "delete: erased at the centre" });
});

it("names the site where the record is, if its case has moved on", async () => {
  const note = noteOf("chi");
  await lay(note);
  const { _rev } = (await read(note.id)) as { _rev: string };
  const tombstone = { _rev, _deleted: true, movedTo: "vn-gso-20195", transfer: note.id, ofCase: caseId };
  await centre.operate("PUT", `/${database}/${note.id}`, tombstone);
  expect(await apply(note)).toEqual({ id: note.id, is: "moved", to: "vn-gso-20195" });
});

it("writes over nobody who writes at the same moment", async () => {
  const there = planOf("binh");
  await lay(there);
  let raced = false;
  const racing: CouchClient = {
    ...admin,
    async write(method, path, body) {
      if (method === "PUT" && !raced) {
        raced = true;
        const { _rev } = (await read(there.id)) as { _rev: string };
        const history = [said("binh", "provider", "Trạm y tế")];
        await lay({ ...there, ...{ _rev, provider: "Trạm y tế" }, history });
      }
      return admin.write(method, path, body);
    },
  };
  const mine = {
    ...there,
    ...{ status: "agreed" },
    updatedBy: "chi",
    history: [said("chi", "status", "agreed", { from: "proposed" })],
  };
  const [answer] = await applyOnBehalf({ admin: racing, now: () => time.now() }, database, [mine], chi);
  expect(answer).toMatchObject({ is: "accepted" });
  expect(await read(there.id)).toMatchObject({ status: "agreed", provider: "Trạm y tế" });
});
