// People on this device who may be the one being received: by paper number, by name, by name and year of birth.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { likenessOf } from "#src/domain/case-file/likeness.ts";

/** Most likely first, at most so many: more would be a list to read, not a hint. */
const shownAtMost = 4;

export function possibleDuplicates(
  files: readonly CaseFile[],
  identity: FormValues | undefined,
): readonly CaseFile[] {
  return files
    .map((file) => ({ file, likeness: likenessOf(identity, file.person?.record) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, shownAtMost)
    .map(({ file }) => file);
}
