// Up to where somebody has seen a case: what others did since makes it "new or changed" for them.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { firstExchangeName } from "#src/domain/ports/exchange.ts";
import type { Entry, Reader, Store } from "#src/domain/ports/store.ts";

// One small sealed value per case: opening one writes one, however many there are.
const nameOf = (caseId: string): string => `seen:${caseId}`;

const entriesOf = (file: CaseFile): readonly Entry[] =>
  file.person ? [...file.entries, file.person] : file.entries;

/** Whether this version of a record is somebody else's work. */
export const isByOthers = ({ record }: Entry, me: string): boolean =>
  (record.updatedBy ?? record.createdBy) !== me;

// A list asks about every case after every save; a file is asked once.
const latest = new WeakMap<CaseFile, { readonly me: string; readonly at: string | undefined }>();

/** The arrival of the latest work of others in this file; undefined where there is none. Looking at a name is none. UTC instant. */
function latestByOthers(file: CaseFile, me: string): string | undefined {
  const known = latest.get(file);
  if (known?.me === me) return known.at;
  const arrivals = entriesOf(file)
    .filter((entry) => isByOthers(entry, me) && entry.record.type !== "access")
    .map(({ arrivedAt }) => arrivedAt);
  const at = arrivals.length === 0 ? undefined : arrivals.reduce((a, b) => (a > b ? a : b));
  latest.set(file, { me, at });
  return at;
}

/** Later than any arrival. */
const nothingIsNew = "~";

/**
 * The arrival after which the work of others is new to this person: the latest one when the case was last open, or the day
 * on which the device first had everything. Until then nothing is new.
 */
export function seenUpTo(read: Reader, caseId: string): string {
  const [opened, first] = [read.local(nameOf(caseId)), read.local(firstExchangeName)];
  if (typeof opened === "string") return opened;
  return typeof first === "string" ? first : nothingIsNew;
}

/** Others have added or changed something since this person last had the case open. */
export function isNewOrChanged(read: Reader, file: CaseFile, me: string): boolean {
  const at = latestByOthers(file, me);
  return at !== undefined && at > seenUpTo(read, file.case.id);
}

/** Remembers that the case is open now; writes only where there was something new. */
export async function markSeen(store: Store, file: CaseFile, me: string): Promise<void> {
  if (!isNewOrChanged(store.read, file, me)) return;
  // Should it not be kept, the case is shown as changed once more: no harm.
  await store.write({ setLocal: { [nameOf(file.case.id)]: latestByOthers(file, me) } });
}
