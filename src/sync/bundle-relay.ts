// Sends on to the front door what was taken in by file, part by part; what the centre has taken is forgotten here.
import { z } from "zod";
import { readPart } from "#src/domain/bundle/bundle.ts";
import {
  heldBundlesName,
  heldPartName,
  readHeldBundles,
  readSentBundles,
  sentOnName,
  type BundleTally,
  type HeldBundle,
} from "#src/domain/ports/bundles.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { LocalChange, LocalValues, Replica } from "#src/storage/replica.ts";
import type { CouchClient } from "./couch-client.ts";
import type { SyncLog } from "./event-log.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import { stopsEverything, type Trouble } from "./trouble.ts";

export interface RelayDeps {
  readonly replica: Replica;
  readonly session: Session;
  /** Asks below `/api`. */
  readonly client: CouchClient;
  readonly log: SyncLog;
}

const answered = z.object({
  ok: z.literal(true),
  at: z.string(),
  outcomes: z.array(
    z.object({
      database: z.string(),
      id: z.string(),
      is: z.enum(["accepted", "already there", "refused", "later"]),
      reason: z.string().optional(),
      /** Of one that is refused: the inbox has it. */
      kept: z.boolean().optional(),
    }),
  ),
});
type Outcome = z.output<typeof answered>["outcomes"][number];

/** These say nothing of what was sent: nobody is signed in, there is no front door, too much was asked. */
const notOfThis: ReadonlySet<number> = new Set([401, 404, 429]);

/** What is remembered of those that are done. */
const mostDone = 20;
/** Reasons that are kept of one bundle. */
const mostReasons = 200;

/** Goes on with every bundle that waits here; ok with how many still do, to be tried again later. */
export async function sendOn(deps: RelayDeps, signal: AbortSignal): Promise<Result<number, Trouble>> {
  let later = 0;
  for (const { id } of readHeldBundles(deps.replica)) {
    const done = await sendOne(id, deps, signal);
    if (!done.ok) return done;
    if (done.value === "later") later += 1;
  }
  return ok(later);
}

async function sendOne(
  id: string,
  deps: RelayDeps,
  signal: AbortSignal,
): Promise<Result<"done" | "later", Trouble>> {
  const { replica, session, client, log } = deps;
  for (;;) {
    const held = readHeldBundles(replica).find((each) => each.id === id);
    if (!held || held.refusal !== undefined) return ok("done");
    const part = replica.local(heldPartName(id, held.next));
    const body = JSON.stringify({ head: held.head, signature: held.signature, part });
    const ask = { method: "POST", path: "/bundles", body, schema: answered } as const;
    const answer = await session.ask(() => client.ask(ask, signal), signal);
    if (!answer.ok) {
      const { error } = answer;
      if (stopsEverything(error)) return answer;
      if (error.kind !== "status" || error.status >= 500 || notOfThis.has(error.status)) return ok("later");
      const noted = await change(replica, { ...held, refusal: error.reason });
      log({ event: "bundle", records: 0, refused: held.records });
      return noted.ok ? ok("done") : noted;
    }
    const { outcomes, at } = answer.value.body;
    const items = readPart(typeof part === "string" ? part : "") ?? [];
    const answeredFor = new Set(outcomes.map(keyOf));
    const isWhole = items.every(({ database, record }) =>
      answeredFor.has(keyOf({ database, id: record.id })),
    );
    if (!isWhole || outcomes.some(isStillToKeep)) return ok("later");
    const types = new Map(items.map(({ record }) => [record.id, record.type]));
    const tally = addedUp(held.tally, outcomes, types);
    log({
      event: "bundle",
      records: outcomes.length,
      refused: tally.refused.length - held.tally.refused.length,
    });
    const moved = await advance(replica, { ...held, tally, next: held.next + 1 }, at);
    if (!moved.ok) return moved;
  }
}

/** The inbox takes no more now; what was erased by law it never takes. */
const isStillToKeep = ({ is, kept, reason = "" }: Outcome): boolean =>
  is === "later" || (is === "refused" && kept !== true && !reason.startsWith("delete:"));

const keyOf = ({ database, id }: Pick<Outcome, "database" | "id">): string => `${database} ${id}`;

function addedUp(
  { accepted, known, refused }: BundleTally,
  outcomes: readonly Outcome[],
  types: ReadonlyMap<string, string>,
): BundleTally {
  const count = (is: Outcome["is"]) => outcomes.filter((outcome) => outcome.is === is).length;
  const turnedBack = outcomes
    .filter(({ is }) => is === "refused")
    .map(({ id, reason = "" }) => ({ id, type: types.get(id) ?? "", reason }));
  return {
    accepted: accepted + count("accepted"),
    known: known + count("already there"),
    refused: [...refused, ...turnedBack].slice(0, mostReasons),
  };
}

/** The part leaves this device in the write that says that the centre has it. */
function advance(replica: Replica, held: HeldBundle, at: string): Promise<Result<void, Trouble>> {
  const part = { [heldPartName(held.id, held.next - 1)]: undefined };
  if (held.next < held.parts) return change(replica, held, part);
  const { id, account, madeAt, records, tally } = held;
  return write(replica, () => {
    const done = [...readSentBundles(replica), { id, account, madeAt, at, records, tally }];
    const others = readHeldBundles(replica).filter((each) => each.id !== id);
    return { ...part, [heldBundlesName]: others, [sentOnName]: done.slice(-mostDone) };
  });
}

const change = (replica: Replica, held: HeldBundle, more: LocalValues = {}) =>
  write(replica, () => ({
    ...more,
    [heldBundlesName]: readHeldBundles(replica).map((each) => (each.id === held.id ? held : each)),
  }));

async function write(replica: Replica, values: LocalChange): Promise<Result<void, Trouble>> {
  const kept = await replica.setLocal(values);
  return kept.ok ? kept : err(storage(kept.error));
}
