// Makes the centre of a course: the real endpoint, or one in memory that begins with what the real one holds.
import type { BytesOfRestart } from "./centre.ts";
import { chanceFrom } from "#tests/sync/support/chance.ts";
import { createVirtualTime, type VirtualTime } from "#tests/sync/support/virtual-time.ts";
import type { SimulatedCentre } from "./centre.ts";
import { createMemoryCentre } from "./memory-centre.ts";
import { createRealCentre, type RealCentre } from "./real-centre.ts";

export type MakeCentre = (time: VirtualTime, seed: number) => Promise<SimulatedCentre>;

const bytesOfRestart = (seed: number): BytesOfRestart => (restart, count) =>
  chanceFrom(seed * 100 + restart).bytes(count); // prettier-ignore

let beginning: ReturnType<RealCentre["content"]> | undefined;

/** The same for every course, so it is provisioned once. */
function firstContent(): ReturnType<RealCentre["content"]> {
  beginning ??= (async () => {
    const real = await createRealCentre(createVirtualTime(), bytesOfRestart(1));
    const content = await real.content();
    real.close();
    return content;
  })();
  return beginning;
}

export const realCentre: MakeCentre = (time, seed) => createRealCentre(time, bytesOfRestart(seed));

export const memoryCentre: MakeCentre = async (time, seed) => {
  const { now, after } = time;
  return createMemoryCentre({ ...(await firstContent()), now, after, bytesOfRestart: bytesOfRestart(seed) });
};
