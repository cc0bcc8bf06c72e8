// Fetches one person's name from the centre, with the caller's own rights; it goes to whoever asked and nowhere else (D1).
import type { NameFault } from "#src/domain/ports/exchange.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { identityDatabase } from "#src/domain/record/databases.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import type { CouchClient } from "./couch-client.ts";
import { documentSchema, versionOf } from "./document.ts";
import type { Session } from "./session.ts";
import type { Trouble } from "./trouble.ts";

export type NameOf = (siteId: string, personId: string) => Promise<Result<string | undefined, NameFault>>;

/**
 * A plain read of the one document, so that the log of the front door, or of a CouchDB, has a line of its own for it: who,
 * which database, when.
 */
export function createNameOf(deps: {
  readonly client: CouchClient;
  readonly session: Session;
  /** Aborted when the engine breaks off what it does. */
  readonly signal: () => AbortSignal;
}): NameOf {
  return async (siteId, personId) => {
    const path = `/${encodeURIComponent(identityDatabase(siteId))}/${encodeURIComponent(personId)}`;
    const ask = { method: "GET", path, schema: documentSchema } as const;
    const signal = deps.signal();
    const answer = await deps.session.ask(() => deps.client.ask(ask, signal), signal);
    if (!answer.ok) return err(nameFault(answer.error));
    const record = versionOf(answer.value.body)?.record;
    if (!record) return err({ type: "NameGone" });
    const { displayName } = { displayName: undefined, ...readAsCurrent(record).record };
    return ok(typeof displayName === "string" ? displayName : undefined);
  };
}

function nameFault(trouble: Trouble): NameFault {
  if (trouble.kind === "stopped" || trouble.kind === "unreachable" || trouble.kind === "notTheCentre")
    return { type: "NoConnection" };
  if (trouble.kind !== "status") return { type: "CentreFault" };
  if (trouble.status === 404) return { type: "NameGone" };
  return { type: trouble.status === 403 ? "NameNotOpen" : "CentreFault" };
}
