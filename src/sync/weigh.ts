// What a request that failed as a whole means for the rows it carried.
import type { Verdict } from "./outcome.ts";
import type { Trouble } from "./trouble.ts";

/** So many rows that fail alone are not the rows' fault. */
const mostFailuresAlone = 3;

/**
 * The verdict for all of its rows, "again" with fewer of them, or undefined: give up.
 * @param failuresAlone rows that failed alone before this one, one after the other
 */
export function weigh(trouble: Trouble, rows: number, failuresAlone: number): Verdict | "again" | undefined {
  if (trouble.kind !== "status") return undefined;
  const { status, reason } = trouble;
  const rowsAtFault = status === 413 || status === 400 || status === 422;
  if (rowsAtFault && rows > 1) return "again";
  if (rowsAtFault) return { verdict: "refused", kind: status === 413 ? "too_large" : "invalid", reason };
  return status === 500 && rows === 1 && failuresAlone < mostFailuresAlone ? { verdict: "later" } : undefined;
}
