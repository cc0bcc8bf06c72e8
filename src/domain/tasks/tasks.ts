// What has to be done about a case now, derived from its records and dates: flags, open questions, clocks, visits, transfers.
import { addDays, localDate } from "#src/domain/record/dates.ts";
import { isClosed } from "#src/domain/case-file/closed.ts";
import { type CaseFile, todayAt } from "#src/domain/case-file/case-file.ts";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import type { OpenQuestion } from "#src/domain/case-file/open-questions.ts";
import { compare, firstOfRun } from "#src/domain/case-file/axis.ts";
import type { TransferStanding } from "#src/domain/case-file/transfer.ts";
import type { Transfer } from "#src/domain/records/transfer.ts";
import type { Clock } from "#src/domain/profiles/profile.ts";
import { endOfTerm } from "./terms.ts";
import { nextVisitOn } from "./visits-due.ts";

/** How near a day is: past, today, within the warning, or further off. */
export type Nearness = "overdue" | "today" | "soon" | "later";

export type Task =
  | { readonly kind: "urgent"; readonly file: CaseFile; readonly flag: OpenFlag }
  /** Urgent questions without an answer: to be asked by the day after they were put off. */
  | {
      readonly kind: "ask";
      readonly file: CaseFile;
      readonly questions: readonly OpenQuestion[];
      readonly dueOn: string;
      readonly nearness: Nearness;
    }
  | {
      readonly kind: "clock";
      readonly file: CaseFile;
      readonly clock: Clock;
      readonly dueOn: string;
      readonly nearness: Nearness;
      /** The last of the clock's warnings that was reached, in days before the end; see `Clock.warnDays`. */
      readonly warning: number | undefined;
    }
  | { readonly kind: "visit"; readonly file: CaseFile; readonly dueOn: string; readonly nearness: Nearness }
  /** Another site was asked to take over the case and has not answered, or has declined. */
  | {
      readonly kind: "transfer";
      readonly file: CaseFile;
      readonly standing: Extract<TransferStanding, { readonly state: "asked" | "declined" }>;
      readonly dueOn: string;
      readonly nearness: Nearness;
    };

// Several screens ask for the tasks of all cases after every save: a file is asked once a day.
const known = new WeakMap<CaseFile, { readonly today: string; readonly tasks: readonly Task[] }>();

/** All tasks of a case at an instant (milliseconds since 1970), most pressing first. */
export function tasksOf(file: CaseFile, now: number): readonly Task[] {
  const today = todayAt(file, now);
  const before = known.get(file);
  if (before?.today === today) return before.tasks;
  const tasks = tasksOn(file, today);
  known.set(file, { today, tasks });
  return tasks;
}

function tasksOn(file: CaseFile, today: string): readonly Task[] {
  const tasks: Task[] = file.openFlags.map((flag) => ({ kind: "urgent", file, flag }));
  if (!isClosed(file)) {
    const { openQuestions: questions } = file;
    if (questions.length > 0) {
      const dueOn = askBy(file);
      tasks.push({ kind: "ask", file, questions, dueOn, nearness: nearnessOf(dueOn, today, 1) });
    }
    for (const clock of file.profile.clocks) {
      const dueOn = clockEnd(file, clock);
      if (dueOn === undefined) continue;
      const warning = clock.warnDays.findLast((days) => dueOn <= addDays(today, days));
      const nearness = nearnessOf(dueOn, today, clock.warnDays[0]);
      tasks.push({ kind: "clock", file, clock, dueOn, nearness, warning });
    }
  }
  const { transfer } = file;
  if (transfer.state === "asked" || (transfer.state === "declined" && !transfer.settled)) {
    const dueOn =
      transfer.state === "asked"
        ? answerBy(transfer.transfer.record, file)
        : todayAt(file, transfer.answer.record.createdAt);
    tasks.push({ kind: "transfer", file, standing: transfer, dueOn, nearness: nearnessOf(dueOn, today, 1) });
  }
  const visitOn = nextVisitOn(file);
  if (visitOn) tasks.push({ kind: "visit", file, dueOn: visitOn, nearness: nearnessOf(visitOn, today, 2) });
  return tasks.toSorted(byPressure);
}

/** The last day on which a request to take over a case should be answered; local to a site. */
export function answerBy(asked: Transfer, { site, profile }: Pick<CaseFile, "site" | "profile">): string {
  // What nobody has assessed may be high.
  return addDays(
    todayAt({ site }, asked.createdAt),
    profile.transfers.answerWithinDays[asked.riskLevel ?? "high"],
  );
}

export function nearnessOf(dueOn: string, today: string, warnDays: number): Nearness {
  if (dueOn < today) return "overdue";
  if (dueOn === today) return "today";
  return dueOn <= addDays(today, warnDays) ? "soon" : "later";
}

/** A day after the questions were last gone through, or the person was received and nobody asked. */
const askBy = (file: CaseFile): string =>
  addDays(todayAt(file, file.urgentChecks.at(-1)?.createdAt ?? file.case.receivedAt), 1);

/** The last day of a clock that runs now; undefined when it does not run. */
function clockEnd(file: CaseFile, clock: Clock): string | undefined {
  const { starts, ends } = clock;
  const axis = starts.on === "status" ? file.status : file.stage;
  const start = firstOfRun<{ to: string; effectiveOn: string }>(axis.path, starts.entering);
  if (!start) return undefined;
  if (ends.leaving && axis.at !== starts.entering) return undefined;
  if (ends.status?.some((status) => file.status.path.some((event) => event.to === status))) return undefined;
  if (ends.planAgreed && file.plan.some((item) => item.agreed === "yes" || item.status !== "proposed")) {
    return undefined;
  }
  const timeZone = file.site?.timeZone;
  const from =
    starts.entering === "received" && timeZone
      ? localDate(file.case.receivedAt, timeZone)
      : start.effectiveOn;
  return endOfTerm(from, clock, file.profile);
}

const kindOrder = { urgent: 0, ask: 1, transfer: 2, clock: 3, visit: 4 } as const;
const nearnessOrder = { overdue: 0, today: 1, soon: 2, later: 3 } as const;

/** Urgent flags first, then what is overdue, due today, due soon; earlier days first. */
export function byPressure(a: Task, b: Task): number {
  if (a.kind === "urgent" || b.kind === "urgent") return kindOrder[a.kind] - kindOrder[b.kind];
  return (
    nearnessOrder[a.nearness] - nearnessOrder[b.nearness] ||
    compare(a.dueOn, b.dueOn) ||
    kindOrder[a.kind] - kindOrder[b.kind]
  );
}
