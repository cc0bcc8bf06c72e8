// What the centre's verdict on a sent row makes of it, once theirs has been looked at where both differ.
import { ok, type Result } from "#src/domain/ports/result.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import type { Centre } from "./centre.ts";
import { type Version, versionOf } from "./document.ts";
import type { Verdict } from "./outcome.ts";
import { settleAccepted, settleRefused } from "./settle.ts";
import type { Author } from "./offer.ts";
import { takeOver, withoutGround } from "./take-over.ts";
import type { Trouble } from "./trouble.ts";

/** The centre's version of a record that met a conflict; `missing`: it never had it, or has forgotten it. */
export type Found = Version | "missing";

/** The centre's versions of these rows. */
export async function findTheirs(
  centre: Centre,
  database: string,
  rows: readonly Row[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, Found>, Trouble>> {
  if (rows.length === 0) return ok(new Map());
  const ids = rows.map(({ record }) => record.id);
  const answer = await centre.current(database, ids, signal);
  if (!answer.ok) return answer;
  const found = new Map<string, Found>(ids.map((id) => [id, "missing"]));
  for (const { id, value, doc } of answer.value.body) {
    if (id === undefined || !value) continue;
    const version = doc ? versionOf(doc) : undefined;
    found.set(id, version ?? { id, rev: value.rev });
  }
  return ok(found);
}

export interface Decision {
  readonly sent: Row;
  readonly verdict: Verdict;
  /** After a conflict. */
  readonly found: Found | undefined;
  /** Everything sent of the record since the centre last answered for it. */
  readonly attempts: readonly AnyRecord[];
  /** UTC instant of the centre. */
  readonly at: string;
  readonly author: Author;
  /** In the outbox, where no other row is. */
  readonly place: number;
  /** The database may have lost what it had taken. */
  readonly anew: boolean;
}

/** The row as it must become, or undefined where nothing changes. */
export function decisionOf(current: Row | undefined, decision: Decision): Row | undefined {
  const { sent, verdict, found, at } = decision;
  switch (verdict.verdict) {
    case "accepted":
      return settleAccepted(current, sent, verdict.rev, at);
    case "refused":
      return settleRefused(current, sent, { kind: verdict.kind, reason: verdict.reason, at });
    case "conflict":
      return current && found && meetFound(current, decision, found);
    case "time":
    case "later":
      return undefined;
  }
}

function meetFound(current: Row, decision: Decision, found: Found): Row | undefined {
  // A server put back from a backup does not know our revision any more: the record goes to it as a new one.
  // One that never had it and speaks of a conflict all the same is asked again.
  if (found === "missing")
    return current.outbox === undefined || current.rev === undefined ? undefined : withoutGround(current);
  // Erased, or gone to another site: the feed tells which.
  if (!found.record) return undefined;
  const { database } = decision.sent;
  return takeOver(current, { ...decision, database, version: found, state: "sent" });
}
