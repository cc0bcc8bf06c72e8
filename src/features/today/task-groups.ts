// Which tasks Today shows together; what is further off stands on the case's own page.
import type { Task } from "#src/domain/tasks/tasks.ts";

export interface TaskGroup {
  /** Text key `today.<name>`. */
  readonly name: "urgent" | "overdue" | "dueToday" | "soon";
  readonly tone: "urgent" | "due" | "plain";
  readonly tasks: readonly Task[];
}

const groupOf = (task: Task): TaskGroup["name"] | "later" => {
  if (task.kind === "urgent") return "urgent";
  return task.nearness === "today" ? "dueToday" : task.nearness;
};

const tones = { urgent: "urgent", overdue: "due", dueToday: "due", soon: "plain" } as const;

/** Groups with at least one task, the most pressing first; inside each the order of the input. */
export function groupTasks(tasks: readonly Task[]): readonly TaskGroup[] {
  return (["urgent", "overdue", "dueToday", "soon"] as const)
    .map((name) => ({ name, tone: tones[name], tasks: tasks.filter((task) => groupOf(task) === name) }))
    .filter((group) => group.tasks.length > 0);
}
