// How a day that nears is marked.
import type { Nearness } from "#src/domain/tasks/tasks.ts";

export function dueState(nearness: Nearness): "calm" | "soon" | "overdue" {
  if (nearness === "overdue") return "overdue";
  return nearness === "later" ? "calm" : "soon";
}
