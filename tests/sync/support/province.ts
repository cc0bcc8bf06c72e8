// A province of many communes at a centre of tests, with records in each, for what a supervisor's device has to do.
import { memberRoles } from "#src/domain/roles.ts";
import { chanceFrom } from "./chance.ts";
import { noteBy } from "./documents.ts";
import { city, makeDatabase, siteRecord, type TestCentre } from "./test-centre.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** Id of the commune of this number, below the city. */
export const communeOf = (number: number): string => `vn-gso-3${String(number).padStart(4, "0")}`;

/** Puts so many communes below the city, each with so many records; in few requests. */
export async function makeProvince(
  centre: TestCentre,
  time: VirtualTime,
  { sites, records = 0 }: { readonly sites: number; readonly records?: number },
): Promise<readonly string[]> {
  const ids = Array.from({ length: sites }, (_, index) => communeOf(index + 1));
  const chance = chanceFrom(77);
  for (const id of ids) {
    const place = { id, ancestors: [city] };
    await makeDatabase(centre.operate, `s-${id}`, memberRoles("site", place));
    await makeDatabase(centre.operate, `p-${id}`, memberRoles("identity", place));
    if (records === 0) continue;
    const notes = Array.from({ length: records }, () => noteBy("an", time.now(), chance));
    await centre.operate("POST", `/s-${id}/_bulk_docs`, {
      docs: notes.map((note) => ({ _id: note.id, ...note })),
    });
  }
  const docs = ids.map((siteId) => {
    const record = siteRecord({ siteId, ancestors: [city] }, time.now());
    return { _id: record.id, ...record };
  });
  await centre.operate("POST", "/directory/_bulk_docs", { docs });
  return ids;
}
