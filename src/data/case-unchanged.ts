// Whether anything in a case has changed since a moment: what can be undone then is not undone over others' work.
import type { Reader, Store } from "#src/domain/ports/store.ts";
import { oneCase } from "./case-queries.ts";

export interface Unchanged {
  /** Calls back after each change of the store; returns how to stop. */
  readonly watch: (listener: () => void) => () => void;
  readonly holds: () => boolean;
}

/** From now on, until a record of the case is added or becomes another version; its way to the centre changes nothing. */
export function caseUnchanged(store: Store, caseId: string): Unchanged {
  const before = versionsOf(store.read, caseId);
  return {
    watch: (listener) => store.watch(listener),
    holds: () => versionsOf(store.read, caseId) === before,
  };
}

function versionsOf(read: Reader, caseId: string): string {
  const file = oneCase(read, caseId);
  if (!file) return "";
  const entries = file.person ? [...file.entries, file.person] : file.entries;
  return entries
    .map(({ record: { id, updatedAt, history } }) => [id, updatedAt, history?.length].join(" "))
    .toSorted()
    .join("\n");
}
