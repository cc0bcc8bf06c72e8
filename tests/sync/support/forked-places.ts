// A hub and a centre that replicate, with devices at each that speak with the record store alone, and one case that all have.
import { z } from "zod";
import { replicate, type Side } from "#tests/server/couch/couch-replicator.ts";
import { operator } from "./centre-store.ts";
import { createTestCentre, hoaVang, type AccountName, type TestCentre } from "./test-centre.ts";
import { createWorld } from "./world.ts";

const database = `s-${hoaVang}`;

const sideOf =
  (centre: TestCentre): Side =>
  (method, path, { headers, body }) =>
    centre.handle(
      new Request(`http://centre/${database}${path}`, {
        method,
        headers: { ...headers, authorization: `Basic ${btoa(`${operator.name}:${operator.password}`)}` },
        ...(body === undefined ? {} : { body }),
      }),
    );

/** Once to either side. */
export async function replicateBoth(hub: TestCentre, centre: TestCentre): Promise<void> {
  const records = { _id: { $ne: "_design/neo-ve" } };
  await replicate(sideOf(hub), sideOf(centre), "push", records);
  await replicate(sideOf(centre), sideOf(hub), "pull", records);
}

const found = z.looseObject({ _rev: z.string(), _conflicts: z.array(z.string()).optional() });

export const versionsAt = async (centre: TestCentre, id: string) =>
  found.parse(await centre.operate("GET", `/${database}/${id}?conflicts=true`));

export async function createForkedPlaces() {
  const { time, centre, device } = await createWorld();
  const hub = await createTestCentre(time, 7);
  const start = (name: AccountName, where: "hub" | "centre", seed: number) =>
    device(name, { seed, centre: where === "hub" ? hub : centre });
  const an = await start("an", "hub", 1);
  const binhAtHub = await start("binh", "hub", 2);
  const binh = await start("binh", "centre", 3);
  const lan = await start("lan", "centre", 4);
  const exchange = () => replicateBoth(hub, centre);
  const { id } = await an.newCase({ riskLevel: "low" });
  await time.pass(10_000);
  await exchange();
  await time.pass(10_000);
  return {
    time,
    hub,
    centre,
    start,
    an,
    binhAtHub,
    binh,
    lan,
    all: [an, binhAtHub, binh, lan],
    exchange,
    id,
  };
}
