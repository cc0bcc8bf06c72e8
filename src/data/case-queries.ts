// Queries about cases: one, all of them, and what is to be done.
import { type CaseFile, caseFileOf } from "#src/domain/case-file/case-file.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { byPressure, type Task, tasksOf } from "#src/domain/tasks/tasks.ts";

// Gathering all files reads every record once; several screens ask for the same revision.
const gathered = new WeakMap<Reader, { revision: number; files: readonly CaseFile[] }>();

/** Every case on this device, in the order of arrival. */
export function allCases(read: Reader): readonly CaseFile[] {
  const known = gathered.get(read);
  if (known?.revision === read.revision) return known.files;
  const files = read.list("case").map((entry) => caseFileOf(read, entry));
  gathered.set(read, { revision: read.revision, files });
  return files;
}

/** One case; undefined while it is not on this device. */
export function oneCase(read: Reader, id: string): CaseFile | undefined {
  const entry = read.get("case", id);
  return entry && caseFileOf(read, entry);
}

/** What has to be done about all cases, most pressing first. */
export function allTasks(read: Reader, now: number): readonly Task[] {
  return allCases(read)
    .flatMap((file) => tasksOf(file, now))
    .toSorted(byPressure);
}

export const allDrafts = (read: Reader) => read.drafts();
