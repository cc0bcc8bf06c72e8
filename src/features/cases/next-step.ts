// What is due next in a case, kept as long as the case and the day are the same: lists ask for thousands at once.
import { goesOnElsewhere } from "#src/data/case-queries.ts";
import { type CaseFile, todayAt } from "#src/domain/case-file/case-file.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { type Nearness, tasksOf } from "#src/domain/tasks/tasks.ts";

export interface NextStep {
  readonly dueOn: string;
  readonly nearness: Nearness;
}

interface Known {
  readonly today: string;
  readonly step: NextStep | undefined;
}

const known = new WeakMap<CaseFile, Known>();

/**
 * The dated task that presses most; undefined where none runs, and where the work goes on in another file about the same
 * person. `now`: milliseconds since 1970.
 */
export function nextStepOf(read: Reader, file: CaseFile, now: number): NextStep | undefined {
  const step = ownStepOf(file, now);
  // Not kept with the file: the other one may close while this one stays as it is.
  return step && goesOnElsewhere(read, file) ? undefined : step;
}

function ownStepOf(file: CaseFile, now: number): NextStep | undefined {
  const today = todayOf(file, now);
  const before = known.get(file);
  if (before?.today === today) return before.step;
  const task = tasksOf(file, now).find((candidate) => candidate.kind !== "urgent");
  const step = task && { dueOn: task.dueOn, nearness: task.nearness };
  known.set(file, { today, step });
  return step;
}

// The day at a place costs more than all else here, and thousands of cases share a few places.
const days = new Map<string | undefined, { readonly now: number; readonly today: string }>();

function todayOf(file: CaseFile, now: number): string {
  const zone = file.site?.timeZone;
  const asked = days.get(zone);
  if (asked?.now === now) return asked.today;
  const today = todayAt(file, now);
  days.set(zone, { now, today });
  return today;
}

const changes = new WeakMap<CaseFile, string>();

/** When something in the case was last written or changed, by anybody; UTC instant. */
export function lastChangeOf(file: CaseFile): string {
  const before = changes.get(file);
  if (before !== undefined) return before;
  const entries = file.person ? [...file.entries, file.person] : file.entries;
  const last = entries
    .map(({ record }) => record.updatedAt ?? record.createdAt)
    .reduce((a, b) => (a > b ? a : b), "");
  changes.set(file, last);
  return last;
}
