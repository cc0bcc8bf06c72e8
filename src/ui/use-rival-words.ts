// Two versions that nobody has decided between, in words: who wrote what, and when, for a card and for a line on Today.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Fork, Step } from "#src/domain/case-file/forks.ts";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import { type Clash, contentAfter } from "#src/domain/record/history.ts";
import { careStages, legalStatuses } from "#src/domain/records/code-lists.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { type Known, useChangeWords } from "./use-change-words.ts";

export interface Told {
  /** What was written, as the reader's language says it. */
  readonly words: string;
  readonly who: string;
  /** Day and time at the place. */
  readonly when: string;
}

interface Rivals {
  readonly sidesOf: (record: AnyRecord, clash: Clash) => readonly (Told & { readonly side: HistoryEntry })[];
  readonly stepsOf: (file: CaseFile, fork: Fork) => readonly (Told & { readonly step: Step })[];
}

/** Who reads, and on which device. */
interface RivalReader {
  readonly me: string;
  readonly device: string;
}

interface Writing {
  readonly by: string;
  readonly device: string;
}

/** `bare`: names as they are. */
export function useRivalWords(known: Known, { me, device: here }: RivalReader, bare = false): Rivals {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { date, dayAndTime } = useFormats();
  const wordsOf = useChangeWords(known, bare);
  const who = ({ by, device }: Writing, all: readonly Writing[]): string => {
    if (by !== me) return known.nameOf(known.read, by);
    // Somebody who works on two devices and contradicts themselves.
    const isTwice = all.every((each) => each.by === me) && all.some((each) => each.device !== device);
    if (!isTwice) return t("case.clash.you");
    return t(device === here ? "case.clash.youHere" : "case.clash.youElsewhere");
  };
  return {
    sidesOf: ({ type }, { unit, sides }) =>
      sides.map((side) => {
        const { value, unanswered = {} } = contentAfter(side);
        const said = wordsOf(type, { field: unit.path, to: value, toUnanswered: unanswered });
        const words = said
          .map(({ path, label, to }) => (path === unit.path ? to : `${label}: ${to}`))
          .join("; ");
        return {
          side,
          words: words || t("case.change.empty"),
          who: who(side, sides),
          when: dayAndTime(side.at),
        };
      }),
    stepsOf: ({ profile }, { axis, steps }) =>
      steps.map((step, _index, all) => {
        const written = all.map(({ createdBy, device }) => ({ by: createdBy, device }));
        const to =
          axis === "status" ? codeLabel(legalStatuses, step.to, profile.id) : codeLabel(careStages, step.to);
        const words = t("case.fork.words", { to, date: date(step.effectiveOn) });
        const { createdBy: by, device } = step;
        return { step, words, who: who({ by, device }, written), when: dayAndTime(step.createdAt) };
      }),
  };
}
