// Corrects the instants of unsent records by the centre's clock, so that a phone with a wrong date loses nothing (D17).
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { instantOf } from "./server-clock.ts";

export interface KnownTime {
  /** Milliseconds to add to the device's clock. */
  readonly offsetMs: number;
  /** The centre's time; milliseconds since 1970. */
  readonly now: number;
  /** Nothing was known of the centre's clock when the records were made. */
  readonly firstContact: boolean;
}

/** Answers tell whole seconds and come late: so much ahead is not the future. */
const slackMs = 5_000;
/** Smaller corrections are not worth a difference between what a person saw and what is sent. */
const worthCorrectingMs = 60_000;

/** The record with corrected instants, or undefined where they may stay. */
export function restamp(row: Row, time: KnownTime): AnyRecord | undefined {
  const { record } = row;
  // What the centre has, or had before it was put back, is not touched: neither the creation nor entries of history.
  const isNew = row.rev === undefined && row.base === undefined;
  const shift = isNew ? shiftOf(record, time) : 0;
  const settled = new Set(row.base?.history?.map(({ id }) => id));
  const move = (instant: string) => moved(instant, shift, time);
  const { createdAt, updatedAt, history } = record;
  const next: AnyRecord = {
    ...record,
    createdAt: isNew ? move(createdAt) : createdAt,
    ...(updatedAt !== undefined && { updatedAt: move(updatedAt) }),
    ...(history && {
      history: history.map((entry): HistoryEntry =>
        settled.has(entry.id) ? entry : { ...entry, at: move(entry.at) },
      ),
    }),
  };
  const same =
    next.createdAt === createdAt &&
    next.updatedAt === updatedAt &&
    (history ?? []).every(({ at }, index) => next.history?.[index]?.at === at);
  return same ? undefined : next;
}

/** Milliseconds by which all stamps of a record that was never sent are moved. */
function shiftOf({ createdAt, deviceTime }: AnyRecord, { offsetMs, now, firstContact }: KnownTime): number {
  const made = Date.parse(createdAt);
  const byDevice = Date.parse(deviceTime) + offsetMs;
  const possible = (instant: number) => instant <= now + slackMs;
  // The clock may have jumped before the record was made or after: of two possible instants the later is right, since
  // the wrong one is off by the size of the jump and unsent records are young.
  const candidates = (firstContact && possible(byDevice) ? [byDevice] : [byDevice, made]).filter(possible);
  const right = candidates.length > 0 ? Math.max(...candidates) : now;
  return possible(made) && Math.abs(right - made) < worthCorrectingMs ? 0 : right - made;
}

function moved(instant: string, shift: number, { now }: KnownTime): string {
  const ms = Date.parse(instant) + shift;
  if (ms > now + slackMs) return instantOf(now);
  return shift === 0 ? instant : instantOf(ms);
}
