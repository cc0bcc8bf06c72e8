// What stands on a step and would not be kept: Next halts at it, Skip drops it and says so.
import { type Answer, answerAt } from "#src/domain/record/answer.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { useToast } from "#src/ui/toast.tsx";
import { isAnswered, placeOf, questionsOf, type SheetValues, type Step, unreadIn } from "./step.ts";

interface UnreadParts {
  readonly step: Step;
  readonly values: SheetValues;
  readonly onAnswer: (section: string, path: string, answer: Answer) => void;
  readonly onGoOn: () => void;
}

export interface Unread {
  /** Names of the inputs. */
  readonly names: readonly string[];
  /** Absent where there is an answer that Skip would seem to drop. */
  readonly skip: (() => void) | undefined;
}

export function useUnread({ step, values, onAnswer, onGoOn }: UnreadParts): Unread {
  const { t } = useTexts();
  const { list } = useFormats();
  const say = useToast();
  const unread = unreadIn(step, values);
  const dropped = unread.flatMap((question) => {
    const [place, path] = [placeOf(question), question.path];
    const { typed } = answerAt(values[place], path);
    return typed === undefined ? [] : [{ place, path, typed }];
  });
  const isOpen = !questionsOf(step, values).some((question) => isAnswered(values, question));
  // What is too long is an answer, and is shortened rather than dropped.
  const maySkip = dropped.length === unread.length && (isOpen || dropped.length > 0);
  function skip(): void {
    for (const { place, path } of dropped) onAnswer(place, path, {});
    if (dropped.length > 0) {
      const what = list(dropped.map(({ typed }) => t("ui.quoted", { text: typed.trim() })));
      const bringBack = () => {
        for (const { place, path, typed } of dropped) onAnswer(place, path, { typed });
      };
      say(t("ui.step.dropped", { what }), bringBack, { ahead: true });
    }
    onGoOn();
  }
  return {
    names: unread.map(({ section, path }) => `${section}.${path}`),
    skip: maySkip ? skip : undefined,
  };
}
