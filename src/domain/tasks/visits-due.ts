// When the next visit or contact is due: derived from what was agreed and found, the schedule and the risk, never stored (D10).
import { isClosed } from "#src/domain/case-file/closed.ts";
import { flagsOfVisit, flagsRaisedBy } from "#src/domain/case-file/open-flags.ts";
import { type CaseFile, todayAt } from "#src/domain/case-file/case-file.ts";
import { compare } from "#src/domain/case-file/axis.ts";
import { addDays, addMonths, daysBetween } from "#src/domain/record/dates.ts";
import type { Followup } from "#src/domain/records/followup.ts";

export interface NextVisit {
  /** A full date at the site. */
  readonly on: string;
  /** Somebody agreed on it; else the schedule asks for it. */
  readonly agreed: boolean;
}

/** The day of the next visit or contact; undefined for a closed case alone: an open one always has one. */
export const nextVisitOn = (file: CaseFile): string | undefined => nextVisit(file)?.on;

/** The same, and whether it was agreed on. What happened is gone through in its order; each thing may move the day. */
export function nextVisit(file: CaseFile): NextVisit | undefined {
  if (isClosed(file)) return undefined;
  const receivedOn = todayAt(file, file.case.receivedAt);
  const first = byItself(addDays(receivedOn, file.profile.visits.everyDays[file.riskLevel ?? "high"]));
  return turnsOf(file, receivedOn)
    .toSorted((a, b) => compare(a.day, b.day) || compare(a.at, b.at))
    .reduce((next, turn) => turn.moves(next), first);
}

/** Something after which the next day is another, or perhaps another. */
interface Turn {
  readonly day: string;
  readonly at: string;
  readonly moves: (next: NextVisit) => NextVisit;
}

const byItself = (on: string): NextVisit => ({ on, agreed: false });
const noLaterThan =
  (on: string) =>
  (next: NextVisit): NextVisit =>
    next.on <= on ? next : byItself(on);

/** Of the same moment in the order in which the one knows of the other. */
function turnsOf(file: CaseFile, receivedOn: string): readonly Turn[] {
  const { stage, profile } = file;
  const reopened = stage.path.findLast(({ from }) => from === "closed");
  const returned = stage.at === "reintegration" ? stage.since : undefined;
  return [
    ...(reopened ? [afterReopening(file, reopened)] : []),
    ...(returned && returned !== reopened ? [afterReturn(file, returned)] : []),
    ...file.urgentChecks
      .filter((check) => flagsRaisedBy(check).length > 0)
      .map(({ createdAt: at }): Turn => {
        const day = at === file.case.createdAt ? receivedOn : todayAt(file, at);
        return { day, at, moves: noLaterThan(addDays(day, profile.visits.afterDangerDays)) };
      }),
    ...file.visits.map((visit) => afterVisit(file, visit)),
    ...agreedOnCase(file, receivedOn),
  ];
}

type Step = NonNullable<CaseFile["stage"]["since"]>;

/** The day agreed when a case was reopened, else a few days later: what was agreed before binds nobody any more. */
function afterReopening(file: CaseFile, { effectiveOn: day, createdAt: at }: Step): Turn {
  const { nextContactOn } = file.case;
  const agreed = nextContactOn !== undefined && nextContactOn >= day;
  const next = agreed ? { on: nextContactOn, agreed } : byItself(suggestedAfterReopening(file, day));
  return { day, at, moves: () => next };
}

/** The first visit at home is due within days, whatever was agreed before. */
function afterReturn(file: CaseFile, { effectiveOn: day, createdAt: at }: Step): Turn {
  const first = addDays(day, file.profile.visits.firstAfterDays);
  return {
    day,
    at,
    moves: (next) => (next.agreed && next.on >= day ? noLaterThan(first)(next) : byItself(first)),
  };
}

function afterVisit(file: CaseFile, visit: Followup): Turn {
  const { doneOn: day, createdAt: at, nextOn } = visit;
  const agreed = nextOn !== undefined && nextOn >= day;
  const next = agreed ? { on: nextOn, agreed } : byItself(suggestedVisitOn(file, visit));
  return { day, at, moves: () => next };
}

/** Agreed at reception, or since then outside a visit. */
function agreedOnCase(file: CaseFile, receivedOn: string): readonly Turn[] {
  const { nextContactOn: on, createdAt, history = [] } = file.case;
  if (on === undefined) return [];
  const at = history
    .filter(({ field }) => field === "nextContactOn")
    .reduce((last, entry) => (entry.at > last ? entry.at : last), createdAt);
  const day = at === createdAt ? receivedOn : todayAt(file, at);
  return on < day ? [] : [{ day, at, moves: () => ({ on, agreed: true }) }];
}

/** The day to offer for the first contact after a case was reopened. */
export const suggestedAfterReopening = (file: CaseFile, reopenedOn: string): string =>
  addDays(reopenedOn, file.profile.visits.firstAfterDays);

/** What a visit found that says how soon the next one has to be. */
type Finding = Pick<Followup, "doneOn" | "outcome" | "retraffickingSign" | "domains">;

type RiskLevel = NonNullable<CaseFile["case"]["riskLevel"]>;

/**
 * The day to offer for the visit after this one: by the schedule after the return, before it by risk alone; sooner
 * where nobody was met, and within days where it found a danger.
 */
export function suggestedVisitOn(
  file: CaseFile,
  found: Finding,
  risk: RiskLevel | undefined = file.riskLevel,
): string {
  const { everyDays, afterDangerDays, unmetAfterDays } = file.profile.visits;
  const { doneOn } = found;
  const level = risk ?? "high";
  const returned = file.stage.at === "reintegration" ? file.stage.since?.effectiveOn : undefined;
  const planned = returned === undefined ? undefined : scheduled(file, returned, doneOn, level);
  const days = [
    planned ?? addDays(doneOn, everyDays[level]),
    ...(found.outcome === "contact_made" ? [] : [addDays(doneOn, unmetAfterDays[level])]),
    ...(flagsOfVisit(found).length === 0 ? [] : [addDays(doneOn, afterDangerDays)]),
  ];
  return days.reduce((first, day) => (day < first ? day : first));
}

/** First after a few days, then by risk until month 3, then in the months the profile lists; undefined after the last. */
function scheduled(file: CaseFile, returnedOn: string, lastOn: string, risk: RiskLevel): string | undefined {
  const { firstAfterDays, everyDays, untilMonth, thenMonths } = file.profile.visits;
  if (daysBetween(returnedOn, lastOn) < 0) return addDays(returnedOn, firstAfterDays);
  const next = addDays(lastOn, everyDays[risk]);
  if (next <= addMonths(returnedOn, untilMonth)) return next;
  return thenMonths.map((month) => addMonths(returnedOn, month)).find((day) => day > lastOn);
}
