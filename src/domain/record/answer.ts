// What a question can come back with, and where it stands in the values of a form (D13).
import type { NonAnswer } from "./define.ts";
import type { FormValues } from "./clean.ts";
import { valueAt } from "./schema.ts";

/** A value, or the reason why there is none, or what was typed instead, or none of them: not asked. Never two. */
export interface Answer<V = unknown> {
  readonly value?: V | undefined;
  readonly unanswered?: NonAnswer | undefined;
  /** Typed, and not (yet) understood: kept with the form, never in a record. */
  readonly typed?: string | undefined;
}

const isReason = (reason: unknown): reason is NonAnswer =>
  reason === "declined" || reason === "later" || reason === "unknown";

function objectAt(values: FormValues, name: string): Readonly<Record<string, unknown>> {
  const inner = values[name];
  return typeof inner === "object" && inner !== null ? { ...inner } : {};
}

/** The answer that stands at a dotted path of a section's values. */
export function answerAt(values: FormValues | undefined, path: string): Answer {
  const value = valueAt(values, path);
  if (value !== undefined) return { value };
  const reason = objectAt(values ?? {}, "unanswered")[path];
  if (isReason(reason)) return { unanswered: reason };
  const typed = objectAt(values ?? {}, "typed")[path];
  return typeof typed === "string" ? { typed } : {};
}

/** A section's values with another answer at the path; what a group no longer holds is gone with its name. */
export function withAnswer(values: FormValues | undefined, path: string, answer: Answer): FormValues {
  const { value, unanswered, typed } = answer;
  const hasNone = value === undefined;
  const { unanswered: _, typed: __, ...others } = withValue(values ?? {}, path.split("."), value);
  return {
    ...others,
    ...besideIn(values, "unanswered", path, hasNone ? unanswered : undefined),
    ...besideIn(values, "typed", path, hasNone && !unanswered ? typed : undefined),
  };
}

/** What stands beside the values, by path: with another text at this path, and gone once nothing is left in it. */
function besideIn(
  values: FormValues = {},
  name: "unanswered" | "typed",
  path: string,
  text: string | undefined,
): FormValues {
  const { [path]: _, ...others } = objectAt(values, name);
  const next = text === undefined ? others : { ...others, [path]: text };
  return Object.keys(next).length === 0 ? {} : { [name]: next };
}

/** Values with another one at the path; undefined takes it out, and with it every group that is left empty. */
export function withValue(values: FormValues, steps: readonly string[], value: unknown): FormValues {
  const [name = "", ...deeper] = steps;
  const { [name]: _, ...others } = values;
  if (deeper.length === 0) return value === undefined ? others : { ...values, [name]: value };
  const inner = withValue(objectAt(values, name), deeper, value);
  return Object.keys(inner).length === 0 ? others : { ...values, [name]: inner };
}
