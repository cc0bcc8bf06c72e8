// In which order cases stand, in a list and in a table: by lateness of the next step, or by the column somebody chose.
import { isClosed } from "#src/domain/case-file/closed.ts";
import { compare } from "#src/domain/case-file/axis.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { careStages, legalStatuses, riskLevels } from "#src/domain/records/code-lists.ts";
import { lastChangeOf, type NextStep } from "./next-step.ts";

export const columns = ["who", "site", "stage", "status", "risk", "due", "changed", "owner"] as const;
export type Column = (typeof columns)[number];

export interface TableOrder {
  readonly column: Column;
  readonly turned: boolean;
}

/** Reads `?sort=due` or `?sort=-due`; undefined where no column is asked for. */
export function readOrder(text: string | null): TableOrder | undefined {
  const column = columns.find((name) => name === text?.replace(/^-/, ""));
  return column && { column, turned: text?.startsWith("-") === true };
}

/** The first press shows what is looked for first: the earliest day, the greatest risk, but the latest change. */
const turnedFirst: ReadonlySet<Column> = new Set<Column>(["changed"]);

/** What a press of a column's head asks for, as in the address. */
export function pressed(column: Column, order: TableOrder | undefined): string {
  const turned = order?.column === column ? !order.turned : turnedFirst.has(column);
  return turned ? `-${column}` : column;
}

/** The same address with the table in another order. */
export function withSort(query: URLSearchParams, sort: string): URLSearchParams {
  const next = new URLSearchParams(query);
  next.set("sort", sort);
  return next;
}

/** What cannot be known from a case alone. */
export interface Known {
  readonly stepOf: (file: CaseFile) => NextStep | undefined;
  readonly siteOf: (file: CaseFile) => string;
  readonly ownerOf: (file: CaseFile) => string;
  readonly collator: Intl.Collator;
}

/** Words are compared as the language does, everything else by the order of code points. */
type Key = string | number;

/** After everything else, whichever way the table is turned. */
const none = undefined;

function keyOf(file: CaseFile, column: Column, known: Known): Key | undefined {
  switch (column) {
    case "who":
      return file.case.code;
    case "site":
      return known.siteOf(file);
    case "stage":
      return careStages.codes.indexOf(file.stage.at);
    case "status":
      return legalStatuses.codes.indexOf(file.status.at);
    case "risk":
      return file.riskLevel === undefined ? none : riskLevels.codes.indexOf(file.riskLevel);
    case "due":
      return lateness(file, known);
    case "changed":
      return lastChangeOf(file);
    case "owner":
      return known.ownerOf(file) || none;
  }
}

/** Somebody in danger first, then the step that is longest overdue; a case of which nothing is due comes last. */
function lateness(file: CaseFile, { stepOf }: Pick<Known, "stepOf">): Key | undefined {
  if (isClosed(file)) return none;
  if (file.openFlags.length > 0) return "";
  return stepOf(file)?.dueOn;
}

/** The same, and what is open before what is closed where nothing is due. */
const pressure = (file: CaseFile, known: Known): Key | undefined =>
  lateness(file, known) ?? (isClosed(file) ? none : afterAnyDay);

const afterAnyDay = "~";

const byLateness: TableOrder = { column: "due", turned: false };

/** Each case is asked for its place once, not at every comparison. */
export function inOrder(
  files: readonly CaseFile[],
  order: TableOrder | undefined,
  known: Known,
): readonly CaseFile[] {
  const { column, turned } = order ?? byLateness;
  const asWords = column === "site" || column === "owner";
  return files
    .map((file) => ({ file, key: keyOf(file, column, known), tie: pressure(file, known) }))
    .toSorted((a, b) => {
      const first = compareKeys(a.key, b.key, asWords ? known.collator : undefined, turned);
      return first || compareKeys(a.tie, b.tie, undefined, false) || newestFirst(a.file, b.file);
    })
    .map(({ file }) => file);
}

const newestFirst = (a: CaseFile, b: CaseFile): number =>
  compare(b.case.receivedAt, a.case.receivedAt) || compare(a.case.id, b.case.id);

function compareKeys(
  a: Key | undefined,
  b: Key | undefined,
  collator: Intl.Collator | undefined,
  turned: boolean,
): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const way = turned ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return way * (a - b);
  const [first, second] = [String(a), String(b)];
  return way * (collator ? collator.compare(first, second) : compare(first, second));
}
