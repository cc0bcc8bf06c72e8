// Which of two sites a case is at while it moves: for a moment it lies in the databases of both (D9).
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Case } from "#src/domain/records/case.ts";
import { movedAway, standingOfTransfer } from "./transfer.ts";

/** The case at the site that is responsible; undefined where it is not on this device, or has left. */
export function homeOfCase(read: Reader, caseId: string): Entry<Case> | undefined {
  const entry = read.get("case", caseId);
  if (!entry) return undefined;
  const others = read.ofCase(caseId).some(({ database }) => database !== entry.database);
  const moving = read.ofCase(caseId).some(({ record }) => record.type === "moved_case");
  if (!others && !moving) return entry;
  return responsible(
    read,
    read.list("case").filter(({ record }) => record.id === caseId),
  );
}

/** Every case once, at the site that is responsible; those that have left are not among them. */
export function casesAtHome(read: Reader): readonly Entry<Case>[] {
  const cases = read.list("case");
  const leaving = new Set(read.list("moved_case").map(({ record }) => record.case));
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { record } of cases) (seen.has(record.id) ? twice : seen).add(record.id);
  if (twice.size === 0 && leaving.size === 0) return cases;
  return cases.filter((entry) => {
    const { id } = entry.record;
    if (!twice.has(id) && !leaving.has(id)) return true;
    return (
      responsible(
        read,
        cases.filter(({ record }) => record.id === id),
      ) === entry
    );
  });
}

/** Of the sites that have it on this device the one that is handing it over, until it has let go: the copy comes first. */
function responsible(read: Reader, entries: readonly Entry<Case>[]): Entry<Case> | undefined {
  const staying = entries.filter((entry) => !movedAway(siteOf(entry), ofCaseAt(read, entry)));
  const giving = staying.find((entry) => {
    const standing = standingOfTransfer(siteOf(entry), ofCaseAt(read, entry));
    return (
      "transfer" in standing && staying.some((other) => siteOf(other) === standing.transfer.record.toSite)
    );
  });
  return giving ?? staying[0];
}

const siteOf = ({ database }: Entry): string => parseDatabase(database)?.siteId ?? "";

const ofCaseAt = (read: Reader, { database, record }: Entry<Case>): readonly Entry[] =>
  read.ofCase(record.id).filter((entry) => entry.database === database);
