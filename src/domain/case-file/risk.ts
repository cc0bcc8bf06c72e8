// The level of risk of a case: who may lower it, and what a visit found lower than it stands (D12, D14).
import { isLower, isTakenBack, mayLower } from "#src/domain/record/grade.ts";
import { case_, type Case } from "#src/domain/records/case.ts";
import type { Followup } from "#src/domain/records/followup.ts";
import type { Role } from "#src/domain/roles.ts";
import type { CaseFile } from "./case-file.ts";

export type RiskLevel = NonNullable<Case["riskLevel"]>;
const field = case_.fields.riskLevel;

export const isLowerRisk = (level: RiskLevel | undefined, than: RiskLevel | undefined): boolean =>
  isLower(field, level, than);

export const mayLowerRisk = (held: ReadonlySet<Role>): boolean => mayLower(field, held);

/** Whether somebody may set the level to this: raising is everybody's, lowering not, except an own slip. */
export function maySetRisk(
  record: Case,
  level: RiskLevel | undefined,
  held: ReadonlySet<Role>,
  acting: Parameters<typeof isTakenBack>[3],
): boolean {
  if (!isLowerRisk(level, record.riskLevel) || mayLowerRisk(held)) return true;
  return isTakenBack(record, "riskLevel", level, acting);
}

/** The stricter of two levels; one that was never set is the least strict. */
export const stricterRisk = (a: RiskLevel | undefined, b: RiskLevel | undefined): RiskLevel | undefined =>
  isLowerRisk(a, b) ? b : a;

/** The last visit that named a level, where it is lower than the case's and nobody has decided since. */
export function visitFoundLower(file: CaseFile): Followup | undefined {
  const visit = file.visits.findLast(({ riskLevel }) => riskLevel !== undefined);
  if (!visit || !isLowerRisk(visit.riskLevel, file.case.riskLevel)) return undefined;
  const decidedSince = (file.case.history ?? []).some(
    (entry) => entry.field === "riskLevel" && entry.at > visit.createdAt,
  );
  return decidedSince ? undefined : visit;
}
