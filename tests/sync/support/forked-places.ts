// A hub and a centre that replicate, with two devices at each, and one case that all have.
import { expect } from "vitest";
import { z } from "zod";
import { replicate, type Side } from "#tests/server/couch/couch-replicator.ts";
import { operator } from "./centre-store.ts";
import { createTestCentre, hoaVang, type AccountName, type TestCentre } from "./test-centre.ts";
import type { TestDevice } from "./test-device.ts";
import { elsewhere, throughDoor } from "./through-door.ts";
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
async function replicateBoth(hub: TestCentre, centre: TestCentre): Promise<void> {
  const records = { _id: { $ne: "_design/neo-ve" } };
  await replicate(sideOf(hub), sideOf(centre), "push", records);
  await replicate(sideOf(centre), sideOf(hub), "pull", records);
}

const found = z.looseObject({ _rev: z.string(), _conflicts: z.array(z.string()).optional() });

export const versionsAt = async (centre: TestCentre, id: string) =>
  found.parse(await centre.operate("GET", `/${database}/${id}?conflicts=true`));

/** How a device speaks with its place: past any front door, or through one. */
export type Doors = "none" | "built-in" | "CouchDB";

export async function createForkedPlaces(doors: Doors = "none") {
  const { time, centre, device } = await createWorld();
  const hub = await createTestCentre(time, 7);
  const doorOf = (place: TestCentre) =>
    throughDoor(place, time, doors === "CouchDB" ? { couch: elsewhere(place) } : {});
  const ways = doors === "none" ? undefined : { hub: await doorOf(hub), centre: await doorOf(centre) };

  async function start(name: AccountName, where: "hub" | "centre", seed: number): Promise<TestDevice> {
    const at = where === "hub" ? hub : centre;
    if (!ways) return device(name, { seed, centre: at });
    const app = { device: `device-${String(seed)}`, appVersion: "1.0.0" };
    const made = await device(name, { online: false, app, seed, centre: at });
    made.way = ways[where];
    made.connection(true);
    return made;
  }

  const an = await start("an", "hub", 1);
  const binhAtHub = await start("binh", "hub", 2);
  const binh = await start("binh", "centre", 3);
  const lan = await start("lan", "centre", 4);
  const all = [an, binhAtHub, binh, lan];
  const exchange = () => replicateBoth(hub, centre);
  const { id } = await an.newCase({ riskLevel: "low" });
  await time.pass(10_000);
  await exchange();
  await time.pass(10_000);
  expect(all.map((each) => each.case(id)?.sync.state)).toEqual(all.map(() => "central"));
  return { time, hub, centre, start, an, binhAtHub, binh, lan, all, exchange, id };
}

export const calm = { waiting: 0, refused: 0, clashes: 0 };
export const countsOf = (devices: readonly TestDevice[]) => devices.map(({ exchange }) => exchange.counts);
