// A code that only some may lower, such as a level of risk: what counts as lower, and taking back an own slip (D14).
import type { AnyRecord } from "./define.ts";
import type { CodeField } from "./field.ts";
import { latestOf } from "./history.ts";
import type { Role } from "#src/domain/roles.ts";

/** How long whoever raised a grade may take that back themselves; milliseconds. */
export const slipMs = 3_600_000;

/** No answer is the lowest place. */
const placeOf = ({ list }: CodeField, code: unknown): number => {
  const place = list.codes.findIndex((known) => known === code);
  return place === -1 ? list.codes.length : place;
};

/** The list of the field runs from the strictest code down. */
export const isLower = (field: CodeField, code: unknown, than: unknown): boolean =>
  placeOf(field, code) > placeOf(field, than);

/** Whether somebody with these roles may set the field to a lower code. */
export const mayLower = ({ loweredBy }: CodeField, held: ReadonlySet<Role>): boolean =>
  loweredBy?.some((role) => held.has(role)) ?? true;

/** Whether setting the field to this code only takes back what the same person raised a moment ago. */
export function isTakenBack(
  record: AnyRecord,
  name: string,
  code: string | undefined,
  acting: { readonly now: string; readonly user: { readonly name: string } },
): boolean {
  const [last, ...others] = latestOf((record.history ?? []).filter(({ field }) => field === name));
  if (!last || others.length > 0 || last.by !== acting.user.name || last.from !== code) return false;
  return Date.parse(acting.now) - Date.parse(last.at) <= slipMs;
}
