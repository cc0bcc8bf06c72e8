// A file in one line, as far as this device knows it: code, masked name, when the person was received.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { maskName } from "#src/ui/masked-name.tsx";

export const fileWords = (
  { case: { code, receivedAt }, person }: CaseFile,
  dayAndTime: (instant: string) => string,
): string =>
  [
    code,
    ...(person?.record.displayName === undefined ? [] : [maskName(person.record.displayName)]),
    dayAndTime(receivedAt),
  ].join(" · ");
