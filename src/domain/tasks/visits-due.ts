// When the next visit or contact is due: derived from the last one, the schedule and the risk, never stored (D10).
import { addDays, addMonths, daysBetween } from "#src/domain/record/dates.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";

/** The day of the next visit or contact; undefined when none is due: closed, or nothing was agreed. */
export function nextVisitOn(file: CaseFile): string | undefined {
  if (file.stage.at === "closed") return undefined;
  const reopened = file.stage.path.findLast(({ from }) => from === "closed");
  // What was agreed before the case was closed binds nobody any more.
  const last = file.visits.findLast((visit) => !reopened || visit.createdAt > reopened.createdAt);
  if (last?.nextOn !== undefined) return last.nextOn;
  if (reopened && !last) return firstAfterReopening(file, reopened.effectiveOn);
  if (file.stage.at === "reintegration" && file.stage.since) {
    return scheduled(file, file.stage.since.effectiveOn, last?.doneOn, file.riskLevel);
  }
  if (!last) return file.case.nextContactOn;
  // Nobody was met and no day was named: the visit is still owed, and must not drop out of sight.
  const isOwed = last.outcome !== "contact_made" && last.unanswered?.["nextOn"] === undefined;
  return isOwed ? suggestedVisitOn(file, last.doneOn) : undefined;
}

/** The day agreed when a case was reopened, else a few days later: it never stands without a next step. */
function firstAfterReopening(file: CaseFile, reopenedOn: string): string {
  const agreed = file.case.nextContactOn;
  return agreed !== undefined && agreed >= reopenedOn ? agreed : suggestedAfterReopening(file, reopenedOn);
}

/** The day to offer for the first contact after a case was reopened. */
export const suggestedAfterReopening = (file: CaseFile, reopenedOn: string): string =>
  addDays(reopenedOn, file.profile.visits.firstAfterDays);

/** The day to offer for the visit after one done on `doneOn`: by the schedule after the return, before it by risk alone. */
export function suggestedVisitOn(
  file: CaseFile,
  doneOn: string,
  risk: RiskLevel | undefined = file.riskLevel,
): string {
  const returned = file.stage.at === "reintegration" ? file.stage.since?.effectiveOn : undefined;
  const byRisk = addDays(doneOn, file.profile.visits.everyDays[risk ?? "high"]);
  return (returned === undefined ? undefined : scheduled(file, returned, doneOn, risk)) ?? byRisk;
}

type RiskLevel = NonNullable<CaseFile["case"]["riskLevel"]>;

/** First after a few days, then by risk until month 3, then in the months the profile lists. */
function scheduled(
  file: CaseFile,
  returnedOn: string,
  lastOn: string | undefined,
  risk: RiskLevel | undefined,
): string | undefined {
  const { firstAfterDays, everyDays, untilMonth, thenMonths } = file.profile.visits;
  if (lastOn === undefined || daysBetween(returnedOn, lastOn) < 0) return addDays(returnedOn, firstAfterDays);
  const next = addDays(lastOn, everyDays[risk ?? "high"]);
  if (next <= addMonths(returnedOn, untilMonth)) return next;
  return thenMonths.map((month) => addMonths(returnedOn, month)).find((day) => day > lastOn);
}
