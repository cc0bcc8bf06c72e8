// Queries about who came with whom: the adult a minor may be linked to, and the minors linked to an adult.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { isClosed } from "#src/domain/case-file/closed.ts";
import { mayAccompany } from "#src/domain/case-file/companions.ts";
import { compare } from "#src/domain/case-file/axis.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { allCases, oneCase } from "./case-queries.ts";
import { searchCases } from "./case-search.ts";

/** More would be a list to read on a phone. */
const shownAtMost = 5;

/** Cases that a minor's may be linked to: found by what is typed, else the latest; `chosen` is always among them. */
export function adultsFor(
  read: Reader,
  minorId: string,
  database: string,
  typed: string,
  chosen: string | undefined,
): readonly CaseFile[] {
  const minor = { id: minorId, database };
  const found = searchCases(read, typed)?.map((id) => oneCase(read, id)) ?? latestOpen(read);
  const offered = found
    .filter((file) => file !== undefined)
    .filter((file) => mayAccompany(minor, file.entry))
    .slice(0, shownAtMost);
  const picked = chosen === undefined ? undefined : oneCase(read, chosen);
  return !picked || offered.some((file) => file.case.id === chosen) ? offered : [picked, ...offered];
}

const latestOpen = (read: Reader): readonly CaseFile[] =>
  allCases(read)
    .filter((file) => !isClosed(file))
    .toSorted((a, b) => compare(b.case.receivedAt, a.case.receivedAt));

export interface Companions {
  readonly adult: CaseFile | undefined;
  readonly minors: readonly CaseFile[];
}

/** The case of the adult somebody came with, and of the minors who came with them. */
export function companionsOf(read: Reader, caseId: string): Companions {
  const own = read.get("case", caseId);
  const isOurs = (file: CaseFile | undefined) => file !== undefined && file.database === own?.database;
  const adult = own?.record.accompanies === undefined ? undefined : oneCase(read, own.record.accompanies);
  const minors = read
    .list("case")
    .filter(({ record }) => record.accompanies === caseId)
    .map(({ record }) => oneCase(read, record.id));
  return {
    adult: isOurs(adult) ? adult : undefined,
    minors: minors.filter((file) => file !== undefined).filter(isOurs),
  };
}
