// Which places have left this device with the right to them.
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Reader, Store } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import { leftDatabasesName, readLeftDatabases } from "#src/domain/ports/left-databases.ts";
import { oneSite } from "./place-queries.ts";

export interface LeftPlaces {
  /** As far as the directory still knows them. */
  readonly sites: readonly Site[];
  /** Records that were not sent, and lie in the inbox at the centre now. */
  readonly handedOver: number;
  /** Forms that were begun and not finished, and lie there too. */
  readonly drafts: number;
}

/** Undefined where there is nothing to tell. */
export function leftPlaces(read: Reader): LeftPlaces | undefined {
  const left = Object.entries(readLeftDatabases(read));
  if (left.length === 0) return undefined;
  const ids = new Set(left.map(([database]) => parseDatabase(database)?.siteId ?? ""));
  return {
    sites: [...ids].flatMap((id) => oneSite(read, id) ?? []),
    handedOver: left.reduce((sum, [, { handedOver }]) => sum + handedOver, 0),
    drafts: left.reduce((sum, [, { drafts = 0 }]) => sum + drafts, 0),
  };
}

/** Should it not be kept, it is told once more: no harm. */
export async function markLeftSeen(store: Store): Promise<void> {
  await store.write({ setLocal: { [leftDatabasesName]: undefined } });
}
