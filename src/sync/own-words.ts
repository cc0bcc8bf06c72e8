// Where no front door puts versions together that two servers have left: each person's device brings on what that person said.
import { err, type Result } from "#src/domain/ports/result.ts";
import { isErased } from "#src/domain/ports/store.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import type { Centre } from "./centre.ts";
import { versionOf } from "./document.ts";
import { merged } from "./merged.ts";
import { type Author, offered } from "./offer.ts";
import { storage } from "./storage-trouble.ts";
import { toSend } from "./take-over.ts";
import type { Trouble } from "./trouble.ts";

export interface OwnWordsDeps {
  readonly centre: Pick<Centre, "versions">;
  readonly replica: Replica;
  readonly author: Author;
}

/** Looks at all versions of these records; what is found to be brought on waits in the outbox. */
export async function bringOwnWords(
  database: string,
  ids: readonly string[],
  { centre, replica, author }: OwnWordsDeps,
  signal: AbortSignal,
): Promise<Result<void, Trouble>> {
  const answer = await centre.versions(database, ids, signal);
  if (!answer.ok) return answer;
  const versions = new Map<string, readonly AnyRecord[]>();
  for (const document of answer.value.body) {
    const { id, record } = versionOf(document) ?? {};
    if (id !== undefined && record) versions.set(id, [...(versions.get(id) ?? []), record]);
  }
  const kept = await replica.exchange(database, ids, (id, row, place) =>
    row ? withOwnWords(row, versions.get(id) ?? [], author, place) : undefined,
  );
  return kept.ok ? kept : err(storage(kept.error));
}

/**
 * The row with what this person said in versions beside it, to be sent on top of the centre's; undefined where it says all of
 * that. What others said there is theirs to bring: the centre takes it from nobody else (ADR 12).
 */
export function withOwnWords(
  row: Row,
  versions: readonly AnyRecord[],
  author: Author,
  place: number,
): Row | undefined {
  if (row.rev === undefined || row.moved || isErased(row.sync)) return undefined;
  if ([row.record, ...versions].some((record) => Object.hasOwn(record, "erased"))) return undefined;
  const ground = row.base ?? row.record;
  const isUnsent = row.base !== undefined;
  const whole = versions.reduce<AnyRecord>((record, version) => {
    const outcome = merged(version, record, author.newId);
    if (!outcome.ok || outcome.value === record) return record;
    // What is unsent here already is looked through before it goes.
    const own = isUnsent ? outcome.value : offered({ ...row, record: outcome.value, base: ground }, author);
    return own && hasNewWords(own, record, author) ? own : record;
  }, row.record);
  return whole === row.record ? undefined : toSend({ ...row, record: whole, base: ground }, place);
}

function hasNewWords(whole: AnyRecord, before: AnyRecord, { name }: Author): boolean {
  const known = new Set(before.history?.map(({ id }) => id));
  return (whole.history ?? []).some(({ id, by }) => by === name && !known.has(id));
}
