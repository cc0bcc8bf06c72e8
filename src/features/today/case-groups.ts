// What Today shows: each case once, under what presses most, with all that is to be done about it.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import type { Task } from "#src/domain/tasks/tasks.ts";
import { byTurn, isWaiting, type TurnedTask, turnOf } from "#src/domain/tasks/turn.ts";

export interface DueCase {
  readonly file: CaseFile;
  readonly flags: readonly OpenFlag[];
  /** One's own first; what is further off stands on the case's own page. */
  readonly tasks: readonly TurnedTask[];
}

const names = ["urgent", "overdue", "dueToday", "soon", "waiting"] as const;
type GroupName = (typeof names)[number];

export interface CaseGroup {
  /** Text key `today.<name>`. */
  readonly name: GroupName;
  readonly tone: "urgent" | "due" | "plain";
  readonly cases: readonly DueCase[];
}

const tones = {
  urgent: "urgent",
  overdue: "due",
  dueToday: "due",
  soon: "plain",
  waiting: "plain",
} as const;

/** Groups with at least one case, the most pressing first; in each, cases in which one has to act oneself first. */
export function groupByCase(
  tasks: readonly Task[],
  account: { readonly name: string; readonly roles: readonly string[] },
): readonly CaseGroup[] {
  const byCase = new Map<CaseFile, Task[]>();
  for (const task of tasks) byCase.set(task.file, [...(byCase.get(task.file) ?? []), task]);
  const cases = [...byCase].map(([file, ofCase]) => dueCase(file, ofCase, account));
  return names
    .map((name) => ({
      name,
      tone: tones[name],
      cases: cases.filter((due) => groupOf(due) === name).toSorted((a, b) => ownOf(a, name) - ownOf(b, name)),
    }))
    .filter((group) => group.cases.length > 0);
}

function dueCase(
  file: CaseFile,
  tasks: readonly Task[],
  account: { readonly name: string; readonly roles: readonly string[] },
): DueCase {
  const held = file.site ? rolesFor(account.roles, file.site) : new Set<never>();
  const dated = tasks.filter((task) => task.kind !== "urgent");
  return {
    file,
    flags: file.openFlags,
    tasks: dated
      .filter(({ nearness }) => nearness !== "later")
      .map((task) => ({ task, turn: turnOf(task, account.name, held) }))
      .toSorted(byTurn),
  };
}

function nameOf({ task, turn }: TurnedTask): GroupName {
  if (isWaiting(turn)) return "waiting";
  if (task.nearness === "today") return "dueToday";
  return task.nearness === "overdue" ? "overdue" : "soon";
}

function groupOf({ flags, tasks }: DueCase): GroupName | undefined {
  if (flags.length > 0) return "urgent";
  const found = tasks.map(nameOf);
  return names.find((name) => found.includes(name));
}

const ownOf = ({ tasks }: DueCase, name: GroupName): number =>
  tasks.some((due) => due.turn.of === "mine" && nameOf(due) === name) ? 0 : 1;
