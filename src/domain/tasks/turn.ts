// Whose turn it is to meet a term, and who may record here that it was met.
import { compare } from "#src/domain/case-file/axis.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { holdsAny } from "#src/domain/commands/command.ts";
import { stageSteps, statusSteps } from "#src/domain/commands/steps.ts";
import type { Clock } from "#src/domain/profiles/profile.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import type { Task } from "./tasks.ts";

export type DatedTask = Exclude<Task, { readonly kind: "urgent" }>;

/** What meets a task: a step on the legal axis, one on the care axis, the plan, a visit, the urgent questions, a transfer. */
type Form = "status" | "stage" | "plan" | "visit" | "urgent" | "transfer";

export interface Turn {
  /** `mine`: of whoever looks; `owner`: of the one who is responsible; `outside`: of an authority, which is asked. */
  readonly of: "mine" | "owner" | "workers" | "supervisor" | "outside";
  /** The authority that was asked, as somebody wrote it. */
  readonly body: string | undefined;
  /** The form that meets it, where whoever looks may fill it in. */
  readonly form: Form | undefined;
  /** Who may fill it in. */
  readonly roles: readonly Role[];
}

/** `me` is an account's name, `held` its roles at the case's site. */
export function turnOf(task: DatedTask, me: string, held: ReadonlySet<Role>): Turn {
  const roles = caseRoles.filter((role) => formFor(task, new Set([role])) !== undefined);
  const of = ofWhom(task, me, held);
  const body =
    of === "outside" && task.kind === "clock" ? task.file.status.since?.responsibleBody : undefined;
  return { of, body, form: formFor(task, held), roles };
}

/** Nothing to do about it here for whoever looks, but to know of it. */
export const isWaiting = ({ of, form }: Turn): boolean =>
  form === undefined && (of === "supervisor" || of === "outside");

/** One's own first, then those of others, at last those one can only wait for; the nearer first among equals. */
export function byTurn(a: TurnedTask, b: TurnedTask): number {
  return rank(a.turn) - rank(b.turn) || compare(a.task.dueOn, b.task.dueOn);
}

/** Tells a task from the others of its case. */
export const nameOfTask = (task: DatedTask): string => (task.kind === "clock" ? task.clock.name : task.kind);

export interface TurnedTask {
  readonly task: DatedTask;
  readonly turn: Turn;
}

function rank(turn: Turn): number {
  if (turn.of === "mine") return 0;
  return isWaiting(turn) ? 2 : 1;
}

function ofWhom(task: DatedTask, me: string, held: ReadonlySet<Role>): Turn["of"] {
  // A site that was asked has its time; then it is for who asked to find out.
  if (task.kind === "transfer" && isUnanswered(task)) return "outside";
  const turn = task.kind === "clock" ? task.clock.turn : "worker";
  if (turn === "outside") return "outside";
  if (turn === "supervisor") return held.has("supervisor") ? "mine" : "supervisor";
  const { owner } = task.file;
  if (owner !== undefined) return owner === me ? "mine" : "owner";
  return holdsAny(held, ["cadre", "social_worker"]) ? "mine" : "workers";
}

/** The form that meets a task, if somebody who holds these roles may fill it in. */
export function formFor(task: DatedTask, held: ReadonlySet<Role>): Form | undefined {
  if (task.kind === "visit") return holdsAny(held, caseRoles) ? "visit" : undefined;
  if (task.kind === "ask") return holdsAny(held, caseRoles) ? "urgent" : undefined;
  if (task.kind === "transfer")
    return !isUnanswered(task) && holdsAny(held, caseRoles) ? "transfer" : undefined;
  return stepMeets(task.file, task.clock, held);
}

const isUnanswered = ({ standing, nearness }: Extract<Task, { readonly kind: "transfer" }>): boolean =>
  standing.state === "asked" && nearness !== "overdue";

/** Where somebody who holds these roles may record what ends the term: an axis, or the plan. */
function stepMeets(file: CaseFile, { starts, ends }: Clock, held: ReadonlySet<Role>): Form | undefined {
  if (ends.planAgreed) return holdsAny(held, caseRoles) ? "plan" : undefined;
  // A term that a legal status ends is met on the legal axis, whatever started it.
  if (ends.status || (ends.leaving && starts.on === "status")) {
    const steps = statusSteps(file, held);
    const meets = ends.status ? steps.some((step) => ends.status?.includes(step)) : steps.length > 0;
    return meets ? "status" : undefined;
  }
  return ends.leaving && stageSteps(file, held).length > 0 ? "stage" : undefined;
}
