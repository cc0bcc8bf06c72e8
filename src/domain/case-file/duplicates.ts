// Files of one site that are about one person: what was found about them, where the work goes on, and which look alike.
import { isClosed } from "./closed.ts";
import { foldedWords, foldText } from "#src/domain/text/fold.ts";
import type { Duplicate } from "#src/domain/records/duplicate.ts";
import type { CaseFile } from "./case-file.ts";
import { likenessOf } from "./likeness.ts";

export type FindCase = (id: string) => CaseFile | undefined;

/** What holds of what was found about this file, by the other's id; the latest word counts. */
export function findingsOf({ entries, voided }: CaseFile): ReadonlyMap<string, Duplicate> {
  const found = entries
    .map(({ record }) => record)
    .filter((record): record is Duplicate => record.type === "duplicate" && !voided.has(record.id));
  return new Map(found.map((finding) => [finding.other, finding]));
}

/** The finding by which this file gives way, where one holds. */
export const yieldingOf = (file: CaseFile): Duplicate | undefined =>
  [...findingsOf(file).values()].findLast(({ same }) => same);

/**
 * The file in which the work on this one goes on; undefined for a file of its own. Also where the other is not here, or
 * two files each give way to the other: nobody's work is put away on a word that leads nowhere.
 */
export function goesOnIn(file: CaseFile, find: FindCase): CaseFile | undefined {
  const passed = new Set([file.case.id]);
  let at = file;
  for (;;) {
    const next = yieldingOf(at);
    if (!next) return at === file ? undefined : at;
    const other = find(next.other);
    if (!other || other.database !== file.database || passed.has(next.other)) return undefined;
    passed.add(next.other);
    at = other;
  }
}

/** Whether the dates of this file are met in another: never in one that is closed while this one is open. */
export function isKeptElsewhere(file: CaseFile, find: FindCase): boolean {
  const main = goesOnIn(file, find);
  return main !== undefined && (!isClosed(main) || isClosed(file));
}

/** Two files that may be about one person, the earlier first. */
export type LikelyPair = readonly [CaseFile, CaseFile];

/** The same paper, or the same full name and year of birth: see `likenessOf`. */
const leastLikeness = 6;
/** More than so many with one name say nothing. */
const mostAlike = 8;

/** Pairs on which nobody has said anything yet, of which at least one is open. */
export function likelyPairs(files: readonly CaseFile[]): readonly LikelyPair[] {
  const alike = new Map<string, CaseFile[]>();
  for (const file of files)
    for (const key of keysOf(file)) {
      const others = alike.get(key);
      if (others) others.push(file);
      else alike.set(key, [file]);
    }
  const pairs = new Map<string, LikelyPair>();
  for (const group of alike.values()) {
    if (group.length > mostAlike) continue;
    for (const pair of pairsIn(group))
      if (isLikely(pair)) pairs.set(pair.map((file) => file.case.id).join(" "), pair);
  }
  return [...pairs.values()];
}

const pairsIn = (group: readonly CaseFile[]): readonly LikelyPair[] =>
  group.flatMap((one, index) => group.slice(index + 1).map((other): LikelyPair => inOrder(one, other)));

const inOrder = (one: CaseFile, other: CaseFile): LikelyPair =>
  stampOf(one) <= stampOf(other) ? [one, other] : [other, one];
const stampOf = (file: CaseFile): string => `${file.case.createdAt} ${file.case.id}`;

function isLikely([one, other]: LikelyPair): boolean {
  const open = !isClosed(one) || !isClosed(other);
  const judged = findingsOf(one).has(other.case.id) || findingsOf(other).has(one.case.id);
  // Several cases of one person are known to be hers.
  if (!open || judged || (one.case.person !== undefined && one.case.person === other.case.person))
    return false;
  if (one.case.code === other.case.code) return true;
  return likenessOf(one.person?.record, other.person?.record) >= leastLikeness;
}

/** Whatever two files must share at least to be one person's, within their site. */
function keysOf({ database, case: { code }, person }: CaseFile): readonly string[] {
  const paper = foldText(person?.record.paperNumber ?? "").replaceAll(" ", "");
  const name = foldedWords(person?.record.displayName ?? "")
    .toSorted()
    .join(" ");
  return [
    `${database} code ${code}`,
    ...(paper === "" ? [] : [`${database} paper ${paper}`]),
    ...(name === "" ? [] : [`${database} name ${name}`]),
  ];
}
