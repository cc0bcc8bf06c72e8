// Where in a form somebody is: each step is an entry of the browser's history, so that its Back is ours too.
import { useEffect, useRef } from "react";
import { type Location, useLocation, useNavigate } from "react-router";

/** The query parameter that names the step. */
const parameter = "step";

export interface StepHistory {
  /** The step the address names; undefined where it names none. */
  readonly asked: string | undefined;
  /**
   * Goes to a step; `returnTo` is where its "next" leads instead of the step after it. A slow phone shows for a while the
   * screen that was left: from there nothing more goes anywhere, neither a second press, which would be an entry that
   * Back seems to be stuck at, nor the form's own correction of the address, which would swallow the first.
   */
  go(step: string, options?: { returnTo?: string; replace?: boolean }): void;
  /** One step back in the history while it is this form's, else to `previous`. */
  back(previous: string | undefined): void;
  readonly returnTo: string | undefined;
  /** Back to the form's first entry, so that Back after saving does not walk through it again. */
  rewind(): void;
}

interface Position {
  /** How many entries of this form lie before this one in the history. */
  readonly depth: number;
  readonly returnTo: string | undefined;
}

function positionOf(state: unknown): Position {
  const field = (name: string): unknown =>
    typeof state === "object" && state !== null ? Reflect.get(state, name) : undefined;
  const depth = field("depth");
  const returnTo = field("returnTo");
  return {
    depth: typeof depth === "number" ? depth : 0,
    returnTo: typeof returnTo === "string" ? returnTo : undefined,
  };
}

export function useStepHistory(): StepHistory {
  const location = useLocation();
  const { search } = location;
  const state: unknown = location.state;
  const navigate = useNavigate();
  const { depth, returnTo } = positionOf(state);
  const left = useRef<Location>(undefined);
  useEffect(() => {
    // The browser's own Back may undo a step before its screen has come: then this entry was not left after all.
    const undone = () => (left.current = undefined);
    addEventListener("popstate", undone);
    return () => removeEventListener("popstate", undone);
  }, []);
  const addressOf = (step: string): string => {
    const query = new URLSearchParams(search);
    query.set(parameter, step);
    return `?${query.toString()}`;
  };
  return {
    asked: new URLSearchParams(search).get(parameter) ?? undefined,
    returnTo,
    go(step, options = {}) {
      const replace = options.replace === true;
      if (left.current === location) return;
      if (!replace) left.current = location;
      void navigate(addressOf(step), {
        replace,
        state: { depth: replace ? depth : depth + 1, returnTo: options.returnTo } satisfies Position,
      });
    },
    back(previous) {
      if (depth > 0) void navigate(-1);
      else if (previous !== undefined) void navigate(addressOf(previous), { replace: true });
    },
    rewind() {
      if (depth > 0) void navigate(-depth);
    },
  };
}
