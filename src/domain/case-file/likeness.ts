// How much speaks for it that two people of whom something is known are one: papers, names, years of birth.
import { valueAt } from "#src/domain/record/schema.ts";
import { foldedWords, foldText } from "#src/domain/text/fold.ts";

/** 0: nothing speaks for it. Higher: more does. */
export function likenessOf(one: object | undefined, other: object | undefined): number {
  if (!other) return 0;
  const papers = [one, other].map((who) => foldText(textAt(who, "paperNumber")).replaceAll(" ", ""));
  const samePaper = papers[0] !== "" && papers[0] === papers[1] ? 8 : 0;
  const typed = foldedWords(textAt(one, "displayName"));
  const known = foldedWords(textAt(other, "displayName"));
  const years = [birthYears(one), birthYears(other)] as const;
  const sameYear = years[0].some((year) => years[1].includes(year));
  const name = nameLikeness(typed, known);
  // A name in common alone is half of Vietnam; with the same year it is worth a look.
  const sharesName = sameYear && typed.some((word) => word.length > 1 && given(known).includes(word));
  if (name === 0 && !sharesName) return samePaper;
  return samePaper + name + (sharesName ? 1 : 0) + (sameYear ? 1 : 0);
}

/** Words in any order; the last one may not be finished. */
function nameLikeness(typed: readonly string[], known: readonly string[]): number {
  if (typed.join("").length < 2 || known.length === 0) return 0;
  const left = [...known];
  for (const word of typed.toSorted((a, b) => b.length - a.length)) {
    const at = left.findIndex((candidate) => candidate === word);
    const begun = at === -1 && word === typed.at(-1) ? left.findIndex((it) => it.startsWith(word)) : at;
    if (begun === -1) return containsAll(typed, known) ? 2 : 0;
    left.splice(begun, 1);
  }
  return left.length === 0 ? 4 : 2;
}

/** All of a known name of two words or more is in what was typed: a name said more fully this time. */
const containsAll = (typed: readonly string[], known: readonly string[]): boolean =>
  known.length > 1 && known.every((word) => typed.includes(word));

/** The family name says least: it is the first of two or more words, and the last where the order is turned. */
const given = (words: readonly string[]): readonly string[] => (words.length > 1 ? words.slice(1) : words);

function birthYears(who: object | undefined): readonly number[] {
  const birth = textAt(who, "birthDate");
  if (birth !== "") return [Number(birth.slice(0, 4))];
  const age = valueAt(who, "ageYears");
  const asOf = textAt(who, "ageAsOf");
  // Somebody of 20 full years was born in either of two years.
  if (typeof age !== "number" || asOf === "") return [];
  const year = Number(asOf.slice(0, 4)) - age;
  return [year, year - 1];
}

function textAt(who: object | undefined, path: string): string {
  const value = valueAt(who, path);
  return typeof value === "string" ? value : "";
}
