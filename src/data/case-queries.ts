// Queries about cases: one, all of them, and what is to be done.
import { type CaseFile, caseFileOf } from "#src/domain/case-file/case-file.ts";
import { casesAtHome, homeOfCase } from "#src/domain/case-file/home-of-case.ts";
import {
  goesOnIn,
  isKeptElsewhere,
  type LikelyPair,
  likelyPairs,
  yieldingOf,
} from "#src/domain/case-file/duplicates.ts";
import { forksOf } from "#src/domain/case-file/forks.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import type { Case } from "#src/domain/records/case.ts";
import type { Duplicate } from "#src/domain/records/duplicate.ts";
import type { Site } from "#src/domain/records/site.ts";
import { byPressure, type Task, tasksOf } from "#src/domain/tasks/tasks.ts";

/** A file and what it was gathered from; while that is the same, so is the file. */
interface Gathered {
  readonly from: readonly unknown[];
  readonly file: CaseFile;
}

interface Shelf {
  revision: number;
  files: readonly CaseFile[];
  readonly byCase: Map<string, Gathered>;
}

// Every save asks several screens for all files anew: only those that changed are gathered again.
const shelves = new WeakMap<Reader, Shelf>();

function shelfOf(read: Reader): Shelf {
  let shelf = shelves.get(read);
  if (!shelf) shelves.set(read, (shelf = { revision: -1, files: [], byCase: new Map() }));
  return shelf;
}

type SiteNow = (id: string) => Site | undefined;

const siteIn =
  (read: Reader): SiteNow =>
  (id) =>
    read.get("site", id)?.record;

function fileOf(read: Reader, entry: Entry<Case>, siteNow: SiteNow): CaseFile {
  const { byCase } = shelfOf(read);
  const key = `${entry.database} ${entry.record.id}`;
  const known = byCase.get(key);
  const { person } = entry.record;
  const from = [
    entry,
    read.ofCase(entry.record.id),
    person === undefined ? undefined : read.get("person", person),
    known?.file.site && siteNow(known.file.site.id),
  ];
  if (known?.file.site && from.every((part, index) => part === known.from[index])) return known.file;
  const file = caseFileOf(read, entry);
  byCase.set(key, { from: [...from.slice(0, 3), file.site], file });
  return file;
}

/** Every case on this device, in the order of arrival; the same file as long as nothing in it changed. */
export function allCases(read: Reader): readonly CaseFile[] {
  const shelf = shelfOf(read);
  if (shelf.revision !== read.revision) {
    const sites = new Map(read.list("site").map(({ record }) => [record.id, record]));
    shelf.files = casesAtHome(read).map((entry) => fileOf(read, entry, (id) => sites.get(id)));
    shelf.revision = read.revision;
  }
  return shelf.files;
}

/** One case; undefined while it is not on this device. */
export function oneCase(read: Reader, id: string): CaseFile | undefined {
  const entry = homeOfCase(read, id);
  return entry && fileOf(read, entry, siteIn(read));
}

/** What has to be done about all cases, most pressing first. */
export function allTasks(read: Reader, now: number): readonly Task[] {
  return allCases(read)
    .flatMap((file) => tasksIn(read, file, now))
    .toSorted(byPressure);
}

/** What has to be done in one file: nothing but danger where the work goes on in another about the same person. */
export function tasksIn(read: Reader, file: CaseFile, now: number): readonly Task[] {
  const tasks = tasksOf(file, now);
  // Danger is told wherever it was found.
  return goesOnElsewhere(read, file) ? tasks.filter(({ kind }) => kind === "urgent") : tasks;
}

export const goesOnElsewhere = (read: Reader, file: CaseFile): boolean =>
  isKeptElsewhere(file, (id) => oneCase(read, id));

/** Two files of a site that may be about one person, on which nobody has said anything yet. */
export const likelyDuplicates = (read: Reader): readonly LikelyPair[] => likelyPairs(allCases(read));

/** What this file has to do with others that are about the same person. */
export function twinsOf(read: Reader, file: CaseFile): Twins {
  const find = (id: string) => oneCase(read, id);
  const others = allCases(read).filter(
    (other) => other.database === file.database && other.case.id !== file.case.id,
  );
  return {
    yielding: yieldingOf(file),
    main: goesOnIn(file, find),
    given: others.filter((other) => goesOnIn(other, find)?.case.id === file.case.id),
    likely: likelyPairs([file, ...others]).filter((pair) => pair.includes(file)),
  };
}

export interface Twins {
  /** By which this file gives way. */
  readonly yielding: Duplicate | undefined;
  readonly main: CaseFile | undefined;
  /** The files that gave way to this one. */
  readonly given: readonly CaseFile[];
  readonly likely: readonly LikelyPair[];
}

/** Cases with steps that do not follow each other. */
export const forkedCases = (read: Reader): readonly CaseFile[] =>
  allCases(read).filter((file) => forksOf(file).length > 0);

export const allDrafts = (read: Reader) => read.drafts();
