// The front door is gone at every write of a transfer in turn: another goes on. Gone before a write is gone after the one
// before it, since nothing but what it writes remains of it; so each is done and its answer lost, and before the first.
import { expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { readJournal } from "#server/front-door/transfer-journal.ts";
import { resumeAsked, resumeOpenTransfers } from "#server/front-door/transfers-door.ts";
import { resumeTransfer } from "#server/front-door/transfers.ts";
import { haiChau, hoaVang, movingCentre, overHttp, type Centre } from "./moving.ts";

class Gone extends Error {}

/** The front door's client until the process is gone, after the write of this number; 0: before the first. */
function mortal(admin: CouchClient, last: number): CouchClient & { writes: () => number } {
  let writes = 0;
  let isGone = false;
  const alive = () => {
    if (isGone) throw new Gone();
  };
  return {
    user: admin.user,
    writes: () => writes,
    async read(path) {
      alive();
      return admin.read(path);
    },
    async write(method, path, body) {
      alive();
      const isWrite = method === "PUT" || path.endsWith("/_bulk_docs") || path.endsWith("/_compact");
      if (isWrite && (writes += 1) === Math.max(last, 1)) isGone = true;
      if (isGone && last === 0) throw new Gone();
      const answer = await admin.write(method, path, body);
      alive();
      return answer;
    },
  };
}

const besides = ["transfer", "transfer_answer", "moved_case"];
const isOf = (file: AnyRecord) => (record: AnyRecord) =>
  record.id === file.id || record.case === file.id || record.id === Reflect.get(file, "person");
const recordsAt = async (centre: Centre, site: string, file: AnyRecord): Promise<readonly AnyRecord[]> =>
  [...(await centre.live(`s-${site}`)), ...(await centre.live(`p-${site}`))]
    .filter(isOf(file))
    .filter(({ type }) => !besides.includes(type));

/** One place after another: of the way there, and of the way back, where marks of the first one lie. */
const ways = [
  { name: "there", from: hoaVang, to: haiChau },
  { name: "back", from: haiChau, to: hoaVang },
] as const;

async function begun(centre: Centre, way: (typeof ways)[number]) {
  const { person, file, notes, plan } = await centre.story(hoaVang, 1);
  const all = [person, file, ...notes, plan];
  if (way.name === "back") {
    const first = await centre.offer(hoaVang, haiChau, file.id);
    await resumeTransfer(centre.deps, `s-${hoaVang}`, first.id);
    await centre.answer(haiChau, first, "accepted");
    await resumeTransfer(centre.deps, `s-${hoaVang}`, first.id);
  }
  const offer = await centre.offer(way.from, way.to, file.id);
  return { file, all, offer };
}

/** Each time the front door is asked: after the offer, and after the answer. */
async function goOn(
  centre: Centre,
  client: CouchClient,
  { from, to }: (typeof ways)[number],
  offer: AnyRecord,
) {
  const deps = centre.depsWith(client);
  await resumeTransfer(deps, `s-${from}`, offer.id);
  const answers = (await centre.live(`s-${to}`)).filter(
    (record) => Reflect.get(record, "transfer") === offer.id,
  );
  if (answers.length === 0) await centre.answer(to, offer, "accepted");
  await resumeTransfer(deps, `s-${to}`, offer.id);
}

async function atEachPoint(
  centre: Centre,
  file: AnyRecord,
  all: readonly AnyRecord[],
  way: (typeof ways)[number],
) {
  const [here, there] = [await recordsAt(centre, way.from, file), await recordsAt(centre, way.to, file)];
  const journal = await readJournal(centre.admin, { case: file.id, began: hoaVang });
  const ids = (records: readonly AnyRecord[]) => records.map(({ id }) => id);
  // Nothing is lost.
  for (const record of all) expect([...here, ...there]).toContainEqual(record);
  // One site is responsible, and has the case, or is just being given it by the one that had it.
  const responsible = journal?.site ?? way.from;
  expect([way.from, way.to]).toContain(responsible);
  if (responsible === way.from) {
    expect(ids(here)).toEqual(expect.arrayContaining(ids(all)));
    expect(ids(there)).not.toContain(file.id);
  }
  // Who is responsible has all of it, but for the case's own record that comes last.
  if (responsible === way.to)
    expect(ids(there)).toEqual(expect.arrayContaining(ids(all.filter(({ id }) => id !== file.id))));
  const isAccepted = journal?.moves.some(({ state, to }) => state !== "offered" && to === way.to);
  if (!isAccepted) expect(there).toEqual([]);
  // Nothing is taken away before all of it is on the other side.
  if (!all.every(({ id }) => ids(here).includes(id)))
    expect(ids(there)).toEqual(expect.arrayContaining(ids(all)));
}

const stores = [
  { store: "the built-in store", over: undefined },
  { store: "a CouchDB elsewhere", over: overHttp },
] as const;

it.each(ways.flatMap((way) => stores.map((store) => ({ ...way, ...store }))))(
  "on the way $name, with $store",
  { timeout: 180_000 },
  async ({ over, ...way }) => {
    const centre = await movingCentre(over);
    let steps = 0;
    for (let last = 0; ; last++) {
      const { file, all, offer } = await begun(centre, way);
      const client = mortal(centre.admin, last);
      const ended = await goOn(centre, client, way, offer).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Gone)) throw error;
          return false;
        },
      );
      if (ended) {
        steps = client.writes();
        expect(last).toBe(steps + 1);
        break;
      }
      await atEachPoint(centre, file, all, way);
      await resumeOpenTransfers(centre.deps, (error) => {
        throw error;
      });
      await atEachPoint(centre, file, all, way);
      await goOn(centre, centre.admin, way, offer);
      const journal = await readJournal(centre.admin, { case: file.id, began: hoaVang });
      expect(journal).toMatchObject({ site: way.to });
      expect(journal?.moves.at(-1)?.state).toBe("done");
      const there = await recordsAt(centre, way.to, file);
      expect(there).toHaveLength(all.length);
      for (const record of all) expect(there).toContainEqual(record);
      expect(await recordsAt(centre, way.from, file)).toEqual([]);
      const stubs = (await centre.live(`s-${way.from}`)).filter(
        (record) => record.type === "moved_case" && Reflect.get(record, "transfer") === offer.id,
      );
      expect(stubs).toHaveLength(1);
    }
    // The offer, its answer, four records, the stub, three kinds of marks, two databases, and what the journal says.
    expect(steps).toBeGreaterThanOrEqual(16);
  },
);

