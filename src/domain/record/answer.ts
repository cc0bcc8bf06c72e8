// What a question can come back with, and where it stands in the values of a form (D13).
import type { NonAnswer } from "./define.ts";
import type { FormValues } from "./clean.ts";
import { valueAt } from "./schema.ts";

/** A value, or the reason why there is none, or neither: not asked. Never both. */
export interface Answer<V = unknown> {
  readonly value?: V | undefined;
  readonly unanswered?: NonAnswer | undefined;
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
  return isReason(reason) ? { unanswered: reason } : {};
}

/** A section's values with another answer at the path; what a group no longer holds is gone with its name. */
export function withAnswer(values: FormValues | undefined, path: string, answer: Answer): FormValues {
  const reasons = { ...objectAt(values ?? {}, "unanswered") };
  delete reasons[path];
  if (answer.value === undefined && answer.unanswered) reasons[path] = answer.unanswered;
  const { unanswered: _, ...others } = withValue(values ?? {}, path.split("."), answer.value);
  return Object.keys(reasons).length === 0 ? others : { ...others, unanswered: reasons };
}

/** Values with another one at the path; undefined takes it out, and with it every group that is left empty. */
export function withValue(values: FormValues, steps: readonly string[], value: unknown): FormValues {
  const [name = "", ...deeper] = steps;
  const { [name]: _, ...others } = values;
  if (deeper.length === 0) return value === undefined ? others : { ...values, [name]: value };
  const inner = withValue(objectAt(values, name), deeper, value);
  return Object.keys(inner).length === 0 ? others : { ...values, [name]: inner };
}
