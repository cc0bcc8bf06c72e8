// A record that an operator erased at the centre: no device brings it back, and whoever has it is told.
import { describe, expect, it } from "vitest";
import { sendAgain } from "#src/domain/commands/send-again.ts";
import { hoaVang } from "./support/test-centre.ts";
import type { TestDevice } from "./support/test-device.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;

async function withCase() {
  const world = await createWorld();
  const an = await world.device("an");
  const binh = await world.device("binh");
  const { id } = await an.newCase({ riskLevel: "low" });
  await world.time.pass(10_000);
  return { ...world, an, binh, id };
}
type World = Awaited<ReturnType<typeof withCase>>;

async function erase({ centre, id }: World): Promise<void> {
  const rev = (await centre.documents(database)).get(id)?.["_rev"];
  await centre.operate("DELETE", `/${database}/${id}?rev=${String(rev)}`);
}

const said = { state: "refused", refusal: { kind: "other", reason: "erased" } };

/** Everything somebody can try with it on a device. */
async function tryToBringBack({ name, store, now, case: caseOf }: TestDevice, id: string): Promise<void> {
  const acting = {
    now: now(),
    deviceTime: now(),
    user: { name, roles: [`cadre@${hoaVang}`] },
    device: "a-device",
    randomBytes: (count: number) => new Uint8Array(count),
  };
  const record = caseOf(id)!.record;
  expect(sendAgain.run(store.read, { database, id }, acting)).toEqual({
    ok: false,
    error: { type: "ErasedAtCentre" },
  });
  const written = await store.write({ changes: [{ database, record }] });
  expect(written).toMatchObject({ ok: false, error: { type: "RecordInvalid" } });
}

describe("a record that was erased at the centre", () => {
  it("is kept and said so on every device, and goes again from none, after a restart neither", async () => {
    const world = await withCase();
    const { time, centre, an, binh, id } = world;
    await erase(world);
    await time.pass(5_000);
    for (const device of [an, binh]) {
      expect(device.case(id)?.sync).toMatchObject(said);
      await tryToBringBack(device, id);
      await device.kill();
      await device.start();
    }
    await time.pass(60_000);
    expect((await centre.documents(database)).size).toBe(0);
    for (const device of [an, binh]) expect(device.case(id)?.sync).toMatchObject(said);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });
  });

  it("takes what is unsent on it out of the queue too, and the rest of the queue goes on", async () => {
    const world = await withCase();
    const { time, centre, an, id } = world;
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    const other = await an.newCase();
    await erase(world);
    an.connection(true);
    await time.pass(20_000);
    expect(an.case(id)).toMatchObject({ record: { riskLevel: "high" }, sync: said });
    await tryToBringBack(an, id);
    await time.pass(60_000);
    expect([...(await centre.documents(database)).keys()]).toEqual([other.id]);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });
  });

  it("was refused before: it can be sent again until the erasure is known, and not after", async () => {
    const world = await withCase();
    const { time, centre, an, id } = world;
    an.way = async (request, next) => {
      if (!request.url.includes("_bulk_docs")) return next(request);
      const row = { id, error: "forbidden", reason: "role: not yours" };
      const headers = { "content-type": "application/json", date: new Date(time.now()).toUTCString() };
      return new Response(JSON.stringify([row]), { status: 201, headers });
    };
    await an.editCase(id, { owner: "an" });
    await time.pass(5_000);
    expect(an.case(id)?.sync).toMatchObject({ state: "refused", refusal: { reason: "role: not yours" } });
    an.way = (request, next) => next(request);
    await erase(world);
    await time.pass(5_000);
    expect(an.case(id)).toMatchObject({ record: { owner: "an" }, sync: said });
    await tryToBringBack(an, id);
    await time.pass(60_000);
    expect((await centre.documents(database)).size).toBe(0);
  });

  it("that was brought back at the centre is an ordinary record again", async () => {
    const world = await withCase();
    const { time, centre, an, id } = world;
    const record = an.case(id)!.record;
    await erase(world);
    await time.pass(5_000);
    await centre.operate("PUT", `/${database}/${id}`, record);
    await time.pass(5_000);
    expect(an.case(id)).toMatchObject({ record, sync: { state: "central" } });
    await an.editCase(id, { riskLevel: "high" });
    await time.pass(5_000);
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high" });
  });
});
