// The questions of one step; after a single choice that leaves nothing open the form goes on by itself.
import { Fragment, type ReactNode, useEffect, useRef, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { Answer } from "#src/domain/record/answer.ts";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import {
  goesOn,
  isAnswered,
  placeOf,
  type Question,
  questionsOf,
  type SheetValues,
  type Step,
} from "./step.ts";

export interface StepQuestionsProps {
  readonly step: Step;
  readonly values: SheetValues;
  readonly onAnswer: (section: string, path: string, answer: Answer) => void;
  readonly onGoOn: () => void;
  /** What one question of the screen needs beside its description. */
  readonly extra?: (question: Question) => {
    readonly first?: readonly string[] | undefined;
    readonly help?: string | undefined;
    readonly problem?: string | undefined;
    readonly below?: ReactNode;
  };
}

// Long enough to see what was chosen, short enough not to wait for it.
const seenMs = 120;

export function StepQuestions({ step, values, onAnswer, onGoOn, extra }: StepQuestionsProps) {
  const { t } = useTexts();
  const now = useRef({ values, onGoOn });
  useEffect(() => {
    now.current = { values, onGoOn };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<Question>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const here = useRef<HTMLDivElement>(null);
  const [begun] = useState(() => firstLeftOpen(step, values));
  useEffect(() => {
    const isInForm = here.current?.closest("form")?.contains(document.activeElement);
    // Somebody who walks from step to step reads each from its heading, which has taken the focus.
    if (!begun || isInForm) return;
    here.current?.querySelector<HTMLElement>(`[data-field="${begun}"] :is(input, textarea)`)?.focus();
  }, [begun]);

  function chosen(question: Question): void {
    clearTimeout(timer.current);
    waiting.current = question;
    timer.current = setTimeout(() => {
      if (goesOn(step, values, now.current.values, question)) now.current.onGoOn();
    }, seenMs);
  }

  const questions = questionsOf(step, values);
  return (
    <div className="stack-loose" ref={here}>
      {questions.map((question) => {
        const { section, path, label, help, without } = question;
        const place = placeOf(question);
        const more = extra?.(question);
        return (
          <Fragment key={`${place}.${path}`}>
            <RecordField
              section={section}
              path={path}
              values={values[place]}
              onAnswer={(at, answer) => {
                // Somebody is already at the next question of this screen: do not pull it away.
                if (waiting.current !== question) clearTimeout(timer.current);
                onAnswer(place, at, answer);
              }}
              onChosen={() => chosen(question)}
              size={questions.length === 1 ? "question" : "row"}
              label={label && t(label)}
              help={more?.help ?? (help && t(help))}
              first={more?.first}
              without={without}
              problem={more?.problem}
            />
            {more?.below}
          </Fragment>
        );
      })}
    </div>
  );
}

/** Where somebody goes on who was called away in the middle of a step: the name of its first question without an answer. */
function firstLeftOpen(step: Step, values: SheetValues): string | undefined {
  const questions = questionsOf(step, values);
  if (!questions.some((question) => isAnswered(values, question))) return undefined;
  const open = questions.find((question) => !isAnswered(values, question));
  return open && `${open.section}.${open.path}`;
}
