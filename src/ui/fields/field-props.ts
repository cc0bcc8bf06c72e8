// What every question part takes, whatever its kind.
import type { NonAnswer } from "#src/domain/record/define.ts";
import type { Answer } from "#src/domain/record/answer.ts";

export interface FieldProps<F, V> {
  /** Address of the field, also the input's `name`: `person.homeArea.commune`. */
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly field: F;
  readonly answer: Answer<V>;
  readonly onAnswer: (answer: Answer<V>) => void;
  /** One answer was chosen by pointer or Enter (never by arrow keys): the form may go on. */
  readonly onChosen?: (() => void) | undefined;
  /** Reasons offered for not answering, one tap each; empty where somebody has to decide. */
  readonly nonAnswers: readonly NonAnswer[];
  /** What is wrong, in words; tied to the field and read out. */
  readonly problem?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** `question`: alone on its screen, in large type. `row`: among others. */
  readonly size?: "question" | "row" | undefined;
  /** For one line of text: legible only while somebody is in it. */
  readonly masked?: boolean | undefined;
}
