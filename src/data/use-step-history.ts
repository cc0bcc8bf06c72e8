// Where in a form somebody is: each step is an entry of the browser's history, so that its Back is ours too.
import { useLocation, useNavigate } from "react-router";

/** The query parameter that names the step. */
const parameter = "step";

export interface StepHistory {
  /** The step the address names; undefined where it names none. */
  readonly asked: string | undefined;
  /** Goes to a step; `then` is where its "next" leads instead of the step after it. */
  go(step: string, options?: { then?: string; replace?: boolean }): void;
  /** One step back in the history while it is this form's, else to `previous`. */
  back(previous: string | undefined): void;
  readonly then: string | undefined;
}

interface Position {
  /** How many entries of this form lie before this one in the history. */
  readonly depth: number;
  readonly then: string | undefined;
}

function positionOf(state: unknown): Position {
  const field = (name: string): unknown =>
    typeof state === "object" && state !== null ? Reflect.get(state, name) : undefined;
  const depth = field("depth");
  const then = field("then");
  return {
    depth: typeof depth === "number" ? depth : 0,
    then: typeof then === "string" ? then : undefined,
  };
}

export function useStepHistory(): StepHistory {
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const { depth, then } = positionOf(state);
  const addressOf = (step: string): string => {
    const query = new URLSearchParams(search);
    query.set(parameter, step);
    return `?${query.toString()}`;
  };
  return {
    asked: new URLSearchParams(search).get(parameter) ?? undefined,
    then,
    go(step, options = {}) {
      const replace = options.replace === true;
      void navigate(addressOf(step), {
        replace,
        state: { depth: replace ? depth : depth + 1, then: options.then } satisfies Position,
      });
    },
    back(previous) {
      if (depth > 0) void navigate(-1);
      else if (previous !== undefined) void navigate(addressOf(previous), { replace: true });
    },
  };
}
