// Where somebody is in a form of steps, and the ways on, back and across.
import { nearestStep, type SheetValues, type Step, stepFrom, stepsFor } from "./step.ts";

/** What the browser's history offers; each step is one entry of it. */
interface History {
  /** The step the address names. */
  readonly asked: string | undefined;
  /** Where "next" leads after a jump, such as back to the summary. */
  readonly returnTo: string | undefined;
  go(step: string, options?: { returnTo?: string; replace?: boolean }): void;
  back(previous: string | undefined): void;
}

export interface Walk<N extends string> {
  readonly step: Step<N>;
  /** Counted from 1. */
  readonly place: number;
  readonly count: number;
  readonly next: () => void;
  /** Absent on the first step. */
  readonly back: (() => void) | undefined;
  /** Goes to another step; its "next" comes back here. */
  readonly visit: (name: N) => void;
}

/** `saved`: the step at which the draft was left, for an address that names none. */
export function walk<N extends string>(
  steps: readonly Step<N>[],
  values: SheetValues,
  history: History,
  saved: string | undefined,
): Walk<N> {
  const step = nearestStep(steps, values, history.asked ?? saved ?? steps[0]?.name);
  const taken = stepsFor(steps, values);
  const previous = stepFrom(steps, values, step.name, -1);
  return {
    step,
    place: taken.indexOf(step) + 1,
    count: taken.length,
    next() {
      const target = history.returnTo ?? stepFrom(steps, values, step.name, 1);
      if (target !== undefined) history.go(target);
    },
    back: previous === undefined ? undefined : () => history.back(previous),
    visit: (name) => history.go(name, { returnTo: step.name }),
  };
}
