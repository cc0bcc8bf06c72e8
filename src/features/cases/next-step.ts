// What is due next in a case, kept as long as the case and the hour are the same: lists ask for thousands at once.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { type Nearness, tasksOf } from "#src/domain/tasks/tasks.ts";

export interface NextStep {
  readonly dueOn: string;
  readonly nearness: Nearness;
}

interface Known {
  readonly hour: number;
  readonly step: NextStep | undefined;
}

// Days change at every place on a full hour or half of one; a list may be late by less than that.
const hourMs = 3_600_000;
const known = new WeakMap<CaseFile, Known>();

/** The dated task that presses most; undefined where none runs. `now`: milliseconds since 1970. */
export function nextStepOf(file: CaseFile, now: number): NextStep | undefined {
  const hour = Math.floor(now / hourMs);
  const before = known.get(file);
  if (before?.hour === hour) return before.step;
  const task = tasksOf(file, now).find((candidate) => candidate.kind !== "urgent");
  const step = task && { dueOn: task.dueOn, nearness: task.nearness };
  known.set(file, { hour, step });
  return step;
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
