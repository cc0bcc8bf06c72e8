// What one row of a `_bulk_docs` answer means for the record it answers for.
import type { Refusal } from "#src/domain/ports/store.ts";
import type { Outcome } from "./centre.ts";

export type Verdict =
  | { readonly verdict: "accepted"; readonly rev: string }
  /** The centre has another version: look at it. */
  | { readonly verdict: "conflict" }
  /** Refused because of its time: correct the clock and send again, never quarantine (D17). */
  | { readonly verdict: "time" }
  | { readonly verdict: "refused"; readonly kind: Refusal["kind"]; readonly reason: string }
  | { readonly verdict: "later" };

export function verdictOf(outcome: Outcome | undefined): Verdict {
  if (!outcome) return { verdict: "later" };
  const { error, rev } = outcome;
  if (error === undefined || error === null)
    return typeof rev === "string" ? { verdict: "accepted", rev } : { verdict: "later" };
  const reason = outcome.reason ?? error;
  switch (error) {
    case "conflict":
      return { verdict: "conflict" };
    case "forbidden":
    case "unauthorized":
      if (reason.startsWith("time:")) return { verdict: "time" };
      return { verdict: "refused", kind: reason.startsWith("schema:") ? "invalid" : "forbidden", reason };
    case "bad_request":
    case "doc_validation":
    case "illegal_docid":
      return { verdict: "refused", kind: "invalid", reason };
    case "document_too_large":
    case "too_large":
      return { verdict: "refused", kind: "too_large", reason };
    default:
      return { verdict: "later" };
  }
}
