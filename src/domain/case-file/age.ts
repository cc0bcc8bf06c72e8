// How old somebody is as far as it is known: between two numbers of full years, and never older than is certain.
import { fullYears, precisionOf } from "#src/domain/record/dates.ts";

export interface Age {
  /** Full years, at least. Whoever may be under 18 is treated as such until it is certain. */
  readonly from: number;
  /** Full years, at most. */
  readonly to: number;
  /**
   * What it was worked out from: a full birth date, its month or its year, an age that was told, a year or month together
   * with an age (`both`), or the two where they contradict each other (`apart`).
   */
  readonly by: "day" | "month" | "year" | "told" | "both" | "apart";
  /** The day on which it was told, as long as no full year has passed since. */
  readonly toldOn?: string;
}

/** What a record, or a form, says of somebody's age. */
export interface AgeFacts {
  readonly birthDate?: string | undefined;
  readonly ageYears?: number | undefined;
  /** The day on which `ageYears` was true; without one, `on` itself. */
  readonly ageAsOf?: string | undefined;
}

const ends = {
  year: (birth: string) => [`${birth}-01-01`, `${birth}-12-31`],
  // The day after which the month's last child is a year older: the 31st stands for the last day of any month.
  month: (birth: string) => [`${birth}-01`, `${birth}-31`],
  day: (birth: string) => [birth, birth],
} as const;

function fromBirth(birth: string, on: string): Age | undefined {
  const by = precisionOf(birth);
  if (by === undefined) return undefined;
  const [first = birth, last = birth] = ends[by](birth);
  return { from: Math.max(fullYears(last, on), 0), to: Math.max(fullYears(first, on), 0), by };
}

/** Whoever was so many full years old on one day has had, by another, as many birthdays as years have passed, or one more. */
function fromTold(years: number, asOf: string, on: string): Age {
  const from = years + fullYears(asOf, on);
  const to = asOf.slice(5) === on.slice(5) ? from : from + 1;
  return { from, to, by: "told", ...(from === years ? { toldOn: asOf } : {}) };
}

/** The age on a full date; undefined where nothing is known. Both facts together narrow it, unless they contradict. */
export function ageOn({ birthDate, ageYears, ageAsOf }: AgeFacts, on: string): Age | undefined {
  const born = birthDate === undefined ? undefined : fromBirth(birthDate, on);
  const told = ageYears === undefined ? undefined : fromTold(ageYears, ageAsOf ?? on, on);
  if (!born || !told || born.by === "day") return born ?? told;
  const narrowed = { from: Math.max(born.from, told.from), to: Math.min(born.to, told.to) };
  if (narrowed.from <= narrowed.to) return { ...narrowed, by: "both" };
  return { from: Math.min(born.from, told.from), to: Math.max(born.to, told.to), by: "apart" };
}

/** The two ages where what was said of birth and of age cannot both be true on that day; undefined where they can. */
export function contradiction(
  { birthDate, ageYears, ageAsOf }: AgeFacts,
  on: string,
): { readonly born: Age; readonly told: Age } | undefined {
  const born = birthDate === undefined ? undefined : fromBirth(birthDate, on);
  const told = ageYears === undefined ? undefined : fromTold(ageYears, ageAsOf ?? on, on);
  if (!born || !told || (told.from <= born.to && born.from <= told.to)) return undefined;
  return { born, told };
}

/** Under 18, or perhaps: what protects minors holds for both. */
export const isPerhapsMinor = (age: Age): boolean => age.from < 18;
