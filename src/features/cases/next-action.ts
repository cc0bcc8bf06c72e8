// What the right next thing to do about a case is, for whoever looks at it.
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { identityIsUnwritten } from "#src/domain/case-file/identity.ts";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import { isUndecided } from "#src/domain/case-file/undecided.ts";
import { holdsAny } from "#src/domain/commands/command.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import type { Task } from "#src/domain/tasks/tasks.ts";
import { formFor } from "#src/domain/tasks/turn.ts";

type ClockTask = Extract<Task, { readonly kind: "clock" }>;
type VisitTask = Extract<Task, { readonly kind: "visit" }>;
type TransferTask = Extract<Task, { readonly kind: "transfer" }>;
type AskTask = Extract<Task, { readonly kind: "ask" }>;

export type NextAction =
  /** A person may be in danger: say what was done. */
  | { readonly kind: "flag"; readonly flag: OpenFlag }
  /** Two versions of the same record: decide which holds. */
  | { readonly kind: "settle" }
  /** The work goes on in another file about the same person, to which its notice leads. */
  | { readonly kind: "elsewhere" }
  /** Urgent questions were put off, and it is time to ask them again. */
  | { readonly kind: "urgent"; readonly task: AskTask }
  /** A site that was asked to take over has declined, or has let its time pass. */
  | { readonly kind: "transfer"; readonly task: TransferTask }
  /** A term runs on the legal axis, or on the care axis, and whoever looks may record the step that ends it. */
  | { readonly kind: "status"; readonly task: ClockTask }
  | { readonly kind: "stage"; readonly task: ClockTask }
  /** The plan has to be agreed on with the person. */
  | { readonly kind: "plan"; readonly task: ClockTask }
  | { readonly kind: "visit"; readonly task: VisitTask }
  | { readonly kind: "consent" }
  /** There is consent to a name, and nothing is written down yet. */
  | { readonly kind: "person" }
  | { readonly kind: "owner" }
  /** The case is closed, or whoever looks may only look. */
  | { readonly kind: "none" };

/** `tasks` as `tasksOf` gives them, the most pressing first; `held` are the roles at the case's site. */
export function nextAction(
  file: CaseFile,
  tasks: readonly Task[],
  held: ReadonlySet<Role>,
  elsewhere = false,
): NextAction {
  if (!holdsAny(held, caseRoles) || file.entry.newer) return { kind: "none" };
  const [flag] = file.openFlags;
  if (flag) return { kind: "flag", flag };
  if (isUndecided(file.entry) || (file.person && isUndecided(file.person))) return { kind: "settle" };
  if (isClosed(file)) return { kind: "none" };
  if (elsewhere) return { kind: "elsewhere" };
  for (const task of tasks) {
    const action = isPressing(task) ? actionFor(task, held) : undefined;
    if (action) return action;
  }
  const consent = consentInForce(file.consents, "open_file");
  if (consent === undefined || consent === "cannot_now") return { kind: "consent" };
  if (identityIsUnwritten(file)) return { kind: "person" };
  if (file.owner === undefined) return { kind: "owner" };
  const visit = tasks.find((task) => task.kind === "visit");
  return visit ? { kind: "visit", task: visit } : { kind: "none" };
}

/** A term presses from its warning on; a visit, and a question that was put off, on its day. */
function isPressing(task: Task): boolean {
  if (task.kind === "urgent") return false;
  return task.nearness !== "later" && !(task.kind !== "clock" && task.nearness === "soon");
}

function actionFor(task: Task, held: ReadonlySet<Role>): NextAction | undefined {
  if (task.kind === "urgent") return undefined;
  if (task.kind === "visit") return { kind: "visit", task };
  if (task.kind === "ask") return { kind: "urgent", task };
  const form = formFor(task, held);
  if (task.kind === "transfer") return form === undefined ? undefined : { kind: "transfer", task };
  return form === undefined || form === "visit" || form === "urgent" || form === "transfer"
    ? undefined
    : { kind: form, task };
}
