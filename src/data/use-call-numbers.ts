// Whom to call about a case: the numbers of its site, of those who supervise it, and the country's help lines.
import type { Profile } from "#src/domain/profiles/profile.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import { useQuery } from "./use-query.ts";

/** As `CallList` takes them; all of it lies on the device. */
export interface CallNumbers {
  readonly phones: readonly string[];
  readonly supervising: readonly string[];
  readonly helpLines: Profile["helpLines"];
}

/** Numbers of the sites above, from which supervisors answer for this one (D2), the nearest first. */
function phonesAbove(read: Reader, site: Site | undefined): readonly string[] {
  const own = site?.phones ?? [];
  return (site?.ancestors ?? [])
    .flatMap((above) => read.get("site", `site:${above}`)?.record.phones ?? [])
    .filter((phone) => !own.includes(phone));
}

export function useCallNumbers(site: Site | undefined, { helpLines }: Profile): CallNumbers {
  const supervising = useQuery(phonesAbove, site);
  return { phones: site?.phones ?? [], supervising, helpLines };
}