it("loses nothing that people of the sender write between any two of its writes", async () => {
  const centre = await movingCentre();
  const [there] = ways;
  const { file, all, offer } = await begun(centre, there);
  const plan = all.find(({ type }) => type === "plan_item");
  const late: AnyRecord[] = [];
  const says: string[] = [];
  let hasMoved = false;
  const watched: CouchClient = {
    ...centre.admin,
    async write(method, path, body) {
      const isWrite = method === "PUT" || path.endsWith("/_bulk_docs");
      // They stop at last: it could not come to an end before.
      const most = Reflect.get(body ?? {}, "site") === haiChau || hasMoved ? 20 : 8;
      hasMoved ||= most === 20;
      if (isWrite && late.length < most) {
        const note = centre.noteOf(hoaVang, file.id, `giữa chừng ${String(late.length)}`);
        await centre.write(`s-${hoaVang}`, note);
        late.push(note);
        const { _rev: rev, ...lying } = (await centre.read(`s-${hoaVang}`, plan?.id ?? "")) ?? {
          _rev: "",
          id: "",
        };
        const provider = `nơi ${String(late.length)}`;
        if ("type" in lying) {
          await centre.write(`s-${hoaVang}`, centre.edited(hoaVang, lying, "provider", provider), rev);
          says.push(provider);
        }
      }
      return centre.admin.write(method, path, body);
    },
  };
  await goOn(centre, watched, there, offer);
  await goOn(centre, watched, there, offer);
  await resumeAsked(centre.deps, { database: `s-${hoaVang}`, ids: [offer.id] });
  expect(late.length).toBe(20);
  const moved = await recordsAt(centre, haiChau, file);
  for (const record of late) expect(moved.filter(({ id }) => id === record.id)).toEqual([record]);
  const planned = moved.find(({ id }) => id === plan?.id);
  expect(planned?.history?.map(({ to }) => to)).toEqual(says);
  expect(says.length).toBeGreaterThan(5);
  expect(await recordsAt(centre, hoaVang, file)).toEqual([]);
});

it("two front doors at once, and people who write meanwhile", async () => {
  const centre = await movingCentre();
  const [there] = ways;
  const { file, all, offer } = await begun(centre, there);
  await resumeTransfer(centre.deps, `s-${hoaVang}`, offer.id);
  await centre.answer(haiChau, offer, "accepted");
  const late: AnyRecord[] = [];
  const writing = async () => {
    for (let count = 0; count < 20; count++) {
      const note = centre.noteOf(hoaVang, file.id, `khi đang chuyển ${String(count)}`);
      await centre.write(`s-${hoaVang}`, note);
      late.push(note);
    }
  };
  const doors = [centre.depsWith(centre.admin), centre.depsWith(centre.admin), centre.depsWith(centre.admin)];
  await Promise.all([writing(), ...doors.map((deps) => resumeTransfer(deps, `s-${hoaVang}`, offer.id))]);
  expect(await readJournal(centre.admin, { case: file.id, began: hoaVang })).toMatchObject({ site: haiChau });
  const [here, moved] = [await recordsAt(centre, hoaVang, file), await recordsAt(centre, haiChau, file)];
  for (const record of [...all, ...late]) expect([...here, ...moved]).toContainEqual(record);
  expect(moved).toEqual(expect.arrayContaining(all));
});
