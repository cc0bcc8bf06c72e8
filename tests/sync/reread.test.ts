// A blob that a failing disk has damaged: kept, counted, never sent; the record comes again where the centre has it.
import { expect, it } from "vitest";
import { accounts, putAccount } from "./support/test-centre.ts";
import { damaged, type TestDevice } from "./support/test-device.ts";
import { createWorld } from "./support/world.ts";

/** Spoils the blob of this record while the device is off; its id. */
async function damage(device: TestDevice, recordId: string): Promise<string> {
  await device.kill();
  const found = [...device.disk.envelopes.values()].find(({ b }) => b.includes(`"id":"${recordId}"`));
  if (!found) throw new Error("not on the disk");
  device.disk.envelopes.set(found.id, { ...found, b: `${damaged} ${found.b.slice(0, 40)}` });
  await device.start();
  return found.id;
}

it("a record that the centre has is read anew, and nothing else is touched", async () => {
  const { time, centre, device } = await createWorld();
  const an = await device("an");
  const [first, second] = [await an.newCase({ riskLevel: "high" }), await an.newCase()];
  await time.pass(30_000);
  const blob = await damage(an, first.id);
  expect(an.case(first.id)).toBeUndefined();
  await time.pass(30_000);
  expect(an.case(first.id)).toMatchObject({ record: { riskLevel: "high" }, sync: { state: "central" } });
  expect(an.case(second.id)?.sync.state).toBe("central");
  expect(an.store.read.unreadable).toBe(1);
  expect(an.disk.envelopes.get(blob)?.b).toContain(damaged);
  expect((await centre.documents("s-vn-gso-20194")).size).toBe(2);
});

it("is not read anew again at each start for the same damage", async () => {
  const { time, device } = await createWorld();
  const an = await device("an");
  const { id } = await an.newCase();
  await time.pass(30_000);
  await damage(an, id);
  await time.pass(30_000);
  const { length } = an.log;
  await an.kill();
  await an.start();
  await time.pass(30_000);
  expect(an.log.slice(length).flatMap((event) => (event.event === "pulled" ? [event.changes] : []))).toEqual(
    [],
  );
});

it("damage that happens while the account may not open the site: the record comes again with the right", async () => {
  const { time, centre, device } = await createWorld();
  const an = await device("an");
  const [first, second] = [await an.newCase({ riskLevel: "high" }), await an.newCase()];
  await time.pass(30_000);
  await putAccount(centre.operate, "an", ["staff"]);
  await time.pass(60_000);
  await damage(an, first.id);
  await time.pass(60_000);
  expect(an.case(second.id)?.sync.state).toBe("central");
  await putAccount(centre.operate, "an", accounts.an);
  void an.exchange.run();
  await time.pass(60_000);
  expect(an.case(first.id)).toMatchObject({ record: { riskLevel: "high" }, sync: { state: "central" } });
});
