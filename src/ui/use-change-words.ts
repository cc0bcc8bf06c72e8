// A change in a record's history, in words: which question, what stood there, what stands there now.
import { useMemo } from "react";
import type { Reader } from "#src/domain/ports/store.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { type Definition, type HistoryEntry, type NonAnswer, sectionOf } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { heldBy, knownField } from "./fields/field-at.ts";
import { useValueText } from "./fields/use-value-text.ts";
import { maskName } from "./masked-name.tsx";

/** What is on this device, and what a person's account is called. */
export interface Known {
  readonly read: Reader;
  readonly nameOf: (read: Reader, account: string) => string;
}

export interface ChangeWords {
  readonly path: string;
  readonly label: string;
  /** Empty where nothing stood. */
  readonly from: string;
  readonly to: string;
}

type Change = Pick<HistoryEntry, "field" | "from" | "to" | "fromUnanswered" | "toUnanswered">;

/** Names stay masked as everywhere, until somebody asks to see them. */
export const isMasked = (type: string, path: string): boolean => type === "person" && path === "displayName";

/** Says in words what changed; a change of a whole group is told by its parts. `bare`: names as they are. */
export function useChangeWords(
  { read, nameOf }: Known,
  bare = false,
): (type: string, change: Change) => readonly ChangeWords[] {
  const { t } = useTexts();
  const { fieldLabelAt, nonAnswerLabel } = useLabels();
  const { valueText } = useValueText();
  return useMemo(() => {
    function valueWords(type: string, path: string, value: unknown): string {
      if (value === undefined) return "";
      const text = typeof value === "string" ? value : "";
      if (isMasked(type, path)) return bare ? text : maskName(text);
      const field = knownField(`${sectionOf(type)}.${path}`);
      if (!field) return "";
      if (heldBy(field) === "account") return nameOf(read, text);
      // A file is told by its code, as far as it is on this device.
      if (field.kind === "link") return read.get("case", text)?.record.code ?? t("case.change.linked");
      return valueText(field, value);
    }
    /** A value, or why there is none. */
    function words(type: string, path: string, value: unknown, reason: NonAnswer | undefined): string {
      return value === undefined && reason ? nonAnswerLabel(reason) : valueWords(type, path, value);
    }
    return (type, { field, from, to, fromUnanswered = {}, toUnanswered = {} }) =>
      leavesUnder(type, field)
        .map(([path, rest]) => ({
          path,
          before: [inside(from, rest), fromUnanswered[path]] as const,
          after: [inside(to, rest), toUnanswered[path]] as const,
        }))
        .filter(({ before, after }) => !deepEqual(before, after))
        .map(({ path, before, after }) => ({
          path,
          label: fieldLabelAt(sectionOf(type), path),
          from: words(type, path, ...before),
          to: words(type, path, ...after),
        }));
  }, [t, fieldLabelAt, nonAnswerLabel, valueText, read, nameOf, bare]);
}

const inside = (value: unknown, rest: string): unknown => (rest === "" ? value : valueAt(value, rest));

/** The leaves of a field or of a group of fields, each with its path below it. */
function leavesUnder(type: string, field: string): readonly (readonly [path: string, rest: string])[] {
  if (!isRecordType(type)) return [];
  const { fields }: Definition = definitions[type];
  return leavesOf(fields)
    .map(([path]) => path)
    .filter((path) => path === field || path.startsWith(`${field}.`))
    .map((path) => [path, path.slice(field.length + 1)] as const);
}
