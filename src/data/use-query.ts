// Watches what a query says of the records on this device.
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Reader } from "#src/domain/ports/store.ts";
import { useWork } from "./work.tsx";

/** A named question to the records; pure, so that equal revisions give equal answers. */
export type Query<A extends readonly unknown[], T> = (read: Reader, ...parameters: A) => T;

/** The answer now, and again after every change of the store. */
export function useQuery<A extends readonly unknown[], T>(query: Query<A, T>, ...parameters: A): T {
  const { store } = useWork().profile;
  const watch = useCallback((listener: () => void) => store.watch(listener), [store]);
  const revision = useSyncExternalStore(watch, () => store.read.revision);
  // The revision stands for the store's content; the parameters are spread so that equal ones are equal.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => query(store.read, ...parameters), [store, revision, query, ...parameters]);
}
